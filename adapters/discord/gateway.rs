//! The gateway connection: one replica holds it by a lease, asks Discord who it is, tells it the
//! commands, and listens until it is stopped. serenity beats, resumes and identifies anew; when it
//! gives up, it is begun again here.
//!
//! It ends by itself only where going on is of no use: a token that is no longer good.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::Installation;
use async_trait::async_trait;
use jiff::SignedDuration;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serenity::Error;
use serenity::all::{Context, Event, GatewayIntents};
use serenity::client::{ClientBuilder, RawEventHandler};
use serenity::gateway::{GatewayError, ShardManager};
use serenity::http::{HttpBuilder, Route};
use tokio::sync::Mutex;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::DISCORD;
use super::adapter::Almanac;
use super::commands;
use super::failure::Failure;
use super::lanes::Lanes;
use super::me::{Application, Me, OwnUser};
use super::parse::mended;
use super::rest::{Call, at};

/// The lease on the connection.
const LEASE: &str = "discord.gateway";
/// How long it is held for: that of a replica that was killed is over after so long.
const HELD: Duration = Duration::from_secs(15);
/// How often it is renewed, and asked for while another has it.
const RENEWED: Duration = Duration::from_secs(3);
/// The first pause after a failure; each is twice as long as the one before.
const PAUSE: Duration = Duration::from_secs(1);
/// The longest.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What is listened to without asking anybody.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGES);

/// How a connection ended.
enum Ended {
    /// It was told to.
    Stopped,
    /// Another replica has it now.
    Lost,
    /// The token is no longer good.
    Revoked,
    /// What was asked for is not switched on.
    Disallowed,
    /// Anything else.
    Broken,
}

/// Listens until it is stopped or the token is no longer good.
pub(super) async fn listen(almanac: Arc<Almanac>, stop: CancellationToken) {
    let holder = Uuid::now_v7().to_string();
    tokio::select! {
        () = stop.cancelled() => {}
        () = hold(&almanac, &holder, &stop) => {}
    }
    let released = almanac.services.leases.release(LEASE, &holder).await;
    if let Err(error) = released {
        tracing::warn!(%error, "the gateway's lease was not given back");
    }
}

async fn hold(almanac: &Arc<Almanac>, holder: &str, stop: &CancellationToken) {
    let mut pause = PAUSE;
    let mut intents = INTENTS | GatewayIntents::MESSAGE_CONTENT;
    loop {
        let asked = Instant::now();
        if leased(almanac, holder).await != Some(true) {
            tokio::time::sleep(RENEWED).await;
            continue;
        }
        let begun = Instant::now();
        match connect(almanac, (holder, asked), intents, stop).await {
            Ended::Stopped | Ended::Revoked => return,
            Ended::Disallowed if intents.contains(GatewayIntents::MESSAGE_CONTENT) => {
                tracing::error!(
                    "Discord does not let the bot read messages: switch on \"Message Content \
                     Intent\" under Bot in the developer portal. Until then it hears mentions, \
                     direct messages and commands, but not what follows in a thread"
                );
                intents = INTENTS;
                continue;
            }
            Ended::Lost | Ended::Broken | Ended::Disallowed => {}
        }
        if begun.elapsed() > LONGEST_PAUSE {
            pause = PAUSE;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Whether the lease is this replica's; `None` where nobody can tell.
async fn leased(almanac: &Almanac, holder: &str) -> Option<bool> {
    let length = SignedDuration::try_from(HELD).unwrap_or_default();
    match almanac.services.leases.hold(LEASE, holder, length).await {
        Ok(held) => Some(held),
        Err(error) => {
            tracing::warn!(%error, "the gateway's lease could not be asked for");
            None
        }
    }
}

/// Returns when another has the lease, asked for last when it was `renewed`, or could have it soon.
async fn lose(almanac: &Almanac, holder: &str, mut renewed: Instant) {
    // As far as is known, nobody can take it before it is over.
    while let Some(left) = HELD.checked_sub(renewed.elapsed() + RENEWED) {
        tokio::time::sleep(RENEWED).await;
        let asked = Instant::now();
        match tokio::time::timeout(left, leased(almanac, holder)).await {
            Ok(Some(true)) => renewed = asked,
            Ok(Some(false)) => return,
            Ok(None) | Err(_) => {}
        }
    }
}

async fn connect(
    almanac: &Arc<Almanac>,
    (holder, asked): (&str, Instant),
    intents: GatewayIntents,
    stop: &CancellationToken,
) -> Ended {
    let url = match prepare(almanac).await {
        Ok(url) => url,
        Err(error) if error.is_revoked() => return revoked(almanac).await,
        Err(error) => {
            tracing::warn!(%error, "Discord could not be asked");
            return Ended::Broken;
        }
    };
    let rest = &almanac.rest;
    let http = HttpBuilder::new(rest.token().expose_secret())
        .proxy(rest.origin())
        .ratelimiter_disabled(true)
        .build();
    let listener = Listener {
        almanac: Arc::clone(almanac),
        lanes: Lanes::open(almanac),
    };
    let built = ClientBuilder::new_with_http(http, intents)
        .raw_event_handler(listener)
        .await;
    let Ok(mut client) = built else {
        return Ended::Broken;
    };
    // serenity asks once more and takes Discord's own address where it gets no answer.
    *client.ws_url.lock().await = url;
    let _goodbye = Goodbye {
        shards: Arc::clone(&client.shard_manager),
        url: Arc::clone(&client.ws_url),
    };
    let ended = tokio::select! {
        ended = client.start() => match ended {
            Ok(()) => Ended::Broken,
            Err(Error::Gateway(GatewayError::InvalidAuthentication)) => Ended::Revoked,
            Err(Error::Gateway(
                GatewayError::DisallowedGatewayIntents | GatewayError::InvalidGatewayIntents,
            )) => Ended::Disallowed,
            Err(error) => {
                tracing::warn!(%error, "the gateway connection ended");
                Ended::Broken
            }
        },
        () = stop.cancelled() => Ended::Stopped,
        () = lose(almanac, holder, asked) => Ended::Lost,
    };
    match ended {
        Ended::Revoked => revoked(almanac).await,
        ended => ended,
    }
}

/// Closes the connection when it is dropped, in its own time: serenity's tasks go on otherwise.
/// One that is only about to be opened finds no address any more.
struct Goodbye {
    shards: Arc<ShardManager>,
    url: Arc<Mutex<String>>,
}

impl Drop for Goodbye {
    fn drop(&mut self) {
        let (shards, url) = (Arc::clone(&self.shards), Arc::clone(&self.url));
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                url.lock().await.clear();
                shards.shutdown_all().await;
            });
        }
    }
}

