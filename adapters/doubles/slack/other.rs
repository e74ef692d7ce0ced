//! Everything else of the Web API that is used, and the addresses that interactions are answered at.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::call::{Answer, Call, misbehave};
use super::chat::developed;
use super::double::CLIENT;
use super::limits;
use super::state::{Holder, Shown, State};

pub(super) fn act(state: &State, method: &str, call: &Call) -> Answer {
    match method {
        "auth.test" => Ok(
            json!({"url": "https://team.slack.com/", "team": "Team", "user": "almanac",
            "team_id": call.holder.team, "user_id": call.holder.user, "bot_id": "B0BOT",
            "is_enterprise_install": false}),
        ),
        "apps.connections.open" => {
            let address = state.origin.replacen("http", "ws", 1);
            let number = state.with(super::state::Kept::number);
            Ok(json!({"url": format!("{address}/link?ticket={number}")}))
        }
        "conversations.open" => {
            let users = call.text("users").ok_or("users_list_not_supplied")?;
            Ok(json!({"channel": {"id": format!("D{users}")}}))
        }
        "views.open" => {
            call.text("trigger_id").ok_or("invalid_trigger_id")?;
            view(state, method, call, "modal")
        }
        "views.publish" => {
            call.text("user_id").ok_or("invalid_arguments")?;
            view(state, method, call, "home")
        }
        "assistant.threads.setStatus"
        | "assistant.threads.setTitle"
        | "assistant.threads.setSuggestedPrompts" => assistant(state, method, call),
        _ => {
            state.with(|kept| kept.breach(format!("{method} is no method that is known here")));
            Err("unknown_method")
        }
    }
}

fn view(state: &State, method: &str, call: &Call, kind: &str) -> Answer {
    state.with(|kept| {
        limits::view(kept, method, &call.body["view"], kind);
        let mut view = call.body["view"].clone();
        view["id"] = json!(format!("V{:08}", kept.number()));
        Ok(json!({"view": view}))
    })
}

fn assistant(state: &State, method: &str, call: &Call) -> Answer {
    state.with(|kept| {
        let place = ["channel_id", "thread_ts"];
        if place.iter().any(|it| call.text(it).is_none()) {
            kept.breach(format!("{method}: no channel_id or thread_ts"));
            return Err("invalid_arguments");
        }
        if !kept.assistant {
            return Err("not_allowed_token_type");
        }
        let prompts = call.body["prompts"].as_array().map_or(0, Vec::len);
        if prompts > 4 {
            kept.breach(format!("{method}: {prompts} prompts"));
        }
        Ok(json!({}))
    })
}

/// A code becomes a token: "code" of the team "Tcode". Codes are letters and digits.
pub(super) fn access(state: &State, body: &Value) -> Answer {
    if (body["client_id"].as_str(), body["client_secret"].as_str())
        != (Some(CLIENT.0), Some(CLIENT.1))
    {
        return Err("bad_client_secret");
    }
    let is_code = |it: &&str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let code = body["code"].as_str().filter(is_code);
    let code = code.ok_or("invalid_code")?;
    let (team, token) = (format!("T{code}"), format!("xoxb-{code}"));
    state.with(|kept| {
        let holder = Holder {
            team: team.clone(),
            user: format!("U{code}"),
        };
        kept.revoked.retain(|it| *it != token);
        kept.tokens.insert(token.clone(), holder);
    });
    Ok(
        json!({"access_token": token, "token_type": "bot", "scope": "chat:write",
        "bot_user_id": format!("U{code}"), "app_id": "A0APP", "team": {"id": team, "name": code},
        "enterprise": null, "authed_user": {"id": "U1"}, "is_enterprise_install": false}),
    )
}

/// An answer to an interaction.
pub(super) async fn response(
    Of(state): Of<Arc<State>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let fault = state.with(|kept| {
        *kept.called.entry("response".into()).or_default() += 1;
        kept.calls.push_back(("response".into(), body.clone()));
        let faults = kept.faults.get_mut("response");
        faults.and_then(std::collections::VecDeque::pop_front)
    });
    if let Some(fault) = fault {
        return misbehave(fault);
    }
    state.with(|kept| {
        limits::message(kept, "response", &body);
        if developed(kept, &body).is_err() {
            return StatusCode::BAD_REQUEST.into_response();
        }
        let private = body["response_type"] != json!("in_channel");
        let shown = Shown {
            ts: kept.ts(),
            channel: format!("response/{id}"),
            thread: body["thread_ts"].as_str().map(str::to_owned),
            only: private.then(|| id.clone()),
            text: body["text"].as_str().unwrap_or_default().to_owned(),
            blocks: body["blocks"].as_array().cloned().unwrap_or_default(),
            metadata: Value::Null,
            changes: 0,
            streaming: false,
        };
        let uses = kept.shown.iter().filter(|it| it.channel == shown.channel);
        if uses.count() >= 5 {
            return (StatusCode::NOT_FOUND, "used_url").into_response();
        }
        kept.shown.push_back(shown);
        "ok".into_response()
    })
}
