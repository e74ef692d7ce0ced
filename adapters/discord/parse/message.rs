//! Messages: said, edited, deleted.

use almanac_agent_contract::{Content, Origin, Space, SpaceKind};
use serenity::all::{
    ChannelId, Message, MessageId, MessageType, MessageUpdateEvent, RoleId, User, UserId,
};

use super::{From, Heard, Reader, inbound, space};
use crate::question::question;

/// Who deleted a message is not told, nor whose it was.
const NOBODY: &str = "0";

/// Somebody said something.
pub(super) fn created(reader: &Reader<'_>, message: &Message, in_guild: bool) -> Heard {
    if message.author.bot || message.author.system || message.webhook_id.is_some() {
        return Heard::Ignored("a robot's message");
    }
    if !matches!(
        message.kind,
        MessageType::Regular | MessageType::InlineReply
    ) {
        return Heard::Ignored("not a person's words");
    }
    let answers_us = message
        .referenced_message
        .as_ref()
        .is_some_and(|to| to.author.id == reader.me.user);
    let to_us = !in_guild
        || answers_us
        || mentions(reader, &message.mentions, &message.content)
        || message
            .mention_roles
            .iter()
            .any(|it| reader.threads.is_own(*it));
    let space = home(reader, in_guild, message.channel_id, message.id, to_us);
    let origin = Origin {
        message: Some(message.id.to_string()),
        ..Origin::default()
    };
    match question(&unaddressed(
        reader,
        &message.content,
        &message.mention_roles,
    )) {
        Ok(text) => {
            let from = From {
                application: reader.me.application,
                space,
                user: message.author.id.to_string(),
                name: Some(name(&message.author)),
                origin,
                made: message.id.get(),
            };
            Heard::Said {
                inbound: Box::new(inbound(
                    reader,
                    message.id.to_string(),
                    from,
                    Content::Text { text },
                )),
                aside: !to_us,
            }
        }
        Err(error) => Heard::Empty {
            error,
            space,
            origin,
            aside: !to_us,
        },
    }
}

/// Somebody put a question in other words. Discord also tells of a link's preview that was found,
/// of a message that was pinned: then the time of the last edit is none, or the same as before.
pub(super) fn updated(reader: &Reader<'_>, event: &MessageUpdateEvent) -> Heard {
    let (Some(author), Some(content)) = (&event.author, &event.content) else {
        return Heard::Ignored("nothing said anew");
    };
    let Some(edited) = event.edited_timestamp else {
        return Heard::Ignored("nothing said anew");
    };
    if author.bot || matches!(event.webhook_id, Some(Some(_))) {
        return Heard::Ignored("a robot's message");
    }
    let in_guild = event.guild_id.is_some();
    let mentioned = event.mentions.as_deref().unwrap_or_default();
    let roles = event.mention_roles.as_deref().unwrap_or_default();
    let to_us = !in_guild
        || mentions(reader, mentioned, content)
        || roles.iter().any(|it| reader.threads.is_own(*it));
    let space = home(reader, in_guild, event.channel_id, event.id, true);
    let origin = Origin {
        message: Some(event.id.to_string()),
        ..Origin::default()
    };
    let text = match question(&unaddressed(reader, content, roles)) {
        Ok(text) => text,
        Err(error) => {
            return Heard::Empty {
                error,
                space,
                origin,
                aside: !to_us,
            };
        }
    };
    let from = From {
        application: reader.me.application,
        space,
        user: author.id.to_string(),
        name: Some(name(author)),
        origin,
        // The words are new, and "today" is the day of the edit.
        made: 0,
    };
    let event_id = format!("{}.{edited}", event.id);
    let content = Content::Edited {
        text,
        message: event.id.to_string(),
        addressed: to_us,
    };
    Heard::Said {
        inbound: Box::new(inbound(reader, event_id, from, content)),
        aside: !to_us,
    }
}

/// A message was taken back. Whether it was a question is known where it was answered.
pub(super) fn deleted(
    reader: &Reader<'_>,
    in_guild: bool,
    channel: ChannelId,
    message: MessageId,
) -> Heard {
    let from = From {
        application: reader.me.application,
        space: home(reader, in_guild, channel, message, true),
        user: NOBODY.to_owned(),
        name: None,
        origin: Origin {
            message: Some(message.to_string()),
            ..Origin::default()
        },
        made: 0,
    };
    let content = Content::Deleted {
        message: message.to_string(),
    };
    let event_id = format!("{message}.deleted");
    Heard::Said {
        inbound: Box::new(inbound(reader, event_id, from, content)),
        aside: in_guild,
    }
}

/// Where the conversation is. A question in a channel begins one in the thread that will be opened
/// on it; Discord gives such a thread the id of the message.
fn home(
    reader: &Reader<'_>,
    in_guild: bool,
    channel: ChannelId,
    message: MessageId,
    begins: bool,
) -> Space {
    let mut home = space(reader, in_guild, channel);
    let opens = reader.opens_threads && begins && home.kind == SpaceKind::Channel;
    if opens && home.thread.is_none() {
        home.thread = Some(message.to_string());
    }
    home
}

fn mentions(reader: &Reader<'_>, mentioned: &[User], content: &str) -> bool {
    mentioned.iter().any(|user| user.id == reader.me.user)
        || forms(reader.me.user).iter().any(|it| content.contains(it))
}

/// The words without the mention of Almanac.
fn unaddressed(reader: &Reader<'_>, content: &str, roles: &[RoleId]) -> String {
    let mut text = content.to_owned();
    for form in forms(reader.me.user) {
        text = text.replace(&form, " ");
    }
    for role in roles.iter().filter(|it| reader.threads.is_own(**it)) {
        text = text.replace(&format!("<@&{role}>"), " ");
    }
    text
}

fn forms(me: UserId) -> [String; 2] {
    [format!("<@{me}>"), format!("<@!{me}>")]
}

fn name(user: &User) -> String {
    user.global_name
        .clone()
        .unwrap_or_else(|| user.name.clone())
}

/// A message that stands alone, as it is asked about from its menu.
pub(super) fn words(reader: &Reader<'_>, message: &Message) -> String {
    unaddressed(reader, &message.content, &message.mention_roles)
}

pub(super) fn shown_name(user: &User) -> String {
    name(user)
}
