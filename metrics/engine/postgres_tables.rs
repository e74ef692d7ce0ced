//! The tables, views and materialized views of a PostgreSQL database that its role may read.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{Error, Row};

use super::postgres_errors::unopened;
use crate::error::LayerError;
use crate::plan::{Kind, Schema};

/// How long rows of other servers are taken to stay the same.
const FOREIGN: Duration = Duration::from_secs(10);
/// How long rows of views are, which may speak of the time.
const VIEWED: Duration = Duration::from_secs(60);

/// What was found.
pub(super) struct Tables {
    /// By `schema.table`, and by the bare name where the search path leads there.
    pub(super) schema: Schema,
    /// The search path that bare names are read with, as SQL.
    pub(super) search_path: String,
    /// Changes when tables or their rows do, some seconds later.
    pub(super) version: u64,
    /// How long rows may be taken to stay the same although nothing was written here.
    pub(super) lasts: Option<Duration>,
}

const COLUMNS: &str = "\
SELECT n.nspname::text, c.relname::text, c.relkind::text, a.attname::text,
       COALESCE(b.typname, t.typname)::text, COALESCE(b.typtype, t.typtype)::text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  AND has_schema_privilege(n.oid, 'USAGE')
  AND has_column_privilege(c.oid, a.attnum, 'SELECT')
ORDER BY 1, 2, a.attnum";

const SEARCH_PATH: &str = "SELECT s::text FROM unnest(current_schemas(false)) AS s";

const VERSION: &str = "\
SELECT concat_ws(':', current_database(), c.oid, pg_relation_filenode(c.oid),
                 s.n_tup_ins, s.n_tup_upd, s.n_tup_del)
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_stat_all_tables s ON s.relid = c.oid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
ORDER BY c.oid";

/// Reads what is there.
pub(super) async fn read(
    connection: &mut PgConnection,
    schema: Option<&str>,
) -> Result<Tables, LayerError> {
    let mut path = texts(connection, SEARCH_PATH).await?;
    if let Some(schema) = schema {
        path.retain(|other| other != schema);
        path.insert(0, schema.to_owned());
    }
    let columns = rows(connection, COLUMNS).await?;
    let mut tables: BTreeMap<(String, String), Vec<(String, Kind)>> = BTreeMap::new();
    let mut lasts = None;
    for row in columns {
        let column = column(&row).map_err(|error| unopened(&error))?;
        lasts = match (column.relation.as_str(), lasts) {
            ("f", _) | (_, Some(FOREIGN)) => Some(FOREIGN),
            ("v", _) => Some(VIEWED),
            (_, lasts) => lasts,
        };
        tables
            .entry((column.schema, column.table))
            .or_default()
            .push((column.name, column.kind));
    }
    if let Some(schema) = schema
        && !tables.keys().any(|(known, _)| known == schema)
    {
        return Err(LayerError::Database(format!(
            "its role may read no table of schema {schema}"
        )));
    }
    if tables.is_empty() {
        return Err(LayerError::Database("its role may read no table".into()));
    }
    let mut hasher = DefaultHasher::new();
    texts(connection, VERSION).await?.hash(&mut hasher);
    path.hash(&mut hasher);
    let mut found: Schema = HashMap::new();
    for ((schema, table), columns) in &tables {
        (schema, table).hash(&mut hasher);
        let names = columns.iter().map(|(name, _)| name);
        names.for_each(|name| name.hash(&mut hasher));
        found.insert(format!("{schema}.{table}"), Arc::from(columns.as_slice()));
    }
    for schema in path.iter().rev() {
        let own = tables.iter().filter(|((known, _), _)| known == schema);
        for ((_, table), columns) in own {
            found.insert(table.clone(), Arc::from(columns.as_slice()));
        }
    }
    // Last, so that nobody's temporary table stands for another.
    path.push("pg_temp".into());
    let quoted = path
        .iter()
        .map(|schema| format!("\"{}\"", schema.replace('"', "\"\"")));
    Ok(Tables {
        schema: found,
        search_path: quoted.collect::<Vec<_>>().join(", "),
        version: hasher.finish(),
        lasts,
    })
}

async fn rows(connection: &mut PgConnection, sql: &'static str) -> Result<Vec<PgRow>, LayerError> {
    sqlx::raw_sql(sql)
        .fetch_all(connection)
        .await
        .map_err(|error| unopened(&error))
}

async fn texts(
    connection: &mut PgConnection,
    sql: &'static str,
) -> Result<Vec<String>, LayerError> {
    let rows = rows(connection, sql).await?;
    let texts: Result<_, Error> = rows.iter().map(|row| row.try_get(0)).collect();
    texts.map_err(|error| unopened(&error))
}

struct Found {
    schema: String,
    table: String,
    relation: String,
    name: String,
    kind: Kind,
}

fn column(row: &PgRow) -> Result<Found, Error> {
    let (kind, family): (String, String) = (row.try_get(4)?, row.try_get(5)?);
    Ok(Found {
        schema: row.try_get(0)?,
        table: row.try_get(1)?,
        relation: row.try_get(2)?,
        name: row.try_get(3)?,
        kind: of(&kind, &family),
    })
}

/// By the type's name, and "e" for an enumeration.
fn of(name: &str, family: &str) -> Kind {
    match name {
        "int2" | "int4" | "int8" | "oid" => Kind::Integer,
        "float4" | "float8" | "numeric" => Kind::Number,
        "bool" => Kind::Boolean,
        "text" | "varchar" | "bpchar" | "citext" => Kind::Text,
        "date" => Kind::Date,
        "timestamp" => Kind::Timestamp,
        "timestamptz" => Kind::Instant,
        "uuid" | "name" | "char" | "inet" | "cidr" => Kind::Textual,
        _ if family == "e" => Kind::Textual,
        _ => Kind::Other,
    }
}
