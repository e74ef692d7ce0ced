//! What one question may use, and how many run at a time. A person whose question goes past them
//! is told what to ask instead.

use std::thread::available_parallelism;
use std::time::Duration;

/// The bounds of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Rows that come back at most.
    pub rows: u64,
    /// How long a statement may run.
    pub time: Duration,
    /// Bytes of memory that statements running at the same time share, beside the files' own
    /// pages. Only an engine in this process counts them.
    pub memory: usize,
    /// Bytes on disk that sorts and groups may put aside when memory is used up. Only an engine in
    /// this process counts them.
    pub disk: u64,
    /// Statements that run at the same time; more wait for their turn, first come first served.
    pub at_once: usize,
    /// Bytes of results that are kept for equal questions; 0 keeps none.
    pub kept: usize,
}

impl Limits {
    /// How long a statement waits for its turn at most.
    pub(super) fn patience(&self) -> Duration {
        self.time * 4
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rows: 10_000,
            time: Duration::from_secs(30),
            memory: 1 << 30,
            disk: 8 << 30,
            at_once: available_parallelism().map_or(2, |cores| cores.get() * 2),
            kept: 64 << 20,
        }
    }
}
