//! `to_local_time` for DataFusion, in place of its own: the wall clock of a moment's zone. The
//! statements are the same and so are the results; a zone's offset is looked up once for all the
//! moments between two changes of its clocks instead of once a row.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, PrimitiveArray};
use datafusion::arrow::datatypes::{
    ArrowTimestampType, DataType, TimeUnit, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType,
};
use datafusion::common::{DataFusionError, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The function, to be registered.
pub(super) fn to_local_time() -> ScalarUDF {
    ScalarUDF::new_from_impl(ToLocalTime {
        signature: Signature::any(1, Volatility::Immutable),
    })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct ToLocalTime {
    signature: Signature,
}

impl ScalarUDFImpl for ToLocalTime {
    fn name(&self) -> &str {
        "to_local_time"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, kinds: &[DataType]) -> Result<DataType, DataFusionError> {
        match kinds {
            [DataType::Timestamp(unit, _)] => Ok(DataType::Timestamp(*unit, None)),
            _ => Err(DataFusionError::Plan(
                "to_local_time takes one timestamp".into(),
            )),
        }
    }

    fn invoke_with_args(
        &self,
        arguments: ScalarFunctionArgs,
    ) -> Result<ColumnarValue, DataFusionError> {
        match arguments.args.as_slice() {
            [ColumnarValue::Array(moments)] => Ok(ColumnarValue::Array(local(moments)?)),
            [ColumnarValue::Scalar(moment)] => {
                let one = local(&moment.to_array()?)?;
                Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&one, 0)?))
            }
            _ => Err(DataFusionError::Plan(
                "to_local_time takes one timestamp".into(),
            )),
        }
    }
}

fn local(moments: &ArrayRef) -> Result<ArrayRef, DataFusionError> {
    let DataType::Timestamp(unit, Some(zone)) = moments.data_type() else {
        return Ok(Arc::clone(moments));
    };
    let zone = TimeZone::get(zone).map_err(|error| DataFusionError::External(Box::new(error)))?;
    Ok(match unit {
        TimeUnit::Second => shift::<TimestampSecondType>(moments, &zone, 1),
        TimeUnit::Millisecond => shift::<TimestampMillisecondType>(moments, &zone, 1_000),
        TimeUnit::Microsecond => shift::<TimestampMicrosecondType>(moments, &zone, 1_000_000),
        TimeUnit::Nanosecond => shift::<TimestampNanosecondType>(moments, &zone, 1_000_000_000),
    })
}

fn shift<T>(moments: &ArrayRef, zone: &TimeZone, per_second: i64) -> ArrayRef
where
    T: ArrowTimestampType + ArrowPrimitiveType<Native = i64>,
{
    let moments = moments.as_primitive::<T>();
    let mut stretch = Stretch {
        from: i64::MAX,
        to: i64::MIN,
        offset: 0,
    };
    let local: Vec<i64> = moments
        .values()
        .iter()
        .map(|moment| {
            if !(stretch.from..stretch.to).contains(moment) {
                stretch = Stretch::around(*moment, zone, per_second);
            }
            moment.saturating_add(stretch.offset)
        })
        .collect();
    Arc::new(PrimitiveArray::<T>::new(
        local.into(),
        moments.nulls().cloned(),
    ))
}

/// The moments between two changes of a zone's clocks.
struct Stretch {
    from: i64,
    to: i64,
    /// What is added to a moment to get the wall clock.
    offset: i64,
}

impl Stretch {
    fn around(moment: i64, zone: &TimeZone, per_second: i64) -> Self {
        let Ok(at) = Timestamp::from_second(moment.div_euclid(per_second)) else {
            // No calendar reaches there, nor does any change of clocks.
            return Self {
                from: moment,
                to: moment,
                offset: 0,
            };
        };
        let scaled = |at: Timestamp| at.as_second().saturating_mul(per_second);
        // `preceding` leaves out a change that happens at the very moment.
        let to = zone
            .following(at)
            .next()
            .map_or(i64::MAX, |change| scaled(change.timestamp()));
        let from = match zone.preceding(at).next() {
            Some(change) if zone.to_offset(change.timestamp()) == zone.to_offset(at) => {
                scaled(change.timestamp())
            }
            Some(_) => scaled(at),
            None => i64::MIN,
        };
        let offset = i64::from(zone.to_offset(at).seconds()).saturating_mul(per_second);
        Self { from, to, offset }
    }
}
