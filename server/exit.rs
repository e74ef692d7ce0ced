//! How a command ends: 0 done, 1 the answer is no, 2 wrong usage or configuration. An error is
//! one sentence on standard error.

use std::fmt;
use std::process::ExitCode;

/// How a command that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Done,
    /// Done, and the answer is no: a refusal, a failed check, evals below the bar.
    No,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::No => Self::FAILURE,
        }
    }
}

/// How a command failed.
#[derive(Debug)]
pub enum Failure {
    /// Wrong usage or configuration: the person can mend it. Exit code 2.
    Usage(anyhow::Error),
    /// Something did not work. Exit code 1.
    Broken(anyhow::Error),
}

impl Failure {
    /// Wrong usage or configuration, in a sentence.
    pub fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self::Usage(error.into())
    }

    /// Its exit code.
    #[must_use]
    pub fn code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Broken(_) => ExitCode::FAILURE,
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Broken(error.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Usage(error) | Self::Broken(error)) = self;
        write!(f, "{error:#}")
    }
}
