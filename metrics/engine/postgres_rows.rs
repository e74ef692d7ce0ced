//! PostgreSQL's rows as a table of our own. Rows come as text, which every type has.

use almanac_agent_contract::{Column, ColumnType, Table, Value};
use jiff::civil::{Date, DateTime};
use sqlx::postgres::{PgColumn, PgRow};
use sqlx::{Column as _, Error, Row, ValueRef};

/// Collects rows.
pub(super) struct Reader {
    columns: Vec<(String, Shape)>,
    rows: Vec<Vec<Value>>,
    most: u64,
}

/// How a column's text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    Integer,
    Float,
    /// Whole where all its values are: sums of whole numbers come as exact numbers.
    Exact,
    Boolean,
    Date,
    DateTime,
    /// A moment, shown in UTC.
    Instant,
}

impl Shape {
    /// By the number of a built-in type in PostgreSQL's catalogue.
    const fn of(oid: u32) -> Self {
        match oid {
            16 => Self::Boolean,
            20 | 21 | 23 | 26 => Self::Integer,
            700 | 701 => Self::Float,
            1700 => Self::Exact,
            1082 => Self::Date,
            1114 => Self::DateTime,
            1184 => Self::Instant,
            _ => Self::Text,
        }
    }

    /// What no value of ours can hold is missing: infinite and distant dates, numbers that are
    /// none.
    fn value(self, text: &str) -> Value {
        match self {
            Self::Text => Value::Text(text.to_owned()),
            Self::Integer => text.parse().map_or(Value::Null, Value::Integer),
            Self::Float => float(text),
            Self::Exact => text.parse().map_or_else(|_| float(text), Value::Integer),
            Self::Boolean => Value::Boolean(text == "t"),
            Self::Date => text.parse::<Date>().map_or(Value::Null, Value::Date),
            Self::DateTime => date_time(text),
            Self::Instant => date_time(text.strip_suffix("+00").unwrap_or(text)),
        }
    }
}

fn float(text: &str) -> Value {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Value::Float(number),
        _ => Value::Null,
    }
}

fn date_time(text: &str) -> Value {
    text.parse::<DateTime>()
        .map_or(Value::Null, Value::DateTime)
}

impl Reader {
    /// For rows of these columns, at most so many.
    pub(super) fn new(columns: &[PgColumn], most: u64) -> Self {
        let shape = |column: &PgColumn| {
            let oid = column.type_info().oid();
            oid.map_or(Shape::Text, |oid| Shape::of(oid.0))
        };
        Self {
            columns: columns
                .iter()
                .map(|column| (column.name().to_owned(), shape(column)))
                .collect(),
            rows: Vec::new(),
            most,
        }
    }

    /// Whether no more rows are taken.
    pub(super) fn is_full(&self) -> bool {
        self.rows.len() as u64 >= self.most
    }

    /// Takes a row that came as text.
    pub(super) fn take(&mut self, row: &PgRow) -> Result<(), Error> {
        let mut cells = Vec::with_capacity(self.columns.len());
        for (index, (_, shape)) in self.columns.iter().enumerate() {
            let cell = row.try_get_raw(index)?;
            cells.push(if cell.is_null() {
                Value::Null
            } else {
                shape.value(cell.as_str().map_err(Error::Decode)?)
            });
        }
        self.rows.push(cells);
        Ok(())
    }

    /// All that was taken.
    pub(super) fn into_table(mut self) -> Table {
        let mut columns = Vec::with_capacity(self.columns.len());
        for (index, (name, shape)) in self.columns.into_iter().enumerate() {
            let kind = match shape {
                Shape::Text => ColumnType::Text,
                Shape::Integer => ColumnType::Integer,
                Shape::Float => ColumnType::Float,
                Shape::Exact => exact(&mut self.rows, index),
                Shape::Boolean => ColumnType::Boolean,
                Shape::Date => ColumnType::Date,
                Shape::DateTime | Shape::Instant => ColumnType::DateTime,
            };
            columns.push(Column { name, kind });
        }
        Table {
            columns,
            rows: self.rows,
        }
    }
}

/// Makes the values of a column all whole or all not.
#[expect(
    clippy::cast_precision_loss,
    reason = "beside fractions, which are doubles, too"
)]
fn exact(rows: &mut [Vec<Value>], index: usize) -> ColumnType {
    let mut cells = rows.iter().filter_map(|row| row.get(index));
    let whole = cells.clone().any(|cell| matches!(cell, Value::Integer(_)))
        && !cells.any(|cell| matches!(cell, Value::Float(_)));
    if whole {
        return ColumnType::Integer;
    }
    for cell in rows.iter_mut().filter_map(|row| row.get_mut(index)) {
        if let Value::Integer(number) = cell {
            *cell = Value::Float(*number as f64);
        }
    }
    ColumnType::Float
}
