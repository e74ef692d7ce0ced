//! What columns, filters and groupings are called.

use almanac_agent_contract::{Format, Value};
use almanac_metrics::{Comparison, DimensionInfo, Filter, GroupBy, MetricInfo, Operator};

use super::Composer;

/// A column of a result, and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning<'a> {
    /// `metric_time` at the query's grain.
    Time,
    /// A dimension.
    Group(&'a GroupBy),
    /// A metric, in the asked period or in the one it is compared with.
    Metric(&'a str, Option<Comparison>),
}

impl Composer<'_> {
    pub(crate) fn metric(&self, name: &str) -> Option<&MetricInfo> {
        self.catalog.metric(name)
    }

    pub(crate) fn metric_label(&self, name: &str) -> String {
        self.metric(name)
            .map_or_else(|| name.to_owned(), |metric| metric.label.clone())
    }

    pub(crate) fn format(&self, metric: &str) -> Format {
        self.metric(metric)
            .map(|metric| metric.format.clone())
            .unwrap_or_default()
    }

    pub(crate) fn dimension_label(&self, name: &str) -> String {
        self.catalog
            .dimension(name)
            .map_or_else(|| name.to_owned(), |dimension| dimension.label.clone())
    }

    pub(crate) fn group_label(&self, group: &GroupBy) -> String {
        let label = self.dimension_label(&group.dimension);
        match group.grain {
            Some(grain) => format!("{label} ({})", self.words.grain(grain)),
            None => label,
        }
    }

    /// A dimension's value as people call it: codes by their name.
    pub(crate) fn value_label(&self, dimension: &str, value: &Value) -> String {
        let known = self
            .catalog
            .dimension(dimension)
            .and_then(|d| spelled_out(d, value));
        match (known, value) {
            (Some(name), _) => name.to_owned(),
            (None, Value::Boolean(true)) => self.words.yes.to_owned(),
            (None, Value::Boolean(false)) => self.words.no.to_owned(),
            (None, value) => self.writer.value(value, &Format::Number),
        }
    }

    /// A filter in words: "Country: Brazil, Mexico".
    pub(crate) fn filter(&self, filter: &Filter) -> String {
        let label = self.dimension_label(&filter.dimension);
        let values: Vec<_> = filter
            .values
            .iter()
            .map(|value| self.value_label(&filter.dimension, value))
            .collect();
        let values = values.join(", ");
        match filter.op {
            Operator::In => format!("{label}: {values}"),
            Operator::NotIn => format!("{label} ≠ {values}"),
            Operator::Gt => format!("{label} > {values}"),
            Operator::Gte => format!("{label} ≥ {values}"),
            Operator::Lt => format!("{label} < {values}"),
            Operator::Lte => format!("{label} ≤ {values}"),
            Operator::Contains => format!("{label} ∋ “{values}”"),
            Operator::IsNull => format!("{label}: {}", self.words.other),
            Operator::IsNotNull => format!("{label}: {}", self.words.all),
        }
    }
}

/// The name of a value that is a short code.
fn spelled_out<'a>(dimension: &'a DimensionInfo, value: &Value) -> Option<&'a str> {
    let Value::Text(code) = value else {
        return None;
    };
    let is_code = code.len() <= 3 && code.chars().all(|c| c.is_ascii_uppercase());
    let info = dimension
        .values
        .iter()
        .find(|info| is_code && info.value == *value)?;
    info.synonyms.first().map(String::as_str)
}

/// A label inside a sentence: "Revenue" becomes "revenue", "AOV" stays.
pub(crate) fn lowercase(label: &str) -> String {
    let mut chars = label.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => label.to_owned(),
    }
}

/// The last part of a dimension's qualified name: `status` of `order__status`.
pub(crate) fn own_name(qualified: &str) -> &str {
    qualified.rsplit("__").next().unwrap_or(qualified)
}

#[cfg(test)]
mod tests {
    use super::lowercase;

    #[test]
    fn acronyms_keep_their_capitals() {
        assert_eq!(lowercase("Revenue per session"), "revenue per session");
        assert_eq!(lowercase("AOV"), "AOV");
        assert_eq!(lowercase("MRR growth"), "MRR growth");
        assert_eq!(lowercase(""), "");
    }
}
