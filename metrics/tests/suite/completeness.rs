//! Which buckets still fill, the period an answer is of, and shares of the whole.

use almanac_agent_contract::Grain;
use almanac_metrics::{MetricQuery, TimeRange};

use super::shop::{Asking, ask, day, shop};

#[tokio::test]
async fn buckets_that_end_after_the_last_whole_day_still_fill() {
    let shop = shop().await;
    let layer = &shop.layer;
    // Orders come until 1 March.
    let monthly = ask(&["orders"]).per(Grain::Month);
    let answer = layer.run(&monthly).await.unwrap();
    assert_eq!(answer.table.rows.len(), 3);
    let filling = |today| layer.filling(&monthly, &answer, day(today));
    assert_eq!(filling("2026-03-10"), [2]);
    // On 1 March February is over and that day is not.
    assert_eq!(filling("2026-03-01"), [2]);
    assert_eq!(filling("2026-02-20"), [1, 2]);
    assert_eq!(
        layer.complete_through(&monthly, day("2026-03-10")),
        Some(day("2026-03-01"))
    );
    let single = ask(&["orders"]);
    let answer = layer.run(&single).await.unwrap();
    assert!(
        layer
            .filling(&single, &answer, day("2026-02-20"))
            .is_empty()
    );
}

#[tokio::test]
async fn an_answer_tells_its_period() {
    let shop = shop().await;
    let (start, end) = (day("2026-01-01"), day("2026-01-31"));
    let query = ask(&["orders"]).during("2026-01-01", "2026-01-31");
    let answer = shop.layer.run(&query).await.unwrap();
    assert_eq!(answer.period, Some(TimeRange { start, end }));
    let answer = shop.layer.run(&ask(&["orders"])).await.unwrap();
    assert_eq!(answer.period, None);
}

#[tokio::test]
async fn shares_are_of_the_whole_period() {
    let query = MetricQuery {
        shares: true,
        ..ask(&["visits"])
            .by("customer__country")
            .during("2026-01-01", "2026-01-31")
    };
    assert_eq!(
        shop().await.rows(query).await,
        "US | 16 | 0.8\nBR | 4 | 0.2"
    );
}
