//! The Events API: messages, mentions, the home tab, assistant threads, and the end of an
//! installation. Of a mention Slack tells twice, as a mention and as a message of the channel; the
//! message is told apart by its text, later, where our own user is known.

use super::fields::Fields;
use super::parse::{Home, Opened, Parsed, installation};
use super::said::{Said, What, is_direct};

/// What an Events API request says.
pub(super) fn read(request: Fields<'_>) -> Parsed {
    let outer = request.text("/type").unwrap_or_default();
    if outer == "url_verification" {
        return match request.owned("/challenge") {
            Some(challenge) => Parsed::Challenge(challenge),
            None => Parsed::Ignored(name(outer, None)),
        };
    }
    let event = request.at("/event");
    let Some(kind) = event.text("/type") else {
        return Parsed::Ignored(name(outer, None));
    };
    let ignored = || Parsed::Ignored(name(kind, event.text("/subtype")));
    let parsed = match kind {
        "app_mention" => said(request, event, true),
        "message" => said(request, event, false),
        "app_home_opened" => home(request, event),
        "assistant_thread_started" => opened(request, event),
        "app_uninstalled" => closed(request, kind),
        "tokens_revoked" if !event.each("/tokens/bot").is_empty() => closed(request, kind),
        _ => None,
    };
    parsed.unwrap_or_else(ignored)
}

fn name(kind: &str, subtype: Option<&str>) -> String {
    let short: String = kind.chars().take(80).collect();
    match subtype {
        Some(subtype) => {
            let subtype: String = subtype.chars().take(80).collect();
            format!("{short}.{subtype}")
        }
        None => short,
    }
}

/// The team that sees the event: in shared channels it is not always the team that wrote.
fn whose(request: Fields<'_>) -> Option<String> {
    let ours = request.at("/authorizations/0");
    installation(
        ours.is("/is_enterprise_install"),
        ours.owned("/enterprise_id")
            .or_else(|| request.owned("/enterprise_id")),
        ours.owned("/team_id").or_else(|| request.owned("/team_id")),
    )
}

fn said(request: Fields<'_>, event: Fields<'_>, mentioned: bool) -> Option<Parsed> {
    let what = match event.text("/subtype") {
        None | Some("file_share" | "thread_broadcast" | "me_message") => {
            (event, What::New(event.owned("/text").unwrap_or_default()))
        }
        Some("message_changed") => changed(event)?,
        Some("message_deleted") => {
            let before = event.at("/previous_message");
            let text = before.owned("/text").unwrap_or_default();
            (before, What::Gone { before: text })
        }
        Some(_) => return None,
    };
    let (message, what) = what;
    if by_a_program(message) || by_a_program(event) {
        return None;
    }
    let channel = event.text("/channel")?;
    let ts = message.text("/ts").or_else(|| event.text("/deleted_ts"))?;
    let direct = match event.text("/channel_type") {
        Some(kind) => matches!(kind, "im" | "app_home"),
        None => is_direct(channel),
    };
    Some(Parsed::Said(Said {
        installation: whose(request)?,
        event_id: request.owned("/event_id")?,
        channel: channel.to_owned(),
        direct,
        thread: message.owned("/thread_ts"),
        message: ts.to_owned(),
        user: message.owned("/user")?,
        at: message
            .text("/edited/ts")
            .or_else(|| event.text("/event_ts"))
            .or_else(|| event.text("/ts"))
            .unwrap_or(ts)
            .to_owned(),
        bot: bot(request),
        mentioned,
        what,
    }))
}

/// An edit, or a message that was deleted while its thread goes on. Slack says "changed" of unfurled
/// links too: then the words are the same.
fn changed(event: Fields<'_>) -> Option<(Fields<'_>, What)> {
    let message = event.at("/message");
    let earlier = event.at("/previous_message");
    let before = earlier.owned("/text").unwrap_or_default();
    if message.text("/subtype") == Some("tombstone") {
        return Some((earlier, What::Gone { before }));
    }
    let text = message.owned("/text").unwrap_or_default();
    let same = earlier.has("/ts") && text == before;
    let edited = message.has("/edited/ts") || earlier.has("/ts");
    (edited && !same).then_some((message, What::Changed { text, before }))
}

/// Messages of apps, ours among them, are not questions.
fn by_a_program(message: Fields<'_>) -> bool {
    message.has("/bot_id")
        || message.has("/bot_profile/id")
        || message.text("/subtype") == Some("bot_message")
}

fn bot(request: Fields<'_>) -> Option<String> {
    request
        .each("/authorizations")
        .into_iter()
        .find(|it| it.is("/is_bot"))
        .and_then(|it| it.owned("/user_id"))
}

fn home(request: Fields<'_>, event: Fields<'_>) -> Option<Parsed> {
    if event.text("/tab").is_some_and(|tab| tab != "home") {
        return None;
    }
    Some(Parsed::Home(Home {
        installation: whose(request)?,
        user: event.owned("/user")?,
        chat: event.owned("/channel"),
    }))
}

fn opened(request: Fields<'_>, event: Fields<'_>) -> Option<Parsed> {
    Some(Parsed::Assistant(Opened {
        installation: whose(request)?,
        chat: event.owned("/assistant_thread/channel_id")?,
        thread: event.owned("/assistant_thread/thread_ts")?,
    }))
}

fn closed(request: Fields<'_>, kind: &str) -> Option<Parsed> {
    Some(Parsed::Closed {
        installation: whose(request)?,
        reason: kind.to_owned(),
    })
}
