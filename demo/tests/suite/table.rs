//! Reads a table of the shop back, column by column.

use std::fs::File;
use std::path::Path;

use arrow::array::{
    Array, AsArray, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use arrow::compute::concat_batches;
use arrow::datatypes::{Date32Type, Float64Type, Int64Type, TimestampMicrosecondType};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// A whole table in memory.
pub(crate) struct Table(RecordBatch);

impl Table {
    pub(crate) fn read(path: &Path) -> Self {
        let file = File::open(path).unwrap();
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let schema = builder.schema().clone();
        let batches: Vec<RecordBatch> = builder.build().unwrap().map(Result::unwrap).collect();
        Self(concat_batches(&schema, &batches).unwrap())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.num_rows()
    }

    pub(crate) fn int(&self, name: &str) -> &Int64Array {
        self.column(name).as_primitive::<Int64Type>()
    }

    pub(crate) fn number(&self, name: &str) -> &Float64Array {
        self.column(name).as_primitive::<Float64Type>()
    }

    pub(crate) fn date(&self, name: &str) -> &Date32Array {
        self.column(name).as_primitive::<Date32Type>()
    }

    pub(crate) fn moment(&self, name: &str) -> &TimestampMicrosecondArray {
        self.column(name).as_primitive::<TimestampMicrosecondType>()
    }

    pub(crate) fn text(&self, name: &str) -> &StringArray {
        self.column(name).as_string::<i32>()
    }

    pub(crate) fn flag(&self, name: &str) -> &BooleanArray {
        self.column(name).as_boolean()
    }

    fn column(&self, name: &str) -> &dyn Array {
        self.0
            .column_by_name(name)
            .unwrap_or_else(|| panic!("no column {name}"))
    }
}
