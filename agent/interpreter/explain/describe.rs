//! Metrics that a question describes instead of naming them: "how many people got on", where
//! boardings are "people who got on".

use almanac_agent_contract::Format;
use almanac_metrics::{DimensionKind, MetricInfo};

use super::pass::is_unit;
use super::{is_sure, may_tell, money};
use crate::compose::{Asked, is_money, is_rate, metric_of};
use crate::heard::Heard;
use crate::intent::Statistic;
use crate::lexicon::{
    Fit, Named, Sense, Target, Unit, is_content, is_plural, is_verb, own_rows, owner, plain,
};
use crate::reach::fits;
use crate::slots::{Pick, Place, Slots, Unknown};
use crate::spans::Piece;
use crate::text::tokens;
use crate::vocabulary::Cue;
use crate::walk::is_clock;

/// Words that weigh less than this together describe nothing.
const ENOUGH: f32 = 1.5;
/// How well a description must be told, and how well where another name was said.
const LIKE: f32 = 0.6;
const LIKE_OTHER: f32 = 0.75;
/// From here on the words are a whole text, and no other metric's.
const WHOLE: f32 = 0.98;
/// By how much it must be told better than any other: a whole text, many words, few words.
const APART: (f32, f32, f32) = (0.03, 0.1, 0.12);
/// How sure a metric is that was only described, and by few words.
const DESCRIBED: (f32, f32) = (0.86, 0.8);

