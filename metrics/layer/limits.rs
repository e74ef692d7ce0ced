//! What one question may use, and how many run at a time. A person whose question goes past them
//! is told what to ask instead.

use std::num::NonZero;
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
        let memory = 1 << 30;
        let cores = available_parallelism().map_or(1, NonZero::get);
        Self {
            rows: 10_000,
            time: Duration::from_secs(30),
            memory,
            disk: 8 << 30,
            // Each uses all cores. With less memory than that joins over millions of rows go by way
            // of the disk.
            at_once: (cores * 2).min(memory / (256 << 20)),
            kept: 64 << 20,
        }
    }
}
