//! Questions for whoever has not asked one yet, made of the metrics and dimensions that a workspace
//! has: on the web chat's empty page, in Slack's home tab, help and assistant.

use almanac_agent_contract::Language;
use almanac_metrics::Catalog;

/// A value, a trend, a breakdown and a ranking, as far as the catalogue has what they take.
pub(crate) fn examples(catalog: &Catalog, language: Language) -> Vec<String> {
    let Some(first) = catalog.metrics.first() else {
        return Vec::new();
    };
    let second = catalog.metrics.get(1).unwrap_or(first).label.to_lowercase();
    let with_values = |range: std::ops::RangeInclusive<usize>| {
        let mut dimensions = first
            .dimensions
            .iter()
            .filter_map(|name| catalog.dimension(name));
        let found = dimensions.find(|dimension| range.contains(&dimension.values.len()));
        found.map(|dimension| dimension.label.to_lowercase())
    };
    let (few, many) = (with_values(4..=15), with_values(30..=usize::MAX));
    let first = first.label.to_lowercase();
    let (last_week, trend, by, this_month) = match language {
        Language::En => ("last week", "by week this year", "by", "this month"),
        Language::Es => ("la semana pasada", "por semana este año", "por", "este mes"),
        Language::Pt => (
            "na semana passada",
            "por semana este ano",
            "por",
            "este mês",
        ),
    };
    let mut examples = vec![format!("{first} {last_week}"), format!("{second} {trend}")];
    examples.extend(few.map(|dimension| format!("{first} {by} {dimension} {last_week}")));
    examples.extend(many.map(|dimension| format!("top 5 {dimension} {by} {first} {this_month}")));
    examples
}
