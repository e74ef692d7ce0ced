//! Finds definition files and parses them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::json::parse_json;
use super::problem::{Place, Problems};
use super::yaml::{Node, Yaml};

/// A file as a tree.
pub(crate) struct Parsed {
    pub(crate) path: Arc<Path>,
    pub(crate) root: Node,
}

/// Finds and parses all files, in the order of `paths` and of names in folders. Every text is
/// shown to `seen`.
pub(crate) fn parse_files(
    paths: &[PathBuf],
    problems: &mut Problems,
    mut seen: impl FnMut(&Path, &str),
) -> Vec<Parsed> {
    let mut all = Vec::new();
    for path in paths {
        let mut found = Vec::new();
        find(path, &mut found, problems);
        let mut parsed = Vec::new();
        for file in &found {
            match fs::read(file).map(String::from_utf8) {
                Ok(Ok(text)) => {
                    seen(file, &text);
                    parsed.extend(parse_text(file, &text, problems));
                }
                Ok(Err(_)) => problems.file(file, "is not text in UTF-8"),
                Err(error) => problems.file(file, format!("cannot be read: {error}")),
            }
        }
        // dbt compiles target/semantic_manifest.json from the files beside it: both would define
        // everything twice, and the files are never out of date.
        let written = parsed
            .iter()
            .any(|file| !is_json(&file.path) && defines(&file.root));
        if path.is_dir() && written {
            parsed.retain(|file| !is_json(&file.path));
        }
        all.extend(parsed);
    }
    all
}

/// Whether a file is a compiled manifest.
pub(crate) fn is_json(file: &Path) -> bool {
    file.extension().is_some_and(|end| end == "json")
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
        let name = entry
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let yaml = entry
            .extension()
            .is_some_and(|end| end == "yml" || end == "yaml");
        // The settings of a dbt project have keys called models and metrics, too.
        let definitions = (yaml && name != "dbt_project.yml") || name == "semantic_manifest.json";
        if !name.starts_with('.') && (entry.is_dir() || definitions) {
            find(&entry, files, problems);
        }
    }
}

/// Parses one file's text; `None` where it is empty or a problem.
pub(crate) fn parse_text(file: &Path, text: &str, problems: &mut Problems) -> Option<Parsed> {
    let path: Arc<Path> = Arc::from(file);
    let mut wrong = |line: u32, text: String| {
        let place = Place {
            file: Arc::clone(&path),
            line,
        };
        problems.add(&place, text);
    };
    let (parsed, format) = if is_json(file) {
        (parse_json(text), "JSON")
    } else {
        (Node::parse(text), "YAML")
    };
    let root = match parsed {
        Ok(root) => root,
        Err(broken) => {
            let text = format!("is not readable as {format}: {}", broken.text);
            wrong(broken.line.unwrap_or(0), text);
            return None;
        }
    };
    match root.value {
        Yaml::Map(_) if root.get("nodes").is_some() && root.get("child_map").is_some() => {
            let text = "is dbt's manifest.json; give target/semantic_manifest.json, which stands beside it";
            wrong(0, text.to_owned());
            None
        }
        Yaml::Map(_) => Some(Parsed { path, root }),
        Yaml::Null => None,
        _ => {
            let text = format!(
                "should be a map with models and metrics, not {}",
                root.kind()
            );
            wrong(root.line, text);
            None
        }
    }
}

/// Whether a file defines metrics or what they are over.
fn defines(root: &Node) -> bool {
    if ["semantic_models", "metrics"]
        .iter()
        .any(|key| root.get(key).is_some())
    {
        return true;
    }
    match root.get("models").map(|models| &models.value) {
        Some(Yaml::List(models)) => models
            .iter()
            .any(|model| model.get("semantic_model").is_some()),
        _ => false,
    }
}
