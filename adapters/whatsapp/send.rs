//! Answers on their way out. Whoever has written within a day gets the reply itself, in as many
//! messages as it needs; anybody else gets the template.
//!
//! A delivery of several messages is sent in order. If the first fails, nothing was sent and the
//! error says what to do. If a later one fails, it alone is tried again here for some seconds; after
//! that the delivery is unknown and people see it: sending the first ones twice would be worse.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{
    Adapter, Delivery, Language, Limit, Pace, Platform, Progress, Quota, Receipt, Reply, SendError,
    Services, Shown, SpaceKind, Working,
};
use almanac_cards::{Size, Theme, png};
use async_trait::async_trait;
use jiff::SignedDuration;
use serde_json::{Value as Json, json};
use tracing::{instrument, warn};

use super::errors::{self, Trouble};
use super::files::Attachment;
use super::graph::Graph;
use super::marks::{self, Marks};
use super::parts::{self, Part};
use super::section::{TemplateNames, WhatsAppSection};
use super::template;
use super::templates::Templates;
use super::{WHATSAPP, words};
use crate::drawing::drawn;

/// How long after a person's last word they may be sent anything but a template.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);
/// The longest that a later message of a delivery waits for the platform.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// How often a later message is tried.
const TRIES: u32 = 4;
/// How long a turn goes on before the typing mark.
const PATIENCE: Duration = Duration::from_millis(600);

/// WhatsApp, as worker and courier see it.
pub(super) struct WhatsApp {
    graph: Arc<Graph>,
    account: String,
    names: TemplateNames,
    services: Services,
    templates: Templates,
    marks: Marks,
}

impl WhatsApp {
    /// As the section says.
    pub(super) fn new(graph: Arc<Graph>, section: &WhatsAppSection, services: Services) -> Self {
        Self {
            graph,
            account: section.business_account_id.clone(),
            names: section.templates.clone(),
            services,
            templates: Templates::default(),
            marks: Marks::default(),
        }
    }

    /// Whether the person may be sent anything but a template.
    async fn is_open(&self, delivery: &Delivery) -> Result<bool, SendError> {
        if delivery
            .trouble
            .as_deref()
            .is_some_and(errors::window_was_shut)
        {
            return Ok(false);
        }
        let person = delivery.to.as_deref().unwrap_or(&delivery.space.id);
        let past = &self.services.past;
        let heard = past
            .last_heard(&WHATSAPP, &delivery.installation, person)
            .await
            .map_err(|error| SendError::Retry(error.to_string()))?;
        let now = self.services.clock.now();
        Ok(heard.is_some_and(|at| now.duration_since(at) < WINDOW))
    }

    /// The reply's messages as the platform takes them: what they need is uploaded by now.
    async fn ready(&self, delivery: &Delivery) -> Result<Vec<Json>, SendError> {
        let language = language(&delivery.reply, self.services.language);
        let parts = parts::parts(delivery, language);
        let ready = parts
            .into_iter()
            .map(|part| self.ready_part(&delivery.installation, part, language));
        let ready = futures::future::join_all(ready).await;
        ready.into_iter().collect()
    }

    /// A chart or a file that the platform does not take is told of in words: the rest of the answer
    /// is not lost for it.
    async fn ready_part(
        &self,
        number: &str,
        part: Part,
        language: Language,
    ) -> Result<Json, SendError> {
        match part {
            Part::Text(text) => Ok(text_message(&text)),
            Part::Menu(menu) => Ok(json!({"type": "interactive", "interactive": menu.0})),
            Part::Chart(spec, caption) => {
                let chart = drawn(move || png(&spec, Size::default(), Theme::Light)).await;
                let Ok(Ok(png)) = chart else {
                    warn!("a chart could not be drawn");
                    return Ok(text_message(&caption));
                };
                let file = ("chart.png".to_owned(), "image/png", png);
                match self.upload(number, file).await? {
                    Some(id) => Ok(json!({
                        "type": "image",
                        "image": with_caption(json!({"id": id}), &caption),
                    })),
                    None => Ok(text_message(&caption)),
                }
            }
            Part::File(Attachment { name, kind, bytes }) => {
                match self.upload(number, (name.clone(), kind, bytes)).await? {
                    Some(id) => {
                        Ok(json!({"type": "document", "document": {"id": id, "filename": name}}))
                    }
                    None => Ok(text_message(words::no_file(language))),
                }
            }
        }
    }

