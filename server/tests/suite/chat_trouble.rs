//! Bad days: tokens taken away, platforms that ask for patience; and what operators see of it.

use std::time::{Duration, Instant};

use almanac_adapters_doubles::discord::Trouble;
use almanac_adapters_doubles::slack::{self, BOT_TOKEN, TEAM};
use almanac_adapters_doubles::telegram::{self, BOT};
use almanac_adapters_doubles::whatsapp::{self, Edge, payload::NUMBER};

use crate::shop::ground;
use crate::town::{Chat, Plan, Town, until};

const QUESTION: &str = "revenue in October 2026";
/// The admins' chats, on two platforms.
const ADMIN: u32 = 900;
/// How long a platform asks to wait.
const ASKED: Duration = Duration::from_secs(2);

fn tells() -> String {
    format!(
        "[admins]\ntell = [\"slack/{TEAM}/DU{ADMIN}\", \"telegram/{BOT}/{}\"]\n",
        100_000 + ADMIN
    )
}

/// Telegram's updates are posted: they come even where the token is no good.
async fn town() -> Town {
    let plan = Plan {
        posted: true,
        more: tells(),
        ..Plan::default()
    };
    let town = Town::new(&ground(), plan).await;
    town.telegram.open(i64::from(100_000 + ADMIN));
    town
}

