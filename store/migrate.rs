//! Brings a database's tables up to date when it is opened.
//!
//! What was applied is noted in the table `migrations`, the one table made here and not by a
//! migration. A database that is up to date costs one statement.

use almanac_migrations::Migration;
use sqlx::postgres::PgConnection;
use sqlx::{Connection as _, Row as _};
use tracing::info;
use uuid::Uuid;

use crate::StoreError;

/// The lock under which one replica migrates and the others wait.
const LOCK: i64 = 0x616c_6d61_6e61_6331;

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS migrations (
    version integer PRIMARY KEY,
    name text NOT NULL,
    checksum uuid NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)";

/// Applies those of `steps` that the database has not seen, all or none.
///
/// # Errors
/// [`StoreError::Newer`], [`StoreError::Changed`] or [`StoreError::Migration`].
pub(crate) async fn bring_up_to_date(
    connection: &mut PgConnection,
    steps: &[Migration],
) -> Result<(), StoreError> {
    let applied = match applied(connection).await {
        Ok(applied) => applied,
        Err(error) if is_undefined_table(&error) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    if compare(&applied, steps)?.is_empty() {
        return Ok(());
    }

    let mut transaction = connection.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(LOCK)
        .execute(&mut *transaction)
        .await?;
    sqlx::raw_sql(LEDGER).execute(&mut *transaction).await?;
    let applied = self::applied(&mut transaction).await?;
    for step in compare(&applied, steps)? {
        apply(&mut transaction, step)
            .await
            .map_err(|reason| StoreError::Migration {
                version: step.version,
                name: step.name,
                reason,
            })?;
        info!(version = step.version, name = step.name, "migrated");
    }
    transaction.commit().await?;
    Ok(())
}

async fn apply(connection: &mut PgConnection, step: &Migration) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(step.sql).execute(&mut *connection).await?;
    sqlx::query("INSERT INTO migrations (version, name, checksum) VALUES ($1, $2, $3)")
        .bind(step.version)
        .bind(step.name)
        .bind(checksum(step))
        .execute(connection)
        .await?;
    Ok(())
}

struct Applied {
    version: i32,
    checksum: Uuid,
}

async fn applied(connection: &mut PgConnection) -> Result<Vec<Applied>, sqlx::Error> {
    sqlx::raw_sql("SELECT version, checksum::text FROM migrations ORDER BY version")
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| {
            let checksum: String = row.try_get("checksum")?;
            Ok(Applied {
                version: row.try_get("version")?,
                checksum: checksum
                    .parse()
                    .map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
            })
        })
        .collect()
}

/// The steps still to do.
fn compare<'a>(applied: &[Applied], steps: &'a [Migration]) -> Result<&'a [Migration], StoreError> {
    for (done, step) in applied.iter().zip(steps) {
        if done.version != step.version || done.checksum != checksum(step) {
            return Err(StoreError::Changed {
                version: step.version,
                name: step.name,
            });
        }
    }
    match (applied.get(steps.len()..), applied.last()) {
        (Some([_, ..]), Some(last)) => Err(StoreError::Newer {
            found: last.version,
            known: steps.last().map_or(0, |step| step.version),
        }),
        _ => Ok(steps.get(applied.len()..).unwrap_or_default()),
    }
}

/// The same for a checkout with Windows line ends.
fn checksum(step: &Migration) -> Uuid {
    Uuid::new_v5(
        &Uuid::NAMESPACE_OID,
        step.sql.replace("\r\n", "\n").as_bytes(),
    )
}

fn is_undefined_table(error: &sqlx::Error) -> bool {
    const UNDEFINED_TABLE: &str = "42P01";
    matches!(error, sqlx::Error::Database(refused) if refused.code().as_deref() == Some(UNDEFINED_TABLE))
}
