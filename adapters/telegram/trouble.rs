//! What can go wrong between us and Telegram, and what that means for a delivery.
//!
//! Telegram's token is in the address of every request: nothing here ever prints an address, and
//! nothing quotes a request.

use std::error::Error;

use almanac_agent_contract::SendError;
use jiff::SignedDuration;
use serde_json::Value;
use teloxide::{ApiError, RequestError};

/// How a request failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Trouble {
    /// It never left.
    #[error("Telegram cannot be reached: {0}")]
    Unreached(String),
    /// It left, and what came of it is not known.
    #[error("Telegram did not say what became of it: {0}")]
    Unanswered(String),
    /// Too many: wait as long as this.
    #[error("Telegram takes nothing for {0:#}")]
    Limited(SignedDuration),
    /// The group became a supergroup: this is its id now.
    #[error("the group has another id now")]
    Moved(i64),
    /// The token opens nothing.
    #[error("Telegram does not know the bot's token")]
    Revoked,
    /// Another poller, or a webhook while polling.
    #[error("{0}")]
    Conflict(String),
    /// Telegram will not, whatever we do.
    #[error("{0}")]
    Refused(String),
}

impl Trouble {
    /// The message that was to be changed is not there, or not of a kind that can become the new
    /// one: what it was to say must be sent anew.
    pub(super) fn is_about_the_edited(&self) -> bool {
        let Self::Refused(said) = self else {
            return false;
        };
        let said = said.to_lowercase();
        [
            "message to edit not found",
            "message can't be edited",
            "message_id_invalid",
            "no text in the message",
            "no caption in the message",
            "message identifier is not specified",
            "message to be replied not found",
            "can't be edited",
        ]
        .iter()
        .any(|about| said.contains(about))
    }

    /// It says already what it was to say.
    pub(super) fn is_unchanged(&self) -> bool {
        matches!(self, Self::Refused(said) if said.contains("message is not modified"))
    }

    /// A picture is what Telegram would not take.
    pub(super) fn is_about_the_picture(&self) -> bool {
        let Self::Refused(said) = self else {
            return false;
        };
        let said = said.to_lowercase();
        ["photo", "image", "media", "file"]
            .iter()
            .any(|about| said.contains(about))
    }

    /// The person has not started the bot, or has blocked it: nothing reaches them in private.
    pub(super) fn is_nobody_there(&self) -> bool {
        matches!(self, Self::Refused(said) if
            said.starts_with("Forbidden") || said.contains("chat not found")
            || said.contains("PEER_ID_INVALID"))
    }

    /// Somebody's own doing: the bot was blocked or thrown out, or the account is no more.
    fn is_somebodys_wish(&self) -> bool {
        let Self::Refused(said) = self else {
            return false;
        };
        let said = said.strip_prefix("Forbidden: ").unwrap_or_default();
        [
            "bot was blocked",
            "bot was kicked",
            "bot is not a member",
            "bot can't initiate conversation",
            "user is deactivated",
        ]
        .iter()
        .any(|wish| said.contains(wish))
    }

    /// What it means for a delivery. `everywhere`: a limit is not this chat's alone.
    pub(super) fn of_delivery(self, everywhere: bool) -> SendError {
        let reason = self.to_string();
        match &self {
            Self::Unreached(_) => SendError::Retry(reason),
            Self::Unanswered(_) => SendError::Unknown(reason),
            Self::Limited(after) => SendError::Limited {
                reason: "too many messages".into(),
                after: *after,
                everywhere,
            },
            Self::Revoked => SendError::Revoked(reason),
            Self::Refused(_) if self.is_somebodys_wish() => SendError::Gone(reason),
            Self::Moved(_) | Self::Conflict(_) | Self::Refused(_) => SendError::Refused(reason),
        }
    }
}

impl From<RequestError> for Trouble {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Api(error) => of_api(error),
            RequestError::MigrateToChatId(id) => Self::Moved(id.0),
            RequestError::RetryAfter(after) => {
                Self::Limited(SignedDuration::from_secs(after.seconds().into()))
            }
            RequestError::Network(error) => {
                let why = why(error.as_ref());
                if error.is_connect() || error.is_builder() {
                    Self::Unreached(why)
                } else if error.is_timeout() {
                    Self::Unanswered("it took too long".into())
                } else {
                    Self::Unanswered(why)
                }
            }
            RequestError::InvalidJson { raw, .. } => of_body(&raw),
            RequestError::Io(_) => Self::Unreached("a file cannot be read".into()),
        }
    }
}

