//! Chooses a chart from the shape of a result and fills in its specification.

use std::collections::HashMap;
use std::mem::discriminant;

use almanac_agent_contract::{ChartKind, ChartSpec, Format, Grain, Series, Value};
use almanac_metrics::{Answer, MetricQuery};
use jiff::{Span, ToSpan};

use super::Composer;
use super::found::{Found, leading, meanings};
use super::labels::Meaning;

/// Bars drawn at most: the rest is in the table.
const BARS: usize = 24;
/// Points of a line drawn at most.
const BUCKETS: usize = 2_000;
/// Lines or stack parts drawn at most.
const SERIES: usize = 8;

impl Composer<'_> {
    /// `None` where there is one number, no number, or only a table was asked for.
    pub(crate) fn chart(&self, found: &Found<'_>) -> Option<ChartSpec> {
        let (query, answer) = found.series.unwrap_or((found.query, found.answer));
        if answer.table.rows.len() < 2 {
            return None;
        }
        let asked = match found.wishes.chart {
            Some(drawn) => Some(drawn.kind()?),
            None => None,
        };
        let shape = Shape::of(query, answer)?;
        let (_, leading) = leading(query, answer)?;
        let format = self.format_of(&leading, query);
        // Parts that do not add up are set side by side.
        let adds_up = match leading {
            Meaning::Share(..) => found.adds_up,
            Meaning::Ratio(_) => false,
            _ => format != Format::Percent,
        };
        let shares = matches!(leading, Meaning::Share(..)) && found.wishes.focus.is_empty();
        let kind = asked.unwrap_or(match (&shape.time, shape.groups.len()) {
            (Some(_), 1..) if shares && adds_up => ChartKind::StackedBar,
            (Some(_), _) => ChartKind::Line,
            (None, 2..) if adds_up => ChartKind::StackedBar,
            (None, _) => ChartKind::Bar,
        });
        let (labels, series) = match shape.split() {
            Some(split) => self.split_series(query, answer, &shape, split),
            None => self.plain_series(query, answer, &shape),
        };
        let title = self.title(query, found.wishes.ratio);
        Some(ChartSpec {
            kind,
            alt: self.alt(&title, &labels, &series, &format),
            title,
            labels,
            series,
            format,
            locale: self.writer.locale().to_owned(),
            currency: self.scope.settings.currency.clone(),
        })
    }

    /// One label a row; a series for each metric of the first one's format and for each
    /// comparison. A line has a label for every bucket of time, so that one without rows is a gap.
    fn plain_series(
        &self,
        query: &MetricQuery,
        answer: &Answer,
        shape: &Shape<'_>,
    ) -> (Vec<String>, Vec<Series>) {
        let rows = &answer.table.rows;
        let (labels, places): (Vec<_>, Vec<_>) = match self.spine(query, shape, rows) {
            Some(spine) => spine.into_iter().unzip(),
            None => (0..rows.len().min(shape.limit()))
                .map(|at| (self.row_label(query, shape, &rows[at]), Some(at)))
                .unzip(),
        };
        let format = shape
            .values
            .first()
            .map(|(meaning, _)| self.format_of(meaning, query));
        let drawable = |meaning: &Meaning<'_>| Some(self.format_of(meaning, query)) == format;
        let series = shape
            .values
            .iter()
            .filter(|(meaning, _)| drawable(meaning))
            .take(SERIES)
            .map(|(meaning, position)| Series {
                name: self.series_name(query, answer, meaning),
                values: places
                    .iter()
                    .map(|place| place.and_then(|at| rows[at][*position].number()))
                    .collect(),
                muted: meaning.comparison().is_some(),
            })
            .collect();
        (labels, series)
    }

    /// Every bucket from the first to the last with the row it has, for a series over time alone
    /// that is in order of time.
    fn spine(
        &self,
        query: &MetricQuery,
        shape: &Shape<'_>,
        rows: &[Vec<Value>],
    ) -> Option<Vec<(String, Option<usize>)>> {
        let (time, grain) = (
            shape.time?,
            query.grain.filter(|grain| *grain != Grain::Hour)?,
        );
        if !shape.groups.is_empty() || !query.order_by.is_empty() {
            return None;
        }
        let dates: Option<Vec<_>> = rows.iter().map(|row| row[time].date()).collect();
        let dates = dates?;
        let (first, last) = (*dates.first()?, *dates.last()?);
        let mut spine = Vec::new();
        let mut bucket = first;
        while bucket <= last && spine.len() < BUCKETS {
            let label = self.bucket(&Value::Date(bucket), Some(grain));
            spine.push((label, dates.binary_search(&bucket).ok()));
            bucket = first.checked_add(length(grain, spine.len())?).ok()?;
        }
        // Buckets that do not fall on the calendar's own steps are drawn as they come.
        let placed = spine.iter().filter(|(_, row)| row.is_some()).count();
        (placed == rows.len()).then_some(spine)
    }

    /// One label a time bucket or first group; one series a value of the last group, the
    /// largest first.
    fn split_series(
        &self,
        query: &MetricQuery,
        answer: &Answer,
        shape: &Shape<'_>,
        (axis, split): (usize, usize),
    ) -> (Vec<String>, Vec<Series>) {
        let Some((_, position)) = shape.values.first() else {
            return Default::default();
        };
        let mut labels: Vec<String> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut totals: Vec<(String, f64)> = Vec::new();
        let mut cells: HashMap<(String, usize), f64> = HashMap::new();
        for row in &answer.table.rows {
            let key = format!("{:?}", row[axis]);
            let place = *places.entry(key).or_insert_with(|| {
                labels.push(self.cell(query, row, axis, &shape.meanings));
                labels.len() - 1
            });
            let name = self.cell(query, row, split, &shape.meanings);
            let Some(value) = row[*position].number() else {
                continue;
            };
            match totals.iter_mut().find(|(known, _)| *known == name) {
                Some((_, total)) => *total += value.abs(),
                None => totals.push((name.clone(), value.abs())),
            }
            cells.insert((name, place), value);
        }
        totals.sort_by(|a, b| b.1.total_cmp(&a.1));
        let series = totals
            .into_iter()
            .take(SERIES)
            .map(|(name, _)| Series {
                values: (0..labels.len())
                    .map(|at| cells.get(&(name.clone(), at)).copied())
                    .collect(),
                name,
                muted: false,
            })
            .collect();
        (labels, series)
    }

    fn row_label(&self, query: &MetricQuery, shape: &Shape<'_>, row: &[Value]) -> String {
        let axes = shape
            .time
            .iter()
            .chain(shape.groups.iter().map(|(position, _)| position));
        let parts: Vec<_> = axes
            .map(|position| self.cell(query, row, *position, &shape.meanings))
            .collect();
        parts.join(" / ")
    }

    fn series_name(&self, query: &MetricQuery, answer: &Answer, meaning: &Meaning<'_>) -> String {
        let Some(comparison) = meaning.comparison() else {
            return self.name_of(meaning, query);
        };
        let range = answer.compared.iter().find(|(c, _)| *c == comparison);
        let range = range
            .map(|(_, range)| self.writer.range(range.start, range.end))
            .unwrap_or_default();
        if query.metrics.len() == 1 || matches!(meaning, Meaning::Ratio(_)) {
            return range;
        }
        format!("{}, {range}", self.name_of(meaning, query))
    }

    /// The chart in words: what it shows, from where to where.
    fn alt(&self, title: &str, labels: &[String], series: &[Series], format: &Format) -> String {
        let parts: Vec<_> = series
            .iter()
            .filter_map(|series| {
                let known: Vec<_> = series
                    .values
                    .iter()
                    .zip(labels)
                    .filter_map(|(value, label)| Some((label, (*value)?)))
                    .collect();
                let (first, last) = (known.first()?, known.last()?);
                let write = |(label, value): &(&String, f64)| {
                    format!("{label}: {}", self.writer.compact(*value, format))
                };
                Some(format!(
                    "{} ({} → {})",
                    series.name,
                    write(first),
                    write(last)
                ))
            })
            .collect();
        format!("{title}. {}", parts.join("; "))
    }
}

