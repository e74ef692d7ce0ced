//! Which metrics and dimensions are meant. Names that fit equally well are asked about, names that
//! fit in part only are told.

use almanac_agent_contract::Format;
use almanac_metrics::{DimensionInfo, DimensionKind, MetricInfo, MetricQuery};

use super::Asked;
use super::bounds::counted;
use super::money::{TOLD, amounts, counted_in, is_done, is_money, lettered, of_unit, parts, sums};
use super::stop::{Stop, choices, clarify, listed, refuse};
use crate::lexicon::{Fit, Lexicon, Target, plain};
use crate::phrases::Say;
use crate::say;
use crate::slots::{Pick, Slots};

/// Fits closer to one another than this are equal.
const EQUAL: f32 = 0.005;

/// The metrics of the query, in the order they were said.
pub(super) fn metrics<'a>(
    asked: &Asked<'a>,
    slots: &Slots,
    state: Option<&MetricQuery>,
    notes: &mut Vec<String>,
) -> Result<Vec<&'a MetricInfo>, Stop> {
    let lexicon = asked.lexicon;
    let mut found: Vec<&MetricInfo> = Vec::new();
    for (at, pick) in slots.metrics.iter().enumerate() {
        let narrowed = counting(lexicon, slots, pick);
        let pick = narrowed.as_ref().unwrap_or(pick);
        let info = one_metric(asked, slots, pick, |slots| slots.metrics.get_mut(at))?;
        if !found.iter().any(|other| other.name == info.name) {
            found.push(info);
        }
        tell(asked, pick, &info.label, notes);
    }
    // "did we sell more than 100 units": what is counted is what is asked for.
    if found.is_empty()
        && let Some((at, pick)) = bounded(slots)
    {
        let info = one_metric(asked, slots, pick, |slots| counted(slots, at))?;
        tell(asked, pick, &info.label, notes);
        found.push(info);
    }
    let known = |names: &[String]| {
        names
            .iter()
            .filter_map(|name| lexicon.catalog.metric(name))
            .collect::<Vec<_>>()
    };
    if let Some(state) = state {
        let adds = slots.has(crate::vocabulary::Cue::Also) && slots.again;
        if found.is_empty() || adds {
            let mut all = known(&state.metrics);
            all.retain(|info| !found.iter().any(|other| other.name == info.name));
            all.append(&mut found);
            found = all;
        }
    }
    for pick in &slots.without_metrics {
        let Some(info) = pick
            .options
            .first()
            .and_then(|named| metric_of(lexicon, named.target))
        else {
            continue;
        };
        // "not MRR, ARR"
        let replaced = asked
            .state
            .is_some_and(|standing| slots.again || asked.denies(standing, slots))
            && !slots.metrics.is_empty()
            && !found.iter().any(|other| other.name == info.name);
        if replaced {
            continue;
        }
        if found.len() > 1 && found.iter().any(|other| other.name == info.name) {
            found.retain(|other| other.name != info.name);
            continue;
        }
        let near = lexicon.catalog.metrics.iter().filter(|other| {
            found.iter().any(|f| {
                f.parent.as_ref() == Some(&other.name) || other.parent.as_ref() == Some(&f.name)
            })
        });
        let offered = found
            .iter()
            .copied()
            .chain(std::iter::once(info))
            .chain(near)
            .map(|info| with_metric(slots, lexicon, info));
        return Err(clarify(
            asked,
            Say::NotWithout {
                metric: &info.label,
            },
            choices(asked, offered),
        ));
    }
    Ok(found)
}

/// "guests with more than 2 bookings", where several metrics count guests: the one that knows most
/// of what the bookings know.
fn counting(lexicon: &Lexicon, slots: &Slots, pick: &Pick) -> Option<Pick> {
    let (_, after) = bounded(slots)?;
    let of = metric_of(lexicon, after.options.first()?.target)?;
    if pick.fit() == Fit::Same && pick.options.len() == 1 {
        return None;
    }
    let shared = |info: &MetricInfo| {
        let has = |name: &&String| of.dimensions.contains(*name);
        info.dimensions.iter().filter(has).count()
    };
    let counts = |info: &MetricInfo| {
        let entity = info.counts.as_ref();
        entity.is_some_and(|entity| of.entities.contains(entity)) && info.name != of.name
    };
    let candidates = pick.options.iter().filter_map(|named| {
        let info = metric_of(lexicon, named.target)?;
        // Of the guests who booked and those who stayed, those of the bookings.
        let same = crate::lexicon::own_rows(info) == crate::lexicon::own_rows(of);
        counts(info).then(|| ((same, shared(info)), *named))
    });
    let best = candidates.max_by_key(|(shared, _)| *shared)?.1;
    Some(Pick {
        options: vec![crate::lexicon::Named {
            fit: Fit::Same,
            quality: 1.0,
            ..best
        }],
        typed: pick.typed.clone(),
    })
}

