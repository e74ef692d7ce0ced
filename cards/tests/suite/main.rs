//! What readers of each locale see, and that charts are whatever is thrown at them.

#![expect(clippy::expect_used, reason = "a test that cannot go on may panic")]

mod chart;
mod csv;
mod dates;
mod numbers;
mod plain;
mod sample;
