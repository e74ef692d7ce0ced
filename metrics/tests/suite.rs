//! The metric layer over real files: definitions and data are written into a folder by each test,
//! and every expected number was worked out by hand.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "what a test's preparation cannot do fails the test"
)]

mod suite {
    mod alternatives;
    mod basics;
    mod both;
    mod cache;
    mod calendars;
    mod catalogue;
    mod clocks;
    mod comparisons;
    mod completeness;
    mod conditions;
    mod conformance;
    mod conversions;
    mod damage;
    mod demo;
    mod edges;
    mod fan_out;
    mod folders;
    mod hostile;
    mod limits;
    mod manifests;
    mod many_values;
    mod mistakes;
    mod money;
    mod mutations;
    mod odds;
    #[cfg(feature = "ballista")]
    mod on_ballista;
    mod on_postgres;
    mod periods;
    mod semantic_manifest;
    mod shares;
    mod sharing;
    mod shop;
    mod snapshots;
    mod spec_types;
    mod specs;
    mod statements;
    mod through_time;
    mod values;
    mod wrong_definitions;
    mod zones;
}
