//! A question as it is typed on the command line.

use almanac_agent_contract::{Content, Inbound, Origin, Sender, Space, SpaceKind};
use jiff::Timestamp;

use super::{CLI, LOCAL};
use crate::QuestionError;
use crate::question::question;

/// Who asks when nobody is named with `--as`.
const OWNER: &str = "owner";

/// What `ask` and `chat` were given.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// The words.
    pub text: &'a str,
    /// `--as`; the machine's owner where absent.
    pub person: Option<&'a str>,
    /// `--conversation`; a conversation of its own where absent.
    pub conversation: Option<&'a str>,
    /// The id under which the event is accepted once.
    pub event_id: &'a str,
    /// The moment it is read against.
    pub at: Timestamp,
}

impl Typed<'_> {
    /// The event.
    ///
    /// # Errors
    /// Where the words are no question.
    pub fn inbound(self) -> Result<Inbound, QuestionError> {
        let text = question(self.text)?;
        let person = self.person.unwrap_or(OWNER);
        Ok(Inbound {
            platform: CLI,
            installation: LOCAL.to_owned(),
            event_id: self.event_id.to_owned(),
            space: Space {
                id: self.conversation.unwrap_or(self.event_id).to_owned(),
                kind: SpaceKind::Direct,
                thread: None,
            },
            sender: Sender {
                user: person.to_owned(),
                name: None,
            },
            content: Content::Text { text },
            origin: Origin::default(),
            at: self.at,
        })
    }
}