/// Finds the metric that is described, where no other is nearly.
pub(super) fn describe(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let many = slots.has(Cue::HowMany);
    let money = money::is_earned(said, slots);
    let named = |pick: &&Pick| is_sure(pick) && !is_vague(asked, pick, many);
    let sure: Vec<Pick> = slots.metrics.iter().filter(named).cloned().collect();
    let named_before = !sure.is_empty();
    let tells =
        |word: &&Unknown| may_tell(said, word) && !(named_before && word.place == Place::In);
    let open: Vec<String> = slots
        .unknown
        .iter()
        .filter(tells)
        .map(|word| plain(&word.typed))
        .collect();
    // "which customers made more than 3 deposits" names no metric but that of the bound, and "what
    // did people complain about" asks what about.
    let listed = slots.has(Cue::Which) && !slots.bounds.is_empty() && !slots.metrics.is_empty();
    let about = said.words.first() == Some(&"what") && said.words.contains(&"about");
    let mut bounded = slots.bounds.iter().filter_map(|bound| bound.after.as_ref());
    let in_unit = |pick: &Pick| {
        let named = pick.options.first();
        let info = named.and_then(|named| metric_of(lexicon, named.target));
        info.is_some_and(|info| Unit::is_called(&info.format, &plain(&pick.typed)))
    };
    let held = bounded.any(|pick| !is_unit(&pick.typed) && !in_unit(pick));
    let idle = sure.len() == 1 && open.is_empty() && !money;
    if listed || about || held || idle || sure.len() > 1 {
        return;
    }
    let vague = |pick: &&Pick| !is_money(&pick.typed);
    let bounded = slots.bounds.iter().filter_map(|bound| bound.after.as_ref());
    let bounded = bounded.filter(|pick| !is_sure(pick));
    let picks = slots.metrics.iter().chain(bounded).filter(vague);
    let typed: Vec<String> = open
        .into_iter()
        .chain(picks.map(|pick| plain(&pick.typed)))
        .collect();
    let must: Vec<Sense> = typed
        .iter()
        .flat_map(|text| text.split(' '))
        .filter(|word| is_content(word))
        .map(|word| lexicon.sense(word))
        .collect();
    // "net income" is no income.
    let qualified = said.items.windows(2).any(|pair| {
        let known = matches!(pair[0].piece, Piece::Names(_) | Piece::Unknown);
        let money = pair[1].end == pair[1].start + 1 && is_money(said.word(pair[1].start));
        known && money && pair[0].end == pair[1].start
    });
    if qualified {
        return;
    }
    let told_money = slots.metrics.iter().any(|pick| is_money(&pick.typed));
    let much = slots.has(Cue::HowMuch) || money || told_money;
    let noun = said.words.windows(2).find_map(|pair| {
        let asks = matches!(
            pair[0],
            "many" | "cuantos" | "cuantas" | "quantos" | "quantas"
        );
        asks.then_some(pair[1])
    });
    let part = |noun: &&str| is_plural(noun) && typed.iter().any(|typed| typed == noun);
    let counted = noun.filter(part);
    let mut candidates = candidates(asked, slots, &must, (many, much, money));
    // "how many days did it take": a time, and no number of things
    let lasts = |at: &u32| {
        let info = lexicon.metric(*at);
        info.is_some_and(|info| Unit::of(&info.format) == Unit::Time)
    };
    if noun.is_some_and(is_clock) && slots.measured {
        candidates.retain(lasts);
    }
    let loose: Vec<(&str, Sense)> = loose_words(said)
        .into_iter()
        .map(|word| (word, lexicon.sense(word)))
        .filter(|(_, sense)| {
            let mut all = candidates.iter();
            all.any(|at| lexicon.tells(Target::Metric(*at), sense))
        })
        .collect();
    let mut words = must;
    let told_by = words.len();
    words.extend(loose.iter().map(|(_, sense)| *sense));
    if much {
        words.push(lexicon.sense("money"));
    }
    let total: f32 = words.iter().map(Sense::weight).sum();
    let few = total < ENOUGH;
    // "how many people took the metro": of those that know the metro, the one that counts people.
    let told = !slots.values.is_empty() || !slots.groups.is_empty() || slots.entity.is_some();
    // "which campaign raised the most money": there is one sum of money that campaigns have.
    let only = told && (money || told_money) && candidates.len() == 1;
    let least = if (many && told) || only { 0.5 } else { ENOUGH };
    if total < least {
        return;
    }
    let mut ranked: Vec<(f32, u32)> = candidates
        .iter()
        .map(|at| (lexicon.likeness(*at, &words), *at))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let Some((best, at)) = ranked.first().copied() else {
        return;
    };
    let second = ranked.get(1).map_or(0.0, |(score, _)| *score);
    let replaces = sure.first().is_some_and(|pick| {
        let first = pick.options.first();
        first.is_none_or(|named| named.target != Target::Metric(at))
    });
    // "¿cuántos pedidos hicieron los clientes?" counts orders, whoever made them.
    let whose = sure
        .first()
        .and_then(|pick| match pick.options.first()?.target {
            Target::Metric(own) => lexicon.metric(own).filter(|_| pick.fit() == Fit::Same),
            _ => None,
        });
    let doers = lexicon.metric(at).zip(whose).is_some_and(|(found, named)| {
        let rows = own_rows(named);
        rows.is_some()
            && rows == own_rows(found)
            && named.counts.as_deref() == rows
            && found.counts.as_deref() != rows
            && found.counts.is_some()
    });
    // "people who bought a home" are no homes.
    let head = |info: &MetricInfo| counted.is_none_or(|noun| is_head(asked, info, noun));
    if doers || (told_by < 3 && !lexicon.metric(at).is_some_and(head)) {
        return;
    }
    let least = if replaces { LIKE_OTHER } else { LIKE };
    let apart = match best {
        _ if few => APART.2,
        best if best > WHOLE => APART.0,
        _ => APART.1,
    };
    if !only && (best < least || best - second < apart) {
        return;
    }
    if replaces || !named_before {
        let words = loose.iter().map(|(word, _)| (*word).to_owned());
        let typed: Vec<String> = words.chain(typed).collect();
        slots.metrics = vec![Pick {
            options: vec![Named {
                target: Target::Metric(at),
                fit: Fit::Part,
                quality: if few { DESCRIBED.1 } else { DESCRIBED.0 },
            }],
            typed: typed.join(" "),
        }];
    }
    slots
        .unknown
        .retain(|word| !may_tell(said, word) || (named_before && word.place == Place::In));
    drop_subject(asked, said, slots, at);
    for bound in &mut slots.bounds {
        if bound.after.as_ref().is_some_and(|pick| !is_sure(pick)) {
            bound.after = None;
        }
    }
}

