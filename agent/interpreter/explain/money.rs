//! Questions that ask for money by their verb: "how much did tickets bring in", "what did the shops
//! take".

use almanac_agent_contract::Format;
use almanac_metrics::MetricInfo;

use crate::compose::{Asked, metric_of, target_of};
use crate::heard::Heard;
use crate::lexicon::{Fit, Named, Target, Unit, is_plural_of, owner, plain};
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
    slots.metrics.extend(pick_of(asked, sum));
}

/// A sum that no word names.
fn pick_of(asked: &Asked<'_>, sum: &MetricInfo) -> Option<Pick> {
    let named = Named {
        target: target_of(asked.lexicon, sum)?,
        fit: Fit::Part,
        quality: 0.86,
    };
    Some(Pick {
        options: vec![named],
        typed: sum.label.clone(),
    })
}

fn gives_money(word: &str) -> bool {
    is_paid(word)
        || matches!(
            word,
            "gave" | "give" | "given" | "donated" | "dieron" | "donaron" | "deram" | "doaram"
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

/// The one sum of money that belongs to each of those who are named.
fn sum(asked: &Asked<'_>, said: &Heard<'_>, slots: &Slots) -> Option<Pick> {
    let lexicon = asked.lexicon;
    let values = slots.values.iter().map(|value| &value.pick);
    let named = slots.groups.iter().chain(values);
    let mut entities: Vec<&str> = named
        .filter_map(|pick| match pick.options.first()?.target {
            Target::Dimension(at) | Target::Value { dimension: at, .. } => {
                owner(lexicon.dimension(at)?)
            }
            Target::Metric(_) => None,
        })
        .collect();
    let all = lexicon
        .catalog
        .metrics
        .iter()
        .flat_map(|info| &info.entities);
    for entity in all {
        let one = entity.replace('_', " ");
        if said.words.iter().any(|word| is_plural_of(word, &one)) {
            entities.push(entity);
        }
    }
    let mut sums = entities
        .into_iter()
        .filter_map(|entity| lexicon.sum_of(entity));
    let first = sums.next()?;
    sums.all(|sum| sum.name == first.name)
        .then(|| pick_of(asked, first))?
}

/// "what did advertisers pay us": the one sum of money that belongs to each of them. A verb of money
/// beside a sum that is named says nothing more.
pub(super) fn pays(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) {
    let Some(at) = said.words.iter().position(|word| is_paid(word)) else {
        return;
    };
    let says = |words: &[&str], any: &[&str]| words.iter().any(|word| any.contains(word));
    let much =
        slots.has(Cue::HowMuch) || slots.what_done || says(&said.words, &["cuanto", "quanto"]);
    let own = |typed: &str| plain(typed) == said.word(at);
    let named = slots.metrics.iter().any(|pick| !own(&pick.typed));
    if !named && much {
        if let Some(sum) = sum(asked, said, slots) {
            slots.metrics = vec![sum];
            slots
                .groups
                .retain(|pick| divides(said.before(&pick.typed)));
            slots.unknown.retain(|word| word.at != at);
        }
        return;
    }
    // "how many purchases were paid in cash": the value says how.
    let next: Vec<&str> = said.words.iter().skip(at + 1).take(2).copied().collect();
    let how = !much
        && !slots.values.is_empty()
        && says(&next, &["in", "with", "by", "en", "con", "com", "em"]);
    let money = |pick: &Pick| {
        let target = pick.options.first().map(|named| named.target);
        let info = target.and_then(|target| metric_of(asked.lexicon, target));
        let is_sum = info.is_some_and(|info| Unit::of(&info.format) == Unit::Money);
        pick.fit() <= Fit::Meant && is_sum
    };
    let sums = slots.metrics.iter().any(money);
    if sums || (how && named) {
        slots.unknown.retain(|word| word.at != at);
    }
    if sums && slots.metrics.len() > 1 {
        slots.metrics.retain(|pick| !own(&pick.typed));
    }
}

/// What leads to a breakdown: who pays is none by themselves.
fn divides(word: &str) -> bool {
    matches!(
        word,
        "each"
            | "by"
            | "per"
            | "every"
            | "which"
            | "cada"
            | "por"
            | "que"
            | "cual"
            | "qual"
            | "and"
            | "y"
            | "e"
    )
}

/// Verbs of paying and owing.
pub(crate) fn is_paid(word: &str) -> bool {
    matches!(
        word,
        "pay"
            | "paid"
            | "pays"
            | "spend"
            | "spent"
            | "spends"
            | "owe"
            | "owed"
            | "owes"
            | "pago"
            | "pagos"
            | "paga"
            | "pagas"
            | "pagado"
            | "pagados"
            | "pagada"
            | "pagadas"
            | "pagamos"
            | "pagan"
            | "pagam"
            | "pagou"
            | "pagaron"
            | "pagaram"
            | "gasto"
            | "gastan"
            | "gastam"
            | "gastou"
            | "gastaron"
            | "gastaram"
            | "gastamos"
            | "cobramos"
            | "cobraron"
            | "debemos"
            | "debimos"
            | "deben"
            | "devemos"
            | "deviamos"
            | "devem"
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
