//! What is done with an update, whether it was polled or came to the webhook: onto the line, and only
//! then what the person gets to see of it, which nobody waits for.

use std::sync::Arc;

use almanac_agent_contract::Services;
use serde_json::Value;
use tokio::sync::Semaphore;
use tracing::{debug, info, warn};

use super::api::Api;
use super::markup::escaped;
use super::me::Me;
use super::parse::{Context, NotAnUpdate, Parsed, Tell, parse_value};
use super::press;
use super::target::{Target, text};

/// As many answers to presses and wrong words are on their way at once.
const AT_ONCE: usize = 64;

/// Takes updates.
#[derive(Clone)]
pub(super) struct Intake {
    pub(super) api: Api,
    pub(super) me: Arc<Me>,
    pub(super) services: Services,
    aside: Arc<Semaphore>,
}

/// What became of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Took {
    /// It is done with.
    Done,
    /// It must come again.
    Again,
}

impl Intake {
    pub(super) fn new(api: Api, me: Arc<Me>, services: Services) -> Self {
        Self {
            api,
            me,
            services,
            aside: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Takes one update. When this returns [`Took::Done`], Telegram may forget it.
    pub(super) async fn take(&self, update: &Value) -> Result<Took, NotAnUpdate> {
        let context = Context {
            bot: self.me.id,
            username: self.me.username(),
            now: self.services.clock.now(),
            language: self.services.language,
        };
        match parse_value(update, &context)? {
            Parsed::Taken(taken) => match self.services.line.accept(taken.inbound).await {
                Ok(accepted) => {
                    debug!(inbox = %accepted.inbox, duplicate = accepted.duplicate, "accepted");
                    if let Some(pressed) = taken.pressed {
                        self.aside(move |api| async move { press::answer(&api, &pressed).await });
                    }
                    Ok(Took::Done)
                }
                Err(error) => {
                    warn!(%error, "an update was not accepted");
                    Ok(Took::Again)
                }
            },
            Parsed::Tell(tell) => {
                self.aside(move |api| async move { say(&api, &tell).await });
                Ok(Took::Done)
            }
            Parsed::Ignored(ignored) => {
                info!(kind = ignored.kind, why = ignored.why, "ignored");
                if let Some(query) = ignored.query {
                    self.aside(move |api| async move { press::dismiss(&api, query).await });
                }
                Ok(Took::Done)
            }
            Parsed::NotYet => {
                debug!("an update came before the bot's name was known");
                Ok(Took::Again)
            }
        }
    }

    fn aside<F, Fut>(&self, work: F)
    where
        F: FnOnce(Api) -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let (api, aside) = (self.api.clone(), Arc::clone(&self.aside));
        tokio::spawn(async move {
            let _turn = aside.acquire().await;
            work(api).await;
        });
    }
}

async fn say(api: &Api, tell: &Tell) {
    let target = Target::replying(tell.chat, tell.thread, tell.reply_to);
    if let Err(trouble) = api.call(text(&target, &escaped(tell.text))).await {
        debug!(%trouble, "a person was not told why nothing came of their words");
    }
}
