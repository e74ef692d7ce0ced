//! Twelve replies that between them have everything a reply can have, and what must be seen of each.

use almanac_agent_contract::{
    Action, Badge, Card, CardTable, Change, ChartKind, ChartSpec, Choice, Column, ColumnType,
    Direction, Explain, Format, Freshness, Headline, MetricDefinition, Outcome, Period, Reply,
    Series, Timing, Value,
};
use jiff::civil::date;
use serde_json::json;

/// A reply, and texts of it that a person must get to see.
pub(crate) struct Document {
    pub(crate) name: &'static str,
    pub(crate) reply: Reply,
    pub(crate) shows: Vec<String>,
}

/// The twelve.
pub(crate) fn all() -> Vec<Document> {
    vec![
        long_text(),
        wide_table(),
        chart(),
        choices(),
        thirty_rows(),
        statement(),
        right_to_left(),
        emoji(),
        hostile(),
        empty(),
        thirty_choices(),
        private(),
    ]
}

fn thirty_choices() -> Document {
    let choices: Vec<Choice> = (1..=30)
        .map(|n| Choice {
            label: format!("Reading number {n} of what you may have meant by that"),
            ask: format!("revenue by reading {n}"),
        })
        .collect();
    let shows = vec![
        "Reading number 1 ".into(),
        "Reading number 17 ".into(),
        "Reading number 30 ".into(),
    ];
    Document {
        name: "thirty choices",
        reply: Reply {
            choices,
            ..Reply::words(Outcome::Clarify, "Which one did you mean?")
        },
        shows,
    }
}

fn private() -> Document {
    Document {
        name: "private",
        reply: Reply {
            private: true,
            ..Reply::words(Outcome::Answer, "This is for you alone.")
        },
        shows: vec!["This is for you alone.".into()],
    }
}

fn long_text() -> Document {
    let paragraph = "Revenue held up in every country but one, and that one explains the rest. ";
    let text = format!("{}\n\nThe end of it.", paragraph.repeat(120));
    Document {
        name: "long text",
        reply: Reply::words(Outcome::Answer, text),
        shows: vec![paragraph.trim().into(), "The end of it.".into()],
    }
}

fn wide_table() -> Document {
    let columns = (0..14)
        .map(|n| (format!("Measure {n}"), ColumnType::Float))
        .collect();
    let rows = (0..6)
        .map(|row| {
            (0..14)
                .map(|n| amount(f64::from(row * 1_000 + n) * 1234.5))
                .collect()
        })
        .collect();
    let mut card = card("Fourteen measures by month", table(columns, rows));
    card.period = None;
    let shows = vec!["Measure 0".into(), "Measure 13".into()];
    Document {
        name: "wide table",
        reply: with(card, "Here they are."),
        shows,
    }
}

/// A headline, two changes, and a line with a gap.
pub(crate) fn chart() -> Document {
    let labels: Vec<String> = (1..=30).map(|day| format!("{day} Oct")).collect();
    let wave =
        |day: i32| 41_000.0 + 9_000.0 * (f64::from(day) / 3.5).sin() + 300.0 * f64::from(day);
    let now = (1..=30).map(|day| (day != 17).then(|| wave(day))).collect();
    let then = (1..=30).map(|day| Some(wave(day + 2) * 0.86)).collect();
    let rows = (1..=30)
        .map(|day| {
            let value = if day == 17 {
                (Value::Null, "—".to_owned())
            } else {
                amount(wave(day))
            };
            vec![words(&format!("{day} Oct 2026")), value]
        })
        .collect();
    let columns = vec![
        ("Day".to_owned(), ColumnType::Text),
        ("Revenue".to_owned(), ColumnType::Float),
    ];
    let mut card = card("Revenue by day", table(columns, rows));
    card.headline = Some(Headline {
        label: "Revenue".into(),
        value: Some(1_384_220.0),
        text: "$1,384,220".into(),
        changes: vec![
            Change {
                base: 1_232_600.0,
                relative: Some(0.123),
                good: Some(true),
                text: "+12.3% vs 1–30 Sep 2026".into(),
            },
            Change {
                base: 1_433_900.0,
                relative: Some(-0.035),
                good: Some(false),
                text: "−3.5% vs 1–30 Oct 2025".into(),
            },
        ],
    });
    card.chart = Some(ChartSpec {
        kind: ChartKind::Line,
        title: "Revenue by day".into(),
        labels,
        series: vec![
            Series {
                name: "Oct 2026".into(),
                values: now,
                muted: false,
            },
            Series {
                name: "Sep 2026".into(),
                values: then,
                muted: true,
            },
        ],
        format: Format::Currency(None),
        locale: "en".into(),
        currency: "USD".into(),
        alt: "Revenue by day: between $33,000 and $58,000, no data on 17 Oct".into(),
    });
    card.filters = vec!["Country: Brazil".into()];
    card.follow_ups = vec![
        "And by country?".into(),
        "Only returning customers".into(),
        "Why did it fall?".into(),
    ];
    let mut reply = with(
        card,
        "Revenue in Brazil was $1,384,220 in October, 12.3% more than in September.",
    );
    reply.reading = Some("revenue by day, only Brazil, 1 to 30 October 2026".into());
    let shows = vec![
        "revenue by day, only Brazil, 1 to 30 October 2026".into(),
        "$1,384,220".into(),
        "+12.3% vs 1–30 Sep 2026".into(),
        "1–30 Oct 2026, America/Sao_Paulo".into(),
        "Country: Brazil".into(),
        "Data to 19 Nov 2026; refunds of the last 7 days still come in".into(),
        "And by country?".into(),
    ];
    Document {
        name: "chart",
        reply,
        shows,
    }
}

