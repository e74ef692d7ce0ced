//! The suite's tables: columns with declared types and rows as JSON.

use jiff::civil::DateTime;
use serde::Deserialize;
use serde_json::Value as Json;

/// A table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// Names and types.
    pub(super) columns: Vec<(String, Type)>,
    pub(super) rows: Vec<Vec<Json>>,
}

/// A column's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Type {
    #[serde(rename = "VARCHAR")]
    Text,
    #[serde(rename = "BIGINT")]
    Integer,
    #[serde(rename = "DOUBLE")]
    Float,
    #[serde(rename = "BOOLEAN")]
    Boolean,
    /// A local date and time.
    #[serde(rename = "TIMESTAMP")]
    Timestamp,
    #[serde(rename = "DATE")]
    Date,
}

/// A column with the values of all rows.
pub(super) enum Values {
    Text(Vec<Option<String>>),
    Integer(Vec<Option<i64>>),
    Float(Vec<Option<f64>>),
    Boolean(Vec<Option<bool>>),
    Timestamp(Vec<Option<DateTime>>),
    Date(Vec<Option<DateTime>>),
}

impl Table {
    /// The values of one column, or the one that is not of its type.
    pub(super) fn values(&self, column: usize) -> Result<Values, String> {
        let Some((name, kind)) = self.columns.get(column) else {
            return Err(format!("there is no column {column}"));
        };
        let typed = match kind {
            Type::Text => {
                Values::Text(self.cells(column, |cell| cell.as_str().map(str::to_owned))?)
            }
            Type::Integer => Values::Integer(self.cells(column, Json::as_i64)?),
            Type::Float => Values::Float(self.cells(column, Json::as_f64)?),
            Type::Boolean => Values::Boolean(self.cells(column, Json::as_bool)?),
            Type::Timestamp => Values::Timestamp(self.cells(column, moment)?),
            Type::Date => Values::Date(self.cells(column, moment)?),
        };
        if self.rows.iter().any(|row| row.len() != self.columns.len()) {
            return Err(format!("a row has no value for {name}, not even null"));
        }
        Ok(typed)
    }

    fn cells<T>(
        &self,
        column: usize,
        read: impl Fn(&Json) -> Option<T>,
    ) -> Result<Vec<Option<T>>, String> {
        let cells = self.rows.iter().map(|row| match row.get(column) {
            None | Some(Json::Null) => Ok(None),
            Some(cell) => read(cell)
                .map(Some)
                .ok_or_else(|| format!("{cell} is not of the type that its column declares")),
        });
        cells.collect()
    }
}

fn moment(cell: &Json) -> Option<DateTime> {
    cell.as_str()?.parse().ok()
}
