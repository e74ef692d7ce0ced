//! What a card computes from the rows that came back: the ratio of two metrics, what the rows come
//! to, the groups that were asked about.

use std::cmp::Ordering;

use almanac_agent_contract::{Column, ColumnType, Language, Table, Value};
use almanac_analysis::{extremes, mean, median};
use almanac_metrics::{Answer, Comparison, MetricQuery};

use super::Composer;
use super::found::{Found, meanings};
use super::labels::{Meaning, capitalised, lowercase, plural};
use crate::arguments::{Focus, RATIO, Statistic, Wishes};
use crate::sentences::fill;

/// A statistic of an answer's rows.
pub(crate) struct Summed {
    pub(crate) value: Option<f64>,
    /// The row that has it, where one has.
    pub(crate) row: Option<usize>,
    /// How many values it is of.
    pub(crate) of: usize,
}

impl Composer<'_> {
    /// The statistic that was asked for, of the leading column.
    pub(crate) fn summed(&self, found: &Found<'_>) -> Option<Summed> {
        let statistic = found.wishes.statistic?;
        let column = found.leading()?.0;
        let rows = &found.answer.table.rows;
        let numbers: Vec<Option<f64>> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let number = row.get(column).and_then(Value::number);
                number.filter(|_| statistic == Statistic::Count || self.is_uncut(found, at))
            })
            .collect();
        // Where nothing is whole, what there is counts.
        let numbers = match numbers.iter().any(Option::is_some) {
            true => numbers,
            false => rows.iter().map(|row| row.get(column)?.number()).collect(),
        };
        let mut values: Vec<f64> = numbers.iter().copied().flatten().collect();
        if statistic != Statistic::Count {
            values.extend(std::iter::repeat_n(0.0, found.empty));
        }
        let place = |highest: bool| {
            let extremes = extremes(&numbers)?;
            Some(if highest {
                extremes.highest
            } else {
                extremes.lowest
            })
        };
        let (value, row) = match statistic {
            Statistic::Average => (mean(&values), None),
            Statistic::Median => (median(&values), None),
            Statistic::Maximum => {
                let row = place(true);
                (row.and_then(|row| numbers[row]), row)
            }
            Statistic::Minimum => {
                let least = values.iter().copied().min_by(f64::total_cmp);
                let row = place(false).filter(|row| numbers[*row] == least);
                (least, row)
            }
            Statistic::Count => {
                let named = |row: &[Value]| {
                    let mut cells = row.iter().zip(found.meanings());
                    !cells.any(|(value, meaning)| {
                        matches!(meaning, Meaning::Group(_)) && *value == Value::Null
                    })
                };
                let counted = rows.iter().zip(&numbers);
                let counted = counted
                    .filter(|(row, number)| number.is_some_and(|n| n != 0.0) && named(row))
                    .count();
                #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
                let count = counted as f64;
                (Some(count), None)
            }
        };
        Some(Summed {
            value,
            row,
            of: values.len(),
        })
    }

    /// "Average daily revenue", "Countries with orders".
    pub(crate) fn statistic_label(&self, found: &Found<'_>, statistic: Statistic) -> String {
        let query = found.query;
        let metric = found
            .leading()
            .map(|(_, meaning)| self.name_of(&meaning, query))
            .unwrap_or_default();
        let metric = lowercase(&metric);
        let groups: Vec<_> = query
            .group_by
            .iter()
            .map(|group| self.group_label(group))
            .collect();
        let grain = query.grain.filter(|_| groups.is_empty());
        let Some(template) = self.sentences.statistic(statistic, grain) else {
            let things = match (grain, self.scope.language) {
                (Some(grain), _) => self.sentences.grains(grain, 2).to_owned(),
                (None, Language::En) => {
                    let mut each = groups.iter().map(|group| plural(group)).collect::<Vec<_>>();
                    each.iter_mut()
                        .skip(1)
                        .for_each(|one| *one = lowercase(one));
                    self.writer.list(&each)
                }
                (None, _) => self.writer.list(&groups).to_lowercase(),
            };
            let places = [("dimension", things.as_str()), ("metric", &metric)];
            return capitalised(&fill(self.sentences.different, &places));
        };
        let groups = self.writer.list(&groups);
        let places = [("metric", metric.as_str()), ("group", &lowercase(&groups))];
        fill(&template, &places)
    }

    /// The rows of the groups that were asked about.
    pub(crate) fn focused<'f>(&self, found: &'f Found<'_>) -> Vec<&'f Vec<Value>> {
        let places = places(found.query, found.answer, &found.wishes.focus);
        let rows = found.answer.table.rows.iter();
        rows.filter(|row| is_focused(row, &places)).collect()
    }

    /// The groups that were asked about, in words.
    pub(crate) fn focus_label(&self, found: &Found<'_>) -> String {
        let each = found.wishes.focus.iter();
        let each = each.map(|focus| self.value_label(&focus.dimension, &focus.value));
        self.writer.list(&each.collect::<Vec<_>>())
    }
}

