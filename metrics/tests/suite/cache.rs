//! The index of values is kept until definitions or data change, and made anew while it is used.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::Settings;
use almanac_metrics::{Catalog, Layer, LayerOptions, Limits, Source};

use super::shop::{CUSTOMERS, ORDERS, write, write_shop};

async fn catalog(folder: &Path) -> Arc<Catalog> {
    layer(folder).await.catalog()
}

async fn layer(folder: &Path) -> Layer {
    let layer = Layer::open(LayerOptions {
        definitions: vec![folder.join("metrics.yml")],
        source: Source::Files {
            path: folder.join("data"),
        },
        settings: Arc::new(Settings::default()),
        cache: Some(folder.join("cache")),
        limits: Limits::default(),
    });
    layer.await.unwrap()
}

fn statuses(catalog: &Catalog) -> usize {
    catalog.dimension("order__status").unwrap().values.len()
}

#[tokio::test]
async fn warm_is_the_same_as_cold_and_changes_are_seen() {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    let cold = catalog(folder.path()).await;
    let kept = folder.path().join("cache/metrics-index.json");
    assert!(kept.is_file());
    assert_eq!(*catalog(folder.path()).await, *cold);
    // What is kept is what is used: a word put into it comes back.
    let doctored = fs::read_to_string(&kept)
        .unwrap()
        .replace("refunded", "doctored");
    fs::write(&kept, doctored).unwrap();
    assert_ne!(*catalog(folder.path()).await, *cold);
    write(
        folder.path(),
        "data/orders.csv",
        &format!("{ORDERS}8,10,2026-03-02,lost,1\n"),
    );
    assert_eq!(statuses(&*catalog(folder.path()).await), 3);
    // A broken file is made anew.
    fs::write(&kept, "{").unwrap();
    assert_eq!(statuses(&*catalog(folder.path()).await), 3);
}

#[tokio::test]
async fn a_cache_that_cannot_be_written_is_done_without() {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    write(folder.path(), "cache", "a file where a folder should be");
    assert_eq!(statuses(&*catalog(folder.path()).await), 2);
}

#[tokio::test]
async fn an_open_layer_takes_over_what_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    let layer = Arc::new(layer(folder.path()).await);
    let mut changes = layer.changes();
    let before = layer.catalog();
    assert!(!layer.refresh().await.unwrap());
    assert!(!changes.has_changed().unwrap());
    let more = format!("{ORDERS}8,10,2026-03-02,lost,1\n");
    write(folder.path(), "data/orders.csv", &more);
    assert!(layer.refresh().await.unwrap());
    assert!(changes.has_changed().unwrap());
    let after = changes.borrow_and_update().clone();
    assert_eq!((statuses(&before), statuses(&after)), (2, 3));
    let covered = |catalog: &Catalog| {
        let coverage = catalog.metric("orders").unwrap().coverage.clone();
        coverage.unwrap().last.to_string()
    };
    assert_eq!(covered(&before), "2026-03-01");
    assert_eq!(covered(&layer.catalog()), "2026-03-02");
    // The next opening finds it made.
    assert_eq!(*catalog(folder.path()).await, *after);
    // A key that now comes twice is told; no word of the catalogue is another.
    assert!(layer.doubtful().is_empty());
    let twice = format!("{CUSTOMERS}10,BR,2025-06-01\n");
    write(folder.path(), "data/customers.csv", &twice);
    assert!(!layer.refresh().await.unwrap());
    assert!(layer.doubtful()[0].contains("the same customer in several rows"));
}

#[tokio::test]
async fn data_that_cannot_be_read_leaves_the_catalogue_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    let layer = layer(folder.path()).await;
    let before = layer.catalog();
    fs::remove_file(folder.path().join("data/orders.csv")).unwrap();
    assert!(layer.refresh().await.is_err());
    assert_eq!(*layer.catalog(), *before);
    write(
        folder.path(),
        "data/orders.csv",
        &ORDERS.replace("refunded", "paid"),
    );
    assert!(layer.refresh().await.unwrap());
    assert_eq!(statuses(&layer.catalog()), 1);
}

#[tokio::test]
async fn it_is_kept_fresh_as_long_as_somebody_holds_it() {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    let layer = Arc::new(layer(folder.path()).await);
    let keeping = tokio::spawn(layer.keep_fresh(Duration::from_millis(1)));
    let mut changes = layer.changes();
    let more = format!("{ORDERS}8,10,2026-03-02,lost,1\n");
    write(folder.path(), "data/orders.csv", &more);
    changes.changed().await.unwrap();
    assert_eq!(statuses(&layer.catalog()), 3);
    drop(layer);
    keeping.await.unwrap();
}
