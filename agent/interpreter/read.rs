//! Reads a question: words, pieces, parts, query. Pure: the same question in the same conversation
//! at the same moment is read the same way, and nothing is asked of anyone.
//!
//! A question is cut into pieces in several ways; each is read as far as it goes, and the reading
//! that explains most of the words and fits the catalogue wins. The next best one is its runner-up:
//! where the two are close, the person is asked.

use almanac_agent_contract::{Choice, Confidence, ConversationState, Scope, Term};
use almanac_metrics::MetricQuery;

use crate::accounted::left_out;
use crate::compose::{Asked, Composed, clarify, compose, refuse};
use crate::explain::explain;
use crate::feasts::year_before;
use crate::heard::Heard;
use crate::intent::{Intent, Manner, Reading};
use crate::lexicon::{Fit, Lexicon, Target};
use crate::phrases::Say;
use crate::reach::settle;
use crate::slots::{Pick, Slots};
use crate::spans::{Cut, Item, Piece, Repair, cut, shared};
use crate::sql::is_sql;
use crate::standing::{Standing, Talk};
use crate::text::{LONGEST, MOST_WORDS, Token, fold, tokens};
use crate::time::Calendar;
use crate::vocabulary::Cue;
use crate::walk::slots;
use crate::wants::{other_than_numbers, some_metrics};
use crate::{definitions, offers, sentences, unknown};

/// Below this a reading is asked about instead of answered.
const SURE: f32 = 0.75;
/// One that explains so much less of the words than another cut would is asked about as well.
const LEAST: f32 = 0.7;
/// A reading whose runner-up is this near is asked about.
const CLOSE: f32 = 0.97;
/// How sure a reading with unknown words is.
const UNKNOWN: f32 = 0.3;
/// Words that begin with so many letters alike are forms of one.
const STEM: usize = 6;
/// Fewer letters alike at the beginning are no sign that a word was meant.
const BEGINNING: usize = 5;
/// How sure a metric is that is guessed from a word that was mended.
const TWICE: f32 = 0.7;
/// Cuts that are as good as one another.
const SAME: f32 = 0.9;
/// Cuts that are further than this from the best one are not looked at.
const NEAR: f32 = 0.3;

/// A question and all that its reading depends on.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// As the person wrote it.
    pub text: &'a str,
    /// Where the conversation stands; `None` at its start.
    pub state: Option<&'a ConversationState>,
    /// What people here mean by their words.
    pub terms: &'a [Term],
    /// On whose behalf, and when.
    pub scope: &'a Scope,
}

/// Reads a question.
#[must_use]
pub fn read(lexicon: &Lexicon, question: Question<'_>) -> Reading {
    let Question {
        text,
        state,
        terms,
        scope,
    } = question;
    let calendar = Calendar::new(&scope.settings, scope.today(), lexicon.beginning);
    let too_long = text.len() > LONGEST;
    let tokens = if too_long {
        Vec::new()
    } else {
        lexicon.tokens(text)
    };
    let language = lexicon.vocabulary.language(&tokens, scope.language);
    let standing = state.and_then(Standing::at);
    let talk = Talk::of(state);
    let asked = Asked {
        lexicon,
        calendar: &calendar,
        language,
        state: standing.as_ref(),
        depth: 0,
    };
    let whole = |intent| Reading {
        intent,
        confidence: Confidence {
            score: 1.0,
            runner_up: 0.0,
        },
        language,
        notes: Vec::new(),
        offer: None,
        understood: None,
    };
    if too_long || tokens.len() >= MOST_WORDS {
        return whole(*refuse(&asked, Say::TooLong, Vec::new()));
    }
    if tokens.is_empty() {
        return whole(*refuse(&asked, Say::Nothing, Vec::new()));
    }
    if is_sql(&tokens) {
        return whole(*refuse(
            &asked,
            Say::NothingKnown(&some_metrics(&asked)),
            Vec::new(),
        ));
    }
    if let Some(intent) = definitions::stated(&asked, &tokens) {
        return whole(intent);
    }
    if let Some(choice) = offers::chosen(lexicon, &tokens, &talk) {
        let chosen = Question {
            text: &choice.ask,
            state: None,
            ..question
        };
        return Reading {
            language,
            ..read(lexicon, chosen)
        };
    }
    if let Some(text) = sentences::afresh(lexicon, text) {
        let state = None;
        return Reading {
            language,
            ..read(
                lexicon,
                Question {
                    text,
                    state,
                    ..question
                },
            )
        };
    }
    if let Some(text) = sentences::without_manners(question, &asked) {
        return Reading {
            language,
            ..read(lexicon, Question { text, ..question })
        };
    }
    let reader = Reader {
        asked,
        talk,
        tokens: &tokens,
        terms,
        text,
    };
    let mut reading = reader.best(cut(lexicon, &tokens, terms, (&calendar, language)));
    if let Some(found) = sentences::asked_in_one(lexicon, question, &reading, &asked) {
        return found;
    }
    if let Intent::Ask { query, manner, .. } = &reading.intent {
        reading.understood = Some(crate::say::question(&asked, query, manner));
    }
    reading
}

