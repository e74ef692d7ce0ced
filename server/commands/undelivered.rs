//! `almanac admin undelivered`, `dismiss` and `retry`: the answers that did not arrive for certain, and
//! what becomes of them. Their words are shown nowhere here.

use almanac_agent_contract::OutboxId;
use almanac_store::{Store, UndeliveredState};
use anyhow::anyhow;

use super::say::say;
use crate::app::open_store;
use crate::cli::Where;
use crate::{Failure, Setup, Status};

pub(super) async fn list(place: &Where) -> Result<Status, Failure> {
    let (store, workspace) = open_store(&Setup::settle(place, None)?).await?;
    let listed = store.undelivered(workspace).await;
    store.close().await;
    for lost in listed? {
        let state = match lost.state {
            UndeliveredState::Unknown => "unknown",
            UndeliveredState::Failed => "failed",
            UndeliveredState::Gone => "gone",
        };
        say!(
            "{} {} {} {} {} {state}: {}",
            lost.outbox,
            lost.at,
            lost.platform,
            lost.installation,
            lost.space,
            lost.error
        );
    }
    Ok(Status::Done)
}

/// One, or all where none is named.
pub(super) async fn dismiss(place: &Where, id: Option<String>) -> Result<Status, Failure> {
    let one = id.as_deref().map(read).transpose()?;
    let (store, workspace) = open_store(&Setup::settle(place, None)?).await?;
    let dismissed = store.dismiss(workspace, one).await;
    store.close().await;
    match (dismissed?, id) {
        (0, Some(id)) => {
            say!("{id} is not listed");
            Ok(Status::No)
        }
        (_, Some(id)) => {
            say!("{id} is listed no more");
            Ok(Status::Done)
        }
        (all, None) => {
            say!("{all} answers are listed no more");
            Ok(Status::Done)
        }
    }
}

pub(super) async fn retry(place: &Where, id: &str) -> Result<Status, Failure> {
    let delivery = read(id)?;
    let (store, workspace) = open_store(&Setup::settle(place, None)?).await?;
    let again = store.redeliver(workspace, delivery).await;
    store.close().await;
    if again? {
        say!("{id} is sent again when the service runs");
        Ok(Status::Done)
    } else {
        say!("{id} is no answer that did not arrive");
        Ok(Status::No)
    }
}

/// What doctor says of them; an error where somebody has to see to one.
pub(super) async fn checked(store: &Store, setup: &Setup) -> Result<String, Failure> {
    let workspace = store.ensure_workspace(&setup.settings).await?;
    let listed = store.undelivered(workspace).await?;
    let (gone, open): (Vec<_>, Vec<_>) = listed
        .into_iter()
        .partition(|lost| lost.state == UndeliveredState::Gone);
    if let Some(last) = open.last() {
        return Err(Failure::from(anyhow!(
            "{} answers did not arrive for certain (`almanac admin undelivered` lists them, `almanac \
             admin retry` and `dismiss` settle them), the last because: {}",
            open.len(),
            last.error
        )));
    }
    Ok(match gone.len() {
        0 => "nothing lost".into(),
        gone => format!(
            "nothing lost; {gone} answers were not sent, because the person left or took the question \
             back: `almanac admin undelivered` lists them"
        ),
    })
}

fn read(id: &str) -> Result<OutboxId, Failure> {
    id.parse().map_err(|_| {
        Failure::usage(anyhow!(
            "{id} is no id; `almanac admin undelivered` shows them"
        ))
    })
}
