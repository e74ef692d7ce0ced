//! Showing that a turn goes on: the status line of an assistant thread, else a message that grows as
//! a stream, else a message that is changed. The answer takes the message's place.
//!
//! What one person alone sees cannot be changed: it is said once, and the answer comes after it.

use std::sync::PoisonError;

use almanac_agent_contract::{Progress, Shown, SpaceKind, Working};
use secrecy::SecretString;
use serde_json::json;
use tracing::debug;

use super::adapter::{Slack, WHISPERED};
use super::failure::Failure;
use super::fields::Fields;
use super::post;
use super::text::escape;
use crate::words;

/// Before the id of a message that is a stream.
const STREAM: &str = "stream/";

/// Before the id of a message that only says so.
const PLACEHOLDER: &str = "placeholder/";

/// As many turns are remembered as could be under way.
const TURNS: usize = 10_000;

/// The message behind what a delivery replaces, and whether it is a stream.
pub(super) fn behind(id: &str) -> (&str, bool) {
    match id.strip_prefix(STREAM) {
        Some(ts) => (ts, true),
        None => (id.strip_prefix(PLACEHOLDER).unwrap_or(id), false),
    }
}

/// Whether it is a message that only says that a turn is under way.
pub(super) fn is_placeholder(id: &str) -> bool {
    id.starts_with(STREAM) || id.starts_with(PLACEHOLDER)
}

impl Slack {
    /// Shows what a turn is doing.
    pub(super) async fn show_progress(
        &self,
        working: &Working,
        progress: &Progress,
    ) -> Result<Shown, Failure> {
        let Ok(bot) = self.teams.bot(&working.installation).await else {
            return Ok(Shown::default());
        };
        let says = words::progress(progress, working.language);
        if working.origin.private {
            return self.whisper_once(&bot.token, working, says).await;
        }
        if let Some(id) = &working.placeholder {
            let whispered = id.starts_with(WHISPERED);
            if !whispered && self.is_news(id, progress) {
                self.say_on(&bot.token, working, id, says).await?;
            }
            return Ok(Shown {
                placeholder: Some(id.clone()),
                ..Shown::default()
            });
        }
        if working.space.kind == SpaceKind::Direct
            && working.space.thread.is_some()
            && self.set_status(&bot.token, working, says).await?
        {
            return Ok(Shown::default());
        }
        let id = match self.start_stream(&bot.token, working, says).await? {
            Some(ts) => format!("{STREAM}{ts}"),
            None => match self.post_placeholder(&bot.token, working, says).await? {
                Some(ts) => format!("{PLACEHOLDER}{ts}"),
                None => return Ok(Shown::default()),
            },
        };
        self.is_news(&id, progress);
        Ok(Shown::posted(id))
    }

    /// In a chat that we are not in, only the address that came with a command reaches the person.
    async fn whisper_once(
        &self,
        token: &SecretString,
        working: &Working,
        says: &str,
    ) -> Result<Shown, Failure> {
        if working.placeholder.is_some() {
            return Ok(Shown {
                placeholder: working.placeholder.clone(),
                ..Shown::default()
            });
        }
        let spoken = match working.space.kind {
            SpaceKind::Channel => {
                let call = post::tell(&working.space, &working.to, says);
                let told = self.api.call(token, call.method, &call.body).await;
                unless_limited(told)?.is_some()
            }
            SpaceKind::Direct => false,
        };
        if !spoken {
            let Some(handle) = &working.origin.handle else {
                return Ok(Shown::default());
            };
            let body = json!({"response_type": "ephemeral", "text": escape(says)});
            self.api.respond(handle, &body).await?;
        }
        Ok(Shown::posted(format!("{WHISPERED}{}", working.inbox)))
    }

    /// Ends a stream, so that its message can be changed.
    pub(super) async fn end_stream(&self, token: &SecretString, channel: &str, ts: &str) {
        let body = json!({"channel": channel, "ts": ts});
        if let Err(failure) = self.api.call(token, "chat.stopStream", &body).await {
            debug!(%failure, "a stream had ended already");
        }
    }

    /// Forgets what a placeholder said last.
    pub(super) fn forget_placeholder(&self, id: &str) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.remove(id);
    }

    /// Whether a placeholder says something else so far.
    fn is_news(&self, id: &str, progress: &Progress) -> bool {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.len() > TURNS {
            shown.clear();
        }
        let before = shown.insert(id.to_owned(), progress.clone());
        before.as_ref() != Some(progress)
    }

    /// Only an assistant's threads have a status. It fades after two minutes, and with the answer.
    async fn set_status(
        &self,
        token: &SecretString,
        working: &Working,
        says: &str,
    ) -> Result<bool, Failure> {
        let body = json!({"channel_id": working.space.id, "thread_ts": working.space.thread,
            "status": says});
        let method = "assistant.threads.setStatus";
        Ok(unless_limited(self.api.call(token, method, &body).await)?.is_some())
    }

    async fn start_stream(
        &self,
        token: &SecretString,
        working: &Working,
        says: &str,
    ) -> Result<Option<String>, Failure> {
        let Some(thread) = &working.space.thread else {
            return Ok(None);
        };
        let mut body = json!({"channel": working.space.id, "thread_ts": thread,
            "markdown_text": escape(says)});
        if working.space.kind == SpaceKind::Channel {
            body["recipient_user_id"] = json!(working.to);
            body["recipient_team_id"] = json!(working.installation);
        }
        let answer = unless_limited(self.api.call(token, "chat.startStream", &body).await)?;
        Ok(answer.and_then(|answer| Fields(&answer).owned("/ts")))
    }

    async fn post_placeholder(
        &self,
        token: &SecretString,
        working: &Working,
        says: &str,
    ) -> Result<Option<String>, Failure> {
        let mut body = json!({"channel": working.space.id, "text": escape(says),
            "unfurl_links": false, "unfurl_media": false});
        if let Some(thread) = &working.space.thread {
            body["thread_ts"] = json!(thread);
        }
        let answer = self.api.call(token, "chat.postMessage", &body).await?;
        Ok(Fields(&answer).owned("/ts"))
    }

    async fn say_on(
        &self,
        token: &SecretString,
        working: &Working,
        id: &str,
        says: &str,
    ) -> Result<(), Failure> {
        let channel = &working.space.id;
        let (ts, stream) = behind(id);
        if stream {
            let text = format!("\n{}", escape(says));
            let body = json!({"channel": channel, "ts": ts, "markdown_text": text});
            self.api.call(token, "chat.appendStream", &body).await?;
        } else {
            // An earlier answer that is made anew has blocks, which would stay.
            let body = json!({"channel": channel, "ts": ts, "text": escape(says), "blocks": []});
            self.api.call(token, "chat.update", &body).await?;
        }
        Ok(())
    }
}

/// What came of an attempt that has another way beside it; but nothing goes another way while Slack
/// asks for patience.
fn unless_limited<T>(tried: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match tried {
        Ok(answer) => Ok(Some(answer)),
        Err(failure @ Failure::Limited(_)) => Err(failure),
        Err(failure) => {
            debug!(%failure, "there is no such way here");
            Ok(None)
        }
    }
}