/// "money" and "sales" may be any of several, and a verb by itself counts nothing: "how many passes
/// did we sell".
fn is_vague(asked: &Asked<'_>, pick: &Pick, many: bool) -> bool {
    let info = pick.options.first().and_then(|named| match named.target {
        Target::Metric(at) => asked.lexicon.metric(at),
        _ => None,
    });
    let money = info.is_some_and(|info| matches!(info.format, Format::Currency(_)));
    (is_money(&pick.typed) && pick.fit() > Fit::Same)
        || (many && money && is_verb(&plain(&pick.typed)))
}

/// The metrics that all the words may be of, in the unit that was asked for where some are.
fn candidates(
    asked: &Asked<'_>,
    slots: &Slots,
    must: &[Sense],
    (many, much, money): (bool, bool, bool),
) -> Vec<u32> {
    let lexicon = asked.lexicon;
    let counts = |info: &MetricInfo| info.format == Format::Number && !is_rate(info);
    let is_sum = |info: &MetricInfo| matches!(info.format, Format::Currency(_)) && !is_rate(info);
    let all = lexicon.catalog.metrics.iter().zip(0_u32..);
    let mut found: Vec<(&MetricInfo, u32)> = all
        .filter(|(info, at)| {
            let has = |word: &Sense| lexicon.tells(Target::Metric(*at), word);
            must.iter().all(has) && fits(asked, slots, info)
        })
        .collect();
    if many && found.iter().any(|(info, _)| counts(info)) {
        found.retain(|(info, _)| counts(info));
    }
    if money || (much && found.iter().any(|(info, _)| is_sum(info))) {
        found.retain(|(info, _)| is_sum(info));
    }
    found.into_iter().map(|(_, at)| at).collect()
}

/// A metric is told of by what it counts: "people who bought a home" are no homes.
fn is_head(asked: &Asked<'_>, info: &MetricInfo, noun: &str) -> bool {
    let lexicon = asked.lexicon;
    let names = std::iter::once(&info.label).chain(&info.synonyms);
    let named = names.into_iter().any(|name| {
        let name = plain(name);
        let mut words = name.split(' ');
        words.any(|word| word == noun)
    });
    let described = tokens(&info.description);
    let mut many = described
        .iter()
        .filter(|token| is_plural(&token.word) && is_content(&token.word))
        .peekable();
    named || many.peek().is_none() || many.any(|token| lexicon.same_meaning(&token.word, noun))
}

/// Words that questions pass over.
fn loose_words<'a>(said: &Heard<'a>) -> Vec<&'a str> {
    let noise = said.items.iter().filter(|item| {
        matches!(
            item.piece,
            Piece::Cue(Cue::Noise | Cue::Most | Cue::Statistic(Statistic::Count))
        )
    });
    let words = noise.flat_map(|item| said.words.get(item.start..item.end).unwrap_or_default());
    words.copied().filter(|word| is_content(word)).collect()
}

/// "how many guests checked in", "how much did insurers refuse", "people came to our museums": the
/// verb of the metric's own date, who did it, and all of something, group by nothing.
fn drop_subject(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots, metric: u32) {
    let lexicon = asked.lexicon;
    let ranked = slots.rank.is_some() || slots.has(Cue::Which);
    if slots.has(Cue::By) || slots.has(Cue::Per) || ranked {
        return;
    }
    let rows = lexicon.metric(metric).and_then(own_rows);
    slots.groups.retain(|pick| {
        let before = said.before(&pick.typed);
        let all = matches!(
            before,
            "did"
                | "do"
                | "does"
                | "have"
                | "has"
                | "our"
                | "the"
                | "nuestros"
                | "nuestras"
                | "nossos"
                | "nossas"
                | "los"
                | "las"
                | "os"
                | "as"
        );
        if is_plural(&pick.typed) && all {
            return false;
        }
        let named = pick.options.first();
        let info = named.and_then(|named| match named.target {
            Target::Dimension(at) => lexicon.dimension(at),
            _ => None,
        });
        !info.is_some_and(|info| {
            matches!(info.kind, DimensionKind::Time(_)) && rows.is_some() && owner(info) == rows
        })
    });
}
