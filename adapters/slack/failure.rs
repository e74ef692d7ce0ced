//! Why a call failed, and what that means for a delivery. Slack names some 200 errors; each is
//! either about the credentials, about the place, about the moment, or nobody's to mend.

use almanac_agent_contract::SendError;
use hyper_util::client::legacy;
use jiff::SignedDuration;
use slack_morphism::errors::SlackClientError;

/// Where Slack says that it is too much without saying for how long.
const UNSAID: SignedDuration = SignedDuration::from_secs(30);

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// Slack says why, by name.
    #[error("{0}")]
    Api(String),
    /// Too many calls: to be made again after this long.
    #[error("rate limited")]
    Limited(SignedDuration),
    /// Slack is not well.
    #[error("HTTP status {0}")]
    Http(u16),
    /// No connection: nothing left.
    #[error("no connection")]
    NotSent,
    /// It left and nothing came back that can be read.
    #[error("no answer")]
    Lost,
}

impl From<&SlackClientError> for Failure {
    fn from(error: &SlackClientError) -> Self {
        match error {
            SlackClientError::ApiError(it) => Self::named(&it.code),
            SlackClientError::RateLimitError(it) => {
                Self::limited(it.retry_after.map(|after| after.as_secs()))
            }
            SlackClientError::HttpError(it) => Self::Http(it.status_code.as_u16()),
            SlackClientError::HttpProtocolError(it) => {
                let cause = it.cause.as_deref();
                let cause = cause.and_then(|cause| cause.downcast_ref::<legacy::Error>());
                if cause.is_some_and(legacy::Error::is_connect) {
                    Self::NotSent
                } else {
                    Self::Lost
                }
            }
            SlackClientError::EndOfStream(_)
            | SlackClientError::SystemError(_)
            | SlackClientError::ProtocolError(_)
            | SlackClientError::SocketModeProtocolError(_) => Self::Lost,
        }
    }
}

impl Failure {
    /// What Slack calls it.
    pub(super) fn named(code: &str) -> Self {
        if is_limit(code) {
            Self::Limited(UNSAID)
        } else {
            Self::Api(code.to_owned())
        }
    }

    /// Too many calls: again after so many seconds.
    pub(super) fn limited(after: Option<u64>) -> Self {
        let after = after.and_then(|after| i64::try_from(after).ok());
        Self::Limited(after.map_or(UNSAID, SignedDuration::from_secs))
    }

    /// Slack's name of the error.
    pub(super) fn code(&self) -> &str {
        match self {
            Self::Api(code) => code,
            _ => "",
        }
    }

    /// The token is no longer good, and will not be again.
    pub(super) fn is_revoked(&self) -> bool {
        matches!(
            self.code(),
            "account_inactive"
                | "app_uninstalled"
                | "invalid_auth"
                | "not_authed"
                | "org_login_required"
                | "team_access_not_granted"
                | "token_expired"
                | "token_revoked"
        )
    }

    /// The message that was to be changed is not there any more, or is not ours to change.
    pub(super) fn is_gone(&self) -> bool {
        matches!(
            self.code(),
            "cant_update_message"
                | "edit_window_closed"
                | "invalid_ts"
                | "message_not_found"
                | "thread_not_found"
                | "is_inactive"
        )
    }

    /// Slack does not take the blocks as they are: a picture that is not ready does that.
    pub(super) fn is_about_blocks(&self) -> bool {
        self.code().starts_with("invalid_blocks") || self.code() == "slack_file_not_found"
    }

    /// What it means for the delivery, where nothing of it is to be seen yet. `everywhere`: a limit
    /// on this call is one on the whole installation.
    pub(super) fn of_delivery(&self, everywhere: bool) -> SendError {
        match self {
            Self::Limited(after) => SendError::Limited {
                reason: "rate limited".into(),
                after: *after,
                everywhere,
            },
            Self::NotSent => SendError::Retry("no connection to Slack".into()),
            Self::Lost => SendError::Unknown("no answer from Slack".into()),
            // Slack says of its 5xx, internal_error and fatal_error that some of it may be done.
            Self::Http(500..) => SendError::Unknown(self.to_string()),
            Self::Http(408) => SendError::Retry(self.to_string()),
            Self::Http(_) => SendError::Refused(self.to_string()),
            Self::Api(code) => match code.as_str() {
                _ if self.is_revoked() => SendError::Revoked(code.clone()),
                "internal_error" | "fatal_error" => SendError::Unknown(code.clone()),
                "request_timeout" | "service_unavailable" | "team_added_to_org" => {
                    SendError::Retry(code.clone())
                }
                "user_disabled" => SendError::Gone(code.clone()),
                _ => SendError::Refused(code.clone()),
            },
        }
    }
}

fn is_limit(code: &str) -> bool {
    matches!(
        code,
        "ratelimited" | "rate_limited" | "message_limit_exceeded"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_means_something_for_a_delivery() {
        let api = |code: &str| Failure::Api(code.into()).of_delivery(false);
        assert!(matches!(api("token_revoked"), SendError::Revoked(_)));
        assert!(matches!(api("account_inactive"), SendError::Revoked(_)));
        assert!(matches!(api("channel_not_found"), SendError::Refused(_)));
        assert!(matches!(api("is_archived"), SendError::Refused(_)));
        assert!(matches!(api("fatal_error"), SendError::Unknown(_)));
        assert!(matches!(api("service_unavailable"), SendError::Retry(_)));
        assert!(matches!(api("of_a_later_year"), SendError::Refused(_)));
        let limited = Failure::Limited(SignedDuration::from_secs(7)).of_delivery(true);
        assert!(matches!(
            limited,
            SendError::Limited { after, everywhere: true, .. } if after.as_secs() == 7
        ));
        assert!(matches!(
            Failure::NotSent.of_delivery(false),
            SendError::Retry(_)
        ));
        assert!(matches!(
            Failure::Lost.of_delivery(false),
            SendError::Unknown(_)
        ));
        assert!(matches!(
            Failure::Http(503).of_delivery(false),
            SendError::Unknown(_)
        ));
    }
}
