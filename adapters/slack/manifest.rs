//! The app as Slack is told of it: pasted on api.slack.com under "Create New App", "From a manifest".

use serde_json::{Value, json};

use super::modal::Form;
use super::words as own;
use almanac_agent_contract::Language;

/// What the app may do, each for a reason that the README page gives.
pub(super) const SCOPES: [&str; 12] = [
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "im:history",
    "im:write",
    "metadata.message:read",
    "mpim:history",
];

/// What Slack is to tell of.
pub(super) const EVENTS: [&str; 10] = [
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "assistant_thread_context_changed",
    "assistant_thread_started",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "tokens_revoked",
];

/// The callback of the shortcut on messages, and of the one on nothing.
const SHORTCUTS: [(&str, &str, &str); 2] = [
    ("message", "Ask Almanac about this", "ask_about_message"),
    ("global", "Ask Almanac", "ask"),
];

/// The manifest of a service that is reached at `origin`, or that listens by itself.
pub(super) fn manifest(origin: &str, socket_mode: bool, language: Language) -> String {
    let origin = origin.trim_end_matches('/');
    let at = |path: &str| format!("{origin}/slack/{path}");
    let mut manifest = json!({
        "display_information": {
            "name": "Almanac",
            "description": "Answers questions about your numbers",
            "long_description": "Ask Almanac about the numbers of your company in a channel, a thread or a direct message. It answers with the number, a chart, the period it is about and what it rests on, and every number comes from metrics that your team has defined.",
            "background_color": "#1f3a34",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": true,
                "messages_tab_enabled": true,
                "messages_tab_read_only_enabled": false,
            },
            "bot_user": {"display_name": "Almanac", "always_online": true},
            "shortcuts": SHORTCUTS.map(|(kind, name, callback)| json!({
                "type": kind, "name": name, "callback_id": callback,
                "description": own::form(Form::Ask, language).hint,
            })),
            "slash_commands": [{
                "command": "/almanac",
                "description": "Ask about your numbers",
                "usage_hint": "revenue last week by country | help",
                "should_escape": true,
            }],
            "assistant_view": {
                "assistant_description": "Answers questions about your numbers",
            },
        },
        "oauth_config": {
            "redirect_urls": [at("oauth")],
            "scopes": {"bot": SCOPES},
        },
        "settings": {
            "event_subscriptions": {"bot_events": EVENTS},
            "interactivity": {"is_enabled": true},
            "org_deploy_enabled": false,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": false,
        },
    });
    if !socket_mode {
        let settings = &mut manifest["settings"];
        settings["event_subscriptions"]["request_url"] = json!(at("events"));
        settings["interactivity"]["request_url"] = json!(at("interactive"));
        settings["interactivity"]["message_menu_options_url"] = json!(at("interactive"));
        manifest["features"]["slash_commands"][0]["url"] = json!(at("commands"));
    }
    if !origin.starts_with("https://") {
        // Slack takes no other address.
        remove(&mut manifest, "oauth_config", "redirect_urls");
    }
    serde_json::to_string_pretty(&manifest).unwrap_or_default()
}

fn remove(manifest: &mut Value, part: &str, name: &str) {
    if let Some(part) = manifest[part].as_object_mut() {
        part.remove(name);
    }
}
