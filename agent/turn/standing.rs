//! Where the conversation stands after a turn. Only what the person was answered counts: calls
//! that the model made on the way, and turns that failed, leave the query as it was.

use almanac_agent_contract::{Card, ConversationState, Draft, Outcome, ShownRow, Stand, ToolCall};
use serde_json::Value as Json;

/// The state after `question` was answered with `draft` and, where numbers were the answer, with
/// this card of this call.
pub(crate) fn after(
    before: &ConversationState,
    question: &str,
    draft: &Draft,
    answered: Option<(&ToolCall, &Card)>,
) -> ConversationState {
    let kept = if draft.forget {
        ConversationState::default()
    } else {
        ConversationState {
            asked: Some(question.to_owned()),
            ..before.clone()
        }
    };
    let mut state = match answered {
        Some((call, card)) if card.query.is_object() => moved(kept, stand(call, card), card),
        _ => kept,
    };
    state.offered.clone_from(&draft.choices);
    state.waiting = draft.outcome == Outcome::Clarify;
    state
}

/// The state at a new stand. Where that is the last one left behind, the person went back to it.
fn moved(before: ConversationState, to: Stand, card: &Card) -> ConversationState {
    let from = before.stand();
    let mut earlier = before.earlier;
    let redrawn = from.as_ref().is_some_and(|from| from.query == to.query);
    let back = earlier
        .last()
        .is_some_and(|last| *last == to || last.query == to.query && !redrawn);
    if back {
        earlier.pop();
    } else {
        earlier.extend(from.filter(|from| *from != to));
        let over = earlier.len().saturating_sub(ConversationState::EARLIER);
        earlier.drain(..over);
    }
    ConversationState {
        query: Some(to.query),
        chart: to.chart,
        arguments: to.arguments,
        shown: shown(card),
        earlier,
        ..before
    }
}

/// The card's query, and what the tool was asked beside it. Arguments that say nothing are the
/// query's own defaults, which it leaves out.
fn stand(call: &ToolCall, card: &Card) -> Stand {
    let mut arguments = call.arguments.as_object().cloned().unwrap_or_default();
    arguments.retain(|name, value| card.query.get(name).is_none() && !says_nothing(value));
    let chart = arguments.remove("chart");
    Stand {
        query: card.query.clone(),
        chart: chart.and_then(|chart| chart.as_str().map(str::to_owned)),
        arguments,
    }
}

fn says_nothing(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The groups of the first rows: the columns before the first metric.
fn shown(card: &Card) -> Vec<ShownRow> {
    let is_metric = |name: &str| card.formats.iter().any(|(metric, ..)| metric == name);
    let groups: Vec<_> = card
        .table
        .columns
        .iter()
        .map(|column| &column.name)
        .take_while(|name| !is_metric(name))
        .collect();
    if groups.is_empty() {
        return Vec::new();
    }
    card.table
        .rows
        .iter()
        .take(ConversationState::SHOWN)
        .map(|row| {
            let named = groups.iter().map(|name| (*name).clone());
            ShownRow(named.zip(row.iter().cloned()).collect())
        })
        .collect()
}
