//! What the Graph API's refusals mean. Its error codes say more than its HTTP statuses: each that
//! is known is decided on here, and the rest by what the status promises.
//!
//! Codes: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.

use almanac_agent_contract::{SendError, Stage};
use jiff::SignedDuration;
use serde_json::Value as Json;

/// A free-form message to somebody who has not written for a day.
pub(super) const WINDOW_SHUT: i64 = 131_047;
/// The person blocked the number, or has no WhatsApp.
const NOBODY_THERE: i64 = 131_026;
/// Something in a message is not as it should be; also a quoted message that is gone.
pub(super) const BAD_VALUE: i64 = 131_009;

/// One message a person takes each so often.
const PAIR: SignedDuration = SignedDuration::from_secs(6);
/// A number's messages in a second.
const THROUGHPUT: SignedDuration = SignedDuration::from_secs(1);
/// An app's or an account's calls in an hour.
const CALLS: SignedDuration = SignedDuration::from_mins(1);
/// A number that too many people block.
const SPAM: SignedDuration = SignedDuration::from_mins(30);

/// Why the Graph API did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It answered that it did not, and why.
    Said(Refusal),
    /// The request did not leave.
    NotSent(String),
    /// The request left, and what came back does not tell.
    Unclear(String),
}

/// An answer that says no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The HTTP status.
    pub(super) status: u16,
    /// The code of the error; 0 where there is none.
    pub(super) code: i64,
    /// The platform's words.
    pub(super) words: String,
    /// It says that trying again may help.
    pub(super) transient: bool,
    /// How long it says to wait.
    pub(super) wait: Option<SignedDuration>,
}

impl Refusal {
    /// The refusal in an answer; `None` where there is none in it.
    pub(super) fn read(status: u16, body: &Json, wait: Option<SignedDuration>) -> Option<Self> {
        let error = body.get("error")?;
        let words = [
            "/error_data/details",
            "/error_user_msg",
            "/message",
            "/error_user_title",
        ]
        .into_iter()
        .find_map(|at| error.pointer(at)?.as_str())
        .unwrap_or("no reason given");
        Some(Self {
            status,
            code: error.pointer("/code").and_then(Json::as_i64).unwrap_or(0),
            words: words.chars().take(300).collect(),
            transient: error.pointer("/is_transient").and_then(Json::as_bool) == Some(true),
            wait,
        })
    }

    /// The template cannot be used, and another may be.
    pub(super) const fn of_template(&self) -> bool {
        matches!(self.code, 132_000..=132_999)
    }

    fn told(&self) -> String {
        format!("{}: {}", self.code, self.words)
    }

    /// What the courier is to do.
    fn decide(&self) -> SendError {
        let told = self.told();
        let limited = |after: SignedDuration, everywhere| SendError::Limited {
            reason: told.clone(),
            after: self.wait.unwrap_or(after),
            everywhere,
        };
        match self.code {
            // The token is not good, lacks a permission, or the number or account is closed.
            0 if matches!(self.status, 401 | 403) => SendError::Revoked(told),
            190 | 102 | 10 | 200..=299 | 368 | 131_005 | 131_031 | 131_045 | 133_010 => {
                SendError::Revoked(told)
            }
            131_056 => limited(PAIR, false),
            130_429 => limited(THROUGHPUT, true),
            4 | 17 | 32 | 613 | 80_007 | 133_016 => limited(CALLS, true),
            131_048 => limited(SPAM, true),
            // Refused before anything was done with it.
            2 | 131_000 | 131_016 | 131_057 => SendError::Retry(told),
            1 => SendError::Unknown(told),
            WINDOW_SHUT => SendError::Refused(format!(
                "{told} (nobody who has not written for a day can be sent anything but a template)"
            )),
            NOBODY_THERE => SendError::Gone(format!(
                "{told} (the person blocked the number, has no WhatsApp, or a too old one)"
            )),
            131_030 => SendError::Refused(format!(
                "{told} (while the app is in development, a person is added in App Dashboard > \
                 WhatsApp > API Setup > To)"
            )),
            131_042 => SendError::Refused(format!(
                "{told} (templates need a payment method: Meta Business Suite > Billing)"
            )),
            _ if self.status == 429 => limited(CALLS, true),
            _ if self.transient || self.status == 503 => SendError::Retry(told),
            _ if self.status >= 500 => SendError::Unknown(told),
            _ if self.status == 401 => SendError::Revoked(told),
            _ => SendError::Refused(told),
        }
    }
}

