//! What can go wrong while the shop is made. The person who started `almanac` hears it.

use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use parquet::errors::ParquetError;

/// Why there is no demo shop. Each says what to do; what was half made has been removed.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Nothing more fits.
    #[error(
        "there is no room left for the demo shop in {}: free 100 MB there, or name another folder with --data-dir",
        .folder.display()
    )]
    Full {
        /// Where it should have gone.
        folder: PathBuf,
    },
    /// The folder may not be written.
    #[error(
        "the demo shop cannot be written to {}: permission was denied; name another folder with --data-dir",
        .folder.display()
    )]
    Denied {
        /// Where it should have gone.
        folder: PathBuf,
    },
    /// Something else with files.
    #[error(
        "the demo shop cannot be written to {}: {source}; name another folder with --data-dir",
        .folder.display()
    )]
    Files {
        /// Where it should have gone.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A day the shop cannot end on.
    #[error("the demo shop cannot end on {until}: its days lie between 1990 and 2200")]
    Day {
        /// The day asked for.
        until: Date,
    },
    /// The rows do not make a table. A defect of this crate.
    #[error("the demo shop's table {table} cannot be made: {reason}")]
    Table {
        /// The table.
        table: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The time zone database is missing. A defect of the build.
    #[error("the demo shop's time zone is unknown here: {0}")]
    Zone(#[from] jiff::Error),
}

impl DemoError {
    /// What the system said of a file or folder under `folder`.
    #[must_use]
    pub fn files(folder: &Path, source: io::Error) -> Self {
        let folder = folder.to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { folder },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::Denied { folder }
            }
            _ => Self::Files { folder, source },
        }
    }

    /// The same, told of the folder the person knows instead of one inside it.
    pub(crate) fn of(self, dir: &Path) -> Self {
        let dir = dir.to_path_buf();
        match self {
            Self::Full { .. } => Self::Full { folder: dir },
            Self::Denied { .. } => Self::Denied { folder: dir },
            Self::Files { source, .. } => Self::Files {
                folder: dir,
                source,
            },
            other => other,
        }
    }

    /// What the Parquet writer said while writing `table` under `folder`.
    pub(crate) fn parquet(folder: &Path, table: &'static str, error: ParquetError) -> Self {
        match error {
            ParquetError::External(inner) => match inner.downcast::<io::Error>() {
                Ok(source) => Self::files(folder, *source),
                Err(other) => Self::Table {
                    table,
                    reason: other.to_string(),
                },
            },
            other => Self::Table {
                table,
                reason: other.to_string(),
            },
        }
    }
}
