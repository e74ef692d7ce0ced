//! Buttons, commands, shortcuts and forms: what they put on the line, and what they open.

use std::sync::Arc;

use almanac_agent_contract::{Action, Content, Inbound, Origin, Sender, Space};
use secrecy::SecretString;
use serde_json::{Value, json};
use tracing::warn;

use super::SLACK;
use super::adapter::Slack;
use super::command::Command;
use super::fields::Fields;
use super::hear::{Heard, aside};
use super::interaction::{Message, Pressed, Shortcut, Submitted, Who};
use super::modal::{self, Form, Left, Opening};
use super::said::{is_direct, moment, space};
use super::text::typed;
use super::words as own;
use crate::button;
use crate::question::question;
use crate::words;

impl Slack {
    /// A button or a menu: an action on an answer, a question it offered, or a form to open.
    pub(super) async fn pressed(self: &Arc<Self>, pressed: Pressed) -> Heard {
        if let Some(form) = Form::named(&pressed.action) {
            if let Some(trigger) = pressed.trigger.clone() {
                let left = left(&pressed);
                self.open(pressed.who, trigger, form.left(left));
            }
            return Heard::Taken;
        }
        let Some(content) = button::pressed(&pressed.carried) else {
            return Heard::Taken;
        };
        let Some(on) = &pressed.on else {
            return Heard::Taken;
        };
        let verdict = is_verdict(&content);
        let at = moment(&pressed.at, self.services.clock.now());
        // A verdict counts once a person, a question as often as it is asked.
        let event_id = if verdict {
            format!("press.{}.{}", pressed.carried, pressed.who.user)
        } else {
            format!(
                "press.{}.{}.{}",
                pressed.carried, pressed.who.user, pressed.at
            )
        };
        let inbound = Inbound {
            platform: SLACK,
            installation: pressed.who.installation.clone(),
            event_id,
            space: space_of(on),
            sender: sender(&pressed.who),
            content,
            origin: Origin {
                message: None,
                handle: pressed.handle.clone().filter(|_| on.private),
                private: on.private,
                language: None,
            },
            at,
        };
        match self.accept(inbound).await {
            Ok(new) => {
                if let (true, true, Some(handle)) = (verdict, new, pressed.handle) {
                    let thanks = aside(words::noted(self.services.language));
                    let slack = Arc::clone(self);
                    tokio::spawn(async move { slack.api.respond(&handle, &thanks).await.ok() });
                }
                Heard::Taken
            }
            Err(_) => Heard::Down,
        }
    }

    /// `/almanac`: a question; or help, or a form, where nothing else is said.
    pub(super) async fn command(self: &Arc<Self>, command: Command) -> Heard {
        let language = self.services.language;
        let who = Who {
            installation: command.installation.clone(),
            user: command.user.clone(),
            name: command.name.clone(),
        };
        let lower = command.text.to_lowercase();
        if lower.is_empty() || own::HELP.contains(&lower.as_str()) {
            let examples = self.services.names.examples(language);
            return Heard::Answer(own::help(&examples, language));
        }
        if let (Some(form), Some(trigger)) = (Form::of_word(&lower), command.trigger.clone()) {
            let left = Left {
                channel: Some(command.channel),
                thread: None,
                handle: command.handle,
            };
            self.open(who, trigger, form.left(left));
            return Heard::Taken;
        }
        let text = match question(&typed(&command.text, None)) {
            Ok(text) => text,
            Err(error) => return Heard::Answer(aside(words::no_question(error, language))),
        };
        let inbound = Inbound {
            platform: SLACK,
            installation: command.installation,
            event_id: command.event_id,
            space: space(&command.channel, command.direct, None),
            sender: sender(&who),
            content: Content::Text { text },
            origin: Origin {
                message: None,
                handle: command.handle,
                private: !command.direct,
                language: None,
            },
            at: self.services.clock.now(),
        };
        match self.accept(inbound).await {
            Ok(_) => Heard::Taken,
            // Slack does not tell of a command again.
            Err(_) => Heard::Answer(aside(words::unavailable(language))),
        }
    }

