//! "What share of trips left on time": the rate that the catalogue defines so, where it has one.

use almanac_agent_contract::Format;
use almanac_metrics::MetricInfo;

use super::may_tell;
use crate::compose::Asked;
use crate::heard::Heard;
use crate::lexicon::{Fit, Named, Sense, Target, condition_of, is_content, plain};
use crate::reach::fits;
use crate::slots::{Pick, Slots};
use crate::vocabulary::Cue;

/// Takes the rate whose whole and part were both said; whether there is one.
pub(super) fn defined(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) -> bool {
    let lexicon = asked.lexicon;
    if !slots.has(Cue::Share) || !slots.bounds.is_empty() || slots.values.len() > 1 {
        return false;
    }
    let value = slots.values.first();
    if value.is_some_and(|value| value.negated || value.versus)
        || slots.unknown.iter().any(|word| !may_tell(said, word))
    {
        return false;
    }
    let senses = |text: &str| -> Vec<Sense> {
        let words = plain(text);
        let content = words.split(' ').filter(|word| is_content(word));
        content.map(|word| lexicon.sense(word)).collect()
    };
    let unknown = slots.unknown.iter().map(|word| word.typed.as_str());
    let metrics = slots.metrics.iter().map(|pick| pick.typed.as_str());
    let words: Vec<Sense> = metrics.chain(unknown).flat_map(senses).collect();
    let part: Vec<Sense> = value.map_or_else(Vec::new, |value| senses(&value.pick.typed));
    let mut plainly = slots.clone();
    plainly.values.clear();
    let at = |name: &str| {
        let mut all = lexicon.catalog.metrics.iter().zip(0_u32..);
        all.find(|(info, _)| info.name == name)
    };
    let all = lexicon.catalog.metrics.iter().zip(0_u32..);
    let mut found = all.filter(|(info, own)| {
        let input = |role: &str| {
            let input = info.inputs.iter().find(|input| input.role == role);
            input.and_then(|input| at(&input.metric))
        };
        let (Some(over), Some(under)) = (input("numerator"), input("denominator")) else {
            return false;
        };
        let tells = |at: u32, word: &Sense| lexicon.tells(Target::Metric(at), word);
        let known = |word: &Sense| [*own, over.1, under.1].iter().any(|at| tells(*at, word));
        let whole = words.iter().any(|word| tells(under.1, word));
        // The part is what the value filters by, or is called by a word that the whole is not.
        let filtered = value.is_some_and(|value| is_condition(asked, value, over.0))
            || (!part.is_empty()
                && part
                    .iter()
                    .all(|word| tells(over.1, word) && !tells(under.1, word)));
        let told = words
            .iter()
            .any(|word| tells(over.1, word) && !tells(under.1, word));
        let divided = if value.is_some() { filtered } else { told };
        info.format == Format::Percent
            && whole
            && divided
            && words.iter().all(known)
            && fits(asked, &plainly, info)
    });
    let Some((_, own)) = found.next().filter(|_| found.next().is_none()) else {
        return false;
    };
    let typed = slots
        .metrics
        .first()
        .map_or_else(String::new, |pick| pick.typed.clone());
    slots.metrics = vec![Pick {
        options: vec![Named {
            target: Target::Metric(own),
            fit: Fit::Part,
            quality: 0.9,
        }],
        typed,
    }];
    slots.values.clear();
    slots.unknown.clear();
    slots.cues.retain(|cue| *cue != Cue::Share);
    true
}

/// The value is the one that the metric's rows are filtered by.
fn is_condition(asked: &Asked<'_>, value: &crate::slots::ValuePick, info: &MetricInfo) -> bool {
    let Some(condition) = condition_of(info).map(plain) else {
        return false;
    };
    value.pick.options.iter().any(|named| match named.target {
        Target::Value { dimension, value } => {
            let known = asked.lexicon.dimension(dimension);
            let known = known.and_then(|info| info.values.get(value as usize));
            known.is_some_and(|known| condition.contains(&plain(&crate::say::itself(&known.value))))
        }
        _ => false,
    })
}
