//! Who is a stranger: an identity on a platform that is open to anybody, whose person is known by no
//! other kind of platform.

use almanac_agent_contract::Platform;
use tracing::instrument;

use crate::inbox::ClaimedEvent;
use crate::{Store, StoreError};

/// What is known of whoever sent an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Their person has an identity on a platform that is not open to anybody.
    pub known: bool,
    /// They were told before that strangers are not answered.
    pub told: bool,
}

impl Store {
    /// The standing of whoever sent an event, as it is now. `open` are the platforms that are open to
    /// anybody: two strangers who link themselves to one another remain strangers.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.standing", skip_all, fields(inbox = %event.inbox))]
    pub async fn standing(
        &self,
        event: &ClaimedEvent,
        open: &[Platform],
    ) -> Result<Standing, StoreError> {
        let open: Vec<String> = open.iter().map(Platform::to_string).collect();
        let row = sqlx::query!(
            r#"
            SELECT identities.told_at IS NOT NULL AS "told!",
                EXISTS (
                    SELECT FROM identities AS other
                    WHERE other.person_id = identities.person_id
                        AND other.platform <> ALL ($2::text[])
                ) AS "known!"
            FROM inbox
            JOIN identities ON identities.id = inbox.identity_id
            WHERE inbox.id = $1
            "#,
            event.inbox.0,
            &open,
        )
        .fetch_one(&mut *self.connection().await?)
        .await?;
        Ok(Standing {
            known: row.known,
            told: row.told,
        })
    }
}
