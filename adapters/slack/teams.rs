//! The teams that let Almanac in, and what opens each: the token of the configuration for the team
//! that it is of, and for every other the token that was kept when it was installed there.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use almanac_agent_contract::{Installation, SendError, Services};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::SLACK;
use super::api::Api;
use super::failure::Failure;
use super::fields::Fields;
use super::parse::installation;

/// What opens one team.
#[derive(Debug, Clone)]
pub(super) struct Bot {
    pub(super) token: SecretString,
    /// Our own user there.
    pub(super) user: Option<String>,
}

/// As it is kept: encrypted, by whoever keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    token: String,
    user: Option<String>,
}

/// The teams. What is remembered here is remembered for speed alone.
#[derive(Debug)]
pub(super) struct Teams {
    api: Api,
    services: Services,
    /// The token of the configuration.
    own: Option<SecretString>,
    /// Nobody can install it anywhere else.
    alone: bool,
    known: RwLock<HashMap<String, Bot>>,
}

impl Teams {
    pub(super) fn new(
        api: Api,
        services: Services,
        own: Option<SecretString>,
        alone: bool,
    ) -> Self {
        Self {
            api,
            services,
            own,
            alone,
            known: RwLock::default(),
        }
    }

    /// What opens an installation. The operator hears of it where there is nothing.
    pub(super) async fn bot(&self, id: &str) -> Result<Bot, SendError> {
        if let Some(bot) = self.remembered(id) {
            return Ok(bot);
        }
        if let Some(own) = &self.own {
            if self.alone {
                return Ok(Bot {
                    token: own.clone(),
                    user: None,
                });
            }
            let team = self.who_am_i(own).await;
            let team = team.map_err(|failure| failure.of_delivery(true))?;
            if team.id == id {
                return self
                    .remembered(id)
                    .ok_or_else(|| SendError::Retry("the token was just taken away".into()));
            }
        }
        self.kept(id).await
    }

    /// Our own user in an installation, where that is known without asking.
    pub(super) fn user(&self, id: &str) -> Option<String> {
        self.remembered(id)?.user
    }

    /// The token that was kept is another than this one: it was installed anew, through another
    /// replica.
    pub(super) async fn renewed(&self, id: &str, old: &SecretString) -> Option<Bot> {
        self.forget(id);
        let bot = self.bot(id).await.ok()?;
        let same = bot.token.expose_secret() == old.expose_secret();
        (!same).then_some(bot)
    }

    /// Forgets what opened an installation.
    pub(super) fn forget(&self, id: &str) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.remove(id);
    }

    /// Asks Slack whose a token is, and remembers it.
    pub(super) async fn who_am_i(&self, token: &SecretString) -> Result<Team, Failure> {
        let empty = serde_json::json!({});
        let answer = self.api.call(token, "auth.test", &empty).await?;
        let fields = Fields(&answer);
        let wide = fields.is("/is_enterprise_install");
        let (enterprise, team) = (fields.owned("/enterprise_id"), fields.owned("/team_id"));
        let id = installation(wide, enterprise, team).ok_or(Failure::Lost)?;
        let bot = Bot {
            token: token.clone(),
            user: fields.owned("/user_id"),
        };
        self.remember(&id, bot);
        Ok(Team {
            id,
            name: fields.owned("/team"),
            user: fields.owned("/user"),
        })
    }

    /// Keeps what an installation brought, for all replicas.
    pub(super) async fn keep(
        &self,
        id: &str,
        name: Option<String>,
        bot: Bot,
    ) -> Result<(), SendError> {
        let kept = Kept {
            token: bot.token.expose_secret().to_owned(),
            user: bot.user.clone(),
        };
        let secret = serde_json::to_string(&kept).map_err(|error| unavailable(&error))?;
        let kept = Installation {
            platform: SLACK,
            id: id.to_owned(),
            name,
            secret: Some(secret.into()),
            parked: None,
        };
        let installations = &self.services.installations;
        let kept = async { installations.keep(kept, installations.now().await?).await };
        kept.await.map_err(|error| unavailable(&error))?;
        self.remember(id, bot);
        Ok(())
    }

    async fn kept(&self, id: &str) -> Result<Bot, SendError> {
        let all = self.services.installations.all(&SLACK).await;
        let all = all.map_err(|error| unavailable(&error))?;
        let secret = all.into_iter().find(|it| it.id == id);
        let secret = secret.and_then(|it| it.secret);
        let kept: Option<Kept> =
            secret.and_then(|it| serde_json::from_str(it.expose_secret()).ok());
        let Some(kept) = kept else {
            return Err(SendError::Refused("the app is not installed there".into()));
        };
        let bot = Bot {
            token: kept.token.into(),
            user: kept.user,
        };
        self.remember(id, bot.clone());
        Ok(bot)
    }

    fn remembered(&self, id: &str) -> Option<Bot> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.get(id).cloned()
    }

    fn remember(&self, id: &str, bot: Bot) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(id.to_owned(), bot);
    }
}

/// Whose a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Team {
    pub(super) id: String,
    pub(super) name: Option<String>,
    /// Our own user's name.
    pub(super) user: Option<String>,
}

fn unavailable(error: &dyn std::fmt::Display) -> SendError {
    SendError::Retry(error.to_string())
}
