//! "How late are trips on average", "what does a ticket cost on average": the average that is defined
//! of what is counted.

use almanac_agent_contract::Format;
use almanac_metrics::MetricInfo;

use super::is_sure;
use crate::compose::{Asked, is_rate};
use crate::heard::Heard;
use crate::intent::Statistic;
use crate::lexicon::{Fit, Named, Sense, Target, own_rows};
use crate::reach::fits;
use crate::slots::{Pick, Slots};

/// Takes the average that the sentence asks for by its adjective or its verb, where there is one.
pub(super) fn averaged(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let plain = slots.statistic == Some(Statistic::Average)
        && slots.per.is_none()
        && slots.grain.is_none()
        && slots.rank.is_none()
        && slots.bounds.is_empty()
        && slots.unknown.iter().all(|word| is_cost(&word.typed));
    let [pick] = slots.metrics.as_slice() else {
        return;
    };
    let Some(Target::Metric(at)) = pick.options.first().map(|named| named.target) else {
        return;
    };
    let Some(whole) = lexicon.metric(at).filter(|info| plain && !is_rate(info)) else {
        return;
    };
    let asks = asks_for(said);
    let money = said.words.iter().any(|word| is_cost(word));
    if !is_sure(pick) || (asks.is_empty() && !money) {
        return;
    }
    let wanted: Vec<Sense> = asks.iter().map(|word| lexicon.sense(word)).collect();
    let of_it = |info: &MetricInfo| {
        let by = info.inputs.iter().find(|input| input.role == "denominator");
        match by {
            Some(input) => input.metric == whole.name,
            None => own_rows(info) == own_rows(whole),
        }
    };
    let all = lexicon.catalog.metrics.iter().zip(0_u32..);
    let mut found = all.filter(|(info, at)| {
        let tells = |word: &Sense| lexicon.tells(Target::Metric(*at), word);
        let measures = if asks.is_empty() {
            matches!(info.format, Format::Currency(_))
        } else {
            info.format != Format::Percent && wanted.iter().any(tells)
        };
        is_rate(info) && of_it(info) && measures && fits(asked, slots, info)
    });
    let Some((_, at)) = found.next().filter(|_| found.next().is_none()) else {
        return;
    };
    let typed = pick.typed.clone();
    slots.metrics = vec![Pick {
        options: vec![Named {
            target: Target::Metric(at),
            fit: Fit::Part,
            quality: 0.88,
        }],
        typed,
    }];
    slots.statistic = None;
    // "how late" is no filter.
    slots
        .values
        .retain(|value| !is_adjective(&crate::lexicon::plain(&value.pick.typed)));
    slots.unknown.clear();
}

/// Words that the name or the description of what is asked for has.
fn asks_for(said: &Heard<'_>) -> &'static [&'static str] {
    let has = |words: &[&str]| said.words.iter().any(|word| words.contains(word));
    let how = |words: &[&str]| {
        let mut pairs = said.words.windows(2);
        pairs.any(|pair| pair[0] == "how" && words.contains(&pair[1]))
    };
    if how(&["late"]) || has(&["atrasam", "atrasan", "retrasan", "tardan"]) {
        &["delay", "late"]
    } else if how(&["long", "quickly", "fast"]) || has(&["dura", "duran", "duram", "demora"]) {
        &[
            "length", "duration", "stay", "time", "minutes", "hours", "days",
        ]
    } else if how(&["heavy"]) || has(&["pesa", "pesan", "pesam", "weigh"]) {
        &["weight"]
    } else if how(&["far"]) {
        &["distance"]
    } else if how(&["old"]) {
        &["age"]
    } else {
        &[]
    }
}

/// What the average itself measures.
fn is_adjective(word: &str) -> bool {
    matches!(
        word,
        "late"
            | "long"
            | "old"
            | "heavy"
            | "atrasam"
            | "atrasan"
            | "retrasan"
            | "tardan"
            | "pesam"
            | "pesan"
    )
}

/// Verbs of what one of something comes to.
fn is_cost(word: &str) -> bool {
    matches!(
        word,
        "cost"
            | "costs"
            | "bring"
            | "brings"
            | "earn"
            | "earns"
            | "worth"
            | "cuesta"
            | "cuestan"
            | "costo"
            | "vale"
            | "valen"
            | "custa"
            | "custam"
            | "custou"
            | "valem"
            | "rende"
    )
}
