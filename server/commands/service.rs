//! The running service: the line, the web chat and REST, until it is told to stop.

use std::sync::Arc;

use almanac_adapters::web::{Web, WebOptions};
use almanac_agent_contract::Language;
use almanac_metrics::Catalog;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

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
    let running = Running::start(&app, vec![web.clone()]);
    let stop = CancellationToken::new();
    let serving = tokio::spawn(http::serve(listener, web.router(), stop.clone()));
    println!("Almanac answers at http://{}  (Ctrl-C ends it)", setup.http.address());
    told_to_stop().await?;
    stop.cancel();
    // Pages keep a connection open for progress: they are not waited for.
    web.close();
    serving.await??;
    running.stop().await;
    Ok(Status::Done)
}

async fn told_to_stop() -> Result<(), Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed?,
        _ = terminated.recv() => {}
    }
    Ok(())
}

/// Questions for an empty page, of the metrics this workspace has.
fn examples(catalog: &Catalog, language: Language) -> Vec<String> {
    let mut metrics = catalog.metrics.iter().map(|metric| metric.label.to_lowercase());
    let Some(first) = metrics.next() else { return Vec::new() };
    let second = metrics.next().unwrap_or_else(|| first.clone());
    let dimension = catalog
        .dimensions
        .iter()
        .find(|dimension| dimension.complete && (2..=12).contains(&dimension.values.len()))
        .map(|dimension| dimension.label.to_lowercase());
    let (last_week, trend, by) = match language {
        Language::En => ("last week", "by week this year", "by"),
        Language::Es => ("la semana pasada", "por semana este año", "por"),
        Language::Pt => ("na semana passada", "por semana este ano", "por"),
    };
    let mut examples = vec![format!("{first} {last_week}"), format!("{second} {trend}")];
    examples.extend(dimension.map(|dimension| format!("{first} {by} {dimension} {last_week}")));
    examples
}
