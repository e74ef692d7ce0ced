//! Questions that are easily answered with a number that is not theirs. Each is read as it was
//! meant, or refused in words that say why.

use almanac_agent_contract::{Format, Scope, Settings, Weekday};
use almanac_agent_interpreter::{Intent, Lexicon};
use almanac_metrics::{Catalog, MetricInfo};

use crate::catalogs::{M, dimension, metric, shop};
use crate::shown::{check, lexicon, read, scope, scope_of, settings, short, shown};

const ORDER: &[&str] = &[
    "customer__country",
    "customer__gender",
    "order__channel",
    "order__device",
    "order__status",
    "order__currency",
];

fn defined(
    name: &'static str,
    label: &'static str,
    synonyms: &'static [&'static str],
    definition: &str,
) -> MetricInfo {
    MetricInfo {
        definition: definition.into(),
        ..metric(M {
            name,
            label,
            synonyms,
            format: Format::Number,
            parent: None,
            semi: false,
            dims: ORDER,
        })
    }
}

/// Metrics that count some statuses only, a median and an extreme beside no mean.
fn counted() -> Catalog {
    Catalog {
        metrics: vec![
            defined(
                "revenue",
                "Revenue",
                &["sales", "ventas", "receita"],
                "sum of order_items.amount where order_item__order_status = 'paid'",
            ),
            defined(
                "orders",
                "Orders",
                &["pedidos", "purchases"],
                "number of orders.order_id where order__status = 'paid'",
            ),
            defined(
                "payment_attempts",
                "Payment attempts",
                &["intentos de pago"],
                "number of orders.order_id where order__status in ('paid', 'failed')",
            ),
            defined(
                "canceled_orders",
                "Canceled orders",
                &["cancellations", "pedidos cancelados"],
                "number of orders.order_id where order__status = 'canceled'",
            ),
            defined(
                "median_minutes",
                "Mediana de minutos",
                &["median minutes"],
                "median of visits.minutes",
            ),
            defined(
                "longest_wait",
                "Maximum wait",
                &["espera máxima"],
                "max of visits.wait",
            ),
        ],
        dimensions: vec![
            dimension(
                "customer__country",
                "Country",
                &["market"],
                &[
                    ("BR", &["Brazil", "Brasil"]),
                    ("DE", &["Germany"]),
                    ("ES", &["Spain", "España"]),
                ],
            ),
            dimension(
                "customer__gender",
                "Gender",
                &["género"],
                &[("mujer", &[]), ("hombre", &[])],
            ),
            dimension(
                "order__channel",
                "Channel",
                &["canal", "canales", "canais"],
                &[("organic", &[]), ("email", &[])],
            ),
            dimension(
                "order__device",
                "Device",
                &[],
                &[("mobile", &[]), ("desktop", &[])],
            ),
            dimension(
                "order__status",
                "Order status",
                &["status"],
                &[
                    ("paid", &["pagados"]),
                    ("failed", &[]),
                    ("canceled", &["cancelled", "cancelados"]),
                ],
            ),
            dimension(
                "order__currency",
                "Currency",
                &["moneda"],
                &[
                    ("BRL", &["reais"]),
                    ("EUR", &["euros"]),
                    ("USD", &["dollars"]),
                ],
            ),
        ],
    }
}

fn refusal(lexicon: &Lexicon, question: &str) -> String {
    match read(lexicon, question, None, &scope()).intent {
        Intent::Refuse { text, .. } => text,
        other => format!("{question}: {other:?}"),
    }
}

#[test]
fn a_place_the_data_does_not_have_is_no_typo_of_a_dimension() {
    let lexicon = lexicon(counted());
    for question in [
        "revenue in Canada last month",
        "revenue in Paris last month",
        "orders from Canada last month",
        "orders in Canada and Brazil last month",
        "revenue in Brazil vs Canada",
        "revenue for Contri last month",
        "ventas en Canadá el mes pasado",
        "receita em Paris no mês passado",
        "revenue in Wales last month",
        "revenue without Canada",
    ] {
        let reading = read(&lexicon, question, None, &scope());
        assert_eq!(shown(&reading), "refuse", "{question}");
        assert_eq!(reading.notes, [""; 0], "{question}");
    }
    assert_eq!(
        refusal(&lexicon, "revenue in Canada last month"),
        "I do not know “Canada”. The nearest I have: Brazil, Germany and Spain."
    );
    check(
        &lexicon,
        &[
            (
                "revenue in Brasill last month",
                "revenue | 2026-10-01..2026-10-31 | customer__country in BR | vs before",
            ),
            (
                "revenue in the contry Brazil",
                "revenue | customer__country in BR",
            ),
            ("revenue by contry", "revenue | by customer__country"),
            (
                "growth in revnue",
                "revenue | per month | 2025-11-01..2026-10-31",
            ),
        ],
    );
}

