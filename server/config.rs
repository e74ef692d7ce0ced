//! `almanac.toml`: one section a unit, each with its own type. An error names the file, the line
//! and what was expected.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use almanac_adapters::Section;
use almanac_adapters::discord::DiscordSection;
use almanac_adapters::slack::SlackSection;
use almanac_adapters::telegram::TelegramSection;
use almanac_adapters::whatsapp::WhatsAppSection;
use almanac_agent_contract::Settings;
use anyhow::anyhow;
use secrecy::SecretString;
use serde::Deserialize;

use crate::Failure;
use crate::admins::AdminsSection;
use crate::http::HttpSection;
use crate::strangers::PeopleSection;

/// The file that is looked for in the working directory.
pub(crate) const FILE: &str = "almanac.toml";

/// What `almanac init` writes.
pub(crate) const COMMENTED: &str = include_str!("almanac.toml");

/// A configuration.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Who it is for.
    pub(crate) workspace: Settings,
    /// What its metrics are.
    pub(crate) metrics: MetricsSection,
    /// Where its data is.
    pub(crate) source: SourceSection,
    /// How it is reached.
    #[serde(default)]
    pub(crate) http: HttpSection,
    /// Whom to tell when it cannot go on by itself.
    #[serde(default)]
    pub(crate) admins: AdminsSection,
    /// Who is answered.
    #[serde(default)]
    pub(crate) people: PeopleSection,
    /// Discord.
    discord: Option<DiscordSection>,
    /// Slack.
    slack: Option<SlackSection>,
    /// Telegram.
    telegram: Option<TelegramSection>,
    /// WhatsApp.
    whatsapp: Option<WhatsAppSection>,
}

/// `[metrics]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MetricsSection {
    /// MetricFlow YAML files or folders of them.
    pub(crate) definitions: Vec<PathBuf>,
}

/// `[source]`.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum SourceSection {
    /// One table per CSV or Parquet file or folder.
    Files {
        /// The folder.
        path: PathBuf,
    },
    /// A PostgreSQL database, which is only read.
    Postgres {
        /// Its address, or "env:NAME".
        url: SecretString,
        /// The schema whose tables go by their bare names; those of the role's search path where
        /// absent.
        schema: Option<String>,
    },
    /// The folder's tables, read by a cluster.
    Ballista {
        /// Its scheduler: `df://host:port`.
        url: String,
        /// The folder, at the same path on every machine of the cluster.
        path: PathBuf,
        /// Parts that run at the same time.
        partitions: Option<NonZeroUsize>,
    },
}

impl Config {
    /// Reads the file; paths in it are relative to its folder.
    ///
    /// # Errors
    /// One sentence that names the file and, where it can, the line and the key.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::usage(anyhow!(
                "{shown} cannot be read: {error}; `almanac init` writes one"
            ))
        })?;
        let mut config: Self = toml::from_str(&text).map_err(|error| {
            let line = error
                .span()
                .map(|span| text[..span.start].matches('\n').count() + 1);
            let at = line.map(|line| format!(":{line}")).unwrap_or_default();
            Failure::usage(anyhow!(
                "{shown}{at}: {}",
                error.message().replace('\n', " ")
            ))
        })?;
        config
            .check()
            .map_err(|wrong| Failure::usage(anyhow!("{shown}: {wrong}")))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        match &mut config.source {
            SourceSection::Files { path } | SourceSection::Ballista { path, .. } => {
                *path = folder.join(&*path);
            }
            SourceSection::Postgres { .. } => {}
        }
        for definition in &mut config.metrics.definitions {
            *definition = folder.join(&*definition);
        }
        Ok(config)
    }

    /// The chat platforms that have a section.
    pub(crate) fn platforms(&self) -> Vec<Arc<dyn Section>> {
        fn shared<S: Section + Clone + 'static>(section: &Option<S>) -> Option<Arc<dyn Section>> {
            section.clone().map(|section| Arc::new(section) as _)
        }
        [
            shared(&self.discord),
            shared(&self.slack),
            shared(&self.telegram),
            shared(&self.whatsapp),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn check(&self) -> Result<(), String> {
        let Settings {
            currency,
            fiscal_year_start_month: month,
            name,
            ..
        } = &self.workspace;
        if name.trim().is_empty() {
            return Err("[workspace] name is empty: give the workspace a name".into());
        }
        if currency.len() != 3 || !currency.chars().all(|c| c.is_ascii_uppercase()) {
            return Err(format!(
                "[workspace] currency is \"{currency}\": expected an ISO 4217 code such as \"EUR\""
            ));
        }
        if !(1..=12).contains(month) {
            return Err(format!(
                "[workspace] fiscal_year_start_month is {month}: expected 1 to 12"
            ));
        }
        if self.metrics.definitions.is_empty() {
            return Err(
                "[metrics] definitions is empty: name a MetricFlow YAML file or folder".into(),
            );
        }
        self.http.check()
    }
}
