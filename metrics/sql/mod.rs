//! One renderer: the plan as SQL of the Postgres family, with what differs between engines in
//! `dialect`.

mod dialect;
mod expression;
mod literal;
mod render;

pub(crate) use dialect::{Dialect, domain};
pub(crate) use render::{Place, render};
