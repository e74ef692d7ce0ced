//! Through the chat: what a person says and what comes back, by snapshot.

use std::fmt::Write;

use almanac_agent_contract::Reply;
use almanac_server::{App, Asker, Question};
use insta::assert_snapshot;

use crate::shop::setup;

/// Says everything in one conversation; the transcript has words, headline changes and choices.
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
        let said = text.escape_debug();
        writeln!(transcript, "> {said}\n{}\n", told(&reply)).unwrap();
    }
    asker.stop().await;
    transcript
}

fn told(reply: &Reply) -> String {
    let mut told = format!("[{:?}] {}", reply.outcome, reply.text);
    if let Some(card) = &reply.card {
        if let Some(period) = &card.period {
            write!(told, "\n  period: {}", period.text).unwrap();
        }
        if let Some(freshness) = &card.freshness {
            write!(told, "\n  data: {}", freshness.text).unwrap();
        }
        for row in card.table.shown.iter().take(3) {
            write!(told, "\n  | {}", row.join(" | ")).unwrap();
        }
        if let Some(chart) = &card.chart {
            write!(
                told,
                "\n  chart: {:?} of {} points",
                chart.kind,
                chart.labels.len()
            )
            .unwrap();
        }
    }
    for choice in &reply.choices {
        write!(told, "\n  ({})", choice.ask).unwrap();
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_conversation_of_a_newcomer() {
    assert_snapshot!(
        talk(&[
            "how was revenue last week?",
            "by country",
            "only Brazil",
            "top 5 products this month",
            "compare conversion rate with last year",
            "revenue in Brazil by channel since June",
            "revnue yesterday",
            "purple elephants sing",
        ])
        .await
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn in_spanish_and_in_portuguese() {
    assert_snapshot!(
        talk(&[
            "¿cuánto vendimos la semana pasada?",
            "por país",
            "qual foi a receita no mês passado?",
        ])
        .await
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_question_gets_a_plain_sentence() {
    assert_snapshot!(
        talk(&[
            "",
            "🎉🎉🎉",
            "\u{0}\u{1}\u{2}binary\u{fffd}",
            "'; DROP TABLE orders; --",
            "hello"
        ])
        .await
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_metric_means_and_what_can_be_asked() {
    assert_snapshot!(talk(&["what is AOV?", "what can I ask?"]).await);
}