/// The first metric that a bound stands in front of.
fn bounded(slots: &Slots) -> Option<(usize, &Pick)> {
    let mut picks = slots.bounds.iter().enumerate();
    picks.find_map(|(at, bound)| Some((at, bound.after.as_ref()?)))
}

/// The metric that `pick` names; `place` finds the pick in a copy of the slots, for the choices
/// of a question back.
pub(super) fn one_metric<'a>(
    asked: &Asked<'a>,
    slots: &Slots,
    pick: &Pick,
    place: impl Fn(&mut Slots) -> Option<&mut Pick>,
) -> Result<&'a MetricInfo, Stop> {
    let lexicon = asked.lexicon;
    let best = pick.quality();
    let equal = pick
        .options
        .iter()
        .filter(|named| best - named.quality < EQUAL);
    let candidates: Vec<&MetricInfo> = equal
        .filter_map(|named| metric_of(lexicon, named.target))
        .collect();
    // "revenue" where nothing is called so may be any of several sums of money, and "sales" where
    // only others have the word in their names may be any of those.
    let called = |named: &crate::lexicon::Named| {
        let info = metric_of(lexicon, named.target);
        info.is_some_and(|info| plain(&info.label).split(' ').any(is_money))
    };
    let money = pick.fit() == Fit::Meant && is_money(&pick.typed);
    let first = pick.options.first().map(|named| named.target);
    let lettered = if money {
        lettered(lexicon, &pick.typed)
    } else {
        Vec::new()
    };
    let others = first.is_some_and(|own| !lettered.contains(&own)) && lettered.len() > 1;
    let vague =
        money && (others || !pick.options.first().is_some_and(called) && sums(lexicon).count() > 1);
    // A part that tells one metric from all others is enough; one that others share is not.
    let shared = shortened(lexicon, pick);
    let amounts = amounts(asked, slots, pick);
    let sure = match pick.fit() {
        _ if !amounts.is_empty() => false,
        Fit::Same | Fit::Meant if !shared.is_empty() => false,
        Fit::Meant if vague => false,
        Fit::Same | Fit::Meant => true,
        Fit::Part => {
            let counted = best < TOLD && candidates.iter().any(|info| counted_in(info, pick));
            pick.options.len() == 1 && !counted
        }
        Fit::Hint => false,
    };
    if let ([target], true) = (amounts.as_slice(), is_done(pick))
        && let Some(info) = metric_of(lexicon, *target)
    {
        return Ok(info);
    }
    // "how many deliveries were on time": their number, not their rate.
    if pick.fit() <= Fit::Part
        && let Some(info) = of_unit(slots, &candidates)
    {
        return Ok(info);
    }
    match candidates.as_slice() {
        [only] if sure => Ok(only),
        _ => {
            let of = |info: &MetricInfo| target_of(lexicon, info);
            let top: Vec<&MetricInfo> = sums(lexicon).filter(|_| vague).collect();
            let below = parts(lexicon, &top);
            let sums = top.iter().copied().chain(below).filter_map(of);
            // "the rate": what is called a rate comes before what only means one.
            let typed = plain(&pick.typed);
            let literal = lexicon.catalog.metrics.iter().filter(|info| {
                let label = plain(&info.label);
                let same = |word: &str| {
                    // "RevPAR" is no revenue.
                    word.len() > 3
                        && (crate::lexicon::is_plural_of(word, &typed)
                            || lexicon.same_meaning(word, &typed))
                };
                let of_sort = if is_money(&typed) {
                    matches!(info.format, Format::Currency(_)) && !super::is_rate(info)
                } else {
                    pick.fit() >= Fit::Part
                };
                of_sort && label.split(' ').any(same)
            });
            let targets = lettered
                .into_iter()
                .filter(|_| others)
                .chain(literal.filter_map(of))
                .chain(pick.options.iter().map(|named| named.target))
                .chain(shared)
                .chain(amounts)
                .chain(sums);
            let narrowed = targets.filter_map(|target| {
                let info = metric_of(lexicon, target)?;
                let mut slots = slots.clone();
                if let Some(pick) = place(&mut slots) {
                    pick.options = vec![crate::lexicon::Named {
                        target,
                        fit: Fit::Same,
                        quality: 1.0,
                    }];
                }
                Some((info.label.clone(), slots))
            });
            let choices = choices(asked, narrowed);
            let say = if pick.fit() >= Fit::Part {
                Say::DidYouMean(&pick.typed)
            } else {
                Say::WhichName(&pick.typed)
            };
            Err(clarify(asked, say, choices))
        }
    }
}

