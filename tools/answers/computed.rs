//! Shares, thresholds, statistics and ratios.

use almanac_agent_contract::{Badge, ChartKind};
use serde_json::json;

use super::shop::{shop, table};

#[tokio::test]
async fn shares_are_told_in_percent() {
    let shop = shop().await;
    let (card, summary) = shop
        .ask(json!({"metrics": ["revenue"], "group_by": ["order__country"], "shares": true}))
        .await;
    assert_eq!(
        summary,
        "Share of revenue by country (1–8 Nov 2026): Brazil is 45% of revenue, then United States (25%) and Mexico (24%)."
    );
    assert_eq!(
        table(&card),
        "Country | Revenue | Share of revenue\n\
             Brazil | $450.00 | 45%\n\
             United States | $250.00 | 25%\n\
             Mexico | $240.00 | 24%\n\
             — | $60.00 | 6%"
    );
    assert_eq!(card.headline, None);
    assert_eq!(card.badge, Badge::Governed);
    let chart = card.chart.unwrap();
    assert_eq!(chart.kind, ChartKind::Bar);
    assert_eq!(chart.series[0].values[0], Some(0.45));
}

#[tokio::test]
async fn a_share_that_was_asked_about_is_the_headline() {
    let shop = shop().await;
    let brazil = json!({"metrics": ["revenue"], "group_by": ["order__country"], "shares": true,
        "time_range": {"start": "2026-11-01", "end": "2026-11-07"},
        "focus": [{"dimension": "order__country", "value": "BR"}]});
    let (card, summary) = shop.ask(brazil).await;
    assert_eq!(
        summary,
        "Share of revenue by country (1–7 Nov 2026): Brazil is 47.9% of revenue: $450.00 of $940.00."
    );
    let headline = card.headline.unwrap();
    assert_eq!(
        (headline.label.as_str(), headline.text.as_str()),
        ("Share of revenue: Brazil", "47.9%")
    );
    let both = json!({"metrics": ["revenue"], "group_by": ["order__country"], "shares": true,
        "focus": [{"dimension": "order__country", "value": "BR"}, {"dimension": "order__country", "value": "MX"}]});
    assert_eq!(
        shop.says(both).await,
        "Share of revenue by country (1–8 Nov 2026): Brazil and Mexico make up 69% of revenue: $690.00 of $1,000."
    );
    let nobody = json!({"metrics": ["revenue"], "group_by": ["order__country"], "shares": true,
        "focus": [{"dimension": "order__country", "value": "DE"}]});
    assert_eq!(
        shop.says(nobody).await,
        "Share of revenue by country (1–8 Nov 2026): there is no revenue for DE."
    );
    // Shares of what does not add up are told one by one.
    let distinct = json!({"metrics": ["buyers"], "group_by": ["order__country"], "shares": true,
        "focus": [{"dimension": "order__country", "value": "BR"}, {"dimension": "order__country", "value": "MX"}]});
    assert_eq!(
        shop.says(distinct).await,
        "Share of customers by country (1–8 Nov 2026): Brazil (33.3%) and Mexico (33.3%)."
    );
    let series = json!({"metrics": ["revenue"], "group_by": ["order__country"], "shares": true, "grain": "week",
        "focus": [{"dimension": "order__country", "value": "BR"}]});
    let (card, summary) = shop.ask(series).await;
    assert_eq!(
        table(&card),
        "Week | Country | Revenue | Share of revenue\n\
             w/c 26 Oct | Brazil | $300.00 | 100%\n\
             w/c 2 Nov | Brazil | $150.00 | 21.4%"
    );
    assert_eq!(
        summary,
        "Share of revenue by country and week: Brazil (1–8 Nov 2026)."
    );
}

#[tokio::test]
async fn totals_and_others_have_their_place() {
    let shop = shop().await;
    let (card, summary) = shop
        .ask(
            json!({"metrics": ["revenue"], "group_by": ["order__country"], "totals": true,
            "other": true, "limit": 1}),
        )
        .await;
    assert_eq!(
        table(&card),
        "Country | Revenue | Revenue, total\n\
             Brazil | $450.00 | $1,000\n\
             Others | $550.00 | $1,000"
    );
    assert_eq!(
        summary,
        "Revenue by country (1–8 Nov 2026): Brazil ($450.00)."
    );
}

