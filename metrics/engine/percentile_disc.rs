//! `percentile_disc` for DataFusion, which has none: the least value of a group with at least the
//! given share of the values at or below it, as in the SQL standard's ordered-set function.

use datafusion::arrow::array::{ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Float64Type};
use datafusion::common::{DataFusionError, ScalarValue};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, Signature, Volatility,
};

/// The function, to be registered: `percentile_disc(value, share)`, both doubles, the share from 0
/// to 1.
pub(super) fn percentile_disc() -> AggregateUDF {
    let doubles = vec![DataType::Float64, DataType::Float64];
    AggregateUDF::new_from_impl(PercentileDisc {
        signature: Signature::exact(doubles, Volatility::Immutable),
    })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct PercentileDisc {
    signature: Signature,
}

impl AggregateUDFImpl for PercentileDisc {
    fn name(&self) -> &str {
        "percentile_disc"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType, DataFusionError> {
        Ok(DataType::Float64)
    }

    fn accumulator(
        &self,
        _arguments: AccumulatorArgs<'_>,
    ) -> Result<Box<dyn Accumulator>, DataFusionError> {
        Ok(Box::new(Values::default()))
    }

    fn state_fields(
        &self,
        _arguments: StateFieldsArgs<'_>,
    ) -> Result<Vec<FieldRef>, DataFusionError> {
        let item = Field::new_list_field(DataType::Float64, true);
        Ok(vec![
            Field::new("values", DataType::List(item.into()), true).into(),
            Field::new("share", DataType::Float64, true).into(),
        ])
    }
}

/// The values of a group.
#[derive(Debug, Default)]
struct Values {
    values: Vec<f64>,
    share: Option<f64>,
}

impl Values {
    fn take_share(&mut self, shares: &ArrayRef) {
        let shares = shares.as_primitive::<Float64Type>();
        self.share = self.share.or_else(|| shares.iter().flatten().next());
    }
}

impl Accumulator for Values {
    fn update_batch(&mut self, arguments: &[ArrayRef]) -> Result<(), DataFusionError> {
        let [values, shares] = arguments else {
            let text = "percentile_disc takes a value and a share".into();
            return Err(DataFusionError::Plan(text));
        };
        self.take_share(shares);
        self.values
            .extend(values.as_primitive::<Float64Type>().iter().flatten());
        Ok(())
    }

    fn evaluate(&mut self) -> Result<ScalarValue, DataFusionError> {
        let (Some(share), false) = (self.share, self.values.is_empty()) else {
            return Ok(ScalarValue::Float64(None));
        };
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place among the values of a group"
        )]
        let place = (share * self.values.len() as f64).ceil().max(1.0) as usize - 1;
        let place = place.min(self.values.len() - 1);
        let (_, value, _) = self.values.select_nth_unstable_by(place, f64::total_cmp);
        Ok(ScalarValue::Float64(Some(*value)))
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.values.capacity() * size_of::<f64>()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>, DataFusionError> {
        let values: Vec<ScalarValue> = self
            .values
            .drain(..)
            .map(|value| ScalarValue::Float64(Some(value)))
            .collect();
        let list = ScalarValue::new_list_nullable(&values, &DataType::Float64);
        Ok(vec![
            ScalarValue::List(list),
            ScalarValue::Float64(self.share),
        ])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<(), DataFusionError> {
        let [values, shares] = states else {
            let text = "percentile_disc keeps its values and its share".into();
            return Err(DataFusionError::Plan(text));
        };
        self.take_share(shares);
        for list in values.as_list::<i32>().iter().flatten() {
            self.values
                .extend(list.as_primitive::<Float64Type>().iter().flatten());
        }
        Ok(())
    }
}
