//! The definitions hold over the tables: every metric can be asked, by everything it can be
//! broken down by, and no word means two metrics.

use std::collections::HashMap;
use std::sync::Arc;

use almanac_agent_contract::Value;
use almanac_demo::{Size, ensure_sized};
use almanac_metrics::{GroupBy, Layer, LayerOptions, Limits, MetricQuery, Source};
use jiff::civil::date;

async fn layer(dir: &tempfile::TempDir) -> Layer {
    let shop = ensure_sized(dir.path(), date(2026, 11, 19), Size::Small).unwrap();
    let options = LayerOptions {
        definitions: vec![shop.definitions],
        source: Source::Files { path: shop.data },
        settings: Arc::new(shop.settings),
        cache: None,
        limits: Limits::default(),
    };
    Layer::open(options)
        .await
        .unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test]
async fn every_metric_has_a_number() {
    let dir = tempfile::tempdir().unwrap();
    let layer = layer(&dir).await;
    let catalog = layer.catalog();
    assert!(catalog.metrics.len() >= 40, "{}", catalog.metrics.len());
    for metric in &catalog.metrics {
        let query = MetricQuery {
            metrics: vec![metric.name.clone()],
            ..MetricQuery::default()
        };
        let answer = layer
            .run(&query)
            .await
            .unwrap_or_else(|e| panic!("{}: {e}", metric.name));
        let value = answer.table.rows[0][0].number();
        println!("{:24} {value:?} in {:?}", metric.name, answer.run);
        assert!(
            value.is_some_and(|value| value > 0.0),
            "{}: {:?}",
            metric.name,
            answer.table
        );
        assert!(
            !metric.description.is_empty() && !metric.label.is_empty(),
            "{}",
            metric.name
        );
    }
}

#[tokio::test]
async fn every_metric_can_be_broken_down() {
    let dir = tempfile::tempdir().unwrap();
    let layer = layer(&dir).await;
    let catalog = layer.catalog();
    for metric in &catalog.metrics {
        for dimension in &metric.dimensions {
            let query = MetricQuery {
                metrics: vec![metric.name.clone()],
                group_by: vec![GroupBy::named(dimension)],
                ..MetricQuery::default()
            };
            layer
                .compile(&query)
                .unwrap_or_else(|e| panic!("{} by {dimension}: {e}", metric.name));
        }
    }
    let by = |metric: &str| catalog.metric(metric).unwrap().dimensions.join(" ");
    for (metric, dimension) in [
        ("revenue", "customer__country"),
        ("revenue", "product__category"),
        ("revenue", "order__channel"),
        ("orders", "order__payment_method"),
        ("aov", "customer__segment"),
        ("conversion_rate", "session__channel"),
        ("conversion_rate", "session__country"),
        ("roas", "campaign__name"),
        ("net_revenue", "product__brand"),
        ("refunds", "refund__reason"),
        ("mrr", "plan__name"),
        ("churn_rate", "customer__country"),
        ("exchange_rate", "fx_rate__currency"),
    ] {
        assert!(
            by(metric).split(' ').any(|name| name == dimension),
            "{metric}: {}",
            by(metric)
        );
    }
}

#[tokio::test]
async fn a_snapshot_metric_is_its_last_snapshot() {
    let dir = tempfile::tempdir().unwrap();
    let layer = layer(&dir).await;
    let query = MetricQuery {
        metrics: vec!["active_subscriptions".into()],
        group_by: vec![GroupBy::named("plan__name")],
        ..MetricQuery::default()
    };
    let plans = layer.run(&query).await.unwrap().table;
    assert_eq!(plans.rows.len(), 3);
    let sum: f64 = plans.rows.iter().filter_map(|row| row[1].number()).sum();
    let total = MetricQuery {
        group_by: vec![],
        ..query
    };
    let total = layer.run(&total).await.unwrap().table.rows[0][0]
        .number()
        .unwrap();
    assert!(
        (total - sum).abs() < 1e-9 && total < 100.0,
        "{total} and {sum}"
    );
}

#[tokio::test]
async fn countries_are_found_by_their_names() {
    let dir = tempfile::tempdir().unwrap();
    let catalog = layer(&dir).await.catalog();
    let countries = catalog.dimension("customer__country").unwrap();
    assert_eq!(countries.values.len(), 6);
    let brazil = countries
        .values
        .iter()
        .find(|v| v.value == Value::Text("BR".into()))
        .unwrap();
    assert_eq!(brazil.synonyms, ["Brazil", "Brasil"]);
    assert!(
        catalog
            .dimension("product__sku")
            .is_none_or(|sku| sku.values.is_empty())
    );
}

#[tokio::test]
async fn no_word_means_two_metrics() {
    let dir = tempfile::tempdir().unwrap();
    let catalog = layer(&dir).await.catalog();
    let mut meant: HashMap<String, &str> = HashMap::new();
    for metric in &catalog.metrics {
        let mut words: Vec<String> = metric
            .synonyms
            .iter()
            .map(|word| word.to_lowercase())
            .collect();
        words.push(metric.label.to_lowercase());
        words.push(metric.name.replace('_', " "));
        words.sort();
        words.dedup();
        for word in words {
            if let Some(other) = meant.insert(word.clone(), &metric.name) {
                panic!("\"{word}\" means {other} and {}", metric.name);
            }
        }
    }
}
