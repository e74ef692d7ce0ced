//! The town itself: the stand-ins, the configuration that leads to them, and the service.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Output;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use almanac_adapters_doubles::discord::{self, Discord};
use almanac_adapters_doubles::slack::{BOT_TOKEN, SIGNING_SECRET, SlackDouble};
use almanac_adapters_doubles::telegram::{self, TelegramDouble};
use almanac_adapters_doubles::whatsapp::{Settings, WhatsApp};
use almanac_agent_contract::WorkspaceId;
use almanac_store::{Database, Store};
use reqwest::Client;
use serde_json::Value as Json;
use tempfile::TempDir;

use super::service::{Service, almanac};

/// As long as anything is waited for.
const PATIENCE: Duration = Duration::from_secs(60);
/// Telegram proves itself with it where updates are posted.
pub(super) const HOOK: &str = "a-town-secret";

/// A platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Chat {
    Slack,
    Telegram,
    Discord,
    WhatsApp,
}

impl Chat {
    pub(crate) const ALL: [Self; 4] = [Self::Slack, Self::Telegram, Self::Discord, Self::WhatsApp];

    /// Its name in the configuration and in the store.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Telegram => "telegram",
            Self::Discord => "discord",
            Self::WhatsApp => "whatsapp",
        }
    }
}

/// The data that is asked about.
pub(crate) struct Ground {
    pub(crate) definitions: PathBuf,
    pub(crate) data: PathBuf,
}

/// What kind of town it is to be.
pub(crate) struct Plan {
    /// The platforms that the service is connected to.
    pub(crate) chats: Vec<Chat>,
    /// A PostgreSQL server; the embedded one otherwise.
    pub(crate) database: Option<String>,
    /// Telegram's updates are posted to the service, not polled by it.
    pub(crate) posted: bool,
    /// More of the configuration.
    pub(crate) more: String,
    /// As many messages the stand-ins remember.
    pub(crate) remembered: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            chats: Chat::ALL.to_vec(),
            database: None,
            posted: false,
            more: String::new(),
            remembered: 100_000,
        }
    }
}

/// The stand-ins and the folder of the service.
pub(crate) struct Town {
    pub(crate) slack: SlackDouble,
    pub(crate) telegram: TelegramDouble,
    pub(crate) discord: Discord,
    pub(crate) whatsapp: WhatsApp,
    pub(crate) client: Client,
    pub(crate) base: String,
    pub(crate) plan: Plan,
    workspace: String,
    folder: TempDir,
    counted: AtomicI64,
    /// How often somebody had come to Discord's gateway when the service was started.
    identified: AtomicU32,
}

impl Town {
    /// Starts the stand-ins and writes the configuration.
    pub(crate) async fn new(ground: &Ground, plan: Plan) -> Self {
        let discord = Discord::start().await;
        discord.keep_at_most(plan.remembered);
        let telegram = TelegramDouble::start().await;
        telegram.keep(plan.remembered);
        let whatsapp = WhatsApp::start_with(Settings {
            keep: plan.remembered,
            ..Settings::default()
        });
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let town = Self {
            slack: SlackDouble::remembering(plan.remembered).await,
            telegram,
            discord,
            whatsapp: whatsapp.await,
            client: Client::builder()
                .timeout(Duration::from_secs(30))
                .build()
                .unwrap(),
            base: format!("http://127.0.0.1:{port}"),
            // Towns share a server, and each has its own rows there.
            workspace: format!("Lumen {}", folder.path().display()),
            plan,
            folder,
            counted: AtomicI64::new(0),
            identified: AtomicU32::new(0),
        };
        town.whatsapp
            .point_at(&format!("{}/whatsapp/webhook", town.base));
        let Ground { definitions, data } = ground;
        let mut text = format!(
            "[workspace]\nname = {:?}\nzone = \"America/Sao_Paulo\"\ncurrency = \"USD\"\n\
             [metrics]\ndefinitions = [{definitions:?}]\n\
             [source]\nkind = \"files\"\npath = {data:?}\n\
             [http]\nlisten = \"127.0.0.1:{port}\"\n{}\n",
            town.workspace, town.plan.more
        );
        for chat in &town.plan.chats {
            text.push_str(&format!("[{}]\n{}\n", chat.name(), town.section(*chat)));
        }
        std::fs::write(town.folder.path().join("almanac.toml"), text).unwrap();
        town
    }

