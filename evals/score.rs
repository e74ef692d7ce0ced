//! A graded question, and the counts that many of them come to.

use almanac_agent_contract::{Confidence, Language, Outcome};
use serde::Serialize;

use crate::{Grade, Kind, Question, Suite, Told};

/// A graded question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scored {
    /// Its catalogue.
    pub catalog: String,
    /// Whether that catalogue may be tuned on.
    pub tuned: bool,
    /// Its area.
    pub area: String,
    /// Its case.
    pub name: String,
    /// How it came about.
    pub kind: Kind,
    /// The language of its words.
    pub language: Language,
    /// What was said before it.
    pub before: Vec<String>,
    /// Its words.
    pub question: String,
    /// What was replied, in words.
    pub text: String,
    /// How sure the reading was, where that is told.
    pub confidence: Option<Confidence>,
    /// How it ended.
    pub outcome: Outcome,
    /// How it was graded.
    #[serde(flatten)]
    pub grade: Grade,
}

impl Scored {
    /// What came of a question.
    #[must_use]
    pub fn new(suite: &Suite, question: &Question<'_>, told: Told, grade: Grade) -> Self {
        Self {
            catalog: suite.name.clone(),
            tuned: suite.tuned,
            area: question.case.area.clone(),
            name: question.case.name.clone(),
            kind: question.kind,
            language: question.language,
            before: question.case.before.clone(),
            question: question.ask.clone(),
            text: told.text,
            confidence: told.confidence,
            outcome: told.outcome,
            grade,
        }
    }

    /// Where it stands in a report: by catalogue, area, case and kind.
    #[must_use]
    pub fn place(&self) -> (&str, &str, &str, Kind) {
        (&self.catalog, &self.area, &self.name, self.kind)
    }
}

/// Counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Score {
    /// All questions.
    pub cases: usize,
    /// Right ones.
    pub right: usize,
    /// Answered wrongly as if sure.
    pub confidently_wrong: usize,
    /// Asked back without need.
    pub asked_back: usize,
    /// Refused without need.
    pub refused: usize,
    /// Failed.
    pub failed: usize,
}

impl Score {
    /// Counts these.
    #[must_use]
    pub fn of<'a>(scored: impl IntoIterator<Item = &'a Scored>) -> Self {
        let mut score = Self::default();
        for scored in scored {
            score.cases += 1;
            match (&scored.grade, scored.outcome) {
                (Grade::Right, _) => score.right += 1,
                (Grade::ConfidentlyWrong { .. }, _) => score.confidently_wrong += 1,
                (Grade::Abstained { .. }, Outcome::Error) => score.failed += 1,
                (Grade::Abstained { .. }, Outcome::Refuse) => score.refused += 1,
                (Grade::Abstained { .. }, _) => score.asked_back += 1,
            }
        }
        score
    }

    /// The share of right ones, 0 to 1.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        self.share(self.right)
    }

    /// The share that was answered wrongly as if sure, 0 to 1.
    #[must_use]
    pub fn wrong(&self) -> f64 {
        self.share(self.confidently_wrong)
    }

    /// The share of a count among all; 0 where there is nothing.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of questions")]
    pub fn share(&self, of: usize) -> f64 {
        if self.cases == 0 {
            0.0
        } else {
            of as f64 / self.cases as f64
        }
    }
}
