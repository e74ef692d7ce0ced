//! `almanac doctor`: checks every part, one line each, and says what to mend.

use almanac_store::Store;
use anyhow::anyhow;

use super::say::say;
use crate::app::open_layer;
use crate::cli::Where;
use crate::{Failure, Setup, Status};

pub(super) async fn run(place: Where) -> Result<Status, Failure> {
    let setup = Setup::settle(&place, None)?;
    let zone = setup.settings.zone.name();
    say!(
        "ok    configuration: {} ({zone}, {})",
        setup.settings.name,
        setup.settings.locale
    );
    let mut checks = Checks { failed: 0 };
    checks.tell(
        "metrics and data",
        open_layer(&setup).await.and_then(|layer| {
            if !layer.doubtful().is_empty() {
                return Err(Failure::from(anyhow!("{}", layer.doubtful().join("; "))));
            }
            let catalog = layer.catalog();
            let with_data = catalog
                .metrics
                .iter()
                .filter(|metric| metric.coverage.is_some())
                .count();
            Ok(format!(
                "{} metrics ({with_data} with data), {} dimensions",
                catalog.metrics.len(),
                catalog.dimensions.len()
            ))
        }),
    );
    match Store::open(setup.database.clone()).await {
        Ok(store) => {
            checks.tell("database", Ok("opened, migrated".into()));
            checks.tell("queues", queues(&store, &setup).await);
            store.close().await;
        }
        Err(error) => checks.tell("database", Err(error.into())),
    }
    checks.tell("keys", setup.http.access().map(|_| "as configured".into()));
    checks.tell(
        "port",
        setup
            .http
            .bind()
            .await
            .map(|_| format!("{} is free", setup.http.address())),
    );
    Ok(if checks.failed == 0 {
        Status::Done
    } else {
        Status::No
    })
}

/// Events that failed too often to be tried again, and deliveries that nobody knows the end of.
async fn queues(store: &Store, setup: &Setup) -> Result<String, Failure> {
    let workspace = store.ensure_workspace(&setup.settings).await?;
    let parked = store.parked(workspace).await?;
    if let Some(last) = parked.last() {
        return Err(Failure::from(anyhow!(
            "{} events are parked (`almanac admin parked` lists them), the last because: {}",
            parked.len(),
            last.error
        )));
    }
    let lost = store.undelivered(workspace).await?;
    if let Some(last) = lost.last() {
        return Err(Failure::from(anyhow!(
            "{} answers did not arrive for certain, the last because: {}",
            lost.len(),
            last.error
        )));
    }
    Ok("nothing parked, nothing lost".into())
}

struct Checks {
    failed: usize,
}

impl Checks {
    fn tell(&mut self, part: &str, checked: Result<String, Failure>) {
        match checked {
            Ok(text) => say!("ok    {part}: {text}"),
            Err(failure) => {
                self.failed += 1;
                say!("MEND  {part}: {failure}");
            }
        }
    }
}
