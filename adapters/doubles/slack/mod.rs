//! Slack on loopback: the Web API, files, response addresses, installing, Socket Mode, and signed
//! events with their retries. It keeps what it was sent and checks it against Slack's limits.

mod call;
mod chat;
mod deliver;
mod double;
mod fault;
mod files;
mod limits;
mod link;
mod other;
mod payload;
mod state;

pub use double::{APP_TOKEN, BOT, BOT_TOKEN, CLIENT, SIGNING_SECRET, SlackDouble, TEAM};
pub use fault::Fault;
pub use payload::{Signed, form};
pub use state::{Shown, Upload};
