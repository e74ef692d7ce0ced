//! The recorded bar: what the last accepted run reached. CI fails below it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::Score;

/// What must be reached, for each kind of catalogue apart.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// Over catalogues that may be tuned on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tuned: Option<Marks>,
    /// Over those kept out of all tuning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_out: Option<Marks>,
}

/// What must be reached over some catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marks {
    /// By questions that people wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Mark>,
    /// By their variants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variants: Option<Mark>,
}

/// What must be reached by some questions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// At least this share is right.
    pub accuracy: f64,
    /// At most this share is confidently wrong.
    pub confidently_wrong: f64,
}

/// A bar that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {text}", path.display())]
pub struct BarError {
    path: PathBuf,
    text: String,
}

/// The bar's file.
const FILE: &str = "bar.yml";

impl Mark {
    /// What a score reaches, to a tenth of a percent and never better than it is; `None` where
    /// nothing was asked.
    #[must_use]
    pub fn reached(score: &Score) -> Option<Self> {
        (score.cases > 0).then(|| Self {
            accuracy: (score.accuracy() * 1e3).floor() / 1e3,
            confidently_wrong: (score.wrong() * 1e3).ceil() / 1e3,
        })
    }

    /// Whether a score reaches it.
    #[must_use]
    pub fn is_reached(&self, score: &Score) -> bool {
        score.accuracy() >= self.accuracy && score.wrong() <= self.confidently_wrong
    }
}

impl Bar {
    /// The bar of a folder of evals: its `bar.yml`, if there is one.
    ///
    /// # Errors
    /// Where the file is there but cannot be read as a bar.
    pub fn beside(folder: &Path) -> Result<Option<Self>, BarError> {
        let path = folder.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(path, &error)),
        };
        serde_saphyr::from_str(&text)
            .map(Some)
            .map_err(|error| failed(path, &error.without_snippet()))
    }

    /// Writes it as the bar of a folder of evals.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn record(&self, folder: &Path) -> Result<(), BarError> {
        let path = folder.join(FILE);
        let head = "# What the last accepted run reached. `almanac eval` fails below it;\n\
                    # `almanac eval --record` writes it.\n";
        let written = serde_saphyr::to_string(self)
            .map_err(|error| error.to_string())
            .and_then(|text| {
                std::fs::write(&path, format!("{head}{text}")).map_err(|error| error.to_string())
            });
        written.map_err(|text| BarError { path, text })
    }
}

fn failed(path: PathBuf, error: &impl ToString) -> BarError {
    BarError {
        path,
        text: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_never_better_than_the_run() {
        let score = Score {
            cases: 7,
            right: 6,
            confidently_wrong: 1,
            ..Score::default()
        };
        let mark = Mark::reached(&score).unwrap();
        assert_eq!((mark.accuracy, mark.confidently_wrong), (0.857, 0.143));
        assert!(mark.is_reached(&score));
        let worse = Score { right: 5, ..score };
        assert!(!mark.is_reached(&worse));
        assert_eq!(Mark::reached(&Score::default()), None);
    }

    #[test]
    fn what_is_recorded_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Bar::beside(folder.path()).unwrap(), None);
        let mark = Mark {
            accuracy: 0.95,
            confidently_wrong: 0.01,
        };
        let bar = Bar {
            tuned: Some(Marks {
                written: Some(mark),
                variants: None,
            }),
            held_out: None,
        };
        bar.record(folder.path()).unwrap();
        assert_eq!(Bar::beside(folder.path()).unwrap(), Some(bar));
    }

    #[test]
    fn a_wrong_bar_is_told_by_name() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "acuracy: 1").unwrap();
        let error = Bar::beside(folder.path()).unwrap_err().to_string();
        assert!(
            error.contains("bar.yml: ") && error.contains("acuracy"),
            "{error}"
        );
    }
}
