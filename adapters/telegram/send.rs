//! A delivery goes out: edited into the place of the message that announced it, else as a reply to the
//! question; for the asker's eyes alone in their own chat.
//!
//! A delivery of several messages is never begun twice. Where a later one is refused for a moment
//! (`retry_after`), it waits here; where it does not go out at all, the delivery is unknown, and people
//! see that part of it arrived.

use std::time::Duration;

use almanac_agent_contract::{Delivery, Receipt, SendError, SpaceKind};
use jiff::SignedDuration;
use serde_json::Value;
use teloxide::payloads::{
    DeleteMessage, EditMessageText, EditMessageTextSetters, SendDocument, SendDocumentSetters,
    SendPhoto, SendPhotoSetters,
};
use teloxide::types::{
    ChatId, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, MessageId, ParseMode,
    ReplyMarkup,
};
use tracing::{debug, warn};

use super::adapter::Telegram;
use super::api::EditPhoto;
use super::markup::escaped;
use super::message_id::MessageIds;
use super::render::{Part, Rendered, render};
use super::target::{Target, no_preview, text};
use super::trouble::Trouble;
use super::words;
use crate::drawing::drawn;

/// The longest that a delivery half sent waits for the rest to be taken.
const PATIENCE: SignedDuration = SignedDuration::from_secs(20);

/// Why a delivery stopped.
enum Stopped {
    /// Nothing of it is there.
    AtOnce(Trouble),
    /// Some of it is.
    Halfway(String),
}

/// Renders and sends.
pub(super) async fn send(telegram: &Telegram, delivery: &Delivery) -> Result<Receipt, SendError> {
    let Some(target) = Target::of(&delivery.space, &delivery.origin, &telegram.limits) else {
        return Err(SendError::Refused("not a chat of Telegram".into()));
    };
    if delivery.installation != telegram.me.installation() {
        return Err(SendError::Refused("it is another bot's".into()));
    }
    let (language, of) = (telegram.services.language, delivery.clone());
    let rendered = drawn(move || render(&of, language))
        .await
        .map_err(|_| SendError::Refused("it could not be rendered".into()))?;
    let replaced = delivery
        .replaces
        .as_deref()
        .and_then(|ids| ids.parse::<MessageIds>().ok());
    let before = replaced.clone();
    let asker = delivery.to.as_deref().and_then(|id| id.parse::<i64>().ok());
    let sending = Sending { telegram, target };
    let sent = match asker {
        Some(asker) if delivery.is_private() && delivery.space.kind == SpaceKind::Channel => {
            sending.in_private(asker, rendered, replaced).await
        }
        None if delivery.is_private() && delivery.space.kind == SpaceKind::Channel => {
            let reason = "it is for one person alone, and nobody knows for whom";
            return Err(SendError::Refused(reason.into()));
        }
        _ => sending.all(rendered, replaced).await,
    };
    match sent {
        Ok(ids) => Ok(Receipt {
            posted: ids.not_in(before.as_ref()),
            ..Receipt::one(ids.to_string())
        }),
        Err(Stopped::Halfway(reason)) => Err(SendError::Unknown(reason)),
        Err(Stopped::AtOnce(trouble)) => {
            let limit = telegram.limit(target.chat, &trouble);
            Err(trouble.of_delivery(limit.is_some_and(|limit| limit.everywhere)))
        }
    }
}

struct Sending<'a> {
    telegram: &'a Telegram,
    target: Target,
}

