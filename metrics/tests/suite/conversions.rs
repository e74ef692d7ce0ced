//! Conversions: each event counts for the nearest one of the other kind before it.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::Operator;

use super::both::{Rows, both};
use super::shop::{Asking, ask, text};

const FUNNEL: &str = "
models:
  - name: visits
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: visit
    columns:
      - {name: user, entity: {type: foreign, name: user}}
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: channel, dimension: {type: categorical}}
      - {name: product, dimension: {type: categorical}}
    metrics:
      - {name: visits, agg: count, expr: 1}
  - name: buys
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: buy
    columns:
      - {name: user, entity: {type: foreign, name: user}}
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: product, dimension: {type: categorical}}
    metrics:
      - {name: buys, agg: count, expr: 1}
metrics:
  - {name: rate, type: conversion, entity: user, base_metric: visits, conversion_metric: buys, window: 7 days}
  - {name: bought, type: conversion, entity: user, base_metric: visits, conversion_metric: buys, window: 7 days, calculation: conversions}
  - {name: ever, type: conversion, entity: user, base_metric: visits, conversion_metric: buys, calculation: conversions}
  - {name: same, type: conversion, entity: user, base_metric: visits, conversion_metric: buys, window: 7 days, calculation: conversions, constant_properties: [{base_property: product, conversion_property: product}]}
";

#[tokio::test]
async fn conversions_count_for_the_nearest_event_before() {
    let tables = [
        Rows {
            name: "visits",
            columns: "user text, day date, channel text, product text",
            rows: "u1,2026-01-01,ads,p\nu1,2026-01-05,mail,q\nu2,2026-01-02,ads,p\n\
                   u3,2026-01-03,ads,p\nu4,2026-01-31,mail,q\n,2026-01-04,ads,p\n",
        },
        Rows {
            name: "buys",
            columns: "user text, day date, product text",
            rows: "u1,2026-01-06,p\nu1,2026-01-20,p\nu2,2026-01-02,p\nu3,2026-01-12,p\n\
                   u4,2026-02-03,p\nu5,2026-01-04,p\n,2026-01-05,p\n",
        },
    ];
    let mut funnel = both(FUNNEL, &tables, &Settings::default()).await;
    // Within seven days: u1's visit of the 5th, u2's of the same day, u4's. u3 came nine days
    // before, u5 never.
    funnel
        .holds(
            ask(&["bought", "visits"]).by("visit__channel"),
            "mail | 2 | 2\nads | 1 | 4",
        )
        .await;
    funnel
        .holds(ask(&["rate"]).by("visit__channel"), "mail | 1\nads | 0.25")
        .await;
    funnel
        .holds(ask(&["rate", "bought", "ever"]), "0.5 | 3 | 5")
        .await;
    funnel
        .holds(
            ask(&["bought"]).per(Grain::Day),
            "2026-01-02 | 1\n2026-01-05 | 1\n2026-01-31 | 1",
        )
        .await;
    funnel
        .holds(ask(&["rate"]).per(Grain::Month), "2026-01-01 | 0.5")
        .await;
    // Of the visits of those days; what they led to may be later.
    funnel
        .holds(ask(&["rate"]).during("2026-01-31", "2026-01-31"), "1")
        .await;
    funnel
        .holds(ask(&["rate"]).during("2026-01-01", "2026-01-03"), "0.6667")
        .await;
    funnel
        .holds(ask(&["rate"]).during("2026-02-01", "2026-02-28"), "-")
        .await;
    funnel
        .holds(
            ask(&["bought"]).only("visit__channel", Operator::In, &[text("ads")]),
            "2",
        )
        .await;
    // Of the same product: u1's visit of the 1st, u2's; u4 looked at another.
    funnel
        .holds(ask(&["same"]).by("visit__channel"), "ads | 2")
        .await;
    funnel.end().await;
}
