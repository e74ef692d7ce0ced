//! What one turn may spend.

use std::time::Duration;

/// Caps on one turn. Past any of them the turn ends with a plain sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Tool calls.
    pub steps: usize,
    /// Times the same call with the same arguments may be made.
    pub repeats: usize,
    /// From taking the question to the final reply.
    pub deadline: Duration,
    /// Characters of a question.
    pub question: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            steps: 6,
            repeats: 1,
            deadline: Duration::from_secs(45),
            question: 20_000,
        }
    }
}