impl Sending<'_> {
    /// To the asker's own chat, and a word about it in the group. Who has not started the bot gets
    /// nothing but that word.
    async fn in_private(
        self,
        asker: i64,
        rendered: Rendered,
        replaced: Option<MessageIds>,
    ) -> Result<MessageIds, Stopped> {
        let language = self.telegram.services.language;
        let (in_private, in_group) = match replaced {
            Some(ids) if ids.chat == asker => (Some(ids), None),
            other => (None, other),
        };
        let own = Sending {
            telegram: self.telegram,
            target: Target::private(asker),
        };
        match own.all(rendered, in_private).await {
            Ok(ids) => {
                let note = said(words::answered_in_private(language), None);
                if let Err(Stopped::AtOnce(trouble)) = self.all(note, in_group).await {
                    debug!(%trouble, "the group was not told of a private answer");
                }
                Ok(ids)
            }
            Err(Stopped::AtOnce(trouble)) if trouble.is_nobody_there() => {
                let name = self.telegram.me.username().unwrap_or_default();
                let url = reqwest::Url::parse(&format!("https://t.me/{name}?start=private")).ok();
                let open = url.filter(|_| !name.is_empty()).map(|url| {
                    let button = InlineKeyboardButton::url(words::open_private(language), url);
                    InlineKeyboardMarkup::new([[button]])
                });
                let note = said(words::kept_private(language), open);
                self.all(note, in_group).await
            }
            Err(stopped) => Err(stopped),
        }
    }

    /// All parts, the first in the place of what it replaces.
    async fn all(
        mut self,
        rendered: Rendered,
        replaced: Option<MessageIds>,
    ) -> Result<MessageIds, Stopped> {
        let (mut rendered, mut moved) = (rendered, false);
        let first = loop {
            match self.first(&rendered, replaced.as_ref()).await {
                Ok(message) => break message,
                // Once: two groups that name each other would be asked for ever.
                Err(Trouble::Moved(to)) if !moved => {
                    moved = true;
                    self.telegram.limits.moved(self.target.chat, to);
                    self.target.chat = to;
                    self.target.reply_to = None;
                }
                Err(trouble)
                    if trouble.is_about_the_picture()
                        && matches!(rendered.parts.first(), Some(Part::Photo { .. })) =>
                {
                    warn!(%trouble, "a photo was refused");
                    rendered = rendered.without_photo();
                }
                Err(trouble) => return Err(Stopped::AtOnce(trouble)),
            }
        };
        if let Some(old) = replaced {
            self.remove(&old, first).await;
        }
        let mut messages = vec![first];
        let count = rendered.parts.len();
        for (at, part) in rendered.parts.into_iter().enumerate().skip(1) {
            let keyboard = rendered.keyboard.clone().filter(|_| at == rendered.main);
            let message = self.later(&part, keyboard).await.map_err(|trouble| {
                Stopped::Halfway(format!(
                    "{at} of {count} messages went out; then: {trouble}"
                ))
            })?;
            messages.push(message);
        }
        let main = messages.get(rendered.main).copied().unwrap_or(first);
        messages.retain(|message| *message != main);
        Ok(MessageIds {
            chat: self.target.chat,
            main,
            others: messages,
        })
    }

    /// The first part. An edit that was not answered may be made again: it changes nothing twice.
    async fn first(
        &self,
        rendered: &Rendered,
        replaced: Option<&MessageIds>,
    ) -> Result<i32, Trouble> {
        let Some(part) = rendered.parts.first() else {
            return Err(Trouble::Refused("there is nothing to send".into()));
        };
        let keyboard = rendered.keyboard.clone().filter(|_| rendered.main == 0);
        let place = replaced
            .filter(|ids| ids.chat == self.target.chat)
            .and_then(|ids| ids.in_order().first().copied());
        if let Some(message) = place {
            match self.edit(message, part, keyboard.clone()).await {
                Ok(()) => return Ok(message),
                Err(trouble) if trouble.is_unchanged() => return Ok(message),
                Err(trouble) if trouble.is_about_the_edited() => {
                    debug!(%trouble, "the message to be replaced is not there");
                }
                Err(Trouble::Unanswered(why)) => return Err(Trouble::Unreached(why)),
                Err(trouble) => return Err(trouble),
            }
        }
        self.post(part, keyboard, true).await
    }

    /// A part that others of the same delivery went before.
    async fn later(
        &self,
        part: &Part,
        keyboard: Option<InlineKeyboardMarkup>,
    ) -> Result<i32, Trouble> {
        let mut waited = SignedDuration::ZERO;
        loop {
            let trouble = match self.post(part, keyboard.clone(), false).await {
                Ok(message) => return Ok(message),
                Err(trouble) => trouble,
            };
            let pause = match &trouble {
                Trouble::Limited(after) => *after,
                Trouble::Unreached(_) => SignedDuration::from_secs(2),
                _ => return Err(trouble),
            };
            waited += pause;
            if waited > PATIENCE {
                return Err(trouble);
            }
            tokio::time::sleep(Duration::try_from(pause).unwrap_or_default()).await;
        }
    }

    async fn post(
        &self,
        part: &Part,
        keyboard: Option<InlineKeyboardMarkup>,
        leads: bool,
    ) -> Result<i32, Trouble> {
        let mut target = self.target;
        target.reply_to = self.target.reply_to.filter(|_| leads);
        let chat = ChatId(target.chat);
        let sent = match part {
            Part::Text(html) => {
                let mut message = text(&target, html);
                message.reply_markup = keyboard.map(ReplyMarkup::InlineKeyboard);
                message.disable_notification = (!leads).then_some(true);
                self.telegram.api.call(message).await?
            }
            Part::Photo { picture, caption } => {
                let mut photo = SendPhoto::new(chat, png(picture))
                    .caption(caption.clone())
                    .parse_mode(ParseMode::Html);
                photo.message_thread_id = target.thread();
                photo.reply_parameters = target.reply();
                photo.reply_markup = keyboard.map(ReplyMarkup::InlineKeyboard);
                self.telegram.api.upload(photo).await?
            }
            Part::File { name, bytes } => {
                let file = InputFile::memory(bytes.clone()).file_name(name.clone());
                let mut document = SendDocument::new(chat, file).disable_notification(true);
                document.message_thread_id = target.thread();
                document.reply_parameters = target.reply();
                document.reply_markup = keyboard.map(ReplyMarkup::InlineKeyboard);
                self.telegram.api.upload(document).await?
            }
        };
        id_of(&sent)
    }

    async fn edit(
        &self,
        message: i32,
        part: &Part,
        keyboard: Option<InlineKeyboardMarkup>,
    ) -> Result<(), Trouble> {
        let chat = self.target.chat;
        match part {
            Part::Text(html) => {
                let mut edit = EditMessageText::new(ChatId(chat), MessageId(message), html)
                    .parse_mode(ParseMode::Html)
                    .link_preview_options(no_preview());
                edit.reply_markup = keyboard;
                self.telegram.api.call(edit).await?;
            }
            Part::Photo { picture, caption } => {
                let keyboard = keyboard.and_then(|keyboard| serde_json::to_string(&keyboard).ok());
                let edit = EditPhoto::new((chat, message), png(picture), caption, keyboard);
                self.telegram.api.upload(edit).await?;
            }
            Part::File { .. } => return Err(Trouble::Refused("MESSAGE_ID_INVALID".into())),
        }
        Ok(())
    }

    /// What is left of an answer that another one took the place of.
    async fn remove(&self, old: &MessageIds, kept: i32) {
        for message in old.in_order() {
            if message == kept && old.chat == self.target.chat {
                continue;
            }
            let delete = DeleteMessage::new(ChatId(old.chat), MessageId(message));
            if let Err(trouble) = self.telegram.api.call(delete).await {
                debug!(%trouble, "what was replaced is still there");
            }
        }
    }
}

fn said(words: &str, keyboard: Option<InlineKeyboardMarkup>) -> Rendered {
    Rendered {
        parts: vec![Part::Text(escaped(words))],
        main: 0,
        keyboard,
    }
}

fn png(picture: &[u8]) -> InputFile {
    InputFile::memory(picture.to_vec()).file_name("chart.png")
}

fn id_of(sent: &Value) -> Result<i32, Trouble> {
    sent["message_id"]
        .as_i64()
        .and_then(|id| i32::try_from(id).ok())
        .ok_or_else(|| Trouble::Unanswered("a message without a number".into()))
}
