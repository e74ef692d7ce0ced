//! What is set at Telegram when the bot begins: how updates come, and which commands are listed.

use almanac_agent_contract::{Installation, Language, LineError};
use serde::Serialize;
use serde_json::Value;
use teloxide::payloads::{DeleteWebhook, SetMyCommands, SetMyCommandsSetters};
use teloxide::requests::Payload;
use teloxide::types::{BotCommand, BotCommandScope};
use tracing::{info, warn};

use super::TELEGRAM;
use super::api::Api;
use super::commands::{Scope, listed};
use super::intake::Intake;
use super::listen::Pause;
use super::section::Hook;
use super::trouble::Trouble;
use super::update::WANTED;

/// The languages that commands are listed in: for everybody, and for people with these.
pub(super) const LISTED: [(Option<&str>, Language); 3] = [
    (None, Language::En),
    (Some("es"), Language::Es),
    (Some("pt"), Language::Pt),
];

/// `setWebhook` as JSON: teloxide's own makes a form, for certificates that are of no use here.
#[derive(Clone, Serialize)]
struct SetWebhook {
    url: String,
    secret_token: String,
    max_connections: u8,
    allowed_updates: &'static [&'static str],
}

impl Payload for SetWebhook {
    type Output = Value;
    const NAME: &'static str = "SetWebhook";
}

/// Makes the bot known to us and us to Telegram. Changing nothing twice, it may be done again.
pub(super) async fn begin(intake: &Intake, hook: Option<&Hook>) -> Result<(), Trouble> {
    let installations = &intake.services.installations;
    let asked = installations.now().await;
    let me = intake.me.ask(&intake.api).await?;
    let name = me["username"].as_str().map(|name| format!("@{name}"));
    info!(bot = intake.me.id, "the bot is known to Telegram");
    let installation = Installation {
        platform: TELEGRAM,
        id: intake.me.installation(),
        name,
        secret: None,
        parked: None,
    };
    let kept = async { installations.keep(installation, asked?).await };
    if let Err(error) = kept.await {
        warn!(%error, "the bot was not noted");
    }
    match hook {
        Some(hook) => {
            let set = SetWebhook {
                url: hook.url(),
                secret_token: hook.secret(),
                max_connections: 40,
                allowed_updates: WANTED,
            };
            intake.api.call(set).await?;
        }
        None => {
            intake.api.call(DeleteWebhook::new()).await?;
        }
    }
    list_commands(&intake.api).await
}

async fn list_commands(api: &Api) -> Result<(), Trouble> {
    for (scope, at) in [
        (Scope::Private, BotCommandScope::AllPrivateChats),
        (Scope::Group, BotCommandScope::AllGroupChats),
    ] {
        for (code, language) in LISTED {
            let commands = listed(scope)
                .iter()
                .map(|command| BotCommand::new(command.name, command.about(language)));
            let mut set = SetMyCommands::new(commands).scope(at.clone());
            set.language_code = code.map(str::to_owned);
            api.call(set).await?;
        }
    }
    Ok(())
}

/// Notes that the token opens nothing any more, as soon as that can be noted; admins are told once.
pub(super) async fn park(intake: &Intake) {
    let id = intake.me.installation();
    let mut pause = Pause::default();
    while let Err(error) = parked(intake, &id).await {
        warn!(%error, "a bot whose token was revoked could not be parked");
        tokio::time::sleep(pause.next()).await;
    }
}

async fn parked(intake: &Intake, id: &str) -> Result<(), LineError> {
    let installations = &intake.services.installations;
    let known = installations.all(&TELEGRAM).await?;
    if !known.iter().any(|it| it.id == id) {
        let installation = Installation {
            platform: TELEGRAM,
            id: id.to_owned(),
            name: None,
            secret: None,
            parked: None,
        };
        let now = installations.now().await?;
        installations.keep(installation, now).await?;
    }
    let reason = "Telegram does not know the bot's token: @BotFather gives a new one with /token";
    installations.park(&TELEGRAM, id, reason).await?;
    Ok(())
}
