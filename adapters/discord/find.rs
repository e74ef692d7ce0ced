//! Looking whether a delivery arrived: what Almanac itself said in the channel since the question is
//! read back, and each part is known by its buttons, which carry the delivery's id, or by its words.
//!
//! What one person alone was shown cannot be read back. The message that takes the place of
//! "thinking…" says how far that came: see [`Almanac::whisper`].

use almanac_agent_contract::{Delivery, Progress, SpaceKind};
use reqwest::Method;
use serde_json::{Map, Value};
use serenity::all::{ChannelId, MessageId, UserId};
use serenity::http::Route;

use super::adapter::Almanac;
use super::address::{Handle, number};
use super::failure::Failure;
use super::me::{self, OwnUser};
use super::message::{for_one, payload};
use super::parts::PATIENCE;
use super::patience::Patience;
use super::render::{self, Page};
use super::rest::{Call, at};
use super::send::{follow_up, messages, original};
use crate::words as shared;

/// As many messages at once: Discord gives no more.
const AT_ONCE: usize = 100;
/// As often is read on before it is too much.
const MOST: usize = 5;
/// Of a message that says "thinking…".
const LOADING: u64 = 1 << 7;

/// Whether a delivery may have gone out before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// Nothing of it is out.
    First,
    /// Nobody knows what is out.
    Again,
}

impl Almanac {
    /// What Almanac said in a channel since the question, or since there was an answer to send.
    pub(super) async fn own_since(
        &self,
        delivery: &Delivery,
        channel: ChannelId,
    ) -> Result<Vec<Value>, Failure> {
        let me = self.own_user().await?;
        let asked = [&delivery.origin.message, &delivery.event_id];
        let asked = asked.into_iter().flatten().find_map(|id| number(id));
        let since = asked.unwrap_or_else(|| made(delivery));
        let said = self.read_since(channel, since, MOST).await?;
        if said.is_empty() && delivery.space.kind == SpaceKind::Channel {
            self.can_read(delivery, channel).await?;
        }
        let ours = |it: &Value| it["author"]["id"].as_str().and_then(number) == Some(me.get());
        Ok(said.into_iter().filter(ours).collect())
    }

    /// What was said in a channel after this id, oldest first. It is read on as often.
    pub(super) async fn read_since(
        &self,
        channel: ChannelId,
        since: u64,
        times: usize,
    ) -> Result<Vec<Value>, Failure> {
        let mut said: Vec<Value> = Vec::new();
        let mut since = since;
        for _ in 0..times {
            let path = format!("{}?after={since}&limit={AT_ONCE}", messages(channel));
            let mut page: Vec<Value> = self.rest.fetch(Call::get(path)).await?;
            page.sort_by_key(|it| it["id"].as_str().and_then(number));
            let last = page.last().and_then(|it| it["id"].as_str());
            since = last.and_then(number).unwrap_or(since);
            let is_all = page.len() < AT_ONCE;
            said.extend(page);
            if is_all {
                return Ok(said);
            }
        }
        Err(Failure::Untold("too much was said since to read it all"))
    }

    /// Whoever may not read what was said before is told that nothing was.
    async fn can_read(&self, delivery: &Delivery, channel: ChannelId) -> Result<(), Failure> {
        let parent = number(&delivery.space.id).map(ChannelId::new);
        for channel in [Some(channel), parent].into_iter().flatten() {
            let path = format!("{}?limit=1", messages(channel));
            let any: Vec<Value> = self.rest.fetch(Call::get(path)).await?;
            if !any.is_empty() {
                return Ok(());
            }
        }
        Err(Failure::Untold(
            "what was said before may not be read: give it the permission to read the history",
        ))
    }

    async fn own_user(&self) -> Result<UserId, Failure> {
        match self.me.get() {
            Some(me) => Ok(me.user),
            None => {
                let user: OwnUser = self.rest.fetch(Call::get(at(Route::UserMe))).await?;
                Ok(user.id)
            }
        }
    }

