//! The parts, opened and put together. Everything that answers questions starts here: the
//! service, the demo, `ask`, `chat` and `eval`.

use std::sync::Arc;

use almanac_agent_contract::{Clock, Model, Platform, Services, Settings, WorkspaceId};
use almanac_agent_turn::{Limits, Turns};
use almanac_memory::Memory;
use almanac_metrics::{Layer, LayerOptions};
use almanac_store::{Store, StoreError};

use crate::interpreter::Interpreter;
use crate::line::StoreLine;
use crate::services::services;
use crate::{Failure, Setup};

/// A workspace, ready to take turns.
pub struct App {
    /// Our own tables.
    pub store: Store,
    /// The metric layer.
    pub layer: Arc<Layer>,
    /// The tenant.
    pub workspace: WorkspaceId,
    /// Its settings.
    pub settings: Arc<Settings>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// What platforms are given to live with.
    pub services: Services,
    /// The platforms that are open to anybody and on which strangers are not answered.
    pub(crate) reserved: Vec<Platform>,
    pub(crate) interpreter: Interpreter,
    pub(crate) turns: Turns,
    pub(crate) memory: Memory,
}

impl App {
    /// Opens the store and the metric layer side by side: the embedded database starts on a thread
    /// of its own meanwhile.
    ///
    /// # Errors
    /// What is wrong with the definitions, the data or the database.
    pub async fn open(setup: &Setup) -> Result<Arc<Self>, Failure> {
        Self::assemble(setup, None).await
    }

    /// As [`App::open`], with another model than the built-in one.
    ///
    /// # Errors
    /// What is wrong with the definitions, the data or the database.
    pub async fn open_with(setup: &Setup, model: Arc<dyn Model>) -> Result<Arc<Self>, Failure> {
        Self::assemble(setup, Some(model)).await
    }

    async fn assemble(
        setup: &Setup,
        instead: Option<Arc<dyn Model>>,
    ) -> Result<Arc<Self>, Failure> {
        let layer = open_layer(setup);
        let store = open_store(setup);
        let (layer, (store, workspace)) = tokio::try_join!(layer, store)?;
        let interpreter = Interpreter::over(layer.clone(), setup.settings.clone(), instead);
        let memory = Memory::new(store.clone());
        let context = almanac_tools::Context::new(layer.clone(), memory.clone());
        let tools = almanac_tools::all(&context);
        let (model, catalogue) = interpreter.mind();
        let turns = Turns::new(model, tools, catalogue, Limits::default())?;
        let line = StoreLine {
            store: store.clone(),
            workspace,
        };
        let services = services(line, layer.clone(), setup)?;
        Ok(Arc::new(Self {
            services,
            reserved: setup.reserved(),
            interpreter,
            memory,
            store,
            layer,
            workspace,
            settings: setup.settings.clone(),
            clock: setup.clock.clone(),
            turns,
        }))
    }

    /// The line of its workspace.
    #[must_use]
    pub fn line(&self) -> StoreLine {
        StoreLine {
            store: self.store.clone(),
            workspace: self.workspace,
        }
    }
}

/// Opens the metric layer of a setup.
///
/// # Errors
/// What is wrong with the definitions or the data.
pub(crate) async fn open_layer(setup: &Setup) -> Result<Arc<Layer>, Failure> {
    let options = LayerOptions {
        definitions: setup.definitions.clone(),
        source: setup.source.clone(),
        settings: setup.settings.clone(),
        cache: Some(setup.cache.clone()),
        limits: almanac_metrics::Limits::default(),
    };
    Layer::open(options)
        .await
        .map(Arc::new)
        .map_err(Failure::usage)
}

/// Opens the store of a setup, with its workspace.
///
/// # Errors
/// Where the database or its folder cannot be used.
pub(crate) async fn open_store(setup: &Setup) -> Result<(Store, WorkspaceId), Failure> {
    let store = Store::open(setup.database.clone())
        .await
        .map_err(|error| match error {
            StoreError::Held { .. }
            | StoreError::Folder { .. }
            | StoreError::Full
            | StoreError::NoEmbedded
            | StoreError::Address => Failure::usage(error),
            error => Failure::Broken(error.into()),
        })?;
    let workspace = store.ensure_workspace(&setup.settings).await?;
    Ok((store, workspace))
}
