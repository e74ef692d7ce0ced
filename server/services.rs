//! What platforms are given to live with, over the store and the metric layer.

use std::sync::Arc;

use almanac_agent_contract::{
    Choice, Clock, Content, Inbound, Installation, Installations, Language, Leases, LineError,
    Message, Names, Origin, Past, Place, Platform, Receipts, Sender, Services, Settings, Space,
    SpaceKind, Stage,
};
use almanac_metrics::{Catalog, Layer};
use almanac_store::{Parking, Seal};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::admins::Admin;
use crate::dying::may_die;
use crate::examples::examples;
use crate::line::{StoreLine, unavailable};
use crate::{Failure, Setup};

/// The services over a line and a metric layer.
///
/// # Errors
/// Where the key that seals secrets cannot be had.
pub(crate) fn services(
    line: StoreLine,
    layer: Arc<Layer>,
    setup: &Setup,
) -> Result<Services, Failure> {
    let doors = Doors {
        line: line.clone(),
        seal: setup.key.seal()?,
        admins: setup.admins.clone(),
        settings: setup.settings.clone(),
        clock: setup.clock.clone(),
    };
    let line = Arc::new(line);
    Ok(Services {
        line: line.clone(),
        past: line.clone(),
        installations: Arc::new(doors),
        leases: line.clone(),
        receipts: line,
        names: Arc::new(MetricNames(layer)),
        clock: setup.clock.clone(),
        language: setup.settings.language(),
    })
}

#[async_trait]
impl Past for StoreLine {
    async fn last_heard(
        &self,
        platform: &Platform,
        installation: &str,
        user: &str,
    ) -> Result<Option<Timestamp>, LineError> {
        self.store
            .last_heard(self.workspace, platform, installation, user)
            .await
            .map_err(unavailable)
    }

    async fn takes_part(
        &self,
        platform: &Platform,
        installation: &str,
        space: &Space,
    ) -> Result<bool, LineError> {
        self.store
            .takes_part(self.workspace, platform, installation, space)
            .await
            .map_err(unavailable)
    }

    async fn places(
        &self,
        platform: &Platform,
        installation: &str,
        limit: u32,
    ) -> Result<Vec<Place>, LineError> {
        self.store
            .places(self.workspace, platform, installation, limit)
            .await
            .map_err(unavailable)
    }

    async fn of_person(
        &self,
        platform: &Platform,
        installation: &str,
        user: &str,
        limit: u32,
    ) -> Result<Vec<Message>, LineError> {
        self.store
            .said_by(self.workspace, (platform, installation), user, limit)
            .await
            .map_err(unavailable)
    }
}

#[async_trait]
impl Leases for StoreLine {
    async fn hold(
        &self,
        name: &str,
        holder: &str,
        length: SignedDuration,
    ) -> Result<bool, LineError> {
        self.store
            .hold_lease(self.workspace, name, holder, length)
            .await
            .map_err(unavailable)
    }

    async fn release(&self, name: &str, holder: &str) -> Result<(), LineError> {
        self.store
            .release_lease(self.workspace, name, holder)
            .await
            .map_err(unavailable)
    }
}

#[async_trait]
impl Receipts for StoreLine {
    async fn note(
        &self,
        platform: &Platform,
        installation: &str,
        provider_id: &str,
        stage: Stage,
    ) -> Result<bool, LineError> {
        self.store
            .note_receipt(
                self.workspace,
                (platform, installation),
                provider_id,
                &stage,
            )
            .await
            .map_err(unavailable)
    }
}

/// The installations, and whoever is to hear of one that is parked.
struct Doors {
    line: StoreLine,
    seal: Seal,
    admins: Vec<Admin>,
    settings: Arc<Settings>,
    clock: Arc<dyn Clock>,
}

#[async_trait]
impl Installations for Doors {
    async fn all(&self, platform: &Platform) -> Result<Vec<Installation>, LineError> {
        self.line
            .store
            .installations(self.line.workspace, Some(platform), &self.seal)
            .await
            .map_err(unavailable)
    }

    async fn now(&self) -> Result<Timestamp, LineError> {
        self.line.store.now().await.map_err(unavailable)
    }

