//! Readings as short lines, so that a table of cases reads like a list of questions.

use std::fmt::Write as _;
use std::sync::Arc;

use almanac_agent_contract::{
    ConversationId, ConversationState, InboxId, Language, PersonId, Scope, Settings, Value,
    WorkspaceId,
};
use almanac_agent_interpreter::{Intent, Lexicon, Manner, Question, Reading};
use almanac_metrics::{Catalog, Comparison, MetricQuery, Operator};

pub(crate) fn settings() -> Settings {
    Settings {
        locale: "en".into(),
        ..Settings::default()
    }
}

pub(crate) fn scope() -> Scope {
    scope_of(settings(), "2026-11-20T15:00:00Z")
}

pub(crate) fn scope_of(settings: Settings, now: &str) -> Scope {
    Scope {
        workspace: WorkspaceId::default(),
        person: PersonId::default(),
        conversation: ConversationId::default(),
        inbox: InboxId::default(),
        settings: Arc::new(settings),
        language: Language::En,
        now: now.parse().expect("a moment"),
    }
}

pub(crate) fn lexicon(catalog: Catalog) -> Lexicon {
    Lexicon::new(Arc::new(catalog), &settings())
}

/// The reading of a question in a conversation that stands there.
pub(crate) fn read(
    lexicon: &Lexicon,
    text: &str,
    state: Option<&ConversationState>,
    scope: &Scope,
) -> Reading {
    let question = Question {
        text,
        state,
        terms: &[],
        scope,
    };
    almanac_agent_interpreter::read(lexicon, question)
}

/// A conversation that stands at this query.
pub(crate) fn standing(query: &MetricQuery) -> ConversationState {
    ConversationState {
        query: Some(serde_json::to_value(query).expect("a query is JSON")),
        ..ConversationState::default()
    }
}

/// "revenue | by customer__country | 2026-11-09..2026-11-15 | customer__country in BR | top 5 | vs before"
pub(crate) fn short(query: &MetricQuery) -> String {
    let mut line = query.metrics.join(" + ");
    for group in &query.group_by {
        write!(line, " | by {}", group.column()).expect("text");
    }
    if let Some(grain) = query.grain {
        write!(line, " | per {}", grain.as_str()).expect("text");
    }
    if let Some(range) = query.time_range {
        write!(line, " | {}..{}", range.start, range.end).expect("text");
    }
    for filter in &query.filters {
        let values: Vec<String> = filter
            .values
            .iter()
            .map(|value| match value {
                Value::Text(text) => text.clone(),
                other => format!("{other:?}"),
            })
            .collect();
        let op = match filter.op {
            Operator::NotIn => "not".to_owned(),
            Operator::In => "in".to_owned(),
            other => format!("{other:?}").to_lowercase(),
        };
        write!(line, " | {} {op} {}", filter.dimension, values.join(",")).expect("text");
    }
    for either in &query.any_of {
        let parts: Vec<String> = either
            .iter()
            .map(|filter| format!("{} {:?}", filter.dimension, filter.values))
            .collect();
        write!(line, " | any of {}", parts.join(", ")).expect("text");
    }
    for having in &query.having {
        let each = having.per.as_ref().map(|per| format!(" per {per}"));
        write!(
            line,
            " | having {} {:?} {}{}",
            having.metric,
            having.op,
            having.value,
            each.unwrap_or_default()
        )
        .expect("text");
    }
    if query.shares {
        line.push_str(" | shares");
    }
    if let Some(limit) = query.limit {
        let side = if query.order_by.first().is_some_and(|order| order.descending) {
            "top"
        } else {
            "bottom"
        };
        write!(line, " | {side} {limit}").expect("text");
    }
    for comparison in &query.compare {
        match comparison {
            Comparison::PreviousPeriod => line.push_str(" | vs before"),
            Comparison::SamePeriodLastYear => line.push_str(" | vs last year"),
            Comparison::Range(range) => {
                write!(line, " | vs {}..{}", range.start, range.end).expect("text")
            }
        }
    }
    line
}

fn besides(manner: &Manner) -> String {
    let mut line = String::new();
    if let Some(bound) = manner.threshold {
        write!(line, " | is it {:?} {}", bound.than, bound.value).expect("text");
    }
    if let Some(statistic) = manner.statistic {
        write!(line, " | {}", statistic.as_str()).expect("text");
    }
    if manner.ratio {
        line.push_str(" | ratio");
    }
    for (dimension, value) in &manner.focus {
        write!(line, " | about {dimension} {value:?}").expect("text");
    }
    line
}

pub(crate) fn shown(reading: &Reading) -> String {
    match &reading.intent {
        Intent::Ask { query, manner, .. } => short(query) + &besides(manner),
        Intent::Define { metric } => format!("define {metric}"),
        Intent::Clarify { choices, .. } => {
            let labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
            format!("which? {}", labels.join(", "))
        }
        Intent::Refuse { .. } => "refuse".into(),
        Intent::Want { feature, bound, .. } => {
            let bound = bound.map(|bound| format!(" {:?} {}", bound.than, bound.value));
            format!("{feature:?}{}", bound.unwrap_or_default()).to_lowercase()
        }
        other => format!("{other:?}").to_lowercase(),
    }
}

fn against_later(query: &MetricQuery) -> bool {
    query
        .compare
        .iter()
        .any(|base| match (base, query.time_range) {
            (Comparison::Range(base), Some(range)) => base.start > range.start,
            _ => false,
        })
}

pub(crate) fn check(lexicon: &Lexicon, cases: &[(&str, &str)]) {
    let scope = scope();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(question, expected)| {
            let reading = read(lexicon, question, None, &scope);
            let found = shown(&reading);
            if found != *expected {
                return Some(format!(
                    "{question}\n  expected {expected}\n  found    {found}"
                ));
            }
            // What it was read as, in words, must read the same; what was asked about is told by
            // the question alone.
            let understood = reading.understood.as_ref()?;
            // A later period on the other side of a comparison is said first.
            if reading.query().is_some_and(against_later) {
                return None;
            }
            let again = shown(&read(lexicon, understood, None, &scope));
            let same = found.split(" | about").next() == again.split(" | about").next();
            (!same).then(|| {
                format!("{question}\n  read as {understood}\n  that is {again}\n  not     {found}")
            })
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} wrong:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}
