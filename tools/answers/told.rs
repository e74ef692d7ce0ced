//! Rankings, conditions, languages; how a query is computed and which values there are.

use almanac_agent_contract::Language;
use serde_json::json;

use super::shop::{shop, table};
use crate::explain_query::explain;

#[tokio::test]
async fn the_highest_bucket_is_named_with_its_value() {
    let shop = shop().await;
    let highest = json!({"metrics": ["revenue"], "grain": "day", "limit": 1,
        "order_by": [{"by": "revenue", "descending": true}]});
    assert_eq!(
        shop.says(highest).await,
        "Revenue by day (1–8 Nov 2026). Highest: 1 Nov ($300.00)."
    );
    let fewest = json!({"metrics": ["orders"], "group_by": ["order__country"], "limit": 1,
        "order_by": [{"by": "orders"}]});
    assert_eq!(
        shop.says(fewest).await,
        "Orders by country (1–8 Nov 2026). Lowest: — (1)."
    );
}

#[tokio::test]
async fn conditions_are_told() {
    let shop = shop().await;
    let (card, summary) = shop
        .ask(
            json!({"metrics": ["orders"], "group_by": ["order__country"],
            "having": [{"metric": "orders", "op": "gt", "value": 1},
                       {"metric": "revenue", "op": "gte", "value": 100, "per": "customer"}],
            "any_of": [[{"dimension": "order__device", "op": "in", "values": ["mobile"]},
                        {"dimension": "metric_time__extract_dow", "op": "in", "values": [6, 7]}]]}),
        )
        .await;
    assert_eq!(
        card.filters,
        [
            "Device: mobile or Weekday: Saturday, Sunday",
            "Orders > 1",
            "Revenue per customer ≥ $100.00"
        ]
    );
    assert_eq!(
        summary,
        "Orders by country (1–8 Nov 2026, Device: mobile or Weekday: Saturday, Sunday, Orders > 1, Revenue per customer ≥ $100.00): Brazil, 2."
    );
    let by_weekday = json!({"metrics": ["orders"], "group_by": ["metric_time__extract_dow"]});
    let (card, summary) = shop.ask(by_weekday).await;
    assert_eq!(
        table(&card),
        "Weekday | Orders\n\
             Monday | 2\n\
             Wednesday | 1\n\
             Thursday | 1\n\
             Friday | 1\n\
             Saturday | 1\n\
             Sunday | 2"
    );
    assert_eq!(
        summary,
        "Orders by weekday (1–8 Nov 2026): Monday leads with 2, then Sunday (2) and Wednesday (1)."
    );
}

