//! What is done once when the service starts: the number is asked for its name and kept as an
//! installation, open again where it had been parked for a token that is good by now.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{Installation, LineError, SendError, Services};
use jiff::Timestamp;
use serde_json::Value as Json;
use tokio_util::sync::CancellationToken;
use tracing::{instrument, warn};

use super::WHATSAPP;
use super::graph::Graph;

const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Runs until the number is known, it is of no use, or the service stops.
#[instrument(name = "adapters.hello", skip_all, fields(installation = number))]
pub(super) async fn hello(
    graph: Arc<Graph>,
    number: String,
    services: Services,
    stop: CancellationToken,
) {
    let mut wait = FIRST_WAIT;
    loop {
        let done = tokio::select! {
            () = stop.cancelled() => return,
            done = once(&graph, &number, &services) => done,
        };
        if done {
            return;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

/// Whether there is nothing more to do.
async fn once(graph: &Graph, number: &str, services: &Services) -> bool {
    let fields = [("fields", "display_phone_number,verified_name")];
    let asked = services.installations.now().await;
    let answer = graph.get(number, &fields).await;
    let text = |answer: &Json, key: &str| answer.get(key).and_then(Json::as_str).map(str::to_owned);
    let (name, closed) = match answer {
        Ok(answer) => {
            let name = text(&answer, "verified_name");
            (name.or_else(|| text(&answer, "display_phone_number")), None)
        }
        Err(trouble) => match trouble.of_preparation() {
            SendError::Revoked(why) => (None, Some(why)),
            SendError::Refused(why) => {
                warn!(why, "the number is not known to the Graph API");
                return true;
            }
            other => {
                warn!(%other, "the number could not be asked for its name");
                return false;
            }
        },
    };
    let installation = Installation {
        platform: WHATSAPP,
        id: number.to_owned(),
        name,
        secret: None,
        parked: None,
    };
    let kept = async { keep(services, installation, closed, asked?).await };
    if let Err(error) = kept.await {
        warn!(%error, "the number could not be kept");
        return false;
    }
    true
}

/// Kept as open, or as closed: then without taking back that it was parked before.
async fn keep(
    services: &Services,
    installation: Installation,
    closed: Option<String>,
    asked: Timestamp,
) -> Result<(), LineError> {
    let installations = &services.installations;
    let Some(why) = closed else {
        return installations.keep(installation, asked).await;
    };
    let number = installation.id.clone();
    let known = installations.all(&WHATSAPP).await?;
    if !known.iter().any(|it| it.id == number) {
        installations.keep(installation, asked).await?;
    }
    installations.park(&WHATSAPP, &number, &why).await.map(drop)
}
