//! The same tables in Parquet files and, where `ALMANAC_TEST_DATABASE_URL` names a server, in a
//! PostgreSQL database of their own: a question must have the same expected rows in both.

use std::fs::File;
use std::future::Future;
use std::panic::Location;
use std::path::Path;
use std::sync::Arc;

use almanac_agent_contract::Settings;
use almanac_metrics::{Layer, LayerOptions, Limits, MetricQuery, Source};
use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, Unit};
use parquet::arrow::ArrowWriter;
use tempfile::TempDir;

use super::shop::{rows, write};

/// A table: its columns with their types ("id integer, at instant"), and its rows as lines of
/// cells parted by commas, an empty one for null.
pub(crate) struct Rows {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static str,
    pub(crate) rows: &'static str,
}

/// A layer over each source, and what did not come out as expected.
pub(crate) struct Both {
    layers: Vec<Layer>,
    wrong: Vec<String>,
    _folder: TempDir,
    #[cfg(feature = "postgres")]
    database: Option<database::Database>,
}

/// Writes tables and definitions and opens them everywhere.
pub(crate) async fn both(definitions: &str, tables: &[Rows], settings: &Settings) -> Both {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", definitions);
    write(folder.path(), "data/.keep", "");
    for table in tables {
        let file = folder.path().join(format!("data/{}.parquet", table.name));
        table.write(&file);
    }
    let files = Source::Files {
        path: folder.path().join("data"),
    };
    let open = async |source| {
        Layer::open(LayerOptions {
            definitions: vec![folder.path().join("metrics.yml")],
            source,
            settings: Arc::new(settings.clone()),
            cache: None,
            limits: Limits::default(),
        })
        .await
        .unwrap()
    };
    #[cfg_attr(
        not(feature = "postgres"),
        expect(unused_mut, reason = "a build may have one engine")
    )]
    let mut layers = vec![open(files).await];
    #[cfg(feature = "postgres")]
    let database = database::Database::with(tables).await;
    #[cfg(feature = "postgres")]
    if let Some(database) = &database {
        layers.push(open(database.source()).await);
    }
    Both {
        layers,
        wrong: Vec::new(),
        _folder: folder,
        #[cfg(feature = "postgres")]
        database,
    }
}

impl Both {
    /// Asks everywhere; what differs from `expected` is told by [`Both::end`].
    #[track_caller]
    pub(crate) fn holds<'b>(
        &'b mut self,
        query: MetricQuery,
        expected: &'b str,
    ) -> impl Future<Output = ()> + use<'b> {
        let place = Location::caller();
        async move {
            for layer in &self.layers {
                let (engine, found) = match layer.run(&query).await {
                    Ok(answer) => (answer.engine, rows(&answer)),
                    Err(error) => ("?", format!("{error}")),
                };
                if found != expected {
                    let sql = layer.compile(&query).map(|compiled| compiled.sql);
                    let sql = sql.unwrap_or_default();
                    self.wrong.push(format!(
                        "{place} on {engine}\nexpected:\n{expected}\nfound:\n{found}\n{sql}\n"
                    ));
                }
            }
        }
    }

    /// Asks what must be refused everywhere, with these words in the reason.
    #[track_caller]
    pub(crate) fn refuses<'b>(
        &'b mut self,
        query: MetricQuery,
        words: &'b str,
    ) -> impl Future<Output = ()> + use<'b> {
        let place = Location::caller();
        async move {
            for layer in &self.layers {
                let told = match layer.run(&query).await {
                    Ok(answer) => format!("rows:\n{}", rows(&answer)),
                    Err(error) => error.to_string(),
                };
                if !told.contains(words) {
                    let wrong =
                        format!("{place}\nexpected a reason with: {words}\nfound: {told}\n");
                    self.wrong.push(wrong);
                }
            }
        }
    }

    /// What each layer says.
    pub(crate) fn each<T>(&self, say: impl Fn(&Layer) -> T) -> Vec<T> {
        self.layers.iter().map(say).collect()
    }

    /// Removes the database. Fails if anything was not as expected.
    pub(crate) async fn end(self) {
        #[cfg(feature = "postgres")]
        if let Some(database) = self.database {
            drop(self.layers);
            database.remove().await;
        }
        assert!(self.wrong.is_empty(), "\n{}", self.wrong.join("\n"));
    }
}

impl Rows {
    fn columns(&self) -> Vec<(&str, &str)> {
        let columns = self.columns.split(',');
        columns
            .map(|column| column.trim().split_once(' ').unwrap())
            .collect()
    }

    fn cells(&self, column: usize) -> impl Iterator<Item = Option<&str>> {
        let lines = self.rows.lines().filter(|line| !line.is_empty());
        lines
            .map(move |line| line.split(',').nth(column).unwrap())
            .map(|cell| Some(cell).filter(|cell| !cell.is_empty()))
    }

