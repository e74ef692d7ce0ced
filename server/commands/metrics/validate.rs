//! `almanac metrics validate`: every problem of the definitions, a line each. Files that are named
//! are checked by themselves; those of the configuration also against the tables they speak of.

use std::path::PathBuf;

use almanac_metrics::{LayerError, Problem};
use anyhow::anyhow;

use crate::app::open_layer;
use crate::cli::Where;
use crate::commands::say::say;
use crate::{Failure, Setup, Status};

pub(super) async fn run(paths: &[PathBuf], place: &Where) -> Result<Status, Failure> {
    if let Some(missing) = paths.iter().find(|path| !path.exists()) {
        let shown = missing.display();
        return Err(Failure::usage(anyhow!(
            "{shown} is not there; name definition files, or folders of them"
        )));
    }
    if !paths.is_empty() {
        return Ok(match almanac_metrics::validate(paths) {
            Ok(metrics) => fine(metrics),
            Err(problems) => told(&problems),
        });
    }
    let setup = Setup::settle(place, None)?;
    let opened = match open_layer(&setup).await {
        Ok(layer) => return Ok(fine(layer.catalog().metrics.len())),
        Err(Failure::Usage(error)) => error.downcast::<LayerError>(),
        Err(broken) => return Err(broken),
    };
    match (opened, almanac_metrics::validate(&setup.definitions)) {
        (Ok(LayerError::Definitions(problems)), _) | (_, Err(problems)) => Ok(told(&problems)),
        (Ok(other), Ok(_)) => Err(Failure::usage(other)),
        (Err(other), Ok(_)) => Err(Failure::Usage(other)),
    }
}

fn fine(metrics: usize) -> Status {
    say!("{metrics} metrics, no problems");
    Status::Done
}

fn told(problems: &[Problem]) -> Status {
    for problem in problems {
        say!("{problem}");
    }
    let count = problems.len();
    say!("{count} problem{}", if count == 1 { "" } else { "s" });
    Status::No
}
