//! What `almanac doctor` asks the Graph API. Each finding says what to mend and where; nothing is
//! changed, and nobody is sent anything.

use almanac_agent_contract::Language;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value as Json;
use sha2::Sha256;

use super::WEBHOOK_PATH;
use super::errors::Trouble;
use super::graph::Graph;
use super::section::{TemplateNames, WhatsAppSection};
use super::template::{LANGUAGES, code};
use super::templates::{self, Listed, speaks};
use crate::{Check, secret};

/// What the token must be allowed.
const PERMISSIONS: [&str; 2] = [
    "whatsapp_business_messaging",
    "whatsapp_business_management",
];

/// All of it.
pub(super) async fn check(section: &WhatsAppSection) -> Vec<Check> {
    let graph = match section.graph() {
        Ok(graph) => graph,
        Err(error) => return vec![found("token", Err(error.to_string()))],
    };
    let number = &section.phone_number_id;
    let account = &section.business_account_id;
    vec![
        found("token", token(&graph, number).await),
        found("permissions", permissions(&graph).await),
        found("app secret", app_secret(&graph, section).await),
        found("webhook", webhook(&graph, number).await),
        found("subscription", subscription(&graph, account).await),
        found(
            "templates",
            approved(&graph, account, &section.templates).await,
        ),
    ]
}

const fn found(what: &'static str, found: Result<String, String>) -> Check {
    Check { what, found }
}

async fn token(graph: &Graph, number: &str) -> Result<String, String> {
    let fields = "display_phone_number,verified_name,quality_rating,name_status";
    let answer = graph.get(number, &[("fields", fields)]).await.map_err(|trouble| {
        format!(
            "the number {number} cannot be read ({trouble}): look at [whatsapp] access_token and \
             phone_number_id; a system user's token is made in Business Settings > System users"
        )
    })?;
    let text = |key: &str| answer.get(key).and_then(Json::as_str).unwrap_or("unknown");
    Ok(format!(
        "{}, {}, quality {}",
        text("display_phone_number"),
        text("verified_name"),
        text("quality_rating").to_lowercase()
    ))
}

async fn permissions(graph: &Graph) -> Result<String, String> {
    let answer = match graph.get("me/permissions", &[]).await {
        Ok(answer) => answer,
        // Not every kind of token may ask this; sending would tell.
        Err(Trouble::Said(refusal)) if refusal.code == 100 => {
            return Ok("this kind of token does not tell".into());
        }
        Err(trouble) => {
            return Err(format!(
                "the token's permissions cannot be read ({trouble})"
            ));
        }
    };
    let granted: Vec<&str> = answer
        .get("data")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter(|it| it.get("status").and_then(Json::as_str) == Some("granted"))
        .filter_map(|it| it.get("permission")?.as_str())
        .collect();
    let missing: Vec<&str> = PERMISSIONS
        .into_iter()
        .filter(|it| !granted.contains(it))
        .collect();
    if missing.is_empty() {
        return Ok(PERMISSIONS.join(", "));
    }
    Err(format!(
        "the token lacks {}: Business Settings > System users > Generate token, and tick both",
        missing.join(" and ")
    ))
}

/// The API takes a proof that whoever has the token knows the app's secret, and says if it is wrong.
async fn app_secret(graph: &Graph, section: &WhatsAppSection) -> Result<String, String> {
    let app_secret = section.app_secret().map_err(|error| error.to_string())?;
    let token = secret(&section.access_token, "[whatsapp] access_token")
        .map_err(|error| error.to_string())?;
    let Some(proof) = proof(&app_secret, &token) else {
        return Err("[whatsapp] app_secret cannot be used".into());
    };
    let asked = graph
        .get(
            &section.phone_number_id,
            &[("fields", "id"), ("appsecret_proof", &proof)],
        )
        .await;
    match asked {
        Ok(_) => Ok("belongs to the token's app".into()),
        Err(Trouble::Said(refusal)) if refusal.code == 100 => Err(
            "[whatsapp] app_secret is not that of the token's app: every webhook would be turned \
             away; copy it from App Dashboard > App settings > Basic"
                .into(),
        ),
        Err(trouble) => Err(format!("it cannot be proven ({trouble})")),
    }
}

