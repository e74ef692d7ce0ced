//! Sending a delivery: in the place of "thinking…" where an interaction asked, else as messages in
//! the channel or thread, else, for one pair of eyes, as a direct message.
//!
//! What became of a delivery that broke off is looked up before anything of it is sent again: see
//! `parts` and `find`. Editing is the same however often.

use std::time::Duration;

use almanac_agent_contract::{Delivery, Origin, Receipt, SendError, Side, Space, SpaceKind};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use serenity::all::{ApplicationId, ChannelId, MessageId};
use serenity::http::Route;

use super::DISCORD;
use super::adapter::Almanac;
use super::address::{Handle, channel, number, thread_to_open};
use super::escape::one_line;
use super::failure::{Failure, code};
use super::find::Attempt;
use super::message::{payload, quoting};
use super::message_id::{self, MessageIds};
use super::parts::Parts;
use super::render::{self, Page, pages};
use super::rest::{Call, at};
use super::words;
use crate::drawing::drawn;
use crate::split::{characters, split};

/// How often an interaction is tried that Discord does not know yet, and how long between.
const TRIES: usize = 5;
const BETWEEN: Duration = Duration::from_millis(300);

/// The part of a private answer that everybody sees: after all others.
const HINT: usize = 99;

/// What a thread's name takes, in characters.
const NAME: usize = 100;
/// A thread whose question is not to be found.
const UNNAMED: &str = "Almanac";
/// A thread's first question is among so many of its messages when it is opened.
const RECENT: u32 = 20;

/// What Discord says of a message or channel it made.
#[derive(Deserialize)]
struct Made {
    id: String,
}

impl Made {
    fn message(&self) -> Result<MessageId, Failure> {
        let id = number(&self.id).map(MessageId::new);
        id.ok_or(Failure::NoAnswer("a message without an id"))
    }
}

/// Where messages go, and what they quote.
pub(super) struct Target {
    pub(super) channel: ChannelId,
    pub(super) quotes: Option<MessageId>,
}

impl Almanac {
    /// Renders and sends; what an earlier attempt has left counts.
    pub(super) async fn deliver(
        &self,
        delivery: &Delivery,
        attempt: Attempt,
    ) -> Result<Receipt, SendError> {
        let language = self.services.language;
        let pages = {
            let delivery = delivery.clone();
            drawn(move || pages(&delivery, language)).await
        };
        let pages = pages.map_err(|_| SendError::Refused("the answer cannot be drawn".into()))?;
        if let Some(handle) = Handle::read(&delivery.origin) {
            self.waiting.first(&handle.write()).await;
            for _ in 0..TRIES {
                match self.through_token(delivery, &handle, &pages, attempt).await {
                    // Not known yet, or never to be known.
                    Err(failure) if failure.is_of_token() && !failure.is_too_late() => {
                        tracing::debug!(code = failure.code(), "an interaction is not to be had");
                    }
                    Err(failure) if failure.is_too_late() => break,
                    sent => return Ok(sent?),
                }
                tokio::time::sleep(BETWEEN).await;
            }
            if attempt == Attempt::Again && delivery.is_private() {
                let reason = "what one person alone was shown cannot be read back";
                return Err(Failure::Untold(reason).into());
            }
        }
        if delivery.is_private() && delivery.space.kind == SpaceKind::Channel {
            return self.to_one(delivery, &pages, attempt).await;
        }
        let target = self.target(delivery).await?;
        let receipt = self.in_channel(delivery, &target, &pages, attempt).await?;
        Ok(receipt)
    }

