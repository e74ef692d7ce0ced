//! What Discord tells, as far as it is for Almanac. Pure: whatever comes in, nothing is asked and
//! nothing is done here.

mod interaction;
mod mend;
mod message;

use almanac_agent_contract::{Content, Inbound, Language, Origin, Sender, Space};
use jiff::Timestamp;
use serenity::all::{
    ApplicationId, ChannelId, Event, GatewayEvent, Interaction, InteractionId, Message, UserId,
};

use super::DISCORD;
use super::forms::Form;
use super::lanes::placed;
use super::me::Me;
use super::threads::Threads;
use crate::QuestionError;

pub(super) use interaction::interaction;
pub(super) use mend::{mended, message as read_message};

/// What there is to know for reading.
pub(super) struct Reader<'a> {
    pub(super) me: Me,
    pub(super) threads: &'a Threads,
    /// Questions in channels are answered in threads of their own.
    pub(super) opens_threads: bool,
    pub(super) language: Language,
    pub(super) now: Timestamp,
}

/// Something said, edited or deleted.
#[derive(Debug)]
pub(super) enum Heard {
    /// For the line.
    Said {
        inbound: Box<Inbound>,
        /// Not said to Almanac: it counts only in a conversation that Almanac is in.
        aside: bool,
    },
    /// Said to Almanac, and no question.
    Empty {
        error: QuestionError,
        space: Space,
        origin: Origin,
        aside: bool,
    },
    /// Nothing for Almanac: why, for the log.
    Ignored(&'static str),
}

/// What an interaction asks for.
#[derive(Debug)]
pub(super) enum Asked {
    /// For the line.
    Said {
        inbound: Box<Inbound>,
        reply: FirstReply,
    },
    /// No question: say so.
    Empty(QuestionError),
    /// A button that is none of ours.
    NotOurs,
    /// Names that begin so.
    Complete { typed: String },
    /// Open a form.
    Fill { form: Form, metric: String },
    /// Discord wants to know whether anybody is here.
    Ping,
    /// Nothing for Almanac: why, for the log.
    Ignored(&'static str),
}

/// How an interaction is answered before its answer is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstReply {
    /// "Almanac is thinking…", and the answer in its place.
    Thinking,
    /// "Noted", and nothing more.
    Noted,
}

/// Everything about an interaction that its answer needs.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) id: InteractionId,
    pub(super) application: ApplicationId,
    pub(super) token: String,
    pub(super) language: Language,
}

/// Something that somebody said before, as it is read back: that does not tell whether it was said
/// in a server.
pub(super) fn said_before(reader: &Reader<'_>, message: &Message, in_guild: bool) -> Heard {
    message::created(reader, message, in_guild)
}

/// Something that somebody said, edited or deleted.
pub(super) fn event(reader: &Reader<'_>, event: &Event) -> Vec<Heard> {
    match event {
        Event::MessageCreate(event) => {
            let message = &event.message;
            vec![message::created(
                reader,
                message,
                message.guild_id.is_some(),
            )]
        }
        Event::MessageUpdate(event) => vec![message::updated(reader, event)],
        Event::MessageDelete(event) => {
            vec![message::deleted(
                reader,
                event.guild_id.is_some(),
                event.channel_id,
                event.message_id,
            )]
        }
        Event::MessageDeleteBulk(event) => event
            .ids
            .iter()
            .map(|id| message::deleted(reader, event.guild_id.is_some(), event.channel_id, *id))
            .collect(),
        _ => vec![],
    }
}

/// What the bytes are: a frame of the gateway or the body of an interaction, read all the way.
/// Whatever the bytes, it returns.
#[must_use]
pub fn reads(bytes: &[u8]) -> &'static str {
    read(bytes).0
}

/// The events that the bytes would be on the line. The entry for fuzzing.
#[must_use]
pub fn events(bytes: &[u8]) -> Vec<Inbound> {
    read(bytes).1
}

fn read(bytes: &[u8]) -> (&'static str, Vec<Inbound>) {
    let threads = Threads::default();
    let reader = Reader {
        me: Me {
            application: ApplicationId::new(1),
            user: UserId::new(2),
        },
        threads: &threads,
        opens_threads: true,
        language: Language::En,
        now: Timestamp::UNIX_EPOCH,
    };
    let of_interaction = |asked: &Interaction| match interaction(&reader, asked).1 {
        Asked::Said { inbound, .. } => vec![*inbound],
        _ => vec![],
    };
    if let Ok(GatewayEvent::Dispatch(_, happened)) = serde_json::from_slice(bytes) {
        let happened = mended(happened);
        threads.hear(&happened, reader.me.user);
        let _ = placed(&happened);
        if let Event::InteractionCreate(happened) = &happened {
            return ("event", of_interaction(&happened.interaction));
        }
        let heard = event(&reader, &happened).into_iter();
        let said = heard.filter_map(|heard| match heard {
            Heard::Said { inbound, .. } => Some(*inbound),
            _ => None,
        });
        return ("event", said.collect());
    }
    match serde_json::from_slice(bytes) {
        Ok(asked) => ("interaction", of_interaction(&asked)),
        Err(_) => ("nothing", vec![]),
    }
}

/// An event of the line's.
fn inbound(reader: &Reader<'_>, event_id: String, from: From, content: Content) -> Inbound {
    Inbound {
        platform: DISCORD,
        installation: from.application.to_string(),
        event_id,
        space: from.space,
        sender: Sender {
            user: from.user,
            name: from.name,
        },
        content,
        origin: from.origin,
        at: super::me::made(from.made, reader.now),
    }
}

/// Where an event comes from.
struct From {
    application: ApplicationId,
    space: Space,
    user: String,
    name: Option<String>,
    origin: Origin,
    /// The id that tells when.
    made: u64,
}

/// The space a channel is: a thread with the channel it belongs to, or the channel itself.
fn space(reader: &Reader<'_>, in_guild: bool, channel: ChannelId) -> Space {
    use almanac_agent_contract::SpaceKind;
    let kind = if in_guild {
        SpaceKind::Channel
    } else {
        SpaceKind::Direct
    };
    match reader.threads.parent(channel) {
        Some(parent) if in_guild => Space {
            id: parent.to_string(),
            kind,
            thread: Some(channel.to_string()),
        },
        _ => Space {
            id: channel.to_string(),
            kind,
            thread: None,
        },
    }
}