#[tokio::test]
async fn a_threshold_is_answered_with_yes_or_no() {
    let shop = shop().await;
    let ask = |op: &str, value: f64| {
        json!({"metrics": ["revenue"], "time_range": {"start": "2026-11-01", "end": "2026-11-08"},
            "threshold": {"op": op, "value": value}})
    };
    assert_eq!(
        shop.says(ask("gt", 800.0)).await,
        "Yes: Revenue (1–8 Nov 2026) was $1,000, 25% above $800.00."
    );
    assert_eq!(
        shop.says(ask("gte", 1250.0)).await,
        "No: Revenue (1–8 Nov 2026) was $1,000, 20% short of $1,250."
    );
    assert_eq!(
        shop.says(ask("lt", 2000.0)).await,
        "Yes: Revenue (1–8 Nov 2026) was $1,000, 50% below $2,000."
    );
    assert_eq!(
        shop.says(ask("lte", 800.0)).await,
        "No: Revenue (1–8 Nov 2026) was $1,000, 25% above $800.00."
    );
    assert_eq!(
        shop.says(ask("gte", 1000.0)).await,
        "Yes: Revenue (1–8 Nov 2026) was $1,000, exactly $1,000."
    );
    assert_eq!(
        shop.says(ask("gt", 0.0)).await,
        "Yes: Revenue (1–8 Nov 2026) was $1,000, $1,000 above $0."
    );
    let days =
        json!({"metrics": ["revenue"], "grain": "day", "threshold": {"op": "gt", "value": 120}});
    assert_eq!(
        shop.says(days).await,
        "Yes: Revenue by day (1–8 Nov 2026): 3 of 7 days > $120.00 (first 1 Nov, latest 5 Nov)."
    );
    let never =
        json!({"metrics": ["revenue"], "grain": "day", "threshold": {"op": "gt", "value": 1200}});
    assert_eq!(
        shop.says(never).await,
        "No: Revenue by day (1–8 Nov 2026): 0 of 7 days > $1,200."
    );
    let groups = json!({"metrics": ["revenue"], "group_by": ["order__country"],
        "threshold": {"op": "gte", "value": 240}});
    assert_eq!(
        shop.says(groups).await,
        "Yes: Revenue by country (1–8 Nov 2026): 3 of 4 ≥ $240.00 (Brazil, United States and Mexico)."
    );
    let average = json!({"metrics": ["revenue"], "grain": "day", "statistic": "average",
        "threshold": {"op": "gt", "value": 100}});
    assert_eq!(
        shop.says(average).await,
        "Yes: Average daily revenue (1–8 Nov 2026) was $142.86, 42.9% above $100.00."
    );
    let beyond = json!({"metrics": ["revenue"], "time_range": {"start": "2027-01-01", "end": "2027-01-02"},
        "threshold": {"op": "gt", "value": 100}});
    assert_eq!(
        shop.says(beyond).await,
        "There is no data for this: Revenue (1–2 Jan 2027). Data to 8 Nov 2026."
    );
}

#[tokio::test]
async fn what_rows_come_to() {
    let shop = shop().await;
    let daily = |statistic: &str| {
        json!({"metrics": ["revenue"], "grain": "day", "statistic": statistic,
            "time_range": {"start": "2026-11-01", "end": "2026-11-08"}})
    };
    for (statistic, told) in [
        (
            "average",
            "Average daily revenue (1–8 Nov 2026): $142.86; 7 days.",
        ),
        (
            "median",
            "Median daily revenue (1–8 Nov 2026): $100.00; 7 days.",
        ),
        (
            "maximum",
            "Highest daily revenue (1–8 Nov 2026): $300.00 (1 Nov).",
        ),
        (
            "minimum",
            "Lowest daily revenue (1–8 Nov 2026): $40.00 (7 Nov).",
        ),
        ("count", "Days with revenue (1–8 Nov 2026): 7."),
    ] {
        assert_eq!(shop.says(daily(statistic)).await, told, "{statistic}");
    }
    let countries =
        json!({"metrics": ["orders"], "group_by": ["order__country"], "statistic": "count"});
    let (card, summary) = shop.ask(countries).await;
    assert_eq!(summary, "Countries with orders (1–8 Nov 2026): 3.");
    assert_eq!(card.table.rows.len(), 4);
    let weekly = json!({"metrics": ["orders"], "grain": "week", "statistic": "average"});
    assert_eq!(
        shop.says(weekly).await,
        "Average weekly orders (1–8 Nov 2026): 7; 1 week."
    );
    let by_country =
        json!({"metrics": ["revenue"], "group_by": ["order__country"], "statistic": "average"});
    assert_eq!(
        shop.says(by_country).await,
        "Average revenue by country (1–8 Nov 2026): $250.00."
    );
}

