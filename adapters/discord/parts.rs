//! The messages of one delivery in one channel: each is put in the place of a message that the
//! delivery replaces, found where an earlier attempt left it, or posted.
//!
//! Each has a nonce made of the delivery's id and its place in it, and Discord shows a nonce once;
//! but it forgets it after some minutes. A delivery of which a part is out is therefore never begun
//! again from its beginning: it counts as unknown, and the next attempt reads the channel first.

use std::collections::VecDeque;

use almanac_agent_contract::Delivery;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::Value;
use serenity::all::MessageId;

use super::adapter::Almanac;
use super::address::number;
use super::failure::{Failure, code};
use super::find::{Attempt, is_part};
use super::message::{nonce, once, payload};
use super::message_id;
use super::patience::Patience;
use super::render::Page;
use super::rest::Call;
use super::send::{Target, message};

/// The longest that a delivery half sent waits for the rest to be taken.
pub(super) const PATIENCE: SignedDuration = SignedDuration::from_secs(20);

/// The messages of a delivery, while they go out.
pub(super) struct Parts<'a> {
    almanac: &'a Almanac,
    delivery: &'a Delivery,
    target: &'a Target,
    /// Whose places are taken, in order.
    places: VecDeque<MessageId>,
    /// Replaced, but out of order.
    left: Vec<MessageId>,
    /// What was said by Almanac since the question.
    there: Vec<Value>,
    /// What is out, in order.
    out: Vec<MessageId>,
    patience: Patience,
}

impl<'a> Parts<'a> {
    /// Finds out what is there already.
    pub(super) async fn begin(
        almanac: &'a Almanac,
        delivery: &'a Delivery,
        target: &'a Target,
        attempt: Attempt,
    ) -> Result<Self, Failure> {
        let replaced = message_id::read(delivery.replaces.as_deref());
        let places = match replaced {
            Some((channel, messages)) if channel == target.channel => messages,
            _ => Vec::new(),
        };
        let mut there = match attempt {
            Attempt::First => Vec::new(),
            Attempt::Again => almanac.own_since(delivery, target.channel).await?,
        };
        there.retain(|it| id_of(it).is_none_or(|id| !places.contains(&id)));
        Ok(Self {
            almanac,
            delivery,
            target,
            places: places.into(),
            left: Vec::new(),
            there,
            out: Vec::new(),
            patience: Patience::of(PATIENCE),
        })
    }

    /// Puts one part there, the next in order. A short wait is sat out where others went before it.
    pub(super) async fn put(&mut self, part: usize, page: &Page) -> Result<(), Failure> {
        loop {
            match self.put_once(part, page).await {
                Ok(id) => {
                    self.out.push(id);
                    return Ok(());
                }
                Err(failure) if part == 0 => return Err(failure),
                Err(failure) => self.patience.sit_out(failure).await?,
            }
        }
    }

    async fn put_once(&mut self, part: usize, page: &Page) -> Result<MessageId, Failure> {
        let (almanac, channel) = (self.almanac, self.target.channel);
        if let Some(place) = self.places.front().copied() {
            let at = message(channel, place);
            match almanac.put(Method::PATCH, at, page, payload(page)).await {
                Err(failure) if failure.code() == code::UNKNOWN_MESSAGE => {
                    // What comes after the gap would stand before what is posted now.
                    self.left.extend(self.places.drain(..).skip(1));
                }
                edited => {
                    edited?;
                    self.places.pop_front();
                    return Ok(place);
                }
            }
        }
        let quotes = self.target.quotes.filter(|_| part == 0);
        let body = payload(page);
        let found = self
            .there
            .iter()
            .position(|it| is_part(it, self.delivery, &body, quotes));
        if let Some(id) = found.and_then(|at| id_of(&self.there.remove(at))) {
            return Ok(id);
        }
        let body = once(body, nonce(self.delivery.id.0, part));
        almanac.post(channel, quotes, page, body).await
    }

    /// Takes back what has no new words in its place. Gives the messages that went out, in order.
    pub(super) async fn end(mut self) -> Vec<MessageId> {
        let left: Vec<MessageId> = self.left.drain(..).chain(self.places.drain(..)).collect();
        for old in left {
            self.take_back(old).await;
        }
        self.out
    }

    async fn take_back(&mut self, old: MessageId) {
        loop {
            let path = message(self.target.channel, old);
            let delete = Call {
                method: Method::DELETE,
                ..Call::get(path)
            };
            let Err(failure) = self.almanac.rest.call(delete).await else {
                return;
            };
            if failure.code() == code::UNKNOWN_MESSAGE {
                return;
            }
            if let Err(failure) = self.patience.sit_out(failure).await {
                tracing::warn!(%failure, "a page of an earlier answer is still there");
                return;
            }
        }
    }
}

fn id_of(message: &Value) -> Option<MessageId> {
    message["id"].as_str().and_then(number).map(MessageId::new)
}
