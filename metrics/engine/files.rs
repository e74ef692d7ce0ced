//! Finds the tables of a folder: each CSV or Parquet file is one, and each folder of them.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::error::LayerError;

/// A file format a table can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileFormat {
    Csv,
    Parquet,
}

impl FileFormat {
    /// For a sentence.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Parquet => "Parquet",
        }
    }

    fn of(path: &Path) -> Option<Self> {
        let end = path.extension()?.to_str()?.to_lowercase();
        match end.as_str() {
            "csv" => Some(Self::Csv),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }
}

/// A table found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) name: String,
    pub(super) format: FileFormat,
    /// The file, or the files of the folder.
    pub(super) files: Vec<PathBuf>,
}

/// The tables at a path, by name, and a fingerprint of their files' names, sizes and times.
pub(super) fn find(path: &Path) -> Result<(Vec<Found>, u64), LayerError> {
    let unreadable = |error: std::io::Error| LayerError::Source {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let mut tables = Vec::new();
    if path.is_dir() {
        for entry in entries(path).map_err(unreadable)? {
            tables.extend(table(&entry));
        }
    } else {
        fs::metadata(path).map_err(unreadable)?;
        tables.extend(table(path));
    }
    if tables.is_empty() {
        return Err(LayerError::Source {
            path: path.to_owned(),
            reason: "there is no .csv or .parquet file in it".into(),
        });
    }
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    for pair in tables.windows(2) {
        if let [one, other] = pair
            && one.name == other.name
        {
            return Err(LayerError::Source {
                path: path.to_owned(),
                reason: format!("two tables in it are called {}", one.name),
            });
        }
    }
    let version = version(&tables);
    Ok((tables, version))
}

fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|entry| !hidden(entry))
        .collect();
    entries.sort();
    Ok(entries)
}

fn hidden(path: &Path) -> bool {
    path.file_name()
        .is_none_or(|name| name.to_string_lossy().starts_with(['.', '_']))
}

fn table(path: &Path) -> Option<Found> {
    if path.is_dir() {
        let all = entries(path).ok()?;
        let format = all.iter().find_map(|file| FileFormat::of(file))?;
        let files: Vec<PathBuf> = all
            .into_iter()
            .filter(|file| file.is_file() && FileFormat::of(file) == Some(format))
            .collect();
        let name = path.file_name()?.to_str()?.to_owned();
        return Some(Found {
            name,
            format,
            files,
        });
    }
    let format = FileFormat::of(path)?;
    let name = path.file_stem()?.to_str()?.to_owned();
    Some(Found {
        name,
        format,
        files: vec![path.to_owned()],
    })
}

fn version(tables: &[Found]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in tables.iter().flat_map(|table| &table.files) {
        file.hash(&mut hasher);
        if let Ok(metadata) = fs::metadata(file) {
            metadata.len().hash(&mut hasher);
            metadata.modified().ok().hash(&mut hasher);
        }
    }
    hasher.finish()
}
