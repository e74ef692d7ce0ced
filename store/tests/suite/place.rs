//! A database for one test.

use std::future::Future;

use almanac_store::{Database, Store};
use pglite_oxide::PgliteServer;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};
use tempfile::TempDir;

/// Where a test's tables are.
pub(crate) enum Place {
    Embedded(TempDir),
    Server(String),
}

impl Place {
    pub(crate) async fn open(&self) -> Store {
        Store::open(self.database()).await.unwrap()
    }

    pub(crate) fn database(&self) -> Database {
        match self {
            Self::Embedded(folder) => Database::Embedded(folder.path().join("state")),
            Self::Server(address) => Database::Server(address.clone().into()),
        }
    }

    /// Works on the tables behind the store's back. The store must be closed: the embedded
    /// database serves one connection.
    pub(crate) async fn behind<T>(&self, work: impl AsyncFnOnce(&mut PgConnection) -> T) -> T {
        match self {
            Self::Embedded(folder) => {
                let root = folder.path().join("state").join("postgres");
                let socket = folder.path().join(".s.PGSQL.5432");
                let server = tokio::task::spawn_blocking(move || {
                    PgliteServer::builder()
                        .path(root)
                        .unix(socket)
                        .start()
                        .unwrap()
                })
                .await
                .unwrap();
                let mut connection = PgConnectOptions::new_without_pgpass()
                    .socket(folder.path())
                    .username("postgres")
                    .database("template1")
                    .connect()
                    .await
                    .unwrap();
                let done = work(&mut connection).await;
                connection.close().await.unwrap();
                tokio::task::spawn_blocking(move || server.shutdown().unwrap())
                    .await
                    .unwrap();
                done
            }
            Self::Server(address) => {
                let mut connection = PgConnection::connect(address).await.unwrap();
                let done = work(&mut connection).await;
                connection.close().await.unwrap();
                done
            }
        }
    }
}

/// Runs a test on an embedded database of its own.
pub(crate) fn embedded(test: impl AsyncFnOnce(&Place)) {
    run(async {
        test(&Place::Embedded(tempfile::tempdir().unwrap())).await;
    });
}

/// Runs a test on a database of its own on the server, if one is named.
pub(crate) fn server(test: impl AsyncFnOnce(&Place)) {
    let Ok(address) = std::env::var("ALMANAC_TEST_DATABASE_URL") else {
        println!("not run: ALMANAC_TEST_DATABASE_URL names no server");
        return;
    };
    run(async {
        let name = format!("almanac_test_{}", uuid::Uuid::now_v7().simple());
        let options: PgConnectOptions = address.parse().unwrap();
        let mut connection = options.connect().await.unwrap();
        connection
            .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .await
            .unwrap();
        let place = Place::Server(options.database(&name).to_url_lossy().to_string());
        test(&place).await;
        let drop = format!("DROP DATABASE {name} WITH (FORCE)");
        connection.execute(AssertSqlSafe(drop)).await.unwrap();
    });
}

/// Several threads, so that what runs at once does.
pub(crate) fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(test);
}
