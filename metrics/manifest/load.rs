//! Finds the definition files and reads them all, collecting every problem.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use almanac_agent_contract::Settings;

use super::check::check;
use super::definitions::Definitions;
use super::problem::{Problem, Problems};
use super::read_metric::read_metric;
use super::read_model::read_model;
use super::reader::Reader;
use super::yaml::{Node, Yaml};
use crate::plan::{Graph, resolve_metrics};

/// The definitions and a fingerprint of their text.
pub(crate) struct Loaded {
    pub(crate) definitions: Definitions,
    pub(crate) fingerprint: u64,
    pub(crate) problems: Problems,
}

/// Checks definitions without any data: how many metrics there are, or all that is wrong.
///
/// # Errors
/// Every problem found, in the order of the files.
pub fn validate(definitions: &[PathBuf]) -> Result<usize, Vec<Problem>> {
    let loaded = load(definitions);
    let mut problems = loaded.problems;
    let settings = Settings::default();
    let graph = Graph::build(&loaded.definitions, None, &settings, &mut problems);
    resolve_metrics(&loaded.definitions, &graph, &settings, &mut problems);
    if problems.is_empty() {
        Ok(loaded.definitions.metrics.len())
    } else {
        Err(problems.into_sorted())
    }
}

/// Reads definition files, and all `.yml` and `.yaml` files of folders.
pub(crate) fn load(paths: &[PathBuf]) -> Loaded {
    let mut problems = Problems::default();
    let mut definitions = Definitions::default();
    let mut hasher = DefaultHasher::new();
    let mut files = Vec::new();
    for path in paths {
        find(path, &mut files, &mut problems);
    }
    for file in &files {
        match fs::read(file).map(String::from_utf8) {
            Ok(Ok(text)) => {
                file.hash(&mut hasher);
                text.hash(&mut hasher);
                read_file(file, &text, &mut definitions, &mut problems);
            }
            Ok(Err(_)) => problems.file(file, "is not text in UTF-8"),
            Err(error) => problems.file(file, format!("cannot be read: {error}")),
        }
    }
    if definitions.metrics.is_empty() && problems.is_empty() {
        let file = paths.first().cloned().unwrap_or_default();
        problems.file(
            &file,
            "defines no metric; write at least one under a model's metrics",
        );
    }
    check(&definitions, &mut problems);
    Loaded {
        definitions,
        fingerprint: hasher.finish(),
        problems,
    }
}

fn find(path: &Path, files: &mut Vec<PathBuf>, problems: &mut Problems) {
    if !path.is_dir() {
        files.push(path.to_owned());
        return;
    }
    let mut found: Vec<PathBuf> = match fs::read_dir(path) {
        Ok(entries) => entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .collect(),
        Err(error) => {
            problems.file(path, format!("cannot be read: {error}"));
            return;
        }
    };
    found.sort();
    for entry in found {
        let hidden = entry
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let yaml = entry
            .extension()
            .is_some_and(|end| end == "yml" || end == "yaml");
        if !hidden && (entry.is_dir() || yaml) {
            find(&entry, files, problems);
        }
    }
}

fn read_file(file: &Path, text: &str, definitions: &mut Definitions, problems: &mut Problems) {
    let mut reader = Reader {
        file: Arc::from(file),
        problems,
        metric: None,
    };
    let root = match Node::parse(text) {
        Ok(root) => root,
        Err(broken) => {
            let line = broken.line.unwrap_or(0);
            reader.wrong(line, format!("is not readable as YAML: {}", broken.text));
            return;
        }
    };
    match root.value {
        Yaml::Map(_) => {}
        Yaml::Null => return,
        _ => {
            reader.wrong(
                root.line,
                format!(
                    "should be a map with models and metrics, not {}",
                    root.kind()
                ),
            );
            return;
        }
    }
    if let Some(legacy) = root.get("semantic_models") {
        reader.wrong(legacy.line, "semantic_models belong to the legacy spec, which is not read yet; write semantic_model under models");
        return;
    }
    for model in reader.list(&root, "models") {
        read_model(&mut reader, model, definitions);
    }
    for metric in reader.list(&root, "metrics") {
        definitions
            .metrics
            .extend(read_metric(&mut reader, metric, None));
    }
}
