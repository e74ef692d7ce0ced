//! Asks through the whole line, and looks up in the audit log which tool answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use almanac_agent_contract::ToolCall;
use almanac_evals::{Dialogue, Told};
use serde_json::Value as Json;

use crate::asking::Question;
use crate::{App, Asker, Failure};

/// Rows of the log that one turn writes, at most.
const ROWS: u32 = 100;

/// The line of one catalogue's workspace. It is asked one question at a time.
pub(super) struct AskedLine {
    app: Arc<App>,
    asker: Asker,
    conversations: AtomicU64,
    /// How far the log has been read.
    read: AtomicI64,
}

impl AskedLine {
    pub(super) fn start(app: Arc<App>) -> Self {
        Self {
            asker: Asker::start(app.clone()),
            app,
            conversations: AtomicU64::new(0),
            read: AtomicI64::new(0),
        }
    }

    /// Holds the conversation and gives what came of its last question.
    pub(super) async fn ask(&self, dialogue: Dialogue<'_>) -> Result<Told, Failure> {
        let number = self.conversations.fetch_add(1, Ordering::Relaxed);
        let conversation = format!("eval-{number}");
        let question = |text| Question {
            text,
            conversation: Some(&conversation),
            now: Some(dialogue.now),
            person: None,
        };
        for said in dialogue.before {
            self.asker.ask(question(said)).await?;
        }
        let reply = self.asker.ask(question(dialogue.question)).await?;
        Ok(Told {
            outcome: reply.outcome,
            call: self.call().await?,
            text: reply.text,
            choices: reply.choices,
            confidence: reply.confidence,
        })
    }

    /// The last tool of the last turn that found something.
    async fn call(&self) -> Result<Option<ToolCall>, Failure> {
        let (store, workspace) = (&self.app.store, self.app.workspace);
        let mut last = None;
        loop {
            let after = self.read.load(Ordering::Relaxed);
            let rows = store.audit(workspace, after, ROWS).await?;
            let Some(newest) = rows.last() else { break };
            self.read.store(newest.position, Ordering::Relaxed);
            last = rows.into_iter().rfind(|row| row.action == "turn").or(last);
        }
        let tools = last.and_then(|mut row| match row.detail["tools"].take() {
            Json::Array(tools) => Some(tools),
            _ => None,
        });
        let used = tools
            .into_iter()
            .flatten()
            .rfind(|tool| tool["error"].is_null());
        Ok(used.and_then(|mut tool| {
            tool.as_object_mut()?.remove("error");
            serde_json::from_value(tool).ok()
        }))
    }

    pub(super) async fn stop(self) {
        self.asker.stop().await;
    }
}
