//! What `almanac doctor` asks Discord: whether the token is good, whether messages may be read,
//! whether the commands are there, and whether interactions over HTTP would be believed.

use almanac_agent_contract::Services;
use serenity::http::Route;

use super::commands;
use super::endpoint::PATH;
use super::failure::Failure;
use super::me::{Application, OwnUser};
use super::rest::{Call, Rest, at};
use super::section::DiscordSection;
use crate::Check;

/// Asks everything there is to ask. Changes nothing.
pub(super) async fn check(section: &DiscordSection, services: Services) -> Vec<Check> {
    let almanac = match section.open(services) {
        Ok(almanac) => almanac,
        Err(error) => return vec![found("section", Err(error.to_string()))],
    };
    let rest = &almanac.rest;
    let user: Result<OwnUser, Failure> = rest.fetch(Call::get(at(Route::UserMe))).await;
    let user = match user {
        Ok(user) => user,
        Err(error) if error.is_revoked() => {
            let mend = "Discord does not take it: reset it under Bot in the developer portal";
            return vec![found("token", Err(mend.into()))];
        }
        Err(error) => return vec![found("token", Err(error.to_string()))],
    };
    let mut checks = vec![found("token", Ok(format!("it is {}'s", user.username)))];
    let asked: Result<Application, Failure> =
        rest.fetch(Call::get("/api/v10/applications/@me")).await;
    let application = match asked {
        Ok(application) => application,
        Err(error) => {
            checks.push(found("application", Err(error.to_string())));
            return checks;
        }
    };
    checks.push(found("application", of_section(section, &application)));
    checks.push(found("intents", intents(&application)));
    checks.push(found(
        "commands",
        registered(rest, section, &application, &almanac.guilds).await,
    ));
    checks.push(found("interactions", interactions(section, &application)));
    checks
}

fn found(what: &'static str, found: Result<String, String>) -> Check {
    Check { what, found }
}

fn of_section(section: &DiscordSection, application: &Application) -> Result<String, String> {
    let id = application.id.to_string();
    match &section.application_id {
        Some(said) if *said != id => Err(format!(
            "the token is of application {id}, and [discord] application_id says {said}"
        )),
        _ => Ok(format!("{} ({id})", application.name)),
    }
}

fn intents(application: &Application) -> Result<String, String> {
    if application.reads_messages() {
        return Ok("messages may be read".into());
    }
    Err(
        "switch on \"Message Content Intent\" under Bot in the developer portal: without it, \
         every question in a thread needs a mention"
            .into(),
    )
}

async fn registered(
    rest: &Rest,
    section: &DiscordSection,
    application: &Application,
    guilds: &[serenity::all::GuildId],
) -> Result<String, String> {
    for (route, ours) in commands::places(application.id, guilds) {
        match commands::stand(rest, route, &ours).await {
            Ok(true) => {}
            Ok(false) => {
                return Err("they differ: they are told to Discord when Almanac starts".into());
            }
            Err(Failure::Answered {
                status: 403 | 404, ..
            }) => {
                let ids = section.guilds.join(", ");
                return Err(format!(
                    "Almanac is not in all of the servers {ids}: invite it with the scope \
                     applications.commands"
                ));
            }
            Err(error) => return Err(error.to_string()),
        }
    }
    Ok("Discord has them".into())
}

fn interactions(section: &DiscordSection, application: &Application) -> Result<String, String> {
    match (&application.interactions_endpoint_url, &section.public_key) {
        (None, _) => Ok("they come over the gateway".into()),
        (Some(url), None) => Err(format!(
            "they are sent to {url}, where nobody would believe them: put the public key under \
             General Information into [discord] public_key, or clear the address"
        )),
        (Some(_), Some(key)) if !key.trim().eq_ignore_ascii_case(&application.verify_key) => {
            Err("[discord] public_key is not the one under General Information".into())
        }
        (Some(url), Some(_)) if !url.ends_with(PATH) => {
            Err(format!("they are sent to {url}: it should end with {PATH}"))
        }
        (Some(url), Some(_)) => Ok(format!("they are sent to {url}")),
    }
}
