//! The queue of answers to send. The courier claims from it and tells what became of each.
//!
//! Within a conversation deliveries leave in order, one at a time. A send whose outcome nobody
//! knows ends as `unknown` and is never sent again blindly: it is listed by
//! [`Store::undelivered`].

use almanac_agent_contract::{
    Delivery, InboxId, Language, Origin, OutboxId, Platform, Receipt, Recovery, Space,
};
use jiff::SignedDuration;
use tracing::{instrument, warn};

use crate::inbox::kind;
use crate::{Claim, Store, StoreError, legible};

/// A platform that a sender serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Which.
    pub platform: Platform,
    /// What can be done about a delivery whose receipt was lost.
    pub recovery: Recovery,
}

/// Something to send, on lease.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedDelivery {
    /// What to send and where.
    pub delivery: Delivery,
    /// Through which platform.
    pub platform: Platform,
    /// The lease. Whoever claims the row next has a higher one.
    pub epoch: i64,
    /// Claims so far, this one included.
    pub attempts: i32,
    /// It may have been sent already: look before it is sent.
    pub doubtful: bool,
}

impl Store {
    /// Claims deliveries of the platforms that the sender serves, oldest first: the first open one
    /// of each conversation.
    ///
    /// Where a lease ran out while sending, nobody knows whether it was sent. It is claimed again, as
    /// doubtful, where the platform has a way to recover; elsewhere it becomes `unknown`. Nothing is
    /// claimed of an installation that is parked.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.claim_outbox", skip_all)]
    pub async fn claim_outbox(
        &self,
        claim: Claim<'_>,
        serves: &[Served],
    ) -> Result<Vec<ClaimedDelivery>, StoreError> {
        let named = |served: &Served| served.platform.as_str().to_owned();
        let platforms: Vec<String> = serves.iter().map(named).collect();
        let again = serves
            .iter()
            .filter(|served| served.recovery != Recovery::Surface);
        let recoverable: Vec<String> = again.map(named).collect();
        let rows = sqlx::query!(
            r#"
            WITH expired AS (
                SELECT id FROM outbox
                WHERE workspace_id = $6 AND state = 'sending' AND due_at <= now()
                    AND platform <> ALL ($4::text[]) AND platform = ANY ($5::text[])
                FOR UPDATE SKIP LOCKED
            ), lost AS (
                UPDATE outbox
                SET state = 'unknown', settled_at = now(), worker = NULL,
                    error = 'the sender stopped before it had a receipt'
                FROM expired
                WHERE outbox.id = expired.id
            ), next AS (
                SELECT id, state = 'sending' AS doubtful FROM outbox AS delivery
                WHERE workspace_id = $6 AND due_at <= now() AND platform = ANY ($5)
                    AND (state = 'queued' OR state = 'sending' AND platform = ANY ($4))
                    AND NOT EXISTS (
                        SELECT FROM installations AS parked
                        WHERE parked.workspace_id = delivery.workspace_id
                            AND parked.platform = delivery.platform
                            AND parked.installation = delivery.installation
                            AND parked.parked_at IS NOT NULL
                    )
                    AND NOT EXISTS (
                        SELECT FROM outbox AS earlier
                        WHERE earlier.conversation_id = delivery.conversation_id
                            AND earlier.position < delivery.position
                            AND earlier.state IN ('queued', 'sending')
                            AND (earlier.state = 'queued' OR earlier.due_at > now()
                                OR earlier.platform = ANY ($4))
                    )
                ORDER BY position
                LIMIT $2::bigint
                FOR UPDATE SKIP LOCKED
            ), claimed AS (
                UPDATE outbox
                SET state = 'sending', worker = $1::text, epoch = epoch + 1,
                    attempts = attempts + 1, due_at = now() + make_interval(secs => $3)
                FROM next
                WHERE outbox.id = next.id
                RETURNING outbox.*, next.doubtful
            )
            SELECT claimed.id AS "id!", claimed.epoch AS "epoch!", claimed.attempts AS "attempts!",
                claimed.doubtful AS "doubtful!", claimed.error AS trouble,
                COALESCE(claimed.replaces, inbox.placeholder) AS replaces, claimed.inbox_id, claimed.platform AS "platform!",
                claimed.installation AS "installation!",
                conversations.space_id, conversations.kind, conversations.thread,
                messages.body::text AS "body!", inbox.event_id AS "event_id?",
                inbox.message_id AS "message_id?", inbox.handle AS "handle?",
                COALESCE(inbox.private, false) AS "private!", identities.user_id AS "user_id?",
                inbox.language AS "language?"
            FROM claimed
            JOIN conversations ON conversations.id = claimed.conversation_id
            JOIN messages ON messages.id = claimed.message_id
            LEFT JOIN inbox ON inbox.id = claimed.inbox_id
            LEFT JOIN identities ON identities.id = inbox.identity_id
            ORDER BY claimed.position
            "#,
            claim.by,
            i64::from(claim.batch),
            claim.lease.as_secs_f64(),
            &recoverable,
            &platforms,
            claim.workspace.0,
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;

        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            let id = OutboxId(row.id);
            let reply = match serde_json::from_str(&row.body) {
                Ok(reply) => reply,
                Err(error) => {
                    warn!(outbox = %id, %error, "a reply cannot be read; it is not sent");
                    self.settle(id, row.epoch, Settled::Failed(&error.to_string()))
                        .await?;
                    continue;
                }
            };
            claimed.push(ClaimedDelivery {
                delivery: Delivery {
                    id,
                    inbox: row.inbox_id.map(InboxId),
                    event_id: row.event_id,
                    installation: row.installation,
                    space: Space {
                        id: row.space_id,
                        kind: kind(&row.kind),
                        thread: row.thread,
                    },
                    to: row.user_id,
                    origin: Origin {
                        message: row.message_id,
                        handle: row.handle,
                        private: row.private,
                        language: row.language.as_deref().and_then(Language::of_locale),
                    },
                    replaces: row.replaces,
                    trouble: row.trouble,
                    reply,
                },
                platform: Platform::stored(row.platform),
                epoch: row.epoch,
                attempts: row.attempts,
                doubtful: row.doubtful,
            });
        }
        Ok(claimed)
    }

