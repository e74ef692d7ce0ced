//! Apache DataFusion over files, in process.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::common::DataFusionError;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::datasource::file_format::FileFormat as Format;
use datafusion::datasource::file_format::csv::CsvFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::execution::context::SQLOptions;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::{ExecutionPlan, collect};
use datafusion::prelude::{SessionConfig, SessionContext};

use super::batches::table;
use super::files::{FileFormat, Found, find};
use super::local_time::to_local_time;
use super::{Engine, Opened, Rows};
use crate::error::{LayerError, QueryError};
use crate::plan::{Kind, Schema};
use crate::sql::Dialect;

/// What a query may use beside the files' own pages.
const MEMORY: usize = 1 << 30;
/// Rows of a CSV file that are looked at to tell its columns' types.
const CSV_SAMPLE: usize = 100_000;

struct DataFusion {
    context: SessionContext,
    files: HashMap<String, Found>,
}

/// Registers every table at a path.
pub(super) async fn open(path: &Path) -> Result<Opened, LayerError> {
    let (tables, version) = find(path)?;
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_limit(MEMORY, 1.0)
        .build_arc()
        .map_err(|error| LayerError::Engine(brief(&error)))?;
    let mut config = SessionConfig::new().with_information_schema(false);
    let options = config.options_mut();
    options.execution.parquet.pushdown_filters = false;
    options.execution.time_zone = Some("UTC".into());
    let context = SessionContext::new_with_config_rt(config, runtime);
    context.register_udf(to_local_time());
    let mut schema = Schema::new();
    let mut files = HashMap::new();
    for found in tables {
        let columns = register(&context, &found).await?;
        let columns = columns
            .fields()
            .iter()
            .map(|field| (field.name().clone(), kind(field.data_type())))
            .collect();
        schema.insert(found.name.clone(), columns);
        files.insert(found.name.clone(), found);
    }
    Ok(Opened {
        engine: Box::new(DataFusion { context, files }),
        schema,
        version,
    })
}

/// Registers one table, reading only what tells its columns.
pub(super) async fn register(
    context: &SessionContext,
    found: &Found,
) -> Result<SchemaRef, LayerError> {
    let format: Arc<dyn Format> = match found.format {
        FileFormat::Parquet => Arc::new(ParquetFormat::default()),
        FileFormat::Csv => Arc::new(
            CsvFormat::default()
                .with_has_header(true)
                .with_newlines_in_values(true)
                .with_schema_infer_max_rec(CSV_SAMPLE),
        ),
    };
    let options = ListingOptions::new(format).with_file_extension("");
    let state = context.state();
    let mut urls = Vec::with_capacity(found.files.len());
    let mut schemas = Vec::with_capacity(found.files.len());
    for file in &found.files {
        let unreadable = |error: DataFusionError| LayerError::File {
            path: file.clone(),
            format: found.format.words(),
            reason: brief(&error),
        };
        let url = ListingTableUrl::parse(file.to_string_lossy()).map_err(unreadable)?;
        let schema = options
            .infer_schema(&state, &url)
            .await
            .map_err(unreadable)?;
        schemas.push(schema.as_ref().clone());
        urls.push(url);
    }
    let failed = |error: DataFusionError| LayerError::Engine(brief(&error));
    let schema = datafusion::arrow::datatypes::Schema::try_merge(schemas).map_err(|error| {
        LayerError::File {
            path: found.files.first().cloned().unwrap_or_default(),
            format: found.format.words(),
            reason: format!(
                "the files of table {} differ in a column's type: {error}",
                found.name
            ),
        }
    })?;
    let schema = Arc::new(schema);
    let config = ListingTableConfig::new_with_multi_paths(urls)
        .with_listing_options(options)
        .with_schema(Arc::clone(&schema));
    let provider = ListingTable::try_new(config).map_err(failed)?;
    let name = datafusion::common::TableReference::bare(found.name.clone());
    context
        .register_table(name, Arc::new(provider))
        .map_err(failed)?;
    Ok(schema)
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

    async fn run(&self, sql: &str) -> Result<Rows, QueryError> {
        let read_only = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        let refused = |error: DataFusionError| QueryError::Engine(brief(&error));
        let frame = self
            .context
            .sql_with_options(sql, read_only)
            .await
            .map_err(refused)?;
        let files = files_of(&self.files, frame.logical_plan());
        present(&files)?;
        let told = |error: DataFusionError| told(&files, &error);
        let plan = frame.create_physical_plan().await.map_err(told)?;
        let batches = collect(Arc::clone(&plan), self.context.task_ctx())
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
