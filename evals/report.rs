//! What a run came to, by area and in all.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::{Bar, Grade};

/// A graded case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scored {
    /// Its folder.
    pub area: String,
    /// Its file.
    pub name: String,
    /// Its question.
    pub question: String,
    /// What was replied, in words.
    pub text: String,
    /// How it was graded.
    #[serde(flatten)]
    pub grade: Grade,
}

/// Counts of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct AreaScore {
    /// All cases.
    pub cases: usize,
    /// Right ones.
    pub right: usize,
    /// Answered wrongly as if sure.
    pub confidently_wrong: usize,
    /// Asked back or refused without need.
    pub abstained: usize,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// In all.
    pub total: AreaScore,
    /// By area.
    pub areas: BTreeMap<String, AreaScore>,
    /// Every case.
    pub cases: Vec<Scored>,
    /// What must be reached.
    pub bar: Option<Bar>,
}

impl AreaScore {
    fn add(&mut self, grade: &Grade) {
        self.cases += 1;
        match grade {
            Grade::Right => self.right += 1,
            Grade::Abstained { .. } => self.abstained += 1,
            Grade::ConfidentlyWrong { .. } => self.confidently_wrong += 1,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of files")]
    fn share(self, of: usize) -> f64 {
        if self.cases == 0 {
            0.0
        } else {
            of as f64 / self.cases as f64
        }
    }
}

impl Report {
    /// Counts the cases.
    #[must_use]
    pub fn new(cases: Vec<Scored>, bar: Option<Bar>) -> Self {
        let mut report = Self {
            total: AreaScore::default(),
            areas: BTreeMap::new(),
            cases: Vec::new(),
            bar,
        };
        for case in &cases {
            report.total.add(&case.grade);
            report
                .areas
                .entry(case.area.clone())
                .or_default()
                .add(&case.grade);
        }
        report.cases = cases;
        report
    }

    /// Whether the bar is reached; without a bar, whether every case is right.
    #[must_use]
    pub fn passes(&self) -> bool {
        let total = self.total;
        match self.bar {
            Some(bar) => {
                total.share(total.right) >= bar.accuracy
                    && total.share(total.confidently_wrong) <= bar.confidently_wrong
            }
            None => total.right == total.cases,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for case in &self.cases {
            let what = match &case.grade {
                Grade::Right => continue,
                Grade::Abstained { outcome } => format!("abstained ({outcome:?})"),
                Grade::ConfidentlyWrong { difference } => format!("WRONG {difference}"),
            };
            writeln!(
                f,
                "{}/{}: {:?}: {what}",
                case.area, case.name, case.question
            )?;
        }
        writeln!(
            f,
            "{:<14} {:>5} {:>9} {:>17} {:>10}",
            "area", "cases", "accuracy", "confidently wrong", "abstained"
        )?;
        let rows = self
            .areas
            .iter()
            .map(|(area, score)| (area.as_str(), *score));
        for (area, score) in rows.chain([("all", self.total)]) {
            writeln!(
                f,
                "{area:<14} {:>5} {:>8.1}% {:>16.1}% {:>9.1}%",
                score.cases,
                100.0 * score.share(score.right),
                100.0 * score.share(score.confidently_wrong),
                100.0 * score.share(score.abstained),
            )?;
        }
        if let Some(bar) = self.bar {
            writeln!(
                f,
                "bar: accuracy at least {:.1}%, confidently wrong at most {:.1}%: {}",
                100.0 * bar.accuracy,
                100.0 * bar.confidently_wrong,
                if self.passes() {
                    "reached"
                } else {
                    "NOT reached"
                }
            )?;
        }
        write!(
            f,
            "{} passed, {} failed",
            self.total.right,
            self.total.cases - self.total.right
        )
    }
}
