//! The web chat page and the REST API, served by the binary itself.
//!
//! A person opens `/`, asks, sees "Reading…", then one answer card; it works without JavaScript
//! too. A program posts `{"question": "..."}` to `/api/v1/ask` and gets the same answer as JSON.
//!
//! Nothing here keeps a conversation: the page is drawn from the line's history, and whoever
//! waits for an answer is told by the courier in this process or finds it through the line.

mod access;
mod adapter;
mod ask;
mod assets;
mod events;
mod files;
mod guard;
mod home;
mod hub;
mod login;
mod press;
mod problem;
mod render;
mod rest;
mod router;
mod session;
mod visitor;
mod waiting;
mod words;

pub use access::Access;
pub use adapter::{PAGE, REST, WEB, Web, WebOptions};
