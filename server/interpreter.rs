//! The built-in model over the catalogue as it is now. The metric layer makes a new catalogue when
//! its data has new values; the first question after that is read with them.

use std::sync::{Arc, PoisonError, RwLock};

use almanac_agent_contract::{Model, Settings};
use almanac_agent_interpreter::BuiltIn;
use almanac_agent_turn::{Catalogue, Turns};
use almanac_metrics::{Catalog, Layer};
use almanac_prompts::Named;
use tokio::sync::Mutex;

/// Keeps the built-in model, and the turns that use it, at the layer's catalogue.
pub(crate) struct Interpreter {
    layer: Arc<Layer>,
    settings: Arc<Settings>,
    /// What takes turns instead of the built-in model; then that only tells languages.
    instead: Option<Arc<dyn Model>>,
    current: RwLock<(Arc<Catalog>, Arc<BuiltIn>)>,
    /// Held by the one that reads a new catalogue.
    renewing: Mutex<()>,
}

impl Interpreter {
    /// Over this layer, with this model in the turns instead of the built-in one.
    pub(crate) fn over(
        layer: Arc<Layer>,
        settings: Arc<Settings>,
        instead: Option<Arc<dyn Model>>,
    ) -> Self {
        let catalog = layer.catalog();
        let built_in = Arc::new(BuiltIn::new(catalog.clone(), &settings));
        Self {
            layer,
            settings,
            instead,
            current: RwLock::new((catalog, built_in)),
            renewing: Mutex::new(()),
        }
    }

    /// What turns are made with.
    pub(crate) fn mind(&self) -> (Arc<dyn Model>, Catalogue) {
        let (catalog, built_in) = self.current();
        let model = self.instead.clone().unwrap_or(built_in);
        (model, listed(&catalog))
    }

    /// The built-in model. Where the layer has a new catalogue, it is read first, and the turns
    /// from now on go by it.
    pub(crate) async fn up_to_date(&self, turns: &Turns) -> Arc<BuiltIn> {
        if let Some(built_in) = self.of(&self.layer.catalog()) {
            return built_in;
        }
        let _renewing = self.renewing.lock().await;
        let catalog = self.layer.catalog();
        if let Some(built_in) = self.of(&catalog) {
            return built_in;
        }
        let (read, settings) = (catalog.clone(), self.settings.clone());
        let built = tokio::task::spawn_blocking(move || BuiltIn::new(read, &settings)).await;
        let built_in = match built {
            Ok(built_in) => Arc::new(built_in),
            Err(error) => {
                tracing::error!(%error, "the new catalogue cannot be read; the old one stays");
                return self.current().1;
            }
        };
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = (catalog, built_in.clone());
        let (model, catalogue) = self.mind();
        turns.replace(model, catalogue);
        built_in
    }

    /// The built-in model, if it is of this catalogue.
    fn of(&self, catalog: &Arc<Catalog>) -> Option<Arc<BuiltIn>> {
        let (known, built_in) = self.current();
        Arc::ptr_eq(&known, catalog).then_some(built_in)
    }

    fn current(&self) -> (Arc<Catalog>, Arc<BuiltIn>) {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// What the system prompt lists.
fn listed(catalog: &Catalog) -> Catalogue {
    Catalogue {
        metrics: catalog
            .metrics
            .iter()
            .map(|metric| Named {
                name: metric.name.clone(),
                label: metric.label.clone(),
                description: metric.description.clone(),
            })
            .collect(),
        dimensions: catalog
            .dimensions
            .iter()
            .map(|dimension| Named {
                name: dimension.name.clone(),
                label: dimension.label.clone(),
                description: dimension.description.clone(),
            })
            .collect(),
    }
}
