//! Short ways to say things to a store.

use std::sync::Arc;

use almanac_agent_contract::{
    Content, ConversationState, Inbound, InboxId, Language, Origin, Outcome, Platform, Receipt,
    Recovery, Reply, Scope, Sender, Settings, Space, SpaceKind, WorkspaceId,
};
use almanac_store::{Claim, ClaimedDelivery, ClaimedEvent, Finished, Served, Store};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};

pub(crate) const PLATFORM: Platform = Platform::named("parlour");
/// Longer than any test.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_hours(1);
/// Over as soon as it is given.
pub(crate) const LAPSED: SignedDuration = SignedDuration::from_secs(-1);

pub(crate) async fn workspace(store: &Store) -> WorkspaceId {
    store.ensure_workspace(&Settings::default()).await.unwrap()
}

/// A direct chat.
pub(crate) fn space(id: &str) -> Space {
    Space {
        id: id.into(),
        kind: SpaceKind::Direct,
        thread: None,
    }
}

/// Ana's words in a direct chat. The event's id is the words.
pub(crate) fn words(space_id: &str, text: &str) -> Inbound {
    Inbound {
        platform: PLATFORM,
        installation: "one".into(),
        event_id: text.into(),
        space: space(space_id),
        sender: Sender {
            user: "ana".into(),
            name: Some("Ana".into()),
        },
        content: Content::Text { text: text.into() },
        origin: Origin::default(),
        at: "2026-11-20T10:00:00Z".parse::<Timestamp>().unwrap(),
    }
}

pub(crate) async fn accept(store: &Store, inbound: &Inbound) -> InboxId {
    let accepted = store.accept(workspace(store).await, inbound).await.unwrap();
    assert!(!accepted.duplicate);
    accepted.inbox
}

pub(crate) async fn claim(store: &Store, lease: SignedDuration) -> Vec<ClaimedEvent> {
    let claim = claiming(store, "worker", 100, lease).await;
    store.claim_inbox(claim).await.unwrap()
}

/// The event ids of what can be claimed now.
pub(crate) async fn claim_ids(store: &Store) -> Vec<String> {
    claim(store, LEASE)
        .await
        .into_iter()
        .map(|event| event.inbound.event_id)
        .collect()
}

pub(crate) fn answer(text: &str) -> Finished {
    Finished {
        reply: Some(Reply::words(Outcome::Answer, text)),
        replaces: None,
        state: None,
        audit: json!({ "outcome": "answer" }),
        parked: None,
        stranger: false,
    }
}

/// The state of a conversation that stands at this query.
pub(crate) fn standing_at(query: Json) -> ConversationState {
    ConversationState {
        query: Some(query),
        ..ConversationState::default()
    }
}

/// On whose behalf an event is answered.
pub(crate) fn scope(event: &ClaimedEvent) -> Scope {
    Scope {
        workspace: event.workspace,
        person: event.person,
        conversation: event.conversation,
        inbox: event.inbox,
        settings: Arc::new(Settings::default()),
        language: Language::En,
        now: event.inbound.at,
    }
}

/// Accepts words, and answers them with the same words.
pub(crate) async fn echo(store: &Store, inbound: &Inbound) -> ClaimedEvent {
    let inbox = accept(store, inbound).await;
    let event = claim(store, LEASE)
        .await
        .into_iter()
        .find(|event| event.inbox == inbox)
        .unwrap();
    let text = format!("to {}", inbound.event_id);
    assert!(store.finish(&event, answer(&text)).await.unwrap());
    event
}

pub(crate) async fn deliveries(store: &Store, lease: SignedDuration) -> Vec<ClaimedDelivery> {
    let claim = claiming(store, "courier", 100, lease).await;
    store
        .claim_outbox(claim, &serves(Recovery::Surface))
        .await
        .unwrap()
}

/// A claim for the one workspace of these tests.
pub(crate) async fn claiming<'a>(
    store: &Store,
    by: &'a str,
    batch: u32,
    lease: SignedDuration,
) -> Claim<'a> {
    Claim {
        workspace: workspace(store).await,
        by,
        batch,
        lease,
    }
}

/// The one platform of these tests.
pub(crate) fn serves(recovery: Recovery) -> [Served; 1] {
    [Served {
        platform: PLATFORM,
        recovery,
    }]
}

pub(crate) async fn said(store: &Store, event_id: &str) -> Option<String> {
    let workspace = workspace(store).await;
    let reply = store
        .answer(workspace, &PLATFORM, "one", event_id)
        .await
        .unwrap();
    reply.reply().map(|reply| reply.text)
}

pub(crate) fn receipt(id: &str) -> Receipt {
    Receipt::one(id.into())
}
