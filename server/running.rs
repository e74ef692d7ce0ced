//! The worker and the courier at work, until they are stopped.

use std::sync::Arc;

use almanac_agent_contract::Adapter;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::App;
use crate::courier::Courier;
use crate::worker::{Adapters, Worker};

/// A running line.
pub struct Running {
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

impl Running {
    /// Starts the worker and the courier of these platforms.
    #[must_use]
    pub fn start(app: &Arc<App>, adapters: Vec<Arc<dyn Adapter>>) -> Self {
        let adapters: Arc<Adapters> =
            Arc::new(adapters.into_iter().map(|a| (a.platform(), a)).collect());
        let name = format!("{}-{}", std::process::id(), Uuid::now_v7().simple());
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        let worker = Worker {
            app: app.clone(),
            adapters: adapters.clone(),
            name: name.clone(),
        };
        tasks.spawn(worker.run(stop.clone()));
        let courier = Courier {
            store: app.store.clone(),
            workspace: app.workspace,
            adapters,
            name,
        };
        tasks.spawn(courier.run(stop.clone()));
        Self { stop, tasks }
    }

    /// Lets both finish what they have begun.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
    }
}
