//! A message that a person wrote, changed or took back, as Slack tells it.

use almanac_agent_contract::{Space, SpaceKind};
use jiff::{SignedDuration, Timestamp};

/// Slack delivers late when it was unable to for a while; what is older than this is not believed.
const OLDEST: SignedDuration = SignedDuration::from_hours(48);

/// How far clocks may differ.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// A message and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) installation: String,
    pub(super) event_id: String,
    pub(super) channel: String,
    pub(super) direct: bool,
    /// The first message of its thread, where it is in one.
    pub(super) thread: Option<String>,
    /// Its own id.
    pub(super) message: String,
    pub(super) user: String,
    /// When, in seconds since 1970.
    pub(super) at: String,
    /// Our own user, where Slack says who that is.
    pub(super) bot: Option<String>,
    /// Slack says that it mentions us.
    pub(super) mentioned: bool,
    pub(super) what: What,
}

/// What became of a message. Texts are as Slack writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    New(String),
    Changed { text: String, before: String },
    Gone { before: String },
}

impl Said {
    /// Where an answer goes: in channels always into a thread, the one that the message is in or
    /// begins.
    pub(super) fn space(&self) -> Space {
        let thread = self.thread.clone();
        let thread = if self.direct {
            thread
        } else {
            thread.or_else(|| Some(self.message.clone()))
        };
        space(&self.channel, self.direct, thread)
    }

    /// The words it has or had.
    pub(super) fn texts(&self) -> [&str; 2] {
        match &self.what {
            What::New(text) => [text, ""],
            What::Changed { text, before } => [text, before],
            What::Gone { before } => [before, ""],
        }
    }
}

/// A channel or direct chat, and a thread in it.
pub(super) fn space(channel: &str, direct: bool, thread: Option<String>) -> Space {
    Space {
        id: channel.to_owned(),
        kind: if direct {
            SpaceKind::Direct
        } else {
            SpaceKind::Channel
        },
        thread,
    }
}

/// Direct chats are told by their ids.
pub(super) fn is_direct(channel: &str) -> bool {
    channel.starts_with('D')
}

/// The moment of a message's id ("1763650000.000100"), where it is near enough to now.
pub(super) fn moment(ts: &str, now: Timestamp) -> Timestamp {
    let (seconds, fraction) = ts.split_once('.').unwrap_or((ts, "0"));
    let micros = format!("{fraction:0<6}");
    let at = seconds.parse::<i64>().ok().and_then(|seconds| {
        let nanos = micros.get(..6)?.parse::<i32>().ok()?.checked_mul(1000)?;
        Timestamp::new(seconds, nanos).ok()
    });
    at.filter(|at| now.duration_since(*at) <= OLDEST && at.duration_since(now) <= AHEAD)
        .unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_of_its_own_moment() {
        let now: Timestamp = "2026-11-20T14:00:00Z".parse().unwrap();
        let seconds = now.as_second();
        let early = moment(&format!("{}.000100", seconds - 60), now);
        assert_eq!(early.to_string(), "2026-11-20T13:59:00.0001Z");
        for wrong in ["", "soon", "0.1", "9999999999.000100", "é.é", "1.-000001"] {
            assert_eq!(moment(wrong, now), now, "{wrong}");
        }
    }
}
