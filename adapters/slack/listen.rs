//! What Slack's part of the service does by itself: says which team the configured token is of, and
//! listens over Socket Mode where it is told to.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::Installation;
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use super::SLACK;
use super::adapter::Slack;
use super::socket;

/// The first and the longest wait after Slack did not say whose the token is.
const WAITS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(60)];

/// Runs until told to stop, or until there is nothing more to do.
pub(super) async fn listen(
    slack: Arc<Slack>,
    bot_token: Option<SecretString>,
    app_token: Option<SecretString>,
    stop: CancellationToken,
) {
    let introduced = async {
        match &bot_token {
            Some(token) => introduce(&slack, token, &stop).await,
            None => None,
        }
    };
    let Some(app_token) = app_token else {
        introduced.await;
        return;
    };
    let listening = socket::listen(Arc::clone(&slack), app_token, stop.clone());
    let (team, ended) = tokio::join!(introduced, listening);
    let Err(failure) = ended else { return };
    error!(%failure, "Socket Mode is closed to us: make a new app-level token");
    if let Some(team) = team {
        park(&slack, &team, "the app-level token was revoked").await;
    }
}

/// Asks whose the token is, until Slack says so. The team, where it is good.
async fn introduce(
    slack: &Slack,
    token: &SecretString,
    stop: &CancellationToken,
) -> Option<String> {
    let mut wait = WAITS[0];
    loop {
        let installations = &slack.services.installations;
        let asked = installations.now().await;
        let failure = match slack.teams.who_am_i(token).await {
            Ok(team) => {
                info!(installation = team.id, "the token is good");
                let kept = Installation {
                    platform: SLACK,
                    id: team.id.clone(),
                    name: team.name,
                    secret: None,
                    parked: None,
                };
                let kept = async { installations.keep(kept, asked?).await };
                match kept.await {
                    Ok(()) => return Some(team.id),
                    Err(error) => error.to_string(),
                }
            }
            Err(failure) if failure.is_revoked() => {
                error!(%failure, "the bot token is not good: install the app anew");
                park_own(slack).await;
                return None;
            }
            Err(failure) => failure.to_string(),
        };
        warn!(failure, "it is not known whose the token is");
        tokio::select! {
            () = stop.cancelled() => return None,
            () = tokio::time::sleep(wait) => wait = (wait * 2).min(WAITS[1]),
        }
    }
}

/// Parks the team that the configured token was of, when that was last known.
async fn park_own(slack: &Slack) {
    let all = slack.services.installations.all(&SLACK).await;
    for own in all.unwrap_or_default() {
        if own.secret.is_none() && own.parked.is_none() {
            park(slack, &own.id, "the bot token was revoked").await;
        }
    }
}

async fn park(slack: &Slack, installation: &str, reason: &str) {
    let installations = &slack.services.installations;
    if let Err(error) = installations.park(&SLACK, installation, reason).await {
        warn!(%error, installation, "an installation was not parked");
    }
}