fn proof(app_secret: &SecretString, token: &SecretString) -> Option<String> {
    let mac = Hmac::<Sha256>::new_from_slice(app_secret.expose_secret().as_bytes()).ok()?;
    let mac = mac.chain_update(token.expose_secret().as_bytes());
    Some(hex::encode(mac.finalize().into_bytes()))
}

async fn webhook(graph: &Graph, number: &str) -> Result<String, String> {
    let answer = graph
        .get(number, &[("fields", "webhook_configuration")])
        .await
        .map_err(|trouble| format!("it cannot be read ({trouble})"))?;
    let configured = ["phone_number", "whatsapp_business_account", "application"]
        .into_iter()
        .find_map(|of| {
            answer
                .pointer(&format!("/webhook_configuration/{of}"))?
                .as_str()
        });
    match configured {
        Some(url) if url.ends_with(WEBHOOK_PATH) => Ok(url.to_owned()),
        Some(url) => Err(format!(
            "events go to {url}, which is not {WEBHOOK_PATH} of this service: App Dashboard > \
             WhatsApp > Configuration > Callback URL"
        )),
        None => Err(
            "no callback URL is entered: App Dashboard > WhatsApp > Configuration > Callback URL"
                .into(),
        ),
    }
}

async fn subscription(graph: &Graph, account: &str) -> Result<String, String> {
    let answer = graph
        .get(&format!("{account}/subscribed_apps"), &[])
        .await
        .map_err(|trouble| {
            format!(
                "the account {account} cannot be read ({trouble}): look at [whatsapp] \
                 business_account_id, and assign the account to the system user"
            )
        })?;
    let apps: Vec<&str> = answer
        .get("data")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(|it| it.pointer("/whatsapp_business_api_data/name")?.as_str())
        .collect();
    if apps.is_empty() {
        return Err(format!(
            "no app hears of the account's messages: subscribe it with POST {account}/subscribed_apps"
        ));
    }
    Ok(apps.join(", "))
}

async fn approved(graph: &Graph, account: &str, names: &TemplateNames) -> Result<String, String> {
    let listed = templates::list(graph, account)
        .await
        .map_err(|trouble| format!("they cannot be listed ({trouble})"))?;
    let states: Vec<Result<String, String>> = LANGUAGES
        .into_iter()
        .map(|language| state(&listed, names, language))
        .collect();
    let told = |it: &Result<String, String>| match it {
        Ok(told) | Err(told) => told.clone(),
    };
    let all = states.iter().map(told).collect::<Vec<_>>().join("; ");
    if states.iter().any(Result::is_ok) {
        return Ok(all);
    }
    Err(format!(
        "{all}. Without one, nobody who has not written for a day can be reached: submit what \
         `almanac` prints for WhatsApp at WhatsApp Manager > Message templates"
    ))
}

/// One language: what is approved, or what stands in the way.
fn state(listed: &[Listed], names: &TemplateNames, language: Language) -> Result<String, String> {
    let name = names.of(language);
    let mut named = listed
        .iter()
        .filter(|it| it.name == name && speaks(it, language))
        .peekable();
    if named.peek().is_none() {
        return Err(format!("{name} ({}) is not there", code(language)));
    }
    let mut problems = Vec::new();
    for template in named {
        let told = format!("{name} ({})", template.language);
        if template.status != "APPROVED" {
            problems.push(format!("{told} is {}", template.status.to_lowercase()));
        } else if !template.fillable {
            problems.push(format!("{told} has parts that cannot be filled"));
        } else if !template.button {
            return Ok(format!(
                "{told} is approved, but has no quick reply button to bring the answer"
            ));
        } else {
            return Ok(format!("{told} is approved"));
        }
    }
    Err(problems.join(", "))
}
