//! What `almanac doctor` asks Telegram.

use serde_json::Value;
use teloxide::payloads::{GetMyCommands, GetMyCommandsSetters, GetWebhookInfo};
use teloxide::types::BotCommandScope;

use super::commands::{Scope, listed};
use super::section::{Hook, Resolved, TelegramSection};
use super::trouble::Trouble;
use crate::Check;

/// Token, privacy, webhook, commands. Where the token is not good, nothing else is asked.
pub(super) async fn check(section: &TelegramSection) -> Vec<Check> {
    let failed = |what, why: String| Check {
        what,
        found: Err(why),
    };
    let Resolved { api, me, hook } = match section.resolved() {
        Ok(resolved) => resolved,
        Err(error) => return vec![failed("token", error.to_string())],
    };
    let bot = match me.ask(&api).await {
        Ok(bot) => bot,
        Err(Trouble::Revoked) => {
            let mend = "Telegram does not know this token: get it from @BotFather with /token and set [telegram] token";
            return vec![failed("token", mend.into())];
        }
        Err(trouble) => return vec![failed("token", trouble.to_string())],
    };
    let name = bot["username"].as_str().unwrap_or("?");
    let mut checks = vec![
        Check {
            what: "token",
            found: Ok(format!("the bot is @{name}")),
        },
        Check {
            what: "groups",
            found: groups(&bot),
        },
    ];
    checks.push(Check {
        what: "webhook",
        found: match api.call(GetWebhookInfo::new()).await {
            Ok(info) => webhook(&info, hook.as_ref()),
            Err(trouble) => Err(trouble.to_string()),
        },
    });
    let asked = GetMyCommands::new().scope(BotCommandScope::AllPrivateChats);
    checks.push(Check {
        what: "commands",
        found: match api.call(asked).await {
            Ok(found) => commands(&found),
            Err(trouble) => Err(trouble.to_string()),
        },
    });
    checks
}

fn groups(bot: &Value) -> Result<String, String> {
    if bot["can_join_groups"] == false {
        return Ok(
            "the bot cannot be added to groups; @BotFather, /setjoingroups changes that".into(),
        );
    }
    Ok(if bot["can_read_all_group_messages"] == true {
        "the bot gets everything said in its groups and leaves what is not for it; @BotFather, /setprivacy, Enable sends it less".into()
    } else {
        "in groups the bot gets what is said to it: mentions, replies and commands".into()
    })
}

fn webhook(info: &Value, hook: Option<&Hook>) -> Result<String, String> {
    let url = info["url"].as_str().unwrap_or_default();
    let waiting = info["pending_update_count"].as_i64().unwrap_or(0);
    match hook {
        None if url.is_empty() => Ok(format!("none, as polling needs; {waiting} updates wait")),
        None => Err(format!(
            "updates are sent to {url} and cannot be polled; start Almanac, which takes that away, or set [telegram] webhook"
        )),
        Some(hook) if url == hook.url() => match info["last_error_message"].as_str() {
            Some(error) => Err(format!(
                "Telegram could not post to {url}: {error}; {waiting} updates wait"
            )),
            None => Ok(format!("{url}; {waiting} updates wait")),
        },
        Some(hook) => Err(format!(
            "Telegram posts to {}, not to {}; start Almanac, which sets it",
            if url.is_empty() { "nobody" } else { url },
            hook.url()
        )),
    }
}

fn commands(found: &Value) -> Result<String, String> {
    let names: Vec<&str> = found
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|command| command["command"].as_str())
        .collect();
    let missing: Vec<String> = listed(Scope::Private)
        .iter()
        .filter(|command| !names.contains(&command.name))
        .map(|command| format!("/{}", command.name))
        .collect();
    if missing.is_empty() {
        Ok(format!("{} are listed", names.len()))
    } else {
        Err(format!(
            "{} are not listed; start Almanac, which sets them",
            missing.join(", ")
        ))
    }
}
