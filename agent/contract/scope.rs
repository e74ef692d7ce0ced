//! On whose behalf something is done. Built by the server from the authenticated event; no tool
//! argument and no model text can widen it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{ConversationId, InboxId, Language, PersonId, Settings, WorkspaceId};

/// Who asks, where, when and in which language.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The tenant.
    pub workspace: WorkspaceId,
    /// The asker.
    pub person: PersonId,
    /// Where.
    pub conversation: ConversationId,
    /// The event that is answered.
    pub inbox: InboxId,
    /// The workspace's settings.
    pub settings: Arc<Settings>,
    /// The language of this turn.
    pub language: Language,
    /// The moment of the question.
    pub now: Timestamp,
}

impl Scope {
    /// The asker's date.
    #[must_use]
    pub fn today(&self) -> Date {
        self.settings.date(self.now)
    }
}
