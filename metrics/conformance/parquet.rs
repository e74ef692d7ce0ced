//! Writes the suite's tables as Parquet files, one each.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray, TimestampNanosecondArray,
};
use datafusion::parquet::arrow::ArrowWriter;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::suite::{Suite, SuiteError};
use super::tables::{Table, Values};

/// Writes `<table>.parquet` into the folder for each table.
pub(super) fn write(suite: &Suite, folder: &Path) -> Result<(), SuiteError> {
    for (name, table) in &suite.tables {
        write_table(table, &folder.join(format!("{name}.parquet"))).map_err(|reason| {
            SuiteError::Table {
                table: name.clone(),
                reason,
            }
        })?;
    }
    Ok(())
}

fn write_table(table: &Table, file: &Path) -> Result<(), String> {
    let mut columns = Vec::with_capacity(table.columns.len());
    for (number, (name, _)) in table.columns.iter().enumerate() {
        columns.push((name.as_str(), array(table.values(number)?), true));
    }
    let told = |error: &dyn std::error::Error| error.to_string();
    let batch = RecordBatch::try_from_iter_with_nullable(columns).map_err(|error| told(&error))?;
    let file = File::create(file).map_err(|error| told(&error))?;
    let mut writer =
        ArrowWriter::try_new(file, batch.schema(), None).map_err(|error| told(&error))?;
    writer.write(&batch).map_err(|error| told(&error))?;
    writer.close().map_err(|error| told(&error))?;
    Ok(())
}

fn array(values: Values) -> ArrayRef {
    match values {
        Values::Text(cells) => Arc::new(StringArray::from(cells)),
        Values::Integer(cells) => Arc::new(Int64Array::from(cells)),
        Values::Float(cells) => Arc::new(Float64Array::from(cells)),
        Values::Boolean(cells) => Arc::new(BooleanArray::from(cells)),
        Values::Timestamp(cells) => timestamps(&cells),
        Values::Date(cells) => Arc::new(Date32Array::from_iter(cells.into_iter().map(days))),
    }
}

/// In microseconds, or in nanoseconds where some value has any.
fn timestamps(cells: &[Option<DateTime>]) -> ArrayRef {
    let nanoseconds: Vec<Option<i128>> = cells
        .iter()
        .map(|cell| Some(cell.as_ref()?.to_zoned(TimeZone::UTC).ok()?.timestamp()))
        .map(|at| at.map(jiff::Timestamp::as_nanosecond))
        .collect();
    let fine = nanoseconds.iter().flatten().any(|at| at % 1_000 != 0);
    let narrow = |unit: i128| {
        nanoseconds
            .iter()
            .map(move |at| i64::try_from((*at)?.div_euclid(unit)).ok())
    };
    if fine {
        Arc::new(TimestampNanosecondArray::from_iter(narrow(1)))
    } else {
        Arc::new(TimestampMicrosecondArray::from_iter(narrow(1_000)))
    }
}

/// Days since 1970.
fn days(cell: Option<DateTime>) -> Option<i32> {
    let at = cell?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    i32::try_from(at.as_second().div_euclid(86_400)).ok()
}
