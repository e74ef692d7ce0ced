//! Where Almanac keeps its own data.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use directories::ProjectDirs;

use crate::Failure;

/// The data folder and what lies in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    root: PathBuf,
}

impl Places {
    /// The folder given, else the platform's own for applications' data.
    ///
    /// # Errors
    /// Where none is given and there is no home to put one in.
    pub fn at(given: Option<&Path>) -> Result<Self, Failure> {
        let own = || ProjectDirs::from("", "", "almanac").map(|dirs| dirs.data_dir().to_owned());
        given
            .map(Path::to_owned)
            .or_else(own)
            .map(|root| Self { root })
            .ok_or_else(|| {
                Failure::usage(anyhow!(
                    "there is no home folder: say where to keep data with --data-dir"
                ))
            })
    }

    /// The embedded PostgreSQL.
    pub fn state(&self) -> PathBuf {
        self.root.join("state")
    }

    /// The key that seals secrets at rest.
    pub fn key(&self) -> PathBuf {
        self.root.join("secret.key")
    }

    /// What can be made again.
    pub fn cache(&self) -> PathBuf {
        self.root.join("cache")
    }

    /// The demo shop.
    pub fn demo(&self) -> PathBuf {
        self.root.join("demo")
    }
}
