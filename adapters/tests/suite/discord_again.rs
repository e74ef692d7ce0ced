//! Discord after an outage: what became of an answer is looked up, however long ago it was sent, and
//! an answer takes the place of the whole of an earlier one.

use std::time::Duration;

use almanac_adapters_doubles::discord::{Discord, Posted, Trouble};
use almanac_agent_contract::{Delivery, Inbound, Outcome, Recovery, Reply, SendError};
use serde_json::json;

use crate::conformance::replies;
use crate::discord::{Connected, channel, direct, mention, seen};
use crate::memory_line::delivery;

const POST: &str = "POST /api/v10/channels";

fn words(text: &str) -> Reply {
    Reply::words(Outcome::Answer, text)
}

/// A reply of several messages.
fn long() -> Reply {
    replies::all().remove(0).reply
}

/// What the courier does where a receipt was lost.
async fn found(discord: &Connected, delivery: &Delivery) -> Result<String, SendError> {
    let found = discord.adapter.find(delivery).await?;
    Ok(found.expect("it is there now").provider_id)
}

fn texts(discord: &Connected) -> Vec<String> {
    discord.double.posted().iter().map(seen).collect()
}

/// Asked in a channel, where no thread is opened.
async fn asked() -> (Connected, Inbound) {
    let double = Discord::start().await;
    let discord = Connected::with(json!({"threads": false}), double).await;
    let inbound = discord.said(&channel(), &mention("revenue today")).await;
    (discord, inbound)
}

#[tokio::test]
async fn discord_forgets_nonces() {
    let discord = Connected::new().await;
    let inbound = discord.said(&direct(), "revenue today").await;
    let answer = delivery(&inbound, words("Much."));
    for _ in 0..2 {
        discord.adapter.send(&answer).await.unwrap();
    }
    assert_eq!(discord.double.total(), 1);
    discord.double.set_nonce_life(Duration::ZERO);
    discord.adapter.send(&answer).await.unwrap();
    assert_eq!(discord.double.total(), 2);
}

#[tokio::test]
async fn an_answer_whose_receipt_was_lost_is_shown_once_however_late() {
    let discord = Connected::new().await;
    let inbound = discord.said(&channel(), &mention("revenue today")).await;
    assert_eq!(discord.adapter.recovery(), Recovery::LookUp);
    discord.double.set_nonce_life(Duration::ZERO);
    let first = delivery(&inbound, words("First."));
    discord.adapter.send(&first).await.unwrap();
    for (n, reply) in [long(), words("Short."), replies::chart().reply]
        .into_iter()
        .enumerate()
    {
        let said = discord.double.total();
        let answer = delivery(&inbound, reply);
        discord.double.fail(POST, Trouble::Dropped, 1);
        let error = discord.adapter.send(&answer).await.unwrap_err();
        assert!(matches!(error, SendError::Unknown(_)), "{n}: {error:?}");
        let receipt = found(&discord, &answer).await.unwrap();
        assert_eq!(found(&discord, &answer).await.unwrap(), receipt);
        let parts = u64::try_from(receipt.split(',').count()).unwrap();
        assert_eq!(discord.double.total(), said + parts, "{n}");
    }
    let texts = texts(&discord);
    let mut once = texts.clone();
    once.dedup();
    assert_eq!(once, texts);
    // What never arrived is not taken for another that says the same.
    let same = delivery(&inbound, replies::chart().reply);
    found(&discord, &same).await.unwrap();
    assert_eq!(discord.double.posted().len(), texts.len() + 1);
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_part_that_is_turned_away_does_not_begin_the_answer_again() {
    let (discord, inbound) = asked().await;
    discord.double.set_nonce_life(Duration::ZERO);
    let answer = delivery(&inbound, long());
    discord
        .double
        .fail("/messages", Trouble::Slow(Duration::ZERO), 2);
    discord.double.fail(
        "/messages",
        Trouble::Limited {
            after: 60.0,
            global: false,
        },
        1,
    );
    let error = discord.adapter.send(&answer).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown(_)), "{error:?}");
    assert_eq!(discord.double.total(), 2);
    let receipt = found(&discord, &answer).await.unwrap();
    assert_eq!(receipt.split(',').count(), texts(&discord).len());
    assert!(texts(&discord).last().unwrap().ends_with("The end of it."));
    // A short wait is sat out.
    let next = delivery(&inbound, long());
    discord
        .double
        .fail("/messages", Trouble::Slow(Duration::ZERO), 2);
    discord.double.fail(
        "/messages",
        Trouble::Limited {
            after: 0.05,
            global: false,
        },
        1,
    );
    discord.adapter.send(&next).await.unwrap();
}

#[tokio::test]
async fn what_may_not_be_read_back_is_not_sent_again() {
    let (discord, inbound) = asked().await;
    discord.double.set_history(false);
    let answer = delivery(&inbound, words("Much."));
    discord.double.fail(POST, Trouble::Dropped, 2);
    discord.adapter.send(&answer).await.unwrap_err();
    let error = found(&discord, &answer).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown(_)), "{error:?}");
    assert!(error.to_string().contains("permission"), "{error}");
    assert_eq!(discord.double.total(), 1);
}

