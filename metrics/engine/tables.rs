//! Registers a table's files with DataFusion as one table, of the columns that all of them have.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::common::{DataFusionError, TableReference};
use datafusion::datasource::TableProvider;
use datafusion::datasource::file_format::FileFormat as Format;
use datafusion::datasource::file_format::csv::CsvFormat;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::execution::SessionState;
use datafusion::prelude::SessionContext;
use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt, TryStreamExt, stream};

use super::csv_moments::told_by_offset;
use super::files::{Division, FileFormat, Found, Values};
use super::registered::brief;
use super::widen::merge;
use crate::error::LayerError;

/// Rows of a CSV file that are looked at to tell its columns' types.
const CSV_SAMPLE: usize = 100_000;
/// Files whose columns are read at the same time.
const AT_ONCE: usize = 16;

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
    let schemas = schemas(context, found, &options).await?;
    let schema = merge(found, &schemas)?;
    let failed = |error: DataFusionError| LayerError::Engine(brief(&error));
    let (urls, options, schema) = match &found.division {
        None => {
            let urls: Result<Vec<_>, _> = found.files.iter().map(|file| url(file, false)).collect();
            (urls.map_err(failed)?, options, schema)
        }
        Some(division) => {
            let schema = without(&schema, found, division)?;
            // Hidden files are no part of the table here either.
            let folder = url(&division.folder, true)
                .and_then(|url| url.with_glob("[!._]*"))
                .map_err(failed)?;
            let columns = division.columns.iter().map(|(name, values)| {
                let kind = match values {
                    Values::Dates => DataType::Date32,
                    Values::Integers => DataType::Int64,
                    Values::Text => DataType::Utf8,
                };
                (name.clone(), kind)
            });
            let options = options
                .with_file_extension(&division.end)
                .with_table_partition_cols(columns.collect());
            (vec![folder], options, schema)
        }
    };
    let config = ListingTableConfig::new_with_multi_paths(urls)
        .with_listing_options(options)
        .with_schema(Arc::new(schema));
    let provider = Arc::new(ListingTable::try_new(config).map_err(failed)?);
    let schema = provider.schema();
    let name = TableReference::bare(found.name.clone());
    context.register_table(name, provider).map_err(failed)?;
    Ok(schema)
}

/// The columns of each file, in the files' order.
async fn schemas(
    context: &SessionContext,
    found: &Found,
    options: &ListingOptions,
) -> Result<Vec<SchemaRef>, LayerError> {
    let state = Arc::new(context.state());
    let reading: Vec<BoxFuture<'static, Result<SchemaRef, LayerError>>> = found
        .files
        .iter()
        .map(|file| {
            columns(
                Arc::clone(&state),
                options.clone(),
                found.format,
                file.clone(),
            )
            .boxed()
        })
        .collect();
    stream::iter(reading).buffered(AT_ONCE).try_collect().await
}

async fn columns(
    state: Arc<SessionState>,
    options: ListingOptions,
    format: FileFormat,
    file: PathBuf,
) -> Result<SchemaRef, LayerError> {
    let columns = async {
        let url = url(&file, false)?;
        let inferred = options.infer_schema(state.as_ref(), &url).await?;
        Ok(match format {
            FileFormat::Csv => told_by_offset(&inferred, &file),
            FileFormat::Parquet => inferred,
        })
    };
    columns.await.map_err(|error| LayerError::File {
        format: format.words(),
        reason: brief(&error),
        path: file,
    })
}

/// A path as an address in which no character is special. `ListingTableUrl::parse` would take
/// `[`, `*` and `?` in a path for patterns.
fn url(path: &Path, folder: bool) -> Result<ListingTableUrl, DataFusionError> {
    let path = std::path::absolute(path)?;
    let mut url = "file://".to_owned();
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    if folder {
        url.push('/');
    }
    ListingTableUrl::parse(url)
}

/// The files' own columns beside those of the folders' names.
fn without(schema: &Schema, found: &Found, division: &Division) -> Result<Schema, LayerError> {
    let named = |field: &Field| {
        division
            .columns
            .iter()
            .any(|(name, _)| name == field.name())
    };
    let own = schema.fields().iter().filter(|field| !named(field));
    let own = Schema::new(own.cloned().collect::<Vec<_>>());
    // A CSV file's columns are found by their order, so none can be left out.
    if found.format == FileFormat::Csv && own.fields().len() < schema.fields().len() {
        return Err(LayerError::Source {
            path: division.folder.clone(),
            reason: "its files have a column that its folders' names give, too".into(),
        });
    }
    Ok(own)
}
