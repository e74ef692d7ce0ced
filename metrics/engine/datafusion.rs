//! Apache DataFusion over files, in process.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::common::DataFusionError;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::physical_plan::{ExecutionPlan, collect};
use datafusion::prelude::{SessionConfig, SessionContext};

use super::batches::table;
use super::bucketing::Bucketing;
use super::functions::add_functions;
use super::registered::{Registered, brief, told};
use super::settings::configured;
use super::{Engine, Opened, Rows};
use crate::error::{LayerError, QueryError};
use crate::layer::Limits;
use crate::sql::Dialect;

struct DataFusion {
    registered: Registered,
}

/// Registers every table at a path.
pub(super) async fn open(path: &Path, limits: &Limits) -> Result<Opened, LayerError> {
    // What a statement may not have in memory it sorts and groups on disk.
    let disk = DiskManagerBuilder::default()
        .with_mode(DiskManagerMode::OsTmpDirectory)
        .with_max_temp_directory_size(limits.disk);
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(limits.memory)))
        .with_disk_manager_builder(disk)
        // Folders are listed anew, because files come and go.
        .with_object_list_cache_limit(0)
        .build_arc()
        .map_err(|error| LayerError::Engine(brief(&error)))?;
    let found = Registered::open(path, Box::new(move || session(&runtime))).await?;
    Ok(Opened {
        engine: Arc::new(DataFusion {
            registered: found.registered,
        }),
        schema: found.schema,
        version: found.version,
    })
}

fn session(runtime: &Arc<RuntimeEnv>) -> Result<SessionContext, DataFusionError> {
    let config = configured(SessionConfig::new());
    let mut context = SessionContext::new_with_config_rt(config, Arc::clone(runtime));
    add_functions(&mut context)?;
    context.add_analyzer_rule(Arc::new(Bucketing));
    Ok(context)
}

#[async_trait]
impl Engine for DataFusion {
    fn name(&self) -> &'static str {
        "DataFusion"
    }

    fn dialect(&self) -> Dialect {
        Dialect::DataFusion
    }

    async fn version(&self) -> Option<String> {
        self.registered.version().await
    }

    async fn run(&self, sql: &str) -> Result<Rows, QueryError> {
        let tables = self.registered.tables();
        let (frame, files) = tables.statement(sql).await?;
        let told = |error: DataFusionError| told(&files, &error);
        let plan = frame.create_physical_plan().await.map_err(told)?;
        let batches = collect(Arc::clone(&plan), tables.context.task_ctx())
            .await
            .map_err(told)?;
        let table = table(&plan.schema(), &batches)
            .map_err(|error| QueryError::Engine(error.to_string()))?;
        Ok(Rows {
            table,
            read: Some(rows_read(plan.as_ref())),
        })
    }
}

/// Rows that the leaves of a plan gave out.
fn rows_read(plan: &dyn ExecutionPlan) -> u64 {
    let children = plan.children();
    if children.is_empty() {
        let rows = plan.metrics().and_then(|metrics| metrics.output_rows());
        return rows.unwrap_or(0) as u64;
    }
    children
        .into_iter()
        .map(|child| rows_read(child.as_ref()))
        .sum()
}
