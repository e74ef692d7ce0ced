//! Words that say nothing more of what was named: "incidents reported since Monday", "tickets at
//! the reduced price", "an average delay over 7 minutes".

use almanac_metrics::{DimensionInfo, DimensionKind};

use super::{is_open, is_sure, leaves};
use crate::compose::{Asked, all_have, named_metrics};
use crate::heard::Heard;
use crate::intent::Statistic;
use crate::lexicon::{Target, is_content, is_plural, plain};
use crate::slots::{Pick, Place, Slots, Unknown};
use crate::spans::Piece;
use crate::vocabulary::Cue;

/// A dash, and what is told before something is asked: "for tomorrow's meeting I need".
pub(super) fn formalities(said: &Heard<'_>, slots: &mut Slots) {
    slots.unknown.retain(|word| {
        !matches!(
            word.typed.as_str(),
            "-" | "--" | "–" | "—" | "…" | ":" | "•"
        )
    });
    // "can you break disputes down by reason"
    let open = |word: &Unknown, of: &[&str]| of.contains(&plain(&word.typed).as_str());
    let taken = ["break", "split", "slice"];
    let apart = ["down", "up", "out"];
    let any = |slots: &Slots, of: &[&str]| slots.unknown.iter().any(|word| open(word, of));
    if slots.has(Cue::By) && any(slots, &taken) && any(slots, &apart) {
        slots
            .unknown
            .retain(|word| !open(word, &taken) && !open(word, &apart));
    }
    let asks = |pair: &[&str]| {
        matches!(
            (pair[0], pair[1]),
            ("i", "need")
                | ("i", "want")
                | ("could", "you")
                | ("can", "you")
                | ("give", "me")
                | ("tell", "me")
                | ("show", "me")
                | ("and", "need")
                | ("so", "need")
                | ("to", "know")
                | ("is", "asking")
                | ("are", "asking")
                | ("would", "you")
                | ("quiere", "saber")
                | ("quer", "saber")
                | ("me", "puedes")
                | ("puedes", "decirme")
                | ("pode", "me")
                | ("me", "diga")
        )
    };
    let at = said.words.windows(2).position(asks).map(|at| at + 1);
    let single = [
        "necesito",
        "necesitaria",
        "precisaria",
        "quisiera",
        "gostaria",
        "quiero",
        "preciso",
        "quero",
        "dime",
        "diga",
    ];
    let at = at.or_else(|| said.words.iter().position(|word| single.contains(word)));
    let Some(at) = at else { return };
    let names = |piece: &Piece| matches!(piece, Piece::Names(_) | Piece::Number(..));
    let told = said
        .items
        .iter()
        .any(|item| item.start < at && names(&item.piece));
    if !told {
        slots.unknown.retain(|word| word.at > at);
    }
}

/// "at the reduced price": the noun right after a value, where its dimension is of that.
pub(super) fn nouns_of_values(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let values = &slots.values;
    slots.unknown.retain(|word| {
        let before = said.items.iter().find(|item| item.end == word.at);
        let Some(Piece::Names(names)) = before.map(|item| &item.piece) else {
            return true;
        };
        let picked = |target: Target| {
            let mut options = values.iter().flat_map(|value| &value.pick.options);
            options.any(|named| named.target == target)
        };
        let sense = lexicon.sense(&plain(&word.typed)).to_the_letter();
        !names.iter().any(|named| {
            matches!(named.target, Target::Value { .. })
                && picked(named.target)
                && lexicon.tells(named.target, &sense)
        })
    });
}

/// "how many members left": how many there are is no answer.
pub(super) fn departures(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) {
    let Some(at) = said.words.iter().position(|word| leaves(word)) else {
        return;
    };
    let stock = slots.metrics.iter().any(|pick| {
        let named = pick.options.first();
        named.is_some_and(|named| match named.target {
            Target::Metric(at) => asked
                .lexicon
                .metric(at)
                .is_some_and(|info| info.semi_additive),
            _ => false,
        })
    });
    let known = said.items.iter().any(|item| {
        item.start <= at && at < item.end && !matches!(item.piece, Piece::Cue(Cue::Noise))
    });
    if stock && !known && slots.metrics.len() == 1 {
        slots.unknown.push(Unknown {
            at,
            typed: said.word(at).to_owned(),
            place: Place::Not,
        });
    }
}

/// "reviews posted", where they have a day of posting: it happened then anyway.
pub(super) fn dates(asked: &Asked<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let metrics = named_metrics(asked, slots);
    if metrics.is_empty() {
        return;
    }
    let all = lexicon.catalog.dimensions.iter();
    let own = all.filter(|info| {
        matches!(info.kind, DimensionKind::Time(_)) && all_have(&metrics, &info.name)
    });
    let done: Vec<&str> = own.filter_map(|info| happening(info)).collect();
    slots.unknown.retain(|word| {
        let typed = plain(&word.typed);
        let told = done.iter().any(|done| lexicon.same_meaning(done, &typed));
        !(told && is_open(word.place))
    });
}

