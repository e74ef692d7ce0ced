//! Where an answer goes: the words of the line (a space, a handle) as Discord's.

use almanac_agent_contract::{Origin, Space, SpaceKind};
use serenity::all::{ApplicationId, ChannelId, MessageId};

use super::failure::Failure;

/// An interaction that can be answered through its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Handle {
    pub(super) application: ApplicationId,
    pub(super) token: String,
}

impl Handle {
    /// As the line keeps it.
    pub(super) fn write(&self) -> String {
        format!("{}/{}", self.application, self.token)
    }

    /// As the line kept it.
    pub(super) fn read(origin: &Origin) -> Option<Self> {
        let (application, token) = origin.handle.as_deref()?.split_once('/')?;
        Some(Self {
            application: ApplicationId::new(number(application)?),
            token: token.to_owned(),
        })
    }
}

/// An id of Discord's: a number, and never 0.
pub(super) fn number(id: &str) -> Option<u64> {
    id.parse().ok().filter(|id| *id != 0)
}

/// The channel that is written in: threads are channels, too.
pub(super) fn channel(space: &Space) -> Result<ChannelId, Failure> {
    let id = space.thread.as_deref().unwrap_or(&space.id);
    number(id)
        .map(ChannelId::new)
        .ok_or(Failure::Invalid("the channel is none of Discord's"))
}

/// The message that a thread is to be opened on before anything is said in it: the one the thread
/// is named after, as long as it is itself what is answered.
pub(super) fn thread_to_open(space: &Space, origin: &Origin) -> Option<(ChannelId, MessageId)> {
    let thread = space.thread.as_deref()?;
    if origin.message.as_deref() != Some(thread) || space.kind == SpaceKind::Direct {
        return None;
    }
    Some((
        ChannelId::new(number(&space.id)?),
        MessageId::new(number(thread)?),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_comes_back_as_it_was() {
        let handle = Handle {
            application: ApplicationId::new(7),
            token: "a/b".into(),
        };
        let origin = Origin {
            handle: Some(handle.write()),
            ..Origin::default()
        };
        assert_eq!(Handle::read(&origin), Some(handle));
        for odd in ["", "7", "x/y", "0/t"] {
            let handle = Some(odd.to_owned());
            let origin = Origin {
                handle,
                ..Origin::default()
            };
            assert_eq!(Handle::read(&origin), None, "{odd}");
        }
    }
}
