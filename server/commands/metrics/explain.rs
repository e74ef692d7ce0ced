//! `almanac metrics explain`: runs a query and shows how it was answered.

use almanac_metrics::Answer;

use super::open;
use super::query::{asked, written};
use crate::Failure;
use crate::cli::ExplainArgs;
use crate::commands::say::say;

pub(super) async fn run(args: &ExplainArgs) -> Result<(), Failure> {
    let written = written(&args.query)?;
    let layer = open(&args.query.place).await?;
    let query = asked(&layer, &args.query, written)?;
    let told = layer.explain(&query).map_err(Failure::usage)?;
    let answer = layer.run(&query).await.map_err(Failure::usage)?;
    section("sql", told.sql.lines());
    section("plan", told.plan.iter().map(String::as_str));
    section("joins", told.joins.iter().map(String::as_str));
    if args.verbose {
        let engine = layer.engine_plan(&query).await.map_err(Failure::usage)?;
        section("engine's plan", engine.iter().map(String::as_str));
    }
    for (heading, text) in facts(&answer) {
        say!("{heading:<10} {text}");
    }
    Ok(())
}

fn section<'l>(heading: &str, lines: impl Iterator<Item = &'l str>) {
    let lines: Vec<&str> = lines.collect();
    match lines.as_slice() {
        [] => say!("{heading:<10} none"),
        lines => {
            say!("{heading}");
            for line in lines {
                say!("  {line}");
            }
        }
    }
}

fn facts(answer: &Answer) -> [(&'static str, String); 6] {
    let more = if answer.truncated {
        ", and there are more"
    } else {
        ""
    };
    let read = answer.rows_read;
    [
        ("engine", answer.engine.to_owned()),
        ("rows", format!("{}{more}", answer.table.rows.len())),
        (
            "rows read",
            read.map_or_else(|| "not told by the engine".into(), |rows| rows.to_string()),
        ),
        ("compile", milliseconds(answer.compile)),
        ("run", milliseconds(answer.run)),
        ("cached", if answer.cached { "yes" } else { "no" }.into()),
    ]
}

fn milliseconds(time: std::time::Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1_000.0)
}
