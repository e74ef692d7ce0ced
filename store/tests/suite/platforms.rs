//! What platforms need beside the queues.

use almanac_agent_contract::{
    Content, Inbound, Installation, Language, Origin, Platform, Recovery, Stage,
};
use almanac_store::{Earlier, Linked, Parking, Seal, Store, UndeliveredState};
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};
use sqlx::Executor as _;

use crate::place::Place;
use crate::say::{
    LAPSED, LEASE, PLATFORM, accept, answer, claim, claim_ids, claiming, deliveries, echo, receipt,
    said, serves, words, workspace,
};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn installation(secret: Option<&str>) -> Installation {
    Installation {
        platform: PLATFORM,
        id: "one".into(),
        name: Some("One".into()),
        secret: secret.map(SecretString::from),
        parked: None,
    }
}

pub(crate) async fn an_installation_keeps_its_secret_sealed(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;
    let (seal, other) = (Seal::new(&[1; 32]), Seal::new(&[2; 32]));
    let keep = async |it: &Installation| {
        store
            .keep_installation(workspace, it, &seal, store.now().await.unwrap())
            .await
            .unwrap();
    };
    let secret = async |seal: &Seal| {
        let all = store.installations(workspace, Some(&PLATFORM), seal).await;
        let one = all.unwrap().remove(0);
        one.secret.map(|it| it.expose_secret().to_owned())
    };
    keep(&installation(Some("token-1"))).await;
    // What is not said anew stays.
    keep(&installation(None)).await;
    assert_eq!(secret(&seal).await.as_deref(), Some("token-1"));
    assert_eq!(secret(&other).await, None);
    assert_eq!(store.reseal(workspace, &seal, &other).await.unwrap(), 1);
    assert_eq!(secret(&other).await.as_deref(), Some("token-1"));
    assert!(store.reseal(workspace, &seal, &other).await.is_err());
    store.close().await;

    let kept: Vec<(Vec<u8>,)> = place
        .behind(async |connection| {
            sqlx::query_as("SELECT secret FROM installations")
                .fetch_all(connection)
                .await
                .unwrap()
        })
        .await;
    assert!(!kept[0].0.windows(5).any(|bytes| bytes == b"token"));
}

pub(crate) async fn nothing_leaves_through_a_parked_installation(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;
    let seal = Seal::new(&[1; 32]);
    echo(&store, &words("a", "a1")).await;
    let park = async || {
        let parking = Parking {
            platform: &PLATFORM,
            installation: "one",
            reason: "token_revoked",
            notices: &[],
        };
        store.park_installation(workspace, parking).await.unwrap()
    };
    let asked = store.now().await.unwrap();
    assert!(park().await);
    assert!(!park().await, "told once");
    assert!(deliveries(&store, LEASE).await.is_empty());
    let known = store.installations(workspace, None, &seal).await.unwrap();
    assert_eq!(known[0].parked.as_deref(), Some("token_revoked"));

    let keep = async |asked| {
        let open = installation(None);
        store
            .keep_installation(workspace, &open, &seal, asked)
            .await
            .unwrap();
    };
    // What the platform said before is no news.
    keep(asked).await;
    assert!(!park().await, "still parked");
    keep(store.now().await.unwrap()).await;
    assert_eq!(deliveries(&store, LEASE).await.len(), 1);
    assert!(park().await);
    store.close().await;
}

/// What an admin is told in a chat.
fn notice(event_id: &str, chat: &str) -> Inbound {
    Inbound {
        content: Content::Notice {
            text: "parked".into(),
        },
        ..words(chat, event_id)
    }
}