/// What `GET /gateway` says.
#[derive(Deserialize)]
struct Gateway {
    url: String,
}

/// Asks who it is and where to connect to, and tells Discord the commands.
async fn prepare(almanac: &Almanac) -> Result<String, Failure> {
    let rest = &almanac.rest;
    let installations = &almanac.services.installations;
    let asked = installations.now().await;
    let application: Application = rest.fetch(Call::get("/api/v10/applications/@me")).await?;
    let user: OwnUser = rest.fetch(Call::get(at(Route::UserMe))).await?;
    let me = Me {
        application: application.id,
        user: user.id,
    };
    let _ = almanac.me.set(me);
    let installation = Installation {
        platform: DISCORD,
        id: me.application.to_string(),
        name: Some(application.name),
        secret: None,
        parked: None,
    };
    let kept = async { installations.keep(installation, asked?).await };
    if let Err(error) = kept.await {
        tracing::warn!(%error, "the installation was not kept");
    }
    match commands::register(rest, me.application, &almanac.guilds).await {
        Ok(told) => tracing::info!(told, "commands are registered"),
        Err(error) if error.is_revoked() => return Err(error),
        Err(error) => tracing::error!(%error, "commands could not be registered"),
    }
    let gateway: Gateway = rest.fetch(Call::get(at(Route::Gateway))).await?;
    Ok(gateway.url)
}

/// Parks the installation.
async fn revoked(almanac: &Almanac) -> Ended {
    let reason = "Discord no longer takes the bot's token: reset it under Bot in the developer \
                  portal and put the new one into the configuration";
    tracing::error!(reason, "the gateway is closed to us");
    let installations = &almanac.services.installations;
    let known = match almanac.me.get() {
        Some(me) => vec![me.application.to_string()],
        None => match installations.all(&DISCORD).await {
            Ok(all) => all.into_iter().map(|it| it.id).collect(),
            Err(_) => vec![],
        },
    };
    for id in known {
        if let Err(error) = installations.park(&DISCORD, &id, reason).await {
            tracing::error!(%error, "an installation was not parked");
        }
    }
    Ended::Revoked
}

/// What serenity calls with each event.
struct Listener {
    almanac: Arc<Almanac>,
    lanes: Lanes,
}

#[async_trait]
impl RawEventHandler for Listener {
    async fn raw_event(&self, _: Context, event: Event) {
        if let Some(me) = self.almanac.me.get() {
            self.almanac.threads.hear(&event, me.user);
        }
        if let Event::Ready(event) = &event {
            let guilds = event.ready.guilds.iter().map(|it| it.id).collect();
            tokio::spawn(Arc::clone(&self.almanac).catch_up(guilds));
        }
        self.lanes.put(mended(event)).await;
    }
}
