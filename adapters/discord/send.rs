//! Sending a delivery: in the place of "thinking…" where an interaction asked, else as messages in
//! the channel or thread, else, for one pair of eyes, as a direct message.
//!
//! Each message has a nonce made of the delivery's id and its place in it, and Discord shows a
//! nonce once for some minutes: a delivery that broke off is sent again from its beginning and
//! nothing is doubled. Editing is the same however often. Only further parts of a private answer
//! to an interaction have no nonce, because Discord has none for them.

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
use super::message::{for_one, nonce, once, payload, quoting};
use super::render::{self, Page, pages};
use super::rest::{Call, at};
use super::words;
use crate::drawing::drawn;
use crate::split::{characters, split};

/// How often an interaction is tried that Discord does not know yet, and how long between.
const TRIES: usize = 5;
const BETWEEN: Duration = Duration::from_millis(300);

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

/// Where messages go, and what they quote.
pub(super) struct Target {
    pub(super) channel: ChannelId,
    pub(super) quotes: Option<MessageId>,
}

impl Almanac {
    /// Renders and sends.
    pub(super) async fn deliver(&self, delivery: &Delivery) -> Result<Receipt, SendError> {
        let language = self.services.language;
        let pages = {
            let delivery = delivery.clone();
            drawn(move || pages(&delivery, language)).await
        };
        let pages = pages.map_err(|_| SendError::Refused("the answer cannot be drawn".into()))?;
        if let Some(handle) = Handle::read(&delivery.origin) {
            self.waiting.first(&handle.write()).await;
            for _ in 0..TRIES {
                match self.through_token(delivery, &handle, &pages).await {
                    // Not known yet, or never to be known.
                    Err(failure) if failure.is_of_token() && !failure.is_too_late() => {
                        tracing::debug!(code = failure.code(), "an interaction is not to be had");
                    }
                    Err(failure) if failure.is_too_late() => break,
                    sent => return Ok(sent?),
                }
                tokio::time::sleep(BETWEEN).await;
            }
        }
        if delivery.is_private() && delivery.space.kind == SpaceKind::Channel {
            return self.to_one(delivery, &pages).await;
        }
        let target = self.target(delivery).await?;
        let receipt = self.in_channel(delivery, &target, &pages).await?;
        Ok(receipt)
    }

    /// In the place of "thinking…".
    async fn through_token(
        &self,
        delivery: &Delivery,
        handle: &Handle,
        pages: &[Page],
    ) -> Result<Receipt, Failure> {
        let original = original(handle);
        // Whether "thinking…" is for one person was said when it began.
        let hides = delivery.reply.private && !delivery.origin.private;
        let mut pages = pages.iter();
        let mut last = if hides {
            let hint = render::plain(words::IN_PRIVATE.of(self.services.language));
            self.put(Method::PATCH, original, &hint, payload(&hint))
                .await?
        } else {
            let first = pages.next().cloned().unwrap_or_default();
            self.put(Method::PATCH, original, &first, payload(&first))
                .await?
        };
        let mut posted = 0;
        for (part, page) in pages.enumerate() {
            posted += 1;
            last = if delivery.is_private() {
                let body = for_one(payload(page));
                self.put(Method::POST, follow_up(handle), page, body)
                    .await?
            } else {
                let body = once(payload(page), nonce(delivery.id.0, part + 1));
                let here = channel(&delivery.space)?;
                match self.put(Method::POST, messages(here), page, body).await {
                    // It may answer commands where it may not write.
                    Err(Failure::Answered {
                        status: 403 | 404, ..
                    }) => {
                        let body = payload(page);
                        self.put(Method::POST, follow_up(handle), page, body)
                            .await?
                    }
                    sent => sent?,
                }
            };
        }
        Ok(Receipt {
            provider_id: last,
            posted,
        })
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
    async fn to_one(&self, delivery: &Delivery, pages: &[Page]) -> Result<Receipt, SendError> {
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
        let alone = Delivery {
            replaces: None,
            ..delivery.clone()
        };
        let sent = self.in_channel(&alone, &target, pages).await;
        let hint = match &sent {
            Ok(_) => words::IN_PRIVATE,
            Err(Failure::Answered { status: 403, .. }) => words::NO_DIRECT,
            Err(_) => return Ok(sent?),
        };
        let shown = render::plain(hint.of(language));
        if let Some(replaces) = delivery.replaces.as_deref().and_then(number) {
            let place = message(channel(&delivery.space)?, MessageId::new(replaces));
            let told = self
                .put(Method::PATCH, place, &shown, payload(&shown))
                .await;
            if let Err(error) = told {
                tracing::debug!(%error, "a placeholder was not taken back");
            }
        } else if sent.is_err() {
            let target = self.target(delivery).await?;
            let body = once(payload(&shown), nonce(delivery.id.0, 99));
            self.post(target.channel, target.quotes, &shown, body)
                .await?;
        }
        Ok(sent?)
    }

    /// As messages, the first in the place of the one it replaces.
    async fn in_channel(
        &self,
        delivery: &Delivery,
        target: &Target,
        pages: &[Page],
    ) -> Result<Receipt, Failure> {
        let (mut last, mut posted) = (String::new(), 0);
        for (part, page) in pages.iter().enumerate() {
            if part == 0
                && let Some(replaces) = delivery.replaces.as_deref().and_then(number)
            {
                let place = message(target.channel, MessageId::new(replaces));
                match self.put(Method::PATCH, place, page, payload(page)).await {
                    Ok(edited) => {
                        last = edited;
                        continue;
                    }
                    Err(failure) if failure.code() == code::UNKNOWN_MESSAGE => {}
                    Err(failure) => return Err(failure),
                }
            }
            let body = once(payload(page), nonce(delivery.id.0, part));
            let quotes = target.quotes.filter(|_| part == 0);
            last = self.post(target.channel, quotes, page, body).await?;
            posted += 1;
        }
        Ok(Receipt {
            provider_id: last,
            posted,
        })
    }

    /// A message, quoting another where that can be: whoever may not read what was said before may
    /// not quote it.
    pub(super) async fn post(
        &self,
        channel: ChannelId,
        quotes: Option<MessageId>,
        page: &Page,
        body: Map<String, Value>,
    ) -> Result<String, Failure> {
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
    ) -> Result<String, Failure> {
        let body = Value::Object(body);
        let call = Call {
            files: &page.files,
            ..Call::with(method, path, &body)
        };
        Ok(self.rest.fetch::<Made>(call).await?.id)
    }
}

/// The messages of a channel.
fn messages(channel: ChannelId) -> String {
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

fn original(handle: &Handle) -> String {
    at(Route::WebhookOriginalInteractionResponse {
        application_id: handle.application,
        token: &handle.token,
    })
}

fn follow_up(handle: &Handle) -> String {
    let application: ApplicationId = handle.application;
    at(Route::WebhookWithToken {
        webhook_id: application.get().into(),
        token: &handle.token,
    }) + "?wait=true"
}
