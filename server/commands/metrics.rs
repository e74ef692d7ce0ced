//! `almanac metrics ...`: the metric layer by itself, without store or line.

#[cfg(feature = "datafusion")]
mod conformance;
mod explain;
mod list;
mod query;
mod show;
mod validate;

use std::sync::Arc;

use almanac_metrics::Layer;

use crate::app::open_layer;
use crate::cli::{MetricsCommand, Where};
use crate::commands::say::say;
use crate::{Failure, Setup, Status};

pub(super) async fn run(command: MetricsCommand) -> Result<Status, Failure> {
    match command {
        MetricsCommand::List {
            saved,
            catalog,
            json,
            place,
        } => {
            let layer = open(&place).await?;
            match (saved, catalog) {
                (true, _) => list::saved(&layer, json),
                (_, true) => say!("{}", serde_json::to_string(&*layer.catalog())?),
                _ => list::run(&layer.catalog(), json),
            }
        }
        MetricsCommand::Show { name, place } => show::run(&open(&place).await?.catalog(), &name)?,
        MetricsCommand::Validate { paths, place } => return validate::run(&paths, &place).await,
        MetricsCommand::Query(args) => query::run(&args).await?,
        MetricsCommand::Explain(args) => explain::run(&args).await?,
        #[cfg(feature = "datafusion")]
        MetricsCommand::Conformance(args) => return conformance::run(&args).await,
    }
    Ok(Status::Done)
}

async fn open(place: &Where) -> Result<Arc<Layer>, Failure> {
    open_layer(&Setup::settle(place, None)?).await
}
