//! Opening and closing the store.

use std::path::PathBuf;
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use sqlx::Executor as _;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, Postgres};
use tokio::sync::{Mutex, Notify};
use tracing::instrument;

use crate::StoreError;
use crate::embedded::Embedded;
use crate::migrate;

/// Connections a replica keeps to a server. Its statements are short, so a few serve many turns.
const SERVER_CONNECTIONS: u32 = 8;

/// Connections for those that cannot wait: a platform for its acknowledgement.
const APART_CONNECTIONS: u32 = 4;

/// What every connection to a server is set to. Statements here take milliseconds: one that does
/// not finish is stuck behind something, and its worker's lease would run out.
const SERVER_SESSION: &str =
    "SET statement_timeout = '15s'; SET idle_in_transaction_session_timeout = '30s'; SET jit = off";

/// How long to wait for a connection. Unpacking the embedded database the first time is the
/// slowest case.
const ACQUIRE: Duration = Duration::from_secs(60);

/// Which database.
#[derive(Debug, Clone)]
pub enum Database {
    /// PostgreSQL in this process, kept in this folder.
    Embedded(PathBuf),
    /// A PostgreSQL server, 15 or newer, at this address.
    Server(SecretString),
}

/// Our own tables. Cheap to clone; clones share the connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: PgPool,
    pub(crate) shared: Arc<Shared>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    inbox_ready: Notify,
    outbox_ready: Notify,
    embedded: Mutex<Option<Embedded>>,
    /// Nobody cleans up an embedded database but this process.
    pub(crate) keeps_house: bool,
    /// Turns ended since it was opened.
    pub(crate) turns: AtomicU64,
}

impl Store {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// Where the folder cannot be used or is held by another process, the server does not answer
    /// or is too old, or a migration does not fit.
    #[instrument(name = "store.open", skip_all)]
    pub async fn open(database: Database) -> Result<Self, StoreError> {
        match database {
            Database::Embedded(folder) => {
                let embedded = Embedded::start(folder).await?;
                match taken_over(embedded.options()).await {
                    Ok(pool) => Ok(Self::over(pool, Some(embedded))),
                    Err(error) => {
                        let error = embedded.explain(error).await;
                        embedded.stop().await;
                        Err(error)
                    }
                }
            }
            Database::Server(address) => {
                let options = PgConnectOptions::from_str(address.expose_secret())
                    .map_err(|_| StoreError::Address)?
                    .application_name("almanac");
                let pool = up_to_date(several(SERVER_CONNECTIONS), options).await?;
                Ok(Self::over(pool, None))
            }
        }
    }

    fn over(pool: PgPool, embedded: Option<Embedded>) -> Self {
        let shared = Shared {
            inbox_ready: Notify::new(),
            outbox_ready: Notify::new(),
            keeps_house: embedded.is_some(),
            embedded: Mutex::new(embedded),
            turns: AtomicU64::new(0),
        };
        Self {
            pool,
            shared: Arc::new(shared),
        }
    }

    /// Closes every connection and stops the embedded database, if there is one. Rows that were
    /// acknowledged are safe without it, but the next start is then a little slower.
    pub async fn close(self) {
        self.pool.close().await;
        if let Some(embedded) = self.shared.embedded.lock().await.take() {
            embedded.stop().await;
        }
    }

    /// The same store over a few connections of its own, all open by now and read by the runtime
    /// that asked for them: whoever uses these waits for nobody else. An embedded database serves
    /// one connection, which stays everybody's.
    ///
    /// # Errors
    /// Where the database does not answer.
    #[instrument(name = "store.apart", skip_all)]
    pub async fn apart(&self) -> Result<Self, StoreError> {
        if self.shared.keeps_house {
            return Ok(self.clone());
        }
        let to = self.pool.connect_options().as_ref().clone();
        let pool = several(APART_CONNECTIONS).min_connections(APART_CONNECTIONS);
        let pool = patient(pool).connect_with(to).await?;
        Ok(Self {
            pool,
            shared: self.shared.clone(),
        })
    }

    /// A connection to work on. An embedded database that has stopped is started again.
    pub(crate) async fn connection(&self) -> Result<PoolConnection<Postgres>, StoreError> {
        if !self.shared.keeps_house {
            return Ok(self.pool.acquire().await?);
        }
        // It lost its only connection: with the database, or alone.
        if self.pool.size() == 0
            && let Some(embedded) = self.shared.embedded.lock().await.as_mut()
        {
            embedded.revive().await?;
        }
        match self.pool.acquire().await {
            Ok(connection) => Ok(connection),
            Err(error) => match self.shared.embedded.lock().await.as_ref() {
                Some(embedded) => Err(embedded.explain(error.into()).await),
                None => Err(error.into()),
            },
        }
    }

    /// Asks the database for nothing. `almanac doctor` does, and the benchmark for a bound.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn answers(&self) -> Result<(), StoreError> {
        sqlx::query_scalar!("SELECT 1")
            .fetch_one(&mut *self.connection().await?)
            .await?;
        Ok(())
    }

    /// Rings when this process has put something into the inbox. Events that came in through
    /// another replica ring nothing here: workers also look from time to time.
    #[must_use]
    pub fn inbox_ready(&self) -> &Notify {
        &self.shared.inbox_ready
    }

    /// Rings when this process has put something into the outbox, as [`Store::inbox_ready`].
    #[must_use]
    pub fn outbox_ready(&self) -> &Notify {
        &self.shared.outbox_ready
    }
}

/// Connects and migrates; leaves no connection behind where that fails.
async fn up_to_date(pool: PgPoolOptions, to: PgConnectOptions) -> Result<PgPool, StoreError> {
    /// `server_version_num` of the oldest supported release.
    const OLDEST: u32 = 15_00_00;

    let pool = patient(pool).connect_with(to).await?;
    let migrated = async {
        let mut connection = pool.acquire().await?;
        match connection.server_version_num() {
            Some(found) if found < OLDEST => Err(StoreError::TooOld {
                found: found / 10_000,
            }),
            _ => migrate::bring_up_to_date(&mut connection, almanac_migrations::ALL).await,
        }
    };
    if let Err(error) = migrated.await {
        pool.close().await;
        return Err(error);
    }
    Ok(pool)
}

/// Connects to an embedded database, migrates it, and ends every lease: nobody else has it open,
/// so whoever took them is gone, and nothing need wait for them to run out.
async fn taken_over(to: PgConnectOptions) -> Result<PgPool, StoreError> {
    let pool = up_to_date(alone(), to).await?;
    let freed = sqlx::query!(
        "WITH events AS (UPDATE inbox SET due_at = now() WHERE state = 'claimed'),
             held AS (DELETE FROM leases)
         UPDATE outbox SET due_at = now() WHERE state = 'sending'"
    )
    .execute(&pool)
    .await;
    if let Err(error) = freed {
        pool.close().await;
        return Err(error.into());
    }
    Ok(pool)
}

/// The embedded database serves one connection, and each new one costs a start: it is never
/// retired.
fn alone() -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
}

fn patient(pool: PgPoolOptions) -> PgPoolOptions {
    pool.acquire_timeout(ACQUIRE).test_before_acquire(false)
}

fn several(connections: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute(SERVER_SESSION).await.map(|_| ()) })
        })
}
