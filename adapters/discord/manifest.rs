//! What is to be set in Discord's developer portal, and the link that invites Almanac.

use serenity::all::Permissions;

use super::commands::{ABOUT_THIS, ALERTS, ASK, DIGEST, FOLLOW, HELP};
use super::endpoint::PATH;
use super::section::DiscordSection;
use super::words::{self, Said};

/// What it needs in a server.
const PERMISSIONS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// The page, for a service that is reached at `origin`.
pub(super) fn manifest(section: &DiscordSection, origin: &str) -> String {
    let id = section
        .application_id
        .as_deref()
        .unwrap_or("YOUR_APPLICATION_ID");
    let bits = PERMISSIONS.bits();
    let origin = origin.trim_end_matches('/');
    let commands: [(&str, &Said); 5] = [
        (ASK, &words::ASK),
        (FOLLOW, &words::FOLLOW),
        (ALERTS, &words::ALERTS),
        (DIGEST, &words::DIGEST),
        (HELP, &words::HELP),
    ];
    let listed: Vec<String> = commands
        .iter()
        .map(|(name, about)| format!("  /{name:<8} {}", about.en))
        .collect();
    format!(
        "Discord, https://discord.com/developers/applications\n\
         \n\
         Bot > Privileged Gateway Intents: switch on \"Message Content Intent\"\n\
         \n\
         Invite it (scopes bot and applications.commands):\n  \
         https://discord.com/oauth2/authorize?client_id={id}&scope=bot+applications.commands&permissions={bits}\n\
         \n\
         Only for interactions over HTTP, with [discord] public_key set:\n  \
         General Information > Interactions Endpoint URL: {origin}{PATH}\n\
         \n\
         Commands (Almanac tells Discord by itself):\n{}\n  \
         in a message's menu under Apps: {ABOUT_THIS}\n",
        listed.join("\n"),
    )
}
