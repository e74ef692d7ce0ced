//! Files, in Slack's three steps: an address, the bytes, and the word that they are there. Before the
//! third nothing is to be seen of them.

use almanac_agent_contract::{ChartSpec, TextFile};
use almanac_cards::{Size, Theme, png};
use secrecy::SecretString;
use serde_json::{Value, json};
use tracing::warn;

use super::adapter::Slack;
use super::failure::Failure;
use super::fields::Fields;
use super::text::calm;
use crate::drawing::drawn;
use crate::split::{characters, split};

/// Slack takes 1,000 characters beside a file.
const ALT: usize = 900;

/// A file whose bytes are there and that nobody sees yet.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    id: String,
    title: String,
}

/// Where a file is to be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) channel: String,
    pub(super) thread: Option<String>,
}

impl Slack {
    /// The chart as a picture that a message can show. `None` where there is no picture to be had:
    /// the message then says in words what it would show.
    pub(super) async fn picture(
        &self,
        token: &SecretString,
        chart: &ChartSpec,
    ) -> Result<Option<String>, Failure> {
        let spec = chart.clone();
        let bytes = match drawn(move || png(&spec, Size::default(), Theme::Light)).await {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(error)) => {
                warn!(%error, "a chart was not drawn");
                return Ok(None);
            }
            Err(error) => {
                warn!(%error, "a chart was not drawn");
                return Ok(None);
            }
        };
        let uploaded = async {
            let alt = split(&calm(&chart.alt), ALT, characters).into_iter().next();
            let waiting = self.put_file(token, "chart.png", &bytes, alt).await?;
            self.show_files(token, std::slice::from_ref(&waiting), None)
                .await?;
            Ok(waiting.id)
        };
        match uploaded.await {
            Ok(id) => Ok(Some(id)),
            Err(failure @ Failure::Limited(_)) => Err(failure),
            Err(failure) if failure.is_revoked() => Err(failure),
            Err(failure) => {
                warn!(%failure, "a chart was not uploaded");
                Ok(None)
            }
        }
    }

    /// The first two steps for each file.
    pub(super) async fn put_files(
        &self,
        token: &SecretString,
        files: &[TextFile],
    ) -> Result<Vec<Waiting>, Failure> {
        let mut waiting = Vec::new();
        for file in files {
            // Slack takes no empty file.
            let bytes = if file.text.is_empty() {
                "\n".as_bytes()
            } else {
                file.text.as_bytes()
            };
            waiting.push(self.put_file(token, &file.name, bytes, None).await?);
        }
        Ok(waiting)
    }

    async fn put_file(
        &self,
        token: &SecretString,
        name: &str,
        bytes: &[u8],
        alt: Option<String>,
    ) -> Result<Waiting, Failure> {
        let name = calm(name).replace(['/', '\\'], "-");
        let length = bytes.len().to_string();
        let parameters = [
            ("filename", Some(name.as_str())),
            ("length", Some(length.as_str())),
            ("alt_txt", alt.as_deref()),
        ];
        let method = "files.getUploadURLExternal";
        let answer = self.api.ask(token, method, &parameters).await?;
        let fields = Fields(&answer);
        let (Some(address), Some(id)) = (fields.text("/upload_url"), fields.owned("/file_id"))
        else {
            return Err(Failure::Lost);
        };
        self.api.put(address, bytes).await?;
        Ok(Waiting { id, title: name })
    }

    /// The third step: the files are there, in a place or for a message to show.
    pub(super) async fn show_files(
        &self,
        token: &SecretString,
        files: &[Waiting],
        place: Option<&Place>,
    ) -> Result<(), Failure> {
        let files: Vec<Value> = files
            .iter()
            .map(|file| json!({"id": file.id, "title": file.title}))
            .collect();
        let mut body = json!({"files": files});
        if let Some(place) = place {
            body["channel_id"] = json!(place.channel);
            if let Some(thread) = &place.thread {
                body["thread_ts"] = json!(thread);
            }
        }
        let method = "files.completeUploadExternal";
        self.api.call(token, method, &body).await.map(|_| ())
    }
}
