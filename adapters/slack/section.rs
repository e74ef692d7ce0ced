//! The section `[slack]` of the configuration, and how a platform is made of it.
//!
//! One team: `bot_token`. Several: `client_id` and `client_secret`, and in the teams that `teams` names
//! people open "/slack/install".
//! Events come in by webhooks (`signing_secret`) or, without a public address, by Socket Mode
//! (`app_token`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use almanac_agent_contract::{Language, Platform, Services};
use async_trait::async_trait;
use secrecy::SecretString;
use serde::Deserialize;
use tokio_util::sync::CancellationToken;

use super::SLACK;
use super::adapter::Slack;
use super::api::Api;
use super::oauth::Install;
use super::teams::Teams;
use super::webhooks::{Desk, router};
use super::{check, listen, manifest};
use crate::{Check, Connected, Section, SectionError, secret};

/// The real one.
pub(super) const API: &str = "https://slack.com/api";

/// The section `[slack]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SlackSection {
    /// What webhooks are signed with: Basic Information, App Credentials, Signing Secret.
    pub signing_secret: Option<SecretString>,
    /// The token of one team ("xoxb-"): OAuth & Permissions.
    pub bot_token: Option<SecretString>,
    /// The token for Socket Mode ("xapp-"): Basic Information, App-Level Tokens.
    pub app_token: Option<SecretString>,
    /// For installing into several teams: Basic Information, App Credentials, Client ID.
    pub client_id: Option<String>,
    /// With it, Client Secret.
    pub client_secret: Option<SecretString>,
    /// The ids of the teams ("T…") and enterprises ("E…") that it may be installed in and that are
    /// answered, beside the one of `bot_token`.
    pub teams: Vec<String>,
    /// Another address than `https://slack.com/api`: of a stand-in.
    pub api_url: Option<String>,
}

/// The section with its secrets resolved.
struct Resolved {
    api: Api,
    signing_secret: Option<SecretString>,
    bot_token: Option<SecretString>,
    app_token: Option<SecretString>,
    install: Option<Install>,
}

fn is_team(id: &str) -> bool {
    id.starts_with(['T', 'E']) && id.bytes().all(|b| b.is_ascii_alphanumeric())
}

impl SlackSection {
    fn resolve(&self) -> Result<Resolved, SectionError> {
        let given = |value: &Option<SecretString>, whose: &str| {
            let value = value.as_ref().map(|value| secret(value, whose));
            value.transpose()
        };
        let wrong = |text: &str| Err(SectionError::Key(format!("[slack] {text}")));
        let client_secret = given(&self.client_secret, "[slack] client_secret")?;
        let install = match (&self.client_id, client_secret) {
            (Some(client_id), Some(client_secret)) => Some(Install {
                client_id: client_id.clone(),
                client_secret,
            }),
            (None, None) => None,
            _ => return wrong("client_id and client_secret: expected both or neither"),
        };
        let resolved = Resolved {
            api: Api::at(self.api_url.as_deref().unwrap_or(API))?,
            signing_secret: given(&self.signing_secret, "[slack] signing_secret")?,
            bot_token: given(&self.bot_token, "[slack] bot_token")?,
            app_token: given(&self.app_token, "[slack] app_token")?,
            install,
        };
        if let Some(team) = self.teams.iter().find(|team| !is_team(team)) {
            return wrong(&format!(
                "teams has \"{team}\": expected a team's id (T…) or an enterprise's (E…), as /slack/oauth tells it"
            ));
        }
        if resolved.bot_token.is_none() && resolved.install.is_none() {
            return wrong("expected bot_token, or client_id and client_secret");
        }
        if resolved.signing_secret.is_none() && resolved.app_token.is_none() {
            return wrong("expected signing_secret for webhooks, or app_token for Socket Mode");
        }
        Ok(resolved)
    }

    async fn check_teams(&self, resolved: &Resolved, services: Services) -> Vec<Check> {
        let (api, own) = (resolved.api.clone(), resolved.bot_token.clone());
        let named = self.teams.as_slice();
        let open = check::Doors {
            named,
            own: own.is_some(),
        };
        let all = services.installations.all(&SLACK).await;
        let teams = Teams::new(api.clone(), services, own, named.to_vec());
        match all {
            Ok(all) => check::teams(&api, &teams, &all, open).await,
            Err(error) => vec![Check {
                what: "teams",
                found: Err(format!("not known: {error}")),
            }],
        }
    }
}

#[async_trait]
impl Section for SlackSection {
    fn platform(&self) -> Platform {
        SLACK
    }

    fn is_open(&self) -> bool {
        false
    }

    fn connect(
        &self,
        services: Services,
        stop: CancellationToken,
    ) -> Result<Connected, SectionError> {
        let Resolved {
            api,
            signing_secret,
            bot_token,
            app_token,
            install,
        } = self.resolve()?;
        let admitted = self.teams.clone();
        let teams = Teams::new(api.clone(), services.clone(), bot_token.clone(), admitted);
        let slack = Arc::new(Slack {
            api,
            teams,
            services,
            shown: Mutex::new(HashMap::new()),
        });
        let desk = Desk {
            slack: Arc::clone(&slack),
            signing_secret,
            install: install.map(Arc::new),
        };
        let listening = listen::listen(Arc::clone(&slack), bot_token, app_token, stop);
        Ok(Connected {
            adapter: slack,
            webhooks: Some(router(desk)),
            listening: Some(Box::pin(listening)),
        })
    }

    async fn check(&self, services: Services) -> Vec<Check> {
        let resolved = match self.resolve() {
            Ok(resolved) => resolved,
            Err(error) => {
                return vec![Check {
                    what: "configuration",
                    found: Err(error.to_string()),
                }];
            }
        };
        let mut checks = Vec::new();
        if let Some(token) = &resolved.bot_token {
            checks.push(check::bot_token(&resolved.api, token).await);
            checks.push(check::scopes(&resolved.api, token).await);
        }
        if let Some(install) = &resolved.install {
            checks.push(check::client(&resolved.api, install).await);
        }
        checks.extend(self.check_teams(&resolved, services).await);
        if let Some(token) = &resolved.app_token {
            checks.push(check::app_token(&resolved.api, token).await);
        }
        let (signed, socket) = (
            resolved.signing_secret.is_some(),
            resolved.app_token.is_some(),
        );
        checks.push(check::webhook(signed, socket));
        checks
    }

    fn manifest(&self, origin: &str) -> String {
        manifest::manifest(origin, self.app_token.is_some(), Language::En)
    }
}
