//! Which of several metrics is meant by what kind of number is asked for, and by what else was
//! said: "how long did deliveries take" asks for a time, "what rating do couriers get" for theirs.
//! Part of `reach`.

use almanac_metrics::MetricInfo;

use crate::compose::{Asked, metric_of};
use crate::heard::Heard;
use crate::intent::Statistic;
use crate::lexicon::{Fit, Named, Target, Unit, is_content, is_plural, own_rows, plain};
use crate::slots::{Pick, Slots};
use crate::spans::{Item, Piece};
use crate::vocabulary::Cue;

/// Leaves of the one metric's readings those that answer the question, where it is one.
pub(super) fn kinds(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let long = slots.measured;
    let divides = [Cue::Per, Cue::By].into_iter().any(|cue| slots.has(cue));
    if divides || slots.per.is_some() || !slots.bounds.is_empty() {
        return;
    }
    let averages = slots.statistic == Some(Statistic::Average);
    let picks = slots.values.iter().map(|value| &value.pick);
    let named = picks.chain(&slots.groups).map(|pick| pick.typed.clone());
    let named: Vec<String> = named.collect();
    let [pick] = slots.metrics.as_mut_slice() else {
        return;
    };
    if pick.options.len() < 2 || pick.fit() < Fit::Part {
        return;
    }
    let info = |named: &Named| metric_of(lexicon, named.target);
    let lasts =
        |named: &&Named| info(named).is_some_and(|info| Unit::of(&info.format) == Unit::Time);
    let mut found: Vec<Named> = Vec::new();
    if long {
        found = pick.options.iter().filter(lasts).copied().collect();
    }
    if found.len() != 1 && !averages {
        let typed = plain(&pick.typed);
        // Words that name something themselves tell nothing apart.
        let taken = |item: &Item| named.contains(&heard.typed(item));
        let loose = heard.items.iter().filter(|item| match &item.piece {
            Piece::Names(names) => {
                let metric = |named: &Named| matches!(named.target, Target::Metric(_));
                let first = names.first();
                !taken(item) && !first.is_some_and(|named| metric(named) && named.fit <= Fit::Meant)
            }
            Piece::Cue(_) | Piece::Unknown => true,
            _ => false,
        });
        let words: Vec<&str> = loose
            .flat_map(|item| item.start..item.end)
            .map(|at| heard.word(at))
            .filter(|word| is_content(word) && !typed.split(' ').any(|own| own == *word))
            .collect();
        let told =
            |named: &&Named| info(named).is_some_and(|info| says(asked, info, &typed, &words));
        found = pick.options.iter().filter(told).copied().collect();
    }
    if let [only] = found.as_slice() {
        let quality = only.quality.max(SETTLED);
        pick.options = vec![Named {
            fit: Fit::Part,
            quality,
            ..*only
        }];
    }
}

/// How sure a metric is that was told apart from others.
const SETTLED: f32 = 0.86;

/// All words of the metric's label are in the sentence.
fn says(asked: &Asked<'_>, info: &MetricInfo, typed: &str, words: &[&str]) -> bool {
    let lexicon = asked.lexicon;
    let label = plain(&info.label);
    let mut others = label
        .split(' ')
        .filter(|word| is_content(word))
        .filter(|word| {
            let mut own = typed.split(' ');
            !own.any(|own| lexicon.same_meaning(own, word))
        });
    let said = |word: &str| words.iter().any(|other| lexicon.same_meaning(other, word));
    let mut any = false;
    others.all(|word| {
        any = true;
        said(word)
    }) && any
}

/// "complaint resolution time", "how many students cancelled": one number, where the other name
/// only tells of what or of whom it is.
pub(super) fn compounds(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let joined = [
        Cue::And,
        Cue::Compare,
        Cue::Versus,
        Cue::Per,
        Cue::RatioOf,
        Cue::Or,
    ];
    let [first, second] = slots.metrics.as_slice() else {
        return;
    };
    let (Some((noun, _)), Some((head, _))) =
        (heard.names(&first.typed), heard.names(&second.typed))
    else {
        return;
    };
    let info = |pick: &Pick| {
        pick.options
            .first()
            .and_then(|named| metric_of(lexicon, named.target))
    };
    let (Some(of), Some(what)) = (info(first), info(second)) else {
        return;
    };
    if joined.iter().any(|cue| slots.has(*cue))
        || slots.per.is_some()
        || heard
            .tokens
            .get(noun.end..=head.start)
            .is_some_and(|between| between.iter().any(|token| token.after_stop))
    {
        return;
    }
    let word = plain(&first.typed);
    let target = second.options.first().map(|named| named.target);
    let tells = target.is_some_and(|target: Target| lexicon.tells(target, &lexicon.sense(&word)));
    let theirs = what
        .entities
        .iter()
        .any(|entity| lexicon.same_meaning(&word, entity));
    let adjunct =
        noun.end == head.start && !is_plural(&word) && !word.contains(' ') && (tells || theirs);
    let stock = slots.has(Cue::HowMany)
        && of.semi_additive
        && !what.semi_additive
        && own_rows(of) != own_rows(what);
    if adjunct || stock {
        slots.metrics.remove(0);
    }
}
