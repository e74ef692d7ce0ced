//! The commands people see when they type a slash, and the entry in a message's menu.
//!
//! They are told to Discord when it is connected to, in one request, and only where it has others.

use serde_json::{Value, json};
use serenity::all::{ApplicationId, GuildId, LightMethod};
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::http::Route;
use serenity::model::application::{
    CommandOptionType, CommandType, InstallationContext, InteractionContext,
};

use super::failure::Failure;
use super::rest::{Call, Rest, at};
use super::words::{self, Said};

/// `/ask`
pub(super) const ASK: &str = "ask";
/// `/follow`
pub(super) const FOLLOW: &str = "follow";
/// `/alerts`
pub(super) const ALERTS: &str = "alerts";
/// `/digest`
pub(super) const DIGEST: &str = "digest";
/// `/help`
pub(super) const HELP: &str = "help";
/// The name in a message's menu.
pub(super) const ABOUT_THIS: &str = words::ABOUT_THIS.en;
/// The option with a question.
pub(super) const QUESTION: &str = "question";
/// The option with a metric.
pub(super) const METRIC: &str = "metric";
/// The option that keeps an answer to oneself.
pub(super) const PRIVATE: &str = "private";

/// What is said in one language.
type In = fn(&Said) -> &'static str;

/// Locales of Discord's that our languages are.
const LOCALES: [(&str, In); 3] = [
    ("es-ES", |said| said.es),
    ("es-419", |said| said.es),
    ("pt-BR", |said| said.pt),
];

/// All of them, everywhere they are to be had; `None` for those of one server.
pub(super) fn all(contexts: Option<&[InteractionContext]>) -> Vec<CreateCommand> {
    let metric = |required| {
        option(CommandOptionType::String, METRIC, &words::METRIC, required).set_autocomplete(true)
    };
    let private = option(CommandOptionType::Boolean, PRIVATE, &words::PRIVATE, false);
    let question =
        option(CommandOptionType::String, QUESTION, &words::QUESTION, true).set_autocomplete(true);
    let mut all = vec![
        slash(ASK, &words::ASK).set_options(vec![question, private]),
        slash(FOLLOW, &words::FOLLOW).set_options(vec![metric(true)]),
        slash(ALERTS, &words::ALERTS).set_options(vec![metric(false)]),
        slash(DIGEST, &words::DIGEST),
        slash(HELP, &words::HELP),
    ];
    let mut menu = CreateCommand::new(ABOUT_THIS).kind(CommandType::Message);
    for (locale, of) in LOCALES {
        menu = menu.name_localized(locale, of(&words::ABOUT_THIS));
    }
    all.push(menu);
    let Some(contexts) = contexts else {
        return all;
    };
    all.into_iter()
        .map(|command| {
            command
                .contexts(contexts.to_vec())
                .integration_types(vec![InstallationContext::Guild])
        })
        .collect()
}

fn slash(name: &str, description: &Said) -> CreateCommand {
    let mut command = CreateCommand::new(name)
        .kind(CommandType::ChatInput)
        .description(description.en);
    for (locale, of) in LOCALES {
        command = command.description_localized(locale, of(description));
    }
    command
}

fn option(
    kind: CommandOptionType,
    name: &str,
    description: &Said,
    required: bool,
) -> CreateCommandOption {
    let mut option = CreateCommandOption::new(kind, name, description.en).required(required);
    for (locale, of) in LOCALES {
        option = option.description_localized(locale, of(description));
    }
    option
}

/// Where commands are told to Discord, and those that belong there. Where there are servers of
/// one's own to have them in at once, the rest of the world has them in direct messages only:
/// otherwise those servers would show every command twice.
pub(super) fn places(
    application: ApplicationId,
    guilds: &[GuildId],
) -> Vec<(Route<'static>, Value)> {
    let everywhere = if guilds.is_empty() {
        vec![InteractionContext::Guild, InteractionContext::BotDm]
    } else {
        vec![InteractionContext::BotDm]
    };
    let mut places = vec![(
        Route::Commands {
            application_id: application,
        },
        json!(all(Some(&everywhere))),
    )];
    places.extend(guilds.iter().map(|guild| {
        let route = Route::GuildCommands {
            application_id: application,
            guild_id: *guild,
        };
        (route, json!(all(None)))
    }));
    places
}

/// Tells Discord the commands where it has others. True where it did.
///
/// # Errors
/// Why Discord could not be told.
pub(super) async fn register(
    rest: &Rest,
    application: ApplicationId,
    guilds: &[GuildId],
) -> Result<bool, Failure> {
    let mut told = false;
    for (route, ours) in places(application, guilds) {
        if stand(rest, route, &ours).await? {
            continue;
        }
        let method = LightMethod::Put.reqwest_method();
        rest.call(Call::with(method, at(route), &ours)).await?;
        told = true;
    }
    Ok(told)
}

/// Whether Discord has these commands and no others.
///
/// # Errors
/// Why it could not be asked.
pub(super) async fn stand(
    rest: &Rest,
    route: Route<'static>,
    ours: &Value,
) -> Result<bool, Failure> {
    let theirs = rest
        .call(Call::get(at(route) + "?with_localizations=true"))
        .await?;
    Ok(same(&theirs, ours))
}

/// Each of ours is among theirs, and there are no more.
fn same(theirs: &Value, ours: &Value) -> bool {
    let (Some(theirs), Some(ours)) = (theirs.as_array(), ours.as_array()) else {
        return false;
    };
    theirs.len() == ours.len()
        && ours
            .iter()
            .all(|our| theirs.iter().any(|their| covers(their, our)))
}

/// Discord adds fields of its own and leaves out what is as it always is.
fn covers(theirs: &Value, ours: &Value) -> bool {
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => ours.iter().all(|(key, our)| {
            is_nothing(our) && theirs.get(key).is_none_or(is_nothing)
                || theirs.get(key).is_some_and(|their| covers(their, our))
        }),
        (Value::Array(theirs), Value::Array(ours)) => {
            theirs.len() == ours.len() && theirs.iter().zip(ours).all(|(t, o)| covers(t, o))
        }
        _ => theirs == ours,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_the_same_whatever_discord_adds() {
        let ours = json!(all(Some(&[InteractionContext::Guild])));
        let mut theirs = ours.clone();
        for (at, command) in theirs.as_array_mut().unwrap().iter_mut().enumerate() {
            command["id"] = json!(at.to_string());
            command["nsfw"] = json!(false);
            command["default_member_permissions"] = Value::Null;
        }
        assert!(same(&theirs, &ours));
        theirs[0]["options"][0]["description"] = json!("another");
        assert!(!same(&theirs, &ours));
        assert!(!same(&json!([]), &ours));
    }
}
