//! A person's message as an event on the line. What cannot be a question becomes a notice: the person
//! is told why, once, by the same road as an answer.

use almanac_agent_contract::{
    Content, Inbound, Language, Origin, Sender, Services, Space, SpaceKind,
};
use jiff::{SignedDuration, Timestamp};

use super::update::{Malformed, Message, Said, Update, parse};
use super::{WHATSAPP, words};
use crate::question::question;
use crate::words::no_question;

/// How far ahead of ours a platform's clock may be.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// The event.
pub(super) fn inbound(message: Message, services: &Services) -> Inbound {
    read(message, services.language, services.clock.now())
}

/// The events that a webhook body would be on the line. The entry for fuzzing.
///
/// # Errors
/// Where the bytes are not a JSON object.
pub fn events(bytes: &[u8], now: Timestamp) -> Result<Vec<Inbound>, Malformed> {
    let messages = parse(bytes)?.into_iter().filter_map(|update| match update {
        Update::Message(message) => Some(read(message, Language::En, now)),
        Update::Status(_) | Update::Ignored(_) => None,
    });
    Ok(messages.collect())
}

fn read(message: Message, language: Language, now: Timestamp) -> Inbound {
    let Message {
        number,
        from,
        name,
        id,
        at,
        said,
    } = message;
    let named = match &said {
        Said::Edited { message, .. } | Said::Deleted(message) => message.clone(),
        _ => id.clone(),
    };
    Inbound {
        platform: WHATSAPP,
        installation: number,
        event_id: id,
        space: Space {
            id: from.clone(),
            kind: SpaceKind::Direct,
            thread: None,
        },
        sender: Sender { user: from, name },
        content: content(said, language),
        origin: Origin {
            message: Some(named),
            ..Origin::default()
        },
        at: moment(at, now),
    }
}

fn content(said: Said, language: Language) -> Content {
    match said {
        Said::Words(text) => asked(&text, language, |text| Content::Text { text }),
        Said::Edited { text, message } => asked(&text, language, |text| Content::Edited {
            text,
            message,
            addressed: true,
        }),
        Said::Pressed(content) => content,
        Said::Deleted(message) => Content::Deleted { message },
        Said::Wordless => Content::Notice {
            text: words::wordless(language).to_owned(),
        },
    }
}

fn asked(text: &str, language: Language, content: impl FnOnce(String) -> Content) -> Content {
    match question(text) {
        Ok(text) => content(text),
        Err(error) => Content::Notice {
            text: no_question(error, language).to_owned(),
        },
    }
}

/// The message's own time, however old: a webhook that could not be delivered is tried for days, and
/// "yesterday" is the day before it was written. A time that has not come yet is not believed.
fn moment(at: Option<Timestamp>, now: Timestamp) -> Timestamp {
    at.filter(|at| at.duration_since(now) <= AHEAD)
        .unwrap_or(now)
}
