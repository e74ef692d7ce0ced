//! Why Discord did not take a request, and what the courier is to make of it.

use almanac_agent_contract::SendError;
use jiff::SignedDuration;

/// Discord's own error codes, as far as something hangs on them.
pub(super) mod code {
    /// The channel is gone, or was never seen.
    pub(crate) const UNKNOWN_CHANNEL: u64 = 10_003;
    /// The message is gone.
    pub(crate) const UNKNOWN_MESSAGE: u64 = 10_008;
    /// The interaction's token is spent, or the interaction was not answered yet.
    pub(crate) const UNKNOWN_WEBHOOK: u64 = 10_015;
    /// As above, of the callback.
    pub(crate) const UNKNOWN_INTERACTION: u64 = 10_062;
    /// The interaction was answered before.
    pub(crate) const ALREADY_ANSWERED: u64 = 40_060;
    /// The interaction's token is no longer good.
    pub(crate) const INVALID_WEBHOOK_TOKEN: u64 = 50_027;
    /// The person takes no direct messages from us.
    pub(crate) const NO_DIRECT: u64 = 50_007;
    /// Quoting needs the permission to read what was said before.
    pub(crate) const CANNOT_QUOTE: u64 = 160_002;
    /// The message has a thread already.
    pub(crate) const HAS_THREAD: u64 = 160_004;
}

/// Why a request came to nothing. The operator hears it; no token, address or text is in it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(super) enum Failure {
    /// It never left.
    #[error("Discord cannot be reached: {0}")]
    NotSent(&'static str),
    /// It is none that Discord could take.
    #[error("Discord cannot be asked that: {0}")]
    Invalid(&'static str),
    /// It left, and nothing came back.
    #[error("Discord did not answer: {0}")]
    NoAnswer(&'static str),
    /// It was turned down.
    #[error("Discord answered {status} ({code}): {message}")]
    Answered {
        status: u16,
        /// Discord's own code, 0 where it gives none.
        code: u64,
        message: String,
    },
    /// What became of it cannot be found out.
    #[error("nobody can tell what became of it: {0}")]
    Untold(&'static str),
    /// A part of the delivery is out, and then something went wrong.
    #[error("{sent} messages went out; then: {then}")]
    Halfway { sent: usize, then: String },
    /// Too many requests.
    #[error("Discord takes no more for {after:#}")]
    Limited {
        after: SignedDuration,
        everywhere: bool,
    },
}

impl Failure {
    /// Discord's code, where it gave one.
    pub(super) fn code(&self) -> u64 {
        match self {
            Self::Answered { code, .. } => *code,
            _ => 0,
        }
    }

    /// This, where so many messages of the delivery are out: it must not be begun again.
    pub(super) fn after(self, sent: usize) -> Self {
        Self::Halfway {
            sent,
            then: self.to_string(),
        }
    }

    /// The bot's token is no longer good.
    pub(super) fn is_revoked(&self) -> bool {
        matches!(self, Self::Answered { status: 401, code, .. }
            if *code != code::INVALID_WEBHOOK_TOKEN)
    }

    /// Almanac may not write there.
    pub(super) const fn is_shut_out(&self) -> bool {
        matches!(
            self,
            Self::Answered {
                status: 403 | 404,
                ..
            }
        )
    }

    /// The interaction's quarter of an hour is over, or its first answer was deleted.
    pub(super) fn is_too_late(&self) -> bool {
        matches!(
            self.code(),
            code::INVALID_WEBHOOK_TOKEN | code::UNKNOWN_MESSAGE
        )
    }

    /// The interaction can no longer be answered through its token, or not yet.
    pub(super) fn is_of_token(&self) -> bool {
        matches!(
            self.code(),
            code::UNKNOWN_WEBHOOK | code::UNKNOWN_INTERACTION | code::INVALID_WEBHOOK_TOKEN
        )
    }
}

impl From<Failure> for SendError {
    fn from(failure: Failure) -> Self {
        let said = failure.to_string();
        match failure {
            Failure::NotSent(_) => Self::Retry(said),
            Failure::Invalid(_) => Self::Refused(said),
            Failure::NoAnswer(_) | Failure::Untold(_) | Failure::Halfway { .. } => {
                Self::Unknown(said)
            }
            Failure::Limited { after, everywhere } => Self::Limited {
                reason: "too many requests".into(),
                after,
                everywhere,
            },
            Failure::Answered { status, code, .. } => match status {
                401 if code != code::INVALID_WEBHOOK_TOKEN => Self::Revoked(said),
                408 | 500.. => Self::Unknown(said),
                429 => Self::Retry(said),
                // Not Discord's word, but of something on the way to it.
                403 if code == 0 => Self::Retry(said),
                _ if code == code::NO_DIRECT => Self::Gone(mended(&said, code)),
                _ => Self::Refused(mended(&said, code)),
            },
        }
    }
}

/// With what can be done about it.
fn mended(said: &str, code: u64) -> String {
    let hint = match code {
        50_001 => "give it the permission to view the channel",
        code::NO_DIRECT => "the person takes no direct messages from this server, or blocked it",
        50_013 => {
            "give it the permissions to send messages, embed links, attach files and create threads"
        }
        code::UNKNOWN_CHANNEL => "the channel is gone, or it was removed from the server",
        _ => return said.to_owned(),
    };
    format!("{said}: {hint}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(status: u16, code: u64) -> SendError {
        let message = "m".into();
        Failure::Answered {
            status,
            code,
            message,
        }
        .into()
    }

    #[test]
    fn every_answer_has_its_meaning() {
        assert!(matches!(sent(401, 0), SendError::Revoked(_)));
        assert!(matches!(sent(401, 50_027), SendError::Refused(_)));
        for code in [50_001, 50_013] {
            assert!(matches!(sent(403, code), SendError::Refused(_)));
        }
        assert!(matches!(sent(403, 50_007), SendError::Gone(_)));
        assert!(matches!(sent(404, 10_003), SendError::Refused(_)));
        assert!(matches!(sent(400, 50_035), SendError::Refused(_)));
        assert!(matches!(sent(413, 40_005), SendError::Refused(_)));
        for status in [500, 502, 503, 504, 408] {
            assert!(matches!(sent(status, 0), SendError::Unknown(_)));
        }
        assert!(matches!(sent(429, 0), SendError::Retry(_)));
        assert!(matches!(sent(403, 0), SendError::Retry(_)));
        let none = Failure::Invalid("no channel").into();
        assert!(matches!(none, SendError::Refused(_)));
        let never = Failure::NotSent("refused").into();
        assert!(matches!(never, SendError::Retry(_)));
    }
}
