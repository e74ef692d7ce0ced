//! The parts of one name, apart from one another: "how many trips did we cancel" are the cancelled
//! trips, "¿cuántas entradas se vendieron?" the tickets sold.

use super::{is_sure, may_tell};
use crate::compose::Asked;
use crate::heard::Heard;
use crate::lexicon::{Fit, Named, Target, is_content, is_plural, is_verb, plain};
use crate::reach::fits;
use crate::slots::{Pick, Slots};

/// Joins what belongs together.
pub(super) fn join(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) {
    for at in 0..slots.metrics.len() {
        let found = slots
            .metrics
            .get(at)
            .and_then(|pick| joined(asked, said, slots, pick));
        let (Some((other, best)), Some(pick)) = (found, slots.metrics.get_mut(at)) else {
            continue;
        };
        pick.typed = format!("{} {other}", pick.typed);
        pick.options = vec![best];
        spend(slots, &other);
        // Another name was part of this one.
        return;
    }
    for at in 0..slots.bounds.len() {
        let Some(after) = slots.bounds.get(at).and_then(|bound| bound.after.clone()) else {
            continue;
        };
        // "guests with more than 2 bookings" are not guests who booked, but "did we cancel two
        // trips" asks for cancelled ones.
        let mut plainly = slots.clone();
        plainly
            .metrics
            .retain(|pick| pick.fit() >= Fit::Part && !is_plural(&pick.typed));
        for pick in &mut plainly.metrics {
            for named in &mut pick.options {
                named.fit = Fit::Hint;
            }
        }
        plainly
            .unknown
            .retain(|word| !asked.lexicon.is_entity(&plain(&word.typed)));
        let Some((other, best)) = joined(asked, said, &plainly, &after) else {
            continue;
        };
        if let Some(bound) = slots.bounds.get_mut(at) {
            bound.after = Some(Pick {
                options: vec![best],
                typed: format!("{} {other}", after.typed),
            });
        }
        slots.unknown.retain(|word| plain(&word.typed) != other);
        slots.metrics.retain(|pick| plain(&pick.typed) != other);
    }
}

/// The word is part of a name now.
fn spend(slots: &mut Slots, other: &str) {
    slots.unknown.retain(|word| plain(&word.typed) != other);
    slots
        .metrics
        .retain(|pick| is_sure(pick) || plain(&pick.typed) != other);
}

/// The name that the pick and another word of the sentence are together, and that word.
fn joined(
    asked: &Asked<'_>,
    said: &Heard<'_>,
    slots: &Slots,
    pick: &Pick,
) -> Option<(String, Named)> {
    let lexicon = asked.lexicon;
    let own: Vec<String> = plain(&pick.typed).split(' ').map(str::to_owned).collect();
    let verbs = said.words.iter().filter(|word| is_verb(word));
    let pair = |first: &str, second: &[&str]| {
        let mut pairs = said.words.windows(2);
        pairs.any(|pair| pair[0] == first && second.contains(&pair[1]))
    };
    let sized = pair("how", &["big", "large"]) || pair("que", &["grande"]);
    let whole = pair("in", &["total", "all"]) || pair("en", &["total"]) || pair("no", &["total"]);
    let unknown = slots.unknown.iter().filter(|word| may_tell(said, word));
    let unsure = slots
        .metrics
        .iter()
        .filter(|other| !is_sure(other) && *other != pick);
    let others = unknown
        .map(|word| plain(&word.typed))
        .chain(unsure.map(|other| plain(&other.typed)))
        .chain(verbs.map(|word| (*word).to_owned()))
        .chain(sized.then(|| "size".to_owned()))
        .chain(whole.then(|| "total".to_owned()));
    // Words that touch are no name together, or they would have been read as one: "net income".
    let touches = |other: &str| {
        let (first, last) = (
            own.first().map(String::as_str),
            own.last().map(String::as_str),
        );
        let mut pairs = said.words.windows(2);
        pairs.any(|pair| {
            (pair[0] == other && Some(pair[1]) == first)
                || (Some(pair[0]) == last && pair[1] == other)
        })
    };
    let mut others = others.filter(|other| !own.contains(other) && !touches(other));
    others.find_map(|other| {
        let words: Vec<_> = own
            .iter()
            .map(String::as_str)
            .chain(other.split(' '))
            .filter(|word| is_content(word) || *word == "total")
            .map(|word| lexicon.word(word))
            .collect();
        let mut names = lexicon.names(&words);
        names.retain(|named| named.fit <= Fit::Meant && named.quality > JOINED);
        let best = *names.first()?;
        let Target::Metric(metric) = best.target else {
            return None;
        };
        let equal = names
            .get(1)
            .is_some_and(|next| best.quality - next.quality < 0.01);
        let fit = lexicon
            .metric(metric)
            .is_some_and(|info| fits(asked, slots, info));
        (fit && !equal).then_some((other, best))
    })
}

/// Names whose words stand apart fit at least so well.
const JOINED: f32 = 0.84;
