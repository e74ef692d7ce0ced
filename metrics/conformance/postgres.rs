//! Loads the suite's tables into a database of their own on a PostgreSQL server, which is gone
//! afterwards. Whatever else the server holds is left alone.

use std::fmt::Write;
use std::process;
use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use super::suite::{Suite, SuiteError};
use super::tables::{Table, Type, Values};
use crate::layer::Source;

/// The schema that the suite's definitions name.
const SCHEMA: &str = "mf_demo";

/// A database with the tables.
pub(super) struct Scratch {
    server: PgConnectOptions,
    name: String,
    url: SecretString,
}

impl Scratch {
    /// Makes the database and fills it.
    pub(super) async fn load(suite: &Suite, server: &SecretString) -> Result<Self, SuiteError> {
        let server = PgConnectOptions::from_str(server.expose_secret()).map_err(|_| {
            // The reader's words may hold the password.
            SuiteError::Place("the address of the server is not understood".into())
        })?;
        let name = format!("almanac_conformance_{}", process::id());
        let scratch = Self {
            url: server
                .clone()
                .database(&name)
                .to_url_lossy()
                .to_string()
                .into(),
            server,
            name,
        };
        scratch.drop_database().await?;
        let create = format!("CREATE DATABASE {}", quoted(&scratch.name));
        scratch.on_server(create).await?;
        match scratch.fill(suite).await {
            Ok(()) => Ok(scratch),
            Err(error) => {
                scratch.drop_database().await?;
                Err(error)
            }
        }
    }

    /// Where a layer finds the tables.
    pub(super) fn source(&self) -> Source {
        Source::Postgres {
            url: self.url.clone(),
            schema: Some(SCHEMA.into()),
        }
    }

    /// Removes the database.
    pub(super) async fn remove(self) -> Result<(), SuiteError> {
        self.drop_database().await
    }

    async fn drop_database(&self) -> Result<(), SuiteError> {
        let drop = format!(
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            quoted(&self.name)
        );
        self.on_server(drop).await
    }

    async fn on_server(&self, statement: String) -> Result<(), SuiteError> {
        let mut connection = self.server.connect().await.map_err(place)?;
        connection
            .execute(AssertSqlSafe(statement))
            .await
            .map_err(place)?;
        connection.close().await.map_err(place)
    }

    async fn fill(&self, suite: &Suite) -> Result<(), SuiteError> {
        let options = self.server.clone().database(&self.name);
        let mut connection = options.connect().await.map_err(place)?;
        let schema = format!("CREATE SCHEMA {}", quoted(SCHEMA));
        connection
            .execute(AssertSqlSafe(schema))
            .await
            .map_err(place)?;
        for (name, table) in &suite.tables {
            let filled = fill_table(&mut connection, name, table).await;
            filled.map_err(|reason| SuiteError::Table {
                table: name.clone(),
                reason,
            })?;
        }
        connection.close().await.map_err(place)
    }
}

fn place(error: sqlx::Error) -> SuiteError {
    SuiteError::Place(error.to_string())
}

async fn fill_table(
    connection: &mut PgConnection,
    name: &str,
    table: &Table,
) -> Result<(), String> {
    let place = format!("{}.{}", quoted(SCHEMA), quoted(name));
    let columns = table.columns.iter().map(|(column, kind)| {
        let kind = match kind {
            Type::Text => "TEXT",
            Type::Integer => "BIGINT",
            Type::Float => "DOUBLE PRECISION",
            Type::Boolean => "BOOLEAN",
            Type::Timestamp => "TIMESTAMP",
            Type::Date => "DATE",
        };
        format!("{} {kind}", quoted(column))
    });
    let columns = columns.collect::<Vec<_>>().join(", ");
    let told = |error: sqlx::Error| error.to_string();
    let create = format!("CREATE TABLE {place} ({columns})");
    connection
        .execute(AssertSqlSafe(create))
        .await
        .map_err(told)?;
    let rows = lines(table)?;
    let copy = format!("COPY {place} FROM STDIN WITH (FORMAT csv)");
    let mut copying = connection.copy_in_raw(&copy).await.map_err(told)?;
    copying.send(rows.as_bytes()).await.map_err(told)?;
    copying.finish().await.map_err(told)?;
    Ok(())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The rows as CSV: a cell without quotes is null where it is empty.
fn lines(table: &Table) -> Result<String, String> {
    let mut columns = Vec::with_capacity(table.columns.len());
    for column in 0..table.columns.len() {
        columns.push(cells(table.values(column)?));
    }
    let mut out = String::new();
    for row in 0..table.rows.len() {
        for (number, column) in columns.iter().enumerate() {
            if number > 0 {
                out.push(',');
            }
            if let Some(cell) = column.get(row).and_then(Option::as_ref) {
                // Writing to a String cannot fail.
                let _ = write!(out, "{}", quoted(cell));
            }
        }
        out.push('\n');
    }
    Ok(out)
}

fn cells(values: Values) -> Vec<Option<String>> {
    fn texts<T: ToString>(cells: Vec<Option<T>>) -> Vec<Option<String>> {
        let each = cells.into_iter();
        each.map(|cell| cell.map(|cell| cell.to_string())).collect()
    }
    match values {
        Values::Text(cells) => cells,
        Values::Integer(cells) => texts(cells),
        Values::Float(cells) => texts(cells),
        Values::Boolean(cells) => texts(cells),
        Values::Timestamp(cells) | Values::Date(cells) => texts(cells),
    }
}