    async fn keep(&self, installation: Installation, asked: Timestamp) -> Result<(), LineError> {
        self.line
            .store
            .keep_installation(self.line.workspace, &installation, &self.seal, asked)
            .await
            .map_err(unavailable)
    }

    async fn park(
        &self,
        platform: &Platform,
        installation: &str,
        reason: &str,
    ) -> Result<bool, LineError> {
        let notices = self.notices(platform, installation, reason);
        let parking = Parking {
            platform,
            installation,
            reason,
            notices: &notices,
        };
        let newly = self
            .line
            .store
            .park_installation(self.line.workspace, parking)
            .await
            .map_err(unavailable)?;
        if newly {
            may_die("installation.parked");
            let told = notices.len();
            tracing::error!(%platform, installation, reason, told, "an installation is parked");
        }
        Ok(newly)
    }
}

impl Doors {
    /// What the admins are told, each once, on any channel but the one that is closed.
    fn notices(&self, platform: &Platform, installation: &str, reason: &str) -> Vec<Inbound> {
        let now = self.clock.now();
        let text = parked(self.settings.language(), platform, installation, reason);
        let elsewhere = self
            .admins
            .iter()
            .filter(|admin| admin.platform != *platform || admin.installation != installation);
        elsewhere
            .map(|admin| Inbound {
                platform: admin.platform.clone(),
                installation: admin.installation.clone(),
                event_id: format!("parked/{platform}/{installation}/{now}"),
                space: Space {
                    id: admin.space.clone(),
                    kind: SpaceKind::Channel,
                    thread: None,
                },
                sender: Sender {
                    user: "almanac".into(),
                    name: Some("Almanac".into()),
                },
                content: Content::Notice { text: text.clone() },
                origin: Origin::default(),
                at: now,
            })
            .collect()
    }
}

fn parked(language: Language, platform: &Platform, installation: &str, reason: &str) -> String {
    match language {
        Language::En => format!(
            "I can no longer post to {platform} ({installation}): {reason}. Answers wait until the \
             credentials are renewed; then run: almanac admin resume {platform} {installation}"
        ),
        Language::Es => format!(
            "Ya no puedo publicar en {platform} ({installation}): {reason}. Las respuestas esperan \
             hasta que se renueven las credenciales; después: almanac admin resume {platform} \
             {installation}"
        ),
        Language::Pt => format!(
            "Não consigo mais publicar em {platform} ({installation}): {reason}. As respostas \
             esperam até as credenciais serem renovadas; depois: almanac admin resume {platform} \
             {installation}"
        ),
    }
}

/// The catalogue's metrics, for completion.
struct MetricNames(Arc<Layer>);

impl Names for MetricNames {
    fn metrics(&self, typed: &str, _language: Language, limit: usize) -> Vec<Choice> {
        let catalog = self.0.catalog();
        let mut found = matching(&catalog, typed);
        found.truncate(limit);
        found
    }

    fn examples(&self, language: Language) -> Vec<String> {
        examples(&self.0.catalog(), language)
    }
}

/// Metrics that begin with what was typed, then those that have it somewhere, in their labels or
/// synonyms; in the catalogue's order.
fn matching(catalog: &Catalog, typed: &str) -> Vec<Choice> {
    let typed = typed.trim().to_lowercase();
    let rank = |names: &mut dyn Iterator<Item = &str>| {
        names
            .filter_map(|name| name.to_lowercase().find(&typed).map(|at| at > 0))
            .min()
    };
    let mut ranked: Vec<(bool, Choice)> = catalog
        .metrics
        .iter()
        .filter_map(|metric| {
            let synonyms = metric.synonyms.iter().map(String::as_str);
            let mut names = std::iter::once(metric.label.as_str()).chain(synonyms);
            let inside = rank(&mut names)?;
            let label = metric.label.clone();
            let ask = label.clone();
            Some((inside, Choice { label, ask }))
        })
        .collect();
    ranked.sort_by_key(|(inside, _)| *inside);
    ranked.into_iter().map(|(_, choice)| choice).collect()
}
