//! `/almanac`: a question, or nothing and "help" for what can be done.

use super::parse::{Parsed, installation};
use super::said::is_direct;

/// A slash command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) installation: String,
    /// The same when Slack sends it again.
    pub(super) event_id: String,
    pub(super) channel: String,
    pub(super) direct: bool,
    pub(super) user: String,
    pub(super) name: Option<String>,
    pub(super) text: String,
    /// Where it can be answered.
    pub(super) handle: Option<String>,
    /// What opens a view, for three seconds.
    pub(super) trigger: Option<String>,
}

/// A command by its fields.
pub(super) fn read(field: impl Fn(&str) -> Option<String>) -> Parsed {
    let read = || {
        let channel = field("channel_id")?;
        let wide = field("is_enterprise_install").as_deref() == Some("true");
        let trigger = field("trigger_id");
        let handle = field("response_url");
        // A response address is as much of this one command as its trigger.
        let own = trigger.as_ref().or(handle.as_ref())?;
        Some(Command {
            installation: installation(wide, field("enterprise_id"), field("team_id"))?,
            event_id: format!("command.{own}"),
            direct: is_direct(&channel),
            channel,
            user: field("user_id")?,
            name: field("user_name"),
            text: field("text").unwrap_or_default().trim().to_owned(),
            handle,
            trigger,
        })
    };
    match read() {
        Some(command) => Parsed::Command(Box::new(command)),
        None => Parsed::Ignored("command".into()),
    }
}