fn said(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// How often the admins of a platform heard that one is closed.
fn told(town: &Town, on: Chat, of: &str) -> usize {
    let seen = town.seen(on, ADMIN);
    let about = format!("no longer post to {of}");
    seen.iter().filter(|it| it.text.contains(&about)).count()
}

fn take_token(town: &Town, chat: Chat) {
    match chat {
        Chat::Slack => town.slack.revoke(BOT_TOKEN),
        Chat::Telegram => town.telegram.revoke(true),
        Chat::Discord => town.discord.revoke(),
        Chat::WhatsApp => town.whatsapp.set_revoked(true),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_parks_tells_once_and_what_waited_is_sent_after_all() {
    let town = town().await;
    let service = town.open().await;
    // By then each platform has said at the start that it lets us in.
    for chat in [Chat::WhatsApp, Chat::Telegram] {
        waits(&town, chat, 4).await;
    }
    // WhatsApp's number and Telegram's bot are given their tokens back later.
    for (closed, hears) in [
        (Chat::WhatsApp, vec![Chat::Slack, Chat::Telegram]),
        (Chat::Telegram, vec![Chat::Slack]),
    ] {
        take_token(&town, closed);
        for who in 1..=3 {
            town.say(closed, who, QUESTION).await;
        }
        for on in hears {
            let what = format!("{on:?} hears of {closed:?}");
            until(&what, || (told(&town, on, closed.name()) > 0).then_some(())).await;
        }
    }
    service.stop().await;

    let listed = said(&town.almanac(&["admin", "installations"]));
    let parked = |name: &str| {
        let line = listed.lines().find(|line| line.starts_with(name));
        line.is_some_and(|line| line.contains("parked: "))
    };
    assert!(parked("whatsapp") && parked("telegram"), "{listed}");
    assert!(!parked("slack") && !parked("discord"), "{listed}");
    let doctor = town.almanac(&["doctor"]);
    assert_eq!(doctor.status.code(), Some(1));
    let doctor = said(&doctor);
    assert!(
        doctor.contains(&format!("MEND  whatsapp {NUMBER}: parked: ")),
        "{doctor}"
    );

    town.whatsapp.set_revoked(false);
    town.telegram.revoke(false);
    let bot = BOT.to_string();
    for (name, installation) in [("whatsapp", NUMBER), ("telegram", bot.as_str())] {
        let resumed = town.almanac(&["admin", "resume", name, installation]);
        assert_eq!(resumed.status.code(), Some(0), "{resumed:?}");
        let again = town.almanac(&["admin", "resume", name, installation]);
        assert_eq!(again.status.code(), Some(1), "{again:?}");
    }
    let _service = town.open().await;
    for chat in [Chat::WhatsApp, Chat::Telegram] {
        for who in 1..=3 {
            town.sees((chat, who), "what waited", |it| it.text.contains("$"))
                .await;
        }
    }
    assert_eq!(told(&town, Chat::Slack, "whatsapp"), 1);
    assert_eq!(told(&town, Chat::Telegram, "whatsapp"), 1);
    assert_eq!(told(&town, Chat::Slack, "telegram"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_hear_elsewhere_of_slack_and_discord() {
    let town = town().await;
    let _service = town.open().await;
    for (closed, hears) in [(Chat::Discord, Chat::Slack), (Chat::Slack, Chat::Telegram)] {
        take_token(&town, closed);
        // A gateway that is closed with the token hears nothing more, and is how it is known then.
        let _ = town.tell(&town.words(closed, 1, QUESTION).1, 0).await;
        until("the admins", || {
            (told(&town, hears, closed.name()) == 1).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_are_told_though_the_process_ends_as_it_parks() {
    let town = town().await;
    let mut dying = town.start(Some("installation.parked=return"));
    town.reached().await;
    town.whatsapp.set_revoked(true);
    town.say(Chat::WhatsApp, 1, QUESTION).await;
    assert!(dying.ended(Duration::from_secs(30)).await);
    assert_eq!(told(&town, Chat::Slack, "whatsapp"), 0);

    let _service = town.open().await;
    for on in [Chat::Slack, Chat::Telegram] {
        let what = format!("{on:?} hears of it");
        until(&what, || (told(&town, on, "whatsapp") > 0).then_some(())).await;
    }
    // Not again by whatever finds it closed, too.
    town.say(Chat::WhatsApp, 2, QUESTION).await;
    waits(&town, Chat::Telegram, 5).await;
    assert_eq!(told(&town, Chat::Slack, "whatsapp"), 1);
    assert_eq!(told(&town, Chat::Telegram, "whatsapp"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_lists_where_admins_can_be_told() {
    let told = tells().lines().last().unwrap().to_owned();
    let plan = Plan {
        chats: vec![Chat::Slack, Chat::WhatsApp],
        ..Plan::default()
    };
    let town = Town::new(&ground(), plan).await;
    let doctor = said(&town.almanac(&["doctor"]));
    assert!(doctor.contains("ok    admins: nobody is told"), "{doctor}");
    let service = town.open().await;
    waits(&town, Chat::Slack, ADMIN).await;
    service.stop().await;
    let doctor = said(&town.almanac(&["doctor"]));
    let address = format!("\"slack/{TEAM}/DU{ADMIN}\"");
    assert!(told.contains(&address));
    assert!(
        doctor.contains(&format!("      {address} (direct")),
        "{doctor}"
    );

    // An address that leads nowhere.
    let wrong = "[admins]\ntell = [\"slack/T9/DU900\"]\n";
    town.rewrite(|text| format!("{wrong}{text}"));
    let doctor = said(&town.almanac(&["doctor"]));
    assert!(
        doctor.contains("MEND  admins: [admins] tell has \"slack/T9/DU900\""),
        "{doctor}"
    );
}

/// The next message is refused for `ASKED` seconds.
fn refuse(town: &Town, chat: Chat) {
    let seconds = u32::try_from(ASKED.as_secs()).unwrap();
    match chat {
        Chat::Slack => {
            let fault = slack::Fault::Limited(seconds.into());
            town.slack.fault("chat.postMessage", fault);
        }
        Chat::Telegram => {
            for method in ["sendMessage", "sendPhoto"] {
                town.telegram
                    .fault(method, telegram::Fault::TooMany(seconds));
            }
        }
        Chat::Discord => {
            let trouble = Trouble::Limited {
                after: seconds.into(),
                global: false,
            };
            town.discord.fail("POST /api/v10/channels", trouble, 1);
        }
        Chat::WhatsApp => {
            let fault = whatsapp::Fault::CodeAfter(130_429, seconds);
            town.whatsapp.fail(Edge::Messages, fault);
        }
    }
}

/// How long somebody waits for an answer.
async fn waits(town: &Town, chat: Chat, who: u32) -> Duration {
    let started = Instant::now();
    town.say(chat, who, QUESTION).await;
    town.sees((chat, who), "an answer", |it| it.text.contains('$'))
        .await;
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_asks_for_patience_is_given_exactly_that() {
    let town = town().await;
    let _service = town.open().await;
    for (who, chat) in (2..).zip(Chat::ALL) {
        // What an answer takes without: the machine may be busy.
        let usual = waits(&town, chat, 1).await;
        // Its last message is there, too, when there is something to press.
        town.sees((chat, 1), "what can be pressed", |it| !it.keys.is_empty())
            .await;
        // Whatever is refused, the answer or the word that a turn is under way, the rest waits.
        refuse(&town, chat);
        let waited = waits(&town, chat, who).await;
        assert!(waited >= ASKED, "{chat:?} was asked again after {waited:?}");
        assert!(
            waited < ASKED + Duration::from_secs(2) + 3 * usual,
            "{chat:?} was let wait for {waited:?}; without, it takes {usual:?}"
        );
    }
    assert_eq!(town.breaches(), Vec::<String>::new());
}

/// So many ask elsewhere at the same time that whoever asks here is shown that they wait.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_while_word_of_progress_was_refused() {
    let town = town().await;
    let _service = town.open_slowly().await;
    for who in 1..=40 {
        let (_, event) = town.words(Chat::Discord, who, QUESTION);
        town.deliver(&event).await;
    }
    until("somebody who waits", || {
        (!town.all(Chat::Discord).is_empty()).then_some(())
    })
    .await;
    // The word that they wait is a message; the answer may be a picture, which nobody refuses.
    let seconds = u32::try_from(ASKED.as_secs()).unwrap();
    town.telegram
        .fault("sendMessage", telegram::Fault::TooMany(seconds));
    let refused = town.telegram.calls("sendMessage");
    town.say(Chat::Telegram, 1, QUESTION).await;
    until("a refusal", || {
        (town.telegram.calls("sendMessage") > refused).then_some(())
    })
    .await;
    let refused = Instant::now();
    town.sees((Chat::Telegram, 1), "anything", |_| true).await;
    let waited = refused.elapsed();
    // The refusal is seen a moment after it was given.
    assert!(waited + Duration::from_millis(50) >= ASKED, "{waited:?}");
    town.sees((Chat::Telegram, 1), "an answer", |it| it.text.contains('$'))
        .await;
}

/// The lines of `almanac admin undelivered`.
fn listed(town: &Town) -> Vec<String> {
    let output = town.almanac(&["admin", "undelivered"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    said(&output).lines().map(str::to_owned).collect()
}

/// What doctor says of the queues.
fn queues(town: &Town) -> String {
    let doctor = said(&town.almanac(&["doctor"]));
    let line = doctor.lines().find(|line| line.contains(" queues: "));
    line.unwrap_or_else(|| panic!("{doctor}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_arrive_is_listed_until_somebody_has_seen_to_it() {
    undelivered(None).await;
}

/// Needs a PostgreSQL server; `.ci/run` starts one.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_server_what_did_not_arrive_is_listed_until_somebody_has_seen_to_it() {
    match std::env::var("ALMANAC_TEST_DATABASE_URL") {
        Ok(url) => undelivered(Some(url)).await,
        Err(_) => eprintln!("not run: ALMANAC_TEST_DATABASE_URL names no server"),
    }
}

async fn undelivered(database: Option<String>) {
    let plan = Plan {
        chats: vec![Chat::WhatsApp, Chat::Telegram],
        posted: true,
        database,
        ..Plan::default()
    };
    let town = Town::new(&ground(), plan).await;
    let service = town.open().await;
    // One blocked the bot; to the other, something is wrong that is somebody's to mend.
    let blocked = i64::from(100_000 + 1);
    let (_, event) = town.words(Chat::Telegram, 1, QUESTION);
    town.telegram.block(blocked);
    town.deliver(&event).await;
    town.whatsapp
        .fail(Edge::Messages, whatsapp::Fault::Code(131_042));
    town.say(Chat::WhatsApp, 1, QUESTION).await;
    // The embedded store is read while nobody else has it.
    let mut service = Some(service);
    let lines = loop {
        let running = match service.take() {
            Some(running) => running,
            None => town.open().await,
        };
        running.stop().await;
        let lines = listed(&town);
        if lines.len() == 2 {
            break lines;
        }
    };
    let of = |name: &str| {
        let line = lines.iter().find(|line| line.contains(name)).cloned();
        line.unwrap_or_else(|| panic!("{lines:?}"))
    };
    let (gone, failed) = (of(" telegram "), of(" whatsapp "));
    let about = format!(" {BOT} {blocked} gone: Forbidden: bot was blocked by the user");
    assert!(gone.ends_with(&about), "{gone}");
    assert!(failed.contains(&format!(" {NUMBER} ")), "{failed}");
    assert!(failed.contains(" failed: 131042"), "{failed}");
    assert!(!lines.concat().contains('$'), "no words of answers");
    let id = |line: &str| line.split(' ').next().unwrap().to_owned();

    let doctor = queues(&town);
    assert!(
        doctor.starts_with("MEND  queues: 1 answers did not arrive for certain")
            && doctor.contains("almanac admin undelivered"),
        "{doctor}"
    );
    let dismiss = |what: &str| town.almanac(&["admin", "dismiss", what]).status.code();
    assert_eq!(dismiss("nothing"), Some(2));
    assert_eq!(dismiss(&id(&failed)), Some(0));
    assert_eq!(dismiss(&id(&failed)), Some(1));
    let doctor = queues(&town);
    assert!(
        doctor.starts_with("ok    queues: nothing parked, nothing lost; 1 "),
        "{doctor}"
    );

    // Their mind was changed, and the payment method is there.
    town.telegram.open(blocked);
    for line in [&gone, &failed] {
        let again = town.almanac(&["admin", "retry", &id(line)]);
        assert_eq!(again.status.code(), Some(0), "{again:?}");
    }
    assert_eq!(listed(&town), Vec::<String>::new());
    let service = town.open().await;
    for chat in [Chat::Telegram, Chat::WhatsApp] {
        town.sees((chat, 1), "the answer", |it| it.text.contains('$'))
            .await;
    }
    service.stop().await;
    let again = town.almanac(&["admin", "retry", &id(&gone)]);
    assert_eq!(again.status.code(), Some(1), "{again:?}");
    assert_eq!(dismiss("--all"), Some(0));
    assert_eq!(queues(&town), "ok    queues: nothing parked, nothing lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_and_manifests_speak_of_every_platform() {
    let town = town().await;
    let doctor = said(&town.almanac(&["doctor"]));
    for chat in Chat::ALL {
        let name = chat.name();
        let checked = doctor.lines().filter(|line| {
            let rest = line.strip_prefix("ok    ").or(line.strip_prefix("MEND  "));
            rest.is_some_and(|rest| rest.starts_with(name))
        });
        assert!(checked.count() > 0, "{name}: {doctor}");
        let printed = town.almanac(&["manifest", name, "--origin", "https://shop.example"]);
        assert_eq!(printed.status.code(), Some(0), "{printed:?}");
        let printed = said(&printed);
        assert!(printed.len() > 100, "{name}: {printed}");
    }
    assert!(!doctor.contains(BOT_TOKEN), "{doctor}");
}
