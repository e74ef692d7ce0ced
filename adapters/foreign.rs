//! What platforms read alike of foreign bytes, open to whoever throws bytes at it: the fuzz targets in
//! `fuzz/` and the suite. Nothing of the service calls it here.

use almanac_agent_contract::Content;
use jiff::Timestamp;
use secrecy::SecretString;

use crate::{button, signature};

/// Whether `hex` is the HMAC-SHA256 of the parts, one after another, in hexadecimal digits.
#[must_use]
pub fn is_signed(secret: &SecretString, parts: &[&[u8]], hex: &str) -> bool {
    signature::signed(secret, parts, hex)
}

/// Whether the seconds since 1970 that came with a signature are near enough to now.
#[must_use]
pub fn is_fresh(seconds: &str, now: Timestamp) -> bool {
    signature::is_fresh(seconds, now)
}

/// What was pressed, where a button of ours carries it.
#[must_use]
pub fn pressed(carried: &str) -> Option<Content> {
    button::pressed(carried)
}
