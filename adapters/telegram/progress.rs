//! A turn under way: "typing…" above a private chat, and a message that says what is being done until
//! the answer takes its place.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use almanac_agent_contract::{Progress, Shown, SpaceKind, Working};
use teloxide::payloads::{EditMessageText, SendChatAction};
use teloxide::types::{ChatAction, ChatId, MessageId};
use tracing::debug;

use super::adapter::Telegram;
use super::markup::escaped;
use super::message_id::MessageIds;
use super::target::{Target, text};
use super::trouble::Trouble;
use crate::words;

/// What placeholders say now, so that none is edited to what it says already.
#[derive(Debug, Default)]
pub(super) struct Said(Mutex<HashMap<String, &'static str>>);

/// As many are remembered; forgetting one costs one edit that changes nothing.
const MOST: usize = 512;

impl Said {
    /// Remembers, and tells whether it is new.
    fn is_new(&self, placeholder: &str, words: &'static str) -> bool {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if said.len() > MOST {
            said.clear();
        }
        said.insert(placeholder.to_owned(), words) != Some(words)
    }
}

/// Shows it.
pub(super) async fn show(telegram: &Telegram, working: &Working, progress: &Progress) -> Shown {
    let words = words::progress(progress, working.language);
    let Some(target) = Target::of(&working.space, &working.origin, &telegram.limits) else {
        return Shown::default();
    };
    let (said, typed) = futures::join!(
        said(telegram, working, (&target, words)),
        typing(telegram, working, &target)
    );
    let refused = [said.as_ref().err(), typed.as_ref().err()];
    let limit = refused.into_iter().flatten().find_map(|trouble| {
        debug!(%trouble, "progress was not shown");
        telegram.limit(target.chat, trouble)
    });
    Shown {
        limit,
        ..said.unwrap_or_default()
    }
}

/// The message that says so, new or changed.
async fn said(
    telegram: &Telegram,
    working: &Working,
    (target, words): (&Target, &'static str),
) -> Result<Shown, Trouble> {
    if let Some(placeholder) = &working.placeholder {
        if telegram.said.is_new(placeholder, words)
            && let Ok(ids) = placeholder.parse::<MessageIds>()
        {
            let edit = EditMessageText::new(ChatId(ids.chat), MessageId(ids.main), words);
            telegram.api.call(edit).await?;
        }
        return Ok(Shown {
            placeholder: Some(placeholder.clone()),
            ..Shown::default()
        });
    }
    let sent = telegram.api.call(text(target, &escaped(words))).await?;
    let message = sent["message_id"].as_i64();
    let Some(message) = message.and_then(|id| i32::try_from(id).ok()) else {
        return Ok(Shown::default());
    };
    let placeholder = MessageIds::one(target.chat, message).to_string();
    telegram.said.is_new(&placeholder, words);
    Ok(Shown::posted(placeholder))
}

/// "typing…", which fades after five seconds.
async fn typing(telegram: &Telegram, working: &Working, target: &Target) -> Result<(), Trouble> {
    if working.space.kind != SpaceKind::Direct {
        return Ok(());
    }
    let mut typing = SendChatAction::new(ChatId(target.chat), ChatAction::Typing);
    typing.message_thread_id = target.thread();
    telegram.api.call(typing).await.map(drop)
}