#[test]
fn a_ranking_is_by_the_metric_it_names() {
    let october = "2026-10-01..2026-10-31";
    let cases = [
        (
            "top 3 countries by orders last month",
            format!("orders | by customer__country | {october} | top 3"),
        ),
        (
            "worst 3 countries by orders last month",
            format!("orders | by customer__country | {october} | bottom 3"),
        ),
        (
            "top 3 countries by purchases last month",
            format!("orders | by customer__country | {october} | top 3"),
        ),
        (
            "revenue for the top 3 countries by orders last month",
            format!("orders + revenue | by customer__country | {october} | top 3"),
        ),
    ];
    let cases: Vec<(&str, &str)> = cases.iter().map(|(q, e)| (*q, e.as_str())).collect();
    check(&lexicon(counted()), &cases);
    assert_eq!(
        refusal(&lexicon(counted()), "top 0 countries by orders"),
        "A ranking needs at least one row: top 1 or more."
    );
}

#[test]
fn one_statistic_is_never_another() {
    check(
        &lexicon(counted()),
        &[
            ("mediana de minutos", "median_minutes"),
            ("media de minutos", "refuse"),
            ("média de minutos", "refuse"),
            ("espera máxima", "longest_wait"),
            ("espera mínima", "refuse"),
        ],
    );
}

#[test]
fn a_filter_that_leaves_nothing_is_another_metric_or_told() {
    let lexicon = lexicon(counted());
    let canceled = "canceled_orders | 2026-10-01..2026-10-31 | vs before";
    check(
        &lexicon,
        &[
            ("how many orders were canceled last month", canceled),
            (
                "¿cuántos pedidos fueron cancelados el mes pasado?",
                canceled,
            ),
            ("orders not paid last month", "refuse"),
            ("pedidos no pagados el mes pasado", "refuse"),
            ("revenue not paid last month", "refuse"),
            ("payment attempts canceled last month", "refuse"),
            (
                "payment attempts not paid last month",
                "payment_attempts | 2026-10-01..2026-10-31 | order__status not paid | vs before",
            ),
            (
                "orders not canceled last month",
                "orders | 2026-10-01..2026-10-31 | order__status not canceled | vs before",
            ),
        ],
    );
    assert_eq!(
        refusal(&lexicon, "orders not paid last month"),
        "Orders only counts where Order status is paid, so that filter would leave nothing to count."
    );
}

#[test]
fn amounts_are_not_converted() {
    let lexicon = lexicon(counted());
    check(
        &lexicon,
        &[
            ("revenue last month in euros", "refuse"),
            ("receita em reais no mês passado", "refuse"),
            ("revenue in BRL", "refuse"),
            ("revenue in GBP by country", "refuse"),
            ("revenue in dollars", "revenue"),
            ("revenue in USD", "revenue"),
            ("orders placed in euros", "orders | order__currency in EUR"),
            ("revenue currency EUR", "revenue | order__currency in EUR"),
        ],
    );
    assert_eq!(
        refusal(&lexicon, "revenue last month in euros"),
        "Amounts are in USD; converting them to euros is not available."
    );
}

#[test]
fn values_in_the_plural_and_values_joined_by_or() {
    check(
        &lexicon(counted()),
        &[
            ("pedidos de mujeres", "orders | customer__gender in mujer"),
            (
                "revenue from organic or email on desktop",
                "revenue | order__channel in organic,email | order__device in desktop",
            ),
            (
                "revenue from organic or Brazil",
                "revenue | any of order__channel [Text(\"organic\")], customer__country [Text(\"BR\")]",
            ),
        ],
    );
}

#[test]
fn days_and_weeks_that_there_are_not() {
    let lexicon = lexicon(shop());
    for (question, text) in [
        (
            "revenue on 2026-02-29",
            "There is no such day as “2026-02-29”.",
        ),
        (
            "revenue on 31/02/2026",
            "There is no such day as “31/02/2026”.",
        ),
        (
            "revenue February 30",
            "There is no such day as “February 30”.",
        ),
        (
            "ventas del 31 de febrero",
            "No existe el día «31 de febrero».",
        ),
        (
            "receita em 31 de abril de 2026",
            "Não existe o dia “31 de abril de 2026”.",
        ),
        (
            "revenue week 53 2025",
            "There is no such week as “week 53 2025”.",
        ),
        ("revenue 2025-W53", "There is no such week as “2025-W53”."),
    ] {
        assert_eq!(refusal(&lexicon, question), text);
    }
    check(
        &lexicon,
        &[
            (
                "revenue on February 29",
                "revenue | 2024-02-29..2024-02-29 | vs before",
            ),
            ("revenue week 53", "refuse"),
            (
                "revenue weekend",
                "revenue | 2026-11-14..2026-11-15 | vs before",
            ),
            (
                "ventas por día de la semana pasada",
                "revenue | per day | 2026-11-09..2026-11-15",
            ),
            (
                "ventas por día de la semana",
                "revenue | by metric_time__extract_dow",
            ),
        ],
    );
}

