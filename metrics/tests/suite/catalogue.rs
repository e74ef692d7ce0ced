//! What the catalogue tells of metrics, dimensions and their values.

use almanac_agent_contract::{Direction, Format, Grain, Settings, Value};
use almanac_metrics::{Coverage, DimensionKind, ValueInfo};

use super::shop::{Asking, ask, day, open, shop, text, write};

#[tokio::test]
async fn metrics_in_words() {
    let shop = shop().await;
    let catalog = shop.layer.catalog();
    let definition = |name: &str| catalog.metric(name).unwrap().definition.clone();
    assert_eq!(
        definition("revenue"),
        "sum of orders.amount where order__status = 'paid'"
    );
    assert_eq!(definition("orders"), "number of orders");
    assert_eq!(definition("aov"), "revenue / paid_orders");
    assert_eq!(
        definition("refund_share"),
        "(gross where status = 'refunded') / gross"
    );
    assert_eq!(
        definition("net"),
        "all_of_it - refunds * 2, where all_of_it is gross and refunds is (gross where order__status = 'refunded')"
    );
    let revenue = catalog.metric("revenue").unwrap();
    assert_eq!(
        (revenue.label.as_str(), &revenue.format),
        ("Revenue", &Format::Number)
    );
    assert_eq!(revenue.finest_grain, Grain::Day);
    assert!(!revenue.semi_additive);
    assert_eq!(
        revenue.dimensions,
        [
            "order__ordered_on",
            "order__status",
            "customer__country",
            "customer__signed_up_on"
        ]
    );
    // Items lead on to the customer of their order; the short name says enough.
    let units = catalog.metric("units").unwrap();
    assert!(
        units.dimensions.contains(&"customer__country".to_owned()),
        "{:?}",
        units.dimensions
    );
    // Orders and visits share their customers only.
    let conversion = catalog.metric("conversion").unwrap();
    assert_eq!(
        conversion.dimensions,
        ["customer__country", "customer__signed_up_on"]
    );
}

#[tokio::test]
async fn dimensions_and_their_values() {
    let shop = shop().await;
    let catalog = shop.layer.catalog();
    let country = catalog.dimension("customer__country").unwrap();
    assert_eq!(country.label, "Country");
    assert_eq!(country.synonyms, ["nation"]);
    assert_eq!(country.kind, DimensionKind::Categorical);
    assert!(country.complete);
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    assert_eq!(
        country.values,
        [
            ValueInfo {
                value: text("BR"),
                synonyms: names(&["Brazil", "Brasil"])
            },
            ValueInfo {
                value: text("US"),
                synonyms: Vec::new()
            },
        ]
    );
    let status = catalog.dimension("order__status").unwrap();
    let values: Vec<&Value> = status.values.iter().map(|known| &known.value).collect();
    assert_eq!(values, [&text("paid"), &text("refunded")]);
    let ordered = catalog.dimension("order__ordered_on").unwrap();
    assert_eq!(ordered.kind, DimensionKind::Time(Grain::Day));
    // Every name that is listed works.
    for metric in &catalog.metrics {
        for dimension in &metric.dimensions {
            shop.rows(ask(&[&metric.name]).by(dimension)).await;
        }
    }
}

const WORDS: &str = "
models:
  - name: visits
    semantic_model: true
    agg_time_dimension: day
    primary_entity: visit
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: code, dimension: {type: categorical}, config: {meta: {almanac: {index: false}}}}
      - {name: number, dimension: {type: categorical, label: Lucky number}}
    metrics:
      - name: visits
        label: Visits to the site
        description: All visits.
        agg: count
        config:
          meta:
            synonyms: [traffic]
            almanac:
              synonyms: [hits, visitas]
              format: {unit: visits}
              good: up
              late_days: 2
              owner: web
      - {name: money, agg: sum, expr: number, config: {meta: {almanac: {format: {currency: EUR}, good: down, parent: visits}}}}
";

fn days(gap: &[&str]) -> String {
    let mut rows = "day,code,number\n".to_owned();
    for number in 1..=10 {
        let date = format!("2026-05-{number:02}");
        if !gap.contains(&date.as_str()) {
            rows.push_str(&format!("{date},c{number},{}\n", number % 3));
        }
    }
    rows
}

#[tokio::test]
async fn words_gaps_and_hidden_values() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", WORDS);
    write(
        folder.path(),
        "data/visits.csv",
        &days(&["2026-05-04", "2026-05-05"]),
    );
    let catalog = open(folder.path(), &Settings::default())
        .await
        .unwrap()
        .catalog();
    let visits = catalog.metric("visits").unwrap();
    assert_eq!(visits.label, "Visits to the site");
    assert_eq!(visits.description, "All visits.");
    assert_eq!(visits.synonyms, ["traffic", "hits", "visitas"]);
    assert_eq!(visits.format, Format::Unit("visits".into()));
    assert_eq!(visits.direction, Some(Direction::Up));
    assert_eq!(
        (visits.late_days, visits.owner.as_deref()),
        (2, Some("web"))
    );
    let money = catalog.metric("money").unwrap();
    assert_eq!(money.format, Format::Currency(Some("EUR".into())));
    assert_eq!(money.parent.as_deref(), Some("visits"));
    let gaps = vec![day("2026-05-04"), day("2026-05-05")];
    let coverage = Coverage {
        first: day("2026-05-01"),
        last: day("2026-05-10"),
        gaps,
    };
    assert_eq!(visits.coverage, Some(coverage));
    let code = catalog.dimension("visit__code").unwrap();
    assert_eq!((code.values.len(), code.complete), (0, false));
    let number = catalog.dimension("visit__number").unwrap();
    assert_eq!(number.label, "Lucky number");
    let values: Vec<&Value> = number.values.iter().map(|known| &known.value).collect();
    assert_eq!(
        values,
        [&Value::Integer(0), &Value::Integer(1), &Value::Integer(2)]
    );
}

#[tokio::test]
async fn data_that_does_not_come_daily_has_no_gaps() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", WORDS);
    let three = ["2026-05-03", "2026-05-05", "2026-05-07"];
    write(folder.path(), "data/visits.csv", &days(&three));
    let catalog = open(folder.path(), &Settings::default())
        .await
        .unwrap()
        .catalog();
    assert!(
        catalog
            .metric("visits")
            .unwrap()
            .coverage
            .as_ref()
            .unwrap()
            .gaps
            .is_empty()
    );
}
