//! Cards and charts to write and draw.

use almanac_agent_contract::{
    Action, Badge, Card, CardTable, Change, ChartKind, ChartSpec, Column, ColumnType, Explain,
    Format, Freshness, Headline, Outcome, Period, Reply, Series, Value,
};
use almanac_cards::Writer;
use jiff::civil::date;

/// Values as one series of a chart in dollars.
pub(crate) fn chart(kind: ChartKind, labels: &[&str], values: &[Option<f64>]) -> ChartSpec {
    ChartSpec {
        kind,
        title: "Revenue by country".into(),
        labels: labels.iter().map(ToString::to_string).collect(),
        series: vec![Series {
            name: "Revenue".into(),
            values: values.to_vec(),
            muted: false,
        }],
        format: Format::Currency(None),
        locale: "en".into(),
        currency: "USD".into(),
        alt: "Revenue by country".into(),
    }
}

/// A breakdown with a headline, as long as `rows`.
pub(crate) fn breakdown(rows: &[(&str, Option<f64>)]) -> Card {
    let writer = Writer::new("en", "USD");
    let format = Format::Currency(None);
    let labels: Vec<&str> = rows.iter().map(|(name, _)| *name).collect();
    let values: Vec<Option<f64>> = rows.iter().map(|(_, value)| *value).collect();
    let cells: Vec<Vec<Value>> = rows
        .iter()
        .map(|(name, value)| {
            vec![
                Value::Text((*name).into()),
                value.map_or(Value::Null, Value::Float),
            ]
        })
        .collect();
    let total: f64 = values.iter().flatten().sum();
    Card {
        title: "Revenue by country".into(),
        headline: Some(Headline {
            label: "Revenue".into(),
            value: Some(total),
            text: writer.number(total, &format),
            changes: vec![Change {
                base: 1.0,
                relative: Some(-0.041),
                good: Some(false),
                text: "−4.1% vs 2–8 Nov 2026".into(),
            }],
        }),
        table: CardTable {
            columns: vec![
                Column {
                    name: "customer__country".into(),
                    kind: ColumnType::Text,
                },
                Column {
                    name: "revenue".into(),
                    kind: ColumnType::Float,
                },
            ],
            labels: vec!["Country".into(), "Revenue".into()],
            shown: cells
                .iter()
                .map(|row| {
                    row.iter()
                        .map(|value| writer.value(value, &format))
                        .collect()
                })
                .collect(),
            rows: cells,
        },
        chart: Some(chart(ChartKind::Bar, &labels, &values)),
        period: Some(Period {
            start: date(2026, 11, 9),
            end: date(2026, 11, 15),
            zone: "America/Sao_Paulo".into(),
            text: "9–15 Nov 2026, America/Sao_Paulo".into(),
        }),
        filters: vec!["Channel is organic".into()],
        groupings: vec!["Country".into()],
        metrics: vec!["Revenue".into()],
        freshness: Some(Freshness {
            as_of: date(2026, 11, 19),
            text: "Data to 19 Nov 2026; refunds of the last 7 days still come in".into(),
            missing: vec![],
        }),
        badge: Badge::Governed,
        follow_ups: vec!["and by channel?".into(), "last year instead".into()],
        actions: vec![Action::Explain, Action::ExportCsv],
        explain: Explain {
            metrics: vec![],
            sql: "SELECT 1".into(),
            engine: "DataFusion".into(),
            rows_read: None,
        },
        query: serde_json::json!({"metrics": ["revenue"]}),
        formats: vec![("revenue".into(), format, None)],
    }
}

/// An answer with a card.
pub(crate) fn answer(text: &str, card: Card) -> Reply {
    Reply {
        card: Some(card),
        ..Reply::words(Outcome::Answer, text)
    }
}
