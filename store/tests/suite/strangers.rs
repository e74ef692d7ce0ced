use almanac_agent_contract::{Inbound, Message, Platform, Sender, Side};
use almanac_store::{Finished, Linked, Standing, Store};

use crate::place::Place;
use crate::say::{LEASE, PLATFORM, accept, answer, claim, words, workspace};

/// Open to anybody, as a second platform.
const SQUARE: Platform = Platform::named("square");
/// The company's own.
const OFFICE: Platform = Platform::named("office");
const OPEN: [Platform; 2] = [PLATFORM, SQUARE];

fn by(user: &str, platform: Platform, text: &str) -> Inbound {
    let sender = Sender {
        user: user.into(),
        name: None,
    };
    Inbound {
        platform,
        sender,
        ..words(user, text)
    }
}

async fn standing(store: &Store, inbound: &Inbound) -> Standing {
    accept(store, inbound).await;
    let event = claim(store, LEASE).await.remove(0);
    let standing = store.standing(&event, &OPEN).await.unwrap();
    let told = Finished {
        stranger: !standing.known,
        ..answer("I do not know you")
    };
    assert!(store.finish(&event, told).await.unwrap());
    standing
}

/// `there` types the code of `here`.
async fn link(store: &Store, here: &Inbound, there: &Inbound) -> Linked {
    for inbound in [here, there] {
        accept(store, inbound).await;
    }
    let events = claim(store, LEASE).await;
    let valid = LEASE;
    store
        .offer_link(events[0].workspace, events[0].person, "hash", valid)
        .await
        .unwrap();
    let linked = store.redeem_link(&events[1], "hash").await.unwrap();
    for event in &events {
        assert!(store.finish(event, answer("linked")).await.unwrap());
    }
    linked
}

pub(crate) async fn a_stranger_is_told_once_and_nothing_is_kept(place: &Place) {
    let store = place.open().await;
    let (known, told) = (false, false);
    let first = standing(&store, &by("eve", PLATFORM, "a secret question")).await;
    assert_eq!(first, Standing { known, told });
    let second = standing(&store, &by("eve", PLATFORM, "another")).await;
    assert_eq!(second, Standing { known, told: true });
    let office = standing(&store, &by("ana", OFFICE, "at the office")).await;
    assert!(office.known);

    let workspace = workspace(&store).await;
    let space = crate::say::space("eve");
    let history = store
        .history(workspace, &PLATFORM, &space, 9)
        .await
        .unwrap();
    let ours = |it: &Message| matches!(it.said, Side::Almanac(_));
    assert!(
        history.len() == 2 && history.iter().all(ours),
        "{history:?}"
    );
    accept(&store, &by("eve", PLATFORM, "a third")).await;
    let event = claim(&store, LEASE).await.remove(0);
    let recalled = store.recall(event.conversation, 9).await.unwrap();
    assert_eq!(recalled.exchanges, []);
    // Whether somebody wrote lately is still known.
    let heard = store.last_heard(workspace, &PLATFORM, "one", "eve").await;
    assert!(heard.unwrap().is_some());
    store.close().await;
}

pub(crate) async fn strangers_who_link_to_one_another_remain_strangers(place: &Place) {
    let store = place.open().await;
    let (here, there) = (by("eve", PLATFORM, "link"), by("eva", SQUARE, "link hash"));
    let joined = link(&store, &here, &there).await;
    assert!(matches!(joined, Linked::Joined(_)));
    assert!(!standing(&store, &by("eva", SQUARE, "now?")).await.known);
    let (here, there) = (by("ana", OFFICE, "link"), by("eve", PLATFORM, "link ana"));
    let joined = link(&store, &here, &there).await;
    assert!(matches!(joined, Linked::Joined(_)));
    for (user, platform) in [("eve", PLATFORM), ("eva", SQUARE)] {
        assert!(
            standing(&store, &by(user, platform, "and now?"))
                .await
                .known
        );
    }

    // Taken apart, somebody is a stranger again, and told so again.
    accept(&store, &by("eva", SQUARE, "unlink")).await;
    let event = claim(&store, LEASE).await.remove(0);
    assert!(store.unlink(&event).await.unwrap());
    assert!(store.finish(&event, answer("apart")).await.unwrap());
    let again = standing(&store, &by("eva", SQUARE, "still?")).await;
    assert_eq!(
        again,
        Standing {
            known: false,
            told: false
        }
    );
    store.close().await;
}
