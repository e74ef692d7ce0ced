//! Questions that ask for money by their verb: "how much did tickets bring in", "what did the shops
//! take".

use almanac_agent_contract::Format;

use crate::compose::{Asked, target_of};
use crate::heard::Heard;
use crate::lexicon::{Fit, Named, Target};
use crate::slots::{Pick, Slots};
use crate::vocabulary::Cue;

/// "which donors gave more than 3,000": the one sum of money that belongs to each of them.
pub(super) fn gives(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let Some(entity) = &slots.entity else { return };
    let [bound] = slots.bounds.as_slice() else {
        return;
    };
    let spends = bound.money || said.words.iter().any(|word| gives_money(word));
    if !slots.metrics.is_empty() || bound.after.is_some() || !spends {
        return;
    }
    let Some(sum) = lexicon.sum_of(&entity.name) else {
        return;
    };
    slots
        .metrics
        .extend(target_of(lexicon, sum).map(|target| Pick {
            options: vec![Named {
                target,
                fit: Fit::Part,
                quality: 0.86,
            }],
            typed: sum.label.clone(),
        }));
}

fn gives_money(word: &str) -> bool {
    matches!(
        word,
        "gave"
            | "give"
            | "given"
            | "spent"
            | "spend"
            | "paid"
            | "pay"
            | "donated"
            | "gastaron"
            | "gastan"
            | "pagaron"
            | "dieron"
            | "donaron"
            | "gastaram"
            | "pagaram"
            | "deram"
            | "doaram"
    )
}

/// Money is asked for, whatever is named.
pub(super) fn is_earned(said: &Heard<'_>, slots: &Slots) -> bool {
    let opens = |word: &str, next: &str| {
        said.words
            .windows(2)
            .take(3)
            .any(|pair| pair[0] == word && pair[1] == next)
    };
    let asks = slots.has(Cue::HowMuch)
        || slots.what_done
        || opens("how", "much")
        || said.words.iter().any(|word| {
            matches!(
                *word,
                "cuanto" | "cuanta" | "quanto" | "quanta" | "money" | "dinero" | "dinheiro"
            )
        });
    let other = slots.has(Cue::Growth)
        || slots.per.is_some()
        || slots.statistic.is_some()
        || !slots.bounds.is_empty();
    asks && !other && said.words.iter().any(|word| earns(word))
}

fn earns(word: &str) -> bool {
    matches!(
        word,
        "bring"
            | "brought"
            | "brings"
            | "make"
            | "made"
            | "makes"
            | "earn"
            | "earned"
            | "earns"
            | "take"
            | "took"
            | "taken"
            | "takes"
            | "raise"
            | "raised"
            | "collect"
            | "collected"
            | "ingreso"
            | "ingresaron"
            | "ingresamos"
            | "recaudamos"
            | "recaudaron"
            | "recaudo"
            | "rendeu"
            | "renderam"
            | "arrecadou"
            | "arrecadamos"
            | "arrecadaram"
            | "trouxeram"
            | "trouxe"
            | "dejaron"
    )
}

/// Verbs of paying.
pub(super) fn is_paid(word: &str) -> bool {
    matches!(
        word,
        "pay" | "paid" | "spend" | "spent" | "pagaron" | "gastaron" | "pagaram" | "gastaram"
    )
}

/// "how much did members pay": how many they are is no answer, unless that is what is asked back.
pub(super) fn doubt(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) {
    let does = |word: &str| {
        matches!(
            word,
            "did"
                | "do"
                | "does"
                | "have"
                | "has"
                | "pagaron"
                | "gastaron"
                | "pagaram"
                | "gastaram"
        )
    };
    let much = said.words.windows(3).any(|words| {
        (words[0] == "how" && words[1] == "much" && does(words[2]))
            || (matches!(words[0], "cuanto" | "quanto") && does(words[1]))
    });
    let paid = said.words.iter().any(|word| is_paid(word));
    let [pick] = slots.metrics.as_slice() else {
        return;
    };
    let counts = pick
        .options
        .first()
        .is_some_and(|named| match named.target {
            Target::Metric(at) => asked
                .lexicon
                .metric(at)
                .is_some_and(|info| info.format == Format::Number),
            _ => false,
        });
    slots.doubt |= much && paid && counts;
}