/// Where the metric stands in the catalogue.
pub(crate) fn target_of(lexicon: &Lexicon, info: &MetricInfo) -> Option<Target> {
    let mut metrics = lexicon.catalog.metrics.iter();
    let at = metrics.position(|other| other.name == info.name)?;
    u32::try_from(at).ok().map(Target::Metric)
}

/// Where a name was said without its general words ("weight" for "Total weight"), the other metrics
/// that have these words in their names: "Average weight".
fn shortened(lexicon: &Lexicon, pick: &Pick) -> Vec<Target> {
    let typed = plain(&pick.typed).split(' ').count();
    let longer = |info: &MetricInfo| {
        let names = [&info.name, &info.label].into_iter().chain(&info.synonyms);
        names
            .map(|name| plain(name).split(' ').count())
            .all(|words| words > typed)
    };
    let Some(first) = pick.options.first().filter(|named| {
        named.quality < CHOSEN
            && named.fit <= Fit::Meant
            && metric_of(lexicon, named.target).is_some_and(longer)
    }) else {
        return Vec::new();
    };
    let words: Vec<_> = lexicon
        .tokens(&pick.typed)
        .iter()
        .map(|token| lexicon.word(&token.word))
        .collect();
    let named = lexicon.names(&words).into_iter();
    let metrics = named.filter(|named| metric_of(lexicon, named.target).is_some());
    metrics
        .map(|named| named.target)
        .filter(|target| *target != first.target)
        .collect()
}

/// The quality of a name that was chosen, or is said as a whole.
pub(super) const CHOSEN: f32 = 0.995;

/// The sentence with that metric as its only one.
pub(crate) fn with_metric(slots: &Slots, lexicon: &Lexicon, info: &MetricInfo) -> (String, Slots) {
    let at = lexicon
        .catalog
        .metrics
        .iter()
        .position(|metric| metric.name == info.name);
    let target = at.and_then(|at| u32::try_from(at).ok()).map(Target::Metric);
    let mut slots = slots.clone();
    slots.without_metrics.clear();
    slots.metrics = target
        .map(|target| Pick {
            options: vec![crate::lexicon::Named {
                target,
                fit: Fit::Same,
                quality: 1.0,
            }],
            typed: info.label.clone(),
        })
        .into_iter()
        .collect();
    (info.label.clone(), slots)
}

/// The metric people mean when they name none: revenue, else money at the top of the metric tree, by the
/// manifest's order, among those that fit.
pub(crate) fn usual(lexicon: &Lexicon, fits: impl Fn(&MetricInfo) -> bool) -> Option<&MetricInfo> {
    let rank = |info: &MetricInfo| {
        let money = matches!(info.format, Format::Currency(_)) && !info.semi_additive;
        let good = info.direction != Some(almanac_agent_contract::Direction::Down);
        (money && good, info.parent.is_none(), money)
    };
    if let Some(info) = called_revenue(lexicon, &fits) {
        return Some(info);
    }
    let mut best: Option<&MetricInfo> = None;
    for info in lexicon.catalog.metrics.iter().filter(|info| fits(info)) {
        if best.is_none_or(|other| rank(info) > rank(other)) {
            best = Some(info);
        }
    }
    best
}

