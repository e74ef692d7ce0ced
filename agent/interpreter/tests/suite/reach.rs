//! Words that may mean several things, where the catalogue records only one of them for the rest of
//! the question: a bakery that delivers, and is called, and left.

use almanac_agent_contract::Format;
use almanac_metrics::{Catalog, MetricInfo};

use crate::catalogs::{M, dimension, metric};
use crate::shown::{check, lexicon, read, scope, shown, standing};

fn counted(
    name: &'static str,
    label: &'static str,
    synonyms: &'static [&'static str],
    format: Format,
    dims: &'static [&'static str],
) -> MetricInfo {
    MetricInfo {
        entities: vec!["customer".into()],
        ..metric(M {
            name,
            label,
            synonyms,
            format,
            parent: None,
            semi: false,
            dims,
        })
    }
}

fn bakery() -> Catalog {
    const ORDER: &[&str] = &["order__shop", "order__channel", "order__service"];
    Catalog {
        metrics: vec![
            counted(
                "sales",
                "Sales",
                &["ventas", "vendas"],
                Format::Currency(None),
                ORDER,
            ),
            counted("orders", "Orders", &["pedidos"], Format::Number, ORDER),
            counted(
                "buns_sold",
                "Buns sold",
                &["panes vendidos", "pães vendidos"],
                Format::Number,
                &["order__shop", "bun__name"],
            ),
            counted(
                "deliveries",
                "Deliveries",
                &["entregas"],
                Format::Number,
                &["order__shop"],
            ),
            counted(
                "late_deliveries",
                "Late deliveries",
                &[],
                Format::Number,
                &["order__shop"],
            ),
            counted(
                "departures",
                "Departures",
                &["bajas"],
                Format::Number,
                &["departure__reason"],
            ),
            counted(
                "calls",
                "Calls",
                &["llamadas"],
                Format::Number,
                &["call__topic"],
            ),
            counted(
                "energy_used",
                "Energy used",
                &[],
                Format::Unit("kWh".into()),
                &["order__shop", "meter__reader"],
            ),
            counted(
                "price_per_kwh",
                "Price per kWh",
                &[],
                Format::Currency(None),
                &["order__shop"],
            ),
        ],
        dimensions: vec![
            dimension(
                "order__shop",
                "Shop",
                &["tienda", "loja"],
                &[("Centre", &[])],
            ),
            dimension(
                "order__channel",
                "Channel",
                &["canal"],
                &[("Delivery", &[]), ("Comparison site", &["comparador"])],
            ),
            dimension("order__service", "Service", &[], &[("Breakfast", &[])]),
            dimension(
                "bun__name",
                "Bun",
                &["pan", "pão"],
                &[("Sourdough", &[]), ("Rye", &[])],
            ),
            dimension(
                "departure__reason",
                "Reason for leaving",
                &["motivo de la baja"],
                &[("Price", &[]), ("Moved", &[])],
            ),
            dimension(
                "call__topic",
                "Call topic",
                &["motivo de la llamada"],
                &[("Complaint", &[]), ("Service", &[])],
            ),
            dimension(
                "meter__reader",
                "Reader",
                &[],
                &[("Customer", &[]), ("Company", &[])],
            ),
        ],
    }
}

#[test]
fn what_is_recorded_together_settles_what_a_word_means() {
    let october = "2026-10-01..2026-10-31";
    let cases = [
        (
            "llamadas por motivo en octubre",
            format!("calls | by call__topic | {october}"),
        ),
        (
            "bajas por motivo en octubre",
            format!("departures | by departure__reason | {october}"),
        ),
        (
            "¿cuál es el pan más vendido del mes pasado?",
            format!("buns_sold | by bun__name | {october} | top 1"),
        ),
        (
            "best selling bun last month",
            format!("buns_sold | by bun__name | {october} | top 1"),
        ),
        (
            "sourdough sold last month",
            format!("buns_sold | {october} | bun__name in Sourdough | vs before"),
        ),
        ("which are the best shops?", "which? ".to_owned()),
    ];
    let lexicon = lexicon(bakery());
    for (question, expected) in cases {
        let found = shown(&read(&lexicon, question, None, &scope()));
        if expected == "which? " {
            assert!(found.starts_with(&expected), "{question}: {found}");
        } else {
            assert_eq!(found, expected, "{question}");
        }
    }
}

#[test]
fn words_of_questions_are_no_values() {
    check(
        &lexicon(bakery()),
        &[
            (
                "compare orders in September with June",
                "orders | 2026-09-01..2026-09-30 | vs 2026-06-01..2026-06-30",
            ),
            (
                "how much energy did our customers use in October?",
                "energy_used | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "how many buns did we sell in October?",
                "buns_sold | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "kWh used in October",
                "energy_used | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "number one shop by orders in October",
                "orders | by order__shop | 2026-10-01..2026-10-31 | top 1",
            ),
            ("pedidos a día de hoy", "orders"),
            ("morning!", "hello"),
            ("ta, thank you", "thanks"),
            ("pedidos neste momento", "orders"),
        ],
    );
}

#[test]
fn what_follows_is_recorded_by_what_stands() {
    let lexicon = lexicon(bakery());
    let asked = |before: &str, then: &str| {
        let first = read(&lexicon, before, None, &scope());
        let query = first.query().expect("a query");
        shown(&read(&lexicon, then, Some(&standing(query)), &scope()))
    };
    assert_eq!(
        asked("orders last week", "delivery only"),
        "orders | 2026-11-09..2026-11-15 | order__channel in Delivery | vs before"
    );
    assert_eq!(
        asked("sales by shop last month", "also by service"),
        "sales | by order__shop | by order__service | 2026-10-01..2026-10-31"
    );
}

#[test]
fn what_is_left_out_is_not_asked_for() {
    let lexicon = lexicon(bakery());
    for question in [
        "orders last month, delivery left out",
        "orders last month, delivery excluded",
        "orders last month that didn't come by delivery",
        "pedidos del mes pasado, sin incluir delivery",
        "pedidos do mês passado, delivery excluído",
    ] {
        let found = shown(&read(&lexicon, question, None, &scope()));
        assert_eq!(
            found, "orders | 2026-10-01..2026-10-31 | order__channel not Delivery | vs before",
            "{question}"
        );
    }
}

#[test]
fn a_name_that_is_taken_apart_is_that_name() {
    check(
        &lexicon(bakery()),
        &[
            (
                "how many deliveries came late last month?",
                "late_deliveries | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "which shop had the most deliveries late last month?",
                "late_deliveries | by order__shop | 2026-10-01..2026-10-31 | top 1",
            ),
            (
                "deliveries and late deliveries last month",
                "deliveries + late_deliveries | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "vendas divididas pelas entregas em outubro",
                "sales + deliveries | 2026-10-01..2026-10-31 | vs before | ratio",
            ),
            (
                "how much did each shop sell last month?",
                "sales | by order__shop | 2026-10-01..2026-10-31",
            ),
            (
                "energy used by shop last month, split over the shops",
                "energy_used | by order__shop | 2026-10-01..2026-10-31",
            ),
            (
                "orders to shops last month",
                "orders | 2026-10-01..2026-10-31 | vs before",
            ),
        ],
    );
}
