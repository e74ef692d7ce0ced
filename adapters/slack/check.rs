//! What `almanac doctor` finds out about Slack: whether the tokens are good and may do what is
//! needed, and where events come in.

use secrecy::SecretString;

use super::api::Api;
use super::failure::Failure;
use super::fields::Fields;
use super::manifest::SCOPES;
use crate::Check;

/// Whose the bot token is.
pub(super) async fn bot_token(api: &Api, token: &SecretString) -> Check {
    let empty = serde_json::json!({});
    let found = match api.call(token, "auth.test", &empty).await {
        Ok(answer) => {
            let fields = Fields(&answer);
            let user = fields.text("/user").unwrap_or("the app");
            let team = fields.text("/team").unwrap_or("its team");
            Ok(format!("{user} in {team}"))
        }
        Err(failure) => Err(format!(
            "[slack] bot_token: {failure}; copy the Bot User OAuth Token (xoxb-) from api.slack.com/apps, OAuth & Permissions{}",
            unreachable(&failure)
        )),
    };
    Check {
        what: "token",
        found,
    }
}

/// Whether the token may do all that is needed.
pub(super) async fn scopes(api: &Api, token: &SecretString) -> Check {
    let found = match api.scopes(token).await {
        Ok(granted) => {
            let missing: Vec<&str> = SCOPES
                .into_iter()
                .filter(|scope| !granted.iter().any(|it| it == scope))
                .collect();
            if missing.is_empty() {
                Ok(format!("{} scopes", SCOPES.len()))
            } else {
                Err(format!(
                    "missing {}; add them at api.slack.com/apps, OAuth & Permissions, Bot Token Scopes, and reinstall the app",
                    missing.join(", ")
                ))
            }
        }
        Err(failure) => Err(format!("not known: {failure}")),
    };
    Check {
        what: "scopes",
        found,
    }
}

/// Whether Socket Mode can be opened.
pub(super) async fn app_token(api: &Api, token: &SecretString) -> Check {
    let empty = serde_json::json!({});
    let found = match api.call(token, "apps.connections.open", &empty).await {
        Ok(_) => Ok("Socket Mode opens".into()),
        Err(failure) => Err(format!(
            "[slack] app_token: {failure}; make an app-level token (xapp-) with the scope connections:write at api.slack.com/apps, Basic Information, and turn on Socket Mode{}",
            unreachable(&failure)
        )),
    };
    Check {
        what: "app token",
        found,
    }
}

/// Where events come in; Slack has no way to ask which address it was given.
pub(super) fn webhook(signed: bool, socket: bool) -> Check {
    let found = match (signed, socket) {
        (_, true) => Ok("events come by Socket Mode: no public address is needed".into()),
        (true, false) => Ok(
            "events come to /slack/events, /slack/interactive and /slack/commands: see that api.slack.com/apps, Event Subscriptions, says Verified".into(),
        ),
        (false, false) => Err(
            "no event can come in: set [slack] signing_secret for webhooks, or app_token for Socket Mode".into(),
        ),
    };
    Check {
        what: "webhook",
        found,
    }
}

fn unreachable(failure: &Failure) -> &'static str {
    match failure {
        Failure::NotSent | Failure::Lost => " (is Slack reachable from this machine?)",
        _ => "",
    }
}