/// What one sentence is read with.
struct Reader<'a> {
    asked: Asked<'a>,
    talk: Talk<'a>,
    tokens: &'a [Token],
    terms: &'a [Term],
    text: &'a str,
}

impl Reader<'_> {
    /// The reading of the cut that goes furthest.
    fn best(&self, cuts: Vec<Cut>) -> Reading {
        let top = cuts.first().map_or(0.0, |cut| cut.weight);
        let mut best: Option<Reading> = None;
        let mut second: Option<Reading> = None;
        let mut least = NEAR;
        for cut in cuts {
            let near = (cut.weight - top).min(0.0).exp();
            if near < least && best.is_some() {
                break;
            }
            let Some(mut reading) = self.reading(&cut, best.is_none()) else {
                continue;
            };
            reading.confidence.score *= near;
            match &best {
                Some(first) if first.intent == reading.intent => {}
                Some(first) if better(&reading, first) => second = best.replace(reading),
                Some(_) if reading.query().is_some() => {
                    if second
                        .as_ref()
                        .is_none_or(|second| better(&reading, second))
                    {
                        second = Some(reading);
                    }
                }
                Some(_) => {}
                None => {
                    // Words that nobody knows may be something else; what is understood and
                    // cannot be answered is not read as something that can.
                    if reading.confidence.score > UNKNOWN {
                        least = SAME;
                    }
                    best = Some(reading);
                }
            }
        }
        let Some(mut best) = best else {
            return self.reading_of(*refuse(&self.asked, Say::Nothing, Vec::new()), 0.0);
        };
        if best.query().is_none() {
            return best;
        }
        if best.confidence.score < LEAST {
            return self.asked_back(best);
        }
        let Some(second) = second.filter(|second| second.query().is_some()) else {
            return best;
        };
        best.confidence.runner_up = best.confidence.runner_up.max(second.confidence.score);
        if second.confidence.score >= CLOSE * best.confidence.score {
            return self.either(&best, &second);
        }
        best
    }

    /// A reading of a cut that explains less than others do.
    fn asked_back(&self, reading: Reading) -> Reading {
        let Intent::Ask { query, manner, .. } = &reading.intent else {
            return reading;
        };
        let intent = self.did_you_mean(query, manner);
        Reading { intent, ..reading }
    }

    /// Asks back with what the sentence may mean.
    fn did_you_mean(&self, query: &MetricQuery, manner: &Manner) -> Intent {
        let ask = crate::say::question(&self.asked, query, manner);
        let choice = Choice {
            label: ask.clone(),
            ask,
        };
        let say = Say::DidYouMean(self.text.trim());
        *clarify(&self.asked, say, vec![choice])
    }

    /// Two readings that are as likely as one another.
    fn either(&self, first: &Reading, second: &Reading) -> Reading {
        let asks = [first, second].into_iter().filter_map(|reading| {
            let Intent::Ask { query, manner, .. } = &reading.intent else {
                return None;
            };
            let ask = crate::say::question(&self.asked, query, manner);
            Some(Choice {
                label: ask.clone(),
                ask,
            })
        });
        let mut choices: Vec<Choice> = asks.collect();
        choices.dedup();
        if choices.len() < 2 {
            return first.clone();
        }
        let intent = *clarify(&self.asked, Say::Either, choices);
        Reading {
            confidence: first.confidence,
            ..self.reading_of(intent, first.confidence.score)
        }
    }

    fn reading_of(&self, intent: Intent, score: f32) -> Reading {
        Reading {
            intent,
            confidence: Confidence {
                score,
                runner_up: 0.0,
            },
            language: self.asked.language,
            notes: Vec::new(),
            offer: None,
            understood: None,
        }
    }

    /// What a cut says. One with unknown words is no better than the `first` and not read further.
    fn reading(&self, cut: &Cut, first: bool) -> Option<Reading> {
        let asked = &self.asked;
        let mut slots = slots(asked.lexicon, &cut.items, self.tokens, asked.language);
        slots.question = self.text.trim_end().ends_with('?') && !self.asks_what();
        let mended = |at: usize| {
            let mut repairs = cut.repairs.iter();
            repairs.find_map(|repair| (repair.at == at).then_some(repair.meant.as_str()))
        };
        let words = self.tokens.iter().enumerate();
        let heard = Heard {
            items: &cut.items,
            tokens: self.tokens,
            words: words
                .map(|(at, token)| mended(at).unwrap_or(&token.word))
                .collect(),
        };
        settle(asked, &heard, &mut slots);
        explain(asked, &heard, &mut slots);
        if slots.same_period_last_year || slots.periods.len() > 1 {
            slots.feast_before = year_before(&cut.items, &heard.words, asked.calendar);
        }
        offers::row(asked, &self.talk, &mut slots);
        // "10 instead": as many rows, where there is a limit to change.
        let limited = asked.state.is_some_and(|state| state.query.limit.is_some());
        match slots.number {
            Some(_) if limited && slots.metrics.is_empty() && slots.unknown.len() == 1 => {
                slots.unknown.clear();
            }
            _ => slots.number = None,
        }
        if let Some(intent) = other_than_numbers(asked, &self.talk, &slots) {
            return Some(self.reading_of(intent, 1.0));
        }
        if !first && !slots.unknown.is_empty() {
            return None;
        }
        let mut notes = self.told(cut, &slots);
        if !slots.unknown.is_empty() {
            let intent = *unknown::refusal(asked, &slots);
            return Some(Reading {
                notes,
                ..self.reading_of(intent, UNKNOWN)
            });
        }
        let repaired = 0.97_f32.powi(i32::try_from(cut.repairs.len()).unwrap_or(9));
        let repaired = repaired * self.guessed(cut, &slots);
        Some(match compose(asked, &slots) {
            Ok(Composed {
                form,
                query,
                manner,
                score,
                runner_up,
                notes: told,
            }) if score * repaired >= SURE => {
                if asked.state.is_none() && left_out(asked, &heard, &query) {
                    let intent = self.did_you_mean(&query, &manner);
                    return Some(Reading {
                        notes,
                        ..self.reading_of(intent, score * repaired)
                    });
                }
                notes.extend(told);
                let score = score * repaired;
                let confidence = Confidence {
                    score,
                    runner_up: runner_up.min(score),
                };
                let offer = self.correction(&slots, &query.metrics);
                Reading {
                    intent: Intent::Ask {
                        form,
                        query,
                        manner,
                    },
                    confidence,
                    notes,
                    offer,
                    ..self.reading_of(Intent::Help, score)
                }
            }
            Ok(composed) => {
                let intent = self.did_you_mean(&composed.query, &composed.manner);
                Reading {
                    notes,
                    ..self.reading_of(intent, composed.score * repaired)
                }
            }
            Err(stop) => Reading {
                notes,
                ..self.reading_of(*stop, 0.5)
            },
        })
    }

    /// Less where a word that had to be mended is only half of a metric's name, or had to be mended
    /// twice and begins otherwise: two guesses in one.
    fn guessed(&self, cut: &Cut, slots: &Slots) -> f32 {
        let is_used = |at: usize| {
            let mut items = cut
                .items
                .iter()
                .filter(|item| item.start <= at && at < item.end);
            items.all(|item| item.piece != Piece::Unknown)
        };
        let mended = |typed: &str, (least, alike): (usize, usize)| {
            cut.repairs.iter().any(|repair| {
                let token = self.tokens.get(repair.at);
                token.is_some_and(|token| {
                    token.typed == typed
                        && repair.edits >= least
                        && shared(&token.word, &repair.meant) < alike
                        && is_used(repair.at)
                })
            })
        };
        let mut metrics = slots.metrics.iter();
        let half = |pick: &Pick| pick.fit() >= Fit::Part && mended(&pick.typed, (0, STEM));
        let twice = metrics.any(|pick| half(pick) || mended(&pick.typed, (2, BEGINNING)));
        if twice { TWICE } else { 1.0 }
    }

    /// The sentence asks for something and not whether.
    fn asks_what(&self) -> bool {
        let asks = |token: &Token| {
            matches!(
                token.word.as_str(),
                "what"
                    | "which"
                    | "how"
                    | "cual"
                    | "cuales"
                    | "cuanto"
                    | "cuanta"
                    | "cuantos"
                    | "cuantas"
                    | "qual"
                    | "quais"
                    | "quanto"
                    | "quanta"
                    | "quantos"
                    | "quantas"
            )
        };
        self.tokens.iter().any(asks)
    }

    /// What was read differently from how it was typed.
    fn told(&self, cut: &Cut, slots: &Slots) -> Vec<String> {
        let (asked, lexicon) = (&self.asked, self.asked.lexicon);
        let mut notes = Vec::new();
        for repair in &cut.repairs {
            let used = cut
                .items
                .iter()
                .find(|item| item.start <= repair.at && repair.at < item.end);
            if let Some(typed) = self.tokens.get(repair.at)
                && used.is_some_and(|item| item.piece != Piece::Unknown)
            {
                let meant = spelled(lexicon, used, repair, self.tokens);
                // What is refused as unknown was not read as anything.
                let refused = !slots.unknown.is_empty()
                    && (slots.is_bare()
                        || used.is_some_and(|item| unknown::is_among(slots, item, &typed.typed)));
                if refused {
                    continue;
                }
                notes.push(
                    Say::Typo {
                        typed: &typed.typed,
                        meant: &meant,
                    }
                    .in_language(asked.language),
                );
            }
        }
        for term in self.terms {
            let phrase = crate::lexicon::plain(&term.phrase);
            let said = slots
                .metrics
                .iter()
                .any(|pick| crate::lexicon::plain(&pick.typed) == phrase);
            if said && let Some(info) = lexicon.catalog.metric(&term.metric) {
                let applied = Say::AsYouSaid {
                    phrase: &term.phrase,
                    metric: &info.label,
                };
                notes.push(applied.in_language(asked.language));
            }
        }
        notes
    }

    /// "no, I meant net revenue": the phrase that was misread can be remembered.
    fn correction(&self, slots: &Slots, metrics: &[String]) -> Option<Choice> {
        let asked = &self.asked;
        let was = &asked.state?.query.metrics;
        let ([was], [now]) = (was.as_slice(), metrics) else {
            return None;
        };
        if !slots.has(Cue::Correct) || was == now {
            return None;
        }
        let before = tokens(self.talk.asked?);
        let cut = cut(
            asked.lexicon,
            &before,
            &[],
            (asked.calendar, asked.language),
        );
        let said = crate::walk::slots(asked.lexicon, &cut.first()?.items, &before, asked.language);
        let pick = said.metrics.iter().find(|pick| {
            pick.options.iter().any(|named| match named.target {
                Target::Metric(at) => asked
                    .lexicon
                    .metric(at)
                    .is_some_and(|info| info.name == *was),
                _ => false,
            })
        })?;
        let label = &asked.lexicon.catalog.metric(now)?.label;
        let own = asked.lexicon.catalog.metric(was)?;
        // A metric's own name keeps its meaning.
        let plain = crate::lexicon::plain;
        if plain(&pick.typed) == plain(&own.label) || plain(&pick.typed) == plain(&own.name) {
            return None;
        }
        Some(definitions::offer(asked, &pick.typed, label))
    }
}

