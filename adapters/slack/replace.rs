//! What an answer takes the place of, where that is more than the one message that is changed: the
//! other messages of an earlier answer, and whatever everybody saw where the new answer is for one
//! person alone.

use std::time::Duration;

use almanac_agent_contract::Delivery;
use serde_json::json;
use tracing::warn;

use super::adapter::{Slack, WHISPERED};
use super::fields::Fields;
use super::placeholder::{behind, is_placeholder};
use super::post::EVENT;
use super::teams::Bot;

impl Slack {
    /// The other messages of the answer that this one takes the place of.
    pub(super) async fn rest_of_replaced(&self, bot: &Bot, delivery: &Delivery) -> Vec<String> {
        let Some(replaces) = &delivery.replaces else {
            return Vec::new();
        };
        if is_placeholder(replaces) || replaces.starts_with(WHISPERED) {
            return Vec::new();
        }
        let at_once = Duration::ZERO;
        match self.read_back(bot, delivery, at_once, |_| false).await {
            Ok(read) => {
                let messages: Vec<Fields<'_>> = read.messages.iter().map(Fields).collect();
                rest(&messages, replaces)
            }
            Err(error) => {
                warn!(%error, "an earlier answer was not read back");
                Vec::new()
            }
        }
    }

    /// Takes back what everybody saw, where what takes its place is for one person.
    pub(super) async fn withdraw(&self, bot: &Bot, delivery: &Delivery) {
        let Some(replaces) = &delivery.replaces else {
            return;
        };
        let (ts, stream) = behind(replaces);
        if ts.starts_with(WHISPERED) {
            return;
        }
        if stream {
            self.end_stream(&bot.token, &delivery.space.id, ts).await;
        }
        self.forget_placeholder(replaces);
        self.delete_all(bot, delivery, &[ts.to_owned()]).await;
    }

    /// Deletes messages of ours.
    pub(super) async fn delete_all(&self, bot: &Bot, delivery: &Delivery, messages: &[String]) {
        for ts in messages {
            let body = json!({"channel": delivery.space.id, "ts": ts});
            if let Err(failure) = self.api.call(&bot.token, "chat.delete", &body).await {
                warn!(%failure, "a message was not taken back");
            }
        }
    }
}

/// The messages of the delivery that `ts` is one of, without it.
fn rest(messages: &[Fields<'_>], ts: &str) -> Vec<String> {
    let delivery = |message: &Fields<'_>| {
        let metadata = message.at("/metadata");
        let ours = metadata.text("/event_type") == Some(EVENT);
        ours.then(|| metadata.owned("/event_payload/delivery"))?
    };
    let replaced = messages.iter().find(|it| it.text("/ts") == Some(ts));
    let Some(earlier) = replaced.and_then(delivery) else {
        return Vec::new();
    };
    messages
        .iter()
        .filter(|it| delivery(it).as_deref() == Some(earlier.as_str()))
        .filter_map(|it| it.owned("/ts"))
        .filter(|it| it != ts)
        .collect()
}
