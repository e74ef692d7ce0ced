//! `almanac metrics query`: runs a query and prints its rows as JSON, with the period they are of
//! and the numbers of the rows whose bucket is still filling.

use almanac_agent_contract::{Clock, SystemClock};
use almanac_metrics::{Layer, MetricQuery};
use anyhow::anyhow;
use serde_json::json;

use super::open;
use crate::Failure;
use crate::cli::QueryArgs;
use crate::commands::say::say;

pub(super) async fn run(args: &QueryArgs) -> Result<(), Failure> {
    let written = written(args)?;
    let layer = open(&args.place).await?;
    let query = asked(&layer, args, written)?;
    let answer = layer.run(&query).await.map_err(Failure::usage)?;
    let today = layer.settings().date(SystemClock.now());
    let columns: Vec<_> = answer
        .table
        .columns
        .iter()
        .map(|column| &column.name)
        .collect();
    say!(
        "{}",
        json!({
            "columns": columns,
            "rows": answer.table.rows,
            "period": answer.period,
            "filling": layer.filling(&query, &answer, today),
            "truncated": answer.truncated,
            "compile_us": answer.compile.as_micros(),
            "run_us": answer.run.as_micros(),
        })
    );
    Ok(())
}

/// The query on the command line, if there is one. Read before anything is opened, so that wrong
/// usage is told at once.
pub(super) fn written(args: &QueryArgs) -> Result<Option<MetricQuery>, Failure> {
    let Some(json) = &args.json else {
        return Ok(None);
    };
    if !json.trim_start().starts_with('{') {
        return Err(Failure::usage(anyhow!(
            "--json is not a metric query: write one such as {{\"metrics\": [\"revenue\"]}}"
        )));
    }
    serde_json::from_str(json)
        .map(Some)
        .map_err(|error| Failure::usage(anyhow!("--json is not a metric query: {error}")))
}

/// The query on the command line, or the saved one it names.
pub(super) fn asked(
    layer: &Layer,
    args: &QueryArgs,
    written: Option<MetricQuery>,
) -> Result<MetricQuery, Failure> {
    match (written, &args.saved) {
        (Some(query), _) => Ok(query),
        (None, Some(name)) => layer.saved_query(name).map_err(Failure::usage),
        (None, None) => Err(Failure::usage(anyhow!(
            "nothing is asked; give --json QUERY or --saved NAME"
        ))),
    }
}
