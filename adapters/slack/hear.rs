//! What becomes of what was heard: questions, edits and deletions go down the line; everything else
//! is acknowledged first and done after, because Slack waits three seconds.

use std::sync::Arc;

use almanac_agent_contract::{Content, Inbound, LineError, Origin, Sender};
use serde_json::{Value, json};
use tracing::{info, warn};

use super::SLACK;
use super::adapter::Slack;
use super::parse::Parsed;
use super::post::tell;
use super::said::{Said, What, moment};
use super::text::{mentions, typed};
use crate::question::question;
use crate::{QuestionError, words};

/// What Slack is to be answered.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Heard {
    /// It was taken, or nothing is to be done about it.
    Taken,
    /// The same, with something for the person who did it.
    Answer(Value),
    /// The address is ours.
    Challenge(String),
    /// It is not kept: Slack is to tell again.
    Down,
}

impl Slack {
    /// Takes in what a request says. `again`: Slack has told before and missed our answer.
    pub(super) async fn hear(self: &Arc<Self>, parsed: Parsed, again: bool) -> Heard {
        if let Some(asker) = parsed.asker() {
            match self.teams.admits(asker).await {
                Ok(true) => {}
                Ok(false) => {
                    warn!(
                        installation = asker,
                        "left unanswered: [slack] teams does not name it"
                    );
                    return Heard::Taken;
                }
                Err(failure) => {
                    warn!(%failure, "it is not known who is let in");
                    return Heard::Down;
                }
            }
        }
        match parsed {
            Parsed::Challenge(challenge) => Heard::Challenge(challenge),
            Parsed::Said(said) => self.said(said, again).await,
            Parsed::Pressed(pressed) => self.pressed(*pressed).await,
            Parsed::Command(command) => self.command(*command).await,
            Parsed::Shortcut(shortcut) => self.shortcut(*shortcut),
            Parsed::Submitted(submitted) => self.submitted(*submitted).await,
            Parsed::Suggest(suggest) => Heard::Answer(self.metric_options(&suggest.typed)),
            Parsed::Home(home) => {
                let slack = Arc::clone(self);
                tokio::spawn(async move { slack.show_home(home).await });
                Heard::Taken
            }
            Parsed::Assistant(opened) => {
                let slack = Arc::clone(self);
                tokio::spawn(async move { slack.greet(opened).await });
                Heard::Taken
            }
            Parsed::Closed {
                installation,
                reason,
            } => self.closed(&installation, &reason).await,
            Parsed::Ignored(kind) => {
                info!(kind, "not for us");
                Heard::Taken
            }
        }
    }

    /// Puts something on the line. Whether it is new there.
    pub(super) async fn accept(&self, inbound: Inbound) -> Result<bool, LineError> {
        match self.services.line.accept(inbound).await {
            Ok(accepted) => Ok(!accepted.duplicate),
            Err(error) => {
                warn!(%error, "an event was not kept");
                Err(error)
            }
        }
    }

