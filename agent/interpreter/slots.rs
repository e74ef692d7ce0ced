//! A sentence taken apart: `walk` fills the slots, `compose` makes a query of them.

use almanac_agent_contract::Grain;
use almanac_metrics::{Filter, TimeRange};

use crate::intent::{Bound, Feature, Statistic, Wish};
use crate::lexicon::{Fit, Named};
use crate::time::When;
use crate::vocabulary::Cue;

/// A name in the sentence and what it may stand for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pick {
    /// Names of one sort that fit about equally well, best first; never empty.
    pub(crate) options: Vec<Named>,
    /// As typed.
    pub(crate) typed: String,
}

impl Pick {
    /// How well the best fits.
    pub(crate) fn quality(&self) -> f32 {
        self.options.first().map_or(0.0, |named| named.quality)
    }

    /// The best option's fit.
    pub(crate) fn fit(&self) -> Fit {
        self.options.first().map_or(Fit::Hint, |named| named.fit)
    }
}

/// A value to filter by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValuePick {
    pub(crate) pick: Pick,
    pub(crate) negated: bool,
    /// The dimension named right before it: "country Brazil".
    pub(crate) of: Option<Pick>,
    /// It stands on the other side of a comparison.
    pub(crate) versus: bool,
    /// "or" joins it to what stands before it.
    pub(crate) or: bool,
}

/// A ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rank {
    pub(crate) descending: bool,
    /// "best" and "worst": which end that is depends on the metric.
    pub(crate) valued: bool,
    /// "slowest" and "fastest": of what takes time, the most time and the least.
    pub(crate) paced: bool,
    pub(crate) count: Option<u32>,
}

/// A number that something named in the sentence is held against.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BoundPick {
    pub(crate) bound: Bound,
    /// It was written as a part of a hundred.
    pub(crate) percent: bool,
    /// It was written as a sum of money.
    pub(crate) money: bool,
    /// What was named before it.
    pub(crate) before: Option<Anchor>,
    /// The metric named right after it: "more than 3 orders".
    pub(crate) after: Option<Pick>,
    /// What rows are wanted was named before it: "countries with orders over 100".
    pub(crate) among: bool,
}

/// Something that rows are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entity {
    /// As the metric layer knows it.
    pub(crate) name: String,
    /// Several were asked for.
    pub(crate) plural: bool,
}

/// What a bound stands behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The metric of that place in the slots.
    Metric(usize),
    /// The grouping of that place.
    Group(usize),
    /// A unit of time.
    Unit,
}

/// What an unknown word seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nothing led to it.
    Free,
    /// A dimension was due.
    By,
    /// A value was due.
    In,
    Only,
    Not,
    Versus,
    /// What is ranked was due.
    Ranked,
}

/// A word that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unknown {
    /// Its place in the sentence.
    pub(crate) at: usize,
    /// As typed.
    pub(crate) typed: String,
    /// What it seems to be.
    pub(crate) place: Place,
}

