//! `almanac metrics ...`: the metric layer by itself, without store or line.

use std::sync::Arc;

use almanac_metrics::{Catalog, Layer, MetricInfo, MetricQuery};
use anyhow::anyhow;
use serde_json::json;

use super::say::say;
use crate::app::open_layer;
use crate::cli::{MetricsCommand, QueryArgs, Where};
use crate::{Failure, Setup, Status};

pub(super) async fn run(command: MetricsCommand) -> Result<Status, Failure> {
    match command {
        MetricsCommand::List(place) => list(&open(&place).await?.catalog()),
        MetricsCommand::Show { name, place } => show(&open(&place).await?.catalog(), &name)?,
        MetricsCommand::Validate(place) => return validate(&place).await,
        MetricsCommand::Query(args) => query(&args).await?,
        MetricsCommand::Explain(args) => explain(&args).await?,
    }
    Ok(Status::Done)
}

async fn open(place: &Where) -> Result<Arc<Layer>, Failure> {
    open_layer(&Setup::settle(place, None)?).await
}

fn list(catalog: &Catalog) {
    for metric in &catalog.metrics {
        say!("{:<28} {}", metric.name, metric.label);
    }
}

fn show(catalog: &Catalog, name: &str) -> Result<(), Failure> {
    let metric = catalog.metric(name).ok_or_else(|| {
        Failure::usage(anyhow!(
            "there is no metric {name}; `almanac metrics list` shows all"
        ))
    })?;
    say!("{} ({})", metric.label, metric.name);
    if !metric.description.is_empty() {
        say!("{}", metric.description.trim());
    }
    say!("computed    {}", metric.definition);
    if !metric.synonyms.is_empty() {
        say!("also        {}", metric.synonyms.join(", "));
    }
    if let Some(owner) = &metric.owner {
        say!("owner       {owner}");
    }
    if let Some(coverage) = &metric.coverage {
        say!("data        {} to {}", coverage.first, coverage.last);
        if !coverage.gaps.is_empty() {
            let days: Vec<_> = coverage.gaps.iter().map(ToString::to_string).collect();
            say!("missing     {}", days.join(", "));
        }
    }
    say!("break down  {}", metric.dimensions.join(", "));
    say!("tree");
    tree(catalog, metric);
    Ok(())
}

/// The metric's ancestors, itself and its children, each indented under its parent.
fn tree(catalog: &Catalog, metric: &MetricInfo) {
    let mut line = vec![metric];
    while let Some(parent) = line.last().and_then(|m| m.parent.as_ref()) {
        match catalog.metric(parent) {
            // A parent that is already in the line would go round for ever.
            Some(above) if line.iter().all(|below| below.name != above.name) => line.push(above),
            _ => break,
        }
    }
    for (depth, ancestor) in line.iter().rev().enumerate() {
        let mark = if ancestor.name == metric.name {
            "  <-"
        } else {
            ""
        };
        say!("{}{}{mark}", "  ".repeat(depth + 1), ancestor.name);
    }
    for child in &catalog.metrics {
        if child.parent.as_deref() == Some(&metric.name) {
            say!("{}{}", "  ".repeat(line.len() + 1), child.name);
        }
    }
}

/// The definitions by themselves, then against the tables they speak of.
async fn validate(place: &Where) -> Result<Status, Failure> {
    let setup = Setup::settle(place, None)?;
    match almanac_metrics::validate(&setup.definitions) {
        Ok(metrics) => match open_layer(&setup).await {
            Ok(_) => {
                say!("{metrics} metrics, no problems");
                Ok(Status::Done)
            }
            Err(problem) => {
                say!("{problem}");
                Ok(Status::No)
            }
        },
        Err(problems) => {
            for problem in &problems {
                say!("{problem}");
            }
            let count = problems.len();
            say!("{count} problem{}", if count == 1 { "" } else { "s" });
            Ok(Status::No)
        }
    }
}

async fn query(args: &QueryArgs) -> Result<(), Failure> {
    let query = parsed(args)?;
    let answer = open(&args.place)
        .await?
        .run(&query)
        .await
        .map_err(Failure::usage)?;
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
            "truncated": answer.truncated,
            "compile_us": answer.compile.as_micros(),
            "run_us": answer.run.as_micros(),
        })
    );
    Ok(())
}

async fn explain(args: &QueryArgs) -> Result<(), Failure> {
    let query = parsed(args)?;
    let compiled = open(&args.place)
        .await?
        .compile(&query)
        .map_err(Failure::usage)?;
    say!("{}", compiled.sql);
    Ok(())
}

fn parsed(args: &QueryArgs) -> Result<MetricQuery, Failure> {
    serde_json::from_str(&args.json)
        .map_err(|error| Failure::usage(anyhow!("--json is not a metric query: {error}")))
}
