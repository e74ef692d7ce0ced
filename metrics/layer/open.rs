//! Opens a layer: definitions read and checked against the source's tables, the catalogue built.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use almanac_agent_contract::Settings;
use secrecy::SecretString;
use tokio::sync::{Mutex, watch};

use super::index::index;
use super::limits::Limits;
use super::run::Layer;
use super::runner::Runner;
use super::saved::saved;
use crate::engine;
use crate::error::LayerError;
use crate::manifest::load;
use crate::plan::{Graph, resolve_metrics};

/// Where the data is.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Source {
    /// A folder in which each CSV or Parquet file, or folder of them, is a table; or one file.
    Files {
        /// The folder or file.
        path: PathBuf,
    },
    /// A PostgreSQL database, which is only read.
    Postgres {
        /// `postgres://user:password@host:port/database`.
        url: SecretString,
        /// The schema whose tables go by their bare names; those of the role's search path where
        /// absent. Tables of other schemas are named `schema.table`.
        schema: Option<String>,
    },
    /// A folder or file as [`Source::Files`], read by the executors of a Ballista cluster.
    Ballista {
        /// The scheduler: `df://host:port`.
        url: String,
        /// The folder or file, at the same path on this machine and on every executor.
        path: PathBuf,
        /// Into how many parts rows are divided that run at the same time: about as many as all
        /// executors together have processors. 16 where absent.
        partitions: Option<NonZeroUsize>,
    },
}

/// What a layer is opened with.
#[derive(Debug, Clone)]
pub struct LayerOptions {
    /// Definition files, and folders of them.
    pub definitions: Vec<PathBuf>,
    /// The data.
    pub source: Source,
    /// The workspace's settings: its zone decides where days begin.
    pub settings: Arc<Settings>,
    /// A folder to keep the index of values in, so that the next opening is quick.
    pub cache: Option<PathBuf>,
    /// What a question may use.
    pub limits: Limits,
}

impl Layer {
    /// Opens a layer. With a cache from before and data that has not changed it reads only the
    /// definitions and the tables' columns.
    ///
    /// # Errors
    /// Everything wrong with the definitions at once, or what makes the source unreadable.
    #[tracing::instrument(name = "metrics.open", skip_all)]
    pub async fn open(options: LayerOptions) -> Result<Self, LayerError> {
        let loaded = load(&options.definitions);
        let mut problems = loaded.problems;
        let opened = match engine::open(&options.source, &options.limits).await {
            Ok(opened) => opened,
            // Definitions are told of first: they are what is being written.
            Err(_) if !problems.is_empty() => {
                return Err(LayerError::Definitions(problems.into_sorted()));
            }
            Err(error) => return Err(error),
        };
        let definitions = &loaded.definitions;
        let settings = &options.settings;
        let graph = Graph::build(definitions, Some(&opened.schema), settings, &mut problems);
        let metrics = resolve_metrics(definitions, &graph, settings, &mut problems);
        if !problems.is_empty() {
            return Err(LayerError::Definitions(problems.into_sorted()));
        }
        let layer = Self {
            settings: Arc::clone(settings),
            graph,
            metrics,
            runner: Runner::new(opened.engine, options.limits),
            saved: saved(definitions),
            definitions: loaded.definitions,
            fingerprint: loaded.fingerprint,
            cache: options.cache,
            catalog: watch::Sender::default(),
            doubtful: RwLock::default(),
            indexed: Mutex::default(),
        };
        let index = index(&layer, opened.version).await?;
        layer.know(&index);
        *layer.indexed.lock().await = Some(opened.version.to_string());
        Ok(layer)
    }
}
