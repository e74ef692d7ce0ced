//! Where statements run. Only text that `sql` rendered comes here.

#[cfg(feature = "datafusion")]
mod batches;
#[cfg(feature = "datafusion")]
mod datafusion;
#[cfg(feature = "datafusion")]
mod files;
#[cfg(feature = "datafusion")]
mod local_time;

use almanac_agent_contract::Table;
use async_trait::async_trait;

use crate::error::{LayerError, QueryError};
use crate::layer::Source;
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
}

/// An engine over a source, and what it found there.
pub(crate) struct Opened {
    pub(crate) engine: Box<dyn Engine>,
    pub(crate) schema: Schema,
    /// Changes whenever the data does.
    pub(crate) version: u64,
}

/// Opens the engine that a source needs.
#[cfg(feature = "datafusion")]
pub(crate) async fn open(source: &Source) -> Result<Opened, LayerError> {
    match source {
        Source::Files { path } => datafusion::open(path).await,
    }
}

/// Opens the engine that a source needs.
#[cfg(not(feature = "datafusion"))]
pub(crate) async fn open(_source: &Source) -> Result<Opened, LayerError> {
    Err(LayerError::NoEngine)
}
