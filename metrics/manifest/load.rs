//! Finds the definition files and reads them all, collecting every problem.
//!
//! Models, measures and time spines are read first, from all files, because metrics of any file
//! refer to measures and granularities of any other.

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use almanac_agent_contract::Settings;

use super::check::check;
use super::definitions::{Definitions, Text};
use super::files::{Parsed, is_json, parse_files, parse_text};
use super::measure::Measures;
use super::problem::{Problem, Problems};
use super::read_legacy::{read_legacy_metric, read_project, read_semantic_model};
use super::read_metric::read_metric;
use super::read_model::{enabled, is_semantic, read_model, semantic_name};
use super::read_saved_query::read_saved_query;
use super::read_spine::read_spine;
use super::reader::Reader;
use super::yaml::Node;
use crate::plan::{Graph, resolve_metrics};

/// The definitions and a fingerprint of their text.
pub(crate) struct Loaded {
    pub(crate) definitions: Definitions,
    pub(crate) fingerprint: u64,
    pub(crate) problems: Problems,
}

/// Checks definitions without any data: how many metrics people can ask for, or all that is wrong.
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
        let metrics = loaded.definitions.metrics.iter();
        Ok(metrics.filter(|metric| !metric.hidden).count())
    } else {
        Err(problems.into_sorted())
    }
}

/// Reads definition files, and those of folders: all `.yml` and `.yaml` files and
/// `semantic_manifest.json`.
pub(crate) fn load(paths: &[PathBuf]) -> Loaded {
    let mut problems = Problems::default();
    let mut hasher = DefaultHasher::new();
    let files = parse_files(paths, &mut problems, |file, text| {
        file.hash(&mut hasher);
        text.hash(&mut hasher);
    });
    let fingerprint = hasher.finish();
    let (definitions, problems) = read(&files, paths, problems);
    Loaded {
        definitions,
        fingerprint,
        problems,
    }
}

/// Reads definitions that are no files: names, which say by their end what they would be, and
/// texts.
pub(crate) fn load_texts(texts: &[(PathBuf, &str)]) -> (Definitions, Problems) {
    let mut problems = Problems::default();
    let files: Vec<Parsed> = texts
        .iter()
        .filter_map(|(path, text)| parse_text(path, text, &mut problems))
        .collect();
    let paths: Vec<PathBuf> = texts.iter().map(|(path, _)| path.clone()).collect();
    read(&files, &paths, problems)
}

fn read(files: &[Parsed], paths: &[PathBuf], problems: Problems) -> (Definitions, Problems) {
    let mut loading = Loading {
        definitions: Definitions::default(),
        measures: Measures::default(),
        named: HashSet::new(),
        custom: BTreeSet::new(),
        problems,
    };
    for file in files {
        loading.read_models(file);
    }
    let spines = loading.definitions.spines.iter();
    let own = spines.flat_map(|spine| spine.custom.iter().map(|(name, _)| name.text.clone()));
    loading.custom = own.collect();
    for file in files {
        loading.read_metrics(file);
    }
    loading.finish(paths)
}

struct Loading {
    definitions: Definitions,
    measures: Measures,
    /// The names of all metrics that are written, also of those that cannot be read.
    named: HashSet<String>,
    custom: BTreeSet<String>,
    problems: Problems,
}

impl Loading {
    fn read_models(&mut self, file: &Parsed) {
        let none = BTreeSet::new();
        let mut reader = Reader {
            file: file.path.clone(),
            problems: &mut self.problems,
            metric: None,
            custom: &none,
        };
        for model in reader.list(&file.root, "models") {
            read_model(&mut reader, model, &mut self.definitions);
            read_spine(&mut reader, model, &mut self.definitions);
        }
        for model in reader.list(&file.root, "semantic_models") {
            read_semantic_model(
                &mut reader,
                model,
                &mut self.definitions,
                &mut self.measures,
            );
        }
        if let Some(project) = file.root.get("project_configuration") {
            read_project(&mut reader, project, &mut self.definitions);
        }
    }

    fn read_metrics(&mut self, file: &Parsed) {
        let mut reader = Reader {
            file: file.path.clone(),
            problems: &mut self.problems,
            metric: None,
            custom: &self.custom,
        };
        let mut metrics: Vec<(&Node, Option<Text>)> = Vec::new();
        for model in reader.list(&file.root, "models") {
            if is_semantic(&mut reader, model) {
                let name = semantic_name(&mut reader, model);
                let own = reader.list(model, "metrics");
                metrics.extend(own.iter().map(|metric| (metric, name.clone())));
            }
        }
        let top = reader.list(&file.root, "metrics");
        metrics.extend(top.iter().map(|metric| (metric, None)));
        for (node, model) in metrics {
            if !enabled(&mut reader, node) {
                continue;
            }
            let Some(name) = reader.name(node, "a metric") else {
                continue;
            };
            self.named.insert(name.text.clone());
            reader.metric = Some(name.text.clone());
            if is_free(&mut reader, &name) {
                let metric = match node.get("type_params") {
                    Some(params) => {
                        read_legacy_metric(&mut reader, node, params, &name, &mut self.measures)
                    }
                    None => {
                        let model = model.as_ref().map(|model| model.text.as_str());
                        read_metric(&mut reader, node, &name, model)
                    }
                };
                self.definitions.metrics.extend(metric);
            }
            reader.metric = None;
        }
        for query in reader.list(&file.root, "saved_queries") {
            read_saved_query(&mut reader, query, &mut self.definitions);
        }
    }

    fn finish(mut self, paths: &[PathBuf]) -> (Definitions, Problems) {
        // What a measure creates is written out in a compiled manifest; anywhere else it is a
        // second metric of that name.
        let named = &self.named;
        let written =
            |measure: &Text| named.contains(&measure.text) && is_json(&measure.place.file);
        let measures = std::mem::take(&mut self.measures);
        let created = measures.into_metrics(written);
        self.definitions.metrics.extend(created);
        if self.definitions.metrics.is_empty() && self.problems.is_empty() {
            let file = paths.first().cloned().unwrap_or_default();
            self.problems.file(
                &file,
                "defines no metric; write at least one under a model's metrics",
            );
        }
        check(&self.definitions, &self.named, &mut self.problems);
        (self.definitions, self.problems)
    }
}

/// Whether a metric can have a name that has a meaning of its own.
fn is_free(reader: &mut Reader<'_>, name: &Text) -> bool {
    let wrong = if name.text.contains("__") {
        "the name of a metric cannot contain __, which joins names"
    } else if name.text == "metric_time" {
        "metric_time is the name of every metric's time; choose another"
    } else {
        return true;
    };
    reader.wrong(name.place.line, wrong);
    false
}
