//! `almanac init`: writes a commented configuration.

use std::path::Path;

use anyhow::anyhow;

use super::say::say;
use crate::cli::InitArgs;
use crate::config::{COMMENTED, FILE};
use crate::{Failure, Status};

pub(super) fn run(args: &InitArgs) -> Result<Status, Failure> {
    if Path::new(FILE).exists() && !args.force {
        return Err(Failure::usage(anyhow!(
            "{FILE} is there already: --force replaces it"
        )));
    }
    std::fs::write(FILE, COMMENTED)
        .map_err(|error| Failure::usage(anyhow!("{FILE} cannot be written: {error}")))?;
    say!("Wrote {FILE}. Edit it, then run `almanac doctor`.");
    Ok(Status::Done)
}
