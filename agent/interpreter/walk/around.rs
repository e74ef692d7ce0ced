//! What stands around a name: the noun that a value belongs to, the bound that follows, the entity
//! that is counted. Asked by the walk when it gives a name its part.

use almanac_metrics::{DimensionInfo, DimensionKind};

use super::sentence::{Sort, Walk};
use super::wording::{is_past, is_possessor, spreads};
use crate::lexicon::{
    Fit, Named, Target, is_plural, is_plural_of, is_verb, own_rows, owner, plain,
};
use crate::slots::{Entity, Pick, Place, ValuePick};
use crate::spans::{Item, Piece};
use crate::vocabulary::Cue;

impl Walk<'_> {
    /// "or more" comes right after.
    pub(super) fn ends_bound(&self, item: &Item) -> bool {
        let words: Vec<&str> = self
            .tokens
            .get(item.end..)
            .unwrap_or_default()
            .iter()
            .take(2)
            .map(|token| token.word.as_str())
            .collect();
        let cue = self
            .lexicon
            .vocabulary
            .cue_in(&words.join(" "), self.language);
        matches!(cue, Some((Cue::Than(_), _)))
    }

    /// The names of what the metric counts, where the sentence goes on with a bound.
    pub(super) fn listed(&self, pick: &Pick) -> Option<Pick> {
        let named = pick.options.first()?;
        let Target::Metric(at) = named.target else {
            return None;
        };
        let entity = self.lexicon.metric(at)?.counts.as_deref()?;
        let bounded = self.tokens.windows(2).any(|pair| {
            let phrase = format!("{} {}", pair[0].word, pair[1].word);
            let cue = self.lexicon.vocabulary.cue_in(&phrase, self.language);
            matches!(cue, Some((Cue::Than(_), _)))
        });
        let is_name = |info: &DimensionInfo| {
            let mut path = info.name.rsplit("__");
            let last = path.next().unwrap_or_default();
            let itself = matches!(last, "name" | "title" | "label" | "nombre" | "nome")
                || last
                    .strip_prefix(entity)
                    .is_some_and(|rest| rest == "_name");
            itself && path.next() == Some(entity)
        };
        let dimensions = &self.lexicon.catalog.dimensions;
        let at = dimensions.iter().position(is_name).filter(|_| bounded)?;
        Some(Pick {
            options: vec![Named {
                target: Target::Dimension(u32::try_from(at).ok()?),
                fit: Fit::Same,
                quality: 1.0,
            }],
            typed: pick.typed.clone(),
        })
    }

    /// The entity that the pick counts by its very noun, where no dimension names each of them and
    /// the sentence goes on with a bound or ranks them.
    pub(super) fn unnamed(&self, pick: &Pick, item: &Item) -> Option<Entity> {
        let noun = plain(&pick.typed);
        let named = |entity: &&String| {
            let one = entity.replace('_', " ");
            is_plural_of(&noun, &one)
                || (!noun.contains(' ') && self.lexicon.same_meaning(&noun, &one))
        };
        let mut all = self
            .lexicon
            .catalog
            .metrics
            .iter()
            .flat_map(|info| &info.entities);
        let entity = all.find(named)?;
        let is_metric = |named: &Named| matches!(named.target, Target::Metric(_));
        let known = pick.options.iter().all(is_metric);
        let mut dimensions = self.lexicon.catalog.dimensions.iter();
        let has_name = dimensions.any(|info| {
            names_itself(info) == Some(entity.as_str())
                || is_plural_of(&plain(&info.label), &entity.replace('_', " "))
        });
        let goes_on = self.slots.rank.is_some() || self.has_most(item) || self.bounded();
        (known && !has_name && goes_on).then(|| Entity {
            name: entity.clone(),
            plural: is_plural(&noun),
        })
    }

    /// "who gave the most" follows.
    pub(super) fn has_most(&self, item: &Item) -> bool {
        let rest = self.tokens.get(item.end..).unwrap_or_default();
        // "3 bookings or more" ranks nothing.
        let mut pairs = rest.windows(2).take(4);
        pairs.any(|pair| {
            let (before, token) = (&pair[0], &pair[1]);
            if matches!(before.word.as_str(), "or" | "o" | "ou") {
                return false;
            }
            let cue = self.lexicon.vocabulary.cue_in(&token.word, self.language);
            matches!(cue, Some((Cue::Most | Cue::Least, true)))
        })
    }

    /// Some bound stands in the sentence.
    fn bounded(&self) -> bool {
        self.tokens.windows(2).any(|pair| {
            let phrase = format!("{} {}", pair[0].word, pair[1].word);
            let one = self.lexicon.vocabulary.cue_in(&pair[0].word, self.language);
            let two = self.lexicon.vocabulary.cue_in(&phrase, self.language);
            let than = |cue| matches!(cue, Some((Cue::Than(_), true)));
            than(one) || than(two)
        })
    }

    /// "customers in Germany", "freelance drivers": a name by which nothing was to be grouped, of
    /// what a value tells something of.
    pub(super) fn drop_nouns(&mut self) {
        let dimension = |target: Target| match target {
            Target::Dimension(at) | Target::Value { dimension: at, .. } => {
                self.lexicon.dimension(at)
            }
            Target::Metric(_) => None,
        };
        let values: Vec<&str> = self
            .slots
            .values
            .iter()
            .flat_map(|value| &value.pick.options)
            .filter_map(|named| owner(dimension(named.target)?))
            .collect();
        // "in the subject of physics"
        let said: Vec<u32> = self
            .slots
            .values
            .iter()
            .flat_map(|value| &value.pick.options)
            .filter_map(|named| match named.target {
                Target::Value { dimension, .. } => Some(dimension),
                _ => None,
            })
            .collect();
        let own = |at: &usize| {
            let pick = self.slots.groups.get(*at);
            let named = pick.and_then(|pick| pick.options.first());
            named.is_some_and(|named| match named.target {
                Target::Dimension(at) => said.contains(&at),
                _ => false,
            })
        };
        let noun = |at: &usize| {
            let pick = self.slots.groups.get(*at);
            pick.and_then(|pick| pick.options.first())
                .and_then(|named| dimension(named.target))
                .and_then(names_itself)
                .is_some_and(|entity| values.contains(&entity))
        };
        // "how full were the hotels": all of them together.
        let whole = |at: &usize| {
            self.slots.metrics.len() == 1
                && !self.tokens.iter().any(|token| spreads(&token.word))
                && self.slots.groups.get(*at).is_some_and(|pick| {
                    let first = plain(&pick.typed);
                    let stands = self
                        .tokens
                        .iter()
                        .position(|token| first.split(' ').next() == Some(token.word.as_str()));
                    let before = stands
                        .and_then(|at| self.tokens.get(at.checked_sub(1)?))
                        .map_or("", |token| token.word.as_str());
                    let value = |value: &ValuePick| {
                        let typed = plain(&value.pick.typed);
                        typed.split(' ').next_back() == Some(before)
                    };
                    // "what did we bill clients for temps"
                    let done = is_verb(before) && self.slots.what_done;
                    is_plural(&pick.typed)
                        && (is_possessor(before) || done || self.slots.values.iter().any(value))
                })
                && self.slots.rank.is_none()
                && self.most.is_none()
                && self.slots.bounds.is_empty()
        };
        // "complaints filed last month": the verb of the metric's own date.
        let verb = |at: &usize| {
            let pick = self.slots.groups.get(*at);
            let info = pick.and_then(|pick| dimension(pick.options.first()?.target));
            let rows = self.slots.metrics.first().and_then(|pick| {
                let Target::Metric(at) = pick.options.first()?.target else {
                    return None;
                };
                self.lexicon.metric(at).and_then(own_rows)
            });
            let date = rows.and_then(|rows| self.lexicon.date_of(rows));
            info.is_some_and(|info| {
                let own = date == Some(info.name.as_str());
                let said = self
                    .slots
                    .groups
                    .get(*at)
                    .is_some_and(|pick| is_past(&pick.typed));
                matches!(info.kind, DimensionKind::Time(_)) && (own || said)
            })
        };
        let nouns: Vec<usize> = self
            .loose
            .iter()
            .filter(|at| noun(at) || own(at) || whole(at) || verb(at))
            .copied()
            .collect();
        for at in nouns.into_iter().rev() {
            self.slots.groups.remove(at);
        }
    }

    pub(super) fn counts(&self, named: &Named) -> bool {
        match named.target {
            Target::Metric(at) => self
                .lexicon
                .metric(at)
                .is_some_and(|info| info.counts.is_some()),
            _ => false,
        }
    }

    /// "customers with more than 10 logins"
    pub(super) fn has_bound(&self, item: &Item) -> bool {
        let word = |at: usize| self.tokens.get(at).map_or("", |token| token.word.as_str());
        let has = matches!(
            word(item.end),
            "with" | "having" | "who" | "that" | "con" | "com" | "que"
        );
        has && (item.end + 1..item.end + 4).any(|from| {
            (1..=3).any(|count| {
                let words: Vec<&str> = (from..from + count).map(word).collect();
                let cue = self
                    .lexicon
                    .vocabulary
                    .cue_in(&words.join(" "), self.language);
                matches!(cue, Some((Cue::Than(_), _)))
            })
        })
    }

    /// A bound comes right after, over links: "a total weight of at least 30 kg".
    pub(super) fn bound_follows(&self, item: &Item) -> bool {
        let rest = self.tokens.get(item.end..).unwrap_or_default();
        let words: Vec<&str> = rest
            .iter()
            .take(6)
            .map(|token| token.word.as_str())
            .collect();
        let skipped = words
            .iter()
            .take_while(|word| {
                matches!(
                    **word,
                    "of" | "de" | "is" | "was" | "a" | "an" | "the" | "that" | "que"
                )
            })
            .count();
        // "customers with more than 3 orders": what they have follows.
        let has = words.get(skipped).is_some_and(|word| {
            matches!(
                *word,
                "with" | "having" | "who" | "that" | "con" | "com" | "que"
            )
        });
        !has && (skipped.min(2)..=skipped).any(|from| {
            (1..=4).any(|count| {
                let phrase = words.get(from..from + count).map(|words| words.join(" "));
                let cue = phrase
                    .and_then(|phrase| self.lexicon.vocabulary.cue_in(&phrase, self.language));
                matches!(cue, Some((Cue::Than(_) | Cue::Between | Cue::Passed(_), _)))
            })
        })
    }

    /// "billing tickets": the noun after a value is what its dimension belongs to.
    pub(super) fn is_qualified(&self, named: &Named, item: &Item) -> bool {
        let Target::Value { dimension, .. } = named.target else {
            return false;
        };
        let noun = self
            .tokens
            .get(item.end)
            .map_or("", |token| token.word.as_str());
        self.lexicon
            .dimension(dimension)
            .and_then(owner)
            .is_some_and(|entity| is_plural_of(noun, entity))
    }

    /// The word is what the last value's dimension belongs to: "customers" of `customer__country`.
    pub(super) fn names_entity(&self, typed: &str) -> bool {
        let last = self
            .slots
            .values
            .last()
            .filter(|_| self.last == Some(Sort::Value));
        let word = plain(typed);
        last.is_some_and(|said| {
            said.pick.options.iter().any(|named| {
                matches!(named.target, Target::Value { dimension, .. }
                if self.lexicon.dimension(dimension).is_some_and(|info| {
                    owner(info).is_some_and(|entity| is_plural_of(&word, entity))
                }))
            })
        })
    }

    pub(super) fn closes_value(&self, names: &[Named]) -> bool {
        let last = self
            .slots
            .values
            .last()
            .filter(|_| self.last == Some(Sort::Value));
        last.is_some_and(|said| {
            said.pick.options.iter().any(|value| {
                names
                    .iter()
                    .any(|named| match (value.target, named.target) {
                        (Target::Value { dimension, .. }, Target::Dimension(at)) => dimension == at,
                        _ => false,
                    })
            })
        })
    }

    /// "revenue from customers with ...": what is counted says whose numbers are meant.
    pub(super) fn is_population(&self, pick: &Pick) -> bool {
        let counts = pick.options.first().is_some_and(|named| self.counts(named));
        // "seats do our classes have"
        let counts_none = self.slots.metrics.first().is_none_or(|first| {
            first
                .options
                .first()
                .is_none_or(|named| !self.counts(named))
        });
        let theirs = self.place == Place::Free
            && !self.joined
            && !self.open_bound
            && counts_none
            && self.is_of_metric(pick);
        counts
            && (self.place == Place::In || theirs)
            && !self.slots.metrics.is_empty()
            && self.slots.rank.is_none()
            && !self.names_entity(&pick.typed)
    }

    /// "per customer" divides by the customers where that is counted, unless a dimension of that
    /// name tells more than which customer it is.
    pub(super) fn divides(&self, named: &Named, names: &[Named]) -> bool {
        self.per
            && named.fit <= Fit::Meant
            && (!self.slots.metrics.is_empty() || self.averages)
            && !names.iter().any(|other| match other.target {
                Target::Dimension(at) => {
                    other.fit <= Fit::Meant
                        && self.lexicon.dimension(at).is_some_and(|info| {
                            let date = matches!(info.kind, DimensionKind::Time(_));
                            names_itself(info).is_none() && !date
                        })
                }
                _ => false,
            })
    }

    /// "how many tickets does an agent get on average"
    pub(super) fn is_averaged(&self, pick: &Pick) -> bool {
        let named = pick.options.first();
        self.averages
            && named.is_some_and(|named| match named.target {
                Target::Dimension(at) => self
                    .lexicon
                    .dimension(at)
                    .is_some_and(|info| names_itself(info).is_some()),
                _ => false,
            })
    }

    /// "only premium customers": a follow-up narrows down to the value, whatever is called by part
    /// of its noun.
    pub(super) fn only(&self, fit: Fit) -> bool {
        let narrows = self.slots.has(Cue::Only)
            || self.tokens.iter().any(|token| {
                let cue = self.lexicon.vocabulary.cue_in(&token.word, self.language);
                matches!(cue, Some((Cue::Only, true)))
            });
        fit == Fit::Hint && narrows
    }

    /// Right after another metric: "revenue orders AOV".
    pub(super) fn touching(&self, item: &Item) -> bool {
        self.metric_end == item.start && self.last == Some(Sort::Metric)
    }

    /// The next name is a value of the dimension.
    pub(super) fn leads_value(&self, pick: &Pick, next: Option<&Item>) -> bool {
        let Some(Piece::Names(after)) = next.map(|next| &next.piece) else {
            return false;
        };
        after.iter().any(|named| match named.target {
            Target::Value { dimension, .. } => {
                let same = |option: &Named| option.target == Target::Dimension(dimension);
                pick.options.iter().any(same)
            }
            _ => false,
        })
    }

    /// The metric is called exactly that.
    pub(super) fn is_called(&self, named: &Named, item: &Item) -> bool {
        let typed = plain(&self.typed(item));
        match named.target {
            Target::Metric(at) => self.lexicon.metric(at).is_some_and(|info| {
                [&info.name, &info.label]
                    .into_iter()
                    .chain(&info.synonyms)
                    .any(|name| plain(name) == typed)
            }),
            _ => false,
        }
    }

    /// An indefinite article stands before it.
    pub(super) fn is_one(&self, item: &Item) -> bool {
        let before = item.start.checked_sub(1).and_then(|at| self.tokens.get(at));
        let english = self.language == almanac_agent_contract::Language::En;
        before.is_some_and(|token| match token.word.as_str() {
            // "país a país"
            "a" | "an" => english,
            word => matches!(word, "un" | "una" | "um" | "uma"),
        })
    }

    /// The only metric so far is but a part of a name and its word an entity whose numbers the
    /// next one has: the subject of a verb.
    pub(super) fn is_subject_of(&self, pick: &Pick) -> bool {
        let [subject] = self.slots.metrics.as_slice() else {
            return false;
        };
        let asks = self.slots.has(Cue::HowMany)
            || self.place != Place::Free
            || self.joined
            || self.open_bound
            || !self.slots.bounds.is_empty();
        let info = pick.options.first().and_then(|named| match named.target {
            Target::Metric(at) => self.lexicon.metric(at),
            _ => None,
        });
        let noun = plain(&subject.typed);
        !asks
            && subject.fit() >= Fit::Part
            && pick.fit() <= subject.fit()
            && is_plural(&noun)
            && info.is_some_and(|info| {
                let mut entities = info.entities.iter();
                entities.any(|entity| self.lexicon.same_meaning(&noun, entity))
            })
    }

    /// "visits completed by doctors": who did it, and no breakdown where more is said of them.
    pub(super) fn is_doer(&self, item: &Item, pick: &Pick) -> bool {
        let word = |back: usize| {
            let at = item.start.checked_sub(back);
            at.and_then(|at| self.tokens.get(at))
                .map_or("", |token| token.word.as_str())
        };
        word(1) == "by" && word(2).ends_with("ed") && is_plural(&pick.typed)
    }

    /// "with the most" or "with the highest" follows.
    pub(super) fn is_ranked(&self, item: &Item) -> bool {
        let rest = self.tokens.get(item.end..).unwrap_or_default();
        let cue = |count: usize| {
            let words = rest.iter().take(count).map(|token| token.word.as_str());
            let words: Vec<&str> = words.collect();
            let vocabulary = &self.lexicon.vocabulary;
            vocabulary.cue_in(&words.join(" "), self.language)
        };
        // "com menos de 12 alunos" holds them against a number.
        (1..=4).any(|count| {
            let bound = matches!(cue(count + 1), Some((Cue::Than(_), _)));
            matches!(cue(count), Some((Cue::Most | Cue::Least, _))) && !bound
        })
    }

    /// In the plural after "por", and told of the metric before it anyway.
    pub(super) fn is_cause(&self, pick: &Pick) -> bool {
        let target = |pick: &Pick| pick.options.first().map(|named| named.target);
        let first = self.slots.metrics.first().and_then(target);
        let label = target(pick).and_then(|target| match target {
            Target::Metric(at) => self.lexicon.metric(at).map(|info| plain(&info.label)),
            _ => None,
        });
        let (Some(first), Some(label)) = (first, label) else {
            return false;
        };
        self.place == Place::By
            && self.language != almanac_agent_contract::Language::En
            && self.slots.rank.is_none()
            && is_plural(&pick.typed)
            && target(pick) != Some(first)
            && label.split(' ').all(|word| {
                let sense = self.lexicon.sense(word);
                self.lexicon.tells(first, &sense)
            })
    }

    /// "of which" or "from which" stands behind the latest metric.
    pub(super) fn leads_to_which(&self) -> bool {
        let word = |at: usize| self.tokens.get(at).map_or("", |token| token.word.as_str());
        matches!(
            word(self.metric_end),
            "from" | "of" | "in" | "on" | "at" | "de" | "en" | "em"
        ) && matches!(
            word(self.metric_end + 1),
            "which" | "what" | "que" | "cual" | "cuales" | "qual" | "quais"
        )
    }

    /// "each" stands before it.
    pub(super) fn is_each(&self, item: &Item) -> bool {
        let before = item.start.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| matches!(token.word.as_str(), "each" | "every" | "cada"))
    }

    pub(super) fn is_misspelled(&self, item: &Item) -> bool {
        (item.start..item.end)
            .filter_map(|at| self.tokens.get(at))
            .any(|token| !self.lexicon.knows(&self.lexicon.word(&token.word)))
    }
}

/// The entity that a dimension only tells the name of: `customer` of `customer__name`.
pub(crate) fn names_itself(info: &DimensionInfo) -> Option<&str> {
    let mut path = info.name.rsplit("__");
    let last = path.next()?;
    let entity = path.next()?;
    let plain = matches!(
        last,
        "name" | "title" | "label" | "nombre" | "nome" | "id" | "key" | "code" | "sku"
    );
    let prefixed = last
        .strip_prefix(entity)
        .is_some_and(|rest| matches!(rest, "_name" | "_title" | "_label"));
    (plain || prefixed).then_some(entity)
}
