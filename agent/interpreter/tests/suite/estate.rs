//! An agency that sells homes and runs an open day with volunteers: names that a sentence takes
//! apart, what each of those that are counted has, and words that more than one thing is called by.

use almanac_agent_contract::Format;
use almanac_metrics::{Catalog, MetricInfo};

use crate::catalogs::{M, dimension, metric};
use crate::shown::{check, lexicon, read, scope, shown};

const HOME: &[&str] = &["valuation__reason", "office__name", "sale__funding"];

fn of(
    (name, label): (&'static str, &'static str),
    synonyms: &'static [&'static str],
    format: Format,
    (counts, entities): (Option<&str>, &[&str]),
) -> MetricInfo {
    MetricInfo {
        entities: entities.iter().map(|entity| (*entity).to_owned()).collect(),
        counts: counts.map(str::to_owned),
        ..metric(M {
            name,
            label,
            synonyms,
            format,
            parent: None,
            semi: false,
            dims: HOME,
        })
    }
}

fn estate() -> Catalog {
    let money = || Format::Currency(None);
    let sale: &[&str] = &["sale", "office"];
    let described = |description: &str, info: MetricInfo| MetricInfo {
        description: description.into(),
        ..info
    };
    Catalog {
        metrics: vec![
            of(
                ("income", "Agency income"),
                &["income"],
                money(),
                (None, &["office"]),
            ),
            of(
                ("sales_completed", "Sales completed"),
                &["homes sold", "viviendas vendidas"],
                Format::Number,
                (Some("sale"), sale),
            ),
            of(
                ("sales_value", "Sales value"),
                &["value of homes sold"],
                money(),
                (None, sale),
            ),
            of(("commission", "Commission"), &[], money(), (None, sale)),
            described(
                "Homes we valued for their owners.",
                of(
                    ("valuations", "Valuations"),
                    &[],
                    Format::Number,
                    (Some("valuation"), &["valuation"]),
                ),
            ),
            of(
                ("volunteers", "Volunteers"),
                &[],
                Format::Number,
                (Some("volunteer"), &["shift", "volunteer"]),
            ),
            of(
                ("volunteer_hours", "Volunteer hours"),
                &[],
                Format::Number,
                (None, &["shift", "volunteer"]),
            ),
            of(
                ("vacancy", "Time empty"),
                &["downtime"],
                Format::Unit("minutes".into()),
                (None, &["stop"]),
            ),
        ],
        dimensions: vec![
            dimension(
                "valuation__reason",
                "Valuation reason",
                &[],
                &[("Sale", &["selling", "to sell"]), ("Letting", &[])],
            ),
            dimension("office__name", "Office", &[], &[("Chiado", &[])]),
            dimension(
                "sale__funding",
                "Funding",
                &[],
                &[("Company", &[]), ("Mortgage", &[])],
            ),
        ],
    }
}

#[test]
fn a_name_that_the_sentence_takes_apart_is_one_name() {
    check(
        &lexicon(estate()),
        &[
            (
                "how many homes did we sell last month?",
                "sales_completed | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "how many homes did we sell in Chiado last month?",
                "sales_completed | 2026-10-01..2026-10-31 | office__name in Chiado | vs before",
            ),
            (
                "company homes sold last month",
                "sales_completed | 2026-10-01..2026-10-31 | sale__funding in Company | vs before",
            ),
        ],
    );
}

#[test]
fn a_word_that_several_are_called_by_is_asked_about() {
    let lexicon = lexicon(estate());
    for question in ["sales last month", "what were our sales in October?"] {
        let found = shown(&read(&lexicon, question, None, &scope()));
        let both = found.contains("Sales completed") && found.contains("Sales value");
        assert!(found.starts_with("which?") && both, "{question}: {found}");
    }
}

#[test]
fn what_each_has_is_found_by_its_unit() {
    check(
        &lexicon(estate()),
        &[
            (
                "commission per sale this year",
                "commission + sales_completed | 2026-01-01..2026-11-20 | vs before | ratio",
            ),
            (
                "how many minutes of downtime did we have last month?",
                "vacancy | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "volunteers with more than 10 hours last month",
                "volunteers | 2026-10-01..2026-10-31 | having volunteer_hours Gt 10 per volunteer | vs before",
            ),
        ],
    );
}

#[test]
fn two_months_that_are_said_together_are_one_period() {
    check(
        &lexicon(estate()),
        &[
            (
                "valuations in August and September",
                "valuations | 2026-08-01..2026-09-30 | vs before",
            ),
            (
                "change in valuations from September to October",
                "valuations | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "first-quarter valuations this year",
                "valuations | 2026-01-01..2026-03-31 | vs before",
            ),
        ],
    );
}

#[test]
fn what_is_to_come_and_what_is_to_be_done_is_no_number_of_the_past() {
    let lexicon = lexicon(estate());
    for question in [
        "¿cuántas viviendas venderemos en diciembre?",
        "quantas avaliações vamos vender em dezembro?",
        "stop the valuations",
    ] {
        let found = shown(&read(&lexicon, question, None, &scope()));
        assert!(!found.contains("2025-12"), "{question}: {found}");
        assert!(!found.starts_with("valuations"), "{question}: {found}");
    }
}
