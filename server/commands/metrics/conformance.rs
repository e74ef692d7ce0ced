//! `almanac metrics conformance DIR`: a line for each case of a suite, and how many passed.

use almanac_metrics::conformance::{Outcome, Report, Suite, Target, run as run_suite};
#[cfg(feature = "postgres")]
use anyhow::anyhow;

use crate::cli::{ConformanceArgs, EngineName};
use crate::commands::say::say;
use crate::{Failure, Status};

/// Rows of a difference that are printed at most, of those missing and of those too many.
const SHOWN: usize = 10;

pub(super) async fn run(args: &ConformanceArgs) -> Result<Status, Failure> {
    let suite = Suite::read(&args.folder).map_err(Failure::usage)?;
    let target = target(args)?;
    let chosen = args.filter.as_deref().unwrap_or_default();
    let tally = run_suite(&suite, &target, chosen, |report| {
        say!("{report}");
        if let Outcome::Failed(difference) = &report.outcome {
            for problem in &difference.problems {
                say!("      {problem}");
            }
        }
        if args.verbose {
            details(report);
        }
    })
    .await
    .map_err(Failure::usage)?;
    say!("{tally}");
    Ok(match tally.failed {
        0 if tally.passed > 0 => Status::Done,
        _ => Status::No,
    })
}

fn target(args: &ConformanceArgs) -> Result<Target, Failure> {
    match args.engine {
        EngineName::Datafusion => Ok(Target::DataFusion),
        #[cfg(feature = "postgres")]
        EngineName::Postgres => match &args.database_url {
            Some(url) => Ok(Target::Postgres(url.clone())),
            None => Err(Failure::usage(anyhow!(
                "no PostgreSQL server is named; give --database-url postgres://user@host/database"
            ))),
        },
        #[cfg(feature = "ballista")]
        EngineName::Ballista => Ok(Target::Ballista(args.scheduler.clone())),
    }
}

fn details(report: &Report) {
    if let Some(query) = &report.query {
        say!("      query {query}");
    }
    for line in report.sql.iter().flat_map(|sql| sql.lines()) {
        say!("      {line}");
    }
    if let Outcome::Failed(difference) = &report.outcome {
        for (mark, rows) in [('-', &difference.missing), ('+', &difference.unexpected)] {
            for row in rows.iter().take(SHOWN) {
                say!("      {mark} {row}");
            }
            if let Some(more) = rows.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                say!("      {mark} and {more} more");
            }
        }
    }
}