fn compared(scope: &Scope, question: &str) -> String {
    let reading = read(&lexicon(shop()), question, None, scope);
    reading.query().map_or_else(|| shown(&reading), short)
}

#[test]
fn like_is_compared_with_like() {
    check(
        &lexicon(shop()),
        &[
            (
                "orders in October 2025 vs last year",
                "orders | 2025-10-01..2025-10-31 | vs last year",
            ),
            (
                "orders in November 2024 vs 2025",
                "orders | 2024-11-01..2024-11-30 | vs 2025-11-01..2025-11-30",
            ),
            (
                "revenue this week vs same week last year",
                "revenue | 2026-11-16..2026-11-20 | vs 2025-11-17..2025-11-21",
            ),
            (
                "revenue this week vs this week last year",
                "revenue | 2026-11-16..2026-11-20 | vs 2025-11-17..2025-11-21",
            ),
            (
                "revenue last week vs same week last year",
                "revenue | 2026-11-09..2026-11-15 | vs 2025-11-10..2025-11-16",
            ),
            (
                "sessions since Monday vs last week",
                "sessions | 2026-11-16..2026-11-20 | vs before",
            ),
            (
                "sessions since Tuesday vs last week",
                "sessions | 2026-11-17..2026-11-20 | vs 2026-11-10..2026-11-13",
            ),
            (
                "revenue this month vs August",
                "revenue | 2026-11-01..2026-11-20 | vs 2026-08-01..2026-08-20",
            ),
        ],
    );
    let sundays = Settings {
        week_start: Weekday::Sunday,
        ..settings()
    };
    assert_eq!(
        compared(
            &scope_of(sundays, "2026-11-20T15:00:00Z"),
            "revenue this week vs same week last year"
        ),
        "revenue | 2026-11-15..2026-11-20 | vs 2025-11-16..2025-11-21"
    );
    let fiscal = Settings {
        fiscal_year_start_month: 4,
        ..settings()
    };
    let fiscal = scope_of(fiscal, "2026-11-20T15:00:00Z");
    for question in [
        "revenue fiscal year to date",
        "revenue fiscal year to date vs previous period",
    ] {
        assert_eq!(
            compared(&fiscal, question),
            "revenue | 2026-04-01..2026-11-20 | vs 2025-04-01..2025-11-20"
        );
    }
    assert_eq!(
        compared(&fiscal, "revenue fiscal year to date by country"),
        "revenue | by customer__country | 2026-04-01..2026-11-20"
    );
    let january = scope_of(settings(), "2026-01-15T15:00:00Z");
    assert_eq!(
        compared(&january, "revenue year to date"),
        "revenue | 2026-01-01..2026-01-15 | vs 2025-01-01..2025-01-15"
    );
}

#[test]
fn notes_tell_only_what_was_read_otherwise() {
    let lexicon = lexicon(shop());
    let notes = |question: &str| read(&lexicon, question, None, &scope()).notes;
    assert_eq!(notes("revenue on Black Friday"), [""; 0]);
    assert_eq!(notes("sing a song"), [""; 0]);
    assert_eq!(notes("revnue last week"), ["I read “revnue” as “Revenue”."]);
}

#[test]
fn a_date_after_until_is_no_bound() {
    check(
        &lexicon(shop()),
        &[
            (
                "revenue hasta 15 de noviembre de 2026",
                "revenue | 2024-10-20..2026-11-15",
            ),
            (
                "receita até 15 de novembro",
                "revenue | 2024-10-20..2026-11-15",
            ),
            (
                "ingresos hasta 15/11/2026",
                "revenue | 2024-10-20..2026-11-15",
            ),
            (
                "revenue up to 15 November",
                "revenue | 2024-10-20..2026-11-15",
            ),
            ("ingresos hasta 2025", "revenue | 2024-10-20..2025-12-31"),
            (
                "countries with up to 15 orders",
                "orders | by customer__country | having orders Lte 15",
            ),
            (
                "países con hasta 2025 pedidos",
                "orders | by customer__country | having orders Lte 2025",
            ),
        ],
    );
}