pub(crate) async fn whatever_is_parked_was_told_of(place: &Place) {
    place.open().await.close().await;
    // An event that cannot be kept, as where the process ends in the middle.
    place
        .behind(async |connection| {
            let refuse = "ALTER TABLE inbox ADD CHECK (event_id <> 'n3')";
            connection.execute(refuse).await.unwrap();
        })
        .await;
    let store = place.open().await;
    let workspace = workspace(&store).await;
    let seal = Seal::new(&[1; 32]);
    let notices = [notice("n1", "admin"), notice("n2", "another")];
    let park = async |notices: &[Inbound]| {
        let parking = Parking {
            platform: &PLATFORM,
            installation: "two",
            reason: "token_revoked",
            notices,
        };
        store.park_installation(workspace, parking).await
    };
    // One that cannot be told of is not parked: it is tried again.
    let halfway = park(&[notices[0].clone(), notice("n3", "another")]).await;
    assert!(halfway.is_err(), "{halfway:?}");
    let known = store.installations(workspace, None, &seal).await.unwrap();
    assert_eq!(known.len(), 0);
    assert_eq!(claim_ids(&store).await, Vec::<String>::new());
    assert!(park(&notices).await.unwrap());
    assert_eq!(claim_ids(&store).await, ["n1", "n2"]);
    assert!(!park(&[notice("n4", "admin")]).await.unwrap());
    assert_eq!(claim_ids(&store).await, Vec::<String>::new());
    store.close().await;
}

pub(crate) async fn places_are_listed_by_when_they_were_spoken_in(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;
    for (space, event) in [("a", "a1"), ("b", "b1"), ("a", "a2")] {
        accept(&store, &words(space, event)).await;
    }
    let spoken = async |platforms: &[Platform], limit| {
        let all = store.spoken_in(workspace, platforms, limit).await.unwrap();
        all.into_iter().map(|it| it.space).collect::<Vec<_>>()
    };
    assert_eq!(spoken(&[PLATFORM], 9).await, ["a", "b"]);
    assert_eq!(spoken(&[PLATFORM], 1).await, ["a"]);
    assert!(spoken(&[Platform::named("another")], 9).await.is_empty());
    store.close().await;
}

pub(crate) async fn one_holder_has_a_lease_at_a_time(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;
    let hold = async |holder, length| {
        store
            .hold_lease(workspace, "poller", holder, length)
            .await
            .unwrap()
    };
    assert!(hold("first", MINUTE).await);
    assert!(!hold("second", MINUTE).await);
    assert!(hold("first", LAPSED).await, "renewed");
    assert!(hold("second", MINUTE).await, "the first let it run out");
    for holder in ["first", "second"] {
        store
            .release_lease(workspace, "poller", holder)
            .await
            .unwrap();
        assert_eq!(hold("third", MINUTE).await, holder == "second");
    }
    store.close().await;
}

async fn sent_as(store: &Store, id: &str) {
    let delivery = deliveries(store, LEASE).await.remove(0);
    store.sent(&delivery, &receipt(id)).await.unwrap();
}

pub(crate) async fn stages_come_in_any_order(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;
    echo(&store, &words("a", "a1")).await;
    let note = async |id, stage| {
        store
            .note_receipt(workspace, (&PLATFORM, "one"), id, &stage)
            .await
            .unwrap()
    };
    let failed = |again| Stage::Failed {
        reason: "131047".into(),
        again,
        gone: false,
    };
    assert!(!note("m0", Stage::Read).await, "never sent");
    sent_as(&store, "m1").await;
    assert!(note("m1", Stage::Read).await);
    assert!(note("m1", Stage::Delivered).await);
    // What was read has not failed.
    assert!(note("m1", failed(true)).await);
    assert!(deliveries(&store, LEASE).await.is_empty());

    // What failed is sent again, knowing why, and listed when that is of no use.
    echo(&store, &words("a", "a2")).await;
    sent_as(&store, "m2").await;
    assert!(note("m2", failed(true)).await);
    let again = deliveries(&store, LEASE).await.remove(0);
    assert_eq!(again.delivery.trouble.as_deref(), Some("131047"));
    store.sent(&again, &receipt("m3")).await.unwrap();
    assert!(note("m3", failed(false)).await);
    assert!(deliveries(&store, LEASE).await.is_empty());
    let listed = store.undelivered(workspace).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].state, UndeliveredState::Failed);
    store.close().await;

    let stages: Vec<(String, String)> = place
        .behind(async |connection| {
            sqlx::query_as("SELECT provider_id, stage FROM receipts ORDER BY provider_id")
                .fetch_all(connection)
                .await
                .unwrap()
        })
        .await;
    let stages: Vec<(&str, &str)> = stages.iter().map(|(id, it)| (&**id, &**it)).collect();
    assert_eq!(
        stages,
        [
            ("m0", "read"),
            ("m1", "read"),
            ("m2", "failed"),
            ("m3", "failed")
        ]
    );
}

