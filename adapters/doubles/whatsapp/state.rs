//! What the stand-in knows, and how tests and benchmarks reach it.

use std::collections::{HashMap, HashSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::faults::{Edge, Fault};
use super::{graph, payload};

/// The media id before the first.
const FIRST_MEDIA: u64 = 4_490_709_327_384_000;

/// How the stand-in is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The token it takes.
    pub token: String,
    /// The app's secret, which signs webhooks.
    pub app_secret: String,
    /// As many messages, uploads and marks as it keeps; the older ones are forgotten.
    pub keep: usize,
    /// Requests are held to the published description.
    pub described: bool,
    /// It tells of every message that it was sent, delivered and read.
    pub tells: bool,
    /// It takes 80 messages a second, and 45 to one person in six seconds.
    pub paced: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token: "EAAtesttoken".into(),
            app_secret: "an app secret".into(),
            keep: usize::MAX,
            described: true,
            tells: false,
            paced: false,
        }
    }
}

/// A message that was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// Its `wamid`.
    pub id: String,
    /// To whom.
    pub to: String,
    /// All of it.
    pub body: Json,
}

/// A file that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its media id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Meta's side of WhatsApp. Ends with its last handle.
#[derive(Debug, Clone)]
pub struct WhatsApp {
    pub(super) shared: Arc<Shared>,
    _server: Arc<Server>,
}

#[derive(Debug)]
struct Server(JoinHandle<()>);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) settings: Settings,
    pub(super) address: SocketAddr,
    pub(super) client: reqwest::Client,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) sent: VecDeque<Sent>,
    pub(super) marks: VecDeque<Json>,
    pub(super) uploads: VecDeque<Upload>,
    pub(super) breaches: Vec<String>,
    pub(super) faults: VecDeque<(Edge, Fault)>,
    pub(super) heard: HashMap<String, i64>,
    pub(super) blocked: HashSet<String>,
    pub(super) templates: Vec<Json>,
    pub(super) revoked: bool,
    pub(super) silent: bool,
    pub(super) webhook: Option<String>,
    pub(super) now: Option<i64>,
    pub(super) counted: u64,
    pub(super) uploaded: u64,
    pub(super) recent: VecDeque<(Instant, String)>,
}

impl WhatsApp {
    /// On a free port of this machine.
    pub async fn start() -> Self {
        Self::start_with(Settings::default()).await
    }

    /// The same, set up otherwise.
    pub async fn start_with(settings: Settings) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(30))
            .build()
            .expect("a client");
        let shared = Arc::new(Shared {
            settings,
            address,
            client,
            state: Mutex::default(),
        });
        let router = graph::router(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("a server");
        });
        Self {
            shared,
            _server: Arc::new(Server(server)),
        }
    }

    /// What `api_url` is to be.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("http://{}/v23.0", self.shared.address)
    }

    /// The section of the configuration that leads here.
    #[must_use]
    pub fn section(&self) -> String {
        let Settings {
            token, app_secret, ..
        } = &self.shared.settings;
        format!(
            "phone_number_id = \"{}\"\nbusiness_account_id = \"{}\"\naccess_token = \"{token}\"\n\
             app_secret = \"{app_secret}\"\nverify_token = \"a word\"\napi_url = \"{}\"\n",
            payload::NUMBER,
            payload::ACCOUNT,
            self.api_url()
        )
    }

    /// The messages that were taken, oldest first.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.state().sent.iter().cloned().collect()
    }

    /// How many messages were taken since the start, those forgotten too.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.state().counted
    }

    /// Read and typing marks, oldest first.
    #[must_use]
    pub fn marks(&self) -> Vec<Json> {
        self.state().marks.iter().cloned().collect()
    }

    /// The files that were taken, oldest first.
    #[must_use]
    pub fn uploads(&self) -> Vec<Upload> {
        self.state().uploads.iter().cloned().collect()
    }

    /// Where a request broke the description or a limit, a sentence each.
    #[must_use]
    pub fn breaches(&self) -> Vec<String> {
        self.state().breaches.clone()
    }

    /// The next request of that kind fails like this. Faults of a kind come one after another.
    pub fn fail(&self, edge: Edge, fault: Fault) {
        self.state().faults.push_back((edge, fault));
    }

    /// Takes no token any more, or takes it again.
    pub fn set_revoked(&self, revoked: bool) {
        self.state().revoked = revoked;
    }

    /// A person blocks the number.
    pub fn block(&self, person: &str) {
        self.state().blocked.insert(person.to_owned());
    }

    /// When the person last wrote, in seconds since 1970: whoever writes through
    /// [`WhatsApp::deliver`] is remembered by itself.
    pub fn set_heard(&self, person: &str, at: i64) {
        self.state().heard.insert(person.to_owned(), at);
    }

    /// Shut windows are told by a failed status instead of at once.
    pub fn set_silent(&self, silent: bool) {
        self.state().silent = silent;
    }

    /// What time it is, in seconds since 1970; the machine's otherwise.
    pub fn set_now(&self, now: i64) {
        self.state().now = Some(now);
    }

    /// The account's templates, as `message_templates` lists them.
    pub fn set_templates(&self, templates: Vec<Json>) {
        self.state().templates = templates;
    }

    /// A template that was approved (or is in another state) as it was submitted.
    pub fn add_template(&self, submitted: &Json, status: &str) {
        let mut template = submitted.clone();
        template["status"] = json!(status);
        template["id"] = json!("920070352646140");
        self.state().templates.push(template);
    }

    /// Where webhooks are delivered.
    pub fn point_at(&self, url: &str) {
        self.state().webhook = Some(url.to_owned());
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state()
    }
}

impl Shared {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The fault that is next for a request of this kind.
    pub(super) fn fault(&self, edge: Edge) -> Option<Fault> {
        let mut state = self.state();
        let at = state.faults.iter().position(|(of, _)| *of == edge)?;
        state.faults.remove(at).map(|(_, fault)| fault)
    }

    pub(super) fn now(&self) -> i64 {
        #[expect(
            clippy::disallowed_methods,
            reason = "the platform has a clock of its own"
        )]
        let machine = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let set = self.state().now;
        set.unwrap_or_else(|| {
            let seconds = machine().map(|it| it.as_secs()).unwrap_or_default();
            i64::try_from(seconds).expect("a time")
        })
    }
}

impl State {
    /// A new id, the same on every run.
    pub(super) fn next_id(&mut self) -> u64 {
        self.counted += 1;
        self.counted
    }

    /// A media id that was not given before.
    pub(super) fn next_media(&mut self) -> String {
        self.uploaded += 1;
        (FIRST_MEDIA + self.uploaded).to_string()
    }

    /// Whether a media id was given, even if the file is forgotten by now.
    pub(super) fn was_uploaded(&self, id: &str) -> bool {
        id.parse::<u64>()
            .is_ok_and(|id| (FIRST_MEDIA + 1..=FIRST_MEDIA + self.uploaded).contains(&id))
    }

    pub(super) fn breach(&mut self, breaches: Vec<String>) {
        // A flood of the same says no more than the first hundred.
        let room = 100_usize.saturating_sub(self.breaches.len());
        self.breaches.extend(breaches.into_iter().take(room));
    }
}

/// Adds to what is kept, and forgets the oldest.
pub(super) fn keep<T>(kept: &mut VecDeque<T>, it: T, most: usize) {
    kept.push_back(it);
    while kept.len() > most {
        kept.pop_front();
    }
}