/// What the operating system said, without the address that was asked.
fn why(error: &(dyn Error + 'static)) -> String {
    let mut at = Some(error);
    while let Some(error) = at {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            return io.kind().to_string();
        }
        at = error.source();
    }
    "the connection broke".into()
}

fn of_api(error: ApiError) -> Trouble {
    match error {
        ApiError::InvalidToken => Trouble::Revoked,
        ApiError::TerminatedByOtherGetUpdates => Trouble::Conflict(error.to_string()),
        ApiError::Unknown(said) => of_description(&said),
        known => of_description(&known.to_string()),
    }
}

/// An answer that teloxide could not read.
fn of_body(raw: &str) -> Trouble {
    let Ok(answer) = serde_json::from_str::<Value>(raw) else {
        return Trouble::Unanswered("what came back is not JSON".into());
    };
    let parameter = |name: &str| answer["parameters"][name].as_i64();
    if let Some(after) = parameter("retry_after") {
        return Trouble::Limited(SignedDuration::from_secs(after));
    }
    if let Some(id) = parameter("migrate_to_chat_id") {
        return Trouble::Moved(id);
    }
    match (answer["ok"].as_bool(), answer["description"].as_str()) {
        (Some(false), Some(said)) => of_description(said),
        _ => Trouble::Unanswered("what came back is not an answer".into()),
    }
}

/// Descriptions begin with the reason phrase of their status.
fn of_description(said: &str) -> Trouble {
    let phrase = said.split(':').next().unwrap_or_default();
    match phrase.trim() {
        "Unauthorized" | "Not Found" => Trouble::Revoked,
        "Conflict" => Trouble::Conflict(short(said)),
        "Bad Request" | "Forbidden" | "Request Entity Too Large" => Trouble::Refused(short(said)),
        // Without a time to wait, which Telegram otherwise always gives.
        "Too Many Requests" => Trouble::Limited(SignedDuration::from_secs(30)),
        // Whether a server that failed had sent the message before is not documented. teloxide has
        // waited ten seconds by now.
        _ => Trouble::Unanswered(short(said)),
    }
}

/// What Telegram said, without what it quotes of the message.
fn short(said: &str) -> String {
    if said.contains("can't parse entities") {
        return "Bad Request: can't parse entities".into();
    }
    said.chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_description_means_one_thing() {
        let refused = |said: &str| Trouble::Refused(said.into());
        for (said, means) in [
            ("Unauthorized", Trouble::Revoked),
            (
                "Forbidden: bot was kicked from the supergroup chat",
                refused("Forbidden: bot was kicked from the supergroup chat"),
            ),
            (
                "Bad Request: can't parse entities: Unsupported start tag \"secret\"",
                refused("Bad Request: can't parse entities"),
            ),
            (
                "Internal Server Error",
                Trouble::Unanswered("Internal Server Error".into()),
            ),
        ] {
            assert_eq!(of_description(said), means, "{said}");
        }
        assert!(of_api(ApiError::ChatNotFound).is_nobody_there());
        // A chat that is not there may be a wrong one in the configuration.
        let missing = of_api(ApiError::ChatNotFound).of_delivery(false);
        assert!(matches!(missing, SendError::Refused(_)));
        for theirs in [
            ApiError::BotBlocked,
            ApiError::UserDeactivated,
            ApiError::BotKickedFromSupergroup,
        ] {
            let gone = of_api(theirs).of_delivery(false);
            assert!(matches!(gone, SendError::Gone(_)), "{gone}");
        }
        assert!(of_api(ApiError::MessageNotModified).is_unchanged());
        assert!(of_api(ApiError::MessageToEditNotFound).is_about_the_edited());
        let moved = r#"{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-1001,"new":1}}"#;
        assert_eq!(of_body(moved), Trouble::Moved(-1001));
        assert!(matches!(
            of_body("<html>502</html>"),
            Trouble::Unanswered(_)
        ));
    }
}
