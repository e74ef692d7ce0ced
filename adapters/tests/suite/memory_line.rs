//! A line that lives in memory and answers when told to: the real one is tested in `server/`.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use almanac_agent_contract::{
    Accepted, Adapter, Content, Delivery, Inbound, InboxId, Line, LineError, Message, OutboxId,
    Outcome, Platform, Reply, Side, Space,
};
use async_trait::async_trait;

/// What was accepted, and what was answered.
#[derive(Default)]
pub(crate) struct MemoryLine {
    accepted: Mutex<Vec<(InboxId, Inbound)>>,
    answers: Mutex<HashMap<(Platform, String, String), Reply>>,
    messages: Mutex<Vec<(Platform, Space, Message)>>,
    down: AtomicBool,
}

impl MemoryLine {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Everything accepted, once each.
    pub(crate) fn accepted(&self) -> Vec<Inbound> {
        self.accepted
            .lock()
            .unwrap()
            .iter()
            .map(|(_, inbound)| inbound.clone())
            .collect()
    }

    /// Makes the store unavailable, or available again.
    pub(crate) fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::SeqCst);
    }

    /// Keeps an answer without telling the platform: as another replica would.
    pub(crate) fn record(&self, inbound: &Inbound, reply: Reply) -> Delivery {
        let key = (
            inbound.platform.clone(),
            inbound.installation.clone(),
            inbound.event_id.clone(),
        );
        self.answers.lock().unwrap().insert(key, reply.clone());
        self.messages.lock().unwrap().push((
            inbound.platform.clone(),
            inbound.space.clone(),
            Message {
                event_id: inbound.event_id.clone(),
                at: inbound.at,
                said: Side::Almanac(reply.clone()),
            },
        ));
        Delivery {
            id: OutboxId::new(),
            inbox: None,
            event_id: Some(inbound.event_id.clone()),
            installation: inbound.installation.clone(),
            space: inbound.space.clone(),
            reply,
        }
    }

    /// Answers the way worker and courier do: kept, then sent.
    pub(crate) async fn answer_with(&self, adapter: &dyn Adapter, inbound: &Inbound, reply: Reply) {
        let delivery = self.record(inbound, reply);
        adapter.send(&delivery).await.unwrap();
    }

    /// From now on answers every question at once, by repeating it.
    pub(crate) fn echo(self: &Arc<Self>, adapter: Arc<dyn Adapter>) -> tokio::task::JoinHandle<()> {
        let line = Arc::clone(self);
        tokio::spawn(async move {
            let mut next = 0;
            loop {
                let inbound = line
                    .accepted
                    .lock()
                    .unwrap()
                    .get(next)
                    .map(|it| it.1.clone());
                let Some(inbound) = inbound else {
                    tokio::time::sleep(std::time::Duration::from_millis(1)).await;
                    continue;
                };
                next += 1;
                if let Content::Text { text } = &inbound.content {
                    let reply = Reply::words(Outcome::Answer, format!("You said: {text}"));
                    line.answer_with(adapter.as_ref(), &inbound, reply).await;
                }
            }
        })
    }

    /// The next thing accepted after the first `count`.
    pub(crate) async fn after(&self, count: usize) -> Inbound {
        loop {
            if let Some(inbound) = self.accepted().get(count) {
                return inbound.clone();
            }
            tokio::task::yield_now().await;
        }
    }
}

#[async_trait]
impl Line for MemoryLine {
    async fn accept(&self, inbound: Inbound) -> Result<Accepted, LineError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(LineError::Unavailable("down".into()));
        }
        let mut accepted = self.accepted.lock().unwrap();
        let same = accepted.iter().find(|(_, other)| {
            other.platform == inbound.platform
                && other.installation == inbound.installation
                && other.event_id == inbound.event_id
        });
        if let Some((inbox, other)) = same {
            return Ok(Accepted {
                inbox: *inbox,
                duplicate: true,
                differs: other.content != inbound.content || other.space.id != inbound.space.id,
            });
        }
        if let Content::Text { text } = &inbound.content {
            self.messages.lock().unwrap().push((
                inbound.platform.clone(),
                inbound.space.clone(),
                Message {
                    event_id: inbound.event_id.clone(),
                    at: inbound.at,
                    said: Side::Person(text.clone()),
                },
            ));
        }
        let inbox = InboxId::new();
        accepted.push((inbox, inbound));
        Ok(Accepted {
            inbox,
            duplicate: false,
            differs: false,
        })
    }

    async fn answer(
        &self,
        platform: &Platform,
        installation: &str,
        event_id: &str,
    ) -> Result<Option<Reply>, LineError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(LineError::Unavailable("down".into()));
        }
        let key = (
            platform.clone(),
            installation.to_owned(),
            event_id.to_owned(),
        );
        if let Some(reply) = self.answers.lock().unwrap().get(&key) {
            return Ok(Some(reply.clone()));
        }
        let known = self.accepted.lock().unwrap().iter().any(|(_, it)| {
            it.platform == *platform && it.installation == installation && it.event_id == event_id
        });
        if known {
            Ok(None)
        } else {
            Err(LineError::Unknown)
        }
    }

    async fn history(
        &self,
        platform: &Platform,
        space: &Space,
        limit: u32,
    ) -> Result<Vec<Message>, LineError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(LineError::Unavailable("down".into()));
        }
        let messages = self.messages.lock().unwrap();
        let of_space: Vec<Message> = messages
            .iter()
            .filter(|(of, at, _)| of == platform && at == space)
            .map(|(_, _, message)| message.clone())
            .collect();
        let skip = of_space.len().saturating_sub(limit as usize);
        Ok(of_space[skip..].to_vec())
    }
}
