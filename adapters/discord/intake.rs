//! What is done with an event of the gateway: messages go on the line, interactions are answered,
//! everything else is left, with its kind in the log.

use std::sync::Arc;

use almanac_agent_contract::{Content, Inbound, Origin, Space};
use reqwest::Method;
use serde_json::json;
use serenity::all::{Event, Interaction, MessageId};
use serenity::http::Route;
use tracing::instrument;

use super::DISCORD;
use super::adapter::Almanac;
use super::address::number;
use super::failure::code;
use super::message::payload;
use super::parse::{Heard, event as heard};
use super::render;
use super::respond::First;
use super::rest::{Call, at};
use crate::words as shared;

impl Almanac {
    /// Does what an event asks for. Returns when whatever it said is on the line.
    #[instrument(name = "adapters.event", skip_all)]
    pub(super) async fn hear(self: &Arc<Self>, event: Event) {
        if let Event::InteractionCreate(event) = event {
            self.interact(&event.interaction).await;
            return;
        }
        let Some(me) = self.me.get().copied() else {
            return;
        };
        for heard in heard(&self.reader(me), &event) {
            match heard {
                Heard::Ignored(why) => tracing::debug!(why, "a message is ignored"),
                Heard::Said { inbound, aside } => self.said(*inbound, aside).await,
                Heard::Empty {
                    error,
                    space,
                    origin,
                    aside,
                } => {
                    if !aside {
                        let text = shared::no_question(error, self.services.language);
                        self.tell(text, space, origin);
                    }
                }
            }
        }
    }

    pub(super) async fn said(self: &Arc<Self>, inbound: Inbound, aside: bool) {
        if aside && !self.takes_part(&inbound).await {
            return;
        }
        let (space, origin) = (inbound.space.clone(), inbound.origin.clone());
        let deleted = matches!(inbound.content, Content::Deleted { .. });
        if let Err(error) = self.services.line.accept(inbound).await {
            tracing::error!(%error, "a message was not taken");
            if !deleted {
                let text = shared::unavailable(self.services.language);
                self.tell(text, space, origin);
            }
        }
    }

    /// What was not said to Almanac counts in a thread it was asked something in, and where it
    /// takes back or changes a question.
    async fn takes_part(&self, inbound: &Inbound) -> bool {
        let said = matches!(inbound.content, Content::Text { .. });
        if said && inbound.space.thread.is_none() {
            return false;
        }
        let taken = self
            .services
            .past
            .takes_part(&DISCORD, &inbound.installation, &inbound.space)
            .await;
        taken.unwrap_or_else(|error| {
            tracing::error!(%error, "whether it takes part is not known");
            false
        })
    }

    async fn interact(self: &Arc<Self>, interaction: &Interaction) {
        let almanac = Arc::clone(self);
        let First {
            call,
            response,
            on_its_way,
        } = self.take(interaction).await;
        // Discord is told beside what comes next: it may take its time.
        tokio::spawn(async move {
            let route = Route::InteractionResponse {
                interaction_id: call.id,
                token: &call.token,
            };
            let body = json!(response);
            let told = almanac
                .rest
                .call(Call::with(Method::POST, at(route), &body))
                .await;
            if let Err(error) = told
                && error.code() != code::ALREADY_ANSWERED
            {
                tracing::warn!(%error, "an interaction could not be answered");
            }
            drop(on_its_way);
        });
    }

    /// Says something that is no answer, beside everything else.
    fn tell(self: &Arc<Self>, text: &'static str, space: Space, origin: Origin) {
        let almanac = Arc::clone(self);
        tokio::spawn(async move {
            let page = render::plain(text);
            let Some(here) = number(space.thread.as_deref().unwrap_or(&space.id)) else {
                return;
            };
            let quoted = origin.message.as_deref().and_then(number);
            // A thread that is yet to be opened is not opened for this.
            let opened = origin.message != space.thread;
            let here = match number(&space.id) {
                Some(channel) if !opened => channel,
                _ => here,
            };
            let told = almanac
                .post(
                    here.into(),
                    quoted.map(MessageId::new),
                    &page,
                    payload(&page),
                )
                .await;
            if let Err(error) = told {
                tracing::warn!(%error, "a person could not be told");
            }
        });
    }
}
