//! What a person can want, typed. `read` chooses one; `calls` turns each into one tool call, and
//! `model` into one final sentence where it needs no tool.

use almanac_agent_contract::{Choice, Confidence, Language, Value};
use almanac_metrics::{MetricQuery, Operator};

/// The form in which a person wants to see an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wish {
    /// Any chart.
    Chart,
    /// A line chart.
    Line,
    /// Bars.
    Bar,
    /// Bars on top of one another.
    Stacked,
    /// No chart.
    Table,
}

/// On which side of a number something lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Than {
    /// "more than".
    Over,
    /// "at least".
    AtLeast,
    /// "less than".
    Under,
    /// "at most".
    AtMost,
    /// "equal to".
    Exactly,
}

impl Than {
    /// The operator of a filter.
    #[must_use]
    pub const fn operator(self) -> Operator {
        match self {
            Self::Over => Operator::Gt,
            Self::AtLeast => Operator::Gte,
            Self::Under => Operator::Lt,
            Self::AtMost => Operator::Lte,
            Self::Exactly => Operator::In,
        }
    }
}

/// What the rows of a result come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Statistic {
    /// Their mean.
    Average,
    /// The one in the middle.
    Median,
    /// The largest.
    Maximum,
    /// The smallest.
    Minimum,
    /// How many there are.
    Count,
}

impl Statistic {
    /// The tool's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Average => "average",
            Self::Median => "median",
            Self::Maximum => "maximum",
            Self::Minimum => "minimum",
            Self::Count => "count",
        }
    }
}

/// A number to hold another against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// On which side.
    pub than: Than,
    /// Of what; 0.2 for 20 %.
    pub value: f64,
}

/// What Almanac is asked for and no query answers, and no tool does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Feature {
    /// Reasons for a change.
    Why,
    /// The future.
    Forecast,
    /// Unusual values.
    Anomalies,
    /// Digests.
    Subscribe,
    /// Alerts.
    Alert,
    /// Goals.
    Goal,
    /// Cohorts and funnels.
    Cohort,
    /// Statistics that cannot be computed from the rows of a result.
    Statistic,
    /// Running totals that no metric defines.
    Cumulative,
    /// Files.
    Export,
    /// A change in somebody's system: Almanac only reads.
    Action,
    /// Fortnights, half-years and minutes as the points of a series.
    Calendar,
}

impl Feature {
    /// The tool that does it; the turn tells which tools there are. To connect one, name it here.
    #[must_use]
    pub const fn tool(self) -> Option<&'static str> {
        match self {
            Self::Why => Some("explain_change"),
            Self::Forecast => Some("forecast"),
            Self::Anomalies => Some("find_anomalies"),
            Self::Subscribe => Some("follow"),
            Self::Alert => Some("set_alert"),
            Self::Goal => Some("track_goal"),
            Self::Cohort => Some("analyse_cohort"),
            Self::Export => Some("export"),
            Self::Statistic | Self::Cumulative | Self::Calendar | Self::Action => None,
        }
    }
}

/// The form of a metric question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// One number a metric.
    Value,
    /// A series.
    Trend,
    /// A number for each value of one or two dimensions.
    Breakdown,
    /// The largest or smallest of them.
    Ranking,
    /// Each value's part of the whole.
    Share,
    /// Periods, values or metrics side by side.
    Comparison,
    /// Whether a number passed another.
    Threshold,
    /// The average, median, largest, smallest or number of the rows.
    Summary,
    /// One metric divided by another.
    Ratio,
}

/// What the answer to a question about numbers needs besides the query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manner {
    /// How to show it.
    pub wish: Option<Wish>,
    /// What to hold the headline against.
    pub threshold: Option<Bound>,
    /// What the rows come to.
    pub statistic: Option<Statistic>,
    /// The first metric divided by the second.
    pub ratio: bool,
    /// The groups that the question is about, by dimension.
    pub focus: Vec<(String, Value)>,
}

/// What a question was read as. Each is one tool call, or one sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Numbers.
    Ask {
        /// Its form.
        form: Form,
        /// The query; answers with these numbers answer the question.
        query: MetricQuery,
        /// What the answer needs besides.
        manner: Manner,
    },
    /// What a metric means.
    Define {
        /// Its name in the catalogue.
        metric: String,
    },
    /// The values of a dimension.
    Values {
        /// Its name in the catalogue.
        dimension: String,
    },
    /// How the last answer was computed.
    Explain {
        /// Its query.
        query: MetricQuery,
    },
    /// Something that needs a tool of its own, with what is known of it.
    Want {
        /// What.
        feature: Feature,
        /// The numbers it is about, where the question or the conversation says.
        query: Option<MetricQuery>,
        /// The number that matters to it: "alert me when revenue is under 10k".
        bound: Option<Bound>,
    },
    /// From now on a phrase means a metric.
    Remember {
        /// As the person says it.
        phrase: String,
        /// The metric's name in the catalogue.
        metric: String,
    },
    /// A phrase means nothing of its own any more.
    Forget {
        /// As the person says it.
        phrase: String,
    },
    /// What phrases were said to mean.
    Definitions,
    /// A verdict on the last answer.
    Feedback {
        /// Whether it was right.
        good: bool,
    },
    /// What can be asked.
    Catalogue,
    /// How to ask.
    Help,
    /// A greeting.
    Hello,
    /// Thanks, or a farewell.
    Thanks,
    /// The conversation starts anew.
    Reset,
    /// Nothing of what was offered.
    Decline,
    /// Two readings are close, or one word is in doubt: which one?
    Clarify {
        /// The question back.
        text: String,
        /// At most four; each asks a full question that reads in one way.
        choices: Vec<Choice>,
    },
    /// It cannot be answered.
    Refuse {
        /// Why, and what can be.
        text: String,
        /// Questions that work.
        choices: Vec<Choice>,
    },
}

/// A question, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What is wanted.
    pub intent: Intent,
    /// How sure this reading and the next best one are.
    pub confidence: Confidence,
    /// The language of the question.
    pub language: Language,
    /// What was read differently from how it was typed, in words: typos, near names, defaults.
    pub notes: Vec<String>,
    /// Something to agree to besides the answer: a correction that can be remembered.
    pub offer: Option<Choice>,
    /// The question as it was understood, in the asker's language, where numbers are wanted.
    pub understood: Option<String>,
}

impl Reading {
    /// The query, where numbers are wanted.
    #[must_use]
    pub fn query(&self) -> Option<&MetricQuery> {
        match &self.intent {
            Intent::Ask { query, .. } => Some(query),
            _ => None,
        }
    }
}
