//! `almanac doctor`: checks every part, one line each, and says what to mend.

use std::sync::Arc;

use almanac_agent_contract::{Platform, SpaceKind};
use almanac_metrics::Layer;
use almanac_store::{Spoken, Store};
use anyhow::anyhow;

use super::say::say;
use super::undelivered;
use crate::admins::Admin;
use crate::app::open_layer;
use crate::cli::Where;
use crate::line::StoreLine;
use crate::services::services;
use crate::{Failure, Setup, Status, Strangers};

/// As many channels and chats are listed.
const LISTED: u32 = 10;

pub(super) async fn run(place: Where) -> Result<Status, Failure> {
    let setup = Setup::settle(&place, None)?;
    let zone = setup.settings.zone.name();
    say!(
        "ok    configuration: {} ({zone}, {})",
        setup.settings.name,
        setup.settings.locale
    );
    let mut checks = Checks { failed: 0 };
    let layer = open_layer(&setup).await;
    let opened = layer.as_ref().ok().cloned();
    checks.tell(
        "metrics and data",
        layer.and_then(|layer| {
            if !layer.doubtful().is_empty() {
                return Err(Failure::from(anyhow!("{}", layer.doubtful().join("; "))));
            }
            let catalog = layer.catalog();
            let with_data = catalog
                .metrics
                .iter()
                .filter(|metric| metric.coverage.is_some())
                .count();
            Ok(format!(
                "{} metrics ({with_data} with data), {} dimensions",
                catalog.metrics.len(),
                catalog.dimensions.len()
            ))
        }),
    );
    match Store::open(setup.database.clone()).await {
        Ok(store) => {
            checks.tell("database", Ok("opened, migrated".into()));
            checks.tell("queues", queues(&store, &setup).await);
            if let Some(layer) = opened {
                platforms(&mut checks, &store, layer, &setup).await;
            }
            if !setup.platforms.is_empty() {
                let (found, known) = admins(&store, &setup).await;
                checks.tell("admins", found);
                for place in known {
                    say!("      {place}");
                }
            }
            store.close().await;
        }
        Err(error) => checks.tell("database", Err(error.into())),
    }
    let open = setup.open_platforms();
    if !open.is_empty() {
        checks.tell("strangers", Ok(strangers(setup.strangers, &open)));
    }
    checks.tell("keys", setup.http.access().map(|_| "as configured".into()));
    checks.tell(
        "port",
        setup
            .http
            .bind()
            .await
            .map(|_| format!("{} is free", setup.http.address())),
    );
    Ok(if checks.failed == 0 {
        Status::Done
    } else {
        Status::No
    })
}

/// What every chat platform says of its credentials, scopes and webhook.
async fn platforms(checks: &mut Checks, store: &Store, layer: Arc<Layer>, setup: &Setup) {
    let asked = async {
        let line = StoreLine {
            store: store.clone(),
            workspace: store.ensure_workspace(&setup.settings).await?,
        };
        services(line, layer, setup)
    };
    let services = match asked.await {
        Ok(services) => services,
        Err(failure) => return checks.tell("secrets", Err(failure)),
    };
    for section in &setup.platforms {
        let platform = section.platform();
        for check in section.check(services.clone()).await {
            let what = format!("{platform} {}", check.what);
            let found = check.found.map_err(|mend| Failure::from(anyhow!("{mend}")));
            checks.tell(&what, found);
        }
        let all = services.installations.all(&platform).await;
        for parked in all.into_iter().flatten() {
            if let Some(why) = parked.parked {
                let mend = anyhow!(
                    "parked: {why}; renew its credentials, then `almanac admin resume {platform} {}`",
                    parked.id
                );
                checks.tell(&format!("{platform} {}", parked.id), Err(mend.into()));
            }
        }
    }
}

/// Who hears when a platform no longer lets Almanac in; and the channels and chats that are known, as
/// `[admins] tell` takes them.
async fn admins(store: &Store, setup: &Setup) -> (Result<String, Failure>, Vec<String>) {
    let platforms: Vec<Platform> = setup.platforms.iter().map(|it| it.platform()).collect();
    let asked = async {
        let workspace = store.ensure_workspace(&setup.settings).await?;
        let seal = setup.key.seal()?;
        let all = store.installations(workspace, None, &seal).await?;
        let spoken = store.spoken_in(workspace, &platforms, LISTED).await?;
        Ok::<_, Failure>((all, spoken))
    };
    let (all, spoken) = match asked.await {
        Ok(known) => known,
        Err(failure) => return (Err(failure), Vec::new()),
    };
    let known = spoken.iter().map(described).collect();
    // Nothing is known of a platform that was never connected.
    let is_wrong = |admin: &&Admin| {
        let mut of_platform = all
            .iter()
            .filter(|it| it.platform == admin.platform)
            .peekable();
        !platforms.contains(&admin.platform)
            || of_platform.peek().is_some() && of_platform.all(|it| it.id != admin.installation)
    };
    let found = match setup.admins.iter().find(is_wrong) {
        Some(Admin {
            platform,
            installation,
            space,
        }) => Err(Failure::from(anyhow!(
            "[admins] tell has \"{platform}/{installation}/{space}\": no such installation is known; write to Almanac there, and it is listed here"
        ))),
        None if setup.admins.is_empty() => Ok(
            "nobody is told when a platform no longer lets Almanac in; [admins] tell takes the like of these, and whatever channel or chat you write to Almanac in is listed here".to_owned(),
        ),
        None => Ok(format!("{} are told", setup.admins.len())),
    };
    (found, known)
}

fn described(spoken: &Spoken) -> String {
    let Spoken {
        platform,
        installation,
        space,
        kind,
        who,
        ..
    } = spoken;
    let kind = match kind {
        SpaceKind::Direct => "direct",
        SpaceKind::Channel => "channel",
    };
    let who = who
        .as_deref()
        .map_or(String::new(), |who| format!(", {who}"));
    format!("\"{platform}/{installation}/{space}\" ({kind}{who})")
}

/// Who is answered where anybody can write.
fn strangers(strangers: Strangers, open: &[Platform]) -> String {
    let open: Vec<&str> = open.iter().map(Platform::as_str).collect();
    let open = open.join(", ");
    match strangers {
        Strangers::Answer => format!(
            "whoever finds {open} is answered; with strangers = \"link\" in [people], only people \
             who are known elsewhere are"
        ),
        Strangers::Link => format!("whoever finds {open} is told how to link, and not answered"),
    }
}

/// Events that failed too often to be tried again, and deliveries that nobody knows the end of.
async fn queues(store: &Store, setup: &Setup) -> Result<String, Failure> {
    let workspace = store.ensure_workspace(&setup.settings).await?;
    let parked = store.parked(workspace).await?;
    if let Some(last) = parked.last() {
        return Err(Failure::from(anyhow!(
            "{} events are parked (`almanac admin parked` lists them), the last because: {}",
            parked.len(),
            last.error
        )));
    }
    let lost = undelivered::checked(store, setup).await?;
    Ok(format!("nothing parked, {lost}"))
}

struct Checks {
    failed: usize,
}

impl Checks {
    fn tell(&mut self, part: &str, checked: Result<String, Failure>) {
        match checked {
            Ok(text) => say!("ok    {part}: {text}"),
            Err(failure) => {
                self.failed += 1;
                say!("MEND  {part}: {failure}");
            }
        }
    }
}
