//! The home tab: a person's recent answers, or questions to begin with; and that what they follow and
//! their goals are to stand there.

use almanac_agent_contract::{Language, Message, Side};
use serde_json::{Value, json};
use tracing::warn;

use super::SLACK;
use super::adapter::Slack;
use super::modal::{Left, plain};
use super::parse::Home;
use super::text::escaped_length;
use super::words as own;
use crate::split::split;

/// Questions and answers that are looked back on.
const RECENT: u32 = 20;

/// The longest text of one entry, in characters: the rest is in the chat.
const ENTRY: usize = 280;

/// As many entries are shown.
const ENTRIES: usize = 8;

impl Slack {
    /// Publishes somebody's home tab. Losing it loses nothing: it is made anew at each look.
    pub(super) async fn show_home(&self, home: Home) {
        let past = &self.services.past;
        let said = match past
            .of_person(&SLACK, &home.installation, &home.user, RECENT)
            .await
        {
            Ok(said) => said,
            Err(error) => {
                warn!(%error, "what a person asked is not known");
                Vec::new()
            }
        };
        let Ok(bot) = self.teams.bot(&home.installation).await else {
            return;
        };
        let left = Left {
            channel: home.chat,
            ..Left::default()
        };
        let language = self.services.language;
        let examples = self.services.names.examples(language);
        let view = view(&said, &examples, &left, language);
        let body = json!({"user_id": home.user, "view": view});
        if let Err(error) = self.api.call(&bot.token, "views.publish", &body).await {
            warn!(%error, "a home tab was not published");
        }
    }
}

/// The tab.
fn view(said: &[Message], examples: &[String], left: &Left, language: Language) -> Value {
    let words = own::home(language);
    let mut blocks = vec![
        json!({"type": "actions", "elements": own::buttons(language)}),
        json!({"type": "divider"}),
        header(words.follow),
        section(words.no_follow),
        header(words.goals),
        section(words.no_goals),
        header(words.recent),
    ];
    let entries = entries(said);
    if entries.is_empty() {
        blocks.push(section(words.no_recent));
        if !examples.is_empty() {
            let listed = format!("{}\n{}", words.try_these, own::listed(examples));
            blocks.push(section(&listed));
        }
    }
    for (question, answer) in entries {
        blocks.push(section(&question));
        if let Some(answer) = answer {
            blocks.push(json!({"type": "context", "elements": [plain(&answer)]}));
        }
    }
    json!({"type": "home", "private_metadata": left.write(), "blocks": blocks})
}

/// Questions with their answers, the newest first.
fn entries(said: &[Message]) -> Vec<(String, Option<String>)> {
    let mut entries = Vec::new();
    for message in said.iter().rev() {
        let Side::Person(question) = &message.said else {
            continue;
        };
        let answer = said.iter().rev().find_map(|it| match &it.said {
            Side::Almanac(reply) if it.event_id == message.event_id => Some(&reply.text),
            _ => None,
        });
        let Some(question) = short(question) else {
            continue;
        };
        entries.push((question, answer.and_then(|answer| short(answer))));
    }
    entries.truncate(ENTRIES);
    entries
}

fn short(text: &str) -> Option<String> {
    let pieces = split(text, ENTRY, escaped_length);
    let first = pieces.first()?;
    Some(if pieces.len() > 1 {
        format!("{first} …")
    } else {
        first.clone()
    })
}

fn header(text: &str) -> Value {
    json!({"type": "header", "text": plain(text)})
}

fn section(text: &str) -> Value {
    json!({"type": "section", "text": plain(text)})
}
