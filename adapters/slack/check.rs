//! What `almanac doctor` finds out about Slack: whether the tokens are good and may do what is
//! needed, those of installed teams too, which teams are let in, and where events come in.

use almanac_agent_contract::Installation;
use secrecy::SecretString;

use super::api::Api;
use super::failure::Failure;
use super::fields::Fields;
use super::manifest::SCOPES;
use super::oauth::Install;
use super::teams::{Bot, Teams};
use crate::Check;

/// What is asked to be exchanged for a token, to hear what Slack says of the client: it never gave
/// such a code.
const NO_CODE: &str = "almanac-doctor";

/// By which doors teams come in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Doors<'a> {
    /// The teams that the configuration names.
    pub(super) named: &'a [String],
    /// It has the token of one.
    pub(super) own: bool,
}

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
    Check {
        what: "scopes",
        found: granted(api, token).await,
    }
}

async fn granted(api: &Api, token: &SecretString) -> Result<String, String> {
    let granted = api.scopes(token).await;
    let granted = granted.map_err(|failure| format!("not known: {failure}"))?;
    let missing: Vec<&str> = SCOPES
        .into_iter()
        .filter(|scope| !granted.iter().any(|it| it == scope))
        .collect();
    if missing.is_empty() {
        return Ok(format!("{} scopes", SCOPES.len()));
    }
    Err(format!(
        "missing {}; add them at api.slack.com/apps, OAuth & Permissions, Bot Token Scopes, and reinstall the app",
        missing.join(", ")
    ))
}

/// Whether Slack knows the client that teams install by.
pub(super) async fn client(api: &Api, install: &Install) -> Check {
    let secret = &install.client_secret;
    let exchanged = api.exchange(&install.client_id, secret, NO_CODE).await;
    let found = match exchanged {
        Err(failure) if failure.code() == "invalid_code" => {
            Ok("Slack knows client_id and client_secret".into())
        }
        Err(failure @ Failure::Api(_)) => Err(format!(
            "[slack] client_id, client_secret: {failure}; copy both from api.slack.com/apps, Basic Information, App Credentials"
        )),
        Err(failure) => Err(format!("not known: {failure}{}", unreachable(&failure))),
        Ok(_) => Err("Slack gave a token for a code that it never gave".into()),
    };
    Check {
        what: "client",
        found,
    }
}

/// Which teams are let in, and whether what opens each that installed it is still good. One that is
/// parked is told of by itself.
pub(super) async fn teams(
    api: &Api,
    teams: &Teams,
    all: &[Installation],
    doors: Doors<'_>,
) -> Vec<Check> {
    let mut checks = vec![Check {
        what: "teams",
        found: let_in(doors),
    }];
    for installation in all.iter().filter(|it| it.parked.is_none()) {
        // The configuration has that one's token.
        let own = teams.is_own(&installation.id).await;
        let found = match (Bot::of(installation), teams.admits(&installation.id).await) {
            (_, Err(failure)) => Err(format!("not known: {failure}")),
            (Some(bot), Ok(true)) => installed(api, &bot.token).await,
            (Some(_), Ok(false)) => Err(
                "it is installed there and not answered, because [slack] teams does not name it: name it, or have that team remove the app".into(),
            ),
            (None, Ok(true)) if !own && doors.named.contains(&installation.id) => Err(
                "its token does not open with this ALMANAC_SECRET_KEY: install it anew at /slack/install".into(),
            ),
            // The configuration has its token, or had.
            (None, Ok(_)) => continue,
        };
        let name = match &installation.name {
            Some(name) => format!("{name} ({})", installation.id),
            None => installation.id.clone(),
        };
        let named = |told: String| format!("{name}: {told}");
        checks.push(Check {
            what: "team",
            found: found.map(named).map_err(named),
        });
    }
    checks
}

fn let_in(doors: Doors<'_>) -> Result<String, String> {
    let named = doors.named.join(", ");
    match (doors.own, doors.named.is_empty()) {
        (true, true) => Ok("the team of bot_token alone".into()),
        (true, false) => Ok(format!("the team of bot_token, and {named}")),
        (false, false) => Ok(named),
        (false, true) => Err(
            "nobody may install it: name the ids of your teams in [slack] teams; whoever is turned away at /slack/oauth is told the id".into(),
        ),
    }
}

async fn installed(api: &Api, token: &SecretString) -> Result<String, String> {
    let empty = serde_json::json!({});
    let answer = api.call(token, "auth.test", &empty).await;
    let answer = answer.map_err(|failure| {
        let near = unreachable(&failure);
        format!("{failure}; install it anew at /slack/install{near}")
    })?;
    let user = Fields(&answer).owned("/user");
    let scopes = granted(api, token).await?;
    Ok(format!(
        "{}, {scopes}",
        user.as_deref().unwrap_or("the app")
    ))
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
