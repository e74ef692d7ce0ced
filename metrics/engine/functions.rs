//! What statements call beside DataFusion's own functions. Every session that plans or runs them
//! has these: the one in process, and those of a cluster's scheduler and executors.

use std::sync::Arc;

use datafusion::common::DataFusionError;
use datafusion::execution::FunctionRegistry;

use super::date_trunc::date_trunc;
use super::local_time::to_local_time;
use super::percentile_disc::percentile_disc;

/// Registers them.
pub(super) fn add_functions(registry: &mut dyn FunctionRegistry) -> Result<(), DataFusionError> {
    registry.register_udf(Arc::new(date_trunc()))?;
    registry.register_udf(Arc::new(to_local_time()))?;
    registry.register_udaf(Arc::new(percentile_disc()))?;
    Ok(())
}
