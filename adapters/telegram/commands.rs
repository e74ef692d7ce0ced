//! Commands: `/ask revenue last week` asks, `/follow revenue every day at 8:00` follows. Each becomes
//! plain words, which whoever reads questions understands as if they had been typed.

use almanac_agent_contract::Language;
use almanac_agent_contract::Language::{En, Es, Pt};

use crate::words;

/// Where a command is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// In chats of one person with the bot.
    Private,
    /// In groups.
    Group,
}

/// A command as Telegram lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Command {
    /// Without the slash.
    pub(super) name: &'static str,
    english: &'static str,
    spanish: &'static str,
    portuguese: &'static str,
}

impl Command {
    /// What it does, 256 characters at most.
    pub(super) const fn about(self, language: Language) -> &'static str {
        match language {
            En => self.english,
            Es => self.spanish,
            Pt => self.portuguese,
        }
    }
}

const ALL: [Command; 6] = [
    Command {
        name: "ask",
        english: "Ask about your numbers: /ask revenue last week",
        spanish: "Pregunta por tus números: /ask ingresos de la semana pasada",
        portuguese: "Pergunte pelos seus números: /ask receita da semana passada",
    },
    Command {
        name: "follow",
        english: "Follow a number: /follow revenue every day at 8:00",
        spanish: "Sigue un número: /follow ingresos cada día a las 8:00",
        portuguese: "Siga um número: /follow receita todo dia às 8:00",
    },
    Command {
        name: "alerts",
        english: "Your alerts, or a new one: /alerts revenue below 1000",
        spanish: "Tus alertas, o una nueva: /alerts ingresos por debajo de 1000",
        portuguese: "Seus alertas, ou um novo: /alerts receita abaixo de 1000",
    },
    Command {
        name: "digest",
        english: "Your digest, now or on days: /digest every Monday at 9:00",
        spanish: "Tu resumen, ahora o ciertos días: /digest cada lunes a las 9:00",
        portuguese: "Seu resumo, agora ou em certos dias: /digest toda segunda às 9:00",
    },
    Command {
        name: "help",
        english: "What you can ask",
        spanish: "Qué puedes preguntar",
        portuguese: "O que você pode perguntar",
    },
    Command {
        name: "start",
        english: "Begin",
        spanish: "Empezar",
        portuguese: "Começar",
    },
];

/// The commands listed there. A group has no use for `/start`.
pub(super) fn listed(scope: Scope) -> &'static [Command] {
    match scope {
        Scope::Private => &ALL,
        Scope::Group => &ALL[..5],
    }
}

/// What a command with its words says to the line; `None` where there is no such command. Empty where
/// words are missing.
pub(super) fn said(name: &str, rest: &str, language: Language) -> Option<String> {
    let rest = rest.trim();
    let led = |verb: &str| {
        if rest.is_empty() {
            verb.to_owned()
        } else {
            format!("{verb} {rest}")
        }
    };
    Some(match name {
        "ask" => rest.to_owned(),
        "follow" => led(match language {
            En => "follow",
            Es | Pt => "seguir",
        }),
        "alerts" => led(words::alerts(language)),
        "digest" => led(words::digest(language)),
        "help" => words::help(language).to_owned(),
        // A link "t.me/bot?start=link_CODE" joins a person's chats as "link CODE" does.
        "start" => match rest.strip_prefix("link_") {
            Some(code) if !code.is_empty() => format!("link {code}"),
            _ => words::help(language).to_owned(),
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_become_words() {
        for (name, rest, words) in [
            ("ask", " revenue last week ", "revenue last week"),
            (
                "follow",
                "revenue every day at 8:00",
                "follow revenue every day at 8:00",
            ),
            ("alerts", "", "alerts"),
            ("start", "", "help"),
            ("start", "link_7Q2X", "link 7Q2X"),
        ] {
            assert_eq!(said(name, rest, En).as_deref(), Some(words));
        }
        assert_eq!(said("digest", "", Pt).as_deref(), Some("resumo"));
        assert_eq!(said("weather", "", En), None);
    }

    #[test]
    fn telegram_takes_every_name_and_description() {
        for command in ALL {
            assert!((1..=32).contains(&command.name.len()));
            for language in [En, Es, Pt] {
                assert!((1..=256).contains(&command.about(language).chars().count()));
            }
        }
    }
}
