//! A schema of a test's own on a server, and tables in it.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use almanac_agent_contract::Settings;
use almanac_metrics::{Layer, LayerError, LayerOptions, Limits, Source};
use arrow::array::RecordBatch;
use arrow::datatypes::DataType;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use sqlx::postgres::{PgConnection, PgPoolCopyExt};
use sqlx::{AssertSqlSafe, Connection, PgPool};

use crate::suite::shop::write;

/// A schema on a server.
pub(crate) struct Scratch {
    pub(crate) url: String,
    pub(crate) schema: String,
    pub(crate) pool: PgPool,
    /// For definitions.
    pub(crate) folder: tempfile::TempDir,
}

/// The server that tests may use, if there is one.
pub(crate) fn server() -> Option<String> {
    let url = std::env::var("ALMANAC_TEST_DATABASE_URL").ok();
    if url.is_none() {
        println!("not run: ALMANAC_TEST_DATABASE_URL names no server");
    }
    url
}

impl Scratch {
    /// A new schema.
    pub(crate) async fn at(url: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let schema = format!("metrics_{}_{number}", std::process::id());
        let pool = PgPool::connect(url).await.unwrap();
        let scratch = Self {
            url: url.to_owned(),
            schema,
            pool,
            folder: tempfile::tempdir().unwrap(),
        };
        scratch
            .run(&format!("CREATE SCHEMA {}", scratch.schema))
            .await;
        scratch
    }

    /// Runs statements, with the schema's tables by their bare names.
    pub(crate) async fn run(&self, sql: &str) {
        let sql = format!("SET search_path = {}; {sql}", self.schema);
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&self.pool)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
    }

    /// One number.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }

    /// A table of these columns with the rows of a CSV text that has a first line of names.
    pub(crate) async fn table(&self, name: &str, columns: &str, rows: &str) {
        self.run(&format!("CREATE TABLE {name} ({columns})")).await;
        let copy = format!(
            "COPY {}.{name} FROM STDIN (FORMAT csv, HEADER)",
            self.schema
        );
        let mut copy = self.pool.copy_in_raw(&copy).await.unwrap();
        copy.send(rows.as_bytes()).await.unwrap();
        copy.finish().await.unwrap();
    }

    /// A table with the rows of a Parquet file.
    pub(crate) async fn parquet(&self, name: &str, file: &Path) {
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(file).unwrap()).unwrap();
        let schema = Arc::clone(reader.schema());
        let columns = schema.fields().iter().map(|field| {
            let kind = match field.data_type() {
                DataType::Boolean => "boolean",
                DataType::Date32 => "date",
                DataType::Timestamp(_, Some(_)) => "timestamptz",
                DataType::Timestamp(_, None) => "timestamp",
                DataType::Float32 | DataType::Float64 => "double precision",
                kind if kind.is_integer() => "bigint",
                _ => "text",
            };
            format!("\"{}\" {kind}", field.name())
        });
        let columns = columns.collect::<Vec<_>>().join(", ");
        let mut rows = String::from("\n");
        for batch in reader.build().unwrap() {
            lines(&batch.unwrap(), &mut rows);
        }
        self.table(name, &columns, &rows).await;
    }

    /// Opens a layer over the schema.
    pub(crate) async fn open(
        &self,
        definitions: &str,
        settings: Settings,
        limits: Limits,
    ) -> Result<Layer, LayerError> {
        write(self.folder.path(), "metrics.yml", definitions);
        Layer::open(LayerOptions {
            definitions: vec![self.folder.path().join("metrics.yml")],
            source: Source::Postgres {
                url: self.url.clone().into(),
                schema: Some(self.schema.clone()),
            },
            settings: Arc::new(settings),
            cache: None,
            limits,
        })
        .await
    }

    /// Takes the schema away.
    pub(crate) async fn close(self) {
        self.run(&format!("DROP SCHEMA {} CASCADE", self.schema))
            .await;
        self.pool.close().await;
    }
}

/// A connection beside the pool.
pub(crate) async fn connect(url: &str) -> Option<PgConnection> {
    PgConnection::connect(url).await.ok()
}

/// Rows as CSV.
fn lines(batch: &RecordBatch, out: &mut String) {
    let options = FormatOptions::new();
    let columns: Vec<ArrayFormatter<'_>> = batch
        .columns()
        .iter()
        .map(|column| ArrayFormatter::try_new(column, &options).unwrap())
        .collect();
    for row in 0..batch.num_rows() {
        for (index, column) in columns.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            if batch.column(index).is_valid(row) {
                out.push('"');
                out.push_str(&column.value(row).to_string().replace('"', "\"\""));
                out.push('"');
            }
        }
        out.push('\n');
    }
}
