//! Evals: catalogues with questions and their right answers as files, and what holds Almanac to
//! them.
//!
//! `catalogs/<catalogue>/cases/<area>.yml` has cases: a question, what was said before it, the
//! moment it is asked at, and the query, tool or ending that is right. `almanac eval` asks them all,
//! with their paraphrases and with variants made by rule, and fails when the result is below the
//! recorded bar.

mod bar;
mod calibration;
mod case;
mod grade;
mod question;
mod report;
mod runner;
mod same;
mod score;
mod suite;
mod table;
mod variants;
mod verified;

pub use bar::{Bar, BarError, Mark, Marks};
pub use calibration::Bin;
pub use case::{Case, Expect};
pub use grade::{Grade, QUERY, Told, grade, split};
pub use question::{Dialogue, Kind, Question, written};
pub use report::{Pair, Report, Shown, Side, code};
pub use runner::run;
pub use score::{Score, Scored};
pub use suite::{Suite, SuiteError, load};
pub use variants::variants;
pub use verified::verified;
