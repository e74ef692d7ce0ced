//! The key that seals secrets at rest: `ALMANAC_SECRET_KEY`, or a file of this machine's own that is
//! made when it is first needed. Replicas must have the same one.

use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use almanac_store::{KEY_BYTES, Seal};
use anyhow::anyhow;

use crate::Failure;

/// The variable: 64 hexadecimal digits.
pub(crate) const VARIABLE: &str = "ALMANAC_SECRET_KEY";

/// Where the key comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// This variable of the environment.
    Environment(&'static str),
    /// This file.
    File(PathBuf),
}

impl Key {
    /// The variable where it is set, else the file.
    #[must_use]
    pub fn found(file: PathBuf) -> Self {
        match std::env::var(VARIABLE) {
            Ok(value) if !value.trim().is_empty() => Self::Environment(VARIABLE),
            _ => Self::File(file),
        }
    }

    /// What seals and opens with it. A file that is not there is made.
    ///
    /// # Errors
    /// Where the key is not 64 hexadecimal digits, or the file cannot be read or made.
    pub fn seal(&self) -> Result<Seal, Failure> {
        let (digits, whose) = match self {
            Self::Environment(name) => {
                (std::env::var(name).unwrap_or_default(), (*name).to_owned())
            }
            Self::File(path) => {
                let whose = path.display().to_string();
                let digits = of_file(path)
                    .map_err(|error| Failure::usage(anyhow!("the key {whose}: {error}")))?;
                (digits, whose)
            }
        };
        bytes(digits.trim()).map(|key| Seal::new(&key)).ok_or_else(|| {
            Failure::usage(anyhow!(
                "{whose} is not a key: expected {} hexadecimal digits, such as `openssl rand -hex \
                 {KEY_BYTES}` prints",
                2 * KEY_BYTES
            ))
        })
    }
}

/// The key in the file, which is made, readable by its owner alone, where it is not there.
fn of_file(path: &Path) -> std::io::Result<String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut new = [0; KEY_BYTES];
    getrandom::fill(&mut new).map_err(std::io::Error::other)?;
    let digits = hex::encode(new);
    let made = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match made {
        Ok(mut file) => {
            file.write_all(digits.as_bytes())?;
            file.sync_all()?;
            Ok(digits)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => std::fs::read_to_string(path),
        Err(error) => Err(error),
    }
}

fn bytes(digits: &str) -> Option<[u8; KEY_BYTES]> {
    let mut key = [0; KEY_BYTES];
    hex::decode_to_slice(digits, &mut key).ok()?;
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_made_once_and_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/secret.key");
        Key::File(path.clone()).seal().unwrap();
        let first = std::fs::read_to_string(&path).unwrap();
        Key::File(path.clone()).seal().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::write(&path, "not a key").unwrap();
        assert!(Key::File(path).seal().is_err());
    }

    #[test]
    fn a_key_is_64_hexadecimal_digits() {
        assert_eq!(bytes(&"0f".repeat(32)), Some([15; 32]));
        for wrong in ["", "0f", &"0g".repeat(32), &"é".repeat(32)] {
            assert_eq!(bytes(wrong), None, "{wrong}");
        }
    }
}
