//! Words of a question that are no names, explained by what the catalogue says of its names: "how
//! many people got on", "how many trips did we cancel", "incidents reported since Monday". Called
//! between the walk and the refusal of unknown words; what nothing explains stays unknown.

mod average;
mod counted;
mod describe;
mod join;
mod money;
mod pass;
mod share;

pub(crate) use money::is_paid;
pub(crate) use pass::happening;

use crate::compose::{Asked, is_money};
use crate::heard::Heard;
use crate::intent::Statistic;
use crate::lexicon::{Fit, is_content, is_plural, is_verb, plain};
use crate::slots::{Pick, Place, Slots, Unknown};
use crate::spans::Piece;
use crate::vocabulary::Cue;

/// Explains what it can, and leaves the rest of the slots as they are.
pub(crate) fn explain(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) {
    pass::formalities(said, slots);
    let bounded = |pick: &Option<Pick>| pick.as_ref().is_some_and(|pick| !is_sure(pick));
    let doubtful = !slots.unknown.is_empty()
        || slots.metrics.is_empty()
        || !slots.metrics.iter().all(is_sure)
        || slots.bounds.iter().any(|bound| bounded(&bound.after))
        || slots
            .metrics
            .iter()
            .any(|pick| is_verb(&plain(&pick.typed)))
        || slots
            .metrics
            .iter()
            .any(|pick| is_money(&pick.typed) && pick.fit() > Fit::Same)
        || slots.statistic == Some(Statistic::Average)
        || slots.has(Cue::Share)
        || money::is_earned(said, slots);
    let doubtful = doubtful
        || said
            .words
            .iter()
            .any(|word| leaves(word) || money::is_paid(word));
    if let Some(at) = ordered(said, slots) {
        let typed = said.word(at).to_owned();
        slots.metrics.clear();
        slots.unknown.push(Unknown {
            at,
            typed,
            place: Place::Free,
        });
        return;
    }
    if !doubtful || !slots.without_metrics.is_empty() || commands(said, slots) {
        return;
    }
    pass::nouns_of_values(asked, said, slots);
    if share::defined(asked, said, slots) {
        return;
    }
    pass::departures(asked, said, slots);
    average::averaged(asked, said, slots);
    counted::counted(asked, said, slots);
    money::gives(asked, said, slots);
    money::pays(asked, said, slots);
    join::join(asked, said, slots);
    describe::describe(asked, said, slots);
    counted::distinct(asked, slots);
    pass::dates(asked, slots);
    pass::pass_over(asked, said, slots);
    money::doubt(asked, said, slots);
}

/// "cancel the subscription": something to be done to something, and no number.
fn commands(said: &Heard<'_>, slots: &Slots) -> bool {
    let mut items = said.items.iter();
    let Some(first) = items.find(|item| item.piece != Piece::Cue(Cue::Noise)) else {
        return false;
    };
    let word = said.word(first.start);
    let one = matches!(
        said.word(first.end),
        "the"
            | "all"
            | "every"
            | "my"
            | "our"
            | "this"
            | "that"
            | "mi"
            | "la"
            | "el"
            | "los"
            | "las"
            | "nuestro"
            | "nuestra"
            | "meu"
            | "minha"
            | "o"
            | "a"
            | "os"
            | "as"
            | "nosso"
            | "nossa"
    );
    let unsure = |pick: &Pick| !is_sure(pick) && plain(&pick.typed) == word;
    let unknown = slots.unknown.iter().any(|other| other.at == first.start);
    let named = slots.metrics.iter().any(unsure);
    one && !is_plural(word) && (unknown || named || slots.metrics.len() == 1 && is_order(word))
}

/// "stop the Falcon line", where stops are counted: where the verb stands, for it asks for no number.
fn ordered(said: &Heard<'_>, slots: &Slots) -> Option<usize> {
    let [pick] = slots.metrics.as_slice() else {
        return None;
    };
    let first = said
        .items
        .iter()
        .find(|item| item.piece != Piece::Cue(Cue::Noise))?;
    let word = said.word(first.start);
    let object = matches!(
        said.word(first.end),
        "the" | "my" | "this" | "la" | "el" | "o" | "a"
    );
    let named = plain(&pick.typed) == word && first.start == 0;
    let asks = slots.has(Cue::By) || !slots.periods.is_empty() || slots.grain.is_some();
    (named && object && !asks && is_order(word)).then_some(first.start)
}

/// Verbs that ask for something to be done.
fn is_order(word: &str) -> bool {
    matches!(
        word,
        "cancel"
            | "refund"
            | "book"
            | "order"
            | "stop"
            | "start"
            | "restart"
            | "pause"
            | "reject"
            | "approve"
            | "schedule"
            | "delete"
            | "close"
            | "send"
            | "cancela"
            | "cancelar"
            | "reserva"
            | "reservar"
            | "rechaza"
            | "aprueba"
            | "borra"
            | "para"
            | "rejeita"
            | "rejeite"
            | "aprova"
            | "apaga"
    )
}

/// One metric and no other is meant.
fn is_sure(pick: &Pick) -> bool {
    pick.fit() <= Fit::Meant || (pick.fit() == Fit::Part && pick.options.len() == 1)
}

/// Where a word that only tells more of a metric may stand.
fn is_open(place: Place) -> bool {
    matches!(place, Place::Free | Place::In | Place::Ranked)
}

/// The word may tell more of a metric. What a sentence opens with is something to be done: "cancel
/// my appointment" asks for no number.
fn may_tell(said: &Heard<'_>, word: &Unknown) -> bool {
    let mut items = said.items.iter();
    let first = items.find(|item| item.piece != Piece::Cue(Cue::Noise));
    let opens = first.is_some_and(|item| item.start == word.at);
    let text = plain(&word.typed);
    is_open(word.place) && !opens && text.split(' ').all(is_content)
}

/// Verbs of going away, which say nothing of who is there.
fn leaves(word: &str) -> bool {
    matches!(word, "left" | "leave" | "leaving" | "quit" | "resigned")
}
