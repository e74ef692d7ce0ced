//! The files of a path as the tables of a DataFusion session, renewed when they change. The
//! engines over files share it: what differs is where the session's statements run.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{DataFusionError, TableReference};
use datafusion::dataframe::DataFrame;
use datafusion::execution::context::SQLOptions;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::SessionContext;

use super::files::{Found, find};
use super::tables::register;
use crate::error::{LayerError, QueryError};
use crate::plan::{Kind, Schema};

/// Makes a session without tables.
pub(super) type NewSession = Box<dyn Fn() -> Result<SessionContext, DataFusionError> + Send + Sync>;

/// The tables at a path.
pub(super) struct Registered {
    path: PathBuf,
    session: NewSession,
    tables: RwLock<Arc<Tables>>,
    /// Held by whoever reads changed tables, so that one does.
    renewing: tokio::sync::Mutex<()>,
}

/// The tables as their files were last found.
pub(super) struct Tables {
    pub(super) context: SessionContext,
    version: u64,
    files: HashMap<String, Found>,
    /// Tables whose files changed and cannot be read.
    broken: HashMap<String, QueryError>,
}

/// What was found at a path.
pub(super) struct Registration {
    pub(super) registered: Registered,
    pub(super) schema: Schema,
    pub(super) version: u64,
}

impl Registered {
    /// Registers every table at a path.
    pub(super) async fn open(path: &Path, session: NewSession) -> Result<Registration, LayerError> {
        let (found, version) = find(path)?;
        let context = session().map_err(|error| LayerError::Engine(brief(&error)))?;
        let mut schema = Schema::new();
        let mut files = HashMap::new();
        for found in found {
            let columns = register(&context, &found).await?;
            schema.insert(found.name.clone(), columns_of(&columns));
            files.insert(found.name.clone(), found);
        }
        let tables = Tables {
            context,
            version,
            files,
            broken: HashMap::new(),
        };
        let registered = Self {
            path: path.to_owned(),
            session,
            tables: RwLock::new(Arc::new(tables)),
            renewing: tokio::sync::Mutex::new(()),
        };
        Ok(Registration {
            registered,
            schema,
            version,
        })
    }

    /// The tables as they are known.
    pub(super) fn tables(&self) -> Arc<Tables> {
        Arc::clone(&self.tables.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The files as they are now. Tables whose files changed since are read anew.
    pub(super) async fn version(&self) -> Option<String> {
        let (found, version) = find(&self.path).ok()?;
        if self.tables().version != version {
            let _one = self.renewing.lock().await;
            let tables = self.tables();
            if tables.version != version {
                let renewed = Arc::new(self.renew(&tables, found, version).await?);
                *self.tables.write().unwrap_or_else(PoisonError::into_inner) = renewed;
            }
        }
        Some(version.to_string())
    }

    /// The tables as their files are now. One that went away or cannot be read stays as it was
    /// known, so that whoever asks for it is told.
    async fn renew(&self, before: &Tables, found: Vec<Found>, version: u64) -> Option<Tables> {
        let context = (self.session)().ok()?;
        let mut files = before.files.clone();
        let mut broken = HashMap::new();
        for found in found {
            let name = found.name.clone();
            let known = before.files.get(&name);
            let same = known.is_some_and(|known| known.version == found.version)
                && !before.broken.contains_key(&name);
            if !same && let Err(error) = register(&context, &found).await {
                tracing::warn!(table = name, %error, "a table's files changed and cannot be read");
                let reason = error.to_string();
                let files = name.clone();
                broken.insert(name.clone(), QueryError::Data { files, reason });
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
        Some(Tables {
            context,
            version,
            files,
            broken,
        })
    }
}

impl Tables {
    /// A statement that only reads, and the files that it reads, which are all there.
    pub(super) async fn statement(
        &self,
        sql: &str,
    ) -> Result<(DataFrame, Vec<&PathBuf>), QueryError> {
        let read_only = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        let frame = self
            .context
            .sql_with_options(sql, read_only)
            .await
            .map_err(|error| QueryError::Engine(brief(&error)))?;
        self.whole(frame.logical_plan())?;
        let files = self.files_of(frame.logical_plan());
        present(&files)?;
        Ok((frame, files))
    }

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

    /// The files that a plan reads.
    fn files_of(&self, plan: &LogicalPlan) -> Vec<&PathBuf> {
        let mut files: Vec<&PathBuf> = Vec::new();
        // The visitor never fails.
        let _ = plan.apply_with_subqueries(|node| {
            if let LogicalPlan::TableScan(scan) = node
                && let Some(found) = self.files.get(scan.table_name.table())
            {
                files.extend(&found.files);
            }
            Ok(TreeNodeRecursion::Continue)
        });
        files.sort_unstable();
        files.dedup();
        files
    }
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

/// An engine's error in our words.
pub(super) fn told(files: &[&PathBuf], error: &DataFusionError) -> QueryError {
    match error.find_root() {
        DataFusionError::ResourcesExhausted(words) => {
            tracing::debug!(words, "a statement was refused memory or disk");
            QueryError::TooBig
        }
        // The disk's bound, where it is met in the middle of a file.
        error if error.to_string().contains("max_temp_directory_size") => QueryError::TooBig,
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

fn columns_of(schema: &SchemaRef) -> Arc<[(String, Kind)]> {
    let fields = schema.fields().iter();
    fields
        .map(|field| (field.name().clone(), kind(field.data_type())))
        .collect()
}

/// A file that went away would read as an empty table.
fn present(files: &[&PathBuf]) -> Result<(), QueryError> {
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
