//! `date_trunc` for DataFusion, in place of its own, which counts nanoseconds and so fails on days
//! after 2262, such as the 9999-12-31 that stands for "still valid". Dates and local times in
//! microseconds are truncated here, a bucket looked up once for all the values in it; everything
//! else is left to DataFusion.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, PrimitiveArray};
use datafusion::arrow::datatypes::{DataType, FieldRef, TimeUnit, TimestampMicrosecondType};
use datafusion::common::{DataFusionError, ScalarValue};
use datafusion::functions::datetime;
use datafusion::logical_expr::{
    ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility,
};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// Microseconds.
const DAY: i64 = 86_400_000_000;

/// The function, to be registered.
pub(super) fn date_trunc() -> ScalarUDF {
    ScalarUDF::new_from_impl(DateTrunc {
        signature: Signature::user_defined(Volatility::Immutable),
        own: datetime::date_trunc(),
    })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct DateTrunc {
    signature: Signature,
    own: Arc<ScalarUDF>,
}

impl ScalarUDFImpl for DateTrunc {
    fn name(&self) -> &str {
        "date_trunc"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, kinds: &[DataType]) -> Result<Vec<DataType>, DataFusionError> {
        let [_, moment] = kinds else {
            return Err(DataFusionError::Plan(
                "date_trunc takes a unit and a moment".into(),
            ));
        };
        let moment = match moment {
            DataType::Timestamp(..) => moment.clone(),
            _ => DataType::Timestamp(TimeUnit::Microsecond, None),
        };
        Ok(vec![DataType::Utf8, moment])
    }

    fn return_type(&self, kinds: &[DataType]) -> Result<DataType, DataFusionError> {
        match kinds {
            [_, moment] => Ok(moment.clone()),
            _ => Err(DataFusionError::Plan(
                "date_trunc takes a unit and a moment".into(),
            )),
        }
    }

    fn return_field_from_args(
        &self,
        args: ReturnFieldArgs<'_>,
    ) -> Result<FieldRef, DataFusionError> {
        self.own.return_field_from_args(args)
    }

    fn invoke_with_args(
        &self,
        arguments: ScalarFunctionArgs,
    ) -> Result<ColumnarValue, DataFusionError> {
        if let [
            ColumnarValue::Scalar(ScalarValue::Utf8(Some(unit))),
            ColumnarValue::Array(moments),
        ] = arguments.args.as_slice()
            && *moments.data_type() == DataType::Timestamp(TimeUnit::Microsecond, None)
            && let Some(unit) = Unit::named(unit)
        {
            return Ok(ColumnarValue::Array(truncated(moments, unit)?));
        }
        self.own.invoke_with_args(arguments)
    }
}

/// A length of whole days.
#[derive(Debug, Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    fn named(name: &str) -> Option<Self> {
        match name {
            "day" => Some(Self::Day),
            "week" => Some(Self::Week),
            "month" => Some(Self::Month),
            "quarter" => Some(Self::Quarter),
            "year" => Some(Self::Year),
            _ => None,
        }
    }

    /// The first day of the bucket that a day falls in, and how many days it has.
    fn bucket(self, day: Date) -> Result<(Date, i64), jiff::Error> {
        let first = match self {
            Self::Day => day,
            Self::Week => {
                let after = day.weekday().to_monday_zero_offset();
                day.checked_sub(i64::from(after).days())?
            }
            Self::Month => day.first_of_month(),
            Self::Quarter => day
                .with()
                .month((day.month() - 1) / 3 * 3 + 1)
                .day(1)
                .build()?,
            Self::Year => day.first_of_year(),
        };
        let days = match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => i64::from(first.days_in_month()),
            // The first two months and the last one's own days.
            Self::Quarter => {
                let last = first.checked_add(2.months())?;
                i64::from((last - first).get_days()) + i64::from(last.days_in_month())
            }
            Self::Year => i64::from(first.days_in_year()),
        };
        Ok((first, days))
    }
}

fn truncated(moments: &ArrayRef, unit: Unit) -> Result<ArrayRef, DataFusionError> {
    let moments = moments.as_primitive::<TimestampMicrosecondType>();
    let epoch = Date::constant(1970, 1, 1);
    let mut known = 0..0;
    // What stands under a null is no moment.
    moments
        .iter()
        .map(|moment| {
            let Some(moment) = moment else {
                return Ok(None);
            };
            if !known.contains(&moment) {
                let far = |error: jiff::Error| DataFusionError::Execution(error.to_string());
                let days = moment.div_euclid(DAY);
                let span = Span::new().try_days(days).map_err(far)?;
                let day = epoch.checked_add(span).map_err(far)?;
                let (first, length) = unit.bucket(day).map_err(far)?;
                let start = i64::from((first - epoch).get_days()) * DAY;
                known = start..start + length * DAY;
            }
            Ok(Some(known.start))
        })
        .collect::<Result<PrimitiveArray<TimestampMicrosecondType>, DataFusionError>>()
        .map(|array| Arc::new(array) as ArrayRef)
}