/// An answer is better than none, a question back than a refusal, a surer answer than another.
fn better(one: &Reading, other: &Reading) -> bool {
    let rank = |reading: &Reading| match reading.intent {
        Intent::Refuse { .. } => 0,
        Intent::Clarify { .. } => 1,
        _ => 2,
    };
    match rank(one).cmp(&rank(other)) {
        std::cmp::Ordering::Equal => one.confidence.score > other.confidence.score,
        order => order.is_gt(),
    }
}

/// The word a typo was read as: the catalogue's own name where the typo stands alone.
fn spelled(lexicon: &Lexicon, used: Option<&Item>, repair: &Repair, tokens: &[Token]) -> String {
    let single = used.filter(|item| item.end - item.start == 1);
    let target = single.and_then(|item| match &item.piece {
        Piece::Names(names) => names.first().filter(|named| named.fit == Fit::Same),
        _ => None,
    });
    let name = target.and_then(|named| match named.target {
        Target::Metric(at) => lexicon.metric(at).map(|info| info.label.clone()),
        Target::Dimension(at) => lexicon.dimension(at).map(|info| info.label.clone()),
        Target::Value { dimension, value } => {
            let info = lexicon.dimension(dimension)?;
            Some(crate::say::called(info.values.get(value as usize)?))
        }
    });
    let meant = name.unwrap_or_else(|| repair.meant.clone());
    // "contry" for Country: nothing more to tell than the word itself.
    let typed = tokens
        .get(repair.at)
        .map_or("", |token| token.typed.as_str());
    if fold(&meant) == fold(typed) {
        repair.meant.clone()
    } else {
        meant
    }
}