#[tokio::test]
async fn a_command_is_answered_once_however_late() {
    let discord = Connected::new().await;
    let double = &discord.double;
    double.set_nonce_life(Duration::ZERO);
    double.interact(&channel().command(double, "ask", &[("question", json!("revenue"))]));
    let inbound = discord.accepted(1).await.remove(0);
    double.callbacks(1).await;
    let answer = delivery(&inbound, long());
    double.fail(POST, Trouble::Dropped, 1);
    discord.adapter.send(&answer).await.unwrap_err();
    let receipt = found(&discord, &answer).await.unwrap();
    assert_eq!(receipt.split(',').count(), double.posted().len());
    // Its token is spent, and it is there all the same.
    double.expire_interactions();
    found(&discord, &answer).await.unwrap();
    assert_eq!(receipt.split(',').count(), double.posted().len());
    assert_eq!(double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn what_one_person_was_shown_is_never_shown_twice() {
    let discord = Connected::new().await;
    let double = &discord.double;
    let options = [("question", json!("revenue")), ("private", json!(true))];
    double.interact(&channel().command(double, "ask", &options));
    let inbound = discord.accepted(1).await.remove(0);
    double.callbacks(1).await;
    let answer = delivery(&inbound, long());
    // Nothing went out.
    double.fail("PATCH", Trouble::Status(502, 0), 1);
    discord.adapter.send(&answer).await.unwrap_err();
    // Nobody knows whether the second message did.
    double.fail("POST /api/v10/webhooks", Trouble::Dropped, 1);
    let error = found(&discord, &answer).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown(_)), "{error:?}");
    assert_eq!(seen(&double.posted()[0]), "Writing the answer…");
    let before = double.total();
    let error = found(&discord, &answer).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown(_)), "{error:?}");
    assert_eq!(double.total(), before);
    // Of one that went out as a whole, it is known.
    double.interact(&channel().command(double, "ask", &options));
    let inbound = discord.accepted(2).await.remove(1);
    double.callbacks(2).await;
    let answer = delivery(&inbound, long());
    let wait = Trouble::Limited {
        after: 0.05,
        global: false,
    };
    double.fail("POST /api/v10/webhooks", wait, 1);
    discord.adapter.send(&answer).await.unwrap();
    let before = double.total();
    found(&discord, &answer).await.unwrap();
    assert_eq!(double.total(), before);
    assert!(double.posted().iter().all(|it| it.ephemeral));
    assert_eq!(double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_private_answer_to_a_mention_is_sent_once_however_late() {
    let (discord, inbound) = asked().await;
    discord.double.set_nonce_life(Duration::ZERO);
    let secret = Reply {
        private: true,
        ..words("A secret.")
    };
    let answer = delivery(&inbound, secret);
    discord.double.fail("/messages", Trouble::Dropped, 1);
    discord.adapter.send(&answer).await.unwrap_err();
    found(&discord, &answer).await.unwrap();
    assert_eq!(texts(&discord), ["A secret."]);
}

/// What stands in a channel or thread, in order.
fn standing(discord: &Connected, inbound: &Inbound) -> Vec<Posted> {
    let here = &inbound.space.id;
    let mut all = discord.double.posted();
    all.retain(|it| it.channel == *here);
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

#[tokio::test]
async fn an_answer_takes_the_place_of_all_of_an_earlier_one() {
    let (discord, inbound) = asked().await;
    let first = discord.adapter.send(&delivery(&inbound, long())).await;
    let first = first.unwrap().provider_id;
    let before = standing(&discord, &inbound);
    assert!(before.len() > 3);
    // A long one becomes a short one.
    let mut answer = delivery(&inbound, words("Short."));
    answer.replaces = Some(first);
    discord.double.fail(
        "DELETE",
        Trouble::Limited {
            after: 0.05,
            global: false,
        },
        1,
    );
    let short = discord.adapter.send(&answer).await.unwrap().provider_id;
    let now = standing(&discord, &inbound);
    assert_eq!(now.iter().map(seen).collect::<Vec<_>>(), ["Short."]);
    assert_eq!(now[0].id, before[0].id);
    // And a short one a long one.
    let mut answer = delivery(&inbound, long());
    answer.replaces = Some(short);
    let whole = discord.adapter.send(&answer).await.unwrap().provider_id;
    let now = standing(&discord, &inbound);
    assert_eq!(
        now.iter().map(seen).collect::<Vec<_>>(),
        before.iter().map(seen).collect::<Vec<_>>()
    );
    // Where somebody took one of it away, it still stands in order.
    discord.double.delete_message(&now[1].id);
    let mut answer = delivery(&inbound, long());
    answer.replaces = Some(whole);
    discord.double.set_nonce_life(Duration::ZERO);
    discord.double.fail("POST", Trouble::Dropped, 1);
    discord.adapter.send(&answer).await.unwrap_err();
    found(&discord, &answer).await.unwrap();
    let now = standing(&discord, &inbound);
    assert_eq!(
        now.iter().map(seen).collect::<Vec<_>>(),
        before.iter().map(seen).collect::<Vec<_>>()
    );
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn what_everybody_saw_goes_where_the_new_answer_is_private() {
    let (discord, inbound) = asked().await;
    let first = discord.adapter.send(&delivery(&inbound, long())).await;
    let mut answer = delivery(
        &inbound,
        Reply {
            private: true,
            ..words("A secret.")
        },
    );
    answer.replaces = Some(first.unwrap().provider_id);
    let secret = discord.adapter.send(&answer).await.unwrap().provider_id;
    let here = standing(&discord, &inbound);
    assert_eq!(
        here.iter().map(seen).collect::<Vec<_>>(),
        ["I answered you in private."]
    );
    // Put in other words, it takes the place of the secret.
    let mut again = delivery(
        &inbound,
        Reply {
            private: true,
            ..words("Another secret.")
        },
    );
    again.replaces = Some(secret);
    discord.adapter.send(&again).await.unwrap();
    assert_eq!(
        texts(&discord),
        ["I answered you in private.", "Another secret."]
    );
}
