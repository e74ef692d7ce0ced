//! The pieces of SQL inside definitions (`expr`, `filter`): parsed, checked against an allow-list
//! and typed, never passed on as text.

mod calls;
mod functions;
mod kinds;
mod parse;
mod template;
mod translate;

pub(crate) use functions::Function;
pub(crate) use kinds::{Typed, literal_of};
pub(crate) use parse::{Scope, parse};
pub(crate) use template::{Reference, ReferenceKind};
