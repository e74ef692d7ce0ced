//! What a platform's section of the configuration can do: connect, be checked, and print what is
//! to be pasted on the platform's own pages. The server knows platforms by this alone.

use std::sync::Arc;

use almanac_agent_contract::{Adapter, Platform, Services};
use async_trait::async_trait;
use axum::Router;
use futures::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use crate::MissingSecret;

/// A platform at work.
pub struct Connected {
    /// What worker and courier send through.
    pub adapter: Arc<dyn Adapter>,
    /// Its webhooks, under a path of its own; they check signatures themselves.
    pub webhooks: Option<Router>,
    /// What it does by itself (polls, holds a gateway connection) until it is told to stop. It
    /// tries again by itself, and ends early only where trying again is of no use.
    pub listening: Option<BoxFuture<'static, ()>>,
}

/// One thing `almanac doctor` looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What: "token", "scopes", "webhook".
    pub what: &'static str,
    /// What was found, or what to mend and where.
    pub found: Result<String, String>,
}

/// Why a section of the configuration does not do. The operator hears it.
#[derive(Debug, thiserror::Error)]
pub enum SectionError {
    /// A secret is not there.
    #[error(transparent)]
    Secret(#[from] MissingSecret),
    /// A key is wrong: which, and what was expected.
    #[error("{0}")]
    Key(String),
}

/// A platform's section of the configuration.
#[async_trait]
pub trait Section: Send + Sync {
    /// Which platform.
    fn platform(&self) -> Platform;

    /// Whoever finds it can write to Almanac there, not only people of the company.
    fn is_open(&self) -> bool;

    /// Puts the platform together. Nothing is sent and nothing polled before `listening` runs.
    ///
    /// # Errors
    /// What is wrong with the section.
    fn connect(
        &self,
        services: Services,
        stop: CancellationToken,
    ) -> Result<Connected, SectionError>;

    /// Asks the platform about credentials, scopes and webhook. Changes nothing.
    async fn check(&self, services: Services) -> Vec<Check>;

    /// What is to be pasted on the platform's own pages (an app manifest, a list of commands,
    /// templates), for a service that is reached at `origin`: `https://almanac.example`.
    fn manifest(&self, origin: &str) -> String;
}
