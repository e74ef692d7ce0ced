//! What is done at @BotFather, with the texts to paste.

use std::fmt::Write as _;

use almanac_agent_contract::Language;

use super::commands::{Scope, listed};

/// The steps, for a service at `origin`.
pub(super) fn manifest(origin: &str) -> String {
    let mut commands = String::new();
    for command in listed(Scope::Private) {
        // Writing to a String does not fail.
        let _ = writeln!(
            commands,
            "{} - {}",
            command.name,
            command.about(Language::En)
        );
    }
    format!(
        "Telegram: in a chat with @BotFather (https://t.me/BotFather)

1. Send /newbot, then a name (\"Almanac\") and a username that ends in \"bot\".
   Put the token that comes back into the environment: TELEGRAM_TOKEN=123456789:AA...
2. Send /setprivacy, choose the bot, choose Enable: in groups it then gets only what is said to it.
3. Send /setjoingroups, choose Enable if it may be added to groups.
4. Send /setuserpic, /setdescription and /setabouttext as you like.

Commands are set by Almanac itself when it starts, in English, Spanish and Portuguese. To see or
change them by hand, send /setcommands:

{commands}
In the configuration, with polling (no public address is needed):

    [telegram]
    token = \"env:TELEGRAM_TOKEN\"

or with a webhook at {origin}/telegram/webhook, which Almanac announces itself:

    [telegram]
    token = \"env:TELEGRAM_TOKEN\"
    webhook = \"{origin}\"
"
    )
}
