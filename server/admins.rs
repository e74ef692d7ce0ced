//! `[admins]`: whom Almanac tells when it cannot go on by itself.

use almanac_agent_contract::Platform;
use serde::Deserialize;

/// `[admins]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AdminsSection {
    /// Channels or chats, each "platform/installation/space": `almanac doctor` lists those in which
    /// somebody wrote to Almanac.
    tell: Vec<String>,
}

/// A channel or chat of an admin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admin {
    /// Which platform.
    pub platform: Platform,
    /// Which installation of it.
    pub installation: String,
    /// The platform's own id of the channel or chat.
    pub space: String,
}

impl AdminsSection {
    /// The admins.
    ///
    /// # Errors
    /// Which entry is not one, and what was expected.
    pub(crate) fn admins(&self) -> Result<Vec<Admin>, String> {
        self.tell
            .iter()
            .map(|place| {
                let mut parts = place.splitn(3, '/').filter(|part| !part.is_empty());
                match (parts.next(), parts.next(), parts.next()) {
                    (Some(platform), Some(installation), Some(space)) => Ok(Admin {
                        platform: Platform::stored(platform.to_owned()),
                        installation: installation.to_owned(),
                        space: space.to_owned(),
                    }),
                    _ => Err(format!(
                        "[admins] tell has \"{place}\": expected \"platform/installation/space\""
                    )),
                }
            })
            .collect()
    }
}