    /// Notes the platform's receipt. A receipt that comes after the lease ran out still counts,
    /// unless the delivery was claimed again since.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.sent", skip_all, fields(outbox = %claimed.delivery.id))]
    pub async fn sent(
        &self,
        claimed: &ClaimedDelivery,
        receipt: &Receipt,
    ) -> Result<(), StoreError> {
        self.settle(claimed.delivery.id, claimed.epoch, Settled::Sent(receipt))
            .await
    }

    /// Puts a delivery that was certainly not sent back into the queue, for 2, 4, 8 ... seconds, at
    /// most five minutes. Its conversation waits for it.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.retry_delivery", skip_all, fields(outbox = %claimed.delivery.id))]
    pub async fn retry_delivery(
        &self,
        claimed: &ClaimedDelivery,
        error: &str,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE outbox
             SET state = 'queued', worker = NULL, error = $3,
                 due_at = now() + make_interval(secs => least(300, power(2, least(attempts, 20))))
             WHERE id = $1 AND epoch = $2 AND state = 'sending'",
            claimed.delivery.id.0,
            claimed.epoch,
            legible::words(error),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
    }

    /// Puts a delivery that was not sent, because it is not its time, back into the queue for this
    /// long. It does not count as a try, and what was doubtful stays so.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.delay_delivery", skip_all, fields(outbox = %claimed.delivery.id))]
    pub async fn delay_delivery(
        &self,
        claimed: &ClaimedDelivery,
        by: SignedDuration,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE outbox
             SET state = CASE WHEN $4::boolean THEN 'sending' ELSE 'queued' END, worker = NULL,
                 attempts = attempts - 1, due_at = now() + make_interval(secs => $3)
             WHERE id = $1 AND epoch = $2 AND state = 'sending'",
            claimed.delivery.id.0,
            claimed.epoch,
            by.as_secs_f64(),
            claimed.doubtful,
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
    }

