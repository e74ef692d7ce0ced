//! What can go wrong, told to whoever can mend it.

use std::path::PathBuf;
use std::time::Duration;

use crate::manifest::Problem;
use crate::one_line::one_line;

/// Why the layer could not be opened. The operator hears it.
#[derive(Debug, thiserror::Error)]
pub enum LayerError {
    /// The definitions do not hold; every problem is listed.
    #[error("{}", list(.0))]
    Definitions(Vec<Problem>),
    /// The folder or file of the source cannot be read.
    #[error("the source {} cannot be read: {}", path.display(), one_line(reason))]
    Source {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A table's file is not what its name says.
    #[error("{} cannot be read as {format}: {}; replace it or take it out of the source", path.display(), one_line(reason))]
    File {
        /// The file.
        path: PathBuf,
        /// "Parquet" or "CSV".
        format: &'static str,
        /// The reader's words.
        reason: String,
    },
    /// The engine this source needs is not part of this build.
    #[error(
        "this build of almanac has no engine for {source_kind}; build it with the feature {feature}"
    )]
    NoEngine {
        /// "files", "PostgreSQL".
        source_kind: &'static str,
        /// The feature of the build.
        feature: &'static str,
    },
    /// The database cannot be opened or read. Never holds its address.
    #[error("the database cannot be opened: {}", one_line(.0))]
    Database(String),
    /// The engine could not be started, or failed on the questions that the catalogue needs.
    #[error("the metric engine failed: {}", one_line(.0))]
    Engine(String),
}