/// The length of so many buckets.
fn length(grain: Grain, count: usize) -> Option<Span> {
    let count = i32::try_from(count).ok()?;
    Some(match grain {
        Grain::Hour => return None,
        Grain::Day => count.days(),
        Grain::Week => count.weeks(),
        Grain::Month => count.months(),
        Grain::Quarter => (3 * count).months(),
        Grain::Year => count.years(),
    })
}

/// Which columns are axes and which are values.
struct Shape<'a> {
    time: Option<usize>,
    groups: Vec<(usize, &'a almanac_metrics::GroupBy)>,
    /// What is drawn: the leading column, its comparisons, and what is of its kind.
    values: Vec<(Meaning<'a>, usize)>,
    meanings: Vec<Meaning<'a>>,
}

impl<'a> Shape<'a> {
    fn of(query: &'a MetricQuery, answer: &Answer) -> Option<Self> {
        let (_, leading) = leading(query, answer)?;
        let mut shape = Self {
            time: None,
            groups: Vec::new(),
            values: Vec::new(),
            meanings: meanings(query, answer),
        };
        for (position, meaning) in shape.meanings.iter().enumerate() {
            match meaning {
                Meaning::Time => shape.time = Some(position),
                Meaning::Group(group) => shape.groups.push((position, group)),
                meaning if discriminant(meaning) == discriminant(&leading) => {
                    shape.values.push((meaning.clone(), position));
                }
                _ => {}
            }
        }
        (!shape.values.is_empty()).then_some(shape)
    }

    /// The axis and the column whose values become series, where there are two to cross.
    fn split(&self) -> Option<(usize, usize)> {
        match (self.time, self.groups.as_slice()) {
            (Some(time), [(group, _)]) => Some((time, *group)),
            (None, [(first, _), (second, _)]) => Some((*first, *second)),
            _ => None,
        }
    }

    /// A line has all its points; bars end where they can no longer be read.
    const fn limit(&self) -> usize {
        if self.time.is_some() {
            usize::MAX
        } else {
            BARS
        }
    }
}
