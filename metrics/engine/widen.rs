//! The columns that the files of a table have in common: where two files hold a column in
//! different types, the type that holds every value of both.

use std::path::Path;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};

use super::files::{FileFormat, Found};
use super::registered::kind;
use crate::error::LayerError;

/// The columns of all files, in the order in which they come up; what a file does not have is
/// missing in its rows.
pub(super) fn merge(found: &Found, schemas: &[SchemaRef]) -> Result<Schema, LayerError> {
    if let [one] = schemas {
        return Ok(one.as_ref().clone());
    }
    let mut merged: Vec<(Field, &Path)> = Vec::new();
    for (schema, file) in schemas.iter().zip(&found.files) {
        if let (FileFormat::Csv, Some(first)) = (found.format, schemas.first()) {
            same_header(found, first, schema, file)?;
        }
        for field in schema.fields() {
            let known = merged
                .iter_mut()
                .find(|(known, _)| known.name() == field.name());
            let Some((known, before)) = known else {
                // It is missing in other files, or may be.
                let field = Field::new(field.name(), field.data_type().clone(), true);
                merged.push((field, file));
                continue;
            };
            match widened(known.data_type(), field.data_type(), found.format) {
                Some(kind) if kind == *known.data_type() => {}
                Some(kind) => known.set_data_type(kind),
                None => {
                    let reason = format!(
                        "the files of table {} differ in a column's type: {} holds {} here and {} in {}",
                        found.name,
                        field.name(),
                        words(field.data_type()),
                        words(known.data_type()),
                        before.display()
                    );
                    return Err(unfit(found, file, reason));
                }
            }
        }
    }
    let fields: Vec<Field> = merged.into_iter().map(|(field, _)| field).collect();
    Ok(Schema::new(fields))
}

/// The engine finds a CSV file's columns by their order.
fn same_header(
    found: &Found,
    first: &SchemaRef,
    schema: &SchemaRef,
    file: &Path,
) -> Result<(), LayerError> {
    let names = |schema: &SchemaRef| -> Vec<String> {
        let fields = schema.fields().iter();
        fields.map(|field| field.name().clone()).collect()
    };
    let (expected, own) = (names(first), names(schema));
    if expected == own {
        return Ok(());
    }
    let before = found.files.first().map(|file| file.display().to_string());
    let reason = format!(
        "its columns are {} but those of {} are {}; give all files of table {} the same first line",
        own.join(", "),
        before.unwrap_or_default(),
        expected.join(", "),
        found.name
    );
    Err(unfit(found, file, reason))
}

fn unfit(found: &Found, file: &Path, reason: String) -> LayerError {
    LayerError::File {
        path: file.to_owned(),
        format: found.format.words(),
        reason,
    }
}

fn words(of: &DataType) -> String {
    format!("{} ({of})", kind(of).words())
}

/// The type that holds every value of both.
fn widened(one: &DataType, other: &DataType, format: FileFormat) -> Option<DataType> {
    use DataType::{
        Date32, Date64, Decimal128, Dictionary, Float16, Float32, Float64, Int64, Null, Timestamp,
    };
    if one == other {
        return Some(one.clone());
    }
    if text(one) && text(other) {
        let large = [one, other].contains(&&DataType::LargeUtf8);
        return Some(if large {
            DataType::LargeUtf8
        } else {
            DataType::Utf8
        });
    }
    match (one, other) {
        (Null, kind) | (kind, Null) => Some(kind.clone()),
        (Dictionary(_, values), kind) | (kind, Dictionary(_, values)) => {
            widened(values, kind, format)
        }
        (Float16 | Float32, Float32) | (Float32, Float16) => Some(Float32),
        (Float16 | Float32 | Float64, Float16 | Float32 | Float64) => Some(Float64),
        // The file's text is read as what it is to become.
        (Int64, Float64) | (Float64, Int64) if format == FileFormat::Csv => Some(Float64),
        (Float16 | Float32 | Float64, whole) | (whole, Float16 | Float32 | Float64) => {
            let (bits, _) = integer(whole)?;
            (bits <= 32).then_some(Float64)
        }
        (Date32 | Date64, Date32 | Date64) => Some(Date64),
        (Date32 | Date64, Timestamp(unit, None)) | (Timestamp(unit, None), Date32 | Date64) => {
            Some(Timestamp(*unit, None))
        }
        (Timestamp(one, zone), Timestamp(other, None)) if zone.is_none() => {
            Some(Timestamp(finer(*one, *other), None))
        }
        // Moments are the same whatever zone they are shown in.
        (Timestamp(one, Some(zone)), Timestamp(other, Some(_))) => {
            Some(Timestamp(finer(*one, *other), Some(zone.clone())))
        }
        (Decimal128(..), _) | (_, Decimal128(..)) => {
            let ((whole, point), (whole_other, point_other)) = (digits(one)?, digits(other)?);
            let (whole, point) = (whole.max(whole_other), point.max(point_other));
            let all = u8::try_from(whole + point).ok().filter(|all| *all <= 38)?;
            Some(Decimal128(all, i8::try_from(point).ok()?))
        }
        _ => integers(integer(one)?, integer(other)?),
    }
}

fn text(kind: &DataType) -> bool {
    matches!(
        kind,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
    )
}

fn finer(one: TimeUnit, other: TimeUnit) -> TimeUnit {
    let rank = |unit| match unit {
        TimeUnit::Second => 0,
        TimeUnit::Millisecond => 1,
        TimeUnit::Microsecond => 2,
        TimeUnit::Nanosecond => 3,
    };
    if rank(one) >= rank(other) { one } else { other }
}

/// Digits before and after the point.
fn digits(kind: &DataType) -> Option<(i16, i16)> {
    match kind {
        DataType::Decimal128(all, point) => {
            let point = i16::from(*point);
            Some((i16::from(*all) - point, point))
        }
        kind => match integer(kind)? {
            (8, _) => Some((3, 0)),
            (16, _) => Some((5, 0)),
            (32, _) => Some((10, 0)),
            _ => Some((20, 0)),
        },
    }
}

/// Bits, and whether there is a sign.
fn integer(kind: &DataType) -> Option<(u8, bool)> {
    match kind {
        DataType::Int8 => Some((8, true)),
        DataType::Int16 => Some((16, true)),
        DataType::Int32 => Some((32, true)),
        DataType::Int64 => Some((64, true)),
        DataType::UInt8 => Some((8, false)),
        DataType::UInt16 => Some((16, false)),
        DataType::UInt32 => Some((32, false)),
        DataType::UInt64 => Some((64, false)),
        _ => None,
    }
}

fn integers(one: (u8, bool), other: (u8, bool)) -> Option<DataType> {
    // A number without a sign needs one bit more with it.
    let needs = |(bits, sign): (u8, bool)| if sign { bits } else { bits.saturating_add(1) };
    if !one.1 && !other.1 {
        return Some(match one.0.max(other.0) {
            8 => DataType::UInt8,
            16 => DataType::UInt16,
            32 => DataType::UInt32,
            _ => DataType::UInt64,
        });
    }
    match needs(one).max(needs(other)) {
        0..=8 => Some(DataType::Int8),
        9..=16 => Some(DataType::Int16),
        17..=32 => Some(DataType::Int32),
        33..=64 => Some(DataType::Int64),
        _ => None,
    }
}
