//! Apache DataFusion over files, in process.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{DataFusionError, TableReference};
use datafusion::execution::context::SQLOptions;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::{ExecutionPlan, collect};
use datafusion::prelude::{SessionConfig, SessionContext};

use super::batches::table;
use super::files::{Found, find};
use super::local_time::to_local_time;
pub(super) use super::tables::register;
use super::{Engine, Opened, Rows};
use crate::error::{LayerError, QueryError};
use crate::layer::Limits;
use crate::plan::{Kind, Schema};
use crate::sql::Dialect;

struct DataFusion {
    path: PathBuf,
    runtime: Arc<RuntimeEnv>,
    tables: RwLock<Arc<Tables>>,
    /// Held by whoever reads changed tables, so that one does.
    renewing: tokio::sync::Mutex<()>,
}

/// The tables as their files were last found.
struct Tables {
    version: u64,
    context: SessionContext,
    files: HashMap<String, Found>,
    /// Tables whose files changed and cannot be read.
    broken: HashMap<String, QueryError>,
}

/// Registers every table at a path.
pub(super) async fn open(path: &Path, limits: &Limits) -> Result<Opened, LayerError> {
    let (found, version) = find(path)?;
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
    let context = context(&runtime);
    let mut schema = Schema::new();
    let mut files = HashMap::new();
    for found in found {
        let columns = register(&context, &found).await?;
        schema.insert(found.name.clone(), columns_of(&columns));
        files.insert(found.name.clone(), found);
    }
    let tables = Tables {
        version,
        context,
        files,
        broken: HashMap::new(),
    };
    let engine = DataFusion {
        path: path.to_owned(),
        runtime,
        tables: RwLock::new(Arc::new(tables)),
        renewing: tokio::sync::Mutex::new(()),
    };
    Ok(Opened {
        engine: Arc::new(engine),
        schema,
        version,
    })
}

fn context(runtime: &Arc<RuntimeEnv>) -> SessionContext {
    let mut config = SessionConfig::new().with_information_schema(false);
    let options = config.options_mut();
    options.execution.parquet.pushdown_filters = false;
    options.execution.time_zone = Some("UTC".into());
    let context = SessionContext::new_with_config_rt(config, Arc::clone(runtime));
    context.register_udf(to_local_time());
    context
}

fn columns_of(schema: &SchemaRef) -> Arc<[(String, Kind)]> {
    let fields = schema.fields().iter();
    fields
        .map(|field| (field.name().clone(), kind(field.data_type())))
        .collect()
}

pub(super) fn kind(kind: &DataType) -> Kind {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Kind::Text,
        DataType::Dictionary(_, values) => self::kind(values),
        DataType::Boolean => Kind::Boolean,
        kind if kind.is_integer() => Kind::Integer,
        kind if kind.is_floating() || kind.is_decimal() => Kind::Number,
        DataType::Date32 | DataType::Date64 => Kind::Date,
        DataType::Timestamp(_, None) => Kind::Timestamp,
        DataType::Timestamp(_, Some(_)) => Kind::Instant,
        // A column without a single value could hold anything.
        DataType::Null => Kind::Unknown,
        _ => Kind::Other,
    }
}

