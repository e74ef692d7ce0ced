//! Rows to Parquet: each table lists its columns once, by name and by how a row gives them.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::DemoError;

/// Small enough that a question about a week reads little, large enough to compress well.
const ROWS_PER_GROUP: usize = 65_536;

/// A table in the making.
pub(crate) struct Sheet<'a, R> {
    table: &'static str,
    rows: &'a [R],
    columns: Vec<(&'static str, ArrayRef)>,
}

impl<'a, R> Sheet<'a, R> {
    pub(crate) fn of(table: &'static str, rows: &'a [R]) -> Self {
        Self {
            table,
            rows,
            columns: Vec::new(),
        }
    }

    /// Whole numbers counting up row by row.
    pub(crate) fn count_from(self, name: &'static str, first: i64) -> Self {
        let column = Int64Array::from_iter_values(first..first + self.rows.len() as i64);
        self.with(name, Arc::new(column))
    }

    pub(crate) fn int(self, name: &'static str, cell: impl Fn(&R) -> i64) -> Self {
        let column = Int64Array::from_iter_values(self.rows.iter().map(cell));
        self.with(name, Arc::new(column))
    }

    pub(crate) fn maybe_int(self, name: &'static str, cell: impl Fn(&R) -> Option<i64>) -> Self {
        let column = self.rows.iter().map(cell).collect::<Int64Array>();
        self.with(name, Arc::new(column))
    }

    pub(crate) fn number(self, name: &'static str, cell: impl Fn(&R) -> f64) -> Self {
        let column = Float64Array::from_iter_values(self.rows.iter().map(cell));
        self.with(name, Arc::new(column))
    }

    /// Cents to whole units of money.
    pub(crate) fn money(self, name: &'static str, cell: impl Fn(&R) -> i64) -> Self {
        self.number(name, |row| cell(row) as f64 / 100.0)
    }

    pub(crate) fn text(self, name: &'static str, cell: impl Fn(&'a R) -> &'a str) -> Self {
        let column = StringArray::from_iter_values(self.rows.iter().map(cell));
        self.with(name, Arc::new(column))
    }

    pub(crate) fn maybe_text(
        self,
        name: &'static str,
        cell: impl Fn(&'a R) -> Option<&'a str>,
    ) -> Self {
        let column = self.rows.iter().map(cell).collect::<StringArray>();
        self.with(name, Arc::new(column))
    }

    pub(crate) fn flag(self, name: &'static str, cell: impl Fn(&R) -> bool) -> Self {
        let column: BooleanArray = self.rows.iter().map(|row| Some(cell(row))).collect();
        self.with(name, Arc::new(column))
    }

    /// Days since 1970-01-01.
    pub(crate) fn date(self, name: &'static str, cell: impl Fn(&R) -> i32) -> Self {
        let column = Date32Array::from_iter_values(self.rows.iter().map(cell));
        self.with(name, Arc::new(column))
    }

    /// Unix seconds, written as moments with a time zone.
    pub(crate) fn moment(self, name: &'static str, cell: impl Fn(&R) -> i64) -> Self {
        let micros = self.rows.iter().map(|row| cell(row) * 1_000_000);
        let column = TimestampMicrosecondArray::from_iter_values(micros).with_timezone("UTC");
        self.with(name, Arc::new(column))
    }

    /// Writes `<folder>/<table>.parquet`.
    pub(crate) fn write(self, folder: &Path) -> Result<(), DemoError> {
        let table = self.table;
        let unfit = |reason: String| DemoError::Table { table, reason };
        let batch =
            RecordBatch::try_from_iter(self.columns).map_err(|error| unfit(error.to_string()))?;
        let properties = WriterProperties::builder()
            .set_created_by("almanac demo".to_owned())
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROWS_PER_GROUP))
            .build();
        let file = File::create_new(folder.join(format!("{table}.parquet")))
            .map_err(|error| DemoError::files(folder, error))?;
        let failed = |error| DemoError::parquet(folder, table, error);
        let mut writer =
            ArrowWriter::try_new(file, batch.schema(), Some(properties)).map_err(failed)?;
        writer.write(&batch).map_err(failed)?;
        let file = writer.into_inner().map_err(failed)?;
        file.sync_all()
            .map_err(|error| DemoError::files(folder, error))
    }

    fn with(mut self, name: &'static str, column: ArrayRef) -> Self {
        self.columns.push((name, column));
        self
    }
}