/// Where each of the dimensions asked about stands, with the values asked about.
fn places<'w>(
    query: &MetricQuery,
    answer: &Answer,
    focus: &'w [Focus],
) -> Vec<(usize, Vec<&'w Value>)> {
    let mut places: Vec<(usize, Vec<&Value>)> = Vec::new();
    for (at, meaning) in meanings(query, answer).into_iter().enumerate() {
        let Meaning::Group(group) = meaning else {
            continue;
        };
        let same = |focus: &&Focus| {
            focus.dimension == group.dimension || focus.dimension == group.column()
        };
        let values: Vec<_> = focus
            .iter()
            .filter(same)
            .map(|focus| &focus.value)
            .collect();
        if !values.is_empty() {
            places.push((at, values));
        }
    }
    places
}

fn is_focused(row: &[Value], places: &[(usize, Vec<&Value>)]) -> bool {
    let mut each = places.iter();
    !places.is_empty() && each.all(|(at, values)| row.get(*at).is_some_and(|v| values.contains(&v)))
}

/// Keeps a series to the groups that were asked about.
pub(crate) fn keep_focused(query: &MetricQuery, answer: &mut Answer, wishes: &Wishes) {
    if query.grain.is_none() || wishes.focus.is_empty() {
        return;
    }
    let places = places(query, answer, &wishes.focus);
    answer.table.rows.retain(|row| is_focused(row, &places));
}

/// The query that a ratio's rows come from: what it is sorted by may not be known before.
pub(crate) fn ratio_query(query: &MetricQuery) -> MetricQuery {
    if !is_sorted_here(query) {
        return query.clone();
    }
    MetricQuery {
        order_by: Vec::new(),
        limit: None,
        ..query.clone()
    }
}

/// Whether a ratio's rows are sorted by it: where that is said, and where a breakdown says nothing.
fn is_sorted_here(query: &MetricQuery) -> bool {
    let said = query.order_by.iter().any(|order| order.by == RATIO);
    said || (query.order_by.is_empty() && query.grain.is_none() && !query.group_by.is_empty())
}

/// Adds the ratio of the two metrics to an answer, for each period a column. Divided by zero or by
/// nothing it is nothing.
pub(crate) fn add_ratio(query: &MetricQuery, answer: &mut Answer) {
    let [above, below] = query.metrics.as_slice() else {
        return;
    };
    let Table { columns, rows } = &mut answer.table;
    let suffixes = query.compare.iter().map(|one| Some(one.suffix()));
    let mut leading = None;
    for suffix in std::iter::once(None).chain(suffixes) {
        let name = |metric: &str| match suffix {
            Some(suffix) => format!("{metric}__{suffix}"),
            None => metric.to_owned(),
        };
        let at = |metric: &str| {
            columns
                .iter()
                .position(|column| column.name == name(metric))
        };
        let (Some(above), Some(below)) = (at(above), at(below)) else {
            continue;
        };
        for row in rows.iter_mut() {
            let number = |at: usize| row.get(at).and_then(Value::number);
            let ratio = number(above).zip(number(below));
            let ratio = ratio.map(|(above, below)| above / below);
            let ratio = ratio.filter(|ratio| ratio.is_finite());
            row.push(ratio.map_or(Value::Null, Value::Float));
        }
        leading = leading.or(Some(columns.len()));
        columns.push(Column {
            name: name(RATIO),
            kind: ColumnType::Float,
        });
    }
    if let Some(column) = leading
        && is_sorted_here(query)
    {
        let order = query.order_by.iter().find(|order| order.by == RATIO);
        let descending = order.is_none_or(|order| order.descending);
        rows.sort_by(|one, other| compare(&one[column], &other[column], descending));
        let limit = query.limit.and_then(|limit| usize::try_from(limit).ok());
        rows.truncate(limit.unwrap_or(usize::MAX));
    }
}

/// The order of two values; what is missing comes last.
fn compare(one: &Value, other: &Value, descending: bool) -> Ordering {
    match (one.number(), other.number()) {
        (Some(one), Some(other)) if descending => other.total_cmp(&one),
        (Some(one), Some(other)) => one.total_cmp(&other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// The column of an answer's ratio, and the period it is of.
pub(crate) fn ratio_of(column: &str, query: &MetricQuery) -> Option<Option<Comparison>> {
    let rest = column.strip_prefix(RATIO)?;
    if rest.is_empty() {
        return Some(None);
    }
    let suffix = rest.strip_prefix("__")?;
    let comparison = query.compare.iter().find(|one| one.suffix() == suffix)?;
    Some(Some(*comparison))
}
