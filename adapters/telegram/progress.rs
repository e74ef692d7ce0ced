//! A turn under way: "typing…" above a private chat, and a message that says what is being done until
//! the answer takes its place.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use almanac_agent_contract::{Progress, SpaceKind, Working};
use teloxide::payloads::{EditMessageText, SendChatAction};
use teloxide::types::{ChatAction, ChatId, MessageId};
use tracing::debug;

use super::adapter::Telegram;
use super::markup::escaped;
use super::message_id::MessageIds;
use super::target::{Target, text};
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

/// Shows it. The placeholder's name, once there is one.
pub(super) async fn show(
    telegram: &Telegram,
    working: &Working,
    progress: &Progress,
) -> Option<String> {
    let words = words::progress(progress, working.language);
    let target = Target::of(&working.space, &working.origin, &telegram.limits)?;
    let (placeholder, ()) = futures::join!(
        said(telegram, working, (&target, words)),
        typing(telegram, working, &target)
    );
    placeholder
}

/// The message that says so, new or changed.
async fn said(
    telegram: &Telegram,
    working: &Working,
    (target, words): (&Target, &'static str),
) -> Option<String> {
    if let Some(placeholder) = &working.placeholder {
        if telegram.said.is_new(placeholder, words) {
            let ids: MessageIds = placeholder.parse().ok()?;
            let edit = EditMessageText::new(ChatId(ids.chat), MessageId(ids.main), words);
            if let Err(trouble) = telegram.api.call(edit).await {
                debug!(%trouble, "progress was not shown");
            }
        }
        return Some(placeholder.clone());
    }
    match telegram.api.call(text(target, &escaped(words))).await {
        Ok(sent) => {
            let message = i32::try_from(sent["message_id"].as_i64()?).ok()?;
            let placeholder = MessageIds::one(target.chat, message).to_string();
            telegram.said.is_new(&placeholder, words);
            Some(placeholder)
        }
        Err(trouble) => {
            debug!(%trouble, "progress was not shown");
            None
        }
    }
}

/// "typing…", which fades after five seconds.
async fn typing(telegram: &Telegram, working: &Working, target: &Target) {
    if working.space.kind != SpaceKind::Direct {
        return;
    }
    let mut typing = SendChatAction::new(ChatId(target.chat), ChatAction::Typing);
    typing.message_thread_id = target.thread();
    if let Err(trouble) = telegram.api.call(typing).await {
        debug!(%trouble, "typing was not shown");
    }
}
