//! PostgreSQL: the customer's own database, which is only read. Each statement runs in a read-only
//! transaction with settings of its own, so that rows mean the same whatever the role's defaults
//! are; whoever stops waiting stops it on the server.

use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use futures::TryStreamExt;
use secrecy::{ExposeSecret, SecretString};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions, Postgres as Driver};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, Row, SqlSafeStr, Statement};
use tokio::runtime::Handle;
use tokio::time::{sleep, timeout};

use super::postgres_errors::{lost, told, unopened};
use super::postgres_rows::Reader;
use super::postgres_tables::{Tables, read};
use super::{Engine, Opened, Rows};
use crate::error::{LayerError, QueryError};
use crate::layer::Limits;
use crate::sql::Dialect;

/// How long a connection is waited for, a restarting server's too.
const REACH: Duration = Duration::from_secs(10);
/// How long the server may take to be told to stop a statement.
const STOP: Duration = Duration::from_secs(5);
/// What a lost connection is given before the statement is tried once more.
const PAUSE: Duration = Duration::from_millis(250);
/// How long the server may take to say what it holds.
const LOOK: Duration = Duration::from_secs(2);
/// Connections beside those of statements: they ask for versions and fill the index.
const SPARE: u32 = 4;
/// Rows that are read at most, for questions of our own that the row limit is not for.
const MOST_ROWS: u64 = 100_000;

struct Postgres {
    pool: PgPool,
    options: Arc<PgConnectOptions>,
    /// Begins a transaction and asks for the number of its process.
    begin: Arc<str>,
    /// Asks what the database holds.
    holds: &'static str,
    /// Rows may change without the database knowing: versions last so long.
    lasts: Option<Duration>,
    opened: Instant,
    most: u64,
    time: Duration,
}

/// Reads the tables of a database.
pub(super) async fn open(
    url: &SecretString,
    schema: Option<&str>,
    limits: &Limits,
) -> Result<Opened, LayerError> {
    let options = PgConnectOptions::from_str(url.expose_secret()).map_err(|_| {
        // The reader's words may hold the password.
        LayerError::Database(
            "its address is not understood; write postgres://user:password@host:5432/database"
                .into(),
        )
    })?;
    let options = options
        .application_name("almanac")
        .statement_cache_capacity(32)
        .disable_statement_logging();
    let connecting = timeout(REACH, PgConnection::connect_with(&options)).await;
    let mut connection = match connecting {
        Ok(connection) => connection.map_err(|error| unopened(&error))?,
        Err(_) => return Err(LayerError::Database("it does not answer".into())),
    };
    let tables = read(&mut connection, schema).await?;
    let begin = begin(&mut connection, &tables, limits).await;
    let holds = if connection.server_version_num().unwrap_or(0) >= 130_000 {
        "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text \
         ELSE pg_current_snapshot()::text END"
    } else {
        "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text \
         ELSE txid_current_snapshot()::text END"
    };
    // What it held is known; how it says goodbye is no matter.
    let _ = connection.close().await;
    let at_once = u32::try_from(limits.at_once).unwrap_or(u32::MAX - SPARE);
    let pool = PgPoolOptions::new()
        .max_connections(at_once.saturating_add(SPARE))
        .acquire_timeout(REACH)
        .idle_timeout(Duration::from_secs(300))
        .connect_lazy_with(options.clone());
    let engine = Postgres {
        pool,
        options: Arc::new(options),
        begin,
        holds,
        lasts: tables.lasts,
        opened: Instant::now(),
        most: MOST_ROWS.max(limits.rows.saturating_add(1)),
        time: limits.time,
    };
    Ok(Opened {
        engine: Arc::new(engine),
        schema: tables.schema,
        version: tables.version,
    })
}

/// What comes before each statement.
async fn begin(connection: &mut PgConnection, tables: &Tables, limits: &Limits) -> Arc<str> {
    // The server looks whether anybody still listens where it can: from version 14 on, on Linux.
    let listens = "SET client_connection_check_interval = '2s'";
    let listens = match connection.execute(listens).await {
        Ok(_) => "SET LOCAL client_connection_check_interval = '2s'; ",
        Err(_) => "",
    };
    format!(
        "BEGIN READ ONLY; \
         SET LOCAL statement_timeout = {}; SET LOCAL lock_timeout = '5s'; \
         SET LOCAL idle_in_transaction_session_timeout = '60s'; {listens}\
         SET LOCAL search_path = {}; SET LOCAL standard_conforming_strings = on; \
         SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; \
         SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = 3; \
         SELECT pg_backend_pid()::text",
        limits.time.as_millis().max(1),
        tables.search_path,
    )
    .into()
}

