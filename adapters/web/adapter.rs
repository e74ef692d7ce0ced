//! The web as the courier and the server see it.

use std::fmt;
use std::sync::Arc;

use almanac_agent_contract::{
    Adapter, Clock, Delivery, Language, Line, Platform, Progress, Receipt, Recovery, SendError,
    Shown, Working,
};
use async_trait::async_trait;
use axum::Router;
use tracing::instrument;

use super::access::{Access, Throttle};
use super::hub::{Happened, Hub};
use super::router;
use super::words::Words;

/// The web's name. The page and the API are one platform with two installations: they share a
/// process, a courier and the way they wait, and their event ids must not meet.
pub const WEB: Platform = Platform::named("web");

/// The installation that is the chat page.
pub const PAGE: &str = "page";

/// The installation that is the REST API.
pub const REST: &str = "rest";

/// What the page is told of the workspace.
#[derive(Debug)]
pub struct WebOptions {
    /// The name above the chat.
    pub workspace_name: String,
    /// The language of the page's own words.
    pub language: Language,
    /// Who may come in.
    pub access: Access,
    /// Questions shown on the empty page.
    pub examples: Vec<String>,
}

/// The web chat and the REST API.
pub struct Web {
    pub(super) line: Arc<dyn Line>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) options: WebOptions,
    pub(super) words: &'static Words,
    pub(super) hub: Arc<Hub>,
    pub(super) throttle: Throttle,
}

impl Web {
    /// The web on top of a line.
    #[must_use]
    pub fn new(line: Arc<dyn Line>, clock: Arc<dyn Clock>, options: WebOptions) -> Arc<Self> {
        Arc::new(Self {
            line,
            clock,
            words: Words::of(options.language),
            options,
            hub: Arc::default(),
            throttle: Throttle::default(),
        })
    }

    /// Everything the web answers, to be served or merged into a larger router.
    pub fn router(self: &Arc<Self>) -> Router {
        router::router(Arc::clone(self))
    }

    /// Ends the open event streams, so that a server that finishes its connections can stop.
    pub fn close(&self) {
        self.hub.close();
    }
}

impl fmt::Debug for Web {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Web")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Adapter for Web {
    fn platform(&self) -> Platform {
        WEB
    }

    fn recovery(&self) -> Recovery {
        Recovery::Resend
    }

    /// Tells the pages and requests that wait. Sending twice is harmless: a page that has the
    /// answer ignores it, and one opened later reads the history.
    #[instrument(name = "adapters.send", skip_all, fields(delivery = %delivery.id))]
    async fn send(&self, delivery: &Delivery) -> Result<Receipt, SendError> {
        self.hub.publish(
            &delivery.space.id,
            Happened::Said(Arc::new(delivery.clone())),
        );
        Ok(Receipt::one(delivery.id.to_string()))
    }

    async fn progress(&self, working: &Working, progress: &Progress) -> Shown {
        self.hub
            .publish(&working.space.id, Happened::Progress(progress.clone()));
        Shown::default()
    }
}
