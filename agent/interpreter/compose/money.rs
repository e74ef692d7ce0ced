//! Sums of money that are meant without being named: "how much did we lend", where loans are
//! counted, and "revenue", where nothing is called so.

use almanac_agent_contract::Format;
use almanac_metrics::MetricInfo;

use super::Asked;
use super::metrics::{CHOSEN, metric_of, target_of};
use crate::lexicon::{Fit, Lexicon, Target, plain};
use crate::slots::{Pick, Slots};

/// "how much did we bill", where bills are counted: the sums of money that have the word.
pub(super) fn amounts(asked: &Asked<'_>, slots: &Slots, pick: &Pick) -> Vec<Target> {
    let lexicon = asked.lexicon;
    let counted = pick
        .options
        .first()
        .filter(|named| named.quality < CHOSEN || named.fit == Fit::Same)
        .and_then(|named| metric_of(lexicon, named.target))
        .is_some_and(|info| info.counts.is_some());
    // "how much did bookings grow", "how much per booking"
    let other = slots.has(crate::vocabulary::Cue::Growth)
        || slots.per.as_ref() == Some(pick)
        || slots.statistic.is_some();
    let asks =
        slots.has(crate::vocabulary::Cue::HowMuch) || (slots.what_done && is_verb_form(pick));
    if !asks || !counted || other || asked.depth > 0 {
        return Vec::new();
    }
    let words: Vec<_> = lexicon
        .tokens(&pick.typed)
        .iter()
        .map(|token| lexicon.word(&token.word))
        .collect();
    let named: Vec<Target> = lexicon
        .names(&words)
        .into_iter()
        .map(|named| named.target)
        .filter(|target| {
            metric_of(lexicon, *target).is_some_and(|info| {
                matches!(info.format, Format::Currency(_))
                    && super::manner::own_statistic(info).is_none()
            })
        })
        .collect();
    if !named.is_empty() {
        return named;
    }
    // "quanto emprestámos", where only the noun of it is in the amount's name
    let counted = pick
        .options
        .first()
        .and_then(|named| metric_of(lexicon, named.target));
    let amount = counted.and_then(|info| lexicon.amount_of(info));
    amount
        .and_then(|info| target_of(lexicon, info))
        .into_iter()
        .collect()
}

/// "how much did we lend", "what was deposited": a verb asks for what it came to. Nouns of what is
/// counted are in the plural.
pub(super) fn is_done(pick: &Pick) -> bool {
    let typed = plain(&pick.typed);
    !typed.contains(' ') && !crate::lexicon::is_plural(&typed) || typed.ends_with("mos")
}

/// Words for what comes in, in general.
pub(crate) fn is_money(typed: &str) -> bool {
    plain(typed).split(' ').all(|word| {
        matches!(
            word,
            "revenue"
                | "revenues"
                | "sales"
                | "income"
                | "turnover"
                | "earnings"
                | "money"
                | "ingresos"
                | "ingreso"
                | "ventas"
                | "receita"
                | "receitas"
                | "vendas"
                | "faturamento"
                | "facturacion"
                | "dinero"
                | "dinheiro"
        )
    })
}

/// Sums of money right below some others in the metric tree.
pub(super) fn parts<'a>(
    lexicon: &'a Lexicon,
    above: &[&MetricInfo],
) -> impl Iterator<Item = &'a MetricInfo> + use<'a> {
    let names: Vec<String> = above.iter().map(|info| info.name.clone()).collect();
    lexicon.catalog.metrics.iter().filter(move |info| {
        matches!(info.format, Format::Currency(_))
            && info
                .parent
                .as_ref()
                .is_some_and(|parent| names.contains(parent))
            && info.direction != Some(almanac_agent_contract::Direction::Down)
            && !super::manner::is_rate(info)
    })
}

/// Sums of money at the top of the metric tree that are good to have.
pub(crate) fn sums(lexicon: &Lexicon) -> impl Iterator<Item = &MetricInfo> {
    lexicon.catalog.metrics.iter().filter(|info| {
        matches!(info.format, Format::Currency(_))
            && info.parent.is_none()
            && info.inputs.is_empty()
            && info.direction != Some(almanac_agent_contract::Direction::Down)
            && !super::manner::is_rate(info)
    })
}

/// Of several metrics the one whose numbers are what was asked for: a count, or money.
pub(super) fn of_unit<'a>(slots: &Slots, candidates: &[&'a MetricInfo]) -> Option<&'a MetricInfo> {
    // "how much energy" asks for kWh as well as for what they cost.
    let measured = |info: &&MetricInfo| matches!(info.format, Format::Unit(_));
    if slots.has(crate::vocabulary::Cue::HowMuch) && candidates.iter().any(measured) {
        return None;
    }
    let asked = |info: &&&MetricInfo| {
        if slots.has(crate::vocabulary::Cue::HowMany) {
            info.format == Format::Number && super::manner::own_statistic(info).is_none()
        } else {
            slots.has(crate::vocabulary::Cue::HowMuch) && matches!(info.format, Format::Currency(_))
        }
    };
    let mut found = candidates.iter().filter(asked);
    let first = found.next().filter(|_| candidates.len() > 1)?;
    found.next().is_none().then_some(*first)
}

/// "what did we invoice", "what was invoiced": no noun in the plural, and none alone.
fn is_verb_form(pick: &Pick) -> bool {
    is_done(pick) && pick.fit() <= Fit::Meant
}

/// How sure a metric is at least that more than a part of its name told.
pub(super) const TOLD: f32 = 0.85;

/// "failures", where there is a failure rate: how many there were is another number.
pub(super) fn counted_in(info: &MetricInfo, pick: &Pick) -> bool {
    let typed = plain(&pick.typed);
    let label = plain(&info.label);
    let head = label.split(' ').next_back().unwrap_or_default();
    let names_it = crate::lexicon::is_plural_of(&typed, head);
    crate::lexicon::is_plural(&typed)
        && !typed.contains(' ')
        && info.format == Format::Percent
        && !names_it
}

/// The metrics that have the very word in one of their names.
pub(super) fn lettered(lexicon: &Lexicon, typed: &str) -> Vec<Target> {
    let typed = plain(typed);
    let has = |info: &MetricInfo| {
        let mut names = std::iter::once(&info.label).chain(&info.synonyms);
        names.any(|name| plain(name).split(' ').any(|word| word == typed))
    };
    let all = (0_u32..).zip(&lexicon.catalog.metrics);
    all.filter(|(_, info)| has(info))
        .map(|(at, _)| Target::Metric(at))
        .collect()
}
