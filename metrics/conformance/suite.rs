//! Reads the folder of a suite.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::case::Case;
use super::tables::Table;

/// The cases, the tables they are about and where the definitions are.
#[derive(Debug)]
pub struct Suite {
    /// In the file's order.
    pub cases: Vec<Case>,
    pub(super) tables: BTreeMap<String, Table>,
    manifests: PathBuf,
}

/// Why a suite cannot be run at all. Whoever started it hears it.
#[derive(Debug, thiserror::Error)]
pub enum SuiteError {
    /// A file of the suite is missing or is not what it should be.
    #[error("{} is no part of a conformance suite: {reason}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// The tables could not be loaded.
    #[error("the table {table} cannot be loaded: {reason}")]
    Table {
        /// The table.
        table: String,
        /// Why.
        reason: String,
    },
    /// There is nowhere to load the tables.
    #[error("there is nowhere to load the tables: {0}")]
    Place(String),
}

impl Suite {
    /// Reads a folder with `cases.json`, `source_tables.json` and `semantic_manifests`.
    ///
    /// # Errors
    /// The file that is missing or not in this form.
    pub fn read(folder: &Path) -> Result<Self, SuiteError> {
        Ok(Self {
            cases: read(&folder.join("cases.json"))?,
            tables: read(&folder.join("source_tables.json"))?,
            manifests: folder.join("semantic_manifests"),
        })
    }

    /// The file with the definitions that MetricFlow's suite calls by `model`.
    pub(super) fn manifest(&self, model: &str) -> PathBuf {
        let name = match model.strip_suffix("_MODEL").unwrap_or(model) {
            "SIMPLE_MODEL_NON_DS" => "non_sm".to_owned(),
            "UNPARTITIONED_MULTI_HOP_JOIN" => "multi_hop_join".to_owned(),
            other => other.to_lowercase(),
        };
        self.manifests.join(format!("{name}_manifest.json"))
    }
}

fn read<T: DeserializeOwned>(file: &Path) -> Result<T, SuiteError> {
    let wrong = |reason: String| SuiteError::File {
        file: file.to_owned(),
        reason,
    };
    let opened = File::open(file).map_err(|error| wrong(error.to_string()))?;
    serde_json::from_reader(BufReader::new(opened)).map_err(|error| wrong(error.to_string()))
}