#[async_trait]
impl Engine for DataFusion {
    fn name(&self) -> &'static str {
        "DataFusion"
    }

    fn dialect(&self) -> Dialect {
        Dialect::DataFusion
    }

    /// The files as they are now. Tables whose files changed since are read anew.
    async fn version(&self) -> Option<String> {
        let (found, version) = find(&self.path).ok()?;
        if self.tables().version != version {
            let _one = self.renewing.lock().await;
            let tables = self.tables();
            if tables.version != version {
                let renewed = Arc::new(self.renew(&tables, found, version).await);
                *self.tables.write().unwrap_or_else(PoisonError::into_inner) = renewed;
            }
        }
        Some(version.to_string())
    }

    async fn run(&self, sql: &str) -> Result<Rows, QueryError> {
        let read_only = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        let refused = |error: DataFusionError| QueryError::Engine(brief(&error));
        let tables = self.tables();
        let frame = tables
            .context
            .sql_with_options(sql, read_only)
            .await
            .map_err(refused)?;
        tables.whole(frame.logical_plan())?;
        let files = files_of(&tables.files, frame.logical_plan());
        present(&files)?;
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

impl DataFusion {
    fn tables(&self) -> Arc<Tables> {
        Arc::clone(&self.tables.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The tables as their files are now. One that went away or cannot be read stays as it was
    /// known, so that whoever asks for it is told.
    async fn renew(&self, before: &Tables, found: Vec<Found>, version: u64) -> Tables {
        let context = context(&self.runtime);
        let mut files = before.files.clone();
        let mut broken = HashMap::new();
        for found in found {
            let name = found.name.clone();
            let known = before.files.get(&name);
            let same = known.is_some_and(|known| known.version == found.version)
                && !before.broken.contains_key(&name);
            if !same {
                if let Err(error) = register(&context, &found).await {
                    tracing::warn!(table = name, %error, "a table's files changed and cannot be read");
                    let reason = error.to_string();
                    let files = name.clone();
                    broken.insert(name.clone(), QueryError::Data { files, reason });
                }
            }
            files.insert(name, found);
        }
        for name in before.files.keys() {
            let name = TableReference::bare(name.clone());
            let registered = context.table_exist(name.clone()).unwrap_or(false);
            if !registered && let Ok(table) = before.context.table_provider(name.clone()).await {
                // The name is free, so this cannot fail.
                let _ = context.register_table(name, table);
            }
        }
        Tables {
            version,
            context,
            files,
            broken,
        }
    }
}

impl Tables {
    /// Whether all tables of a plan could be read when their files last changed.
    fn whole(&self, plan: &LogicalPlan) -> Result<(), QueryError> {
        let mut found = None;
        // The visitor never fails.
        let _ = plan.apply_with_subqueries(|node| {
            if let LogicalPlan::TableScan(scan) = node
                && let Some(error) = self.broken.get(scan.table_name.table())
            {
                found = Some(error.clone());
            }
            Ok(TreeNodeRecursion::Continue)
        });
        found.map_or(Ok(()), Err)
    }
}

/// The files that a plan reads, of those of all tables.
pub(super) fn files_of<'a>(
    tables: &'a HashMap<String, Found>,
    plan: &LogicalPlan,
) -> Vec<&'a PathBuf> {
    let mut files: Vec<&PathBuf> = Vec::new();
    // The visitor never fails.
    let _ = plan.apply_with_subqueries(|node| {
        if let LogicalPlan::TableScan(scan) = node
            && let Some(found) = tables.get(scan.table_name.table())
        {
            files.extend(&found.files);
        }
        Ok(TreeNodeRecursion::Continue)
    });
    files.sort_unstable();
    files.dedup();
    files
}

/// A file that went away would read as an empty table.
pub(super) fn present(files: &[&PathBuf]) -> Result<(), QueryError> {
    for file in files {
        if let Err(error) = std::fs::metadata(file) {
            let files = file.display().to_string();
            return Err(QueryError::Data {
                files,
                reason: error.to_string(),
            });
        }
    }
    Ok(())
}

/// An engine's error in our words.
pub(super) fn told(files: &[&PathBuf], error: &DataFusionError) -> QueryError {
    match error.find_root() {
        DataFusionError::ResourcesExhausted(_) => QueryError::TooBig,
        DataFusionError::ParquetError(_)
        | DataFusionError::ObjectStore(_)
        | DataFusionError::IoError(_)
        | DataFusionError::External(_)
        | DataFusionError::ArrowError(..) => {
            let files: Vec<String> = files
                .iter()
                .map(|file| file.display().to_string())
                .collect();
            QueryError::Data {
                files: files.join(", "),
                reason: brief(error),
            }
        }
        _ => QueryError::Engine(brief(error)),
    }
}

/// The first line of an error's cause.
pub(super) fn brief(error: &DataFusionError) -> String {
    let words = error.find_root().strip_backtrace();
    words.lines().next().unwrap_or_default().to_owned()
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