    async fn said(self: &Arc<Self>, said: Said, again: bool) -> Heard {
        let bot = said.bot.clone();
        let bot = bot.or_else(|| self.teams.user(&said.installation));
        let bot = bot.as_deref();
        if Some(said.user.as_str()) == bot {
            return Heard::Taken;
        }
        let named = bot.is_some_and(|bot| said.texts().iter().any(|text| mentions(text, bot)));
        let heard_before = match self.takes_part(&said, named).await {
            Ok(Concern::Ours { heard_before }) => heard_before,
            Ok(Concern::Nobodys) => return Heard::Taken,
            Err(error) => {
                warn!(%error, "it is not known whose an event is");
                return Heard::Down;
            }
        };
        let content = match content(&said, bot) {
            Ok(content) => content,
            Err(QuestionError::Empty) if !(said.direct || said.mentioned) => return Heard::Taken,
            Err(error) => {
                if !again {
                    self.tell_why(&said, error);
                }
                return Heard::Taken;
            }
        };
        let opens = match &content {
            Content::Text { text } if said.direct && said.thread.is_some() && !heard_before => {
                Some(text.clone())
            }
            _ => None,
        };
        let inbound = Inbound {
            platform: SLACK,
            installation: said.installation.clone(),
            event_id: said.event_id.clone(),
            space: said.space(),
            sender: Sender {
                user: said.user.clone(),
                name: None,
            },
            content,
            origin: Origin {
                message: Some(said.message.clone()),
                ..Origin::default()
            },
            at: moment(&said.at, self.services.clock.now()),
        };
        match self.accept(inbound).await {
            Ok(true) => {
                if let Some(question) = opens {
                    let slack = Arc::clone(self);
                    tokio::spawn(async move { slack.entitle(&said, &question).await });
                }
                Heard::Taken
            }
            Ok(false) => Heard::Taken,
            Err(_) => Heard::Down,
        }
    }

    /// Whether a message concerns us: said to us directly, with a mention, or in a thread that we
    /// take part in. New messages with a mention come as mentions, too: those count.
    async fn takes_part(&self, said: &Said, named: bool) -> Result<Concern, LineError> {
        let new = matches!(said.what, What::New(_));
        if said.mentioned {
            return Ok(if said.direct {
                Concern::Nobodys
            } else {
                Concern::Ours { heard_before: true }
            });
        }
        if said.direct && said.thread.is_none() || named && !new {
            return Ok(Concern::Ours { heard_before: true });
        }
        if !said.direct && new && (named || said.thread.is_none()) {
            return Ok(Concern::Nobodys);
        }
        let past = &self.services.past;
        let heard_before = past
            .takes_part(&SLACK, &said.installation, &said.space())
            .await?;
        Ok(if said.direct || heard_before {
            Concern::Ours { heard_before }
        } else {
            Concern::Nobodys
        })
    }

    fn tell_why(self: &Arc<Self>, said: &Said, error: QuestionError) {
        let slack = Arc::clone(self);
        let said = said.clone();
        tokio::spawn(async move {
            let text = words::no_question(error, slack.services.language);
            let bot = slack.teams.bot(&said.installation).await;
            let Ok(bot) = bot else { return };
            let message = tell(&said.space(), &said.user, text);
            if let Err(error) = slack
                .api
                .call(&bot.token, message.method, &message.body)
                .await
            {
                warn!(%error, "a person was not told why");
            }
        });
    }

    /// The end of an installation. One that nobody knows here has not begun.
    async fn closed(&self, installation: &str, reason: &str) -> Heard {
        self.teams.forget(installation);
        let installations = &self.services.installations;
        let parked = async {
            let all = installations.all(&SLACK).await?;
            if all.iter().any(|it| it.id == installation) {
                installations.park(&SLACK, installation, reason).await?;
            }
            Ok::<_, LineError>(())
        };
        match parked.await {
            Ok(()) => Heard::Taken,
            Err(error) => {
                warn!(%error, installation, "an installation was not parked");
                Heard::Down
            }
        }
    }
}

/// Whose a message is.
enum Concern {
    Ours { heard_before: bool },
    Nobodys,
}

fn content(said: &Said, bot: Option<&str>) -> Result<Content, QuestionError> {
    Ok(match &said.what {
        What::New(text) => Content::Text {
            text: question(&typed(text, bot))?,
        },
        What::Changed { text, .. } => Content::Edited {
            text: question(&typed(text, bot))?,
            message: said.message.clone(),
            // What is not for us has been left by now.
            addressed: true,
        },
        What::Gone { .. } => Content::Deleted {
            message: said.message.clone(),
        },
    })
}

/// Words for one person, as the answer to what they did.
pub(super) fn aside(text: &str) -> Value {
    json!({"response_type": "ephemeral", "replace_original": false, "text": super::text::escape(text)})
}
