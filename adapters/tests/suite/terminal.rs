//! The command line's adapter.

use std::sync::Arc;
use std::time::Duration;

use almanac_adapters::cli::{self, Terminal, Typed};
use almanac_agent_contract::{Adapter, Clock, Inbound, Line, Outcome, Progress, Reply};
use async_trait::async_trait;

use crate::browser::clock;
use crate::conformance::{Taken, UnderTest};
use crate::memory_line::{MemoryLine, working};

/// `almanac ask`, as far as the adapter goes.
pub(crate) struct TerminalUnderTest {
    line: Arc<MemoryLine>,
    terminal: Arc<Terminal>,
}

impl TerminalUnderTest {
    pub(crate) fn new() -> Self {
        Self {
            line: MemoryLine::new(),
            terminal: Terminal::new(),
        }
    }
}

fn typed<'a>(event_id: &'a str, text: &'a str) -> Typed<'a> {
    Typed {
        text,
        person: None,
        conversation: None,
        event_id,
        at: clock().now(),
    }
}

#[async_trait]
impl UnderTest for TerminalUnderTest {
    fn adapter(&self) -> Arc<dyn Adapter> {
        self.terminal.clone()
    }

    async fn say(&mut self, event: u128, text: &str) -> Taken {
        match typed(&event.to_string(), text).inbound() {
            Ok(inbound) => {
                self.line.accept(inbound).await.unwrap();
                Taken::Yes
            }
            Err(error) => Taken::No(error.to_string()),
        }
    }

    async fn press(&mut self, _action: &str) -> Taken {
        Taken::NotHere
    }

    fn accepted(&self) -> Vec<Inbound> {
        self.line.accepted()
    }

    async fn shown(&mut self, reply: Reply) -> String {
        let inbound = typed("shown", "show it").inbound().unwrap();
        let answer = self.terminal.wait(&inbound.event_id);
        self.line.accept(inbound.clone()).await.unwrap();
        self.line
            .answer_with(self.terminal.as_ref(), &inbound, reply)
            .await;
        cli::render(&answer.await.reply)
    }

    fn quoted(&self, text: &str) -> String {
        text.to_owned()
    }

    fn live_markup(&self) -> &'static [&'static str] {
        &["\u{1b}", "\u{7}"]
    }
}

#[tokio::test]
async fn whoever_waits_gets_the_answer_and_nobody_elses() {
    let terminal = Terminal::new();
    let line = MemoryLine::new();
    let [mine, other] = ["mine", "other"].map(|id| typed(id, "revenue").inbound().unwrap());
    let (first, second) = (terminal.wait("mine"), terminal.wait("mine"));
    let words = |text: &str| Reply::words(Outcome::Answer, text);
    line.answer_with(terminal.as_ref(), &other, words("not yours"))
        .await;
    line.answer_with(terminal.as_ref(), &mine, words("yours"))
        .await;
    assert_eq!(first.await.reply.text, "yours");
    assert_eq!(second.await.reply.text, "yours");
}

#[tokio::test(start_paused = true)]
async fn waiting_never_ends_by_itself() {
    let terminal = Terminal::new();
    let answer = terminal.wait("never");
    drop(terminal);
    assert!(
        tokio::time::timeout(Duration::from_secs(3600), answer)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn progress_is_told_with_its_space() {
    let terminal = Terminal::new();
    let inbound = typed("a", "revenue").inbound().unwrap();
    let mut feed = terminal.progress_feed();
    terminal
        .progress(&working(&inbound), &Progress::Reading)
        .await;
    assert_eq!(
        feed.recv().await.unwrap(),
        (inbound.space, Progress::Reading)
    );
}

#[test]
fn a_named_conversation_and_person_are_kept() {
    let named = Typed {
        person: Some("ana"),
        conversation: Some("c1"),
        ..typed("e", "revenue")
    };
    let inbound = named.inbound().unwrap();
    assert_eq!(
        (inbound.sender.user.as_str(), inbound.space.id.as_str()),
        ("ana", "c1")
    );
    let alone = typed("e", "revenue").inbound().unwrap();
    assert_eq!(alone.space.id, "e");
}
