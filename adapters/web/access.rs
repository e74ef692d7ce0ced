//! Who may come in: anyone on this machine, or whoever holds a key.

use std::sync::Mutex;
use std::sync::PoisonError;

use axum::http::{HeaderMap, HeaderValue, header};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use tokio::time::{Duration, Instant};

use super::session::{cookie, set_cookie};

/// The cookie of a browser that has shown the login key.
const COOKIE: &str = "almanac_login";

/// 30 days.
const LOGIN_SECONDS: u32 = 2_592_000;

/// Wrong keys in one [`WINDOW`] before further ones are turned away.
const FAILURES: u32 = 20;

/// How long failures count.
const WINDOW: Duration = Duration::from_secs(60);

/// Who may come in.
#[derive(Debug)]
pub enum Access {
    /// Whoever reaches the loopback address; requests for any other host name are refused.
    Loopback,
    /// Whoever holds a key. Keys are to be random and long: an API key that is right is let in
    /// however many wrong ones are being tried.
    Keys {
        /// Opens the page, by `/login?key=...`.
        login: SecretString,
        /// Open the API, as bearer tokens. Their holder speaks for any person.
        api: Vec<SecretString>,
    },
}

impl Access {
    /// Whether the request may see the page.
    pub(super) fn opens_page(&self, headers: &HeaderMap, now: Timestamp) -> bool {
        let Self::Keys { login, .. } = self else {
            return true;
        };
        let pass = || {
            let (expires, proof) = cookie(headers, COOKIE)?.split_once('.')?;
            let until = Timestamp::from_second(expires.parse().ok()?).ok()?;
            let proof = (0..proof.len() / 2)
                .map(|i| u8::from_str_radix(proof.get(2 * i..2 * i + 2)?, 16).ok())
                .collect::<Option<Vec<u8>>>()?;
            mac(login, expires)?.verify_slice(&proof).ok()?;
            (now < until).then_some(())
        };
        pass().is_some()
    }

    /// Whether the request may use the API.
    pub(super) fn opens_api(&self, headers: &HeaderMap) -> bool {
        let Self::Keys { api, .. } = self else {
            return true;
        };
        let Some(shown) = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        else {
            return false;
        };
        // Every key is compared, so that the time taken does not tell which one matched.
        api.iter()
            .fold(false, |found, key| found | same(key, shown))
    }

    /// The cookie for a browser that shows this login key; `None` where the key is wrong.
    pub(super) fn login(
        &self,
        headers: &HeaderMap,
        shown: &str,
        now: Timestamp,
    ) -> Option<HeaderValue> {
        let Self::Keys { login, .. } = self else {
            return None;
        };
        if !same(login, shown) {
            return None;
        }
        let expires = (now.as_second() + i64::from(LOGIN_SECONDS)).to_string();
        let proof = hex::encode(mac(login, &expires)?.finalize().into_bytes());
        set_cookie(
            headers,
            COOKIE,
            &format!("{expires}.{proof}"),
            LOGIN_SECONDS,
        )
    }
}

/// Compares in a time that does not depend on where the two differ. An empty key opens nothing.
fn same(key: &SecretString, shown: &str) -> bool {
    let compare = || {
        let tag = mac(&SecretString::from(shown), "key")?
            .finalize()
            .into_bytes();
        mac(key, "key")?.verify_slice(&tag).ok()
    };
    !key.expose_secret().is_empty() && compare().is_some()
}

fn mac(key: &SecretString, message: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose_secret().as_bytes()).ok()?;
    mac.update(message.as_bytes());
    Some(mac)
}

/// Counts wrong keys, so that guessing the login key is slow. API keys rest on their length alone.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    window: Mutex<Option<(Instant, u32)>>,
}

impl Throttle {
    /// Whether too many wrong keys came of late.
    pub(super) fn tired(&self) -> bool {
        let window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        window.is_some_and(|(since, count)| count >= FAILURES && since.elapsed() < WINDOW)
    }

    /// One more wrong key.
    pub(super) fn failed(&self) {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        *window = match *window {
            Some((since, count)) if since.elapsed() < WINDOW => {
                Some((since, count.saturating_add(1)))
            }
            _ => Some((Instant::now(), 1)),
        };
    }
}
