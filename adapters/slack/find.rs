//! Looking whether a delivery arrived: its messages carry its id. Where some of its messages are there
//! and others are not, those are sent now, so that no part is seen twice and none is missing.
//!
//! Slack tells of messages by the page, and apps outside its Marketplace get fifteen a page and one page
//! a minute. What was not looked through to its end is therefore not known, and never "not sent"; and
//! that limit is one on looking, not on sending.

use std::time::Duration;

use almanac_agent_contract::{Delivery, Receipt, SendError};
use serde_json::Value;
use tracing::info;

use super::adapter::Slack;
use super::failure::Failure;
use super::fields::Fields;
use super::post::{EVENT, Part};
use super::teams::Bot;

/// As many messages after the question are asked for at once.
const LOOKED_AT: &str = "999";

/// As many pages are looked at in one go.
const PAGES: usize = 5;

/// As long in all a look waits for Slack to allow another page: less than the courier's patience.
const WAITED: Duration = Duration::from_secs(30);

/// What was said since a question.
#[derive(Debug, Default)]
pub(super) struct ReadBack {
    /// The messages, page by page.
    pub(super) messages: Vec<Value>,
    /// There is nothing more.
    pub(super) complete: bool,
}

impl Slack {
    /// Looks for a delivery, and completes it where only a part of it is there.
    pub(super) async fn look_up(&self, delivery: &Delivery) -> Result<Option<Receipt>, SendError> {
        if delivery.is_private() {
            let reason = "what one person alone was shown cannot be read back";
            return Err(SendError::Unknown(reason.into()));
        }
        let bot = self.teams.bot(&delivery.installation).await?;
        let all_there = |messages: &[Value]| {
            let there = parts(messages, delivery);
            there.first().is_some_and(|(first, _)| {
                (0..first.of).all(|index| there.iter().any(|(part, _)| part.index == index))
            })
        };
        let read = self.read_back(&bot, delivery, WAITED, all_there);
        let read = read.await?;
        let there = parts(&read.messages, delivery);
        if !read.complete && !all_there(&read.messages) {
            let reason = "more was said since than could be looked through";
            return Err(SendError::Unknown(reason.into()));
        }
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
            posted,
            ..Receipt::one(last)
        }))
    }

    /// What was said since the question, with what our messages say they are: until it is `enough`,
    /// or until there is no more, or as much as can be had in a go that waits no longer than that.
    pub(super) async fn read_back(
        &self,
        bot: &Bot,
        delivery: &Delivery,
        mut waits: Duration,
        enough: impl Fn(&[Value]) -> bool + Send,
    ) -> Result<ReadBack, SendError> {
        let mut read = ReadBack::default();
        let mut cursor: Option<String> = None;
        for _ in 0..PAGES {
            let page = self
                .page_back(bot, delivery, cursor.as_deref(), &mut waits)
                .await;
            let page = page.map_err(|failure| of_look(&failure))?;
            let fields = Fields(&page);
            let messages = fields.each("/messages");
            read.messages
                .extend(messages.into_iter().map(|it| it.0.clone()));
            cursor = fields.owned("/response_metadata/next_cursor");
            read.complete = !fields.is("/has_more") && cursor.is_none();
            if read.complete || cursor.is_none() || enough(&read.messages) {
                break;
            }
        }
        Ok(read)
    }

    /// One page; waits for it as long as is left to wait.
    async fn page_back(
        &self,
        bot: &Bot,
        delivery: &Delivery,
        cursor: Option<&str>,
        waits: &mut Duration,
    ) -> Result<Value, Failure> {
        let space = &delivery.space;
        let parameters = [
            ("channel", Some(space.id.as_str())),
            ("cursor", cursor),
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
        loop {
            match self.api.ask(&bot.token, method, &parameters).await {
                Err(Failure::Limited(after)) if after.unsigned_abs() <= *waits => {
                    info!(seconds = after.as_secs(), "what was said can be read later");
                    *waits -= after.unsigned_abs();
                    tokio::time::sleep(after.unsigned_abs()).await;
                }
                asked => return asked,
            }
        }
    }
}

/// What a look that failed means: nothing is known, whatever was the matter. A limit on looking is
/// none on sending.
fn of_look(failure: &Failure) -> SendError {
    if failure.is_revoked() {
        return failure.of_delivery(true);
    }
    SendError::Unknown(format!("it could not be read back: {failure}"))
}

/// The parts of a delivery that are among the messages, with their ids.
fn parts(messages: &[Value], delivery: &Delivery) -> Vec<(Part, String)> {
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
    messages.iter().map(Fields).filter_map(part).collect()
}
