//! Runs a suite on an engine.

use std::collections::HashMap;
#[cfg(feature = "ballista")]
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use almanac_agent_contract::Settings;
#[cfg(feature = "postgres")]
use secrecy::SecretString;
use tempfile::TempDir;

use super::case::Case;
use super::compare::compare;
use super::parquet;
#[cfg(feature = "postgres")]
use super::postgres::Scratch;
use super::question::question;
use super::report::{Difference, Outcome, Report, Tally};
use super::suite::{Suite, SuiteError};
use crate::error::LayerError;
use crate::layer::{Layer, LayerOptions, Limits, Source};
use crate::query::MetricQuery;

/// The engine that a suite runs on.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Target {
    /// DataFusion, over Parquet files in a folder that is gone afterwards.
    DataFusion,
    /// PostgreSQL, in a database that is gone afterwards, on the server of this address. Its role
    /// must be allowed to create databases.
    #[cfg(feature = "postgres")]
    Postgres(SecretString),
    /// A Ballista cluster, by its scheduler's address (`df://host:port`), over Parquet files in a
    /// folder that is gone afterwards. Its executors must run on this machine.
    #[cfg(feature = "ballista")]
    Ballista(String),
}

/// Runs the cases whose name contains `chosen`, telling each as soon as it is done.
///
/// # Errors
/// Where the tables cannot be loaded. Definitions that do not hold fail their cases instead.
pub async fn run(
    suite: &Suite,
    target: &Target,
    chosen: &str,
    mut told: impl FnMut(&Report),
) -> Result<Tally, SuiteError> {
    let loaded = Loaded::load(suite, target).await?;
    let mut layers: HashMap<&str, Option<Layer>> = HashMap::new();
    let mut tally = Tally::default();
    for case in suite.cases.iter().filter(|case| case.id.contains(chosen)) {
        let mut problems = Vec::new();
        if !layers.contains_key(case.model.as_str()) {
            let layer = match loaded.open(suite, &case.model).await {
                Ok(layer) => Some(layer),
                Err(error) => {
                    problems.extend(error.to_string().lines().map(str::to_owned));
                    None
                }
            };
            layers.insert(&case.model, layer);
        }
        let report = match layers.get(case.model.as_str()) {
            Some(Some(layer)) => ask(layer, case).await,
            _ => report(
                case,
                Outcome::Failed(Difference {
                    first: format!("the layer does not open over {}", case.model),
                    problems,
                    ..Difference::default()
                }),
            ),
        };
        tally.count(&report.outcome);
        told(&report);
    }
    drop(layers);
    loaded.remove().await?;
    Ok(tally)
}

/// The tables, where an engine finds them.
enum Loaded {
    /// Dropping it removes them.
    Files(TempDir),
    /// The same, for the executors of this scheduler.
    #[cfg(feature = "ballista")]
    Cluster(TempDir, String),
    #[cfg(feature = "postgres")]
    Database(Box<Scratch>),
}

impl Loaded {
    async fn load(suite: &Suite, target: &Target) -> Result<Self, SuiteError> {
        match target {
            Target::DataFusion => files(suite).map(Self::Files),
            #[cfg(feature = "ballista")]
            Target::Ballista(url) => files(suite).map(|files| Self::Cluster(files, url.clone())),
            #[cfg(feature = "postgres")]
            Target::Postgres(server) => {
                let scratch = Scratch::load(suite, server).await?;
                Ok(Self::Database(Box::new(scratch)))
            }
        }
    }

    fn source(&self) -> Source {
        match self {
            Self::Files(folder) => Source::Files {
                path: folder.path().to_owned(),
            },
            #[cfg(feature = "ballista")]
            Self::Cluster(folder, url) => Source::Ballista {
                url: url.clone(),
                path: folder.path().to_owned(),
                // The tables are small.
                partitions: NonZeroUsize::new(4),
            },
            #[cfg(feature = "postgres")]
            Self::Database(scratch) => scratch.source(),
        }
    }

    async fn remove(self) -> Result<(), SuiteError> {
        match self {
            Self::Files(folder) => folder.close().map_err(|error| place(&error)),
            #[cfg(feature = "ballista")]
            Self::Cluster(folder, _) => folder.close().map_err(|error| place(&error)),
            #[cfg(feature = "postgres")]
            Self::Database(scratch) => scratch.remove().await,
        }
    }

    /// The layer of a manifest over the tables.
    async fn open(&self, suite: &Suite, model: &str) -> Result<Layer, LayerError> {
        let options = LayerOptions {
            definitions: vec![suite.manifest(model)],
            source: self.source(),
            settings: Arc::new(Settings::default()),
            cache: None,
            limits: Limits::default(),
        };
        Layer::open(options).await
    }
}

/// The tables as Parquet files.
fn files(suite: &Suite) -> Result<TempDir, SuiteError> {
    let folder = tempfile::tempdir().map_err(|error| place(&error))?;
    parquet::write(suite, folder.path())?;
    Ok(folder)
}

fn place(error: &std::io::Error) -> SuiteError {
    SuiteError::Place(error.to_string())
}

async fn ask(layer: &Layer, case: &Case) -> Report {
    let saved = match &case.saved_query_name {
        Some(name) => match layer.saved_query(name) {
            Ok(saved) => Some(saved),
            Err(unknown) => return report(case, failed(unknown.to_string())),
        },
        None => None,
    };
    let query = match question(case, saved) {
        Ok(query) => query,
        Err(reason) => return report(case, failed(reason)),
    };
    let start = Instant::now();
    let answer = layer.run(&query).await;
    let took = start.elapsed();
    let written = serde_json::to_string(&query).ok();
    let (outcome, engine, sql) = match answer {
        Ok(answer) => {
            let outcome = if answer.truncated {
                failed("there are more rows than come back")
            } else {
                match compare(case, &answer.table) {
                    Ok(()) => Outcome::Passed,
                    Err(difference) => Outcome::Failed(difference),
                }
            };
            (outcome, answer.engine, Some(answer.sql))
        }
        Err(error) => (
            failed(error.to_string()),
            "no answer",
            statement(layer, &query),
        ),
    };
    Report {
        took,
        engine,
        query: written,
        sql,
        ..report(case, outcome)
    }
}

fn statement(layer: &Layer, query: &MetricQuery) -> Option<String> {
    layer.compile(query).ok().map(|compiled| compiled.sql)
}

fn failed(reason: impl Into<String>) -> Outcome {
    Outcome::Failed(Difference::told(reason))
}

fn report(case: &Case, outcome: Outcome) -> Report {
    Report {
        id: case.id.clone(),
        engine: "not run",
        outcome,
        took: Duration::ZERO,
        query: None,
        sql: None,
    }
}
