//! The running service: the line, the web chat and REST, until it is told to stop.

use std::sync::Arc;

use almanac_adapters::web::{Web, WebOptions};
use almanac_agent_contract::{Adapter, Language};
use almanac_metrics::Catalog;
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
        examples: examples(&app.layer.catalog(), language),
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

/// Questions for an empty page, of the metrics and dimensions this workspace has: a value, a
/// trend, a breakdown and a ranking.
fn examples(catalog: &Catalog, language: Language) -> Vec<String> {
    let Some(first) = catalog.metrics.first() else {
        return Vec::new();
    };
    let second = catalog.metrics.get(1).unwrap_or(first).label.to_lowercase();
    let with_values = |range: std::ops::RangeInclusive<usize>| {
        let mut dimensions = first
            .dimensions
            .iter()
            .filter_map(|name| catalog.dimension(name));
        let found = dimensions.find(|dimension| range.contains(&dimension.values.len()));
        found.map(|dimension| dimension.label.to_lowercase())
    };
    let (few, many) = (with_values(4..=15), with_values(30..=usize::MAX));
    let first = first.label.to_lowercase();
    let (last_week, trend, by, this_month) = match language {
        Language::En => ("last week", "by week this year", "by", "this month"),
        Language::Es => ("la semana pasada", "por semana este año", "por", "este mes"),
        Language::Pt => (
            "na semana passada",
            "por semana este ano",
            "por",
            "este mês",
        ),
    };
    let mut examples = vec![format!("{first} {last_week}"), format!("{second} {trend}")];
    examples.extend(few.map(|dimension| format!("{first} {by} {dimension} {last_week}")));
    examples.extend(many.map(|dimension| format!("top 5 {dimension} {by} {first} {this_month}")));
    examples
}