/// A question back.
pub(crate) fn choices() -> Document {
    let choice = |label: &str, ask: &str| Choice {
        label: label.into(),
        ask: ask.into(),
    };
    let mut reply = Reply::words(
        Outcome::Clarify,
        "“Sales” can be read in two ways here: the money that came in, or the orders placed.",
    );
    reply.choices = vec![
        choice("Revenue last week", "revenue last week"),
        choice("Orders last week", "orders last week"),
    ];
    let shows = vec!["Revenue last week".into(), "Orders last week".into()];
    Document {
        name: "choices",
        reply,
        shows,
    }
}

fn thirty_rows() -> Document {
    let columns = vec![
        ("Product".to_owned(), ColumnType::Text),
        ("Orders".to_owned(), ColumnType::Integer),
    ];
    let rows = (1..=30)
        .map(|n| {
            vec![
                words(&format!("Product {n}")),
                (Value::Integer(900 - n), (900 - n).to_string()),
            ]
        })
        .collect();
    let card = card("Orders by product", table(columns, rows));
    let shows = vec!["Product 1".into(), "Product 20".into(), "Orders".into()];
    Document {
        name: "list of 30 rows",
        reply: with(card, "Thirty products sold."),
        shows,
    }
}

fn statement() -> Document {
    let columns = vec![
        ("Country".to_owned(), ColumnType::Text),
        ("Margin".to_owned(), ColumnType::Float),
    ];
    let rows = vec![vec![words("Brazil"), (Value::Float(0.31), "31%".into())]];
    let mut card = card("Margin by country", table(columns, rows));
    card.explain.sql = "SELECT country, sum(price) FILTER (WHERE a < b AND c <> '`') / 2\nFROM orders\nWHERE note LIKE '%&%'".into();
    Document {
        name: "code",
        reply: Reply {
            code: Some(
                "SELECT country,\n       sum(price) FILTER (WHERE a < b AND c <> '`')".into(),
            ),
            ..with(card, "Computed as `sum(price) / 2`.")
        },
        shows: vec![
            "`sum(price) / 2`".into(),
            "       sum(price) FILTER (WHERE a < b AND c <> '`')".into(),
        ],
    }
}

fn right_to_left() -> Document {
    let columns = vec![
        ("البلد".to_owned(), ColumnType::Text),
        ("الإيرادات".to_owned(), ColumnType::Float),
    ];
    let rows = vec![
        vec![words("المغرب"), amount(1_200.0)],
        vec![words("مصر"), amount(900.0)],
    ];
    let card = card("الإيرادات حسب البلد", table(columns, rows));
    let shows = vec!["المغرب".into(), "الإيرادات".into()];
    Document {
        name: "right to left",
        reply: with(card, "الإيرادات في الأسبوع الماضي"),
        shows,
    }
}

fn emoji() -> Document {
    let text = "📈 Up again 👩‍👩‍👧 — 🇧🇷 leads";
    Document {
        name: "emoji",
        reply: Reply::words(Outcome::Answer, text),
        shows: vec![text.into()],
    }
}

