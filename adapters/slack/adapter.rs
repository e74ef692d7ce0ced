//! Slack as the worker and the courier see it: what is sent, shown to be under way, and found again.
//!
//! A delivery is one message where it fits. Where it is several and a later one fails, it is not sent
//! again: it counts as unknown, and looking for it sends what is missing ([`super::find`]).

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use almanac_agent_contract::{
    Adapter, Delivery, Limit, Pace, Platform, Progress, Quota, Receipt, Recovery, SendError,
    Services, Shown, SpaceKind, Working,
};
use async_trait::async_trait;
use tracing::{debug, instrument, warn};

use super::SLACK;
use super::api::Api;
use super::failure::Failure;
use super::fields::Fields;
use super::placeholder::behind;
use super::post::{self, Call, Part};
use super::render::{self, Page, Setting};
use super::teams::{Bot, Teams};
use super::upload::{Place, Waiting};
use super::words as own;

/// Slack takes one message a second to a channel, and a few at once.
const SPACE: Quota = Quota {
    burst: 3,
    every: Duration::from_secs(1),
};

/// Most turns are done before it would be read that they are under way.
const PATIENCE: Duration = Duration::from_millis(650);

/// How long after one another a picture that is not ready is tried.
const DEVELOPING: [Duration; 2] = [Duration::from_millis(400), Duration::from_millis(1_200)];

/// A wait between two messages of one delivery that is sat out.
const SHORT: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);

/// Before the id of what only one person saw, and nobody can change.
pub(super) const WHISPERED: &str = "whispered/";

/// Slack.
#[derive(Debug)]
pub(super) struct Slack {
    pub(super) api: Api,
    pub(super) teams: Teams,
    pub(super) services: Services,
    /// What placeholders said last. Lost without loss.
    pub(super) shown: Mutex<HashMap<String, Progress>>,
}

#[async_trait]
impl Adapter for Slack {
    fn platform(&self) -> Platform {
        SLACK
    }

    #[instrument(name = "adapters.send", skip_all, fields(delivery = %delivery.id))]
    async fn send(&self, delivery: &Delivery) -> Result<Receipt, SendError> {
        let bot = self.teams.bot(&delivery.installation).await?;
        let sent = self.deliver(&bot, delivery).await;
        let Err(SendError::Revoked(_)) = sent else {
            return sent;
        };
        let renewed = self.teams.renewed(&delivery.installation, &bot.token);
        match renewed.await {
            Some(bot) => self.deliver(&bot, delivery).await,
            None => sent,
        }
    }

    fn recovery(&self) -> Recovery {
        Recovery::LookUp
    }

    #[instrument(name = "adapters.find", skip_all, fields(delivery = %delivery.id))]
    async fn find(&self, delivery: &Delivery) -> Result<Option<Receipt>, SendError> {
        self.look_up(delivery).await
    }

    fn pace(&self, _kind: SpaceKind) -> Pace {
        Pace {
            installation: None,
            space: Some(SPACE),
        }
    }

    fn patience(&self) -> Duration {
        PATIENCE
    }

    #[instrument(name = "adapters.progress", skip_all, fields(inbox = %working.inbox))]
    async fn progress(&self, working: &Working, progress: &Progress) -> Shown {
        let shown = self.show_progress(working, progress).await;
        shown.unwrap_or_else(|failure| {
            debug!(%failure, "progress was not shown");
            let limit = match failure {
                Failure::Limited(after) => Some(Limit {
                    after,
                    everywhere: false,
                }),
                _ => None,
            };
            Shown {
                limit,
                // What is there stays the answer's place.
                placeholder: working.placeholder.clone(),
                posted: 0,
            }
        })
    }
}

