//! Data that changes while Almanac runs: the next question is read with the values that came in.

use std::path::Path;

use almanac_agent_contract::{Outcome, Reply};
use almanac_metrics::Source;
use almanac_server::{App, Asker, Question, Setup};
use serde_json::json;

use crate::shop::setup;

const DEFINITIONS: &str = "\
models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_on
    columns:
      - name: order_id
        entity: {type: primary, name: order}
      - name: ordered_on
        granularity: day
        dimension: {type: time}
      - name: city
        dimension: {type: categorical}
    metrics:
      - {name: orders, agg: count, expr: 1}
";

const ORDERS: &str = "order_id,ordered_on,city\n1,2026-11-18,Porto\n2,2026-11-19,Braga\n";

fn shop_of(folder: &Path) -> Setup {
    let data = folder.join("data");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("orders.csv"), ORDERS).unwrap();
    let definitions = folder.join("metrics.yml");
    std::fs::write(&definitions, DEFINITIONS).unwrap();
    Setup {
        definitions: vec![definitions],
        source: Source::Files { path: data },
        ..setup(folder)
    }
}

async fn ask(asker: &Asker, text: &str) -> Reply {
    let question = Question {
        text,
        ..Question::default()
    };
    asker.ask(question).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_comes_in_is_known_to_the_next_question() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&shop_of(folder.path())).await.unwrap();
    let asker = Asker::start(app.clone());
    assert_eq!(
        ask(&asker, "orders in Lisbon").await.outcome,
        Outcome::Refuse
    );
    let more = format!("{ORDERS}3,2026-11-19,Lisbon\n");
    std::fs::write(folder.path().join("data/orders.csv"), more).unwrap();
    assert!(app.layer.refresh().await.unwrap());

    let reply = ask(&asker, "orders in Lisbon").await;
    let card = reply.card.unwrap();
    assert_eq!(
        card.query["filters"],
        json!([{"dimension": "order__city", "op": "in", "values": ["Lisbon"]}])
    );
    assert_eq!(card.table.shown, [["1"]]);
    // Nothing has changed since: the model stays as it is.
    assert!(!app.layer.refresh().await.unwrap());
    asker.stop().await;
}
