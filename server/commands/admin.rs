//! `almanac admin ...`: what the people who run Almanac do.

use almanac_agent_contract::{InboxId, Installation, Platform};
use almanac_store::{Store, StoreError};
use anyhow::anyhow;

use super::say::say;
use super::undelivered;
use crate::app::open_store;
use crate::cli::{AdminCommand, Where};
use crate::{Failure, Key, Setup, Status};

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
        AdminCommand::Undelivered(place) => undelivered::list(&place).await,
        AdminCommand::Dismiss { id, all: _, place } => undelivered::dismiss(&place, id).await,
        AdminCommand::Retry { id, place } => undelivered::retry(&place, &id).await,
        AdminCommand::Installations(place) => installations(&place).await,
        AdminCommand::Resume {
            platform,
            installation,
            place,
        } => resume(&place, platform, installation).await,
        AdminCommand::RotateKey(place) => rotate(&place).await,
    }
}

async fn installations(place: &Where) -> Result<Status, Failure> {
    let setup = Setup::settle(place, None)?;
    let seal = setup.key.seal()?;
    let (store, workspace) = open_store(&setup).await?;
    let all = store.installations(workspace, None, &seal).await;
    store.close().await;
    for installation in all? {
        let name = installation.name.as_deref().unwrap_or("-");
        match installation.parked {
            Some(why) => say!(
                "{} {} {name} parked: {why}",
                installation.platform,
                installation.id
            ),
            None => say!("{} {} {name} open", installation.platform, installation.id),
        }
    }
    Ok(Status::Done)
}

async fn resume(place: &Where, platform: String, id: String) -> Result<Status, Failure> {
    let setup = Setup::settle(place, None)?;
    let seal = setup.key.seal()?;
    let (store, workspace) = open_store(&setup).await?;
    let platform = Platform::stored(platform);
    let resumed = async {
        let all = store
            .installations(workspace, Some(&platform), &seal)
            .await?;
        let found = all.into_iter().find(|one| one.id == id);
        let Some(found) = found.filter(|one| one.parked.is_some()) else {
            return Ok(false);
        };
        let open = Installation {
            secret: None,
            parked: None,
            ..found
        };
        store
            .keep_installation(workspace, &open, &seal, store.now().await?)
            .await?;
        Ok::<_, StoreError>(true)
    }
    .await;
    store.close().await;
    if resumed? {
        say!("{platform} {id} is open again; what waited for it is sent when the service runs");
        Ok(Status::Done)
    } else {
        say!("{platform} {id} is not parked");
        Ok(Status::No)
    }
}

/// The new key comes by the environment, as the old one does: arguments are seen by others.
async fn rotate(place: &Where) -> Result<Status, Failure> {
    const NEW: &str = "ALMANAC_NEW_SECRET_KEY";
    let setup = Setup::settle(place, None)?;
    let (old, new) = (setup.key.seal()?, Key::Environment(NEW).seal()?);
    let (store, workspace) = open_store(&setup).await?;
    let sealed = store.reseal(workspace, &old, &new).await;
    store.close().await;
    let sealed = sealed?;
    if let Key::File(path) = &setup.key {
        let key = std::env::var(NEW).unwrap_or_default();
        std::fs::write(path, key.trim())?;
        say!(
            "{sealed} secrets are sealed anew; {} has the new key",
            path.display()
        );
    } else {
        say!("{sealed} secrets are sealed anew; set ALMANAC_SECRET_KEY to the new key everywhere");
    }
    Ok(Status::Done)
}

async fn unpark(store: &Store, event: InboxId) -> Result<Status, Failure> {
    if store.unpark(event).await? {
        say!("{event} is tried again when the service runs");
        return Ok(Status::Done);
    }
    say!("{event} is not parked");
    Ok(Status::No)
}
