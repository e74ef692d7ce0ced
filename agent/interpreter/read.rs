//! Reads a question: words, pieces, parts, query. Pure: the same question in the same conversation
//! at the same moment is read the same way, and nothing is asked of anyone.

use almanac_agent_contract::{Format, Scope};
use almanac_metrics::{MetricInfo, MetricQuery};
use serde_json::Value as Json;

use crate::compose::{Asked, Composed, compose, examples, refuse};
use crate::intent::{Feature, Intent, Reading};
use crate::lexicon::{Fit, Lexicon, Target};
use crate::phrases::Say;
use crate::slots::Slots;
use crate::spans::{Cut, Item, Piece, cut};
use crate::text::{LONGEST, MOST_WORDS, Token, fold, tokens};
use crate::time::Calendar;
use crate::unknown;
use crate::vocabulary::Cue;
use crate::walk::slots;

/// Below this a reading is asked about instead of answered.
const SURE: f32 = 0.6;

/// Reads `question` on behalf of `scope`, in a conversation that stands at the query `state`.
#[must_use]
pub fn read(lexicon: &Lexicon, question: &str, state: Option<&Json>, scope: &Scope) -> Reading {
    let calendar = Calendar::new(&scope.settings, scope.today(), lexicon.beginning);
    let too_long = question.len() > LONGEST;
    let tokens = if too_long {
        Vec::new()
    } else {
        tokens(question)
    };
    let language = lexicon.vocabulary.language(&tokens, scope.language);
    let state: Option<MetricQuery> =
        state.and_then(|json| serde_json::from_value(json.clone()).ok());
    let asked = Asked {
        lexicon,
        calendar: &calendar,
        language,
        state: state.as_ref(),
        depth: 0,
    };
    let whole = |intent| Reading {
        intent,
        score: 1.0,
        runner_up: 0.0,
        language,
        notes: Vec::new(),
    };
    if too_long || tokens.len() >= MOST_WORDS {
        return whole(*refuse(&asked, Say::TooLong, Vec::new()));
    }
    if tokens.is_empty() {
        return whole(*refuse(&asked, Say::Nothing, Vec::new()));
    }
    let Cut { items, repairs } = cut(lexicon, &tokens, &calendar);
    let slots = slots(lexicon, &items, &tokens, language);
    if let Some(intent) = other_than_numbers(&asked, &slots) {
        return whole(intent);
    }
    let mut notes = Vec::new();
    for repair in &repairs {
        let used = items
            .iter()
            .find(|item| item.start <= repair.at && repair.at < item.end);
        if let Some(typed) = tokens.get(repair.at)
            && used.is_some_and(|item| item.piece != Piece::Unknown)
        {
            let meant = spelled(lexicon, used, repair, &tokens);
            // What is refused as unknown was not read as anything.
            let refused = !slots.unknown.is_empty()
                && (slots.is_bare()
                    || used.is_some_and(|item| unknown::is_among(&slots, item, &typed.typed)));
            if refused {
                continue;
            }
            notes.push(
                Say::Typo {
                    typed: &typed.typed,
                    meant: &meant,
                }
                .in_language(language),
            );
        }
    }
    if !slots.unknown.is_empty() {
        let intent = *unknown::refusal(&asked, &slots);
        return Reading {
            intent,
            score: 0.3,
            runner_up: 0.0,
            language,
            notes,
        };
    }
    let repaired = 0.97_f32.powi(i32::try_from(repairs.len()).unwrap_or(9));
    match compose(&asked, &slots) {
        Ok(Composed {
            form,
            query,
            wish,
            score,
            runner_up,
            notes: told,
        }) if score * repaired >= SURE => {
            notes.extend(told);
            let score = score * repaired;
            Reading {
                intent: Intent::Ask { form, query, wish },
                score,
                runner_up: runner_up.min(score),
                language,
                notes,
            }
        }
        Ok(composed) => {
            let ask = crate::say::question(lexicon, &composed.query, language);
            let choice = almanac_agent_contract::Choice {
                label: ask.clone(),
                ask,
            };
            let text = Say::DidYouMean(question.trim()).in_language(language);
            let intent = Intent::Clarify {
                text,
                choices: vec![choice],
            };
            Reading {
                intent,
                score: composed.score * repaired,
                runner_up: composed.runner_up,
                language,
                notes,
            }
        }
        Err(stop) => Reading {
            intent: *stop,
            score: 0.5,
            runner_up: 0.5,
            language,
            notes,
        },
    }
}

/// The word a typo was read as: the catalogue's own name where the typo stands alone.
fn spelled(
    lexicon: &Lexicon,
    used: Option<&Item>,
    repair: &crate::spans::Repair,
    tokens: &[Token],
) -> String {
    let single = used.filter(|item| item.end - item.start == 1);
    let target = single.and_then(|item| match &item.piece {
        Piece::Names(names) => names.first().filter(|named| named.fit == Fit::Same),
        _ => None,
    });
    let name = target.and_then(|named| match named.target {
        Target::Metric(at) => lexicon.metric(at).map(|info| info.label.clone()),
        Target::Dimension(at) => lexicon.dimension(at).map(|info| info.label.clone()),
        Target::Value { dimension, value } => {
            let info = lexicon.dimension(dimension)?;
            Some(crate::say::value(
                info,
                &info.values.get(value as usize)?.value,
            ))
        }
    });
    let meant = name.unwrap_or_else(|| repair.meant.clone());
    // "contry" for Country: nothing more to tell than the word itself.
    let typed = tokens
        .get(repair.at)
        .map_or("", |token| token.typed.as_str());
    if fold(&meant) == fold(typed) {
        repair.meant.clone()
    } else {
        meant
    }
}