impl Slack {
    async fn deliver(&self, bot: &Bot, delivery: &Delivery) -> Result<Receipt, SendError> {
        let private = delivery.is_private();
        let chart = delivery
            .reply
            .card
            .as_ref()
            .and_then(|it| it.chart.as_ref());
        // Of bytes that are nowhere shown, nothing is to be seen: all of it can be tried again.
        let files = render::files(&delivery.reply);
        let (picture, files) = tokio::join!(
            async {
                match chart {
                    Some(chart) => self.picture(&bot.token, chart).await,
                    None => Ok(None),
                }
            },
            self.put_files(&bot.token, &files)
        );
        let picture = picture.map_err(|failure| failure.of_delivery(true))?;
        let files = match files {
            Ok(files) => Some(files),
            Err(failure @ Failure::Limited(_)) => return Err(failure.of_delivery(true)),
            Err(failure) if failure.is_revoked() => return Err(failure.of_delivery(true)),
            Err(failure) => {
                warn!(%failure, "a file was not uploaded");
                None
            }
        };
        let pages = self.pages(delivery, picture.as_deref());
        let replaced = usize::from(delivery.replaces.is_some() && !private);
        let posted = u32::try_from(pages.len() - replaced.min(pages.len())).unwrap_or(u32::MAX);
        let rest = self.rest_of_replaced(bot, delivery).await;
        let id = if private {
            let id = self.whisper_all(bot, delivery, &pages).await?;
            self.withdraw(bot, delivery).await;
            id
        } else {
            self.post_all(bot, delivery, pages).await?
        };
        self.delete_all(bot, delivery, &rest).await;
        self.share(bot, delivery, files).await;
        Ok(Receipt {
            posted,
            ..Receipt::one(id)
        })
    }

    /// The messages of a delivery.
    pub(super) fn pages(&self, delivery: &Delivery, picture: Option<&str>) -> Vec<Page> {
        let setting = Setting {
            delivery: delivery.id,
            language: self.services.language,
            picture,
            files_elsewhere: delivery.is_private() && !render::files(&delivery.reply).is_empty(),
        };
        render::pages(&delivery.reply, setting)
    }

    async fn post_all(
        &self,
        bot: &Bot,
        delivery: &Delivery,
        pages: Vec<Page>,
    ) -> Result<String, SendError> {
        let of = pages.len();
        let mut id = String::new();
        for (index, page) in pages.iter().enumerate() {
            let part = Part { index, of };
            id = match self.post_one(bot, delivery, page, part).await {
                Ok(id) => id,
                Err(failure) if index == 0 => {
                    return self.answer_directly(delivery, pages, failure).await;
                }
                Err(failure) => {
                    return Err(SendError::Unknown(format!(
                        "{index} of {of} sent: {failure}"
                    )));
                }
            };
        }
        Ok(id)
    }

    /// Sends one message, in the place of another where there is one.
    pub(super) async fn post_one(
        &self,
        bot: &Bot,
        delivery: &Delivery,
        page: &Page,
        part: Part,
    ) -> Result<String, Failure> {
        if let (0, Some(replaces)) = (part.index, &delivery.replaces) {
            let (ts, stream) = behind(replaces);
            if stream {
                self.end_stream(&bot.token, &delivery.space.id, ts).await;
            }
            self.forget_placeholder(replaces);
            if !ts.starts_with(WHISPERED) {
                let call = post::change(delivery, page, part, ts);
                match self.show(bot, call, part).await {
                    Err(failure) if failure.is_gone() => {}
                    shown => return shown,
                }
            }
        }
        self.show(bot, post::message(delivery, page, part), part)
            .await
    }

    /// Makes a call that shows blocks: again where a picture in them is not ready, and at last
    /// without it; after a short wait, where it is not the first of several.
    async fn show(&self, bot: &Bot, mut call: Call, part: Part) -> Result<String, Failure> {
        let mut developing = DEVELOPING.iter();
        loop {
            let shown = self.api.call(&bot.token, call.method, &call.body).await;
            match shown {
                Ok(answer) => return Ok(Fields(&answer).owned("/ts").unwrap_or_default()),
                Err(failure) if failure.is_about_blocks() && has_picture(&call) => {
                    match developing.next() {
                        Some(wait) => tokio::time::sleep(*wait).await,
                        None => say_picture(&mut call),
                    }
                }
                Err(Failure::Limited(after)) if part.index > 0 && after <= SHORT => {
                    tokio::time::sleep(after.unsigned_abs()).await;
                }
                Err(failure) => return Err(failure),
            }
        }
    }

    async fn whisper_all(
        &self,
        bot: &Bot,
        delivery: &Delivery,
        pages: &[Page],
    ) -> Result<String, SendError> {
        let of = pages.len();
        for (index, page) in pages.iter().enumerate() {
            let part = Part { index, of };
            if let Err(failure) = self.whisper(bot, delivery, page, part).await {
                return Err(if index == 0 {
                    failure.of_delivery(false)
                } else {
                    SendError::Unknown(format!("{index} of {of} sent: {failure}"))
                });
            }
        }
        Ok(format!("{WHISPERED}{}", delivery.id))
    }

