//! Secrets in the configuration: given as they are, or as "env:NAME".

use secrecy::{ExposeSecret, SecretString};

/// A secret that is to come from the environment and is not there. The operator hears it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the environment has no {name}, which {whose} names")]
pub struct MissingSecret {
    /// The variable.
    pub name: String,
    /// The key of the configuration, with its section.
    pub whose: String,
}

/// The secret as given or, for "env:NAME", from the environment.
///
/// # Errors
/// Where the environment has no such variable.
pub fn secret(given: &SecretString, whose: &str) -> Result<SecretString, MissingSecret> {
    let Some(name) = given.expose_secret().strip_prefix("env:") else {
        return Ok(given.clone());
    };
    match std::env::var(name) {
        Ok(value) if !value.trim().is_empty() => Ok(value.trim().to_owned().into()),
        _ => Err(MissingSecret {
            name: name.to_owned(),
            whose: whose.to_owned(),
        }),
    }
}
