//! Where a message goes, and what Telegram has said of chats lately.
//!
//! Telegram does not say whether a `retry_after` is for one chat or for the bot. A second chat that is
//! refused while the first still is means that it is for the bot.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use almanac_agent_contract::{Origin, Space};
use jiff::{SignedDuration, Timestamp};
use teloxide::payloads::{SendMessage, SendMessageSetters};
use teloxide::types::{
    ChatId, LinkPreviewOptions, MessageId, ParseMode, ReplyParameters, ThreadId,
};

use super::message_id::MessageIds;

/// As many groups that became supergroups are remembered.
const MOST_MOVED: usize = 1024;

/// What Telegram has said of chats lately. Losing it costs a request each.
#[derive(Debug, Default)]
pub(super) struct Limits {
    moved: Mutex<HashMap<i64, i64>>,
    refused: Mutex<Option<(i64, Timestamp)>>,
}

impl Limits {
    /// Its id now.
    pub(super) fn id_of(&self, chat: i64) -> i64 {
        let moved = self.moved.lock().unwrap_or_else(PoisonError::into_inner);
        moved.get(&chat).copied().unwrap_or(chat)
    }

    /// A group has another id.
    pub(super) fn moved(&self, from: i64, to: i64) {
        let mut moved = self.moved.lock().unwrap_or_else(PoisonError::into_inner);
        if moved.len() >= MOST_MOVED {
            moved.clear();
        }
        moved.insert(from, to);
    }

    /// A chat takes nothing for a while. Whether another one does not, either.
    pub(super) fn refused(&self, chat: i64, now: Timestamp, after: SignedDuration) -> bool {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let until = now.saturating_add(after).unwrap_or(Timestamp::MAX);
        let another = refused.is_some_and(|(other, until)| other != chat && until > now);
        if !another {
            *refused = Some((chat, until));
        }
        another
    }
}

/// Where a message goes, and what it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) chat: i64,
    thread: Option<i32>,
    pub(super) reply_to: Option<i32>,
}

impl Target {
    /// Of a question's answer; `None` where the space is no chat of Telegram.
    pub(super) fn of(space: &Space, origin: &Origin, limits: &Limits) -> Option<Self> {
        let named: i64 = space.id.parse().ok()?;
        let chat = limits.id_of(named);
        let question = origin
            .message
            .as_deref()
            .and_then(|message| message.parse::<MessageIds>().ok())
            .filter(|ids| ids.chat == chat);
        Some(Self {
            chat,
            thread: space.thread.as_deref().and_then(|id| id.parse().ok()),
            reply_to: question.map(|ids| ids.main),
        })
    }

    /// A person's own chat with the bot.
    pub(super) const fn private(chat: i64) -> Self {
        Self {
            chat,
            thread: None,
            reply_to: None,
        }
    }

    /// In answer to a message.
    pub(super) const fn replying(chat: i64, thread: Option<i32>, message: i32) -> Self {
        Self {
            chat,
            thread,
            reply_to: Some(message),
        }
    }

    /// The topic.
    pub(super) fn thread(&self) -> Option<ThreadId> {
        self.thread.map(|id| ThreadId(MessageId(id)))
    }

    /// What it answers; it is sent even where that is gone.
    pub(super) fn reply(&self) -> Option<ReplyParameters> {
        self.reply_to
            .map(|id| ReplyParameters::new(MessageId(id)).allow_sending_without_reply())
    }
}

/// A text message.
pub(super) fn text(target: &Target, html: &str) -> SendMessage {
    let mut message = SendMessage::new(ChatId(target.chat), html)
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview());
    message.message_thread_id = target.thread();
    message.reply_parameters = target.reply();
    message
}

/// Addresses in a text are not fetched: what they carry would leave with that.
pub(super) const fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}
