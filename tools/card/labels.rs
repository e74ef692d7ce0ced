//! What columns, filters and groupings are called.

use almanac_agent_contract::{Format, Language, Value};
use almanac_metrics::{Comparison, DimensionInfo, GroupBy, MetricInfo, MetricQuery};

use super::Composer;
use crate::sentences::fill;

/// A column of a result, and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning<'a> {
    /// `metric_time` at the query's grain.
    Time,
    /// A dimension.
    Group(&'a GroupBy),
    /// A metric, in the asked period or in the one it is compared with.
    Metric(&'a str, Option<Comparison>),
    /// A metric's share of its total.
    Share(&'a str, Option<Comparison>),
    /// A metric's value over all groups.
    Total(&'a str, Option<Comparison>),
    /// The first metric divided by the second.
    Ratio(Option<Comparison>),
    /// Whether the row stands for all groups beyond the limit.
    Other,
}

impl Meaning<'_> {
    /// The same of the asked period, where it is a number of another one.
    pub(crate) const fn comparison(&self) -> Option<Comparison> {
        match self {
            Self::Metric(_, comparison)
            | Self::Share(_, comparison)
            | Self::Total(_, comparison)
            | Self::Ratio(comparison) => *comparison,
            Self::Time | Self::Group(_) | Self::Other => None,
        }
    }
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

    /// What the numbers of a column are numbers of.
    pub(crate) fn format_of(&self, meaning: &Meaning<'_>, query: &MetricQuery) -> Format {
        match meaning {
            Meaning::Metric(metric, _) | Meaning::Total(metric, _) => self.format(metric),
            Meaning::Share(..) => Format::Percent,
            Meaning::Ratio(_) => match query.metrics.as_slice() {
                [above, below] => ratio_format(self.format(above), &self.format(below)),
                _ => Format::Number,
            },
            Meaning::Time | Meaning::Group(_) | Meaning::Other => Format::Number,
        }
    }

    /// What a column's numbers are called, whatever the period.
    pub(crate) fn name_of(&self, meaning: &Meaning<'_>, query: &MetricQuery) -> String {
        match meaning {
            Meaning::Metric(metric, _) => self.metric_label(metric),
            Meaning::Share(metric, _) => {
                let metric = lowercase(&self.metric_label(metric));
                fill(self.sentences.share_of, &[("metric", &metric)])
            }
            Meaning::Total(metric, _) => fill(
                self.sentences.total,
                &[("metric", &self.metric_label(metric))],
            ),
            Meaning::Ratio(_) => {
                let (above, below) = self.divided(query);
                let one = match self.scope.language {
                    Language::En => singular(&below),
                    Language::Es | Language::Pt => below.clone(),
                };
                let places = [("metric", above.as_str()), ("other", &lowercase(&one))];
                fill(self.sentences.per, &places)
            }
            Meaning::Group(group) => self.group_label(group),
            Meaning::Time => String::new(),
            Meaning::Other => self.sentences.others.to_owned(),
        }
    }

    /// The labels of the two metrics of a ratio.
    pub(crate) fn divided(&self, query: &MetricQuery) -> (String, String) {
        let label = |at: usize| {
            query
                .metrics
                .get(at)
                .map(|metric| self.metric_label(metric))
        };
        (label(0).unwrap_or_default(), label(1).unwrap_or_default())
    }

    /// A dimension's label; of a part of a date what that part is called.
    pub(crate) fn dimension_label(&self, name: &str) -> String {
        if let Some(dimension) = self.catalog.dimension(name) {
            return dimension.label.clone();
        }
        match date_part(name).and_then(|(_, part)| self.sentences.part(part)) {
            Some(part) => part.to_owned(),
            None => name.to_owned(),
        }
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
        let part = match (date_part(dimension), value) {
            (Some((_, part)), Value::Integer(number)) => self.part_label(part, *number),
            _ => None,
        };
        match (known, value) {
            (Some(name), _) => name.to_owned(),
            (None, Value::Integer(_)) if part.is_some() => part.unwrap_or_default(),
            (None, Value::Boolean(true)) => self.words.yes.to_owned(),
            (None, Value::Boolean(false)) => self.words.no.to_owned(),
            (None, value) => self.writer.value(value, &Format::Number),
        }
    }

    /// A part of a date as people call it: 6 is Saturday, 11 November.
    fn part_label(&self, part: &str, number: i64) -> Option<String> {
        match part {
            "dow" => self.sentences.weekday(number).map(str::to_owned),
            "month" => self.writer.month(number).map(str::to_owned),
            "hour" => Some(format!("{number:02}:00")),
            // A year has no thousands separator.
            "year" => Some(number.to_string()),
            _ => None,
        }
    }
}

/// A ratio of amounts and counts is an amount; of two of a kind it is a plain number.
fn ratio_format(above: Format, below: &Format) -> Format {
    match (above, below) {
        (above, below) if above == *below => Format::Number,
        (Format::Unit(_) | Format::Percent, _) => Format::Number,
        (above, Format::Number | Format::Unit(_)) => above,
        _ => Format::Number,
    }
}

/// An English label for one of what it counts: "sessions" as "session".
fn singular(label: &str) -> String {
    if let Some(one) = label.strip_suffix("ies") {
        return format!("{one}y");
    }
    let whole = |one: &&str| one.len() > 2 && !one.ends_with(['s', 'u', 'i']);
    match label.strip_suffix('s').filter(whole) {
        Some(one) => {
            let hissing = ["sse", "xe", "she", "che", "zze"];
            let hissing = hissing.iter().any(|end| one.ends_with(end));
            let one = one.strip_suffix('e').filter(|_| hissing).unwrap_or(one);
            one.to_owned()
        }
        None => label.to_owned(),
    }
}

/// An English label for several: "Country" as "Countries".
pub(crate) fn plural(label: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    match label.strip_suffix('y') {
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if label.ends_with('s') && singular(label) != label => label.to_owned(),
        _ if label.ends_with(['s', 'x', 'z']) || label.ends_with("ch") || label.ends_with("sh") => {
            format!("{label}es")
        }
        _ => format!("{label}s"),
    }
}

/// The dimension and the part that a name ends in: `metric_time__extract_dow` is `dow` of
/// `metric_time`.
pub(crate) fn date_part(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once("__extract_")
}

/// The name of a value that is a short code.
pub(crate) fn spelled_out<'a>(dimension: &'a DimensionInfo, value: &Value) -> Option<&'a str> {
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

/// A word at the beginning of a line.
pub(crate) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// The last part of a dimension's qualified name: `status` of `order__status`.
pub(crate) fn own_name(qualified: &str) -> &str {
    qualified.rsplit("__").next().unwrap_or(qualified)
}

#[cfg(test)]
mod tests {
    use almanac_agent_contract::Format;

    use super::{lowercase, plural, ratio_format, singular};

    #[test]
    fn acronyms_keep_their_capitals() {
        assert_eq!(lowercase("Revenue per session"), "revenue per session");
        assert_eq!(lowercase("AOV"), "AOV");
        assert_eq!(lowercase("MRR growth"), "MRR growth");
        assert_eq!(lowercase(""), "");
    }
    #[test]
    fn one_of_many() {
        assert_eq!(singular("Sessions"), "Session");
        assert_eq!(singular("Purchases"), "Purchase");
        assert_eq!(singular("Boxes"), "Box");
        assert_eq!(singular("Countries"), "Country");
        assert_eq!(plural("Country"), "Countries");
        assert_eq!(plural("Day"), "Days");
        assert_eq!(plural("Class"), "Classes");
        assert_eq!(plural("Orders"), "Orders");
        assert_eq!(singular("Gross"), "Gross");
        assert_eq!(singular("Status"), "Status");
    }

    #[test]
    fn an_amount_divided_by_a_count_is_an_amount() {
        let money = || Format::Currency(None);
        assert_eq!(ratio_format(money(), &Format::Number), money());
        assert_eq!(ratio_format(money(), &money()), Format::Number);
        assert_eq!(ratio_format(Format::Number, &money()), Format::Number);
    }
}
