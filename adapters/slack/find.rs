//! Looking whether a delivery arrived: its messages carry its id. Where some of its messages are there
//! and others are not, those are sent now, so that no part is seen twice and none is missing.

use almanac_agent_contract::{Delivery, Receipt, SendError};
use serde_json::Value;

use super::adapter::Slack;
use super::fields::Fields;
use super::post::{EVENT, Part};
use super::teams::Bot;

/// As many messages after the question are looked at.
const LOOKED_AT: &str = "999";

impl Slack {
    /// Looks for a delivery, and completes it where only a part of it is there.
    pub(super) async fn look_up(&self, delivery: &Delivery) -> Result<Option<Receipt>, SendError> {
        if delivery.is_private() {
            let reason = "what one person alone was shown cannot be read back";
            return Err(SendError::Unknown(reason.into()));
        }
        let bot = self.teams.bot(&delivery.installation).await?;
        let messages = self.read_back(&bot, delivery).await?;
        let there = parts(&messages, delivery);
        let Some(of) = there.iter().map(|(part, _)| part.of).max() else {
            return Ok(None);
        };
        let pages = self.pages(delivery, None);
        let (mut last, mut posted) = (String::new(), 0);
        for index in 0..of {
            let found = there.iter().find(|(part, _)| part.index == index);
            last = match (found, pages.get(index)) {
                (Some((_, ts)), _) => ts.clone(),
                (None, Some(page)) => {
                    let part = Part { index, of };
                    posted += 1;
                    let sent = self.post_one(&bot, delivery, page, part).await;
                    sent.map_err(|failure| failure.of_delivery(false))?
                }
                (None, None) => continue,
            };
        }
        Ok(Some(Receipt {
            provider_id: last,
            posted,
        }))
    }

    /// What was said since the question, with what our messages say they are.
    pub(super) async fn read_back(
        &self,
        bot: &Bot,
        delivery: &Delivery,
    ) -> Result<Value, SendError> {
        let space = &delivery.space;
        let parameters = [
            ("channel", Some(space.id.as_str())),
            ("include_all_metadata", Some("true")),
            ("inclusive", Some("true")),
            ("limit", Some(LOOKED_AT)),
            ("oldest", delivery.origin.message.as_deref()),
            ("ts", space.thread.as_deref()),
        ];
        let method = match space.thread {
            Some(_) => "conversations.replies",
            None => "conversations.history",
        };
        let answer = self.api.ask(&bot.token, method, &parameters).await;
        answer.map_err(|failure| failure.of_delivery(true))
    }
}

/// The parts of a delivery that are among the messages, with their ids.
fn parts(messages: &Value, delivery: &Delivery) -> Vec<(Part, String)> {
    let id = delivery.id.to_string();
    let part = |message: Fields<'_>| {
        let metadata = message.at("/metadata");
        let ours = metadata.text("/event_type") == Some(EVENT)
            && metadata.text("/event_payload/delivery") == Some(id.as_str());
        let number = |at: &str| {
            let number = metadata.at(at).0.as_u64()?;
            usize::try_from(number).ok()
        };
        ours.then(|| {
            let part = Part {
                index: number("/event_payload/part")?,
                of: number("/event_payload/of")?,
            };
            Some((part, message.owned("/ts")?))
        })?
    };
    let messages = Fields(messages).each("/messages");
    messages.into_iter().filter_map(part).collect()
}
