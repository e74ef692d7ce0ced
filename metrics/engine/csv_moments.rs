//! Times in CSV files that say their offset ("2026-11-18T22:36:00Z", "…+02:00") are moments, which
//! fall on the workspace's dates; those without one are wall clocks. Inference takes both for
//! wall clocks.

use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};

/// Rows that are looked at.
const SAMPLE: usize = 1_000;

/// The columns of a file as inferred, with those whose times all say their offset as moments.
pub(super) fn told_by_offset(inferred: &SchemaRef, file: &Path) -> SchemaRef {
    let times: Vec<usize> = inferred
        .fields()
        .iter()
        .enumerate()
        .filter(|(_, field)| matches!(field.data_type(), DataType::Timestamp(_, None)))
        .map(|(at, _)| at)
        .collect();
    if times.is_empty() {
        return Arc::clone(inferred);
    }
    let moments = with_offsets(file, &times);
    if moments.is_empty() {
        return Arc::clone(inferred);
    }
    let fields = inferred
        .fields()
        .iter()
        .enumerate()
        .map(|(at, field)| match field.data_type() {
            DataType::Timestamp(unit, None) if moments.contains(&at) => {
                let moment = DataType::Timestamp(*unit, Some("UTC".into()));
                Arc::new(Field::clone(field).with_data_type(moment))
            }
            _ => Arc::clone(field),
        });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// Which of these columns have times in the file's first rows, and an offset on each.
fn with_offsets(file: &Path, times: &[usize]) -> Vec<usize> {
    // A file that cannot be read has been, or will be, complained of by whoever reads all of it.
    let Ok(mut rows) = csv::ReaderBuilder::new().flexible(true).from_path(file) else {
        return Vec::new();
    };
    let sample: Vec<csv::StringRecord> = rows.records().take(SAMPLE).flatten().collect();
    let told = |column: &&usize| {
        let mut values = sample
            .iter()
            .filter_map(|row| row.get(**column))
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .peekable();
        values.peek().is_some() && values.all(has_offset)
    };
    times.iter().filter(told).copied().collect()
}

/// Whether a time ends with its offset from UTC.
fn has_offset(value: &str) -> bool {
    let Some((_, clock)) = value.split_once(['T', ' ']) else {
        return false;
    };
    clock.ends_with(['Z', 'z']) || clock.contains(['+', '-'])
}

#[cfg(test)]
mod tests {
    use super::has_offset;

    #[test]
    fn an_offset_stands_behind_the_clock() {
        for told in [
            "2026-11-18T22:36:00Z",
            "2026-11-18 22:36:00.5+02:00",
            "2026-11-18T22:36:00-0300",
        ] {
            assert!(has_offset(told), "{told}");
        }
        for wall in [
            "2026-11-18T22:36:00",
            "2026-11-18 22:36:00.25",
            "2026-11-18",
            "",
        ] {
            assert!(!has_offset(wall), "{wall}");
        }
    }
}
