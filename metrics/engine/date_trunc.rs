//! `date_trunc` for DataFusion, in place of its own, which counts nanoseconds and so fails on days
//! after 2262, such as the 9999-12-31 that stands for "still valid". Dates and local times in
//! microseconds are truncated here, the calendar asked once for all the values of a day; everything
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

use super::date_bucket::Bucket;

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
            && let Some(bucket) = Bucket::named(unit)
        {
            return Ok(ColumnarValue::Array(truncated(moments, bucket)?));
        }
        self.own.invoke_with_args(arguments)
    }
}

fn truncated(moments: &ArrayRef, bucket: Bucket) -> Result<ArrayRef, DataFusionError> {
    let moments = moments.as_primitive::<TimestampMicrosecondType>();
    let mut known = (i64::MIN, 0);
    // What stands under a null is no moment.
    moments
        .iter()
        .map(|moment| {
            let Some(moment) = moment else {
                return Ok(None);
            };
            let day = moment.div_euclid(DAY);
            if known.0 != day {
                let first = i32::try_from(day).ok().and_then(|day| bucket.first(day));
                let Some(first) = first else {
                    let text = format!("day {day} after 1970 is beyond the calendar");
                    return Err(DataFusionError::Execution(text));
                };
                known = (day, i64::from(first) * DAY);
            }
            Ok(Some(known.1))
        })
        .collect::<Result<PrimitiveArray<TimestampMicrosecondType>, DataFusionError>>()
        .map(|array| Arc::new(array) as ArrayRef)
}
