//! Rows with typed columns: what an engine returns and a card shows.

use jiff::civil::{Date, DateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The type of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// Words.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers in double precision.
    Float,
    /// True or false.
    Boolean,
    /// A calendar date, without a zone.
    Date,
    /// A local date and time in the workspace's zone.
    DateTime,
}

/// A column's name and type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The name in the query's result: a metric or a dimension ("customer__country").
    pub name: String,
    /// The type of its values.
    pub kind: ColumnType,
}

/// One value. JSON: null, true, a number, or text (dates as ISO 8601).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// Missing: not zero.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number in double precision; never NaN or infinite.
    Float(f64),
    /// A calendar date.
    Date(Date),
    /// A local date and time.
    DateTime(DateTime),
    /// Words.
    Text(String),
}

impl Value {
    /// The value as a number, where it is one.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond 2^53 the last digits are not shown"
    )]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(n) => Some(*n as f64),
            Self::Float(x) => Some(*x),
            _ => None,
        }
    }

    /// The value as a date, where it is one.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            Self::DateTime(moment) => Some(moment.date()),
            _ => None,
        }
    }
}

/// A result: columns and rows of the same width.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Table {
    /// The columns, in the order of each row's values.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// Where the column of that name stands.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}