    /// For one pair of eyes, through an interaction's token: the first page in the place of
    /// "thinking…", the rest after it. Discord has no nonce for the rest and does not tell it again,
    /// so while it goes out, the first place says that the answer is being written, and has its own
    /// words last: whoever finds it so knows how far it came.
    pub(super) async fn whisper(
        &self,
        handle: &Handle,
        (first, rest): (&Page, &[Page]),
        attempt: Attempt,
    ) -> Result<Vec<MessageId>, Failure> {
        let place = || original(handle);
        let writing = shared::progress(&Progress::Writing, self.services.language);
        let writing = render::plain(writing);
        if attempt == Attempt::Again && !rest.is_empty() {
            let stands: Value = self.rest.fetch(Call::get(place())).await?;
            let flags = stands["flags"].as_u64().unwrap_or_default();
            let begun = flags & LOADING == 0;
            if begun && words(&stands) == words(&Value::Object(payload(&writing))) {
                return Err(Failure::Untold(
                    "what one person alone was shown cannot be read back",
                ));
            }
            if begun {
                let id = stands["id"].as_str().and_then(number);
                return Ok(id.map(MessageId::new).into_iter().collect());
            }
        }
        if !rest.is_empty() {
            self.put(Method::PATCH, place(), &writing, payload(&writing))
                .await?;
        }
        let mut patience = Patience::of(PATIENCE);
        let mut ids = Vec::new();
        for (sent, page) in rest.iter().enumerate() {
            let told = loop {
                let body = for_one(payload(page));
                match self.put(Method::POST, follow_up(handle), page, body).await {
                    Ok(id) => break Ok(id),
                    Err(failure) => match patience.sit_out(failure).await {
                        Ok(()) => {}
                        Err(failure) => break Err(failure),
                    },
                }
            };
            match told {
                Ok(id) => ids.push(id),
                Err(failure) if sent == 0 => return Err(failure),
                Err(failure) => return Err(failure.after(sent)),
            }
        }
        loop {
            let told = self.put(Method::PATCH, place(), first, payload(first));
            let failure = match told.await {
                Ok(id) => {
                    ids.insert(0, id);
                    return Ok(ids);
                }
                Err(failure) if rest.is_empty() => return Err(failure),
                Err(failure) => failure,
            };
            let waited = patience.sit_out(failure).await;
            waited.map_err(|failure| failure.after(rest.len()))?;
        }
    }
}

/// Whether a message that Almanac said is this part of the delivery.
pub(super) fn is_part(
    message: &Value,
    delivery: &Delivery,
    page: &Map<String, Value>,
    quotes: Option<MessageId>,
) -> bool {
    let quoted = &message["message_reference"]["message_id"];
    let quoted = quoted.as_str().and_then(number).map(MessageId::new);
    if quoted.is_some() && quoted != quotes {
        return false;
    }
    let page = Value::Object(page.clone());
    let carries = |it: &Value| {
        let rows = it["components"].as_array().is_some_and(|it| !it.is_empty());
        rows.then(|| it["components"].to_string())
    };
    let id = delivery.id.0.simple().to_string();
    match (carries(&page), carries(message)) {
        (Some(_), Some(buttons)) => buttons.contains(&id),
        (None, None) => words(message) == words(&page),
        _ => false,
    }
}

/// What is to be read of a message, as far as Discord leaves it as it was, and how many files.
fn words(message: &Value) -> (String, usize) {
    let mut all = vec![&message["content"]];
    for embed in message["embeds"].as_array().into_iter().flatten() {
        all.extend([
            &embed["title"],
            &embed["description"],
            &embed["footer"]["text"],
        ]);
    }
    let text = all.into_iter().filter_map(Value::as_str);
    let text = text.flat_map(str::chars).filter(|c| !c.is_whitespace());
    let files = message["attachments"].as_array().map_or(0, Vec::len);
    (text.collect(), files)
}

/// An id that things have which were made when the delivery was, or a little before: clocks differ.
fn made(delivery: &Delivery) -> u64 {
    const BEFORE: u64 = 5 * 60 * 1000;
    // The first 48 bits of such an id are milliseconds.
    let at = u64::try_from(delivery.id.0.as_u128() >> 80).unwrap_or_default();
    me::id_at(at.saturating_sub(BEFORE))
}