    /// By the address that came with what the person did, while it lives; else by their name.
    async fn whisper(
        &self,
        bot: &Bot,
        delivery: &Delivery,
        page: &Page,
        part: Part,
    ) -> Result<(), Failure> {
        if let Some(handle) = &delivery.origin.handle {
            match self.respond(handle, delivery, page).await {
                Err(Failure::Api(_) | Failure::Http(400..=499)) if delivery.to.is_some() => {}
                responded => return responded,
            }
        }
        let Some(user) = &delivery.to else {
            return Err(Failure::Api("nobody_to_answer_alone".into()));
        };
        let call = post::whisper(delivery, page, user);
        self.show(bot, call, part).await.map(|_| ())
    }

    async fn respond(&self, handle: &str, delivery: &Delivery, page: &Page) -> Result<(), Failure> {
        let body = post::response(delivery, page);
        match self.api.respond(handle, &body).await {
            // The picture is not ready, or cannot be shown there.
            Err(Failure::Http(400) | Failure::Api(_)) if page.blocks.iter().any(is_picture) => {
                let mut call = Call { method: "", body };
                say_picture(&mut call);
                self.api.respond(handle, &call.body).await
            }
            responded => responded,
        }
    }

    /// A command in a chat that we are not in can be answered only by its own address.
    async fn answer_directly(
        &self,
        delivery: &Delivery,
        pages: Vec<Page>,
        failure: Failure,
    ) -> Result<String, SendError> {
        let shut_out = matches!(failure.code(), "channel_not_found" | "not_in_channel");
        let (Some(handle), true) = (&delivery.origin.handle, shut_out) else {
            return Err(failure.of_delivery(false));
        };
        for page in &pages {
            let responded = self.respond(handle, delivery, page).await;
            responded.map_err(|_| failure.of_delivery(false))?;
        }
        Ok(format!("{WHISPERED}{}", delivery.id))
    }

    /// Shows files under the answer; of a private one, in the person's direct chat. The answer is
    /// there: where its file cannot be, a sentence says so.
    async fn share(&self, bot: &Bot, delivery: &Delivery, files: Option<Vec<Waiting>>) {
        let shared = match files {
            Some(files) if files.is_empty() => return,
            Some(files) => match self.file_place(bot, delivery).await {
                Some(place) => self.show_files(&bot.token, &files, Some(&place)).await,
                None => Err(Failure::Api("no_direct_chat".into())),
            },
            None => Err(Failure::Lost),
        };
        let Err(failure) = shared else { return };
        warn!(%failure, "a file was not shared");
        let text = own::no_file(self.services.language);
        let to = delivery.to.as_deref().unwrap_or_default();
        let call = post::tell(&delivery.space, to, text);
        if let Err(failure) = self.api.call(&bot.token, call.method, &call.body).await {
            warn!(%failure, "a person was not told of a file");
        }
    }

    async fn file_place(&self, bot: &Bot, delivery: &Delivery) -> Option<Place> {
        if !delivery.is_private() || delivery.space.kind == SpaceKind::Direct {
            return Some(Place {
                channel: delivery.space.id.clone(),
                thread: delivery.space.thread.clone(),
            });
        }
        let channel = self.chat_with(&bot.token, delivery.to.as_deref()?).await?;
        Some(Place {
            channel,
            thread: None,
        })
    }
}

fn is_picture(block: &serde_json::Value) -> bool {
    Fields(block).text("/type") == Some("image")
}

fn has_picture(call: &Call) -> bool {
    Fields(&call.body)
        .each("/blocks")
        .iter()
        .any(|it| is_picture(it.0))
}

/// Puts what a picture shows in words in its place.
fn say_picture(call: &mut Call) {
    let Some(blocks) = call.body["blocks"].as_array_mut() else {
        return;
    };
    for block in blocks {
        if is_picture(block) {
            let alt = block["alt_text"].clone();
            *block = serde_json::json!({"type": "context", "elements": [
                {"type": "plain_text", "text": alt, "emoji": false}]});
        }
    }
}