/// What is called revenue, or sales, if it fits: what a ranking goes by that names no number.
pub(super) fn called_revenue(
    lexicon: &Lexicon,
    fits: impl Fn(&MetricInfo) -> bool,
) -> Option<&MetricInfo> {
    let named = [
        "revenue",
        "sales",
        "ingresos",
        "ventas",
        "receita",
        "faturamento",
    ]
    .into_iter()
    .flat_map(|word| lexicon.names([&lexicon.word(word)]))
    .filter(|named| named.fit == Fit::Same);
    let infos = named.filter_map(|named| metric_of(lexicon, named.target));
    infos.into_iter().find(|info| fits(info))
}

/// The dimension meant at `slots.groups[at]`, one that all metrics have.
pub(super) fn dimension<'a>(
    asked: &Asked<'a>,
    slots: &Slots,
    at: usize,
    metrics: &[&MetricInfo],
    notes: &mut Vec<String>,
) -> Result<&'a DimensionInfo, Stop> {
    let lexicon = asked.lexicon;
    let Some(pick) = slots.groups.get(at) else {
        return Err(refuse(asked, Say::Nothing, Vec::new()));
    };
    let infos = pick
        .options
        .iter()
        .filter_map(|named| Some((dimension_of(lexicon, named.target)?, named)));
    let allowed: Vec<_> = infos
        .filter(|(info, _)| all_have(metrics, &info.name))
        .collect();
    let Some((first, best)) = allowed.first() else {
        return Err(not_by(asked, slots, pick, metrics));
    };
    let hops = |name: &str| name.matches("__").count();
    let mut equal: Vec<&DimensionInfo> = allowed
        .iter()
        .filter(|(_, named)| best.quality - named.quality < EQUAL)
        .map(|(info, _)| *info)
        .collect();
    let nearest = equal.iter().map(|info| hops(&info.name)).min().unwrap_or(0);
    equal.retain(|info| hops(&info.name) == nearest);
    let chosen = match equal.as_slice() {
        [only] => only,
        [] => first,
        _ => {
            let narrowed = equal.iter().map(|info| {
                let mut slots = slots.clone();
                if let Some(pick) = slots.groups.get_mut(at) {
                    pick.options.retain(|named| {
                        dimension_of(lexicon, named.target).is_some_and(|d| d.name == info.name)
                    });
                }
                (info.name.replace("__", " "), slots)
            });
            let choices = choices(asked, narrowed);
            return Err(clarify(asked, Say::WhichName(&pick.typed), choices));
        }
    };
    // "by state", where there are a hub's and a destination's.
    let alike: Vec<&DimensionInfo> = if unsaid(lexicon, chosen, pick) {
        shared(lexicon, metrics)
            .filter(|info| info.name != chosen.name && ends_alike(lexicon, info, pick))
            .collect()
    } else {
        Vec::new()
    };
    if !alike.is_empty() && asked.depth == 0 {
        let narrowed = std::iter::once(*chosen).chain(alike).map(|info| {
            let mut slots = slots.clone();
            if let (Some(old), Some(new)) = (slots.groups.get_mut(at), by(lexicon, info)) {
                *old = new;
            }
            (info.label.clone(), slots)
        });
        return Err(clarify(
            asked,
            Say::WhichName(&pick.typed),
            choices(asked, narrowed),
        ));
    }
    tell(asked, pick, &chosen.label, notes);
    Ok(chosen)
}

/// The dimension is called otherwise than was typed: by its column only.
fn unsaid(lexicon: &Lexicon, info: &DimensionInfo, pick: &Pick) -> bool {
    let typed = plain(&pick.typed);
    let called = |name: &String| crate::lexicon::is_plural_of(&plain(name), &typed);
    !called(&info.label) && !info.synonyms.iter().any(called) && ends_alike(lexicon, info, pick)
}

/// Its label is of more words, and the very word that was typed is the noun of it: "Customer
/// country", "Country of origin".
fn ends_alike(lexicon: &Lexicon, info: &DimensionInfo, pick: &Pick) -> bool {
    let (label, typed) = (plain(&info.label), plain(&pick.typed));
    let Some((first, rest)) = label.split_once(' ') else {
        return false;
    };
    let told = matches!(
        rest.split(' ').next(),
        Some("of" | "de" | "del" | "da" | "do" | "dos" | "das")
    );
    let last = rest.split(' ').next_back().unwrap_or_default();
    lexicon.same_meaning(if told { first } else { last }, &typed)
}

