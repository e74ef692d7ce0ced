//! Compiled manifests: `semantic_manifest.json` as dbt writes it.

use std::path::PathBuf;

use almanac_metrics::validate;

const CONFORMANCE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/conformance/metricflow/semantic_manifests"
);

#[test]
fn those_of_the_conformance_suite_are_read() {
    for (name, metrics) in [
        ("extended_date", 7),
        ("multi_hop_join", 2),
        ("non_sm", 1),
        ("partitioned_multi_hop_join", 5),
        ("scd", 3),
        ("simple", 113),
    ] {
        let file = PathBuf::from(format!("{CONFORMANCE}/{name}_manifest.json"));
        assert_eq!(validate(&[file]), Ok(metrics), "{name}");
    }
}
