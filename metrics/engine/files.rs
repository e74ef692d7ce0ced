//! Finds the tables of a folder: each CSV or Parquet file is one, each folder of them, and each
//! folder of folders named like `day=2026-01-01`, whose names are a column of the rows below.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

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
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) name: String,
    pub(super) format: FileFormat,
    /// The file, or the files of the folder.
    pub(super) files: Vec<PathBuf>,
    /// How its rows are divided among folders, where they are.
    pub(super) division: Option<Division>,
    /// Changes with the files' names, sizes and times.
    pub(super) version: u64,
}

/// A folder of folders named `column=value`.
#[derive(Debug, Clone)]
pub(super) struct Division {
    pub(super) folder: PathBuf,
    /// The columns that the folders' names give, outermost first.
    pub(super) columns: Vec<(String, Values)>,
    /// How all files' names end: ".parquet".
    pub(super) end: String,
}

/// What the values of a folder column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    Dates,
    Integers,
    Text,
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
            tables.extend(table(&entry)?);
        }
    } else {
        fs::metadata(path).map_err(unreadable)?;
        tables.extend(table(path)?);
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
    let mut hasher = DefaultHasher::new();
    for table in &tables {
        table.version.hash(&mut hasher);
    }
    Ok((tables, hasher.finish()))
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

fn table(path: &Path) -> Result<Option<Found>, LayerError> {
    // Some tools write a folder called orders.parquet.
    let name = match FileFormat::of(path) {
        Some(_) => path.file_stem(),
        None => path.file_name(),
    };
    let Some(name) = name.and_then(|name| name.to_str()).map(str::to_owned) else {
        return Ok(None);
    };
    let (format, files, division) = if path.is_dir() {
        let Ok(all) = entries(path) else {
            return Ok(None);
        };
        let format = all
            .iter()
            .filter(|file| file.is_file())
            .find_map(|file| FileFormat::of(file));
        match format {
            Some(format) => (format, of_format(all, format), None),
            None => match divided(path)? {
                Some((format, files, division)) => (format, files, Some(division)),
                None => return Ok(None),
            },
        }
    } else {
        match FileFormat::of(path) {
            Some(format) => (format, vec![path.to_owned()], None),
            None => return Ok(None),
        }
    };
    let version = version(&files);
    Ok(Some(Found {
        name,
        format,
        files,
        division,
        version,
    }))
}

fn of_format(all: Vec<PathBuf>, format: FileFormat) -> Vec<PathBuf> {
    all.into_iter()
        .filter(|file| file.is_file() && FileFormat::of(file) == Some(format))
        .collect()
}

type Divided = (FileFormat, Vec<PathBuf>, Division);

/// The files below folders named `column=value`.
fn divided(folder: &Path) -> Result<Option<Divided>, LayerError> {
    let mut walk = Walk::default();
    walk.down(folder, 0)?;
    let Some(first) = walk.files.first() else {
        return Ok(None);
    };
    let end = |file: &Path| {
        file.extension()
            .map(|end| end.to_string_lossy().into_owned())
    };
    let (Some(format), Some(own)) = (FileFormat::of(first), end(first)) else {
        return Ok(None);
    };
    if let Some(other) = walk
        .files
        .iter()
        .find(|file| end(file).as_ref() != Some(&own))
    {
        return Err(refused(
            other,
            format!("the other files of its table end in .{own}"),
        ));
    }
    let columns = walk
        .columns
        .into_iter()
        .map(|(name, values)| (name, kind(&values)))
        .collect();
    let division = Division {
        folder: folder.to_owned(),
        columns,
        end: format!(".{own}"),
    };
    Ok(Some((format, walk.files, division)))
}

#[derive(Default)]
struct Walk {
    files: Vec<PathBuf>,
    columns: Vec<(String, Vec<String>)>,
}

impl Walk {
    fn down(&mut self, folder: &Path, depth: usize) -> Result<(), LayerError> {
        let all = entries(folder).map_err(|error| refused(folder, error.to_string()))?;
        for entry in all {
            let name = entry
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            if entry.is_dir() {
                let Some((column, value)) = name.split_once('=') else {
                    continue;
                };
                self.note(&entry, depth, column, value)?;
                self.down(&entry, depth + 1)?;
            } else if FileFormat::of(&entry).is_some() {
                if depth == 0 || depth < self.columns.len() {
                    let reason = "it lies beside folders that its rows would have to be in";
                    return Err(refused(&entry, reason.into()));
                }
                if name.contains('=') {
                    return Err(refused(&entry, "a file's name cannot hold = here".into()));
                }
                self.files.push(entry);
            }
        }
        Ok(())
    }

    fn note(
        &mut self,
        folder: &Path,
        depth: usize,
        column: &str,
        value: &str,
    ) -> Result<(), LayerError> {
        if value == "__HIVE_DEFAULT_PARTITION__" || value.is_empty() {
            let reason = format!("its rows have no {column}: give the folder a value");
            return Err(refused(folder, reason));
        }
        match self.columns.get_mut(depth) {
            Some((known, values)) if known == column => values.push(value.to_owned()),
            Some((known, _)) => {
                let reason = format!("the folders beside it are named by {known}");
                return Err(refused(folder, reason));
            }
            None if self.files.is_empty() => {
                self.columns
                    .push((column.to_owned(), vec![value.to_owned()]));
            }
            None => {
                let reason = "other files of its table do not lie as deep".to_owned();
                return Err(refused(folder, reason));
            }
        }
        Ok(())
    }
}

fn refused(path: &Path, reason: String) -> LayerError {
    LayerError::Source {
        path: path.to_owned(),
        reason,
    }
}

/// Dates and numbers only where they are written as the engine writes them: it finds folders by
/// name.
fn kind(values: &[String]) -> Values {
    let date = |value: &String| {
        value
            .parse::<Date>()
            .is_ok_and(|date| date.to_string() == *value)
    };
    let integer = |value: &String| {
        value
            .parse::<i64>()
            .is_ok_and(|number| number.to_string() == *value)
    };
    if values.iter().all(date) {
        Values::Dates
    } else if values.iter().all(integer) {
        Values::Integers
    } else {
        Values::Text
    }
}

fn version(files: &[PathBuf]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        if let Ok(metadata) = fs::metadata(file) {
            metadata.len().hash(&mut hasher);
            metadata.modified().ok().hash(&mut hasher);
        }
    }
    hasher.finish()
}
