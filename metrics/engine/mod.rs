//! Where statements run. Only text that `sql` rendered comes here.

#[cfg(feature = "ballista")]
mod ballista;
#[cfg(feature = "ballista")]
mod ballista_cluster;
#[cfg(feature = "datafusion")]
mod batches;
#[cfg(feature = "datafusion")]
mod bucketing;
#[cfg(feature = "datafusion")]
mod csv_moments;
#[cfg(feature = "datafusion")]
mod datafusion;
#[cfg(feature = "datafusion")]
mod date_bucket;
#[cfg(feature = "datafusion")]
mod date_trunc;
#[cfg(feature = "datafusion")]
mod files;
#[cfg(feature = "datafusion")]
mod functions;
#[cfg(feature = "datafusion")]
mod local_time;
#[cfg(feature = "datafusion")]
mod percentile_disc;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "postgres")]
mod postgres_errors;
#[cfg(feature = "postgres")]
mod postgres_rows;
#[cfg(feature = "postgres")]
mod postgres_tables;
#[cfg(feature = "datafusion")]
mod registered;
#[cfg(feature = "datafusion")]
mod settings;
#[cfg(feature = "datafusion")]
mod tables;
#[cfg(feature = "datafusion")]
mod widen;

#[cfg(feature = "ballista")]
pub use ballista_cluster::{ClusterError, ExecutorOptions, Scheduler, run_executor};

use std::sync::Arc;

use almanac_agent_contract::Table;
use async_trait::async_trait;

use crate::error::{LayerError, QueryError};
use crate::layer::{Limits, Source};
use crate::plan::Schema;
use crate::sql::Dialect;

/// What came back.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) table: Table,
    /// Rows read from the source, where the engine tells.
    pub(crate) read: Option<u64>,
}

/// Runs statements. Dropping the future of [`Engine::run`] stops the statement.
#[async_trait]
pub(crate) trait Engine: Send + Sync {
    /// Its name, for people.
    fn name(&self) -> &'static str;

    /// Its way of SQL.
    fn dialect(&self) -> Dialect;

    /// Runs one statement.
    async fn run(&self, sql: &str) -> Result<Rows, QueryError>;

    /// What the source holds right now: statements that run while this stays the same give the same
    /// rows. `None` where the engine cannot tell, and nothing is kept.
    async fn version(&self) -> Option<String> {
        None
    }
}

/// An engine over a source, and what it found there.
pub(crate) struct Opened {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) schema: Schema,
    /// Changes whenever the data does.
    pub(crate) version: u64,
}

/// Opens the engine that a source needs.
#[cfg_attr(
    not(any(feature = "datafusion", feature = "postgres")),
    expect(unused_variables, reason = "this build has no engine to bound")
)]
pub(crate) async fn open(source: &Source, limits: &Limits) -> Result<Opened, LayerError> {
    match source {
        #[cfg(feature = "datafusion")]
        Source::Files { path } => datafusion::open(path, limits).await,
        #[cfg(not(feature = "datafusion"))]
        Source::Files { .. } => Err(LayerError::NoEngine {
            source_kind: "files",
            feature: "datafusion",
        }),
        #[cfg(feature = "postgres")]
        Source::Postgres { url, schema } => postgres::open(url, schema.as_deref(), limits).await,
        #[cfg(not(feature = "postgres"))]
        Source::Postgres { .. } => Err(LayerError::NoEngine {
            source_kind: "PostgreSQL",
            feature: "postgres",
        }),
        #[cfg(feature = "ballista")]
        Source::Ballista {
            url,
            path,
            partitions,
        } => ballista::open(url, path, *partitions).await,
        #[cfg(not(feature = "ballista"))]
        Source::Ballista { .. } => Err(LayerError::NoEngine {
            source_kind: "a cluster",
            feature: "ballista",
        }),
    }
}
