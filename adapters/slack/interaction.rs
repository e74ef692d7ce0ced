//! Buttons, menus, shortcuts and forms, as Slack tells of them.

use serde_json::Value;

use super::fields::Fields;
use super::parse::{Parsed, Suggest, installation};
use super::said::is_direct;

/// Who did it, and through which installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Who {
    pub(super) installation: String,
    pub(super) user: String,
    pub(super) name: Option<String>,
}

/// A button or menu that was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pressed {
    pub(super) who: Who,
    /// Which button.
    pub(super) action: String,
    /// What it carries.
    pub(super) carried: String,
    /// When, as Slack counts: the same when it tells again.
    pub(super) at: String,
    /// Under which message: none in a view.
    pub(super) on: Option<Message>,
    /// What we left in the view that it is in.
    pub(super) left: Option<String>,
    pub(super) handle: Option<String>,
    pub(super) trigger: Option<String>,
}

/// A message that something was done with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) channel: String,
    pub(super) direct: bool,
    pub(super) thread: Option<String>,
    pub(super) ts: String,
    /// Only one person sees it.
    pub(super) private: bool,
    pub(super) text: String,
}

/// A shortcut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shortcut {
    pub(super) who: Who,
    pub(super) trigger: String,
    pub(super) handle: Option<String>,
    /// On which message; none for a global one.
    pub(super) on: Option<Message>,
}

/// A form that was filled in: block ids with what is in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Submitted {
    pub(super) who: Who,
    pub(super) event_id: String,
    /// Which form.
    pub(super) form: String,
    /// What we left in it.
    pub(super) left: Option<String>,
    pub(super) values: Vec<(String, String)>,
}

impl Submitted {
    /// What was filled in, without white space around it.
    pub(super) fn value(&self, block: &str) -> Option<&str> {
        let (_, value) = self.values.iter().find(|(id, _)| id == block)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }
}

/// What an interaction says.
pub(super) fn read(payload: Fields<'_>) -> Parsed {
    let kind = payload.text("/type").unwrap_or_default();
    let parsed = match kind {
        "block_actions" => pressed(payload).map(|it| Parsed::Pressed(Box::new(it))),
        "message_action" | "shortcut" => shortcut(payload).map(|it| Parsed::Shortcut(Box::new(it))),
        "view_submission" => submitted(payload).map(|it| Parsed::Submitted(Box::new(it))),
        "block_suggestion" => suggest(payload).map(Parsed::Suggest),
        _ => None,
    };
    parsed.unwrap_or_else(|| Parsed::Ignored(kind.chars().take(80).collect()))
}

fn suggest(payload: Fields<'_>) -> Option<Suggest> {
    Some(Suggest {
        installation: who(payload)?.installation,
        typed: payload.owned("/value").unwrap_or_default(),
    })
}

fn who(payload: Fields<'_>) -> Option<Who> {
    // In a channel that teams share, a form may be opened from the other one.
    let team = payload
        .owned("/view/app_installed_team_id")
        .or_else(|| payload.owned("/team/id"));
    Some(Who {
        installation: installation(
            payload.is("/is_enterprise_install"),
            payload.owned("/enterprise/id"),
            team.or_else(|| payload.owned("/user/team_id")),
        )?,
        user: payload.owned("/user/id")?,
        name: payload
            .owned("/user/name")
            .or_else(|| payload.owned("/user/username")),
    })
}

fn pressed(payload: Fields<'_>) -> Option<Pressed> {
    let action = payload.at("/actions/0");
    let carried = action
        .text("/value")
        .or_else(|| action.text("/selected_option/value"));
    Some(Pressed {
        who: who(payload)?,
        action: action.owned("/action_id")?,
        carried: carried.unwrap_or_default().to_owned(),
        at: action.owned("/action_ts").unwrap_or_default(),
        on: message(payload),
        left: payload.owned("/view/private_metadata"),
        handle: payload.owned("/response_url"),
        trigger: payload.owned("/trigger_id"),
    })
}

fn message(payload: Fields<'_>) -> Option<Message> {
    let channel = payload
        .text("/channel/id")
        .or_else(|| payload.text("/container/channel_id"))?;
    let ts = payload
        .text("/container/message_ts")
        .or_else(|| payload.text("/message/ts"))
        .or_else(|| payload.text("/message_ts"))?;
    let thread = payload
        .text("/container/thread_ts")
        .or_else(|| payload.text("/message/thread_ts"));
    Some(Message {
        channel: channel.to_owned(),
        direct: is_direct(channel),
        thread: thread.map(str::to_owned),
        ts: ts.to_owned(),
        private: payload.is("/container/is_ephemeral"),
        text: payload.owned("/message/text").unwrap_or_default(),
    })
}

fn shortcut(payload: Fields<'_>) -> Option<Shortcut> {
    Some(Shortcut {
        who: who(payload)?,
        trigger: payload.owned("/trigger_id")?,
        handle: payload.owned("/response_url"),
        on: message(payload),
    })
}

fn submitted(payload: Fields<'_>) -> Option<Submitted> {
    let view = payload.at("/view");
    let id = view.text("/id")?;
    let hash = view.text("/hash").unwrap_or_default();
    Some(Submitted {
        who: who(payload)?,
        event_id: format!("view.{id}.{hash}"),
        form: view.owned("/callback_id")?,
        left: view.owned("/private_metadata"),
        values: values(view),
    })
}

/// Every block of a form has one input: its value, whatever kind of input that is.
fn values(view: Fields<'_>) -> Vec<(String, String)> {
    let Some(Value::Object(blocks)) = view.0.pointer("/state/values") else {
        return Vec::new();
    };
    let value = |input: Fields<'_>| {
        let texts = ["/value", "/selected_option/value", "/selected_time"];
        texts.into_iter().find_map(|at| input.owned(at))
    };
    blocks
        .iter()
        .filter_map(|(block, inputs)| {
            let input = Fields(inputs).each("").into_iter().find_map(value)?;
            Some((block.clone(), input))
        })
        .collect()
}
