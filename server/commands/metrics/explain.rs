//! `almanac metrics explain`: the SQL of a query, without running it.

use super::open;
use super::query::{asked, written};
use crate::Failure;
use crate::cli::ExplainArgs;
use crate::commands::say::say;

pub(super) async fn run(args: &ExplainArgs) -> Result<(), Failure> {
    let written = written(&args.query)?;
    let layer = open(&args.query.place).await?;
    let query = asked(&layer, &args.query, written)?;
    let compiled = layer.compile(&query).map_err(Failure::usage)?;
    say!("{}", compiled.sql);
    Ok(())
}