    /// The media id; `None` where the platform does not take this very file.
    async fn upload(
        &self,
        number: &str,
        file: (String, &str, Vec<u8>),
    ) -> Result<Option<String>, SendError> {
        match self.graph.upload(number, file).await {
            Ok(id) => Ok(Some(id)),
            Err(trouble) => match trouble.of_preparation() {
                SendError::Refused(why) => {
                    warn!(why, "a file was not taken");
                    Ok(None)
                }
                other => Err(other),
            },
        }
    }

    /// Sends the reply itself. The window may turn out to be shut: then nothing was sent.
    async fn send_reply(&self, delivery: &Delivery) -> Result<Result<Receipt, Trouble>, SendError> {
        let messages = self.ready(delivery).await?;
        let count = messages.len();
        let mut ids = Vec::with_capacity(count);
        for (at, message) in messages.into_iter().enumerate() {
            let last = at + 1 == count;
            let message = addressed(delivery, message, last);
            if at == 0 {
                let quoted = quoting(delivery, &message);
                match self.first(delivery, &message, quoted).await {
                    Ok(id) => ids.push(id),
                    Err(trouble) => return Ok(Err(trouble)),
                }
            } else {
                let later = self.later(delivery, &message).await;
                ids.push(later.map_err(|why| {
                    SendError::Unknown(format!("{at} of {count} sent, then: {why}"))
                })?);
            }
        }
        // The last has what can be pressed, and its statuses are told; people react to any.
        Ok(Ok(Receipt {
            provider_id: ids.pop().unwrap_or_default(),
            others: ids,
            posted: u32::try_from(count).unwrap_or(u32::MAX),
        }))
    }

    /// The first message, as a reply to the question; plainly where the question is gone.
    async fn first(
        &self,
        delivery: &Delivery,
        message: &Json,
        quoted: Option<Json>,
    ) -> Result<String, Trouble> {
        let number = &delivery.installation;
        let Some(quoted) = quoted else {
            return self.graph.message(number, message).await;
        };
        match self.graph.message(number, &quoted).await {
            Err(trouble) if trouble.code() == Some(errors::BAD_VALUE) => {
                self.graph.message(number, message).await
            }
            sent => sent,
        }
    }

    /// A later message, patiently.
    async fn later(&self, delivery: &Delivery, message: &Json) -> Result<String, String> {
        let mut tries = 1;
        loop {
            let trouble = match self.graph.message(&delivery.installation, message).await {
                Ok(id) => return Ok(id),
                Err(trouble) => trouble,
            };
            let wait = match trouble.of_message() {
                SendError::Retry(_) => Duration::from_millis(250) * 2_u32.pow(tries),
                SendError::Limited { after, .. } => after.unsigned_abs(),
                _ => return Err(trouble.to_string()),
            };
            if tries >= TRIES || wait > LONGEST_WAIT {
                return Err(trouble.to_string());
            }
            tries += 1;
            tokio::time::sleep(wait).await;
        }
    }

    /// Sends the template, in the reader's language if it is approved, else in another.
    async fn send_template(&self, delivery: &Delivery) -> Result<Receipt, SendError> {
        let language = language(&delivery.reply, self.services.language);
        let mut tried = Vec::new();
        // What is known may be old: once it has turned out to be wrong, it is asked for anew.
        for _ in 0..2 {
            let candidates = self
                .templates
                .candidates(
                    &self.graph,
                    &self.account,
                    &self.names,
                    (language, self.services.clock.now()),
                )
                .await;
            let before = tried.len();
            for candidate in candidates {
                let named = format!("{} ({})", candidate.name, candidate.language);
                if tried.iter().any(|(it, _)| *it == named) {
                    continue;
                }
                let filled = template::filled(delivery, &candidate, language);
                let message = json!({"type": "template", "template": filled});
                let message = addressed(delivery, message, true);
                match self.graph.message(&delivery.installation, &message).await {
                    Ok(id) => return Ok(Receipt::one(id)),
                    Err(Trouble::Said(refusal)) if refusal.of_template() => {
                        warn!(
                            code = refusal.code,
                            template = named,
                            "a template was refused"
                        );
                        self.templates.doubt();
                        tried.push((named, refusal.code));
                    }
                    Err(trouble) => return Err(trouble.of_message()),
                }
            }
            if tried.len() == before {
                break;
            }
        }
        Err(SendError::Refused(unsendable(&tried)))
    }

    /// Marks the question as read, in passing.
    fn mark_read(&self, delivery: &Delivery) {
        let Some(message) = delivery.origin.message.clone() else {
            return;
        };
        if !self.marks.unread(&message) {
            return;
        }
        let graph = Arc::clone(&self.graph);
        let number = delivery.installation.clone();
        tokio::spawn(async move {
            if let Err(trouble) = graph.mark(&number, &marks::read(&message)).await {
                tracing::debug!(%trouble, "a message was not marked as read");
            }
        });
    }
}

