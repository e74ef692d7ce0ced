//! What one answer became on Discord, as a receipt names it: every message of it, so that another
//! answer can take their places.

use std::num::NonZeroU64;

use serenity::all::{ChannelId, MessageId};

/// Messages of a channel.
pub(super) type MessageIds = crate::message_ids::MessageIds<NonZeroU64, NonZeroU64>;

/// The messages of an answer, in order: the last one has the buttons.
pub(super) fn named(channel: ChannelId, mut messages: Vec<MessageId>) -> Option<MessageIds> {
    let id = |id: u64| NonZeroU64::new(id);
    let main = messages.pop()?;
    Some(MessageIds {
        chat: id(channel.get())?,
        main: id(main.get())?,
        others: messages.iter().filter_map(|it| id(it.get())).collect(),
    })
}

/// What an earlier answer, or the word that a turn is under way, stands in.
pub(super) fn read(name: Option<&str>) -> Option<(ChannelId, Vec<MessageId>)> {
    let ids: MessageIds = name?.parse().ok()?;
    let messages = ids.in_order();
    let messages = messages.iter().map(|it| MessageId::new(it.get())).collect();
    Some((ChannelId::new(ids.chat.get()), messages))
}
