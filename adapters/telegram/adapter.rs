//! Telegram as the courier and the worker see it.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{
    Adapter, Delivery, Limit, Pace, Platform, Progress, Quota, Receipt, SendError, Services, Shown,
    SpaceKind, Working,
};
use async_trait::async_trait;
use tracing::instrument;

use super::TELEGRAM;
use super::api::Api;
use super::me::Me;
use super::target::Limits;
use super::trouble::Trouble;
use super::{progress, send};

/// A bot's way out.
pub(super) struct Telegram {
    pub(super) api: Api,
    pub(super) me: Arc<Me>,
    pub(super) services: Services,
    pub(super) limits: Limits,
    pub(super) said: progress::Said,
}

impl Telegram {
    pub(super) fn new(api: Api, me: Arc<Me>, services: Services) -> Self {
        Self {
            api,
            me,
            services,
            limits: Limits::default(),
            said: progress::Said::default(),
        }
    }

    /// What a refusal says of patience with a chat; `None` where it is about something else.
    pub(super) fn limit(&self, chat: i64, trouble: &Trouble) -> Option<Limit> {
        let Trouble::Limited(after) = *trouble else {
            return None;
        };
        let everywhere = self.limits.refused(chat, self.services.clock.now(), after);
        Some(Limit { after, everywhere })
    }
}

#[async_trait]
impl Adapter for Telegram {
    fn platform(&self) -> Platform {
        TELEGRAM
    }

    /// A receipt that was lost stays lost: a bot cannot read what it wrote, and Telegram takes the
    /// same message twice.
    #[instrument(name = "adapters.send", skip_all, fields(delivery = %delivery.id))]
    async fn send(&self, delivery: &Delivery) -> Result<Receipt, SendError> {
        send::send(self, delivery).await
    }

    /// 30 messages a second in all, one a second to a person, 20 a minute to a group.
    fn pace(&self, kind: SpaceKind) -> Pace {
        let quota = |burst, every| {
            Some(Quota {
                burst,
                every: Duration::from_millis(every),
            })
        };
        Pace {
            installation: quota(2, 36),
            space: match kind {
                SpaceKind::Direct => quota(1, 1_000),
                SpaceKind::Channel => quota(5, 4_000),
            },
        }
    }

    fn patience(&self) -> Duration {
        Duration::from_millis(650)
    }

    #[instrument(name = "adapters.progress", skip_all, fields(inbox = %working.inbox))]
    async fn progress(&self, working: &Working, progress: &Progress) -> Shown {
        progress::show(self, working, progress).await
    }
}
