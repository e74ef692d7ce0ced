//! Part of MetricFlow's own integration suite, where its data lies beside the project's root
//! (`../shared/conformance/metricflow`).

use std::path::Path;

use almanac_metrics::conformance::{Outcome, Suite, Target, run};

#[tokio::test]
async fn metricflows_own_suite_passes_on_datafusion() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/conformance/metricflow");
    if !folder.is_dir() {
        println!("not run: {} is not there", folder.display());
        return;
    }
    let suite = Suite::read(&folder).unwrap();
    let mut failures = Vec::new();
    let tally = run(&suite, &Target::DataFusion, "", |report| {
        if !matches!(report.outcome, Outcome::Passed) {
            failures.push(report.to_string());
        }
    })
    .await
    .unwrap();
    println!("{}\n{tally}", failures.join("\n"));
    assert_eq!(tally.passed + tally.failed, suite.cases.len());
}
