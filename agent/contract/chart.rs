//! A chart as a specification: never code, drawn by `cards`.

use serde::{Deserialize, Serialize};

use crate::Format;

/// The form of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Points in time joined by a line; a missing value leaves a gap.
    Line,
    /// One bar a category.
    Bar,
    /// One bar a category, its series on top of one another.
    StackedBar,
}

/// One named row of values, as long as the chart's labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The name in the legend.
    pub name: String,
    /// A value for each label; `None` is missing and is not drawn as zero.
    pub values: Vec<Option<f64>>,
    /// Drawn muted and dashed: a comparison period, an expectation.
    #[serde(default)]
    pub muted: bool,
}

/// What to draw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChartSpec {
    /// The form.
    pub kind: ChartKind,
    /// The line above the chart.
    pub title: String,
    /// The labels of the category axis, already written in the reader's locale.
    pub labels: Vec<String>,
    /// The values.
    pub series: Vec<Series>,
    /// How values are written on the value axis.
    pub format: Format,
    /// The reader's locale (BCP 47).
    pub locale: String,
    /// The currency of `Format::Currency(None)` (ISO 4217).
    pub currency: String,
    /// The chart in words, for those who do not see it.
    pub alt: String,
}
