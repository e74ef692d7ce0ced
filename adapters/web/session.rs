//! A browser's chat: a random secret in a cookie. Everything else follows from it: the space, the
//! ids of its events, and the proof that an event is its own. No table of sessions exists, so any
//! replica serves any browser.

use almanac_agent_contract::{Space, SpaceKind};
use axum::http::{HeaderMap, HeaderValue, header};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The cookie's name.
const COOKIE: &str = "almanac_chat";

/// 180 days.
const MAX_AGE_SECONDS: u32 = 15_552_000;

/// Bytes of an event's id that name it, and as many that prove whose it is.
const HALF: usize = 16;

/// A browser's chat.
#[derive(Clone, Copy)]
pub(super) struct Session([u8; HALF]);

impl Session {
    /// A new one, from the operating system's randomness.
    pub(super) fn fresh() -> Result<Self, getrandom::Error> {
        let mut secret = [0; HALF];
        getrandom::fill(&mut secret)?;
        Ok(Self(secret))
    }

    /// The one the request's cookie holds.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        unhex(cookie(headers, COOKIE)?).map(Self)
    }

    /// The header that gives it to the browser.
    pub(super) fn cookie(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        set_cookie(headers, COOKIE, &hex::encode(self.0), MAX_AGE_SECONDS)
    }

    /// Its space. The secret cannot be told from it.
    pub(super) fn space(&self) -> Space {
        Space {
            id: format!("page:{}", hex::encode(self.tag(&["space"]))),
            kind: SpaceKind::Direct,
            thread: None,
        }
    }

    /// The id of the event that this form makes: the same form with the same words is the same
    /// event, however often it is posted.
    pub(super) fn event(&self, form: &[&str]) -> String {
        let name = hex::encode(self.tag(form));
        let proof = hex::encode(self.tag(&["event", &name]));
        name + &proof
    }

    /// Whether an event was made in this session.
    pub(super) fn owns(&self, event_id: &str) -> bool {
        let Some((name, proof)) = event_id.split_at_checked(2 * HALF) else {
            return false;
        };
        let Some(proof) = unhex(proof) else {
            return false;
        };
        self.mac(&["event", name])
            .is_some_and(|mac| mac.verify_truncated_left(&proof).is_ok())
    }

    fn tag(&self, parts: &[&str]) -> [u8; HALF] {
        let mut tag = [0; HALF];
        if let Some(mac) = self.mac(parts) {
            tag.copy_from_slice(&mac.finalize().into_bytes()[..HALF]);
        }
        tag
    }

    /// HMAC takes keys of any length, so there always is one.
    fn mac(&self, parts: &[&str]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        for part in parts {
            mac.update(&part.len().to_be_bytes());
            mac.update(part.as_bytes());
        }
        Some(mac)
    }
}

/// The value of a cookie of the request.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A cookie for this site alone that scripts cannot read; sent over TLS alone where the request
/// came that way.
pub(super) fn set_cookie(
    headers: &HeaderMap,
    name: &str,
    value: &str,
    max_age_seconds: u32,
) -> Option<HeaderValue> {
    let secure = match headers.get("x-forwarded-proto") {
        Some(scheme) if scheme.as_bytes().starts_with(b"https") => "; Secure",
        _ => "",
    };
    HeaderValue::try_from(format!(
        "{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Strict{secure}"
    ))
    .ok()
}

fn unhex(text: &str) -> Option<[u8; HALF]> {
    let mut bytes = [0; HALF];
    if text.len() != 2 * HALF || !text.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}
