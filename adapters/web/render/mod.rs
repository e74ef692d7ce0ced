//! The page in HTML. `maud` escapes every text; nothing here opens a way around it.

mod actions;
mod card;
mod document;
mod icons;
mod table;
mod turn;

pub(super) use document::{bounce, chat, html, login_page, notice, problem_page};
pub(super) use turn::{answer, any_pending};
