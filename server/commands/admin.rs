//! `almanac admin ...`: what the people who run Almanac do.

use almanac_agent_contract::InboxId;
use almanac_store::Store;
use anyhow::anyhow;

use super::say::say;
use crate::app::open_store;
use crate::cli::AdminCommand;
use crate::{Failure, Setup, Status};

pub(super) async fn run(command: AdminCommand) -> Result<Status, Failure> {
    match command {
        AdminCommand::Parked(place) => {
            let (store, workspace) = open_store(&Setup::settle(&place, None)?).await?;
            for event in store.parked(workspace).await? {
                say!(
                    "{} {} {} after {} tries: {}",
                    event.inbox,
                    event.parked_at,
                    event.platform,
                    event.attempts,
                    event.error
                );
            }
            store.close().await;
            Ok(Status::Done)
        }
        AdminCommand::Unpark { id, place } => {
            let event: InboxId = id.parse().map_err(|_| {
                Failure::usage(anyhow!("{id} is no id; `almanac admin parked` shows them"))
            })?;
            let (store, _) = open_store(&Setup::settle(&place, None)?).await?;
            let unparked = unpark(&store, event).await;
            store.close().await;
            unparked
        }
    }
}

async fn unpark(store: &Store, event: InboxId) -> Result<Status, Failure> {
    if store.unpark(event).await? {
        say!("{event} is tried again when the service runs");
        return Ok(Status::Done);
    }
    say!("{event} is not parked");
    Ok(Status::No)
}
