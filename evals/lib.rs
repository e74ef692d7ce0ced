//! Evals: cases as files, and the runner that holds Almanac to them.
//!
//! A case is one YAML file under `cases/<area>/`: a question, what was said before it, the moment
//! it is asked at, and the metric query or outcome that is right. `almanac eval` runs them all
//! through the real line and fails when the result is below the recorded bar.

mod bar;
mod case;
mod grade;
mod report;
mod runner;

pub use bar::{Bar, BarError};
pub use case::{Case, CaseError, Expect, load};
pub use grade::{Grade, grade};
pub use report::{AreaScore, Report, Scored};
pub use runner::{Ask, run};