#[tokio::test]
async fn days_without_rows_are_zero_where_data_was_coming_in() {
    let shop = shop().await;
    // 450 on three of the seven days on which there were orders.
    let brazil = |statistic: &str| {
        json!({"metrics": ["revenue"], "grain": "day", "statistic": statistic,
            "filters": [{"dimension": "order__country", "op": "in", "values": ["BR"]}]})
    };
    assert_eq!(
        shop.says(brazil("average")).await,
        "Average daily revenue (1–8 Nov 2026, Country: Brazil): $64.29; 7 days."
    );
    assert_eq!(
        shop.says(brazil("median")).await,
        "Median daily revenue (1–8 Nov 2026, Country: Brazil): $0; 7 days."
    );
    assert_eq!(
        shop.says(brazil("minimum")).await,
        "Lowest daily revenue (1–8 Nov 2026, Country: Brazil): $0."
    );
    // Visits do not come daily: 40 in eight days.
    let sessions = json!({"metrics": ["sessions"], "grain": "day", "statistic": "average"});
    assert_eq!(
        shop.says(sessions).await,
        "Average daily sessions (1–8 Nov 2026): 5; 8 days."
    );
    // Distinct counts are zero, too; a condition on time leaves days out.
    let buyers = json!({"metrics": ["buyers"], "grain": "day", "statistic": "average",
        "filters": [{"dimension": "metric_time__extract_dow", "op": "in", "values": [7]},
                    {"dimension": "order__country", "op": "in", "values": ["BR"]}]});
    assert!(shop.says(buyers).await.ends_with(": 1; 1 day."));
}

#[tokio::test]
async fn a_ratio_that_nobody_defined() {
    let shop = shop().await;
    let whole = json!({"metrics": ["revenue", "sessions"], "ratio": true,
        "time_range": {"start": "2026-11-05", "end": "2026-11-08"}, "compare": ["previous_period"]});
    let (card, summary) = shop.ask(whole).await;
    assert_eq!(
        summary,
        "Revenue per session (5–8 Nov 2026): $11.67, −82.1% vs 1–4 Nov 2026. Revenue divided by sessions, computed here: no metric is defined so."
    );
    assert_eq!(card.badge, Badge::Exploratory);
    assert_eq!(
        table(&card),
        "Revenue | Revenue, 1–4 Nov 2026 | Sessions | Sessions, 1–4 Nov 2026 | Revenue per session | Revenue per session, 1–4 Nov 2026\n\
             $350.00 | $650.00 | 30 | 10 | $11.67 | $65.00"
    );
    let by_day = json!({"metrics": ["revenue", "sessions"], "ratio": true, "grain": "day"});
    let (card, summary) = shop.ask(by_day).await;
    assert_eq!(
        table(&card),
        "Day | Revenue | Sessions | Revenue per session\n\
             1 Nov | $300.00 | 10 | $30.00\n\
             2 Nov | $300.00 | 0 | —\n\
             4 Nov | $50.00 | — | —\n\
             5 Nov | $150.00 | 5 | $30.00\n\
             6 Nov | $100.00 | 5 | $20.00\n\
             7 Nov | $40.00 | — | —\n\
             8 Nov | $60.00 | 20 | $3.00"
    );
    assert_eq!(
        summary,
        "Revenue per session by day (1–8 Nov 2026). Highest $30.00 (1 Nov), lowest $3.00 (8 Nov). Revenue divided by sessions, computed here: no metric is defined so."
    );
    assert_eq!(card.chart.unwrap().series.len(), 1);
    let ranked = json!({"metrics": ["revenue", "orders"], "ratio": true, "group_by": ["order__country"], "limit": 2});
    let (card, summary) = shop.ask(ranked).await;
    assert_eq!(
        table(&card),
        "Country | Revenue | Orders | Revenue per order\n\
             Brazil | $450.00 | 3 | $150.00\n\
             United States | $250.00 | 2 | $125.00"
    );
    assert_eq!(
        summary,
        "Revenue per order by country (1–8 Nov 2026): Brazil leads with $150.00, then United States ($125.00). Revenue divided by orders, computed here: no metric is defined so."
    );
    let lowest = json!({"metrics": ["revenue", "orders"], "ratio": true, "group_by": ["order__country"],
        "order_by": [{"by": "ratio"}], "limit": 1});
    assert_eq!(
        shop.says(lowest).await,
        "Revenue per order by country (1–8 Nov 2026). Lowest: — ($60.00). Revenue divided by orders, computed here: no metric is defined so."
    );
}
