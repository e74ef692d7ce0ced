//! A line that lives in memory and answers when told to: the real one is tested in `server/`.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use almanac_agent_contract::{
    Accepted, Adapter, Choice, Content, Delivery, FixedClock, Inbound, InboxId, Installation,
    Installations, Language, Leases, Line, LineError, Message, Names, OutboxId, Outcome, Past,
    Place, Platform, Receipts, Reply, Services, Side, Space, Stage, Working,
};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

/// What was accepted, and what was answered.
#[derive(Default)]
pub(crate) struct MemoryLine {
    accepted: Mutex<Vec<(InboxId, Inbound)>>,
    answers: Mutex<HashMap<(Platform, String, String), Reply>>,
    messages: Mutex<Vec<(Platform, Space, Message)>>,
    installations: Mutex<Vec<Installation>>,
    leases: Mutex<HashMap<String, String>>,
    stages: Mutex<Vec<(String, Stage)>>,
    down: AtomicBool,
    bare: AtomicBool,
    unkept: Mutex<Option<String>>,
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

    /// There is no metric, and so no example of a question.
    pub(crate) fn set_bare(&self) {
        self.bare.store(true, Ordering::SeqCst);
    }

    /// From now on, does not keep the event of that id.
    pub(crate) fn do_not_keep(&self, event_id: &str) {
        *self.unkept.lock().unwrap() = Some(event_id.to_owned());
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
        delivery(inbound, reply)
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

    /// All that a platform is given, over this line.
    pub(crate) fn services(self: &Arc<Self>) -> Services {
        Services {
            line: Arc::clone(self) as _,
            past: Arc::clone(self) as _,
            installations: Arc::clone(self) as _,
            leases: Arc::clone(self) as _,
            receipts: Arc::clone(self) as _,
            names: Arc::clone(self) as _,
            clock: Arc::new(FixedClock("2026-11-20T14:00:00Z".parse().unwrap())),
            language: Language::En,
        }
    }

    /// What was said of messages after they were sent, in the order it was told.
    pub(crate) fn stages(&self) -> Vec<(String, Stage)> {
        self.stages.lock().unwrap().clone()
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
        if self.unkept.lock().unwrap().as_ref() == Some(&inbound.event_id) {
            return Err(LineError::Unavailable("not this one".into()));
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
        if let Content::Text { text } | Content::Edited { text, .. } = &inbound.content {
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

#[async_trait]
impl Past for MemoryLine {
    async fn last_heard(
        &self,
        platform: &Platform,
        installation: &str,
        user: &str,
    ) -> Result<Option<Timestamp>, LineError> {
        let accepted = self.accepted();
        Ok(accepted
            .iter()
            .filter(|it| it.platform == *platform && it.installation == installation)
            .filter(|it| it.sender.user == user)
            .map(|it| it.at)
            .max())
    }

    async fn takes_part(
        &self,
        platform: &Platform,
        installation: &str,
        space: &Space,
    ) -> Result<bool, LineError> {
        Ok(self.accepted().iter().any(|it| {
            it.platform == *platform
                && it.installation == installation
                && it.space.id == space.id
                && it.space.thread == space.thread
        }))
    }

    async fn places(
        &self,
        platform: &Platform,
        installation: &str,
        limit: u32,
    ) -> Result<Vec<Place>, LineError> {
        let mut places: Vec<Place> = Vec::new();
        for it in self.accepted().into_iter().rev() {
            let asked = !matches!(it.content, Content::Edited { .. } | Content::Deleted { .. });
            let here = it.platform == *platform && it.installation == installation;
            if asked && here && !places.iter().any(|known| known.space == it.space) {
                places.push(Place {
                    space: it.space,
                    heard: it.at,
                });
            }
        }
        places.truncate(limit as usize);
        Ok(places)
    }

    async fn of_person(
        &self,
        platform: &Platform,
        installation: &str,
        user: &str,
        limit: u32,
    ) -> Result<Vec<Message>, LineError> {
        let own: Vec<String> = self
            .accepted()
            .into_iter()
            .filter(|it| it.platform == *platform && it.installation == installation)
            .filter(|it| it.sender.user == user)
            .map(|it| it.event_id)
            .collect();
        let messages = self.messages.lock().unwrap();
        let said: Vec<Message> = messages
            .iter()
            .map(|(_, _, message)| message)
            .filter(|message| own.contains(&message.event_id))
            .cloned()
            .collect();
        let skip = said.len().saturating_sub(limit as usize);
        Ok(said[skip..].to_vec())
    }
}

#[async_trait]
impl Installations for MemoryLine {
    async fn all(&self, platform: &Platform) -> Result<Vec<Installation>, LineError> {
        let all = self.installations.lock().unwrap();
        Ok(all
            .iter()
            .filter(|it| it.platform == *platform)
            .cloned()
            .collect())
    }

    async fn now(&self) -> Result<Timestamp, LineError> {
        Ok(Timestamp::UNIX_EPOCH)
    }

    async fn keep(&self, installation: Installation, _asked: Timestamp) -> Result<(), LineError> {
        let mut all = self.installations.lock().unwrap();
        all.retain(|it| it.platform != installation.platform || it.id != installation.id);
        all.push(installation);
        Ok(())
    }

    async fn park(
        &self,
        platform: &Platform,
        installation: &str,
        reason: &str,
    ) -> Result<bool, LineError> {
        let mut all = self.installations.lock().unwrap();
        let found = all
            .iter_mut()
            .find(|it| it.platform == *platform && it.id == installation);
        Ok(found.is_some_and(|it| it.parked.replace(reason.to_owned()).is_none()))
    }
}

#[async_trait]
impl Leases for MemoryLine {
    async fn hold(
        &self,
        name: &str,
        holder: &str,
        _length: SignedDuration,
    ) -> Result<bool, LineError> {
        let mut leases = self.leases.lock().unwrap();
        let now = leases
            .entry(name.to_owned())
            .or_insert_with(|| holder.to_owned());
        Ok(now == holder)
    }

    async fn release(&self, name: &str, holder: &str) -> Result<(), LineError> {
        self.leases
            .lock()
            .unwrap()
            .retain(|it, by| it != name || by != holder);
        Ok(())
    }
}

#[async_trait]
impl Receipts for MemoryLine {
    async fn note(
        &self,
        _platform: &Platform,
        _installation: &str,
        provider_id: &str,
        stage: Stage,
    ) -> Result<bool, LineError> {
        let mut stages = self.stages.lock().unwrap();
        stages.push((provider_id.to_owned(), stage));
        Ok(true)
    }
}

impl Names for MemoryLine {
    fn metrics(&self, typed: &str, _language: Language, limit: usize) -> Vec<Choice> {
        let labels = ["Revenue", "Net revenue", "Orders", "Average order value"];
        let typed = typed.to_lowercase();
        labels
            .into_iter()
            .filter(|label| label.to_lowercase().contains(&typed))
            .take(limit)
            .map(|label| Choice {
                label: label.into(),
                ask: label.into(),
            })
            .collect()
    }

    fn examples(&self, _language: Language) -> Vec<String> {
        let nothing = self.bare.load(Ordering::SeqCst);
        let all = ["net revenue last week", "orders by week this year"];
        let all = if nothing { &[][..] } else { &all[..] };
        all.iter().map(|it| (*it).to_owned()).collect()
    }
}

/// The answer to an event, as the courier has it.
pub(crate) fn delivery(inbound: &Inbound, reply: Reply) -> Delivery {
    Delivery {
        id: OutboxId::new(),
        inbox: None,
        event_id: Some(inbound.event_id.clone()),
        installation: inbound.installation.clone(),
        space: inbound.space.clone(),
        to: Some(inbound.sender.user.clone()),
        origin: inbound.origin.clone(),
        replaces: None,
        trouble: None,
        reply,
    }
}

/// The turn on an event, as the worker has it.
pub(crate) fn working(inbound: &Inbound) -> Working {
    Working {
        inbox: InboxId::new(),
        installation: inbound.installation.clone(),
        space: inbound.space.clone(),
        to: inbound.sender.user.clone(),
        origin: inbound.origin.clone(),
        placeholder: None,
        language: Language::En,
    }
}
