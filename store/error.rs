//! What can go wrong with the store, and who hears it.

use std::io;
#[cfg(feature = "embedded")]
use std::path::Path;
use std::path::PathBuf;

/// Why the store could not.
///
/// Everything but [`StoreError::Refused`] is the operator's to hear: logged once, where it is
/// handled, and told to a person only as "something failed". The texts say what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A rule of the tables forbids it. The person hears it: a plain sentence.
    #[error("{0}")]
    Refused(&'static str),

    /// Another process has the embedded database open.
    #[error(
        "{} is in use by another Almanac{}; stop it or choose another --data-dir",
        folder.display(), in_process(*.pid)
    )]
    Held {
        /// The database's folder.
        folder: PathBuf,
        /// The process that holds it, where it says so.
        pid: Option<u32>,
    },

    /// The embedded database's folder cannot be used.
    #[error("cannot use the folder {}: {reason}; mend that or choose another --data-dir", folder.display())]
    Folder {
        /// The database's folder.
        folder: PathBuf,
        /// What the system says.
        reason: io::Error,
    },

    /// The disk is full.
    #[error("the disk that holds the database is full; free some space, nothing accepted is lost")]
    Full,

    /// The disk does not take or give what the database writes or reads. Trying again later may
    /// help.
    #[error("the disk that holds the database fails or is full; nothing accepted is lost: {0}")]
    Disk(sqlx::Error),

    /// There is no embedded database in this build.
    #[error(
        "this build of almanac has no embedded database; set DATABASE_URL, or build it with the feature embedded"
    )]
    NoEmbedded,

    /// The embedded database did not start.
    #[error("the embedded database in {} did not start: {reason}", folder.display())]
    Start {
        /// The database's folder.
        folder: PathBuf,
        /// Every cause, outermost first.
        reason: String,
    },

    /// `DATABASE_URL` is not one. Its text may hold a password and is not repeated.
    #[error(
        "DATABASE_URL is not a PostgreSQL address such as postgres://user:password@host/almanac"
    )]
    Address,

    /// The server is older than what is supported.
    #[error("the PostgreSQL server is version {found}; Almanac needs 15 or newer")]
    TooOld {
        /// Its major version.
        found: u32,
    },

    /// The tables were made by a newer Almanac.
    #[error(
        "the database is at migration {found} and this Almanac knows {known}; run a newer Almanac"
    )]
    Newer {
        /// The database's last step.
        found: i32,
        /// This program's last step.
        known: i32,
    },

    /// A step that was applied is not the one in this program.
    #[error(
        "migration {version} ({name}) is not the one that was applied to this database; \
         run the Almanac that made it, or restore a backup"
    )]
    Changed {
        /// The step.
        version: i32,
        /// Its name.
        name: &'static str,
    },

    /// A step failed; nothing of it was kept.
    #[error("migration {version} ({name}) failed and was undone: {reason}")]
    Migration {
        /// The step.
        version: i32,
        /// Its name.
        name: &'static str,
        /// What the database says.
        reason: sqlx::Error,
    },

    /// No connection, or it was lost. Trying again later may help.
    #[error("the database does not answer: {0}")]
    Unavailable(sqlx::Error),

    /// The database refused a statement, or a row cannot be read.
    #[error("the database failed: {0}")]
    Failed(sqlx::Error),
}

impl StoreError {
    /// Whether the same call may succeed later, with this program left as it is.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Full | Self::Disk(_))
    }

    /// An error of a folder: a full disk is said plainly.
    #[cfg(feature = "embedded")]
    pub(crate) fn folder(folder: &Path, reason: io::Error) -> Self {
        if reason.kind() == io::ErrorKind::StorageFull {
            Self::Full
        } else {
            Self::Folder {
                folder: folder.to_owned(),
                reason,
            }
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            sqlx::Error::Database(refused) => {
                if let Some(sentence) = refused.constraint().and_then(sentence) {
                    return Self::Refused(sentence);
                }
                match refused.code().as_deref() {
                    // disk_full
                    Some("53100") => Self::Full,
                    // io_error
                    Some("58030") => Self::Disk(error),
                    // connection exceptions, too many connections, shutdowns, deadlocks,
                    // serialization failures, timeouts
                    Some(code)
                        if code.starts_with("08")
                            || code.starts_with("57")
                            || matches!(code, "53300" | "40P01" | "40001" | "55P03") =>
                    {
                        Self::Unavailable(error)
                    }
                    _ => Self::Failed(error),
                }
            }
            _ => Self::Failed(error),
        }
    }
}

/// The sentence a person hears when a constraint of that name is violated.
fn sentence(constraint: &str) -> Option<&'static str> {
    match constraint {
        "schedules_name" => Some("You already have a schedule of that name."),
        "audit_append_only" => Some("The audit log cannot be changed."),
        _ => None,
    }
}

fn in_process(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})"))
        .unwrap_or_default()
}
