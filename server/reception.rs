//! The reception: where platforms come in and are told that what they brought is kept, on a thread
//! of its own.
//!
//! A platform waits for its acknowledgement while the same process computes answers and draws. So
//! what comes in is read, kept and acknowledged by a thread that has little else to do, over
//! connections to the database that no turn uses.

use std::io;
use std::sync::Arc;
use std::thread;

use almanac_agent_contract::Services;
use almanac_store::Store;
use tokio::runtime::{Builder, Handle};
use tokio_util::sync::CancellationToken;

use crate::line::StoreLine;
use crate::{App, Failure};

/// A runtime of one thread, until it is closed, and the line as it is reached from there.
pub(crate) struct Reception {
    handle: Handle,
    closed: CancellationToken,
    store: Store,
    /// What platforms are given that come in here.
    pub(crate) services: Services,
}

impl Reception {
    /// Starts the thread and connects to the database.
    ///
    /// # Errors
    /// Where the system has no thread to give, or the database does not answer.
    pub(crate) async fn open(app: &App) -> Result<Self, Failure> {
        let closed = CancellationToken::new();
        let handle = started(closed.clone())?;
        let store = app.store.clone();
        // Connections are read by the runtime they were made on.
        let connected = handle.spawn(async move { store.apart().await });
        let store = connected.await??;
        let line = Arc::new(StoreLine {
            store: store.clone(),
            workspace: app.workspace,
        });
        let services = Services {
            line: line.clone(),
            past: line.clone(),
            leases: line.clone(),
            receipts: line,
            ..app.services.clone()
        };
        Ok(Self {
            handle,
            closed,
            store,
            services,
        })
    }

    /// What runs here.
    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Ends the connections and the thread, and with it whatever still runs here.
    pub(crate) async fn close(self) {
        self.store.close().await;
        self.closed.cancel();
    }
}

fn started(closed: CancellationToken) -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new()
        .name("reception".into())
        .spawn(move || {
            runtime.block_on(closed.cancelled());
            runtime.shutdown_background();
        })?;
    Ok(handle)
}