impl Trouble {
    /// The code of a refusal.
    pub(super) const fn code(&self) -> Option<i64> {
        match self {
            Self::Said(refusal) => Some(refusal.code),
            _ => None,
        }
    }

    /// As the courier hears it, where a message was to be sent.
    pub(super) fn of_message(&self) -> SendError {
        match self {
            Self::Said(refusal) => refusal.decide(),
            Self::NotSent(why) => SendError::Retry(why.clone()),
            Self::Unclear(why) => SendError::Unknown(why.clone()),
        }
    }

    /// As the courier hears it, where nothing that a person sees was to be sent: doing it twice
    /// does no harm.
    pub(super) fn of_preparation(&self) -> SendError {
        match self.of_message() {
            SendError::Unknown(why) => SendError::Retry(why),
            other => other,
        }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Said(refusal) => f.write_str(&refusal.told()),
            Self::NotSent(why) | Self::Unclear(why) => f.write_str(why),
        }
    }
}

/// Whether what went wrong with a delivery before was that its person had not written for a day.
pub(super) fn window_was_shut(trouble: &str) -> bool {
    trouble.contains(&WINDOW_SHUT.to_string())
}

/// What failed after it was taken, and whether it may be sent once more. Such a message certainly
/// did not arrive.
pub(super) fn failed_later(code: i64, words: &str) -> Stage {
    let words: String = words.chars().take(300).collect();
    let again = matches!(
        code,
        WINDOW_SHUT | 130_429 | 131_000 | 131_016 | 131_056 | 131_057
    );
    Stage::Failed {
        reason: format!("{code}: {words}"),
        again,
        gone: code == NOBODY_THERE,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn decided(status: u16, code: i64) -> String {
        let body = json!({"error": {"code": code, "message": "m", "type": "OAuthException"}});
        let refusal = Refusal::read(status, &body, None).unwrap();
        match Trouble::Said(refusal).of_message() {
            SendError::Retry(_) => "retry".into(),
            SendError::Limited {
                after, everywhere, ..
            } => format!("limited {} {everywhere}", after.as_secs()),
            SendError::Unknown(_) => "unknown".into(),
            SendError::Refused(_) => "refused".into(),
            SendError::Gone(_) => "gone".into(),
            SendError::Revoked(_) => "revoked".into(),
        }
    }

    #[test]
    fn every_refusal_is_decided_on() {
        for (status, code, decision) in [
            (401, 190, "revoked"),
            (401, 0, "revoked"),
            (403, 10, "revoked"),
            (403, 131_005, "revoked"),
            (400, 131_056, "limited 6 false"),
            (429, 130_429, "limited 1 true"),
            (400, 80_007, "limited 60 true"),
            (429, 7, "limited 60 true"),
            (500, 131_000, "retry"),
            (503, 131_016, "retry"),
            (500, 1, "unknown"),
            (500, 7, "unknown"),
            (400, 131_026, "gone"),
            (400, 131_030, "refused"),
            (400, 131_047, "refused"),
            (400, 100, "refused"),
            (404, 132_001, "refused"),
        ] {
            assert_eq!(decided(status, code), decision, "{status} {code}");
        }
    }

    #[test]
    fn what_the_platform_says_to_wait_is_waited() {
        let body = json!({"error": {"code": 130_429, "message": "m"}});
        let wait = Some(SignedDuration::from_secs(17));
        let refusal = Refusal::read(429, &body, wait).unwrap();
        let SendError::Limited { after, .. } = Trouble::Said(refusal).of_message() else {
            panic!("not limited");
        };
        assert_eq!(after.as_secs(), 17);
    }
}
