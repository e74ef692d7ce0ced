//! What is wrong with a manifest. The person who writes definitions sees these, all at once, from
//! `almanac metrics validate` and whenever the layer is opened.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::one_line::one_line;

/// One thing to mend in the definitions, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The definition file.
    pub file: PathBuf,
    /// The line, from 1; `None` where the whole file is meant.
    pub line: Option<u32>,
    /// The metric it is about, if it is about one.
    pub metric: Option<String>,
    /// What is wrong and what would be right, in one line whatever the definitions hold.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.file_name().unwrap_or(self.file.as_os_str());
        write!(f, "{}", one_line(&file.to_string_lossy()))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        match &self.metric {
            Some(metric) => write!(f, ": metric {}: {}", one_line(metric), self.text),
            None => write!(f, ": {}", self.text),
        }
    }
}

/// Where something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: Arc<Path>,
    pub(crate) line: u32,
}

/// Collects problems, so that all are told at once.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<Problem>,
}

impl Problems {
    /// Notes a problem at `place`.
    pub(crate) fn add(&mut self, place: &Place, text: impl Into<String>) {
        self.push(place, None, text.into());
    }

    /// Notes a problem of a metric.
    pub(crate) fn metric(&mut self, place: &Place, metric: &str, text: impl Into<String>) {
        self.push(place, Some(metric.to_owned()), text.into());
    }

    /// Notes a problem of a whole file.
    pub(crate) fn file(&mut self, file: &Path, text: impl Into<String>) {
        self.found.push(Problem {
            file: file.to_owned(),
            line: None,
            metric: None,
            text: one_line(&text.into()).into_owned(),
        });
    }

    fn push(&mut self, place: &Place, metric: Option<String>, text: String) {
        let line = (place.line > 0).then_some(place.line);
        self.found.push(Problem {
            file: place.file.to_path_buf(),
            line,
            metric,
            text: one_line(&text).into_owned(),
        });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The problems in the order of the files.
    pub(crate) fn into_sorted(mut self) -> Vec<Problem> {
        self.found
            .sort_by(|a, b| (&a.file, a.line, &a.text).cmp(&(&b.file, b.line, &b.text)));
        self.found.dedup();
        self.found
    }
}
