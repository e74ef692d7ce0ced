//! The teams that let Almanac in and that it answers, and what opens each: the token of the
//! configuration for the team that it is of, and for every other the token that was kept when it was
//! installed there.
//!
//! A team that the configuration neither has the token of nor names is no team of ours, whoever
//! installed the app there: it gets no answer, and nothing of it is kept.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use almanac_agent_contract::{Installation, SendError, Services};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::sync::OnceCell;

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

impl Bot {
    /// What is kept of an installation; nothing where the configuration has its token, or where
    /// what is kept does not open.
    pub(super) fn of(installation: &Installation) -> Option<Self> {
        let secret = installation.secret.as_ref()?;
        let kept: Kept = serde_json::from_str(secret.expose_secret()).ok()?;
        Some(Self {
            token: kept.token.into(),
            user: kept.user,
        })
    }
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
    /// Whose that is: it never changes.
    own_id: OnceCell<String>,
    /// The other teams that are answered, by their ids.
    admitted: Vec<String>,
    known: RwLock<HashMap<String, Bot>>,
}

impl Teams {
    pub(super) fn new(
        api: Api,
        services: Services,
        own: Option<SecretString>,
        admitted: Vec<String>,
    ) -> Self {
        Self {
            api,
            services,
            own,
            own_id: OnceCell::new(),
            admitted,
            known: RwLock::default(),
        }
    }

    /// Whether Almanac answers an installation: the one that the configured token is of, or one that
    /// the configuration names.
    pub(super) async fn admits(&self, id: &str) -> Result<bool, Failure> {
        if self.admitted.iter().any(|it| it == id) {
            return Ok(true);
        }
        match self.own_id().await {
            Ok(own) => Ok(own == Some(id)),
            // A token that is no longer good was of the team that it was last known to be of.
            Err(_) if self.is_last_known(id).await => Ok(true),
            Err(failure) if failure.is_revoked() => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Whose the configured token is; asked once.
    async fn own_id(&self) -> Result<Option<&str>, Failure> {
        let Some(own) = &self.own else {
            return Ok(None);
        };
        let ask = || async { self.who_am_i(own).await.map(|team| team.id) };
        let id = self.own_id.get_or_try_init(ask).await?;
        Ok(Some(id))
    }

    /// Whether the configured token is of this installation, as far as Slack can be asked.
    pub(super) async fn is_own(&self, id: &str) -> bool {
        matches!(self.own_id().await, Ok(Some(own)) if own == id)
    }

    async fn is_last_known(&self, id: &str) -> bool {
        let all = self.services.installations.all(&SLACK).await;
        let mut all = all.into_iter().flatten();
        self.own.is_some() && all.any(|it| it.id == id && it.secret.is_none())
    }

    /// What opens an installation. The operator hears of it where there is nothing.
    pub(super) async fn bot(&self, id: &str) -> Result<Bot, SendError> {
        if let Some(bot) = self.remembered(id) {
            return Ok(bot);
        }
        let named = self.admitted.iter().any(|it| it == id);
        // Whether the configured token is any good is nothing to the teams that have their own.
        let known_as_own = self.own_id.get().is_some_and(|own| own == id);
        if named
            && !known_as_own
            && let Some(bot) = self.kept(id).await?
        {
            return Ok(bot);
        }
        if let Some(bot) = self.own_bot(id).await? {
            return Ok(bot);
        }
        Err(SendError::Refused(if named {
            "the app is not installed there".into()
        } else {
            format!("[slack] teams does not name {id}: nothing is sent there")
        }))
    }

    /// What opens the team of the configured token, where the installation is that.
    async fn own_bot(&self, id: &str) -> Result<Option<Bot>, SendError> {
        let Some(own) = &self.own else {
            return Ok(None);
        };
        let unasked = |failure: Failure| match failure.of_delivery(true) {
            // Of the delivery itself nothing has left.
            SendError::Unknown(reason) => SendError::Retry(reason),
            other => other,
        };
        if self.own_id().await.map_err(unasked)? != Some(id) {
            return Ok(None);
        }
        if self.remembered(id).is_none() {
            self.who_am_i(own).await.map_err(unasked)?;
        }
        let bot = self.remembered(id);
        bot.map(Some)
            .ok_or_else(|| SendError::Retry("the token was just taken away".into()))
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

    async fn kept(&self, id: &str) -> Result<Option<Bot>, SendError> {
        let all = self.services.installations.all(&SLACK).await;
        let all = all.map_err(|error| unavailable(&error))?;
        let found = all.into_iter().find(|it| it.id == id);
        let bot = found.as_ref().and_then(Bot::of);
        if let Some(bot) = &bot {
            self.remember(id, bot.clone());
        }
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
