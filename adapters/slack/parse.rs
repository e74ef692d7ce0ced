//! What a verified request of Slack's says: pure, bytes in and meaning out. Events API requests,
//! interactions and commands come in by doors of their own over HTTP, and in envelopes with the same
//! payloads over Socket Mode.

use serde_json::Value;

use super::command::{self, Command};
use super::event;
use super::fields::{Fields, form};
use super::interaction::{self, Pressed, Shortcut, Submitted};
use super::said::Said;

/// By which door a request comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The Events API: a JSON body.
    Events,
    /// Buttons, menus, shortcuts and views: a form with a JSON `payload`.
    Interactive,
    /// Slash commands: a form.
    Commands,
}

impl Door {
    /// By the type of a Socket Mode envelope. None for what is no request.
    pub(super) fn of_envelope(kind: &str) -> Option<Self> {
        match kind {
            "events_api" => Some(Self::Events),
            "interactive" => Some(Self::Interactive),
            "slash_commands" => Some(Self::Commands),
            _ => None,
        }
    }
}

/// The body is not what comes in by this door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a request of Slack's")]
pub struct Unreadable;

/// What a request says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Parsed {
    /// The address is being verified: this is to be sent back.
    Challenge(String),
    /// Something was said, changed or taken back.
    Said(Said),
    /// A button or menu.
    Pressed(Box<Pressed>),
    /// A slash command.
    Command(Box<Command>),
    /// A shortcut, with or without a message.
    Shortcut(Box<Shortcut>),
    /// A form that was filled in.
    Submitted(Box<Submitted>),
    /// Options for a menu, by what is typed.
    Suggest(Suggest),
    /// Somebody looks at the home tab.
    Home(Home),
    /// Somebody opened an assistant thread.
    Assistant(Opened),
    /// The app was removed, or its token was taken away.
    Closed {
        /// From which installation.
        installation: String,
        /// What Slack calls it.
        reason: String,
    },
    /// Nothing that concerns us: its type.
    Ignored(String),
}

impl Parsed {
    /// Whose it is, where it asks for something: of the end of an installation we are only told.
    pub(super) fn asker(&self) -> Option<&str> {
        Some(match self {
            Self::Said(it) => &it.installation,
            Self::Pressed(it) => &it.who.installation,
            Self::Command(it) => &it.installation,
            Self::Shortcut(it) => &it.who.installation,
            Self::Submitted(it) => &it.who.installation,
            Self::Suggest(it) => &it.installation,
            Self::Home(it) => &it.installation,
            Self::Assistant(it) => &it.installation,
            Self::Challenge(_) | Self::Closed { .. } | Self::Ignored(_) => return None,
        })
    }
}

/// A menu that is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suggest {
    pub(super) installation: String,
    pub(super) typed: String,
}

/// Somebody looks at the home tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) installation: String,
    pub(super) user: String,
    /// Their direct chat with the app.
    pub(super) chat: Option<String>,
}

/// An assistant thread that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opened {
    pub(super) installation: String,
    pub(super) chat: String,
    pub(super) thread: String,
}

/// What a verified body says.
pub(super) fn parse(door: Door, body: &[u8]) -> Result<Parsed, Unreadable> {
    match door {
        Door::Events => {
            let value: Value = serde_json::from_slice(body).map_err(|_| Unreadable)?;
            Ok(payload(door, &value))
        }
        Door::Interactive => {
            let json = form(body, "payload").ok_or(Unreadable)?;
            let value: Value = serde_json::from_str(&json).map_err(|_| Unreadable)?;
            Ok(payload(door, &value))
        }
        Door::Commands => {
            form(body, "command").ok_or(Unreadable)?;
            Ok(command::read(|name| form(body, name)))
        }
    }
}

/// What a payload says, wherever it was wrapped.
pub(super) fn payload(door: Door, value: &Value) -> Parsed {
    let fields = Fields(value);
    match door {
        Door::Events => event::read(fields),
        Door::Interactive => interaction::read(fields),
        Door::Commands => command::read(|name| fields.owned(&format!("/{name}"))),
    }
}

/// The kind of what a body says, for logs and tests: "message", "ignored channel_archive". It reads
/// all of the body, so that foreign bytes can be thrown at it.
///
/// # Errors
/// Where the body is not what comes in by this door.
pub fn kind(door: Door, body: &[u8]) -> Result<String, Unreadable> {
    parse(door, body).map(named)
}

/// The kind of what a frame of Socket Mode says, as [`kind`] has it; of a frame without a request,
/// its type.
///
/// # Errors
/// Where the frame is not JSON.
pub fn frame_kind(frame: &[u8]) -> Result<String, Unreadable> {
    let value: Value = serde_json::from_slice(frame).map_err(|_| Unreadable)?;
    let fields = Fields(&value);
    let of = fields.text("/type").unwrap_or_default();
    Ok(match Door::of_envelope(of) {
        Some(door) => named(payload(door, fields.at("/payload").0)),
        None => of.chars().take(80).collect(),
    })
}

fn named(parsed: Parsed) -> String {
    match parsed {
        Parsed::Challenge(_) => "challenge".into(),
        Parsed::Said(_) => "message".into(),
        Parsed::Pressed(_) => "press".into(),
        Parsed::Command(_) => "command".into(),
        Parsed::Shortcut(_) => "shortcut".into(),
        Parsed::Submitted(_) => "submission".into(),
        Parsed::Suggest(_) => "suggestion".into(),
        Parsed::Home(_) => "home".into(),
        Parsed::Assistant(_) => "assistant".into(),
        Parsed::Closed { .. } => "closed".into(),
        Parsed::Ignored(kind) => format!("ignored {kind}"),
    }
}

/// The installation that a payload names: the enterprise where the app is in all of it, else the
/// team.
pub(super) fn installation(
    enterprise_wide: bool,
    enterprise: Option<String>,
    team: Option<String>,
) -> Option<String> {
    if enterprise_wide {
        enterprise.or(team)
    } else {
        team.or(enterprise)
    }
}
