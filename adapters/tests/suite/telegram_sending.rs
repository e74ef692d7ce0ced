//! What leaves for Telegram: within every limit, never twice, and in the right place.

use almanac_adapters_doubles::telegram::{Fault, Posted, TOKEN};
use almanac_agent_contract::{
    Choice, Limit, Outcome, Progress, Reply, SendError, SpaceKind, TextFile,
};
use jiff::SignedDuration;

use crate::conformance::replies;
use crate::memory_line::working;
use crate::telegram::{ANA, GROUP, TelegramUnderTest, answer_to, in_group, in_private};

fn words(text: &str) -> Reply {
    Reply::words(Outcome::Answer, text)
}

#[tokio::test]
async fn a_chart_is_a_photo_with_the_answer_under_it_and_its_table_is_a_file() {
    let telegram = TelegramUnderTest::new().await;
    let sent = telegram
        .answered(&in_private("revenue by day"), replies::chart().reply)
        .await;
    let [photo, file] = sent.as_slice() else {
        panic!("{sent:?}")
    };
    assert!(photo.photo.is_some());
    assert!(photo.visible.contains("$1,384,220"));
    assert!(photo.visible.contains("no data on 17 Oct"), "in words, too");
    assert_eq!(photo.reply_to, Some(50));
    let says: Vec<&str> = photo.keys().map(|key| key.text.as_str()).collect();
    assert_eq!(
        says,
        [
            "And by country?",
            "Only returning customers",
            "Why did it fall?",
            "Explain",
            "Export CSV",
            "Good answer",
            "Wrong answer"
        ]
    );
    let (name, bytes) = file.file.as_ref().unwrap();
    assert_eq!(name, "revenue-by-day.csv");
    assert_eq!(String::from_utf8_lossy(bytes).lines().count(), 31);
    assert!(file.silent && file.reply_to.is_none());
    assert_eq!(telegram.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn words_too_long_for_a_caption_follow_the_photo() {
    let telegram = TelegramUnderTest::new().await;
    let reply = Reply {
        text: "A long story. ".repeat(400),
        ..replies::chart().reply
    };
    let sent = telegram.answered(&in_private("why?"), reply).await;
    let kinds: Vec<&str> = sent
        .iter()
        .map(|it| match (&it.photo, &it.file) {
            (Some(_), _) => "photo",
            (_, Some(_)) => "file",
            _ => "text",
        })
        .collect();
    assert_eq!(kinds, ["photo", "text", "text", "file"]);
    assert!(
        !sent[2].keyboard.is_empty(),
        "the buttons are under the last words"
    );
    assert_eq!(telegram.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn tables_fit_a_telephone() {
    let telegram = TelegramUnderTest::new().await;
    for document in replies::all() {
        for message in telegram
            .answered(&in_private("show it"), document.reply)
            .await
        {
            for table in pre(&message) {
                if table.contains('─') {
                    let widest = table.lines().map(|line| line.chars().count()).max();
                    assert!(widest <= Some(40), "{}: {table}", document.name);
                }
            }
        }
    }
}

fn pre(message: &Posted) -> Vec<String> {
    let after = message.html.split("<pre>").skip(1);
    after
        .map(|it| it.split("</pre>").next().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn a_file_of_a_reply_is_a_document() {
    let telegram = TelegramUnderTest::new().await;
    let reply = Reply {
        file: Some(TextFile {
            name: "../re venue.csv".into(),
            kind: "text/csv".into(),
            text: "day,revenue\r\n1,2\r\n".into(),
        }),
        ..words("Here it is.")
    };
    let sent = telegram.answered(&in_private("export"), reply).await;
    let (name, bytes) = sent[1].file.as_ref().unwrap();
    assert_eq!(name, "re-venue.csv");
    assert_eq!(bytes, b"day,revenue\r\n1,2\r\n");
}

#[tokio::test]
async fn a_file_without_words_is_sent_alone_and_takes_no_place_but_its_own() {
    let telegram = TelegramUnderTest::new().await;
    let question = in_private("export");
    let reply = Reply {
        file: Some(TextFile {
            name: "a.csv".into(),
            kind: "text/csv".into(),
            text: "a".into(),
        }),
        ..words("")
    };
    let mut delivery = answer_to(&question, reply);
    delivery.replaces = telegram
        .adapter
        .progress(&working(&question), &Progress::Reading)
        .await
        .placeholder;
    telegram.adapter.send(&delivery).await.unwrap();
    let [file] = telegram.double.messages().try_into().unwrap();
    assert!(file.file.is_some() && file.visible.is_empty());
}

#[tokio::test]
async fn another_bots_deliveries_are_not_sent_by_this_one() {
    let telegram = TelegramUnderTest::new().await;
    let mut delivery = answer_to(&in_private("revenue"), words("It was 42."));
    delivery.installation = "4201".into();
    let error = telegram.adapter.send(&delivery).await.unwrap_err();
    assert!(matches!(error, SendError::Refused(_)), "{error}");
}

#[tokio::test]
async fn progress_types_then_says_so_and_the_answer_takes_its_place() {
    let telegram = TelegramUnderTest::new().await;
    let question = in_private("revenue");
    let mut turn = working(&question);
    let adapter = &telegram.adapter;
    telegram.double.fault("sendMessage", Fault::TooMany(7));
    let refused = adapter.progress(&turn, &Progress::Queued).await;
    let limit = Limit {
        after: SignedDuration::from_secs(7),
        everywhere: false,
    };
    assert_eq!((refused.limit, refused.posted), (Some(limit), 0));
    turn.placeholder = adapter
        .progress(&turn, &Progress::Reading)
        .await
        .placeholder;
    assert_eq!(telegram.double.calls("sendChatAction"), 2);
    assert_eq!(telegram.double.messages()[0].reply_to, Some(50));
    for _ in 0..2 {
        let again = adapter
            .progress(&turn, &Progress::Using("query".into()))
            .await
            .placeholder;
        assert_eq!(again, turn.placeholder);
    }
    assert_eq!(telegram.double.calls("editMessageText"), 1);
    assert!(
        telegram.double.messages()[0]
            .visible
            .starts_with("Looking up")
    );
    let mut delivery = answer_to(&question, words("It was 42."));
    delivery.replaces = turn.placeholder.clone();
    let receipt = adapter.send(&delivery).await.unwrap();
    assert_eq!(Some(receipt.provider_id), turn.placeholder);
    let [answer] = telegram.double.messages().try_into().unwrap();
    assert_eq!(answer.visible, "It was 42.");
    assert_eq!(telegram.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_chart_takes_the_place_of_words_and_words_of_a_chart() {
    let telegram = TelegramUnderTest::new().await;
    let question = in_private("revenue");
    let placeholder = telegram
        .adapter
        .progress(&working(&question), &Progress::Reading)
        .await
        .placeholder;
    let mut chart = answer_to(&question, replies::chart().reply);
    chart.replaces = placeholder;
    let first = telegram.adapter.send(&chart).await.unwrap();
    let standing = telegram.double.messages_in(ANA);
    assert_eq!(standing.len(), 2, "photo and file");
    assert!(standing[0].photo.is_some() && standing[0].edits == 1);
    // The question was edited: its new answer has no chart, and nothing of the old one stays.
    let mut anew = answer_to(&question, words("It was 43."));
    anew.replaces = Some(first.provider_id);
    telegram.adapter.send(&anew).await.unwrap();
    let standing = telegram.double.messages_in(ANA);
    let said: Vec<&str> = standing.iter().map(|it| it.visible.as_str()).collect();
    assert_eq!(said, ["It was 43."]);
    assert_eq!(telegram.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_to_be_replaced_and_is_gone_is_sent_anew() {
    let telegram = TelegramUnderTest::new().await;
    let mut delivery = answer_to(&in_private("revenue"), words("It was 42."));
    delivery.replaces = Some(format!("{ANA}:999"));
    telegram.adapter.send(&delivery).await.unwrap();
    assert_eq!(telegram.double.messages_in(ANA).len(), 1);
}

#[tokio::test]
async fn a_private_answer_to_a_group_goes_to_the_askers_own_chat() {
    let telegram = TelegramUnderTest::new().await;
    let reply = Reply {
        private: true,
        ..words("Your salary is 42.")
    };
    let delivery = answer_to(&in_group("my salary"), reply);
    let receipt = telegram.adapter.send(&delivery).await.unwrap();
    assert!(receipt.provider_id.starts_with(&format!("{ANA}:")));
    assert_eq!(
        telegram.double.messages_in(ANA)[0].visible,
        "Your salary is 42."
    );
    let [note] = telegram.double.messages_in(GROUP).try_into().unwrap();
    assert!(note.visible.contains("private") && !note.visible.contains("42"));

    // Who has blocked the bot or never started it is told in the group how to.
    telegram.double.block(ANA);
    let receipt = telegram.adapter.send(&delivery).await.unwrap();
    assert!(receipt.provider_id.starts_with(&format!("{GROUP}:")));
    let note = telegram.double.messages_in(GROUP).pop().unwrap();
    assert!(note.visible.contains("Start") && !note.visible.contains("42"));
    assert_eq!(note.keys().count(), 1);
    assert_eq!(telegram.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn each_refusal_is_what_it_is() {
    let telegram = TelegramUnderTest::new().await;
    let send = async |space: i64| {
        let mut delivery = answer_to(&in_group("revenue"), words("It was 42."));
        delivery.space.id = space.to_string();
        let error = telegram.adapter.send(&delivery).await.err();
        if let Some(error) = &error {
            assert!(!error.to_string().contains(TOKEN), "{error}");
            assert!(!error.to_string().contains("http"), "{error}");
        }
        error
    };
    let double = &telegram.double;
    double.fault("sendMessage", Fault::TooMany(7));
    match send(GROUP).await {
        Some(SendError::Limited {
            after, everywhere, ..
        }) => assert_eq!((after, everywhere), (SignedDuration::from_secs(7), false)),
        other => panic!("{other:?}"),
    }
    // A second chat, while the first still has to wait: it is the bot that must.
    double.open(-5);
    double.fault("sendMessage", Fault::TooMany(3));
    assert!(matches!(
        send(-5).await,
        Some(SendError::Limited {
            everywhere: true,
            ..
        })
    ));
    double.fault("sendMessage", Fault::DropAfter);
    assert!(matches!(send(GROUP).await, Some(SendError::Unknown(_))));
    double.kick(-5);
    assert!(matches!(send(-5).await, Some(SendError::Gone(_))));
    assert!(matches!(send(-6).await, Some(SendError::Refused(_))));
    double.block(9);
    assert!(matches!(send(9).await, Some(SendError::Gone(_))));
    double.fault("sendMessage", Fault::Garbled);
    assert!(
        send(GROUP).await.is_none(),
        "it was sent, whatever else is said"
    );
    double.revoke(true);
    assert!(matches!(send(GROUP).await, Some(SendError::Revoked(_))));
}

#[tokio::test]
async fn a_server_that_failed_may_have_sent_it() {
    let telegram = TelegramUnderTest::new().await;
    telegram.double.fault("sendMessage", Fault::Status(502));
    let delivery = answer_to(&in_private("revenue"), words("It was 42."));
    let error = telegram.adapter.send(&delivery).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown(_)), "{error}");
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_sent() {
    use almanac_adapters::Section;
    let double = almanac_adapters_doubles::telegram::TelegramDouble::start().await;
    let mut section = crate::telegram::section(&double, false);
    section.api_url = "http://127.0.0.1:9".into();
    let line = crate::memory_line::MemoryLine::new();
    let connected = section
        .connect(line.services(), Default::default())
        .unwrap();
    let delivery = answer_to(&in_private("revenue"), words("It was 42."));
    let error = connected.adapter.send(&delivery).await.unwrap_err();
    assert!(matches!(error, SendError::Retry(_)), "{error}");
    assert!(!error.to_string().contains(TOKEN), "{error}");
}

#[tokio::test]
async fn a_group_that_became_a_supergroup_is_followed() {
    let telegram = TelegramUnderTest::new().await;
    telegram.double.upgrade(GROUP, -1_009);
    for _ in 0..2 {
        let delivery = answer_to(&in_group("revenue"), words("It was 42."));
        let receipt = telegram.adapter.send(&delivery).await.unwrap();
        assert!(receipt.provider_id.starts_with("-1009:"));
    }
    assert_eq!(telegram.double.messages_in(-1_009).len(), 2);
    assert_eq!(telegram.double.calls("sendMessage"), 3, "it is remembered");
}

#[tokio::test]
async fn a_delivery_half_sent_waits_for_the_rest_and_is_never_begun_again() {
    let telegram = TelegramUnderTest::new().await;
    telegram.double.fault("sendDocument", Fault::TooMany(1));
    let delivery = answer_to(&in_private("by day"), replies::chart().reply);
    let receipt = telegram.adapter.send(&delivery).await.unwrap();
    assert_eq!(telegram.double.messages_in(ANA).len(), 2);
    assert_eq!(receipt.provider_id.split(',').count(), 2);

    telegram.double.fault("sendDocument", Fault::DropAfter);
    match telegram.adapter.send(&delivery).await {
        Err(SendError::Unknown(reason)) => assert!(reason.contains("1 of 2"), "{reason}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_edit_without_an_answer_may_be_made_again() {
    let telegram = TelegramUnderTest::new().await;
    let question = in_private("revenue");
    let mut delivery = answer_to(&question, words("It was 42."));
    delivery.replaces = telegram
        .adapter
        .progress(&working(&question), &Progress::Reading)
        .await
        .placeholder;
    telegram.double.fault("editMessageText", Fault::DropAfter);
    let error = telegram.adapter.send(&delivery).await.unwrap_err();
    assert!(matches!(error, SendError::Retry(_)), "{error}");
    telegram.adapter.send(&delivery).await.unwrap();
    assert_eq!(telegram.double.messages_in(ANA).len(), 1);
}

#[tokio::test]
async fn where_photos_are_not_allowed_the_words_arrive() {
    let telegram = TelegramUnderTest::new().await;
    let no = "Bad Request: not enough rights to send photos to the chat";
    telegram
        .double
        .fault("sendPhoto", Fault::Error(400, no.into()));
    let sent = telegram
        .answered(&in_group("by day"), replies::chart().reply)
        .await;
    assert!(sent[0].photo.is_none() && sent[0].visible.contains("$1,384,220"));
    assert!(!sent[0].keyboard.is_empty());
}

#[tokio::test]
async fn a_topics_answer_stays_in_the_topic() {
    let telegram = TelegramUnderTest::new().await;
    let mut question = in_group("by day");
    question.space.thread = Some("44".into());
    let sent = telegram.answered(&question, replies::chart().reply).await;
    assert!(sent.iter().all(|it| it.thread == Some(44)));
}

#[tokio::test]
async fn thirty_long_questions_are_listed_and_numbered() {
    let telegram = TelegramUnderTest::new().await;
    let choices = (1..=95)
        .map(|n| Choice {
            label: format!("A reading of it that is much too long for a button, number {n}"),
            ask: format!("reading {n}"),
        })
        .collect();
    let reply = Reply {
        choices,
        ..Reply::words(Outcome::Clarify, "Which one?")
    };
    let sent = telegram.answered(&in_private("it"), reply).await;
    let all: String = sent.iter().map(|it| it.visible.clone()).collect();
    assert!(all.contains("1. A reading") && all.contains("95. A reading"));
    let last = sent.last().unwrap();
    assert_eq!(last.keyboard[0].len(), 5);
    assert_eq!(last.keys().count(), 90);
    assert_eq!(telegram.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn its_pace_is_within_what_telegram_takes() {
    let telegram = TelegramUnderTest::new().await;
    for (kind, seconds, most) in [(SpaceKind::Direct, 60, 60), (SpaceKind::Channel, 60, 20)] {
        let pace = telegram.adapter.pace(kind);
        let most_within = |quota: almanac_agent_contract::Quota, seconds: u64| {
            u128::from(quota.burst) + u128::from(seconds) * 1_000 / quota.every.as_millis()
        };
        assert!(most_within(pace.space.unwrap(), seconds) <= most + 1);
        assert!(most_within(pace.installation.unwrap(), 1) <= 30);
    }
}

#[tokio::test]
async fn long_answers_pass_flood_control_in_one_piece() {
    let telegram = TelegramUnderTest::new().await;
    telegram.double.hold_back();
    let reply = words(&"Revenue held up in every country but one. ".repeat(700));
    let receipt = telegram
        .adapter
        .send(&answer_to(&in_private("all of it"), reply))
        .await
        .unwrap();
    let sent = telegram.double.messages_in(ANA);
    assert_eq!(sent.len(), receipt.provider_id.split(',').count());
    assert_eq!(sent.len(), usize::try_from(receipt.posted).unwrap());
    assert!(sent.len() > 6 && telegram.double.calls("sendMessage") > sent.len());
    let all: String = sent.iter().map(|it| format!("{} ", it.visible)).collect();
    assert_eq!(all.matches("every country but one.").count(), 700);
}