/// What happened on a date: "posted" of `posted_on`.
pub(crate) fn happening(info: &DimensionInfo) -> Option<&str> {
    let last = info.name.rsplit("__").next()?;
    let (done, when) = last.rsplit_once('_')?;
    matches!(when, "on" | "at").then_some(done)
}

/// A word that the description of what was named has as well says nothing more of it.
pub(super) fn pass_over(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    // "hours worked by couriers"
    let did = |at: usize| {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| said.word(at));
        before(1) == "by" && before(2).ends_with("ed")
    };
    let metrics = slots.metrics.iter().filter(|pick| is_sure(pick));
    let values = slots.values.iter().map(|value| &value.pick);
    let bounds = slots.bounds.iter().filter_map(|bound| bound.after.as_ref());
    let bounds = bounds.filter(|pick| is_sure(pick));
    let picks = metrics.chain(&slots.groups).chain(values).chain(bounds);
    let named = picks.filter_map(|pick| pick.options.first());
    let targets: Vec<Target> = named.map(|named| named.target).collect();
    let known = |text: &str, strictly: bool| {
        plain(text).split(' ').all(|word| {
            if !is_content(word) || matches!(word, "times" | "veces" | "vezes") {
                return false;
            }
            let sense = lexicon.sense(word);
            let sense = if strictly {
                sense.to_the_letter()
            } else {
                sense
            };
            targets.iter().any(|target| lexicon.tells(*target, &sense))
        })
    };
    // "reservas de los clientes": whose they are.
    let metrics = named_metrics(asked, slots);
    let owns = |word: &str| {
        let mut entities = metrics.iter().flat_map(|info| &info.entities);
        is_plural(word) && entities.any(|entity| lexicon.same_meaning(word, entity))
    };
    // "guests with more than 3 bookings" asks for guests.
    let bounded = !slots.bounds.is_empty();
    // "what did a ticket cost on average"
    let averages = slots.statistic == Some(Statistic::Average);
    let costs = |text: &str| {
        averages
            && matches!(
                plain(text).as_str(),
                "cost" | "costs" | "cuesta" | "costo" | "cuestan" | "custa" | "custou" | "custam"
            )
    };
    slots.unknown.retain(|word| {
        // "on time" where something takes time: what follows a preposition may well narrow.
        let entity = asked.lexicon.is_entity(&plain(&word.typed));
        let strictly = word.place == Place::In && !entity;
        let whose = bounded && entity;
        let doer = word.place == Place::By && is_plural(&plain(&word.typed)) && did(word.at);
        // "how many purchases did players make"
        let asks = |at: usize| matches!(said.word(at), "did" | "do" | "does" | "have" | "has");
        let subject = word.at.checked_sub(1).is_some_and(|at| {
            asks(at)
                || matches!(said.word(at), "our" | "the") && at.checked_sub(1).is_some_and(asks)
        });
        let theirs = (word.place == Place::In || subject) && owns(&plain(&word.typed));
        let told = theirs || doer && known(&word.typed, false);
        let kept =
            whose || !(is_open(word.place) && (known(&word.typed, strictly) || costs(&word.typed)));
        kept && !told
    });
    let sure = slots.metrics.first().is_some_and(is_sure);
    for bound in &mut slots.bounds {
        let unit = |pick: &Pick| {
            sure && !is_sure(pick) && is_unit(&pick.typed) && known(&pick.typed, false)
        };
        if bound.after.as_ref().is_some_and(unit) {
            bound.after = None;
        }
    }
}

/// What is measured or counted in general, as a number is followed by it.
pub(super) fn is_unit(typed: &str) -> bool {
    matches!(
        plain(typed).as_str(),
        "minutes"
            | "minute"
            | "minutos"
            | "hours"
            | "hour"
            | "horas"
            | "days"
            | "dias"
            | "seconds"
            | "segundos"
            | "weeks"
            | "semanas"
            | "months"
            | "meses"
            | "years"
            | "anos"
            | "units"
            | "unidades"
            | "people"
            | "personas"
            | "pessoas"
            | "points"
            | "puntos"
            | "pontos"
            | "stars"
            | "estrellas"
            | "estrelas"
            | "percent"
            | "kilos"
            | "km"
            | "kilometres"
            | "kilometers"
            | "kilometros"
            | "quilometros"
            | "nights"
            | "noches"
            | "noites"
    )
}
