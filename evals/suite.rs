//! A suite: a catalogue with its cases, as a folder of `evals/catalogs` has them.
//!
//! `almanac.toml` and what it names make the workspace that is asked; `catalog.yml` says what it is
//! and whether it may be tuned on; `cases/<area>.yml` ask.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Deserialize;

use crate::case::{Case, Wrong, read, wrong};

/// A catalogue and what is asked of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Suite {
    /// The folder's name.
    pub name: String,
    /// What it is, in words.
    pub title: String,
    /// Whether anything may be fitted to it. What is not is reported apart, and is the measure.
    pub tuned: bool,
    /// The moment of the cases that give none.
    pub now: Timestamp,
    /// Its configuration; `None` for the demo shop.
    pub config: Option<PathBuf>,
    /// By area, in the order of the files.
    pub cases: Vec<Case>,
}

/// A suite that cannot be read. Whoever wrote it hears it.
#[derive(Debug, thiserror::Error)]
pub enum SuiteError {
    /// The folder or a file.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not what it should be.
    #[error("{}{}: {text}", path.display(), at(*line))]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: Option<u64>,
        /// What is wrong.
        text: String,
    },
    /// Nothing to run.
    #[error("there are no cases in {}: expected <catalogue>/cases/<area>.yml", .0.display())]
    None(PathBuf),
}

fn at(line: Option<u64>) -> String {
    line.map(|line| format!(":{line}")).unwrap_or_default()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    title: String,
    tuned: bool,
    now: Timestamp,
    /// The catalogue is that of the demo shop, whose data is generated.
    #[serde(default)]
    demo: bool,
}

/// The suites in the folders of `folder` whose name `wanted` accepts, by name. The others are not
/// even read.
///
/// # Errors
/// The first file that is wrong, or that there is no case at all.
pub fn load(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<Suite>, SuiteError> {
    let mut suites = Vec::new();
    for path in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        // A folder without cases is data that somebody has only begun to write.
        if wanted(&named(&path)) && path.join("cases").is_dir() {
            suites.push(suite(&path)?);
        }
    }
    if suites.iter().all(|suite| suite.cases.is_empty()) {
        return Err(SuiteError::None(folder.to_owned()));
    }
    Ok(suites)
}

fn suite(folder: &Path) -> Result<Suite, SuiteError> {
    let path = folder.join("catalog.yml");
    let text = text(&path)?;
    let head: Head =
        serde_saphyr::from_str(&text).map_err(|error| malformed(&path, wrong(&error)))?;
    let mut cases: Vec<Case> = Vec::new();
    let mut seen: HashMap<String, String> = HashMap::new();
    let files = entries(&folder.join("cases"))?;
    for path in files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "yml"))
    {
        let area = named(&path);
        let found =
            read(&self::text(&path)?, &area, head.now).map_err(|wrong| malformed(&path, wrong))?;
        for (line, case) in found {
            if let Some(other) = seen.insert(case.name.clone(), area.clone()) {
                let text = format!("the name {:?} is taken, in {other}.yml", case.name);
                let line = Some(line);
                return Err(malformed(&path, Wrong { line, text }));
            }
            cases.push(case);
        }
    }
    Ok(Suite {
        name: named(folder),
        title: head.title,
        tuned: head.tuned,
        now: head.now,
        config: (!head.demo).then(|| folder.join("almanac.toml")),
        cases,
    })
}

fn text(path: &Path) -> Result<String, SuiteError> {
    std::fs::read_to_string(path).map_err(|source| SuiteError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

fn malformed(path: &Path, wrong: Wrong) -> SuiteError {
    SuiteError::Malformed {
        path: path.to_owned(),
        line: wrong.line,
        text: wrong.text,
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, SuiteError> {
    let unreadable = |source| SuiteError::Unreadable {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join("shop").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    const HEAD: &str = "{title: A shop, tuned: true, now: 2026-11-20T12:00:00Z}";
    const CASE: &str = "cases:\n  - name: plain\n    ask: MRR\n    expect: {outcome: refuse}\n";

    #[test]
    fn a_wrong_file_is_told_by_name_and_line() {
        let folder = folder(&[
            ("catalog.yml", HEAD),
            (
                "cases/value.yml",
                "cases:\n  - name: plain\n    asks: MRR\n",
            ),
        ]);
        let error = load(folder.path(), |_| true).unwrap_err().to_string();
        assert!(error.contains("shop/cases/value.yml:3: "), "{error}");
        assert!(error.contains("asks"), "{error}");
    }

    #[test]
    fn a_name_is_given_once_in_a_catalogue() {
        let folder = folder(&[
            ("catalog.yml", HEAD),
            ("cases/top.yml", CASE),
            ("cases/value.yml", CASE),
        ]);
        let error = load(folder.path(), |_| true).unwrap_err().to_string();
        assert!(
            error.ends_with("shop/cases/value.yml:2: the name \"plain\" is taken, in top.yml"),
            "{error}"
        );
    }

    #[test]
    fn what_is_not_wanted_is_not_read() {
        let folder = folder(&[("catalog.yml", HEAD), ("cases/value.yml", "nothing")]);
        let error = load(folder.path(), |name| name != "shop").unwrap_err();
        assert!(matches!(error, SuiteError::None(_)), "{error}");
    }

    #[test]
    fn the_cases_of_the_tree_are_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogs");
        let suites = load(&folder, |_| true).unwrap();
        assert!(suites.iter().any(|suite| suite.config.is_none()));
        let written = suites.iter().map(|suite| suite.cases.len()).sum::<usize>();
        assert!(written >= 265, "{written}");
    }
}
