//! A chart specification made fit to draw: every series as long as the labels, no value that
//! cannot be placed, no more series than there are colours, words that the fonts have.

use almanac_agent_contract::{ChartKind, ChartSpec, Format};

use super::scale::tame;
use super::text::{Fonts, drawable};
use super::theme::Colours;
use crate::Writer;

/// As many series as have a colour of their own.
const MOST_SERIES: usize = 8;

/// What a series is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// One of those the chart is about, by its place among them.
    Main(usize),
    /// A comparison, an expectation.
    Muted,
    /// Beyond the largest eight.
    Other,
}

/// A named row of values, one a label.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) values: Vec<Option<f64>>,
    pub(crate) role: Role,
}

impl Row {
    pub(crate) const fn colour(&self, colours: &Colours) -> &'static str {
        match self.role {
            Role::Main(index) => colours.series(index),
            Role::Muted => colours.muted,
            Role::Other => colours.other,
        }
    }
}

/// What is drawn.
#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) kind: ChartKind,
    pub(crate) title: String,
    pub(crate) labels: Vec<String>,
    pub(crate) rows: Vec<Row>,
    pub(crate) format: Format,
    /// What the numbers count.
    pub(crate) unit: Option<String>,
    pub(crate) writer: Writer,
}

impl Picture {
    pub(crate) fn new(spec: &ChartSpec, fonts: Fonts) -> Self {
        let writer = Writer::new(&spec.locale, &spec.currency);
        let longest = spec
            .series
            .iter()
            .map(|series| series.values.len())
            .max()
            .unwrap_or(0);
        let mut labels: Vec<String> = spec
            .labels
            .iter()
            .map(|label| drawable(label, fonts))
            .collect();
        labels.resize(labels.len().max(longest), String::new());
        let mut main = 0;
        let rows = spec.series.iter().map(|series| {
            let mut values: Vec<Option<f64>> = series
                .values
                .iter()
                .map(|value| value.and_then(tame))
                .collect();
            values.resize(labels.len(), None);
            let role = if series.muted {
                Role::Muted
            } else {
                main += 1;
                Role::Main(main - 1)
            };
            Row {
                name: drawable(&series.name, fonts),
                values,
                role,
            }
        });
        let mut rows: Vec<Row> = rows.collect();
        if main > MOST_SERIES {
            demote_the_small(&mut rows);
            if spec.kind == ChartKind::StackedBar {
                add_up_others(&mut rows, writer.words().other);
            }
        }
        let unit = match &spec.format {
            Format::Unit(unit) if !unit.is_empty() => Some(drawable(unit, fonts)),
            _ => None,
        };
        Self {
            kind: spec.kind,
            title: drawable(&spec.title, fonts),
            labels,
            rows,
            format: spec.format.clone(),
            unit,
            writer,
        }
    }

    /// Whether there is nothing to see.
    pub(crate) fn is_empty(&self) -> bool {
        self.values().next().is_none()
    }

    /// All values that are there.
    pub(crate) fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.rows
            .iter()
            .flat_map(|row| row.values.iter().copied().flatten())
    }

    /// A value as it is written beside its bar or point: short, and without the unit, which
    /// stands above the plot.
    pub(crate) fn number(&self, value: f64) -> String {
        match &self.format {
            Format::Unit(_) => self.writer.compact(value, &Format::Number),
            format => self.writer.compact(value, format),
        }
    }

    /// Whether the labels tell of time or count upwards: each short, with a digit. Such labels
    /// can be thinned out, since a reader fills in what is missing; names cannot.
    pub(crate) fn labels_count_on(&self) -> bool {
        self.labels
            .iter()
            .all(|label| label.chars().count() <= 18 && label.chars().any(|c| c.is_ascii_digit()))
    }
}

/// Leaves the eight largest their own colours, in their order.
fn demote_the_small(rows: &mut [Row]) {
    let weight = |row: &Row| {
        row.values
            .iter()
            .flatten()
            .map(|value| value.abs())
            .sum::<f64>()
    };
    let mut by_weight: Vec<(usize, f64)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| matches!(row.role, Role::Main(_)))
        .map(|(index, row)| (index, weight(row)))
        .collect();
    by_weight.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (index, _) in by_weight.split_off(MOST_SERIES) {
        rows[index].role = Role::Other;
    }
    let kept = rows
        .iter_mut()
        .filter(|row| matches!(row.role, Role::Main(_)));
    for (place, row) in kept.enumerate() {
        row.role = Role::Main(place);
    }
}

/// Makes one row of those that were demoted.
fn add_up_others(rows: &mut Vec<Row>, name: &str) {
    let length = rows.first().map_or(0, |row| row.values.len());
    let mut sum: Vec<Option<f64>> = vec![None; length];
    for row in rows.iter().filter(|row| row.role == Role::Other) {
        for (total, value) in sum.iter_mut().zip(&row.values) {
            if let Some(value) = value {
                *total = Some(total.unwrap_or(0.0) + value);
            }
        }
    }
    rows.retain(|row| row.role != Role::Other);
    rows.push(Row {
        name: name.to_owned(),
        values: sum,
        role: Role::Other,
    });
}