#[async_trait]
impl Adapter for WhatsApp {
    fn platform(&self) -> Platform {
        WHATSAPP
    }

    #[instrument(name = "adapters.send", skip_all, fields(delivery = %delivery.id))]
    async fn send(&self, delivery: &Delivery) -> Result<Receipt, SendError> {
        if !self.is_open(delivery).await? {
            return self.send_template(delivery).await;
        }
        self.mark_read(delivery);
        match self.send_reply(delivery).await? {
            Ok(receipt) => Ok(receipt),
            Err(trouble) if trouble.code() == Some(errors::WINDOW_SHUT) => {
                self.send_template(delivery).await
            }
            Err(trouble) => Err(trouble.of_message()),
        }
    }

    /// Eighty messages a second through a number; to one person one in six seconds, after a burst.
    fn pace(&self, _kind: SpaceKind) -> Pace {
        Pace {
            installation: Some(Quota {
                burst: 80,
                every: Duration::from_micros(12_500),
            }),
            space: Some(Quota {
                burst: 15,
                every: Duration::from_secs(6),
            }),
        }
    }

    fn patience(&self) -> Duration {
        PATIENCE
    }

    #[instrument(name = "adapters.progress", skip_all, fields(inbox = %working.inbox))]
    async fn progress(&self, working: &Working, _progress: &Progress) -> Shown {
        let message = working.origin.message.as_deref();
        let Some(message) = message.filter(|it| self.marks.due(it, marks::TYPING)) else {
            return Shown::default();
        };
        let mark = marks::typing(message);
        let marked = self.graph.mark(&working.installation, &mark).await;
        let limit = marked.err().and_then(|trouble| {
            tracing::debug!(%trouble, "a typing mark was not taken");
            match trouble.of_message() {
                SendError::Limited {
                    after, everywhere, ..
                } => Some(Limit { after, everywhere }),
                _ => None,
            }
        });
        Shown {
            limit,
            ..Shown::default()
        }
    }
}

/// The language a reply is written in, as far as it tells.
fn language(reply: &Reply, otherwise: Language) -> Language {
    let chart = reply.card.as_ref().and_then(|card| card.chart.as_ref());
    match chart.and_then(|chart| chart.locale.get(..2)) {
        Some("en") => Language::En,
        Some("es") => Language::Es,
        Some("pt") => Language::Pt,
        _ => otherwise,
    }
}

fn text_message(text: &str) -> Json {
    json!({"type": "text", "text": {"body": text, "preview_url": false}})
}

fn with_caption(mut media: Json, caption: &str) -> Json {
    if !caption.trim().is_empty() {
        media["caption"] = json!(caption);
    }
    media
}

/// A message to the person. The last of a delivery takes the delivery's id along, and its statuses
/// bring it back.
fn addressed(delivery: &Delivery, mut message: Json, last: bool) -> Json {
    message["messaging_product"] = json!("whatsapp");
    message["recipient_type"] = json!("individual");
    let person = &delivery.space.id;
    message[who(person)] = json!(person);
    if last {
        message["biz_opaque_callback_data"] = json!(delivery.id.0.simple().to_string());
    }
    message
}

/// A number is written to as `to`; whoever hides theirs behind a user name has an id of the business's
/// own ("US.1349…"), and is written to as `recipient`.
fn who(person: &str) -> &'static str {
    if person.bytes().all(|b| b.is_ascii_digit()) {
        "to"
    } else {
        "recipient"
    }
}

/// The same message as a reply to the question.
fn quoting(delivery: &Delivery, message: &Json) -> Option<Json> {
    let question = delivery.origin.message.as_deref()?;
    let mut quoted = message.clone();
    quoted["context"] = json!({"message_id": question});
    Some(quoted)
}

fn unsendable(tried: &[(String, i64)]) -> String {
    let tried: Vec<String> = tried
        .iter()
        .map(|(name, code)| format!("{name}: {code}"))
        .collect();
    let tried = if tried.is_empty() {
        "none is approved".to_owned()
    } else {
        tried.join(", ")
    };
    format!(
        "{}: the person has not written for a day, and no template can be sent ({tried}). Look at \
         WhatsApp Manager > Message templates: 132001 is not there in that language, 132015 is \
         paused, 132016 is switched off",
        errors::WINDOW_SHUT
    )
}
