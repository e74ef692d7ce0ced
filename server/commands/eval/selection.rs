//! Which questions of a run are asked: all, or those that the command line names.

use almanac_evals::{Kind, Question, Suite, variants, written};
use almanac_metrics::Layer;
use anyhow::{Result, anyhow};

use crate::cli::EvalArgs;

/// What is asked; an empty list chooses everything.
#[derive(Debug, Clone, Default)]
pub(super) struct Selection {
    areas: Vec<String>,
    catalogs: Vec<String>,
    languages: Vec<String>,
    kinds: Vec<Kind>,
}

impl Selection {
    /// As the command line has it.
    ///
    /// # Errors
    /// A kind that there is not, with those that there are.
    pub(super) fn new(args: &EvalArgs) -> Result<Self> {
        let kinds = args.kind.iter().map(|name| {
            Kind::ALL
                .into_iter()
                .find(|kind| kind.as_str() == name)
                .ok_or_else(|| {
                    let names = Kind::ALL.map(Kind::as_str).join(", ");
                    anyhow!("--kind {name} is none: there are {names}")
                })
        });
        Ok(Self {
            areas: args.area.clone(),
            catalogs: args.catalog.clone(),
            languages: args.language.clone(),
            kinds: kinds.collect::<Result<_>>()?,
        })
    }

    /// Nothing is left out.
    pub(super) fn is_whole(&self) -> bool {
        self.areas.is_empty()
            && self.catalogs.is_empty()
            && self.languages.is_empty()
            && self.kinds.is_empty()
    }

    /// Whether any of a catalogue is asked.
    pub(super) fn has_catalog(&self, name: &str) -> bool {
        chosen(&self.catalogs, name)
    }

    /// The questions of a suite that are asked.
    pub(super) fn questions<'a>(&self, suite: &'a Suite, layer: &Layer) -> Vec<Question<'a>> {
        let mut questions = written(&suite.cases);
        questions.extend(variants(&suite.cases, &layer.catalog(), layer.settings()));
        questions.retain(|question| {
            chosen(&self.areas, &question.case.area)
                && chosen(&self.languages, code(question))
                && (self.kinds.is_empty() || self.kinds.contains(&question.kind))
        });
        questions
    }
}

fn chosen(names: &[String], name: &str) -> bool {
    names.is_empty() || names.iter().any(|one| one == name)
}

const fn code(question: &Question<'_>) -> &'static str {
    almanac_evals::code(question.language)
}