/// A question with a message of its own on the platform.
fn question(text: &str, message: &str) -> almanac_agent_contract::Inbound {
    almanac_agent_contract::Inbound {
        origin: Origin {
            message: Some(message.into()),
            handle: Some("token".into()),
            private: true,
            language: Some(Language::Pt),
        },
        ..words("a", text)
    }
}

pub(crate) async fn an_answer_knows_what_it_belongs_to(place: &Place) {
    let store = place.open().await;
    let asked = question("a1", "M1");
    accept(&store, &asked).await;
    let event = claim(&store, LEASE).await.remove(0);
    assert_eq!(event.inbound, asked);
    store.note_placeholder(&event, "P1").await.unwrap();
    assert!(store.finish(&event, answer("to a1")).await.unwrap());
    let delivery = deliveries(&store, LEASE).await.remove(0);
    assert_eq!(delivery.delivery.origin, asked.origin);
    assert!(delivery.delivery.is_private());
    assert_eq!(delivery.delivery.to.as_deref(), Some("ana"));
    assert_eq!(delivery.delivery.replaces.as_deref(), Some("P1"));
    assert!(!delivery.doubtful);
    store.close().await;
}

pub(crate) async fn a_question_can_be_taken_back_until_it_is_answered(place: &Place) {
    let store = place.open().await;
    for (text, message) in [("a1", "M1"), ("a2", "M2"), ("a3", "M3")] {
        accept(&store, &question(text, message)).await;
    }
    let first = claim(&store, LEASE).await.remove(0);
    let deleted = |id: &str, message: &str| almanac_agent_contract::Inbound {
        event_id: id.into(),
        content: Content::Deleted {
            message: message.into(),
        },
        ..question(id, message)
    };
    // One that waits, and one that is being worked on.
    for (id, message) in [("d2", "M2"), ("d1", "M1")] {
        let inbox = accept(&store, &deleted(id, message)).await;
        store.withdraw(inbox, message).await.unwrap();
    }
    assert!(!store.finish(&first, answer("too late")).await.unwrap());
    assert_eq!(claim_ids(&store).await, ["a3"]);
    store.close().await;
}

pub(crate) async fn an_edit_finds_the_answer_it_replaces(place: &Place) {
    let store = place.open().await;
    echo(&store, &question("a1", "M1")).await;
    sent_as(&store, "m1").await;
    let edit = |id: &str| almanac_agent_contract::Inbound {
        event_id: id.into(),
        content: Content::Edited {
            text: "other words".into(),
            message: "M1".into(),
            addressed: false,
        },
        ..question(id, "M1")
    };
    let inbox = accept(&store, &edit("e1")).await;
    store.withdraw(inbox, "M1").await.unwrap();
    let event = claim(&store, LEASE).await.remove(0);
    let earlier = store.earlier(&event, "M1").await.unwrap();
    let found = Earlier {
        answer: Some("m1".into()),
        placeholder: None,
    };
    assert_eq!(earlier, Some(found));
    assert_eq!(store.earlier(&event, "M9").await.unwrap(), None);
    let mut finished = answer("anew");
    finished.replaces = Some("m1".into());
    assert!(store.finish(&event, finished).await.unwrap());
    let delivery = deliveries(&store, LEASE).await.remove(0);
    assert_eq!(delivery.delivery.replaces.as_deref(), Some("m1"));
    store.close().await;
}

pub(crate) async fn a_lost_send_is_looked_up(place: &Place) {
    let store = place.open().await;
    echo(&store, &words("a", "a1")).await;
    echo(&store, &words("a", "a2")).await;
    let claim = async |lease| {
        let claim = claiming(&store, "courier", 9, lease).await;
        let claimed = store.claim_outbox(claim, &serves(Recovery::LookUp)).await;
        claimed.unwrap()
    };
    assert!(!claim(LAPSED).await[0].doubtful);
    let doubtful = claim(LEASE).await.remove(0);
    assert!(doubtful.doubtful);
    assert_eq!(doubtful.delivery.reply.text, "to a1");
    // It stays in doubt while it waits, and keeps its place before the next.
    store
        .doubt_delivery(&doubtful, "no answer", SignedDuration::ZERO)
        .await
        .unwrap();
    let again = claim(LEASE).await.remove(0);
    assert!(again.doubtful);
    store
        .delay_delivery(&again, SignedDuration::ZERO)
        .await
        .unwrap();
    let again = claim(LEASE).await.remove(0);
    assert!(again.doubtful);
    store.sent(&again, &receipt("m1")).await.unwrap();
    let next = claim(LEASE).await.remove(0);
    assert_eq!(
        (next.delivery.reply.text.as_str(), next.doubtful),
        ("to a2", false)
    );
    store.close().await;
}

