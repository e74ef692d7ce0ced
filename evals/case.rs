//! A case: what is asked and what is right.

use std::path::{Path, PathBuf};

use almanac_agent_contract::Outcome;
use almanac_metrics::MetricQuery;
use jiff::Timestamp;
use serde::Deserialize;

/// One case, as its file has it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The folder the file is in.
    #[serde(skip)]
    pub area: String,
    /// The file's name without its ending.
    #[serde(skip)]
    pub name: String,
    /// The question that is graded.
    pub question: String,
    /// The moment it is asked at.
    pub now: Timestamp,
    /// What the person said before, in the same conversation.
    #[serde(default)]
    pub before: Vec<String>,
    /// What is right.
    pub expect: Expect,
}

/// What is right.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// How the turn must end.
    pub outcome: Outcome,
    /// The query that must have run; comparisons and order count only where they are given.
    #[serde(default)]
    pub query: Option<MetricQuery>,
}

/// A case that cannot be read. Whoever wrote it hears it.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// The folder or a file.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not a case.
    #[error("{}: {text}", path.display())]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        text: String,
    },
    /// Nothing to run.
    #[error("there are no cases (files ending in .yml) in the folders of {}", .0.display())]
    None(PathBuf),
}

/// All cases in the folders of `folder`, by area and name.
///
/// # Errors
/// The first file that is no case, or that there is none at all.
pub fn load(folder: &Path) -> Result<Vec<Case>, CaseError> {
    let mut cases = Vec::new();
    for area in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        for path in entries(&area)?
            .into_iter()
            .filter(|p| p.extension().is_some_and(|e| e == "yml"))
        {
            let text = std::fs::read_to_string(&path).map_err(|source| CaseError::Unreadable {
                path: path.clone(),
                source,
            })?;
            let case: Case =
                serde_saphyr::from_str(&text).map_err(|error| CaseError::Malformed {
                    path: path.clone(),
                    text: error.to_string(),
                })?;
            cases.push(Case {
                area: named(&area),
                name: named(&path),
                ..case
            });
        }
    }
    if cases.is_empty() {
        return Err(CaseError::None(folder.to_owned()));
    }
    Ok(cases)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, CaseError> {
    let unreadable = |source| CaseError::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let mut paths = std::fs::read_dir(folder)
        .map_err(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

fn named(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}