#[async_trait]
impl Engine for Postgres {
    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    /// Runs one statement; once more where the connection was lost, because it only reads.
    async fn run(&self, sql: &str) -> Result<Rows, QueryError> {
        let first = self.once(sql).await;
        let outcome = match first {
            Err(error) if lost(&error) => {
                tracing::warn!("the database went away; the statement is tried once more");
                sleep(PAUSE).await;
                self.once(sql).await
            }
            outcome => outcome,
        };
        outcome.map_err(|error| told(&error, self.time))
    }

    /// The transactions that a statement sees. It changes with every transaction that writes,
    /// anywhere on the server, and with nothing else: statements that see the same transactions
    /// see the same rows. Counts of written rows would miss what was written in the last seconds.
    async fn version(&self) -> Option<String> {
        let asked = timeout(LOOK, sqlx::raw_sql(self.holds).fetch_one(&self.pool)).await;
        let held: String = asked.ok()?.ok()?.try_get(0).ok()?;
        Some(match self.lasts {
            None => held,
            Some(lasts) => {
                let turn = self.opened.elapsed().as_secs() / lasts.as_secs().max(1);
                format!("{held} {turn}")
            }
        })
    }
}

impl Postgres {
    async fn once(&self, sql: &str) -> Result<Rows, sqlx::Error> {
        let mut running = Running {
            connection: Some(self.pool.acquire().await?),
            process: None,
            options: Arc::clone(&self.options),
        };
        let outcome = running.read(&self.begin, sql, self.most).await;
        match &outcome {
            // Nobody waits for the rest of the rows.
            Ok(reader) if reader.is_full() => {}
            Ok(_) => running.finish().await,
            Err(error) if !lost(error) => running.finish().await,
            Err(_) => running.process = None,
        }
        let table = outcome?.into_table();
        Ok(Rows { table, read: None })
    }
}

/// A statement that runs. Dropping it stops it on the server and closes its connection.
struct Running {
    connection: Option<PoolConnection<Driver>>,
    process: Option<String>,
    options: Arc<PgConnectOptions>,
}

impl Running {
    async fn read(&mut self, begin: &str, sql: &str, most: u64) -> Result<Reader, sqlx::Error> {
        let Some(connection) = &mut self.connection else {
            return Err(sqlx::Error::WorkerCrashed);
        };
        let begun = sqlx::raw_sql(AssertSqlSafe(begin))
            .fetch_one(&mut **connection)
            .await?;
        self.process = Some(begun.try_get(0)?);
        // Refuses all but a single statement, and tells the columns where no row comes.
        let prepared = (&mut **connection)
            .prepare(AssertSqlSafe(sql).into_sql_str())
            .await?;
        let mut reader = Reader::new(prepared.columns(), most);
        drop(prepared);
        let mut rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch(&mut **connection);
        while !reader.is_full() {
            let Some(row) = rows.try_next().await? else {
                break;
            };
            reader.take(&row)?;
        }
        Ok(reader)
    }

    /// Gives the connection back.
    async fn finish(mut self) {
        if let Some(connection) = &mut self.connection
            && sqlx::raw_sql("ROLLBACK")
                .execute(&mut **connection)
                .await
                .is_ok()
        {
            self.connection = None;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        // Whatever is left of the statement's rows is not to be read by the next one.
        let connection = connection.detach();
        if let Ok(runtime) = Handle::try_current() {
            let options = Arc::clone(&self.options);
            runtime.spawn(stop(connection, self.process.take(), options));
        }
    }
}

/// Has the server stop what a connection runs. The connection is held until then: its process
/// cannot be somebody else's.
async fn stop(connection: PgConnection, process: Option<String>, options: Arc<PgConnectOptions>) {
    let stopping = async {
        if let Some(process) = process {
            let mut other = PgConnection::connect_with(&options).await?;
            sqlx::query("SELECT pg_cancel_backend($1::int4)")
                .bind(process)
                .execute(&mut other)
                .await?;
            other.close().await?;
        }
        Ok::<_, sqlx::Error>(())
    };
    match timeout(STOP, stopping).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "a statement could not be stopped"),
        Err(_) => tracing::debug!("a statement could not be stopped in time"),
    }
    // The server gives up when the connection goes, in any case.
    let _ = connection.close_hard().await;
}