    /// Leaves a delivery that may or may not have been sent for this long; it is claimed as
    /// doubtful then, where its platform has a way to recover.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.doubt_delivery", skip_all, fields(outbox = %claimed.delivery.id))]
    pub async fn doubt_delivery(
        &self,
        claimed: &ClaimedDelivery,
        error: &str,
        recheck: SignedDuration,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE outbox
             SET worker = NULL, error = $3, due_at = now() + make_interval(secs => $4)
             WHERE id = $1 AND epoch = $2 AND state = 'sending'",
            claimed.delivery.id.0,
            claimed.epoch,
            legible::words(error),
            recheck.as_secs_f64(),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
    }

    /// Notes that nobody knows whether a delivery was sent. It is not sent again.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.delivery_unknown", skip_all, fields(outbox = %claimed.delivery.id))]
    pub async fn delivery_unknown(
        &self,
        claimed: &ClaimedDelivery,
        error: &str,
    ) -> Result<(), StoreError> {
        self.settle(claimed.delivery.id, claimed.epoch, Settled::Unknown(error))
            .await
    }

    /// Notes that a delivery will never go out.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.delivery_failed", skip_all, fields(outbox = %claimed.delivery.id))]
    pub async fn delivery_failed(
        &self,
        claimed: &ClaimedDelivery,
        error: &str,
    ) -> Result<(), StoreError> {
        self.settle(claimed.delivery.id, claimed.epoch, Settled::Failed(error))
            .await
    }

    /// Notes that a delivery will never go out because the person blocked Almanac, or left.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.delivery_gone", skip_all, fields(outbox = %claimed.delivery.id))]
    pub async fn delivery_gone(
        &self,
        claimed: &ClaimedDelivery,
        error: &str,
    ) -> Result<(), StoreError> {
        self.settle(claimed.delivery.id, claimed.epoch, Settled::Gone(error))
            .await
    }

    /// Ends a delivery. An `unknown` one of the same lease may still turn out otherwise; one that
    /// was claimed again is its new holder's.
    async fn settle(
        &self,
        delivery: OutboxId,
        epoch: i64,
        settled: Settled<'_>,
    ) -> Result<(), StoreError> {
        let (state, receipt, error) = match settled {
            Settled::Sent(receipt) => ("sent", Some(receipt), None),
            Settled::Unknown(error) => ("unknown", None, Some(error)),
            Settled::Failed(error) | Settled::Gone(error) => ("failed", None, Some(error)),
        };
        let others = receipt.filter(|receipt| !receipt.others.is_empty());
        let others = others.map(|receipt| {
            let keys = receipt.others.iter().map(|id| legible::key(id));
            keys.collect::<Vec<_>>()
        });
        let row = sqlx::query!(
            r#"
            WITH delivery AS (
                UPDATE outbox
                SET state = $3, provider_id = $4, others = $6, error = COALESCE($5, error),
                    worker = NULL, gone = $7, settled_at = now()
                WHERE id = $1 AND epoch = $2 AND state IN ('sending', 'unknown')
                RETURNING id, conversation_id
            )
            SELECT EXISTS (
                SELECT FROM outbox
                WHERE outbox.conversation_id = delivery.conversation_id
                    AND outbox.id <> delivery.id AND outbox.state IN ('queued', 'sending')
            ) AS "more!"
            FROM delivery
            "#,
            delivery.0,
            epoch,
            state,
            receipt.map(|receipt| legible::key(&receipt.provider_id)),
            error.map(legible::words),
            others.as_deref(),
            matches!(settled, Settled::Gone(_)),
        )
        .fetch_optional(&mut *self.connection().await?)
        .await?;
        match row {
            Some(row) if row.more => self.outbox_ready().notify_one(),
            Some(_) => {}
            None => warn!(outbox = %delivery, state, "a delivery had been claimed again"),
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum Settled<'a> {
    Sent(&'a Receipt),
    Unknown(&'a str),
    Failed(&'a str),
    Gone(&'a str),
}
