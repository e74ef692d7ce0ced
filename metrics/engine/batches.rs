//! Arrow batches as a table of our own.

use almanac_agent_contract::{Column, ColumnType, Table, Value};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Float64Type, Int64Type, SchemaRef, TimeUnit, TimestampMicrosecondType,
};
use datafusion::arrow::error::ArrowError;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A result as a table.
pub(super) fn table(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<Table, ArrowError> {
    let shapes: Vec<Shape> = schema
        .fields()
        .iter()
        .map(|field| Shape::of(field.data_type()))
        .collect();
    let columns = schema
        .fields()
        .iter()
        .zip(&shapes)
        .map(|(field, shape)| Column {
            name: field.name().clone(),
            kind: shape.kind(),
        })
        .collect();
    let count = batches.iter().map(RecordBatch::num_rows).sum();
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(count);
    for batch in batches {
        let arrays = batch.columns().iter().zip(&shapes);
        let arrays: Result<Vec<ArrayRef>, ArrowError> = arrays
            .map(|(array, shape)| cast(array, &shape.arrow()))
            .collect();
        let arrays = arrays?;
        for row in 0..batch.num_rows() {
            let cells = arrays
                .iter()
                .zip(&shapes)
                .map(|(array, shape)| shape.value(array, row));
            rows.push(cells.collect());
        }
    }
    Ok(Table { columns, rows })
}

/// What a column becomes.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Text,
    Integer,
    Float,
    Boolean,
    Date,
    DateTime,
}

impl Shape {
    fn of(kind: &DataType) -> Self {
        match kind {
            DataType::Boolean => Self::Boolean,
            DataType::Int8
            | DataType::Int16
            | DataType::Int32
            | DataType::Int64
            | DataType::UInt8
            | DataType::UInt16
            | DataType::UInt32
            | DataType::Null => Self::Integer,
            DataType::UInt64
            | DataType::Float16
            | DataType::Float32
            | DataType::Float64
            | DataType::Decimal32(..)
            | DataType::Decimal64(..)
            | DataType::Decimal128(..)
            | DataType::Decimal256(..) => Self::Float,
            DataType::Date32 | DataType::Date64 => Self::Date,
            DataType::Timestamp(..) => Self::DateTime,
            DataType::Dictionary(_, values) => Self::of(values),
            _ => Self::Text,
        }
    }

    const fn kind(self) -> ColumnType {
        match self {
            Self::Text => ColumnType::Text,
            Self::Integer => ColumnType::Integer,
            Self::Float => ColumnType::Float,
            Self::Boolean => ColumnType::Boolean,
            Self::Date => ColumnType::Date,
            Self::DateTime => ColumnType::DateTime,
        }
    }

    const fn arrow(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8,
            Self::Integer => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Boolean => DataType::Boolean,
            Self::Date => DataType::Date32,
            Self::DateTime => DataType::Timestamp(TimeUnit::Microsecond, None),
        }
    }

    /// The cell of a column that was cast to [`Self::arrow`].
    fn value(self, array: &ArrayRef, row: usize) -> Value {
        if array.is_null(row) {
            return Value::Null;
        }
        match self {
            Self::Text => Value::Text(array.as_string::<i32>().value(row).to_owned()),
            Self::Integer => Value::Integer(array.as_primitive::<Int64Type>().value(row)),
            Self::Float => {
                let number = array.as_primitive::<Float64Type>().value(row);
                if number.is_finite() {
                    Value::Float(number)
                } else {
                    Value::Null
                }
            }
            Self::Boolean => Value::Boolean(array.as_boolean().value(row)),
            Self::Date => date(array.as_primitive::<Date32Type>().value(row)),
            Self::DateTime => {
                date_time(array.as_primitive::<TimestampMicrosecondType>().value(row))
            }
        }
    }
}

/// A date by its days since 1970; what the calendar does not reach is missing.
fn date(days: i32) -> Value {
    let epoch = Date::constant(1970, 1, 1);
    let span = jiff::Span::new().try_days(days);
    span.and_then(|span| epoch.checked_add(span))
        .map_or(Value::Null, Value::Date)
}

/// A local date and time by its microseconds since 1970.
fn date_time(micros: i64) -> Value {
    Timestamp::from_microsecond(micros).map_or(Value::Null, |at| {
        Value::DateTime(at.to_zoned(TimeZone::UTC).datetime())
    })
}