/// Definitions, help, manners, and what there is no tool for.
fn other_than_numbers(asked: &Asked<'_>, slots: &Slots) -> Option<Intent> {
    let say = |say: Say<'_>| say.in_language(asked.language);
    if let Some(stop) = unanswerable(asked, slots) {
        return Some(stop);
    }
    let unknown = !slots.unknown.is_empty();
    let first = slots
        .metrics
        .first()
        .and_then(|pick| pick.options.first())
        .and_then(|named| match named.target {
            Target::Metric(at) => asked.lexicon.metric(at),
            _ => None,
        });
    let averaged = slots
        .features
        .iter()
        .all(|feature| *feature == Feature::Average)
        && first.map_or(slots.unknown.is_empty(), is_average);
    if let Some(feature) = slots.features.first().filter(|_| !averaged) {
        let text = match feature {
            Feature::Export => say(Say::ExportButton),
            feature => say(Say::NotYet(*feature)),
        };
        let metric = first.map(|info| info.name.as_str());
        let state = asked
            .state
            .and_then(|state| state.metrics.first())
            .map(String::as_str);
        return Some(Intent::Refuse {
            text,
            choices: examples(asked, metric.or(state)),
        });
    }
    let alone = slots.periods.is_empty()
        && slots.groups.is_empty()
        && slots.values.is_empty()
        && slots.grain.is_none()
        && slots.rank.is_none();
    if let Some(info) = first
        && alone
        && !unknown
        && slots.metrics.len() == 1
    {
        let sure = slots.metrics.iter().all(|pick| {
            pick.fit() <= Fit::Part
                && pick
                    .options
                    .get(1)
                    .is_none_or(|second| pick.quality() - second.quality > 0.005)
        });
        let what = slots.has(Cue::WhatIs)
            && !slots.owned
            && !slots.has(Cue::Growth)
            && !slots.has(Cue::Trend);
        if sure && (slots.has(Cue::Define) || what) {
            return Some(Intent::Define {
                metric: info.name.clone(),
            });
        }
    }
    if !slots.is_bare() || unknown || averaged && !slots.features.is_empty() {
        return None;
    }
    if slots.has(Cue::Reset) {
        return Some(Intent::Reset);
    }
    if slots.has(Cue::Catalogue) {
        return Some(Intent::Catalogue);
    }
    if slots.has(Cue::Help) {
        return Some(Intent::Help);
    }
    if slots.has(Cue::Hello) {
        return Some(Intent::Hello);
    }
    if slots.has(Cue::Thanks) {
        return Some(Intent::Thanks);
    }
    let changes = slots.wish.is_some()
        || slots.future
        || !slots.all_of.is_empty()
        || !slots.without_metrics.is_empty()
        || !slots.without_groups.is_empty()
        || [Cue::NoFilter, Cue::NoBreakdown, Cue::Trend, Cue::Growth]
            .into_iter()
            .any(|cue| slots.has(cue));
    if changes {
        return None;
    }
    Some(*refuse(
        asked,
        Say::NothingKnown(&some_metrics(asked)),
        Vec::new(),
    ))
}

/// Dates that do not exist, and amounts in another currency.
fn unanswerable(asked: &Asked<'_>, slots: &Slots) -> Option<Intent> {
    let say = match (&slots.no_such_day, &slots.no_such_week, &slots.conversion) {
        (Some(day), ..) => Say::NoSuchDay(day),
        (_, Some(week), _) => Say::NoSuchWeek(week),
        (_, _, Some(currency)) => Say::Conversion {
            asked: currency,
            own: &asked.lexicon.currency,
        },
        (None, None, None) => return None,
    };
    let without = slots
        .conversion
        .as_ref()
        .and_then(|_| compose(asked, slots).ok())
        .map(|composed| crate::say::question(asked.lexicon, &composed.query, asked.language))
        .map(|ask| almanac_agent_contract::Choice {
            label: ask.clone(),
            ask,
        });
    Some(*refuse(asked, say, without.into_iter().collect()))
}

fn some_metrics(asked: &Asked<'_>) -> String {
    crate::compose::listed(
        asked,
        asked
            .lexicon
            .catalog
            .metrics
            .iter()
            .map(|info| info.label.clone()),
        5,
    )
}

/// The metric is an average or a share already, so "average" in front of it asks for nothing more.
fn is_average(info: &MetricInfo) -> bool {
    let text = fold(&info.definition);
    info.format == Format::Percent
        || text.contains("average")
        || text.contains("mean of")
        || text.contains("divided by")
}
