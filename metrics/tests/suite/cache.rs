//! The index of values is kept until definitions or data change.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use almanac_agent_contract::Settings;
use almanac_metrics::{Catalog, Layer, LayerOptions, Limits, Source};

use super::shop::{ORDERS, write, write_shop};

async fn catalog(folder: &Path) -> Arc<Catalog> {
    let layer = Layer::open(LayerOptions {
        definitions: vec![folder.join("metrics.yml")],
        source: Source::Files {
            path: folder.join("data"),
        },
        settings: Arc::new(Settings::default()),
        cache: Some(folder.join("cache")),
        limits: Limits::default(),
    });
    layer.await.unwrap().catalog()
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