fn list(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(Problem::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

fn meant(nearest: Option<&String>) -> String {
    nearest.map_or_else(String::new, |name| {
        format!("; did you mean {}?", one_line(name))
    })
}

fn entities(known: &[String]) -> String {
    match known {
        [] => "its rows have no keys".to_owned(),
        known => format!("it is for each {}", one_line(&known.join(", "))),
    }
}

/// Why a query has no answer. The asker or the model hears it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum QueryError {
    /// No metric is named.
    #[error("the query names no metric and no dimension; name at least one")]
    Empty,
    /// There is no such metric.
    #[error("there is no metric called {}{}", one_line(name), meant(nearest.as_ref()))]
    UnknownMetric {
        /// What was asked for.
        name: String,
        /// What was probably meant.
        nearest: Option<String>,
    },
    /// There is no such saved query.
    #[error("there is no saved query called {}{}", one_line(name), meant(nearest.as_ref()))]
    UnknownSavedQuery {
        /// What was asked for.
        name: String,
        /// What was probably meant.
        nearest: Option<String>,
    },
    /// There is no such dimension.
    #[error("{metric} cannot be broken down or filtered by {}: there is no such dimension{}", one_line(name), meant(nearest.as_ref()))]
    UnknownDimension {
        /// What was asked for.
        name: String,
        /// The metric it was asked for.
        metric: String,
        /// What was probably meant, among what the metric can be broken down by.
        nearest: Option<String>,
    },
    /// The dimension exists, but the metric's rows do not lead to it.
    #[error("{metric} cannot be broken down or filtered by {}: no join leads from its data there{}", one_line(dimension), meant(nearest.as_ref()))]
    NoJoinPath {
        /// The dimension.
        dimension: String,
        /// The metric.
        metric: String,
        /// The nearest that can be reached.
        nearest: Option<String>,
    },
    /// Several ways of the same length lead there.
    #[error("{} can be reached from {metric} in several ways: {}; give the full name", one_line(dimension), paths.join(" or "))]
    AmbiguousPath {
        /// The dimension.
        dimension: String,
        /// The metric.
        metric: String,
        /// The ways.
        paths: Vec<String>,
    },
    /// A metric's rows have no such entity.
    #[error(
        "{metric} is not known for each {}; {}",
        one_line(name),
        entities(known)
    )]
    UnknownEntity {
        /// What was asked for.
        name: String,
        /// The metric it was asked for.
        metric: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A grain finer than the data's.
    #[error("{} is known by {finest}, not by {asked}", one_line(name))]
    GrainTooFine {
        /// The metric or dimension.
        name: String,
        /// The granularity asked for.
        asked: &'static str,
        /// The finest there is.
        finest: &'static str,
    },
    /// A series finer than an hour needs a time spine.
    #[error(
        "a series by {granularity} needs a time spine of that granularity; name one in the definitions"
    )]
    NoSpine {
        /// The granularity.
        granularity: &'static str,
    },
    /// What is computed from earlier dates needs a date to count from.
    #[error(
        "{metric} is computed from earlier dates; give the time range, or ask for it by metric_time"
    )]
    NeedsTime {
        /// The metric.
        metric: String,
    },
    /// A condition written by hand does not hold together.
    #[error("the condition {} {}", one_line(condition), one_line(reason))]
    Condition {
        /// The condition.
        condition: String,
        /// What is wrong with it, as the end of the sentence.
        reason: String,
    },
    /// Amounts in another currency need a table of exchange rates.
    #[error(
        "amounts cannot be given in {}: the definitions name no table of exchange rates",
        one_line(currency)
    )]
    NoRates {
        /// The currency asked for.
        currency: String,
    },
    /// Two wishes that do not go together.
    #[error("{0}")]
    Contradiction(&'static str),
    /// A grain on something that is no time.
    #[error("{} is no time dimension, so it has no grain", one_line(dimension))]
    NotTime {
        /// The dimension.
        dimension: String,
    },
    /// A filter's value does not fit its dimension.
    #[error(
        "{} holds {holds}, so it cannot be compared with {}",
        one_line(dimension),
        one_line(value)
    )]
    FilterValue {
        /// The dimension.
        dimension: String,
        /// What it holds, in words.
        holds: &'static str,
        /// The value.
        value: String,
    },
    /// A filter with too few or too many values.
    #[error("the filter {op} on {} takes {takes}", one_line(dimension))]
    FilterCount {
        /// The dimension.
        dimension: String,
        /// The test.
        op: &'static str,
        /// How many it takes, in words.
        takes: &'static str,
    },
    /// A period that ends before it begins.
    #[error("the period ends before it begins: {start} to {end}")]
    Period {
        /// First day.
        start: jiff::civil::Date,
        /// Last day.
        end: jiff::civil::Date,
    },
    /// A comparison without a period, and no data to take one from.
    #[error("a comparison needs a period; give the time range")]
    ComparisonWithoutPeriod,
    /// A sort key that is no column of the result.
    #[error("cannot sort by {}: the result has no such column{}", one_line(name), meant(nearest.as_ref()))]
    UnknownOrder {
        /// The sort key.
        name: String,
        /// What was probably meant.
        nearest: Option<String>,
    },
    /// Two columns of the result would have the same name.
    #[error(
        "the result would have two columns called {}; ask for one of them at a time",
        one_line(name)
    )]
    DuplicateColumn {
        /// The name.
        name: String,
    },
    /// It took too long and was stopped.
    #[error("the query took longer than {} seconds and was stopped; ask for a shorter period or fewer groups", .0.as_secs())]
    TooSlow(Duration),
    /// It needed more memory than it may have.
    #[error(
        "the query needs more memory than it may have; ask for a shorter period or fewer groups"
    )]
    TooBig,
    /// Too many questions wait for their turn.
    #[error("too many questions are being answered right now; ask again in a minute")]
    TooBusy,
    /// The database went away, and was not back when the statement was tried again.
    #[error("the database cannot be reached: {}; ask again when it is back", one_line(.0))]
    Unreachable(String),
    /// A file went missing or is damaged.
    #[error("the data in {files} cannot be read: {}", one_line(reason))]
    Data {
        /// The files the query reads.
        files: String,
        /// The reader's words.
        reason: String,
    },
    /// The engine refused or failed.
    #[error("the query could not be run: {}", one_line(.0))]
    Engine(String),
}