    /// In the place of "thinking…".
    async fn through_token(
        &self,
        delivery: &Delivery,
        handle: &Handle,
        pages: &[Page],
        attempt: Attempt,
    ) -> Result<Receipt, Failure> {
        let here = channel(&delivery.space)?;
        // Whether "thinking…" is for one person was said when it began.
        if delivery.reply.private && !delivery.origin.private {
            let hint = render::plain(words::IN_PRIVATE.of(self.services.language));
            let told = self.whisper(handle, (&hint, pages), attempt).await?;
            return named(here, told, delivery);
        }
        let Some((first, rest)) = pages.split_first() else {
            return Err(Failure::Invalid("there is nothing to send"));
        };
        if delivery.is_private() {
            let told = self.whisper(handle, (first, rest), attempt).await?;
            return named(here, told, delivery);
        }
        let place = original(handle);
        let told = self.put(Method::PATCH, place, first, payload(first));
        let mut told = vec![told.await?];
        if rest.is_empty() {
            return named(here, told, delivery);
        }
        let target = Target {
            channel: here,
            quotes: None,
        };
        let mut parts = match Parts::begin(self, delivery, &target, attempt).await {
            Ok(parts) => parts,
            Err(failure) => return Err(failure.after(1)),
        };
        for (part, page) in rest.iter().enumerate() {
            match parts.put(part + 1, page).await {
                // It may answer commands where it may not write.
                Err(failure) if failure.is_shut_out() && attempt == Attempt::First => {
                    let body = payload(page);
                    let sent = self.put(Method::POST, follow_up(handle), page, body).await;
                    told.push(sent.map_err(|failure| failure.after(part + 1))?);
                }
                sent => sent.map_err(|failure| failure.after(part + 1))?,
            }
        }
        told.extend(parts.end().await);
        named(here, told, delivery)
    }

    /// Says something else in the place of "thinking…".
    pub(super) async fn replace(&self, handle: &Handle, text: &str) -> Result<(), Failure> {
        self.waiting.first(&handle.write()).await;
        let page = render::plain(text);
        let original = original(handle);
        self.put(Method::PATCH, original, &page, payload(&page))
            .await?;
        Ok(())
    }

    /// As direct messages; in the channel stands only that there is one.
    async fn to_one(
        &self,
        delivery: &Delivery,
        pages: &[Page],
        attempt: Attempt,
    ) -> Result<Receipt, SendError> {
        let to = delivery.to.as_deref().and_then(number);
        let Some(to) = to else {
            return Err(SendError::Refused("nobody to answer in private".into()));
        };
        let language = self.services.language;
        let body = json!({"recipient_id": to.to_string()});
        let open = Call::with(Method::POST, at(Route::UserMeDmChannels), &body);
        let direct = self.rest.fetch::<Made>(open).await?;
        let target = Target {
            channel: ChannelId::new(
                number(&direct.id).ok_or(Failure::NoAnswer("a channel without an id"))?,
            ),
            quotes: None,
        };
        let sent = self.in_channel(delivery, &target, pages, attempt).await;
        let hint = match &sent {
            Ok(_) => words::IN_PRIVATE,
            Err(Failure::Answered { status: 403, .. }) => words::NO_DIRECT,
            Err(_) => return Ok(sent?),
        };
        let told = self.say_where(delivery, hint.of(language), &target).await;
        match (sent, told) {
            (Ok(receipt), Err(error)) => {
                tracing::debug!(%error, "the channel was not told of a private answer");
                Ok(receipt)
            }
            (Err(_), Err(error)) => Err(error.into()),
            (sent, Ok(())) => Ok(sent?),
        }
    }

    /// Says in the channel that the answer is, or should be, elsewhere. Whatever everybody saw of an
    /// earlier one goes.
    async fn say_where(
        &self,
        delivery: &Delivery,
        hint: &str,
        elsewhere: &Target,
    ) -> Result<(), Failure> {
        let replaced = message_id::read(delivery.replaces.as_deref());
        let is_here = replaced.is_some_and(|(channel, _)| channel != elsewhere.channel);
        if !is_here && hint == words::IN_PRIVATE.of(self.services.language) {
            return Ok(());
        }
        let here = self.target(delivery).await?;
        let mut parts = Parts::begin(self, delivery, &here, Attempt::First).await?;
        parts.put(HINT, &render::plain(hint)).await?;
        parts.end().await;
        Ok(())
    }

    /// As messages, in the places of those it replaces.
    async fn in_channel(
        &self,
        delivery: &Delivery,
        target: &Target,
        pages: &[Page],
        attempt: Attempt,
    ) -> Result<Receipt, Failure> {
        let mut parts = Parts::begin(self, delivery, target, attempt).await?;
        for (part, page) in pages.iter().enumerate() {
            match parts.put(part, page).await {
                Err(failure) if part > 0 => return Err(failure.after(part)),
                put => put?,
            }
        }
        let told = parts.end().await;
        named(target.channel, told, delivery)
    }

