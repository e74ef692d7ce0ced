//! `almanac doctor`: checks every part, one line each, and says what to mend.

use almanac_store::Store;

use crate::app::open_layer;
use crate::cli::Where;
use crate::{Failure, Setup, Status};

pub(super) async fn run(place: Where) -> Result<Status, Failure> {
    let setup = Setup::settle(&place, None)?;
    let zone = setup.settings.zone.name();
    println!(
        "ok    configuration: {} ({zone}, {})",
        setup.settings.name, setup.settings.locale
    );
    let mut checks = Checks { failed: 0 };
    checks.tell(
        "metrics and data",
        open_layer(&setup).await.map(|layer| {
            let catalog = layer.catalog();
            let with_data = catalog
                .metrics
                .iter()
                .filter(|metric| metric.coverage.is_some())
                .count();
            format!(
                "{} metrics ({with_data} with data), {} dimensions",
                catalog.metrics.len(),
                catalog.dimensions.len()
            )
        }),
    );
    checks.tell(
        "database",
        match Store::open(setup.database.clone()).await {
            Ok(store) => {
                store.close().await;
                Ok("opened, migrated".into())
            }
            Err(error) => Err(error.into()),
        },
    );
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

struct Checks {
    failed: usize,
}

impl Checks {
    fn tell(&mut self, part: &str, checked: Result<String, Failure>) {
        match checked {
            Ok(text) => println!("ok    {part}: {text}"),
            Err(failure) => {
                self.failed += 1;
                println!("MEND  {part}: {failure}");
            }
        }
    }
}