pub(crate) async fn what_was_said_before_is_told(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;
    let heard = async |user| {
        store
            .last_heard(workspace, &PLATFORM, "one", user)
            .await
            .unwrap()
    };
    assert_eq!(heard("ana").await, None);
    let asked = words("a", "a1");
    echo(&store, &asked).await;
    echo(&store, &words("b", "b1")).await;
    assert_eq!(heard("ana").await, Some(asked.at));
    assert_eq!(heard("bea").await, None);
    let takes_part = async |space: &almanac_agent_contract::Space| {
        store
            .takes_part(workspace, &PLATFORM, "one", space)
            .await
            .unwrap()
    };
    assert!(takes_part(&asked.space).await);
    let mut thread = asked.space.clone();
    thread.thread = Some("T".into());
    assert!(!takes_part(&thread).await);
    let places = async |installation, limit| {
        store
            .places(workspace, &PLATFORM, installation, limit)
            .await
            .unwrap()
    };
    let both = places("one", 5).await;
    assert_eq!(both[0].space, words("b", "b1").space, "the last one first");
    assert_eq!((&both[1].space, both[1].heard), (&asked.space, asked.at));
    assert_eq!(places("one", 1).await, both[..1]);
    assert_eq!(places("another", 5).await, []);
    let said = store
        .said_by(workspace, (&PLATFORM, "one"), "ana", 3)
        .await
        .unwrap();
    let ids: Vec<&str> = said.iter().map(|message| &*message.event_id).collect();
    assert_eq!(ids, ["a1", "b1", "b1"]);
    store.close().await;
}

pub(crate) async fn a_press_says_what_it_stands_for(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;
    let mut press = words("a", "press");
    press.content = Content::Chosen {
        index: 0,
        on: "m1".into(),
    };
    accept(&store, &press).await;
    let pressed = claim(&store, LEASE).await.remove(0);
    store
        .spell_out(&pressed, "orders by country")
        .await
        .unwrap();
    assert!(store.finish(&pressed, answer("here")).await.unwrap());
    let said = store
        .history(workspace, &PLATFORM, &press.space, 9)
        .await
        .unwrap();
    let asked = almanac_agent_contract::Side::Person("orders by country".into());
    assert_eq!(said[0].said, asked);
    store.close().await;
}

pub(crate) async fn a_code_makes_two_identities_one_person(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;
    let bea = |id: &str| {
        let mut inbound = words("b", id);
        inbound.sender.user = "bea".into();
        inbound.sender.name = Some("Bea".into());
        inbound
    };
    let ana = echo(&store, &words("a", "a1")).await;
    let first = echo(&store, &bea("b1")).await;
    assert_ne!(ana.person, first.person);
    let offer = async |hash| {
        store
            .offer_link(workspace, ana.person, hash, MINUTE)
            .await
            .unwrap();
    };
    offer("old").await;
    offer("new").await;
    let redeem = async |event: &_, hash| store.redeem_link(event, hash).await.unwrap();
    assert_eq!(redeem(&first, "old").await, Linked::Unknown);
    let names = [Some("Ana".to_owned()), Some("Bea".to_owned())].map(|name| (PLATFORM, name));
    assert_eq!(redeem(&first, "new").await, Linked::Joined(names.to_vec()));
    assert_eq!(redeem(&first, "new").await, Linked::Unknown, "used up");
    let second = echo(&store, &bea("b2")).await;
    assert_eq!(second.person, ana.person);
    offer("again").await;
    assert_eq!(redeem(&second, "again").await, Linked::Already);

    assert!(store.unlink(&second).await.unwrap());
    let third = echo(&store, &bea("b3")).await;
    assert_ne!(third.person, ana.person);
    assert!(!store.unlink(&third).await.unwrap(), "alone already");
    assert_eq!(said(&store, "b1").await.as_deref(), Some("to b1"));
    store.close().await;
}
