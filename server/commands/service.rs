//! The running service: the line, the web chat and REST, until it is told to stop.

use std::sync::Arc;

use almanac_adapters::web::{Web, WebOptions};
use almanac_agent_contract::Adapter;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::say::say;
use crate::reception::Reception;
use crate::{App, Failure, Running, Setup, Status, http};

pub(super) async fn run(setup: &Setup, listener: TcpListener) -> Result<Status, Failure> {
    let app = App::open(setup).await?;
    let language = setup.settings.language();
    let options = WebOptions {
        workspace_name: setup.settings.name.clone(),
        language,
        access: setup.http.access()?,
        examples: app.services.names.examples(language),
    };
    let web = Web::new(Arc::new(app.line()), app.clock.clone(), options);
    let stop = CancellationToken::new();
    let mut adapters: Vec<Arc<dyn Adapter>> = vec![web.clone()];
    let mut router = web.router();
    let reception = Reception::open(&app).await?;
    let mut listening = JoinSet::new();
    for platform in &setup.platforms {
        let connected = platform
            .connect(reception.services.clone(), stop.clone())
            .map_err(Failure::usage)?;
        adapters.push(connected.adapter);
        // Webhooks are signed: the web's own guard, for people and their browsers, is not theirs.
        router = match connected.webhooks {
            Some(webhooks) => router.merge(http::bounded(webhooks)),
            None => router,
        };
        if let Some(listens) = connected.listening {
            listening.spawn_on(listens, reception.handle());
        }
    }
    let running = Running::start(&app, adapters);
    let address = listener.local_addr()?;
    // Read by the runtime that it is made over for.
    let (listener, stopped) = (listener.into_std()?, stop.clone());
    let mut serving = reception
        .handle()
        .spawn(async move { http::serve(TcpListener::from_std(listener)?, router, stopped).await });
    say!("Almanac answers at http://{address}  (Ctrl-C ends it)");
    tokio::select! {
        told = told_to_stop() => {
            told?;
            stop.cancel();
            // Pages keep a connection open for progress: they are not waited for.
            web.close();
            (&mut serving).await??;
        }
        ended = &mut serving => ended??,
    }
    stop.cancel();
    while listening.join_next().await.is_some() {}
    running.stop().await;
    reception.close().await;
    app.store.clone().close().await;
    Ok(Status::Done)
}

/// Ctrl-C, or the signal that service managers send.
pub(super) async fn told_to_stop() -> Result<(), Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed?,
        _ = terminated.recv() => {}
    }
    Ok(())
}
