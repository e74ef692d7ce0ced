//! The names of a catalogue in a question of another language, as people ask whose company's words
//! are not their own: "¿cuál fue Net revenue el mes pasado?".

use almanac_agent_contract::Language;
use almanac_metrics::{Catalog, DimensionInfo, DimensionKind, MetricInfo, MetricQuery, TimeRange};
use jiff::ToSpan;
use jiff::civil::Date;

use super::asks_for_numbers;
use super::words::fold;
use crate::Case;

/// The question's query, asked on the day `today` in the languages that it was not asked in.
pub(super) fn frames(case: &Case, catalog: &Catalog, today: Date) -> Vec<(Language, String)> {
    let Some(query) = case.expect.query.as_ref().filter(|_| plain(case)) else {
        return Vec::new();
    };
    let languages = [Language::En, Language::Es, Language::Pt].into_iter();
    languages
        .filter(|language| *language != case.language)
        .filter_map(|language| Some((language, framed(query, catalog, today, language)?)))
        .collect()
}

/// One metric over a period, by one dimension at most, and nothing else.
fn plain(case: &Case) -> bool {
    let Some(query) = &case.expect.query else {
        return false;
    };
    let bare = MetricQuery {
        metrics: query.metrics.clone(),
        group_by: query.group_by.clone(),
        time_range: query.time_range,
        ..MetricQuery::default()
    };
    asks_for_numbers(case)
        && case.before.is_empty()
        && case.expect.arguments.is_empty()
        && bare == *query
        && query.metrics.len() == 1
        && query.group_by.len() <= 1
}

fn framed(
    query: &MetricQuery,
    catalog: &Catalog,
    today: Date,
    language: Language,
) -> Option<String> {
    let metric = catalog.metric(query.metrics.first()?)?;
    let name = named(metric, catalog)?;
    let range = query.time_range?;
    let period = period(range, today, language)?;
    let Some(group) = query.group_by.first() else {
        return Some(match language {
            Language::En => format!("what was {name} {period}?"),
            Language::Es => format!("¿cuál fue {name} {period}?"),
            Language::Pt => format!("qual foi {name} {period}?"),
        });
    };
    let dimension = catalog
        .dimension(&group.dimension)
        .filter(|_| group.grain.is_none())?;
    let by = grouped(dimension, metric, catalog)?;
    Some(match language {
        Language::En => format!("show me {name} by {by} {period}"),
        Language::Es => format!("muéstrame {name} por {by} {period}"),
        Language::Pt => format!("me mostra {name} por {by} {period}"),
    })
}

/// The metric's label, where it is nobody else's and no part of another's.
fn named<'a>(metric: &'a MetricInfo, catalog: &Catalog) -> Option<&'a str> {
    let label = fold(&metric.label);
    let metrics = catalog
        .metrics
        .iter()
        .filter(|other| other.name != metric.name);
    let others = metrics.flat_map(|other| other.synonyms.iter().chain([&other.label]));
    let dimensions = catalog.dimensions.iter();
    let mut others =
        others.chain(dimensions.flat_map(|other| other.synonyms.iter().chain([&other.label])));
    let plain = metric
        .label
        .chars()
        .all(|c| c.is_alphanumeric() || c == ' ');
    let own = others.all(|other| fold(other) != label);
    (plain && own).then_some(metric.label.as_str())
}

/// The dimension's label, where the metric has no other dimension of that name.
fn grouped<'a>(
    dimension: &'a DimensionInfo,
    metric: &MetricInfo,
    catalog: &Catalog,
) -> Option<&'a str> {
    let label = fold(&dimension.label);
    let own = metric
        .dimensions
        .iter()
        .filter(|name| **name != dimension.name)
        .filter_map(|name| catalog.dimension(name))
        .flat_map(|other| other.synonyms.iter().chain([&other.label]))
        .all(|other| fold(other) != label);
    let plain = dimension
        .label
        .chars()
        .all(|c| c.is_alphanumeric() || c == ' ');
    (own && plain && dimension.kind == DimensionKind::Categorical)
        .then_some(dimension.label.as_str())
}

/// A period in words, where it has a name that is the same in every workspace.
fn period(range: TimeRange, today: Date, language: Language) -> Option<&'static str> {
    let first_of_month = today.first_of_month();
    let month_before = first_of_month.checked_sub(1.month()).ok()?;
    let year = today.first_of_year();
    let year_before = year.checked_sub(1.year()).ok()?;
    let yesterday = today.yesterday().ok()?;
    let is = |start: Date, end: Date| range.start == start && range.end == end;
    let words = if is(yesterday, yesterday) {
        ["yesterday", "ayer", "ontem"]
    } else if is(month_before, month_before.last_of_month()) {
        ["last month", "el mes pasado", "no mês passado"]
    } else if is(first_of_month, today) {
        ["this month", "este mes", "este mês"]
    } else if is(year, today) {
        ["this year", "este año", "este ano"]
    } else if is(year_before, year_before.last_of_year()) {
        ["last year", "el año pasado", "no ano passado"]
    } else {
        return None;
    };
    Some(match language {
        Language::En => words[0],
        Language::Es => words[1],
        Language::Pt => words[2],
    })
}