    /// A message, quoting another where that can be: whoever may not read what was said before may
    /// not quote it.
    pub(super) async fn post(
        &self,
        channel: ChannelId,
        quotes: Option<MessageId>,
        page: &Page,
        body: Map<String, Value>,
    ) -> Result<MessageId, Failure> {
        let place = || messages(channel);
        if let Some(quoted) = quotes {
            let quoting = quoting(body.clone(), channel, quoted);
            match self.put(Method::POST, place(), page, quoting).await {
                Err(failure) if failure.code() == code::CANNOT_QUOTE => {}
                sent => return sent,
            }
        }
        self.put(Method::POST, place(), page, body).await
    }

    async fn target(&self, delivery: &Delivery) -> Result<Target, Failure> {
        self.place(&delivery.space, &delivery.origin).await
    }

    /// Where messages go, with the thread opened where one is to be. Where none can be, they go
    /// into the channel.
    pub(super) async fn place(&self, space: &Space, origin: &Origin) -> Result<Target, Failure> {
        let quotes = origin
            .message
            .as_deref()
            .and_then(number)
            .map(MessageId::new);
        let Some((parent, message)) = thread_to_open(space, origin) else {
            return Ok(Target {
                channel: channel(space)?,
                quotes,
            });
        };
        let in_thread = Target {
            channel: channel(space)?,
            quotes: None,
        };
        if self.threads.parent(in_thread.channel).is_some() {
            return Ok(in_thread);
        }
        let body = json!({
            "name": self.title(space, message).await,
            "auto_archive_duration": 1440,
        });
        let route = Route::ChannelMessageThreads {
            channel_id: parent,
            message_id: message,
        };
        match self
            .rest
            .call(Call::with(Method::POST, at(route), &body))
            .await
        {
            Ok(_) => {}
            Err(failure) if failure.code() == code::HAS_THREAD => {}
            Err(Failure::Answered {
                status: 400 | 403 | 404,
                code,
                ..
            }) => {
                tracing::debug!(code, "no thread can be opened here");
                return Ok(Target {
                    channel: parent,
                    quotes: Some(message),
                });
            }
            Err(failure) => return Err(failure),
        }
        self.threads.know(in_thread.channel, parent);
        Ok(in_thread)
    }

    /// What a thread is called: the question it begins with.
    async fn title(&self, space: &Space, message: MessageId) -> String {
        let said = self.services.line.history(&DISCORD, space, RECENT).await;
        let event_id = message.to_string();
        let question = said
            .unwrap_or_default()
            .into_iter()
            .find_map(|it| match it.said {
                Side::Person(text) if it.event_id == event_id => Some(text),
                _ => None,
            });
        let name = question.map(|text| split(&one_line(&text), NAME, characters));
        let name = name.into_iter().flatten().next();
        name.unwrap_or_else(|| UNNAMED.to_owned())
    }

    /// One request with a message in it; gives the message's id.
    pub(super) async fn put(
        &self,
        method: Method,
        path: String,
        page: &Page,
        body: Map<String, Value>,
    ) -> Result<MessageId, Failure> {
        let body = Value::Object(body);
        let call = Call {
            files: &page.files,
            ..Call::with(method, path, &body)
        };
        self.rest.fetch::<Made>(call).await?.message()
    }
}

/// The receipt of a delivery that became these messages.
fn named(
    channel: ChannelId,
    messages: Vec<MessageId>,
    delivery: &Delivery,
) -> Result<Receipt, Failure> {
    let ids = message_id::named(channel, messages);
    let ids = ids.ok_or(Failure::Invalid("there is nothing to send"))?;
    let before: Option<MessageIds> = delivery
        .replaces
        .as_deref()
        .and_then(|name| name.parse().ok());
    Ok(Receipt {
        posted: ids.not_in(before.as_ref()),
        ..Receipt::one(ids.to_string())
    })
}

/// The messages of a channel.
pub(super) fn messages(channel: ChannelId) -> String {
    at(Route::ChannelMessages {
        channel_id: channel,
    })
}

/// One of them.
pub(super) fn message(channel: ChannelId, message: MessageId) -> String {
    at(Route::ChannelMessage {
        channel_id: channel,
        message_id: message,
    })
}

pub(super) fn original(handle: &Handle) -> String {
    at(Route::WebhookOriginalInteractionResponse {
        application_id: handle.application,
        token: &handle.token,
    })
}

pub(super) fn follow_up(handle: &Handle) -> String {
    let application: ApplicationId = handle.application;
    at(Route::WebhookWithToken {
        webhook_id: application.get().into(),
        token: &handle.token,
    }) + "?wait=true"
}
