//! What must hold of whatever bytes come in: used by the fuzz targets of this folder and by the tests
//! that change their seeds on any toolchain (`adapters/tests/suite/mutations.rs`).
//!
//! Nothing panics. What is taken for an event of the line has an id, is a question of a length and of
//! letters that may be asked, and is the same when the same bytes come again.

use almanac_adapters::slack::{Door, frame_kind, kind};
use almanac_adapters::telegram::{self, Context, Parsed};
use almanac_adapters::{MAX_QUESTION_BYTES, discord, foreign, whatsapp};
use almanac_agent_contract::{Action, Content, Inbound, Language};
use jiff::Timestamp;
use secrecy::SecretString;

/// The longest kind that is logged, in characters: a type and a subtype.
const KIND: usize = 200;

/// The moment that bytes come in at: 2026-11-20, 14:00 UTC.
fn now() -> Timestamp {
    Timestamp::from_second(1_795_183_200).unwrap_or_default()
}

/// Checks an event.
///
/// # Panics
/// Something does not hold.
pub(crate) fn event(inbound: &Inbound) {
    for (id, what) in [
        (&inbound.event_id, "event"),
        (&inbound.installation, "installation"),
        (&inbound.space.id, "space"),
        (&inbound.sender.user, "person"),
    ] {
        assert!(!id.is_empty(), "no {what}: {inbound:?}");
    }
    let ahead = inbound.at.duration_since(now());
    assert!(ahead.as_mins() <= 5, "of the future: {inbound:?}");
    match &inbound.content {
        Content::Text { text } | Content::Edited { text, .. } => {
            assert!(!text.trim().is_empty(), "no question: {inbound:?}");
            assert!(text.len() <= MAX_QUESTION_BYTES, "{} bytes", text.len());
            let control = |c: char| c.is_control() && c != '\n';
            assert!(!text.contains(control), "{text:?}");
        }
        Content::Notice { text } => assert!(text.len() < 1_000, "{text}"),
        Content::Pressed { action, on } => {
            assert!(Action::named(action).is_some(), "{action}");
            assert!(on.as_ref().is_some_and(|it| !it.is_empty()), "{inbound:?}");
        }
        Content::Chosen { on, .. } | Content::Reacted { on, .. } => assert!(!on.is_empty()),
        Content::Deleted { message } => assert!(!message.is_empty()),
    }
}

/// Tries a body of Slack's. Whether it is anything that concerns us.
///
/// # Panics
/// Something does not hold.
pub(crate) fn slack(door: Door, body: &[u8]) -> bool {
    let read = kind(door, body);
    assert_eq!(read, kind(door, body));
    read.is_ok_and(|kind| named(&kind))
}

/// Tries a frame of Slack's Socket Mode. Whether it is anything that concerns us.
///
/// # Panics
/// Something does not hold.
pub(crate) fn slack_frame(frame: &[u8]) -> bool {
    let read = frame_kind(frame);
    assert_eq!(read, frame_kind(frame));
    read.is_ok_and(|kind| named(&kind))
}

fn named(kind: &str) -> bool {
    assert!(kind.chars().count() <= KIND, "{:.300}", kind);
    !kind.is_empty() && !kind.starts_with("ignored")
}

/// Tries an update of Telegram's, to a bot of that name and to one that does not know its name yet.
/// Whether it is for the line.
///
/// # Panics
/// Something does not hold.
pub(crate) fn telegram(bytes: &[u8]) -> bool {
    let mut taken = false;
    for username in [Some("almanac_bot"), None] {
        let context = Context {
            bot: 42,
            username,
            now: now(),
            language: Language::En,
        };
        let read = telegram::parse(bytes, &context);
        assert_eq!(read, telegram::parse(bytes, &context));
        match read {
            Ok(Parsed::Taken(it)) => {
                event(&it.inbound);
                taken = true;
            }
            Ok(Parsed::Ignored(ignored)) => assert!(named(&ignored.kind)),
            Ok(Parsed::Tell(_) | Parsed::NotYet) | Err(_) => {}
        }
    }
    taken
}

/// Tries a frame of Discord's gateway, or an interaction. Whether any of it is for the line.
///
/// # Panics
/// Something does not hold.
pub(crate) fn discord(bytes: &[u8]) -> bool {
    let events = discord::events(bytes);
    assert_eq!(events, discord::events(bytes));
    events.iter().for_each(event);
    !events.is_empty()
}

/// Tries a webhook body of WhatsApp's. Whether any of it is for the line.
///
/// # Panics
/// Something does not hold.
pub(crate) fn whatsapp(bytes: &[u8]) -> bool {
    let read = whatsapp::events(bytes, now());
    assert_eq!(read, whatsapp::events(bytes, now()));
    let events = read.unwrap_or_default();
    events.iter().for_each(event);
    !events.is_empty()
}

/// Tries a signature, as four lines: the secret, the hexadecimal digits, the seconds, the body.
/// Whether it is good and fresh.
///
/// # Panics
/// Something does not hold.
pub(crate) fn signature(lines: &str) -> bool {
    let mut lines = lines.splitn(4, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (secret, hex, seconds, body) = (SecretString::from(line()), line(), line(), line());
    let good = foreign::is_signed(&secret, &[body.as_bytes()], hex);
    let parts: [&[u8]; 3] = [b"", body.as_bytes(), b""];
    assert_eq!(good, foreign::is_signed(&secret, &parts, hex));
    assert!(!foreign::is_signed(&secret, &[body.as_bytes(), b"."], hex) || !good);
    let hex_digits = hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(!good || (hex.len() == 64 && hex_digits), "{hex}");
    foreign::is_fresh(seconds, now()) && good
}

/// Tries what a button carries. Whether it is ours.
///
/// # Panics
/// Something does not hold.
pub(crate) fn button(carried: &str) -> bool {
    let pressed = foreign::pressed(carried);
    match &pressed {
        Some(Content::Pressed { action, on }) => {
            assert!(Action::named(action).is_some(), "{carried}");
            assert!(on.as_ref().is_some_and(|on| is_id(on)), "{carried}");
        }
        Some(Content::Chosen { on, .. }) => assert!(is_id(on), "{carried}"),
        Some(other) => panic!("{carried}: {other:?}"),
        None => {}
    }
    pressed.is_some()
}

fn is_id(on: &str) -> bool {
    on.len() == 32 && on.bytes().all(|byte| byte.is_ascii_hexdigit())
}
