//! Metrics that must not be summed over time: members at the end of a period.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::Comparison;

use super::shop::{Asking, Shop, ask, open, write};

const DEFINITIONS: &str = "
models:
  - name: members
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: snapshot
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: club, entity: {type: foreign, name: club}}
      - {name: plan, dimension: {type: categorical}}
    metrics:
      - name: members
        agg: sum
        expr: members
        non_additive_dimension: {name: day, window_agg: max}
      - name: opening_members
        agg: sum
        expr: members
        non_additive_dimension: {name: day, window_agg: min}
      - name: latest_of_each_club
        agg: sum
        expr: members
        non_additive_dimension: {name: day, window_agg: max, group_by: [club]}
      - name: pro_members
        agg: sum
        expr: members
        filter: \"{{ Dimension('snapshot__plan') }} = 'pro'\"
        non_additive_dimension: {name: day, window_agg: max}
      - {name: rows, agg: count}
  - name: clubs
    semantic_model: {enabled: true}
    columns:
      - {name: club, entity: {type: primary, name: club}}
      - {name: city, dimension: {type: categorical}}
metrics:
  - {name: members_a_row, type: ratio, numerator: members, denominator: rows}
";

/// Two clubs; the second has no snapshot on the last day.
const MEMBERS: &str = "day,club,plan,members
2026-01-15,1,basic,10
2026-01-15,2,basic,20
2026-01-31,1,basic,11
2026-01-31,1,pro,5
2026-01-31,2,basic,21
2026-02-14,1,basic,12
2026-02-14,2,pro,22
2026-02-28,1,basic,13
";

async fn members() -> Shop {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", DEFINITIONS);
    write(folder.path(), "data/members.csv", MEMBERS);
    write(
        folder.path(),
        "data/clubs.csv",
        "club,city\n1,Lisbon\n2,Porto\n",
    );
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    Shop { layer, folder }
}

#[tokio::test]
async fn without_a_period_the_latest_snapshot_counts() {
    let members = members().await;
    assert_eq!(
        members.rows(ask(&["members", "opening_members"])).await,
        "13 | 30"
    );
    // Club 2 was last seen on 14 February.
    assert_eq!(members.rows(ask(&["latest_of_each_club"])).await, "35");
}

#[tokio::test]
async fn each_bucket_has_its_own_last_snapshot() {
    let members = members().await;
    let query = ask(&["members", "opening_members", "latest_of_each_club"]).per(Grain::Month);
    assert_eq!(
        members.rows(query).await,
        "2026-01-01 | 37 | 30 | 37\n2026-02-01 | 13 | 34 | 35"
    );
    let query = ask(&["members"]).by("snapshot__day__month");
    assert_eq!(
        members.rows(query).await,
        "2026-01-01 | 37\n2026-02-01 | 13"
    );
}

#[tokio::test]
async fn a_period_ends_the_search() {
    let members = members().await;
    let query = ask(&["members"]).during("2026-01-01", "2026-02-20");
    assert_eq!(members.rows(query).await, "34");
}

#[tokio::test]
async fn groups_share_the_snapshot() {
    let members = members().await;
    let query = ask(&["members"])
        .by("club__city")
        .during("2026-01-01", "2026-01-31");
    assert_eq!(members.rows(query).await, "Porto | 21\nLisbon | 16");
    // On the last day Porto has no row, so it has no members then.
    assert_eq!(
        members.rows(ask(&["members"]).by("club__city")).await,
        "Lisbon | 13"
    );
}

#[tokio::test]
async fn beside_other_metrics_and_other_filters() {
    let members = members().await;
    let query = ask(&["members", "pro_members", "rows", "members_a_row"]).per(Grain::Month);
    assert_eq!(
        members.rows(query).await,
        "2026-01-01 | 37 | 5 | 5 | 7.4\n2026-02-01 | 13 | 22 | 3 | 4.3333"
    );
}

#[tokio::test]
async fn each_period_has_its_own_last_snapshot() {
    let members = members().await;
    let mut query = ask(&["members"]).during("2026-02-01", "2026-02-28");
    query.compare = vec![Comparison::PreviousPeriod];
    assert_eq!(members.rows(query.clone()).await, "13 | 37");
    query.grain = Some(Grain::Month);
    assert_eq!(members.rows(query).await, "2026-02-01 | 13 | 37");
}
