//! The Bot API through teloxide. What comes back is read leniently: a message that was sent counts
//! as sent even where Telegram tells of it in a way that teloxide does not know yet.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::Value;
use teloxide::Bot;
use teloxide::requests::{JsonRequest, MultipartPayload, MultipartRequest, Payload, Request};
use teloxide::types::InputFile;

use super::trouble::Trouble;
use crate::SectionError;

/// How long a poll waits at Telegram for something to happen.
pub(super) const POLL: Duration = Duration::from_secs(25);
/// How long a request may take; a file of some megabytes over a slow line does.
const PATIENCE: Duration = Duration::from_secs(30);

/// A bot's two clients: one for what is done at once, one for polls, which take long. It cannot be
/// printed: the token is in it.
#[derive(Clone)]
pub(super) struct Api {
    bot: Bot,
    polling: Bot,
}

impl Api {
    /// The bot of a token, at an address.
    pub(super) fn new(token: &SecretString, address: &str) -> Result<Self, SectionError> {
        let url = reqwest::Url::parse(address).map_err(|_| {
            SectionError::Key(format!(
                "[telegram] api_url: \"{address}\" is not an address such as https://api.telegram.org"
            ))
        })?;
        let bot = |patience: Duration| {
            let client = teloxide::net::default_reqwest_settings()
                .timeout(patience)
                .referer(false)
                .build()
                .map_err(|_| {
                    SectionError::Key("[telegram]: no HTTP client can be made here".into())
                })?;
            let bot = Bot::with_client(token.expose_secret(), client);
            Ok::<_, SectionError>(bot.set_api_url(url.clone()))
        };
        Ok(Self {
            bot: bot(PATIENCE)?,
            polling: bot(POLL + Duration::from_secs(10))?,
        })
    }

    /// Calls a method. The result, as JSON.
    pub(super) async fn call<P>(&self, payload: P) -> Result<Value, Trouble>
    where
        P: Payload + Serialize + Send + 'static,
    {
        Ok(JsonRequest::new(self.bot.clone(), Lenient(payload))
            .send()
            .await?)
    }

    /// Calls a method that takes files.
    pub(super) async fn upload<P>(&self, payload: P) -> Result<Value, Trouble>
    where
        P: MultipartPayload + Serialize + Send + 'static,
    {
        Ok(MultipartRequest::new(self.bot.clone(), Lenient(payload))
            .send()
            .await?)
    }

    /// Waits for updates from `offset` on; those before it are confirmed and do not come again.
    pub(super) async fn updates(&self, poll: Poll) -> Result<Vec<Value>, Trouble> {
        match JsonRequest::new(self.polling.clone(), poll).send().await? {
            Value::Array(updates) => Ok(updates),
            _ => Err(Trouble::Unanswered("updates that are no list".into())),
        }
    }
}

/// A payload whose result is taken as it comes.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
struct Lenient<P>(P);

impl<P: Payload> Payload for Lenient<P> {
    type Output = Value;
    const NAME: &'static str = P::NAME;
}

impl<P: MultipartPayload> MultipartPayload for Lenient<P> {
    fn copy_files(&self, into: &mut dyn FnMut(InputFile)) {
        self.0.copy_files(into);
    }

    fn move_files(&mut self, into: &mut dyn FnMut(InputFile)) {
        self.0.move_files(into);
    }
}

/// `getUpdates`, with updates as they come: one that nobody knows yet must not lose the others.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Poll {
    /// The first that is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) offset: Option<i64>,
    /// At most so many.
    pub(super) limit: u8,
    /// Seconds.
    pub(super) timeout: u64,
    /// Of which kinds.
    pub(super) allowed_updates: &'static [&'static str],
}

impl Payload for Poll {
    type Output = Value;
    const NAME: &'static str = "GetUpdates";
}

/// `editMessageMedia` with a new photo. teloxide 0.17 cannot send its own: it flattens the message's
/// id, which its form writer does not know.
#[derive(Debug, Clone, Serialize)]
pub(super) struct EditPhoto {
    chat_id: i64,
    message_id: i32,
    media: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<String>,
    #[serde(skip)]
    photo: InputFile,
}

impl EditPhoto {
    /// The photo, its caption in HTML, and the keyboard as JSON.
    pub(super) fn new(
        (chat_id, message_id): (i64, i32),
        photo: InputFile,
        caption: &str,
        reply_markup: Option<String>,
    ) -> Self {
        let media = serde_json::json!({
            "type": "photo",
            "media": photo,
            "caption": caption,
            "parse_mode": "HTML",
        });
        Self {
            chat_id,
            message_id,
            media: media.to_string(),
            reply_markup,
            photo,
        }
    }
}

impl Payload for EditPhoto {
    type Output = Value;
    const NAME: &'static str = "EditMessageMedia";
}

impl MultipartPayload for EditPhoto {
    fn copy_files(&self, into: &mut dyn FnMut(InputFile)) {
        into(self.photo.clone());
    }

    fn move_files(&mut self, into: &mut dyn FnMut(InputFile)) {
        into(self.photo.clone());
    }
}
