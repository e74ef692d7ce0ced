//! The metric layer over real files: definitions and data are written into a folder by each test,
//! and every expected number was worked out by hand.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "what a test's preparation cannot do fails the test"
)]

mod suite {
    mod basics;
    mod cache;
    mod catalogue;
    mod comparisons;
    mod conformance;
    mod damage;
    mod demo;
    mod folders;
    mod hostile;
    mod limits;
    mod manifests;
    mod mistakes;
    #[cfg(feature = "ballista")]
    mod on_ballista;
    mod on_postgres;
    mod periods;
    mod semantic_manifest;
    mod sharing;
    mod shop;
    mod snapshots;
    mod spec_types;
    mod specs;
    mod statements;
    mod wrong_definitions;
    mod zones;
}
