//! The forms: a question, something to follow, an alert. What is filled in becomes plain words.

use almanac_agent_contract::{Language, Services};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::interaction::Submitted;
use super::text::{escape, escaped_length};
use super::words::{self as own, Every, When};
use crate::split::{characters, split};

/// Slack's most options in a menu.
pub(super) const OPTIONS: usize = 100;

/// Slack's longest option and its longest value.
const OPTION: usize = 75;

/// Slack's longest text in an input.
const INPUT: usize = 3_000;

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Ask,
    Follow,
    Alert,
}

/// What we leave in a form or in the home tab, for when it comes back: where the answer goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Left {
    #[serde(rename = "c")]
    pub(super) channel: Option<String>,
    #[serde(rename = "t", default)]
    pub(super) thread: Option<String>,
    #[serde(rename = "h", default)]
    pub(super) handle: Option<String>,
}

impl Left {
    /// What comes back; nothing where it is not ours.
    pub(super) fn read(left: Option<&str>) -> Self {
        left.and_then(|left| serde_json::from_str(left).ok())
            .unwrap_or_default()
    }

    /// As it is left.
    pub(super) fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Form {
    pub(super) const ALL: [Self; 3] = [Self::Ask, Self::Follow, Self::Alert];

    /// Its name: of the form itself, of the buttons and of the shortcuts that open it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ask => "form:ask",
            Self::Follow => "form:follow",
            Self::Alert => "form:alert",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    /// The form behind a word that is said alone: `/almanac follow`.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        match word {
            "ask" | "preguntar" | "perguntar" => Some(Self::Ask),
            "follow" | "seguir" | "acompanhar" => Some(Self::Follow),
            "alert" | "alerta" => Some(Self::Alert),
            _ => None,
        }
    }

    /// The block that a complaint about the whole form stands under.
    pub(super) const fn first_block(self) -> &'static str {
        match self {
            Self::Ask => "question",
            Self::Follow | Self::Alert => "metric",
        }
    }

    /// The form, with what comes back when it is filled in.
    pub(super) fn left(self, left: Left) -> Opening {
        Opening {
            form: self,
            left,
            asked: None,
        }
    }

    /// What was filled in, in words; or what Slack is to be answered where something is missing.
    pub(super) fn words(self, filled: &Submitted, language: Language) -> Result<String, Value> {
        let needed = |block| {
            let missing = || wrong(block, own::missing(language));
            filled.value(block).ok_or_else(missing)
        };
        match self {
            Self::Ask => Ok(needed("question")?.to_owned()),
            Self::Follow => {
                let metric = needed("metric")?;
                let every = Every::named(needed("every")?).unwrap_or(Every::Day);
                let time = filled.value("time").unwrap_or("08:00");
                let time = time.strip_prefix('0').unwrap_or(time);
                Ok(own::follow(metric, every, time, language))
            }
            Self::Alert => {
                let metric = needed("metric")?;
                let when = When::named(needed("when")?).unwrap_or(When::Unusual);
                let value = if when == When::Unusual {
                    ""
                } else {
                    needed("value")?
                };
                Ok(own::alert(metric, when, value, language))
            }
        }
    }
}

/// A form that is to be opened.
pub(super) struct Opening {
    pub(super) form: Form,
    pub(super) left: Left,
    /// What stands in it already.
    pub(super) asked: Option<String>,
}

impl Opening {
    /// The form as Slack shows it.
    pub(super) fn view(&self, services: &Services) -> Value {
        let language = services.language;
        let labels = own::form(self.form, language);
        let blocks = match self.form {
            Form::Ask => vec![question_input(self.asked.as_deref(), labels.hint)],
            Form::Follow => vec![
                metric_input(services),
                menu(
                    "every",
                    own::every(language),
                    &Every::ALL.map(|it| (it.name(), it.label(language))),
                ),
                json!({"type": "input", "block_id": "time", "label": plain(own::at(language)),
                    "element": {"type": "timepicker", "action_id": "time", "initial_time": "08:00"}}),
            ],
            Form::Alert => vec![
                metric_input(services),
                menu(
                    "when",
                    own::when(language),
                    &When::ALL.map(|it| (it.name(), it.label(language))),
                ),
                json!({"type": "input", "block_id": "value", "optional": true,
                    "label": plain(own::value(language)),
                    "element": {"type": "plain_text_input", "action_id": "value", "max_length": 40}}),
            ],
        };
        json!({
            "type": "modal",
            "callback_id": self.form.name(),
            "private_metadata": self.left.write(),
            "title": plain(labels.title),
            "submit": plain(labels.submit),
            "close": plain(own::close(language)),
            "blocks": blocks,
        })
    }
}

/// A complaint under a block of a form, which stays open.
pub(super) fn wrong(block: &str, told: &str) -> Value {
    json!({"response_action": "errors", "errors": {block: told}})
}

/// Options of a menu whose values are their labels.
pub(super) fn options<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<Value> {
    labels
        .filter(|label| !label.trim().is_empty() && escaped_length(label) <= OPTION)
        .map(|label| json!({"text": plain(label), "value": label}))
        .collect()
}

/// Text that is only text.
pub(super) fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": escape(text), "emoji": false})
}

fn question_input(asked: Option<&str>, hint: &str) -> Value {
    let mut element = json!({"type": "plain_text_input", "action_id": "question",
        "multiline": true, "max_length": INPUT, "placeholder": plain(hint), "focus_on_load": true});
    let pieces = split(asked.unwrap_or_default(), INPUT, characters);
    if let Some(asked) = pieces.first() {
        element["initial_value"] = json!(asked);
    }
    json!({"type": "input", "block_id": "question", "label": plain(hint), "element": element})
}

/// A menu of all metrics; one that searches, where they are more than a menu holds; a line to type
/// into, where there are none yet.
fn metric_input(services: &Services) -> Value {
    let language = services.language;
    let metrics = services.names.metrics("", language, OPTIONS + 1);
    let all = options(metrics.iter().map(|it| it.ask.as_str()));
    let label = plain(own::metric(language));
    let element = if all.is_empty() {
        json!({"type": "plain_text_input", "action_id": "metric", "max_length": 200})
    } else if metrics.len() > OPTIONS {
        json!({"type": "external_select", "action_id": "metric", "min_query_length": 0})
    } else {
        json!({"type": "static_select", "action_id": "metric", "options": all})
    };
    json!({"type": "input", "block_id": "metric", "label": label, "element": element})
}

fn menu(block: &str, label: &str, choices: &[(&str, &str)]) -> Value {
    let options: Vec<Value> = choices
        .iter()
        .map(|(name, shown)| json!({"text": plain(shown), "value": name}))
        .collect();
    json!({"type": "input", "block_id": block, "label": plain(label),
        "element": {"type": "static_select", "action_id": block,
            "initial_option": options.first(), "options": options}})
}
