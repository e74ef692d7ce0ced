//! What a run tells.

use std::fmt;
use std::time::Duration;

/// How one case went.
#[derive(Debug)]
pub struct Report {
    /// The case.
    pub id: String,
    /// The engine it ran on.
    pub engine: &'static str,
    /// What came of it.
    pub outcome: Outcome,
    /// From the query to the rows; zero where there were none.
    pub took: Duration,
    /// The query, as `almanac metrics query --json` takes it, where it could be made.
    pub query: Option<String>,
    /// The statement, where it could be compiled.
    pub sql: Option<String>,
}

/// What came of a case.
#[derive(Debug)]
pub enum Outcome {
    /// The rows are right.
    Passed,
    /// They are not, or there are none.
    Failed(Difference),
}

/// What is wrong with an answer.
#[derive(Debug, Default)]
pub struct Difference {
    /// The first of it, in a line.
    pub first: String,
    /// All that is wrong with the definitions, with the first case that needs them.
    pub problems: Vec<String>,
    /// Rows that should be there and are not.
    pub missing: Vec<String>,
    /// Rows that are there and should not.
    pub unexpected: Vec<String>,
}

impl Difference {
    /// A difference without rows.
    pub(super) fn told(first: impl Into<String>) -> Self {
        Self {
            first: first.into(),
            ..Self::default()
        }
    }
}

impl fmt::Display for Report {
    /// The line of a case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Outcome::Passed => {
                let ms = self.took.as_secs_f64() * 1_000.0;
                write!(f, "ok    {}  ({}, {ms:.1} ms)", self.id, self.engine)
            }
            Outcome::Failed(difference) => {
                write!(
                    f,
                    "FAIL  {}  ({})  {}",
                    self.id, self.engine, difference.first
                )
            }
        }
    }
}

/// How many cases went how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Right.
    pub passed: usize,
    /// Wrong.
    pub failed: usize,
}

impl Tally {
    pub(super) fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed(_) => self.failed += 1,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}
