//! Conversations in which what was said before matters: words that people define, offers that they
//! take up, rows that they point at, and the way back. Read by the built-in model. Of an answer
//! with numbers its query is told.

use std::fmt::Write;

use almanac_server::{App, Asker, Question};
use insta::assert_snapshot;

use crate::shop::setup;

async fn talk(questions: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let asker = Asker::start(App::open(&setup(folder.path())).await.unwrap());
    let mut transcript = String::new();
    for text in questions {
        let question = Question {
            text,
            conversation: Some("test"),
            ..Question::default()
        };
        let reply = asker.ask(question).await.unwrap();
        let told = match &reply.card {
            Some(card) => card.query.to_string(),
            None => reply.text,
        };
        writeln!(transcript, "> {text}\n[{:?}] {told}", reply.outcome).unwrap();
    }
    asker.stop().await;
    transcript
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_is_defined_used_listed_and_forgotten() {
    assert_snapshot!(talk(&[
        "when I say turnover I mean net revenue",
        "turnover last week",
        "what do you remember?",
        "forget what I said about turnover",
        "turnover last week",
    ])
    .await, @r#"
    > when I say turnover I mean net revenue
    [Answer] When you say “turnover”, I will read Net revenue.
    > turnover last week
    [Answer] {"metrics":["net_revenue"],"time_range":{"start":"2026-11-09","end":"2026-11-15"},"compare":["previous_period"]}
    > what do you remember?
    [Answer] What I know of your words: “turnover” is Net revenue.
    > forget what I said about turnover
    [Answer] Forgotten: “turnover” is no longer Net revenue to me.
    > turnover last week
    [Answer] {"metrics":["revenue"],"time_range":{"start":"2026-11-09","end":"2026-11-15"},"compare":["previous_period"]}
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_remembered_where_the_person_agrees() {
    assert_snapshot!(talk(&[
        "turnover yesterday",
        "no, I meant net revenue",
        "yes",
        "turnover yesterday",
    ])
    .await, @r#"
    > turnover yesterday
    [Answer] {"metrics":["revenue"],"time_range":{"start":"2026-11-19","end":"2026-11-19"},"compare":["previous_period"]}
    > no, I meant net revenue
    [Answer] {"metrics":["net_revenue"],"time_range":{"start":"2026-11-19","end":"2026-11-19"},"compare":["previous_period"]}
    > yes
    [Answer] When you say “turnover”, I will read Net revenue.
    > turnover yesterday
    [Answer] {"metrics":["net_revenue"],"time_range":{"start":"2026-11-19","end":"2026-11-19"},"compare":["previous_period"]}
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_taken_up_in_words() {
    assert_snapshot!(talk(&["cost last week", "2", "cost last week", "the first one"]).await, @r#"
    > cost last week
    [Clarify] I have nothing called exactly “cost”. Did you mean one of these?
    > 2
    [Answer] {"metrics":["ad_cost_ratio"],"time_range":{"start":"2026-11-09","end":"2026-11-15"},"compare":["previous_period"]}
    > cost last week
    [Clarify] I have nothing called exactly “cost”. Did you mean one of these?
    > the first one
    [Answer] {"metrics":["cac"],"time_range":{"start":"2026-11-09","end":"2026-11-15"},"compare":["previous_period"]}
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_gone_into_and_left_again() {
    assert_snapshot!(talk(&[
        "orders by country last month",
        "drill into the first one",
        "back",
        "back",
        "start over",
        "back",
    ])
    .await, @r#"
    > orders by country last month
    [Answer] {"metrics":["orders"],"group_by":["customer__country"],"time_range":{"start":"2026-10-01","end":"2026-10-31"}}
    > drill into the first one
    [Answer] {"metrics":["orders"],"time_range":{"start":"2026-10-01","end":"2026-10-31"},"filters":[{"dimension":"customer__country","op":"in","values":["BR"]}],"compare":["previous_period"]}
    > back
    [Answer] {"metrics":["orders"],"group_by":["customer__country"],"time_range":{"start":"2026-10-01","end":"2026-10-31"}}
    > back
    [Refuse] There is no earlier answer in this conversation to go back to. For example:
    > start over
    [Answer] All right, from the beginning. For example:
    > back
    [Refuse] There is no earlier answer in this conversation to go back to. For example:
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_is_given_in_words() {
    assert_snapshot!(talk(&["orders yesterday", "that is wrong"]).await, @r#"
    > orders yesterday
    [Answer] {"metrics":["orders"],"time_range":{"start":"2026-11-19","end":"2026-11-19"},"compare":["previous_period"]}
    > that is wrong
    [Answer] Thank you, I have noted that it was wrong. Tell me what you meant and I will try again.
    "#);
}