    /// A shortcut opens the form for a question, with the message in it where it is on one.
    pub(super) fn shortcut(self: &Arc<Self>, shortcut: Shortcut) -> Heard {
        let asked = shortcut.on.as_ref().map(|on| typed(&on.text, None));
        let left = match shortcut.on {
            Some(on) => Left {
                thread: space_of(&on).thread,
                channel: Some(on.channel),
                handle: shortcut.handle,
            },
            None => Left::default(),
        };
        let opening = Opening {
            asked,
            ..Form::Ask.left(left)
        };
        self.open(shortcut.who, shortcut.trigger, opening);
        Heard::Taken
    }

    /// A form that was filled in becomes the words a person would have typed.
    pub(super) async fn submitted(self: &Arc<Self>, submitted: Submitted) -> Heard {
        let language = self.services.language;
        let Some(form) = Form::named(&submitted.form) else {
            return Heard::Taken;
        };
        let asked = match form.words(&submitted, language) {
            Ok(asked) => asked,
            Err(missing) => return Heard::Answer(missing),
        };
        let text = match question(&asked) {
            Ok(text) => text,
            Err(error) => {
                let told = words::no_question(error, language);
                return Heard::Answer(modal::wrong(form.first_block(), told));
            }
        };
        let left = Left::read(submitted.left.as_deref());
        let Some(channel) = left.channel else {
            return Heard::Answer(modal::wrong(form.first_block(), own::nowhere(language)));
        };
        let direct = is_direct(&channel);
        let inbound = Inbound {
            platform: SLACK,
            installation: submitted.who.installation.clone(),
            event_id: submitted.event_id.clone(),
            space: space(&channel, direct, left.thread),
            sender: sender(&submitted.who),
            content: Content::Text { text },
            origin: Origin {
                message: None,
                handle: left.handle,
                private: !direct,
                language: None,
            },
            at: self.services.clock.now(),
        };
        match self.accept(inbound).await {
            Ok(_) => Heard::Taken,
            Err(_) => {
                let told = words::unavailable(language);
                Heard::Answer(modal::wrong(form.first_block(), told))
            }
        }
    }

    /// Metrics for a menu, by what is typed into it.
    pub(super) fn metric_options(&self, typed: &str) -> Value {
        let language = self.services.language;
        let metrics = self.services.names.metrics(typed, language, modal::OPTIONS);
        json!({"options": modal::options(metrics.iter().map(|it| it.ask.as_str()))})
    }

    /// Opens a form while its trigger lives: three seconds.
    fn open(self: &Arc<Self>, who: Who, trigger: String, opening: Opening) {
        let slack = Arc::clone(self);
        tokio::spawn(async move {
            let Ok(bot) = slack.teams.bot(&who.installation).await else {
                return;
            };
            let mut opening = opening;
            if opening.left.channel.is_none() {
                opening.left.channel = slack.chat_with(&bot.token, &who.user).await;
            }
            let view = opening.view(&slack.services);
            let body = json!({"trigger_id": trigger, "view": view});
            if let Err(error) = slack.api.call(&bot.token, "views.open", &body).await {
                warn!(%error, "a form was not opened");
            }
        });
    }

    /// Our direct chat with a person.
    pub(super) async fn chat_with(&self, token: &SecretString, user: &str) -> Option<String> {
        let body = json!({"users": user});
        match self.api.call(token, "conversations.open", &body).await {
            Ok(answer) => Fields(&answer).owned("/channel/id"),
            Err(error) => {
                warn!(%error, "a direct chat was not opened");
                None
            }
        }
    }
}

/// Where an answer to something pressed belongs: in the thread of the message it is on.
fn space_of(on: &Message) -> Space {
    let thread = match &on.thread {
        None if !on.direct && !on.private => Some(on.ts.clone()),
        thread => thread.clone(),
    };
    space(&on.channel, on.direct, thread)
}

fn left(pressed: &Pressed) -> Left {
    match &pressed.on {
        Some(on) => Left {
            channel: Some(on.channel.clone()),
            thread: space_of(on).thread,
            handle: pressed.handle.clone(),
        },
        None => Left::read(pressed.left.as_deref()),
    }
}

fn is_verdict(content: &Content) -> bool {
    let Content::Pressed { action, .. } = content else {
        return false;
    };
    matches!(Action::named(action), Some(Action::Good | Action::Bad))
}

fn sender(who: &Who) -> Sender {
    Sender {
        user: who.user.clone(),
        name: who.name.clone(),
    }
}