    /// Changes the configuration, for whatever is started after.
    pub(crate) fn rewrite(&self, change: impl FnOnce(String) -> String) {
        let path = self.folder.path().join("almanac.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, change(text)).unwrap();
    }

    fn section(&self, chat: Chat) -> String {
        match chat {
            Chat::Slack => format!(
                "signing_secret = {SIGNING_SECRET:?}\nbot_token = {BOT_TOKEN:?}\napi_url = {:?}\n",
                self.slack.api_url()
            ),
            Chat::Telegram => {
                let hook = if self.plan.posted {
                    format!("webhook = \"https://almanac.example\"\nwebhook_secret = {HOOK:?}\n")
                } else {
                    String::new()
                };
                let url = self.telegram.api_url();
                format!("token = {:?}\napi_url = {url:?}\n{hook}", telegram::TOKEN)
            }
            Chat::Discord => format!(
                "token = {:?}\napi_url = {:?}\n",
                discord::TOKEN,
                self.discord.url()
            ),
            Chat::WhatsApp => self.whatsapp.section(),
        }
    }

    /// Starts the service and returns when every platform reaches it.
    pub(crate) async fn open(&self) -> Service {
        let service = self.start(None);
        self.reached().await;
        service
    }

    /// Starts the service with turns that take two seconds each, and returns when every platform reaches
    /// it.
    pub(crate) async fn open_slowly(&self) -> Service {
        self.identified
            .store(self.discord.sessions().0, Ordering::Relaxed);
        let service = Service::start_slowly(self.folder.path(), self.plan.database.as_deref());
        self.reached().await;
        service
    }

    /// Starts the service, to die at the places that are named.
    pub(crate) fn start(&self, dies: Option<&str>) -> Service {
        let (identified, _) = self.discord.sessions();
        self.identified.store(identified, Ordering::Relaxed);
        Service::start(self.folder.path(), self.plan.database.as_deref(), dies)
    }

    /// Returns when every platform reaches the service.
    pub(crate) async fn reached(&self) {
        let started = Instant::now();
        while !self.healthy().await {
            assert!(started.elapsed() < PATIENCE, "the service did not start");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        if self.plan.chats.contains(&Chat::Discord) {
            let before = self.identified.load(Ordering::Relaxed);
            until("Discord's gateway", || {
                (self.discord.sessions().0 > before).then_some(())
            })
            .await;
        }
    }

    async fn healthy(&self) -> bool {
        let answer = self
            .client
            .get(format!("{}/healthz", self.base))
            .send()
            .await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// Runs another command over the same configuration.
    pub(crate) fn almanac(&self, arguments: &[&str]) -> Output {
        almanac(self.folder.path(), self.plan.database.as_deref())
            .args(arguments)
            .output()
            .unwrap()
    }

    /// What `almanac ask` says, as one JSON object. Nothing else may have an embedded store open.
    pub(crate) fn asked(&self, question: &str) -> Json {
        let output = self.almanac(&["ask", question, "--json"]);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
    }

    /// The first amount of money that `almanac ask` answers with, as people read it: "$48,800".
    pub(crate) fn amount(&self, question: &str) -> String {
        let answer = self.asked(question);
        let text = answer["text"].as_str().unwrap();
        let amount = text.split_whitespace().find(|word| word.starts_with('$'));
        let amount = amount.unwrap_or_else(|| panic!("no amount: {text}"));
        amount.trim_end_matches([',', '.', ')', '(']).to_owned()
    }

    /// What is in the store, which nobody else may have open where it is embedded.
    pub(crate) async fn store(&self) -> (Store, WorkspaceId) {
        let database = match &self.plan.database {
            Some(url) => Database::Server(url.clone().into()),
            None => Database::Embedded(self.folder.path().join("data").join("state")),
        };
        let store = Store::open(database).await.unwrap();
        let settings = almanac_agent_contract::Settings {
            name: self.workspace.clone(),
            ..almanac_agent_contract::Settings::default()
        };
        let workspace = store.ensure_workspace(&settings).await.unwrap();
        (store, workspace)
    }

    /// A number that was not given before.
    pub(crate) fn number(&self) -> i64 {
        self.counted.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Where a stand-in's limits were broken.
    pub(crate) fn breaches(&self) -> Vec<String> {
        let mut all = self.slack.breaches();
        all.extend(self.telegram.breaches());
        all.extend(self.discord.breaches());
        all.extend(self.whatsapp.breaches());
        all
    }
}

/// What `look` finds, once it finds it.
pub(crate) async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(started.elapsed() < PATIENCE, "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