    fn write(&self, file: &Path) {
        let columns = self.columns();
        let arrays = columns
            .iter()
            .enumerate()
            .map(|(index, (name, kind))| (*name, self.array(index, kind), true));
        let batch = RecordBatch::try_from_iter_with_nullable(arrays).unwrap();
        let file = File::create(file).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
    }

    fn array(&self, column: usize, kind: &str) -> ArrayRef {
        let cells = self.cells(column);
        match kind {
            "integer" => Arc::new(Int64Array::from_iter(
                cells.map(|cell| cell.map(|cell| cell.parse::<i64>().unwrap())),
            )),
            "number" => Arc::new(Float64Array::from_iter(
                cells.map(|cell| cell.map(|cell| cell.parse::<f64>().unwrap())),
            )),
            "boolean" => Arc::new(BooleanArray::from_iter(
                cells.map(|cell| cell.map(|cell| cell.parse::<bool>().unwrap())),
            )),
            "text" => Arc::new(StringArray::from_iter(cells)),
            "date" => Arc::new(Date32Array::from_iter(
                cells.map(|cell| cell.map(|cell| days(cell.parse().unwrap()))),
            )),
            "timestamp" => Arc::new(TimestampMicrosecondArray::from_iter(
                cells.map(|cell| cell.map(local)),
            )),
            "instant" => {
                let micros = cells.map(|cell| {
                    cell.map(|cell| cell.parse::<Timestamp>().unwrap().as_microsecond())
                });
                Arc::new(TimestampMicrosecondArray::from_iter(micros).with_timezone("UTC"))
            }
            other => panic!("{other} is no type of a test's table"),
        }
    }
}

fn days(date: Date) -> i32 {
    Date::constant(1970, 1, 1)
        .until((Unit::Day, date))
        .unwrap()
        .get_days()
}

fn local(cell: &str) -> i64 {
    let at: DateTime = cell.parse().unwrap();
    at.to_zoned(jiff::tz::TimeZone::UTC)
        .unwrap()
        .timestamp()
        .as_microsecond()
}

#[cfg(feature = "postgres")]
mod database {
    use std::str::FromStr;
    use std::sync::atomic::{AtomicU32, Ordering};

    use almanac_metrics::Source;
    use sqlx::postgres::{PgConnectOptions, PgConnection};
    use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

    use super::Rows;

    static NEXT: AtomicU32 = AtomicU32::new(0);

    /// A database that is gone afterwards.
    pub(super) struct Database {
        server: PgConnectOptions,
        name: String,
    }

    impl Database {
        pub(super) async fn with(tables: &[Rows]) -> Option<Self> {
            let Ok(server) = std::env::var("ALMANAC_TEST_DATABASE_URL") else {
                println!("not run on PostgreSQL: ALMANAC_TEST_DATABASE_URL names no server");
                return None;
            };
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let database = Self {
                server: PgConnectOptions::from_str(&server).unwrap(),
                name: format!("almanac_both_{}_{number}", std::process::id()),
            };
            let create = format!("CREATE DATABASE {}", database.name);
            let mut server = database.server.connect().await.unwrap();
            server.execute(AssertSqlSafe(create)).await.unwrap();
            server.close().await.unwrap();
            let mut own = database.options().connect().await.unwrap();
            for table in tables {
                fill(&mut own, table).await;
            }
            own.close().await.unwrap();
            Some(database)
        }

        fn options(&self) -> PgConnectOptions {
            self.server.clone().database(&self.name)
        }

        pub(super) fn source(&self) -> Source {
            Source::Postgres {
                url: self.options().to_url_lossy().to_string().into(),
                schema: None,
            }
        }

        pub(super) async fn remove(self) {
            let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
            let mut server = self.server.connect().await.unwrap();
            server.execute(AssertSqlSafe(drop)).await.unwrap();
            server.close().await.unwrap();
        }
    }

    async fn fill(connection: &mut PgConnection, table: &Rows) {
        let columns: Vec<String> = table
            .columns()
            .into_iter()
            .map(|(name, kind)| {
                let kind = match kind {
                    "integer" => "BIGINT",
                    "number" => "DOUBLE PRECISION",
                    "instant" => "TIMESTAMPTZ",
                    other => other,
                };
                format!("\"{name}\" {kind}")
            })
            .collect();
        let name = table.name;
        let create = format!("CREATE TABLE \"{name}\" ({})", columns.join(", "));
        connection.execute(AssertSqlSafe(create)).await.unwrap();
        let copy = format!("COPY \"{name}\" FROM STDIN WITH (FORMAT csv)");
        let mut copying = connection.copy_in_raw(&copy).await.unwrap();
        copying.send(table.rows.as_bytes()).await.unwrap();
        copying.finish().await.unwrap();
    }
}
