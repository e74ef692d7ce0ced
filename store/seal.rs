//! Secrets at rest: XChaCha20-Poly1305 under one key of the service, with the workspace's id as
//! associated data, so that a row copied into another workspace does not open.

use std::fmt;

use almanac_agent_contract::WorkspaceId;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};

/// Length of a key, in bytes.
pub const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// What seals and opens. Does not print its key.
#[derive(Clone)]
pub struct Seal(XChaCha20Poly1305);

/// A secret that does not open: another key, another workspace, or damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a secret does not open with this key; it was sealed with another, or is damaged")]
pub(crate) struct Sealed;

impl Seal {
    /// With this key.
    #[must_use]
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// The secret as it is kept: a random nonce, then what it seals.
    pub(crate) fn seal(
        &self,
        workspace: WorkspaceId,
        secret: &SecretString,
    ) -> Result<Vec<u8>, Sealed> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| Sealed)?;
        let payload = Payload {
            msg: secret.expose_secret().as_bytes(),
            aad: workspace.0.as_bytes(),
        };
        let sealed = self
            .0
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Sealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed.
    pub(crate) fn open(&self, workspace: WorkspaceId, kept: &[u8]) -> Result<SecretString, Sealed> {
        let (nonce, sealed) = kept.split_first_chunk::<NONCE_BYTES>().ok_or(Sealed)?;
        let payload = Payload {
            msg: sealed,
            aad: workspace.0.as_bytes(),
        };
        let opened = self
            .0
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| Sealed)?;
        String::from_utf8(opened)
            .map(SecretString::from)
            .map_err(|_| Sealed)
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_where_and_with_what_it_was_sealed() {
        let (seal, other) = (Seal::new(&[1; 32]), Seal::new(&[2; 32]));
        let (here, there) = (WorkspaceId::new(), WorkspaceId::new());
        let secret = SecretString::from("token");
        let kept = seal.seal(here, &secret).unwrap();
        assert_ne!(kept, seal.seal(here, &secret).unwrap());
        assert!(!kept.windows(5).any(|bytes| bytes == b"token"));
        assert_eq!(seal.open(here, &kept).unwrap().expose_secret(), "token");
        assert_eq!(other.open(here, &kept).unwrap_err(), Sealed);
        assert_eq!(seal.open(there, &kept).unwrap_err(), Sealed);
        let mut damaged = kept.clone();
        damaged[30] ^= 1;
        assert_eq!(seal.open(here, &damaged).unwrap_err(), Sealed);
        assert_eq!(seal.open(here, &kept[..9]).unwrap_err(), Sealed);
    }
}
