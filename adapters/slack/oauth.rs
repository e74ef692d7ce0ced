//! Installing into a team: a browser leaves for Slack with a state of ours, and comes back with it
//! and a code, which is exchanged for the team's token.
//!
//! The state is signed, lives for five minutes, and is in a cookie of that browser, too: nobody can
//! be made to finish what somebody else began. The addresses are public and Slack lets anybody
//! through: a team that the configuration does not name is turned away when it comes back, its token
//! is given back unkept, and the page says what an operator has to write to let it in.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use hmac::{Hmac, KeyInit, Mac};
use maud::html;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use tracing::{info, instrument, warn};

use super::fields::Fields;
use super::manifest::SCOPES;
use super::parse::installation;
use super::teams::Bot;
use super::webhooks::Desk;
use crate::signature::{is_fresh, signed};

const COOKIE: &str = "almanac_install";

/// What identifies the app for installing it.
#[derive(Debug)]
pub(super) struct Install {
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
}

/// "/slack/install": off to Slack.
#[instrument(name = "adapters.install", skip_all)]
pub(super) async fn leave(State(desk): State<Desk>) -> Response {
    let Some(install) = &desk.install else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let now = desk.slack.services.clock.now().as_second();
    let Some(state) = state(install, now) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut url = desk.slack.api.page("/oauth/v2/authorize");
    url.query_pairs_mut()
        .append_pair("client_id", &install.client_id)
        .append_pair("scope", &SCOPES.join(","))
        .append_pair("state", &state);
    let secure = if url.scheme() == "https" {
        "; Secure"
    } else {
        ""
    };
    let cookie =
        format!("{COOKIE}={state}; Path=/slack; HttpOnly; SameSite=Lax; Max-Age=300{secure}");
    let headers = [
        (header::LOCATION, url.to_string()),
        (header::SET_COOKIE, cookie),
    ];
    (StatusCode::FOUND, headers).into_response()
}

/// "/slack/oauth": back from Slack.
#[instrument(name = "adapters.installed", skip_all)]
pub(super) async fn come_back(
    State(desk): State<Desk>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let Some(install) = &desk.install else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let state = query.get("state").map_or("", String::as_str);
    let now = desk.slack.services.clock.now();
    if cookie(&headers) != Some(state) || !is_ours(install, state, now) {
        let told = "This was not begun here, or too long ago. Begin again at /slack/install.";
        return page(StatusCode::FORBIDDEN, told);
    }
    let Some(code) = query.get("code") else {
        let told = "Almanac was not installed: Slack gave no permission.";
        return page(StatusCode::OK, told);
    };
    let secret = &install.client_secret;
    let exchanged = desk
        .slack
        .api
        .exchange(&install.client_id, secret, code)
        .await;
    let answer = match exchanged {
        Ok(answer) => answer,
        Err(failure) => {
            warn!(%failure, "an installation was not finished");
            let told = "Slack did not accept that. Begin again at /slack/install.";
            return page(StatusCode::BAD_GATEWAY, told);
        }
    };
    let fields = Fields(&answer);
    let wide = fields.is("/is_enterprise_install");
    let id = installation(
        wide,
        fields.owned("/enterprise/id"),
        fields.owned("/team/id"),
    );
    let (Some(id), Some(token)) = (id, fields.text("/access_token")) else {
        let told = "Slack's answer has no token. Begin again at /slack/install.";
        return page(StatusCode::BAD_GATEWAY, told);
    };
    let name = if wide {
        "/enterprise/name"
    } else {
        "/team/name"
    };
    let name = fields.owned(name);
    match desk.slack.teams.admits(&id).await {
        Ok(true) => {}
        Ok(false) => {
            warn!(
                installation = id,
                "a team that [slack] teams does not name was turned away"
            );
            desk.slack.api.give_back(&token.to_owned().into()).await;
            return turned_away(&id, name.as_deref());
        }
        Err(failure) => {
            warn!(%failure, "it is not known who is let in");
            // It may be the configured team, whose token this is: nothing is given back.
            let told = "Almanac could not look that up just now. Begin again at /slack/install.";
            return page(StatusCode::SERVICE_UNAVAILABLE, told);
        }
    }
    let bot = Bot {
        token: token.to_owned().into(),
        user: fields.owned("/bot_user_id"),
    };
    if let Err(error) = desk.slack.teams.keep(&id, name.clone(), bot).await {
        warn!(%error, installation = id, "an installation was not kept");
        let told = "Almanac could not keep that just now. Begin again at /slack/install.";
        return page(StatusCode::SERVICE_UNAVAILABLE, told);
    }
    info!(installation = id, "installed");
    let name = name.unwrap_or(id);
    let told = format!(
        "Almanac is installed in {name}. Invite it to a channel with /invite, or write to it directly."
    );
    page(StatusCode::OK, &told)
}

/// Who may change the configuration knows what is to be done; whoever may not has learnt nothing.
fn turned_away(id: &str, name: Option<&str>) -> Response {
    let name = name.unwrap_or(id);
    let told = format!(
        "Almanac was not installed in {name}: whoever runs it here has not let that team in. If that is you, add \"{id}\" to teams in the section [slack] of almanac.toml, so that it reads teams = [\"{id}\"], start Almanac again, and begin again at /slack/install."
    );
    page(StatusCode::FORBIDDEN, &told)
}

fn page(status: StatusCode, told: &str) -> Response {
    let page = html! {
        (maud::DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "Almanac" } }
            body { p { (told) } }
        }
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, Html(page.into_string())).into_response()
}

/// The time, something that cannot be guessed, and the signature of both.
fn state(install: &Install, now: i64) -> Option<String> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).ok()?;
    let claim = format!("{now}.{}", hex::encode(random));
    let key = install.client_secret.expose_secret().as_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(claim.as_bytes());
    let signature = hex::encode(mac.finalize().into_bytes());
    Some(format!("{claim}.{signature}"))
}

fn is_ours(install: &Install, state: &str, now: jiff::Timestamp) -> bool {
    let Some((claim, signature)) = state.rsplit_once('.') else {
        return false;
    };
    let begun = claim.split('.').next().unwrap_or_default();
    signed(&install.client_secret, &[claim.as_bytes()], signature) && is_fresh(begun, now)
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get(header::COOKIE)?.to_str().ok()?;
    all.split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value)
}