/// Texts that would be markup somewhere, in every place a text can stand.
fn hostile() -> Document {
    let attack =
        "<script>alert(1)</script><img src=x onerror=alert(2)>\"><b>'`*_ <!channel> @everyone";
    let escape = "\u{1b}]0;owned\u{7}\u{1b}[31mred";
    let both = format!("{attack}{escape}");
    let columns = vec![
        (both.clone(), ColumnType::Text),
        ("n".to_owned(), ColumnType::Integer),
    ];
    let rows = (0..2)
        .map(|n| vec![words(&both), (Value::Integer(n), n.to_string())])
        .collect();
    let mut card = card(&both, table(columns, rows));
    card.headline = Some(Headline {
        label: both.clone(),
        value: Some(1.0),
        text: both.clone(),
        changes: vec![Change {
            base: 1.0,
            relative: None,
            good: None,
            text: both.clone(),
        }],
    });
    card.chart = Some(ChartSpec {
        kind: ChartKind::Bar,
        title: both.clone(),
        labels: vec![both.clone(), "b".into()],
        series: vec![Series {
            name: both.clone(),
            values: vec![Some(1.0), Some(2.0)],
            muted: false,
        }],
        format: Format::Unit(both.clone()),
        locale: "en".into(),
        currency: "USD".into(),
        alt: both.clone(),
    });
    card.filters = vec![both.clone()];
    card.groupings = vec![both.clone()];
    card.follow_ups = vec![both.clone()];
    card.period = Some(Period {
        text: both.clone(),
        ..october()
    });
    card.freshness = Some(Freshness {
        as_of: date(2026, 11, 19),
        text: both.clone(),
        missing: vec![],
    });
    card.explain = Explain {
        metrics: vec![MetricDefinition {
            name: both.clone(),
            label: both.clone(),
            text: both.clone(),
        }],
        sql: both.clone(),
        engine: both.clone(),
        rows_read: Some(1),
    };
    let mut reply = with(card, &both);
    reply.reading = Some(both.clone());
    reply.choices = vec![Choice {
        label: both.clone(),
        ask: both,
    }];
    Document {
        name: "hostile",
        reply,
        shows: vec!["<script>alert(1)</script>".into(), "@everyone".into()],
    }
}

fn empty() -> Document {
    Document {
        name: "empty",
        reply: Reply::words(Outcome::Answer, ""),
        shows: vec![],
    }
}

fn with(card: Card, text: &str) -> Reply {
    let timing = Timing {
        total: 14.2,
        interpret: 0.6,
        compile: 0.1,
        run: 11.8,
    };
    Reply {
        card: Some(card),
        timing,
        ..Reply::words(Outcome::Answer, text)
    }
}

fn october() -> Period {
    Period {
        start: date(2026, 10, 1),
        end: date(2026, 10, 30),
        zone: "America/Sao_Paulo".into(),
        text: "1–30 Oct 2026, America/Sao_Paulo".into(),
    }
}

fn card(title: &str, table: CardTable) -> Card {
    Card {
        title: title.into(),
        headline: None,
        table,
        chart: None,
        period: Some(october()),
        filters: vec![],
        groupings: vec![],
        metrics: vec!["Revenue".into()],
        freshness: Some(Freshness {
            as_of: date(2026, 11, 19),
            text: "Data to 19 Nov 2026; refunds of the last 7 days still come in".into(),
            missing: vec![],
        }),
        badge: Badge::Governed,
        follow_ups: vec![],
        actions: vec![Action::Explain, Action::ExportCsv, Action::Good, Action::Bad],
        explain: Explain {
            metrics: vec![MetricDefinition {
                name: "revenue".into(),
                label: "Revenue".into(),
                text: "Money from paid orders, refunds taken off, in the workspace's currency. Computed as sum(order_total) − sum(refunded).".into(),
            }],
            sql: "SELECT date_trunc('day', o.ordered_at) AS metric_time__day,\n       sum(o.total_usd) - sum(coalesce(r.amount_usd, 0)) AS revenue\nFROM orders AS o\nLEFT JOIN refunds AS r ON r.order_id = o.order_id\nWHERE o.country = 'BR' AND o.ordered_at >= '2026-10-01' AND o.ordered_at < '2026-10-31'\nGROUP BY 1\nORDER BY 1".into(),
            engine: "DataFusion".into(),
            rows_read: Some(301_482),
        },
        query: json!({"metrics": ["revenue"]}),
        formats: vec![("revenue".into(), Format::Currency(None), Some(Direction::Up))],
    }
}

type Cell = (Value, String);

fn table(columns: Vec<(String, ColumnType)>, rows: Vec<Vec<Cell>>) -> CardTable {
    let labels = columns.iter().map(|(label, _)| label.clone()).collect();
    let columns = columns
        .into_iter()
        .enumerate()
        .map(|(at, (_, kind))| Column {
            name: format!("column_{at}"),
            kind,
        })
        .collect();
    let (rows, shown) = rows.into_iter().map(|row| row.into_iter().unzip()).unzip();
    CardTable {
        columns,
        labels,
        rows,
        shown,
    }
}

fn words(text: &str) -> Cell {
    (Value::Text(text.into()), text.into())
}

fn amount(value: f64) -> Cell {
    (Value::Float(value), format!("${value:.0}"))
}
