//! Puts `date_bucket` in the place of `CAST(date_trunc('month', moment) AS DATE)` and of
//! `CAST(moment AS DATE)` where rows are grouped or computed. Conditions stay as they are written:
//! files are passed over by them.

use std::sync::Arc;

use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{DFSchema, DataFusionError, ScalarValue};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::merge_schema;
use datafusion::logical_expr::{Cast, Expr, ExprSchemable, LogicalPlan};
use datafusion::optimizer::AnalyzerRule;

use super::date_bucket::{Bucket, date_bucket};

/// The rule, to be added after DataFusion's own.
#[derive(Debug)]
pub(super) struct Bucketing;

impl AnalyzerRule for Bucketing {
    fn name(&self) -> &str {
        "dates by the bucket"
    }

    fn analyze(
        &self,
        plan: LogicalPlan,
        _: &ConfigOptions,
    ) -> Result<LogicalPlan, DataFusionError> {
        let changed = plan.transform_up_with_subqueries(|node| match node {
            LogicalPlan::Aggregate(_) | LogicalPlan::Projection(_) => changed(node),
            other => Ok(Transformed::no(other)),
        });
        Ok(changed?.data)
    }
}

fn changed(node: LogicalPlan) -> Result<Transformed<LogicalPlan>, DataFusionError> {
    let schema = merge_schema(&node.inputs());
    let names = NamePreserver::new(&node);
    let changed = node.map_expressions(|expr| {
        let name = names.save(&expr);
        let changed = expr.transform_up(|part| bucketed(part, &schema))?;
        Ok(changed.update_data(|expr| name.restore(expr)))
    })?;
    changed.map_data(LogicalPlan::recompute_schema)
}

fn bucketed(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>, DataFusionError> {
    let Expr::Cast(Cast { expr: inner, field }) = &expr else {
        return Ok(Transformed::no(expr));
    };
    if *field.data_type() != DataType::Date32 {
        return Ok(Transformed::no(expr));
    }
    let (bucket, moment) = match inner.as_ref() {
        Expr::ScalarFunction(call) if call.name() == "date_trunc" => {
            let [Expr::Literal(unit, _), moment] = call.args.as_slice() else {
                return Ok(Transformed::no(expr));
            };
            let Some(bucket) = named(unit) else {
                return Ok(Transformed::no(expr));
            };
            (bucket, moment)
        }
        moment => (Bucket::Day, moment),
    };
    // A date was made a timestamp only because `date_trunc` takes nothing else.
    let moment = match moment {
        Expr::Cast(cast) if cast.expr.get_type(schema)? == DataType::Date32 => cast.expr.as_ref(),
        other => other,
    };
    match moment.get_type(schema)? {
        DataType::Timestamp(_, None) => {}
        DataType::Date32 if bucket != Bucket::Day => {}
        _ => return Ok(Transformed::no(expr)),
    }
    let function = Arc::new(date_bucket(bucket));
    let call = ScalarFunction::new_udf(function, vec![moment.clone()]);
    Ok(Transformed::yes(Expr::ScalarFunction(call)))
}

fn named(unit: &ScalarValue) -> Option<Bucket> {
    unit.try_as_str().flatten().and_then(Bucket::named)
}
