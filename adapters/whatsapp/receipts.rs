//! What became of messages: statuses come late, twice, in any order, and now and then before the
//! answer to the request that sent the message.
//!
//! A delivery may be several messages; only the last is known by its id, and it alone carries the
//! delivery's id along. A status that carries one and is not known yet is therefore refused for a
//! minute or two, so that the platform brings it again; older ones, and those of other messages, are
//! let go. Nothing is refused for longer, and nothing is lost that could still be placed. Of a body,
//! one status is waited for at most: the platform waits for the answer to all of it.

use std::time::Duration;

use almanac_agent_contract::{LineError, OutboxId, Services, Stage};
use jiff::SignedDuration;
use tracing::{debug, error, info};

use super::WHATSAPP;
use super::errors::failed_later;
use super::update::Status;

/// How long the store may take to learn of a message that was sent.
const SETTLING: SignedDuration = SignedDuration::from_mins(2);
/// Pauses before a status is given back to the platform.
const PAUSES: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(200)];

/// Whether the platform is to bring the statuses again.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Noted {
    /// No.
    All,
    /// Yes.
    NotYet,
}

/// Notes statuses, in their order.
pub(super) async fn note(statuses: Vec<Status>, services: &Services) -> Noted {
    let mut noted = Noted::All;
    for status in statuses {
        let pauses: &[Duration] = match noted {
            Noted::All => &PAUSES,
            Noted::NotYet => &[],
        };
        match one(&status, services, pauses).await {
            Ok(true) => {}
            Ok(false) => noted = Noted::NotYet,
            Err(failed) => {
                error!(%failed, "a status was not noted");
                return Noted::NotYet;
            }
        }
    }
    noted
}

/// Whether there is nothing more to do with it.
async fn one(status: &Status, services: &Services, pauses: &[Duration]) -> Result<bool, LineError> {
    let Some(stage) = stage(status) else {
        return Ok(true);
    };
    let platform = WHATSAPP;
    let note = || {
        services
            .receipts
            .note(&platform, &status.number, &status.id, stage.clone())
    };
    // Other programs that send through the number may have things of their own taken along.
    let tracker = status.tracker.as_deref();
    let ours = tracker.is_some_and(|it| it.parse::<OutboxId>().is_ok());
    if note().await? || !ours {
        return Ok(true);
    }
    let age = status
        .at
        .map(|at| services.clock.now().duration_since(at).abs());
    if age.is_none_or(|age| age > SETTLING) {
        info!("let go a status of a message that nobody knows");
        return Ok(true);
    }
    for pause in pauses {
        tokio::time::sleep(*pause).await;
        if note().await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a status means; `None` where it means nothing to a delivery.
fn stage(status: &Status) -> Option<Stage> {
    match status.status.as_str() {
        "delivered" => Some(Stage::Delivered),
        "read" | "played" => Some(Stage::Read),
        "failed" => {
            let (code, words) = status
                .error
                .as_ref()
                .map_or((0, "no reason given"), |(code, words)| (*code, words));
            Some(failed_later(code, words))
        }
        // That it was sent is known from the answer to the request.
        "sent" => None,
        other => {
            debug!(status = other, "ignored a status");
            None
        }
    }
}
