//! Assistant threads: a greeting with questions to press, and a title once something was asked.

use serde_json::{Value, json};
use tracing::debug;

use super::adapter::Slack;
use super::parse::Opened;
use super::said::Said;
use super::text::escape;
use crate::split::{characters, split};

/// The longest title, in characters.
const TITLE: usize = 60;

/// The most questions that Slack offers in a thread.
const PROMPTS: usize = 4;

impl Slack {
    /// Offers questions in a thread that was just opened.
    pub(super) async fn greet(&self, opened: Opened) {
        let prompts: Vec<Value> = self
            .services
            .names
            .examples(self.services.language)
            .into_iter()
            .take(PROMPTS)
            .map(|example| json!({"title": example, "message": example}))
            .collect();
        if prompts.is_empty() {
            return;
        }
        let body = json!({"channel_id": opened.chat, "thread_ts": opened.thread,
            "prompts": prompts});
        let method = "assistant.threads.setSuggestedPrompts";
        self.of_assistant(&opened.installation, method, &body).await;
    }

    /// Names a thread after its first question. Threads that are not an assistant's have no title,
    /// and Slack says so: nothing is lost.
    pub(super) async fn entitle(&self, said: &Said, question: &str) {
        let pieces = split(question, TITLE, characters);
        let Some(first) = pieces.first() else { return };
        let title = if pieces.len() > 1 {
            format!("{first} …")
        } else {
            first.clone()
        };
        let body = json!({"channel_id": said.channel, "thread_ts": said.thread,
            "title": escape(&title)});
        let method = "assistant.threads.setTitle";
        self.of_assistant(&said.installation, method, &body).await;
    }

    async fn of_assistant(&self, installation: &str, method: &str, body: &Value) {
        let Ok(bot) = self.teams.bot(installation).await else {
            return;
        };
        if let Err(error) = self.api.call(&bot.token, method, body).await {
            debug!(%error, method, "an assistant thread stays as it is");
        }
    }
}
