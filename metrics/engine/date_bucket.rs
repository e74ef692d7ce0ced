//! Days, weeks, months, quarters and years of moments for DataFusion. Statements say
//! `CAST(date_trunc('month', moment) AS DATE)`, as they do everywhere; `bucketing` puts this
//! function in its place. The results are the same: the calendar is asked once for a day instead
//! of once for a row.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, Date32Array};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Field, FieldRef, TimeUnit, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use datafusion::common::{DataFusionError, ScalarValue};
use datafusion::functions::datetime::date_trunc;
use datafusion::logical_expr::{
    ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility,
};
use jiff::civil::Date;

/// Days that are remembered at once: eleven years. A power of two.
const SLOTS: usize = 4_096;

/// What a date is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Bucket {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Bucket {
    /// By its name for `date_trunc`; `None` for what is finer than a day.
    pub(super) fn named(name: &str) -> Option<Self> {
        [
            Self::Day,
            Self::Week,
            Self::Month,
            Self::Quarter,
            Self::Year,
        ]
        .into_iter()
        .find(|one| one.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The first of its days, by days since 1970; `None` beyond the calendar.
    pub(super) fn first(self, day: i32) -> Option<i32> {
        let (month, date) = match self {
            Self::Day => return Some(day),
            // 1970 began on a Thursday.
            Self::Week => return Some(day - (i64::from(day) + 3).rem_euclid(7) as i32),
            Self::Month | Self::Quarter | Self::Year => {
                let span = jiff::Span::new().try_days(day).ok()?;
                let date = Date::constant(1970, 1, 1).checked_add(span).ok()?;
                (date.month(), date)
            }
        };
        let month = match self {
            Self::Quarter => (month - 1) / 3 * 3 + 1,
            Self::Year => 1,
            _ => month,
        };
        let first = Date::new(date.year(), month, 1).ok()?;
        Some(day - i32::from(date.day_of_year() - first.day_of_year()))
    }
}

/// The function for a bucket; it takes a date or a timestamp without a zone.
pub(super) fn date_bucket(bucket: Bucket) -> ScalarUDF {
    ScalarUDF::new_from_impl(DateBucket {
        bucket,
        name: format!("date_of_{}", bucket.name()),
        signature: Signature::any(1, Volatility::Immutable),
    })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct DateBucket {
    bucket: Bucket,
    name: String,
    signature: Signature,
}

impl ScalarUDFImpl for DateBucket {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType, DataFusionError> {
        Ok(DataType::Date32)
    }

    fn return_field_from_args(&self, of: ReturnFieldArgs<'_>) -> Result<FieldRef, DataFusionError> {
        let nullable = of.arg_fields.iter().any(|field| field.is_nullable());
        Ok(Arc::new(Field::new(
            self.name(),
            DataType::Date32,
            nullable,
        )))
    }

    fn invoke_with_args(
        &self,
        arguments: ScalarFunctionArgs,
    ) -> Result<ColumnarValue, DataFusionError> {
        let dates = match arguments.args.as_slice() {
            [ColumnarValue::Array(moments)] => {
                dates(moments, self.bucket).map(|dates| ColumnarValue::Array(Arc::new(dates)))
            }
            [ColumnarValue::Scalar(moment)] => match dates(&moment.to_array()?, self.bucket) {
                Some(dates) => {
                    let date = ScalarValue::try_from_array(&dates, 0)?;
                    Some(ColumnarValue::Scalar(date))
                }
                None => None,
            },
            _ => None,
        };
        match dates {
            Some(dates) => Ok(dates),
            None => self.as_written(arguments),
        }
    }
}

impl DateBucket {
    /// What the statement says, for dates that our calendar does not reach.
    fn as_written(&self, of: ScalarFunctionArgs) -> Result<ColumnarValue, DataFusionError> {
        let [moments] = of.args.as_slice() else {
            return Err(DataFusionError::Internal(format!(
                "{} takes one argument",
                self.name
            )));
        };
        let moments = match moments.data_type() {
            DataType::Timestamp(..) => moments.clone(),
            _ => moments.cast_to(&DataType::Timestamp(TimeUnit::Nanosecond, None), None)?,
        };
        let kind = moments.data_type();
        let unit = ColumnarValue::Scalar(ScalarValue::from(self.bucket.name()));
        let field = |kind: DataType| Arc::new(Field::new("", kind, true));
        let truncated = date_trunc().invoke_with_args(ScalarFunctionArgs {
            arg_fields: vec![field(unit.data_type()), field(kind.clone())],
            args: vec![unit, moments],
            number_rows: of.number_rows,
            return_field: field(kind),
            config_options: of.config_options,
        })?;
        truncated.cast_to(&DataType::Date32, None)
    }
}

/// `None` where one is beyond the calendar.
fn dates(moments: &ArrayRef, bucket: Bucket) -> Option<Date32Array> {
    match moments.data_type() {
        DataType::Date32 => each::<Date32Type, 1>(moments, bucket),
        DataType::Timestamp(TimeUnit::Second, None) => {
            each::<TimestampSecondType, 86_400>(moments, bucket)
        }
        DataType::Timestamp(TimeUnit::Millisecond, None) => {
            each::<TimestampMillisecondType, 86_400_000>(moments, bucket)
        }
        DataType::Timestamp(TimeUnit::Microsecond, None) => {
            each::<TimestampMicrosecondType, 86_400_000_000>(moments, bucket)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, None) => {
            each::<TimestampNanosecondType, 86_400_000_000_000>(moments, bucket)
        }
        _ => None,
    }
}

fn each<T, const PER_DAY: i64>(moments: &ArrayRef, bucket: Bucket) -> Option<Date32Array>
where
    T: ArrowPrimitiveType,
    T::Native: Into<i64>,
{
    let moments = moments.as_primitive_opt::<T>()?;
    let nulls = moments.nulls();
    // Days that are in no slot of theirs: each is told from whatever comes to its slot.
    let mut known: Vec<(i32, i32)> = (0..SLOTS).map(|slot| (!(slot as i32), 0)).collect();
    let mut dates = Vec::with_capacity(moments.len());
    for (row, moment) in moments.values().iter().enumerate() {
        if nulls.is_some_and(|nulls| nulls.is_null(row)) {
            dates.push(0);
            continue;
        }
        let moment: i64 = (*moment).into();
        let day = i32::try_from(moment.div_euclid(PER_DAY)).ok()?;
        let slot = &mut known[day as usize & (SLOTS - 1)];
        if slot.0 != day {
            *slot = (day, bucket.first(day)?);
        }
        dates.push(slot.1);
    }
    Some(Date32Array::new(dates.into(), nulls.cloned()))
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::TimestampMicrosecondArray;
    use datafusion::common::config::ConfigOptions;

    use super::*;

    /// The function and what it stands for, over days of five centuries in no order, some missing.
    #[test]
    fn gives_what_the_statement_says() {
        let moments = (0..20_000_i64).map(|number| {
            let second = (number * 7_919_777 % 16_000_000_000) - 8_000_000_000;
            (number % 50 != 0).then_some(second * 1_000_000 - number % 3)
        });
        let moments: ArrayRef = Arc::new(TimestampMicrosecondArray::from_iter(moments));
        for bucket in ["day", "week", "month", "quarter", "year"] {
            let bucket = Bucket::named(bucket).unwrap();
            let function = DateBucket {
                bucket,
                name: String::new(),
                signature: Signature::any(1, Volatility::Immutable),
            };
            let field = |kind| Arc::new(Field::new("", kind, true));
            let written = function
                .as_written(ScalarFunctionArgs {
                    arg_fields: vec![field(moments.data_type().clone())],
                    args: vec![ColumnarValue::Array(Arc::clone(&moments))],
                    number_rows: moments.len(),
                    return_field: field(DataType::Date32),
                    config_options: Arc::new(ConfigOptions::default()),
                })
                .unwrap()
                .into_array(moments.len())
                .unwrap();
            let ours = dates(&moments, bucket).unwrap();
            assert_eq!(&ours, written.as_primitive::<Date32Type>(), "{bucket:?}");
        }
    }
}