#[tokio::test]
async fn in_the_readers_language() {
    let shop = shop().await;
    let asked = [
        json!({"metrics": ["revenue"], "group_by": ["order__country"], "shares": true,
            "focus": [{"dimension": "order__country", "value": "BR"}]}),
        json!({"metrics": ["revenue"], "threshold": {"op": "gt", "value": 2000}}),
        json!({"metrics": ["revenue"], "grain": "day", "statistic": "average"}),
        json!({"metrics": ["orders"], "group_by": ["order__country"], "statistic": "count"}),
        json!({"metrics": ["revenue", "orders"], "ratio": true}),
        json!({"metrics": ["revenue"], "grain": "week", "threshold": {"op": "gt", "value": 200}}),
        json!({"metrics": ["orders"], "group_by": ["metric_time__extract_dow"], "limit": 1,
            "order_by": [{"by": "orders"}]}),
    ];
    for (language, expected) in [
        (
            Language::Es,
            "Participación en revenue por country (1–8 nov 2026): Brazil es el 45\u{a0}% de revenue: 450,00\u{a0}US$ de 1.000\u{a0}US$.\n\
             No: Revenue (1–8 nov 2026) fue 1.000\u{a0}US$, un 50\u{a0}% por debajo de 2.000\u{a0}US$.\n\
             Promedio por día de revenue (1–8 nov 2026): 142,86\u{a0}US$; 7 días.\n\
             Número de country con orders (1–8 nov 2026): 3.\n\
             Revenue por orders (1–8 nov 2026): 125,00\u{a0}US$. Revenue entre orders, calculado aquí: ninguna métrica lo define así.\n\
             Sí: Revenue por semana (1–8 nov 2026): 2 de 2 semanas > 200,00\u{a0}US$ (primero sem. 26 oct, último sem. 2 nov).\n\
             Orders por día de la semana (1–8 nov 2026). Mínimo: miércoles (1).",
        ),
        (
            Language::Pt,
            "Participação em revenue por country (1–8 de nov. de 2026): Brazil é 45% de revenue: US$\u{a0}450,00 de US$\u{a0}1.000.\n\
             Não: Revenue (1–8 de nov. de 2026) foi US$\u{a0}1.000, 50% abaixo de US$\u{a0}2.000.\n\
             Média por dia de revenue (1–8 de nov. de 2026): US$\u{a0}142,86; 7 dias.\n\
             Número de country com orders (1–8 de nov. de 2026): 3.\n\
             Revenue por orders (1–8 de nov. de 2026): US$\u{a0}125,00. Revenue dividido por orders, calculado aqui: nenhuma métrica o define assim.\n\
             Sim: Revenue por semana (1–8 de nov. de 2026): 2 de 2 semanas > US$\u{a0}200,00 (primeiro sem. 26 de out., último sem. 2 de nov.).\n\
             Orders por dia da semana (1–8 de nov. de 2026). Mínimo: quarta-feira (1).",
        ),
    ] {
        let mut told = Vec::new();
        for json in &asked {
            told.push(shop.try_ask(language, json.clone()).await.unwrap().summary);
        }
        assert_eq!(told.join("\n"), expected);
    }
}

#[tokio::test]
async fn a_query_is_explained() {
    let shop = shop().await;
    let query = json!({"query": {"metrics": ["revenue"], "group_by": ["order__country"],
        "time_range": {"start": "2026-11-01", "end": "2026-11-07"},
        "filters": [{"dimension": "order__device", "op": "in", "values": ["mobile"]}]}});
    let (writer, scope) = shop.scope(Language::En);
    let arguments = serde_json::from_value(query).unwrap();
    let output = explain(&shop.layer, &writer, arguments, &scope)
        .await
        .unwrap();
    let (told, sql) = output.summary.split_once("SELECT").unwrap();
    let lines: Vec<_> = told.trim().lines().collect();
    assert_eq!(
        lines[..4],
        [
            "Revenue: sum of orders.amount",
            "Period: 1–7 Nov 2026, UTC",
            "Only: Device: mobile",
            "Broken down by: Country",
        ]
    );
    assert!(sql.contains("'mobile'"), "{sql}");
    let card = output.card.unwrap();
    assert!(card.chart.is_none() && card.explain.sql.contains("SELECT"));
}

#[tokio::test]
async fn values_are_listed() {
    let shop = shop().await;
    let all = json!({"dimension": "order__country"});
    let output = shop.values(Language::En, all.clone()).await.unwrap();
    assert_eq!(
        output.summary,
        "Country (3): BR (Brazil), MX (Mexico) and US (United States)."
    );
    assert_eq!(output.data["complete"], true);
    assert_eq!(output.choices[0].ask, "revenue by country this month");
    let output = shop.values(Language::Pt, all).await.unwrap();
    assert_eq!(
        output.summary,
        "Country (3): BR (Brazil), MX (Mexico) e US (United States)."
    );
    // Also by what people call them.
    let some = json!({"dimension": "order__country", "search": "bra"});
    let output = shop.values(Language::En, some).await.unwrap();
    assert_eq!(output.summary, "Country with \"bra\" (1): BR (Brazil).");
    let none = json!({"dimension": "order__country", "search": "zz"});
    let output = shop.values(Language::En, none).await.unwrap();
    assert_eq!(output.summary, "No value of Country contains \"zz\".");
    let dates = json!({"dimension": "order__day"});
    let output = shop.values(Language::Es, dates).await.unwrap();
    assert_eq!(output.summary, "Day va del 1 nov 2026 al 8 nov 2026.");
    let unknown = json!({"dimension": "order__county"});
    let error = shop.values(Language::En, unknown).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "There is no dimension called \"order__county\"."
    );
}
