//! Asks through the whole line from the command line: inbox, worker, turn, outbox, courier, and
//! back to the terminal that waits.

use std::sync::Arc;
use std::time::Duration;

use almanac_adapters::cli::{CLI, LOCAL, Terminal, Typed};
use almanac_agent_contract::{Line, Outcome, Reply};
use anyhow::anyhow;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{App, Failure, Running};

/// Past the deadline of a turn and its retries; then the person is told.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often the line is asked beside waiting.
const LOOK: Duration = Duration::from_secs(2);

/// Asks.
pub struct Asker {
    app: Arc<App>,
    terminal: Arc<Terminal>,
    running: Running,
}

/// One question and where it belongs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Question<'a> {
    /// The words.
    pub text: &'a str,
    /// Who asks.
    pub person: Option<&'a str>,
    /// The conversation it goes on with.
    pub conversation: Option<&'a str>,
    /// The moment it is read against; now where absent.
    pub now: Option<Timestamp>,
}

impl Asker {
    /// Starts the line for this terminal.
    #[must_use]
    pub fn start(app: Arc<App>) -> Self {
        let terminal = Terminal::new();
        let running = Running::start(&app, vec![terminal.clone()]);
        Self {
            app,
            terminal,
            running,
        }
    }

    /// Asks, and waits for the one answer.
    ///
    /// # Errors
    /// Where the question could not be made durable, or no answer came in two minutes.
    pub async fn ask(&self, question: Question<'_>) -> Result<Reply, Failure> {
        let event_id = Uuid::now_v7().to_string();
        let typed = Typed {
            text: question.text,
            person: question.person,
            conversation: question.conversation,
            event_id: &event_id,
            at: question.now.unwrap_or_else(|| self.app.clock.now()),
        };
        let inbound = match typed.inbound() {
            Ok(inbound) => inbound,
            Err(error) => return Ok(Reply::words(Outcome::Refuse, error.to_string())),
        };
        let answer = self.terminal.wait(&event_id);
        self.app.line().accept(inbound).await?;
        tokio::time::timeout(PATIENCE, async {
            tokio::select! {
                delivery = answer => Ok(delivery.reply),
                found = self.found(&event_id) => found,
            }
        })
        .await
        .unwrap_or_else(|_| {
            Err(anyhow!(
                "no answer came in {} seconds; it is kept and tried again at the next start",
                PATIENCE.as_secs()
            )
            .into())
        })
    }

    /// The answer as the line has it: another process on the same database may have taken the
    /// delivery.
    async fn found(&self, event_id: &str) -> Result<Reply, Failure> {
        loop {
            tokio::time::sleep(LOOK).await;
            if let Some(reply) = self.app.line().answer(&CLI, LOCAL, event_id).await? {
                return Ok(reply);
            }
        }
    }

    /// Stops the line and closes the store.
    pub async fn stop(self) {
        self.running.stop().await;
        self.app.store.clone().close().await;
    }
}
