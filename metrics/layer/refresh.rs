//! Keeps what is known of the data as new as the data: the values of dimensions, the days that it
//! covers, whether keys come once. The server runs [`Layer::keep_fresh`] beside everything else; whoever
//! reads [`Layer::catalog`] or waits on [`Layer::changes`] gets the newest.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::describe::describe;
use super::index::{Index, rebuilt};
use super::keys::mark;
use super::run::Layer;
use crate::catalog::Catalog;
use crate::error::LayerError;

/// Between two rebuilds passes this many times what the last one took, so that a source that never
/// rests is not asked all the time.
const REST: u32 = 20;

impl Layer {
    /// Tells of every new catalogue; the receiver holds the one of now.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<Arc<Catalog>> {
        self.catalog.subscribe()
    }

    /// Looks whether the data has changed since its values were read, and reads them anew where it
    /// has. Returns whether the catalogue is another one now. Questions are answered meanwhile.
    ///
    /// # Errors
    /// What makes the source unreadable; the catalogue stays as it was.
    #[tracing::instrument(name = "metrics.refresh", skip_all)]
    pub async fn refresh(&self) -> Result<bool, LayerError> {
        // One at a time: who waits finds it done.
        let mut indexed = self.indexed.lock().await;
        // Asked before the values are: what changes meanwhile is read the next time.
        let version = self.runner.engine.version().await;
        if version.is_some() && *indexed == version {
            return Ok(false);
        }
        let index = rebuilt(self, version.as_deref()).await?;
        *indexed = version;
        Ok(self.know(&index))
    }

    /// Refreshes about that often, for as long as somebody else holds the layer. To be spawned.
    pub fn keep_fresh(
        self: &Arc<Self>,
        every: Duration,
    ) -> impl Future<Output = ()> + Send + 'static {
        let layer = Arc::downgrade(self);
        async move {
            let mut pause = every;
            loop {
                tokio::time::sleep(pause).await;
                let Some(layer) = layer.upgrade() else { return };
                let start = Instant::now();
                match layer.refresh().await {
                    Ok(true) => tracing::info!("the data has changed: its values were read anew"),
                    Ok(false) => {}
                    Err(error) => {
                        tracing::warn!(%error, "the values of the data were not read anew");
                    }
                }
                pause = every.max(start.elapsed() * REST);
            }
        }
    }

    /// Takes over what an index tells. Whether the catalogue is another one.
    pub(super) fn know(&self, index: &Index) -> bool {
        let doubtful = mark(&self.graph, &index.keys);
        let mut known = self
            .doubtful
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        for doubt in doubtful.iter().filter(|doubt| !known.contains(doubt)) {
            tracing::warn!("{doubt}");
        }
        *known = doubtful;
        drop(known);
        let catalog = describe(self, &self.definitions, index);
        self.catalog.send_if_modified(|known| {
            let changed = **known != catalog;
            if changed {
                *known = Arc::new(catalog);
            }
            changed
        })
    }
}
