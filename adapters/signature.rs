//! Signed webhooks: HMAC-SHA256 over the raw bytes, compared in constant time.

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// How far a signed time may be from ours.
const WINDOW: SignedDuration = SignedDuration::from_secs(300);

/// Whether `digits` are the HMAC-SHA256 of the parts, one after another, in hexadecimal digits.
pub(crate) fn signed(secret: &SecretString, parts: &[&[u8]], digits: &str) -> bool {
    let Ok(claimed) = hex::decode(digits) else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
        return false;
    };
    for part in parts {
        mac.update(part);
    }
    mac.verify_slice(&claimed).is_ok()
}

/// Whether the seconds since 1970 that came with a signature are near enough to now. What is older
/// may be somebody's copy.
pub(crate) fn is_fresh(seconds: &str, now: Timestamp) -> bool {
    let at = seconds
        .parse()
        .ok()
        .and_then(|at| Timestamp::from_second(at).ok());
    at.is_some_and(|at| now.duration_since(at).abs() <= WINDOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_4231_holds() {
        let secret = SecretString::from("Jefe");
        let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let parts: [&[u8]; 2] = [b"what do ya want ", b"for nothing?"];
        assert!(signed(&secret, &parts, hex));
        assert!(!signed(&secret, &parts[..1], hex));
        assert!(!signed(&"jefe".into(), &parts, hex));
        for wrong in ["", "5b", "zz", "é", &hex[..63]] {
            assert!(!signed(&secret, &parts, wrong), "{wrong}");
        }
    }

    #[test]
    fn a_time_far_from_ours_is_stale() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        for (seconds, fresh) in [
            ("1000000", true),
            ("999700", true),
            ("999699", false),
            ("1000300", true),
            ("1000301", false),
            ("", false),
            ("-9223372036854775808", false),
            ("soon", false),
        ] {
            assert_eq!(is_fresh(seconds, now), fresh, "{seconds}");
        }
    }
}
