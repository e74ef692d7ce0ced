//! Part of MetricFlow's own integration suite, where its data lies beside the project's root
//! (`../shared/conformance/metricflow`).

use std::path::Path;

use almanac_metrics::conformance::{Outcome, Suite, Tally, Target, run};

/// Runs the suite, if it is there, and prints what did not pass.
pub(crate) async fn held_to_it(target: Target) -> Option<(usize, Tally)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance/metricflow");
    if !folder.is_dir() {
        println!("not run: {} is not there", folder.display());
        return None;
    }
    let suite = Suite::read(&folder).unwrap();
    let tally = run(&suite, &target, "", |report| {
        if !matches!(report.outcome, Outcome::Passed) {
            println!("{report}");
        }
    })
    .await
    .unwrap();
    println!("{tally}");
    Some((suite.cases.len(), tally))
}

#[tokio::test]
async fn metricflows_own_suite_on_datafusion() {
    if let Some((cases, tally)) = held_to_it(Target::DataFusion).await {
        assert_eq!(tally.passed, cases, "{tally}");
    }
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn metricflows_own_suite_on_postgres() {
    let Ok(server) = std::env::var("ALMANAC_TEST_DATABASE_URL") else {
        println!("not run: ALMANAC_TEST_DATABASE_URL names no server");
        return;
    };
    if let Some((cases, tally)) = held_to_it(Target::Postgres(server.into())).await {
        assert_eq!(tally.passed, cases, "{tally}");
    }
}
