//! "How many customers filed a complaint": who did it, not how often. Where the catalogue counts
//! them, the walk sees that number instead of the two names.

use super::wording::is_one;
use crate::intent::Statistic;
use crate::lexicon::{Fit, Lexicon, Named, Target, condition_of, own_rows, owner};
use crate::spans::{Item, Piece};
use crate::text::Token;
use crate::vocabulary::Cue;

/// The sentence with who did something as one name, where it asks for their number.
pub(super) fn who_did(lexicon: &Lexicon, items: &[Item], tokens: &[Token]) -> Option<Vec<Item>> {
    let bounded = |item: &Item| matches!(item.piece, Piece::Cue(Cue::Than(_)));
    if items.iter().any(bounded) {
        return None;
    }
    let asks = items.iter().position(|item| {
        matches!(
            item.piece,
            Piece::Cue(Cue::HowMany | Cue::Statistic(Statistic::Count))
        )
    })?;
    let passed = |item: &Item| {
        matches!(
            item.piece,
            Piece::Cue(Cue::Noise | Cue::Statistic(Statistic::Count))
        )
    };
    let word = |item: &Item| {
        let only = item.end - item.start == 1;
        only.then(|| tokens.get(item.start))
            .flatten()
            .map(|token| token.word.as_str())
    };
    let after = |from: usize| {
        let rest = items.get(from..).unwrap_or_default();
        rest.iter()
            .position(|item| !passed(item))
            .map(|at| from + at)
    };
    let anyone = |item: &Item| word(item).is_some_and(is_anyone);
    let first = after(asks + 1)?;
    let people = (asks + 1..first).find(|at| items.get(*at).is_some_and(anyone));
    let (who, mut next) = match people {
        Some(at) => (at, first),
        None => (first, after(first + 1)?),
    };
    // "people of each age group listened"
    if people.is_some()
        && items
            .get(next)
            .is_some_and(|item| matches!(item.piece, Piece::Cue(Cue::By | Cue::In)))
    {
        let names = |item: &Item| matches!(item.piece, Piece::Names(_));
        let group = after(next + 1).filter(|at| items.get(*at).is_some_and(names))?;
        next = after(group + 1)?;
    }
    // "customers who", "clientes que"
    while items
        .get(next)
        .is_some_and(|item| item.piece == Piece::Cue(Cue::Which))
    {
        next = after(next + 1)?;
    }
    let noun = items.get(who).and_then(word)?;
    let event = items.get(next)?;
    let rows = rows_of(lexicon, event, tokens)?;
    let named = |entity: &str| is_anyone(noun) || lexicon.same_meaning(noun, entity);
    let info = lexicon.who(rows, named)?;
    let at = lexicon
        .catalog
        .metrics
        .iter()
        .position(|other| other.name == info.name)?;
    let mut told = items.to_vec();
    let named = Named {
        target: Target::Metric(u32::try_from(at).ok()?),
        fit: Fit::Same,
        quality: 1.0,
    };
    told.get_mut(who)?.piece = Piece::Names(vec![named]);
    told.get_mut(next)?.piece = Piece::Cue(Cue::Noise);
    Some(told)
}

/// The rows that every metric the words may name is of, and on which condition; or those of the
/// dimension they name.
fn rows_of<'a>(
    lexicon: &'a Lexicon,
    item: &Item,
    tokens: &[Token],
) -> Option<(&'a str, Option<&'a str>)> {
    let Piece::Names(names) = &item.piece else {
        return None;
    };
    let best = names.first()?;
    // "ordered", where orders have a day on which they were
    let metric = |named: &&Named| {
        matches!(named.target, Target::Metric(_)) && best.quality - named.quality < 0.06
    };
    let counted = names.iter().any(|named| metric(&named));
    if let Target::Dimension(at) = best.target
        && !counted
    {
        // "used a card"
        let before = item.start.checked_sub(1).and_then(|at| tokens.get(at));
        let one = before.is_some_and(|token| is_one(&token.word));
        let path = owner(lexicon.dimension(at)?);
        return path.filter(|_| one).map(|rows| (rows, None));
    }
    let mut rows = names.iter().filter(metric).map(|named| match named.target {
        Target::Metric(at) => {
            let info = lexicon.metric(at)?;
            Some((own_rows(info)?, condition_of(info)))
        }
        _ => None,
    });
    let first = rows.next()??;
    rows.all(|other| other == Some(first)).then_some(first)
}

/// Somebody, whoever it is.
fn is_anyone(word: &str) -> bool {
    matches!(
        word,
        "people" | "persons" | "personas" | "pessoas" | "persona" | "pessoa"
    )
}