/// A sentence taken apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Slots {
    pub(crate) metrics: Vec<Pick>,
    pub(crate) without_metrics: Vec<Pick>,
    pub(crate) groups: Vec<Pick>,
    /// What each row is to be, where nothing names it but its key: "which vehicles had ...".
    pub(crate) entity: Option<Entity>,
    /// "without country": no longer grouped by it.
    pub(crate) without_groups: Vec<Pick>,
    pub(crate) values: Vec<ValuePick>,
    /// "all countries": no filter on it.
    pub(crate) all_of: Vec<Pick>,
    pub(crate) periods: Vec<(When, bool)>,
    pub(crate) same_period_last_year: bool,
    /// Where the feast that was named lay in the year before.
    pub(crate) feast_before: Option<TimeRange>,
    pub(crate) same_week_last_year: bool,
    pub(crate) previous_period: bool,
    pub(crate) grain: Option<Grain>,
    pub(crate) unit: Option<Grain>,
    pub(crate) rank: Option<Rank>,
    /// Numbers to hold something against.
    pub(crate) bounds: Vec<BoundPick>,
    /// What the metric is divided by: "per session".
    pub(crate) per: Option<Pick>,
    /// Whose numbers: "revenue of customers with more than 3 orders".
    pub(crate) population: Option<Pick>,
    /// "e a semana anterior?": the one before what was answered, not before today's.
    pub(crate) one_before: bool,
    /// It opens like a question to be answered by yes or no.
    pub(crate) yes_or_no: bool,
    /// How long, far or heavy something is, is asked: no amount of money.
    pub(crate) measured: bool,
    /// Something stayed above or below a number: "ficaram abaixo de 10".
    pub(crate) stays: bool,
    /// How often something was done is asked: not by how many.
    pub(crate) how_often: bool,
    /// "what did we invoice", "what was billed": a verb there asks for an amount.
    pub(crate) what_done: bool,
    /// A dimension stands right before a metric that its word may belong to: "card payments".
    pub(crate) doubt: bool,
    /// What is most frequent is wanted: "most common".
    pub(crate) often: bool,
    /// What is sold most is wanted: "best selling".
    pub(crate) sells: bool,
    /// It ends in a question mark.
    pub(crate) question: bool,
    /// A number that nothing has taken: a new limit, where there is one to change.
    pub(crate) number: Option<u32>,
    /// What the rows come to.
    pub(crate) statistic: Option<Statistic>,
    /// What the rows are put in order by.
    pub(crate) sort_by: Option<Pick>,
    /// A row of the last answer, from 0; `None` inside for the last.
    pub(crate) nth: Option<Option<u8>>,
    /// Dimensions whose values were pointed at in the last answer: it is no longer grouped by them.
    pub(crate) pointed: Vec<String>,
    /// Dimensions that time is divided into besides its units: `metric_time__extract_dow`.
    pub(crate) parts: Vec<&'static str>,
    /// Conditions on parts of time: weekends, hours of the day.
    pub(crate) within: Vec<Filter>,
    pub(crate) wish: Option<Wish>,
    pub(crate) unknown: Vec<Unknown>,
    pub(crate) features: Vec<Feature>,
    pub(crate) cues: Vec<Cue>,
    /// Begins like a follow-up.
    pub(crate) again: bool,
    pub(crate) future: bool,
    /// The ranked dimension was not led by "by": "best product", not "ranking by product".
    pub(crate) ranks_noun: bool,
    /// Each metric has a filter or a period of its own: that is two questions.
    pub(crate) mixed: bool,
    /// A currency to convert to, as typed.
    pub(crate) conversion: Option<String>,
    /// A day or week that the calendar does not have, as typed.
    pub(crate) no_such_day: Option<String>,
    pub(crate) no_such_week: Option<String>,
    /// "what is the": what follows may be asked to be explained.
    pub(crate) defined: bool,
    /// "what is our revenue": the number, not the definition.
    pub(crate) owned: bool,
}

impl Slots {
    pub(crate) fn has(&self, cue: Cue) -> bool {
        self.cues.contains(&cue)
    }

    /// It names its metric behind a bound and says more besides: "countries with more than 100
    /// orders", "did we pass 1M in revenue?". "With more than 10 orders" alone goes on.
    pub(crate) fn is_whole(&self) -> bool {
        let named = self.bounds.iter().any(|bound| bound.after.is_some());
        named
            && (!self.groups.is_empty()
                || self.entity.is_some()
                || !self.periods.is_empty()
                || self.unit.is_some()
                || self.yes_or_no
                || self.asks_whether_passed())
    }

    /// "did we pass", "have we reached".
    pub(crate) fn asks_whether_passed(&self) -> bool {
        self.cues.iter().any(|cue| matches!(cue, Cue::Passed(_)))
    }

    /// Nothing of a query was named.
    pub(crate) fn is_bare(&self) -> bool {
        self.metrics.is_empty()
            && self.groups.is_empty()
            && self.entity.is_none()
            && self.values.is_empty()
            && self.periods.is_empty()
            && self.grain.is_none()
            && self.rank.is_none()
            && self.bounds.is_empty()
            && self.parts.is_empty()
            && self.within.is_empty()
            && self.nth.is_none()
            && !self.same_period_last_year
            && !self.same_week_last_year
            && !self.previous_period
    }
}
