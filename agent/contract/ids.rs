//! Identifiers of our own rows. All are UUIDv7, so they sort by the time they were made.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identifier that sorts after those made before it.
            #[must_use]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// A company or team: the tenant that every row carries.
    WorkspaceId
);
id!(
    /// A human being; platform identities are linked to it.
    PersonId
);
id!(
    /// A thread, direct chat or web chat in which turns follow one another.
    ConversationId
);
id!(
    /// One accepted event.
    InboxId
);
id!(
    /// One thing said, by a person or by Almanac.
    MessageId
);
id!(
    /// One thing to send.
    OutboxId
);
