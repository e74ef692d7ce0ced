//! An agency that lets homes: people and things of the business that are values of something else,
//! and metrics that only what else was said tells apart.

use almanac_agent_contract::Format;
use almanac_metrics::{Catalog, DimensionInfo, DimensionKind, MetricInfo};

use crate::catalogs::{M, dimension, metric};
use crate::shown::{check, lexicon, read, scope, shown};

fn of(
    (name, label): (&'static str, &'static str),
    format: Format,
    entities: &[&str],
    dims: &'static [&'static str],
) -> MetricInfo {
    MetricInfo {
        entities: entities.iter().map(|entity| (*entity).to_owned()).collect(),
        ..metric(M {
            name,
            label,
            synonyms: &[],
            format,
            parent: None,
            semi: false,
            dims,
        })
    }
}

fn lettings() -> Catalog {
    const HOME: &[&str] = &["tenant__country", "landlord__country", "office__name"];
    let homes = MetricInfo {
        semi_additive: true,
        ..of(
            ("homes", "Homes to let"),
            Format::Number,
            &["home_count"],
            &["office__name"],
        )
    };
    let hours = Format::Unit("hours".into());
    let sold_on = DimensionInfo {
        kind: DimensionKind::Time(almanac_agent_contract::Grain::Day),
        ..dimension("furniture__sold_on", "Sale date", &[], &[])
    };
    Catalog {
        metrics: vec![
            of(
                ("viewings", "Viewings"),
                Format::Number,
                &["viewing", "tenant", "landlord"],
                HOME,
            ),
            of(
                ("cancellations", "Cancellations"),
                Format::Number,
                &["cancellation"],
                &["office__name"],
            ),
            of(
                ("reply_time", "Reply time"),
                hours,
                &["message"],
                &["office__name"],
            ),
            of(
                ("reply_fees", "Reply fees"),
                Format::Currency(None),
                &["message"],
                &["office__name"],
            ),
            of(
                ("tenant_rating", "Tenant rating"),
                Format::Number,
                &["rating"],
                &["office__name"],
            ),
            of(
                ("landlord_rating", "Landlord rating"),
                Format::Number,
                &["rating"],
                &["office__name"],
            ),
            of(
                ("furniture_sold", "Furniture sold"),
                Format::Number,
                &["furniture"],
                &["office__name", "furniture__sold_on"],
            ),
            of(
                ("utilisation", "Utilisation"),
                Format::Percent,
                &["home"],
                &["office__name"],
            ),
            of(
                ("disputes", "Disputes"),
                Format::Number,
                &["dispute"],
                &["dispute__winner"],
            ),
            homes,
        ],
        dimensions: vec![
            dimension(
                "tenant__country",
                "Tenant country",
                &[],
                &[("Portugal", &[])],
            ),
            dimension(
                "landlord__country",
                "Landlord country",
                &[],
                &[("Portugal", &[])],
            ),
            dimension("office__name", "Office", &[], &[("Chiado", &[])]),
            dimension(
                "dispute__winner",
                "Dispute winner",
                &[],
                &[("Tenant", &[]), ("Landlord", &[]), ("Home", &[])],
            ),
            sold_on,
        ],
    }
}

#[test]
fn people_of_the_business_are_no_values_of_something_else() {
    check(
        &lexicon(lettings()),
        &[
            (
                "viewings of tenants in Portugal last month",
                "viewings | 2026-10-01..2026-10-31 | tenant__country in Portugal | vs before",
            ),
            (
                "viewings by landlords in Portugal last month",
                "viewings | 2026-10-01..2026-10-31 | landlord__country in Portugal | vs before",
            ),
            (
                "how many viewings did tenants have last month?",
                "viewings | 2026-10-01..2026-10-31 | vs before",
            ),
            ("how many homes do we have?", "homes"),
            ("homes to let today", "homes"),
        ],
    );
}

#[test]
fn what_kind_of_number_is_asked_for_tells_metrics_apart() {
    check(
        &lexicon(lettings()),
        &[
            (
                "how long did replies take last month?",
                "reply_time | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "what rating do our landlords get this year?",
                "landlord_rating | 2026-01-01..2026-11-20 | vs before",
            ),
            (
                "how much furniture did we sell last month?",
                "furniture_sold | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "home utilization in October",
                "utilisation | 2026-10-01..2026-10-31 | vs before",
            ),
        ],
    );
}

#[test]
fn a_name_that_was_left_out_is_asked_about() {
    let lexicon = lexicon(lettings());
    for question in [
        "what rating do our tenants and landlords get for cancellations this year?",
        "how many landlords had cancellations in Portugal last month?",
    ] {
        let found = shown(&read(&lexicon, question, None, &scope()));
        let asks = found.starts_with("which?") || found.starts_with("refuse");
        assert!(asks, "{question}: {found}");
    }
}
