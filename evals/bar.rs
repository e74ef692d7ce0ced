//! The recorded bar: what the last accepted run reached. CI fails below it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// What must be reached.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// At least this share of cases is right.
    pub accuracy: f64,
    /// At most this share is confidently wrong.
    pub confidently_wrong: f64,
}

/// A bar that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {text}", path.display())]
pub struct BarError {
    path: PathBuf,
    text: String,
}

impl Bar {
    /// The bar beside the cases: `bar.yml` in `folder`, if there is one.
    ///
    /// # Errors
    /// Where the file is there but cannot be read as a bar.
    pub fn beside(folder: &Path) -> Result<Option<Self>, BarError> {
        let path = folder.join("bar.yml");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(BarError {
                    path,
                    text: error.to_string(),
                });
            }
        };
        serde_saphyr::from_str(&text)
            .map(Some)
            .map_err(|error| BarError {
                path,
                text: error.to_string(),
            })
    }
}
