//! What readers of each locale see, and that charts are whatever is thrown at them.

mod chart;
mod csv;
mod dates;
mod numbers;
mod plain;
mod sample;
