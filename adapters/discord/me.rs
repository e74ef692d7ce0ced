//! Who Almanac is on Discord: its application and its user, and what it is told when it asks.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serenity::all::{ApplicationId, UserId};

/// Discord's first moment, in milliseconds of Unix time: ids count from it.
const EPOCH: i64 = 1_420_070_400_000;

/// How far an event's own time may lie behind ours.
const PAST: SignedDuration = SignedDuration::from_hours(24);

/// How far ahead of ours it may be: clocks differ.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// Almanac's own ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Me {
    /// The application: what an installation is called by.
    pub(super) application: ApplicationId,
    /// Its user: what people mention.
    pub(super) user: UserId,
}

/// What `GET /applications/@me` says, as far as it matters here.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Application {
    pub(super) id: ApplicationId,
    pub(super) name: String,
    #[serde(default)]
    pub(super) flags: u64,
    #[serde(default)]
    pub(super) verify_key: String,
    #[serde(default)]
    pub(super) interactions_endpoint_url: Option<String>,
}

impl Application {
    /// It is told what people write, not only what they write to it.
    pub(super) fn reads_messages(&self) -> bool {
        const MESSAGE_CONTENT: u64 = (1 << 18) | (1 << 19);
        self.flags & MESSAGE_CONTENT != 0
    }
}

/// What `GET /users/@me` says.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct OwnUser {
    pub(super) id: UserId,
    pub(super) username: String,
}

/// When the thing with this id was made, where that can be believed; else now.
pub(super) fn made(id: u64, now: Timestamp) -> Timestamp {
    let at = i64::try_from(id >> 22)
        .ok()
        .and_then(|since| Timestamp::from_millisecond(since + EPOCH).ok());
    at.filter(|at| {
        let age = now.duration_since(*at);
        age <= PAST && age >= -AHEAD
    })
    .unwrap_or(now)
}

/// The first id that things have which are made at this time, in milliseconds of Unix time.
pub(super) fn id_at(milliseconds: u64) -> u64 {
    milliseconds.saturating_sub(EPOCH.unsigned_abs()) << 22
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made_unless_it_cannot_be() {
        let now: Timestamp = "2026-11-20T14:00:00Z".parse().unwrap();
        let minute_ago = now - SignedDuration::from_mins(1);
        let id = u64::try_from(minute_ago.as_millisecond() - EPOCH).unwrap() << 22;
        assert_eq!(made(id, now), minute_ago);
        for odd in [0, 7, u64::MAX] {
            assert_eq!(made(odd, now), now);
        }
    }
}
