//! The worker and the courier at work, who waits being shown it, and the catalogue kept as new as
//! the data, until they are stopped.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::Adapter;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::App;
use crate::courier::Courier;
use crate::pacer::Pacer;
use crate::waiting::Waiting;
use crate::worker::{Adapters, BATCH, Worker};

/// How often it is looked whether the data has changed.
const LOOK_AT_DATA: Duration = Duration::from_secs(60);

/// A running line.
pub struct Running {
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

impl Running {
    /// Starts the worker and the courier of these platforms, and the look at the data.
    #[must_use]
    pub fn start(app: &Arc<App>, adapters: Vec<Arc<dyn Adapter>>) -> Self {
        let adapters: Arc<Adapters> =
            Arc::new(adapters.into_iter().map(|a| (a.platform(), a)).collect());
        let name = format!("{}-{}", std::process::id(), Uuid::now_v7().simple());
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        let pacer = Arc::new(Pacer::default());
        let places = Arc::new(Semaphore::new(BATCH as usize));
        let worker = Worker {
            app: app.clone(),
            adapters: adapters.clone(),
            pacer: pacer.clone(),
            places: places.clone(),
            name: name.clone(),
        };
        tasks.spawn(worker.run(stop.clone()));
        let waiting = Waiting {
            app: app.clone(),
            adapters: adapters.clone(),
            pacer: pacer.clone(),
            turns: places,
        };
        tasks.spawn(waiting.run(stop.clone()));
        let courier = Courier {
            store: app.store.clone(),
            workspace: app.workspace,
            adapters,
            installations: app.services.installations.clone(),
            pacer,
            name,
        };
        tasks.spawn(courier.run(stop.clone()));
        let fresh = app.layer.keep_fresh(LOOK_AT_DATA);
        let stopped = stop.clone();
        tasks.spawn(async move {
            stopped.run_until_cancelled(fresh).await;
        });
        Self { stop, tasks }
    }

    /// Lets both finish what they have begun.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
    }
}