/// The metrics have no such dimension: say which they have.
pub(super) fn not_by(
    asked: &Asked<'_>,
    slots: &Slots,
    pick: &Pick,
    metrics: &[&MetricInfo],
) -> Stop {
    let lexicon = asked.lexicon;
    let name = metrics.first().map_or("", |info| info.label.as_str());
    let wanted = pick.options.first().and_then(|named| match named.target {
        Target::Value { dimension, .. } => lexicon.dimension(dimension),
        target => dimension_of(lexicon, target),
    });
    let label = wanted.map_or(pick.typed.as_str(), |info| info.label.as_str());
    let known = listed(
        asked,
        shared(lexicon, metrics).map(|info| info.label.clone()),
        6,
    );
    let narrowed = shared(lexicon, metrics).map(|info| {
        let mut slots = slots.clone();
        slots.values.clear();
        slots.groups = by(lexicon, info).into_iter().collect();
        (
            format!(
                "{name} {} {}",
                say::choose(asked.language, "by", "por", "por"),
                info.label
            ),
            slots,
        )
    });
    let choices = choices(asked, narrowed);
    if known.is_empty() {
        return refuse(asked, Say::NotByAny(name), choices);
    }
    refuse(
        asked,
        Say::NotBy {
            metric: name,
            dimension: label,
            known: &known,
        },
        choices,
    )
}

/// Dimensions that all metrics have, the easiest to read first.
pub(crate) fn shared<'a>(
    lexicon: &'a Lexicon,
    metrics: &[&MetricInfo],
) -> impl Iterator<Item = &'a DimensionInfo> + use<'a> {
    let mut found: Vec<&DimensionInfo> = lexicon
        .catalog
        .dimensions
        .iter()
        .filter(|info| all_have(metrics, &info.name))
        .collect();
    found.retain(|info| info.kind == DimensionKind::Categorical);
    // Values that people have names of their own for make the better example; the most frequent
    // ones tell.
    let spoken = |info: &DimensionInfo| {
        let mut first = info.values.iter().take(100);
        first.any(|value| !value.synonyms.is_empty())
    };
    found.sort_by_cached_key(|info| {
        (
            info.values.is_empty(),
            !info.complete,
            !spoken(info),
            info.name.matches("__").count(),
        )
    });
    found.into_iter()
}

/// A grouping by that dimension.
pub(super) fn by(lexicon: &Lexicon, info: &DimensionInfo) -> Option<Pick> {
    let at = lexicon
        .catalog
        .dimensions
        .iter()
        .position(|dimension| dimension.name == info.name)?;
    let target = Target::Dimension(u32::try_from(at).ok()?);
    let named = crate::lexicon::Named {
        target,
        fit: Fit::Same,
        quality: 1.0,
    };
    Some(Pick {
        options: vec![named],
        typed: info.label.clone(),
    })
}

pub(crate) fn all_have(metrics: &[&MetricInfo], dimension: &str) -> bool {
    metrics
        .iter()
        .all(|info| info.dimensions.iter().any(|has| has == dimension))
}

/// Says so where a name was not typed as it is called.
pub(super) fn tell(asked: &Asked<'_>, pick: &Pick, label: &str, notes: &mut Vec<String>) {
    if pick.fit() >= Fit::Part && plain(&pick.typed) != plain(label) {
        notes.push(
            Say::Near {
                typed: &pick.typed,
                meant: label,
            }
            .in_language(asked.language),
        );
    }
}

/// The metrics that the sentence names, the first reading of each.
pub(crate) fn named_metrics<'a>(asked: &Asked<'a>, slots: &Slots) -> Vec<&'a MetricInfo> {
    let first = |pick: &Pick| metric_of(asked.lexicon, pick.options.first()?.target);
    slots.metrics.iter().filter_map(first).collect()
}

pub(crate) fn metric_of(lexicon: &Lexicon, target: Target) -> Option<&MetricInfo> {
    match target {
        Target::Metric(at) => lexicon.metric(at),
        _ => None,
    }
}

pub(super) fn dimension_of(lexicon: &Lexicon, target: Target) -> Option<&DimensionInfo> {
    match target {
        Target::Dimension(at) => lexicon.dimension(at),
        _ => None,
    }
}
