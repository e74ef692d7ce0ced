//! What a message says to the bot: everything in a private chat; in a group its commands, and what
//! mentions it or replies to it. Parts of a text are counted in UTF-16 units.

use almanac_agent_contract::Language;

use super::commands;
use super::parse::Context;
use super::update::{Entity, Message};

/// Telegram marks as many parts of a text: more are not looked at, and not looked for in the text.
const MARKED: usize = 100;

/// What a message says to the bot.
pub(super) enum Heard {
    /// These words.
    Words(String),
    /// Nothing.
    NotForUs,
    /// Who knows.
    NotYet,
}

/// The words that are for the bot, without its name.
pub(super) fn heard(
    context: &Context<'_>,
    message: &Message,
    (text, entities): (&str, &[Entity]),
    language: Language,
) -> Heard {
    let direct = message.chat.kind == "private";
    let entities = entities.get(..MARKED).unwrap_or(entities);
    let named = entities
        .iter()
        .find(|entity| entity.kind == "bot_command" && entity.offset == 0)
        .and_then(|entity| range(text, entity));
    if let Some(range) = named {
        let (name, rest) = (&text[range.clone()], &text[range.end..]);
        return command(context, (name, rest), (direct, language));
    }
    if direct {
        return Heard::Words(text.to_owned());
    }
    let mut mentions = Vec::new();
    for entity in entities {
        let Some(range) = range(text, entity) else {
            continue;
        };
        match entity.kind.as_str() {
            "mention" => match context.username {
                Some(name) if text[range.clone()][1..].eq_ignore_ascii_case(name) => {
                    mentions.push(range);
                }
                Some(_) => {}
                None => return Heard::NotYet,
            },
            "text_mention" if entity.user.as_ref().map(|it| it.id) == Some(context.bot) => {
                mentions.push(range);
            }
            _ => {}
        }
    }
    // Everything in a topic replies to the message that opened it.
    let replied = message.reply_to_message.as_ref().is_some_and(|to| {
        to.forum_topic_created.is_none() && to.from.as_ref().map(|it| it.id) == Some(context.bot)
    });
    if mentions.is_empty() && !replied {
        return Heard::NotForUs;
    }
    Heard::Words(without(text, &mentions))
}

/// "/ask@our_bot" with what follows it.
fn command(
    context: &Context<'_>,
    (name, rest): (&str, &str),
    (direct, language): (bool, Language),
) -> Heard {
    let (name, whose) = match name[1..].split_once('@') {
        Some((name, whose)) => (name, Some(whose)),
        None => (&name[1..], None),
    };
    if let (Some(whose), false) = (whose, direct) {
        match context.username {
            Some(ours) if whose.eq_ignore_ascii_case(ours) => {}
            Some(_) => return Heard::NotForUs,
            None => return Heard::NotYet,
        }
    }
    let name = name.to_ascii_lowercase();
    match commands::said(&name, rest, language) {
        Some(words) => Heard::Words(words),
        None if direct || whose.is_some() => {
            Heard::Words(format!("{} {rest}", name.replace('_', " ")))
        }
        None => Heard::NotForUs,
    }
}

/// Where an entity stands, in bytes. At least two of them, so that it has a sign and a name.
fn range(text: &str, entity: &Entity) -> Option<std::ops::Range<usize>> {
    let until = entity.offset.checked_add(entity.length)?;
    let mut units = 0;
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\0')]) {
        if units == entity.offset {
            start = Some(at);
        }
        if units == until {
            let range = start?..at;
            let sign = text[range.clone()].chars().next()?;
            return (range.len() > 1 && sign.is_ascii() || entity.kind == "text_mention")
                .then_some(range);
        }
        units += c.len_utf16();
    }
    None
}

/// The text without its mentions of the bot.
fn without(text: &str, mentions: &[std::ops::Range<usize>]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut from = 0;
    for mention in mentions {
        left.push_str(text.get(from..mention.start).unwrap_or_default());
        from = from.max(mention.end);
    }
    left.push_str(text.get(from..).unwrap_or_default());
    let left = left.trim();
    let led = mentions
        .first()
        .is_some_and(|first| text[..first.start].trim().is_empty());
    let left = if led {
        left.trim_start_matches([',', ':', ';', '-', '—', ' '])
    } else {
        left
    };
    left.to_owned()
}
