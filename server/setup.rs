//! What a command works with, once configuration, data folder and demo shop are settled.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use almanac_adapters::Section;
use almanac_agent_contract::{Clock, FixedClock, Platform, Settings, SystemClock};
use almanac_demo::Shop;
use almanac_metrics::Source;
use almanac_store::Database;
use anyhow::anyhow;
use jiff::{Timestamp, ToSpan};
use secrecy::SecretString;

use crate::Failure;
use crate::admins::Admin;
use crate::cli::Where;
use crate::config::{Config, FILE, SourceSection};
use crate::http::HttpSection;
use crate::key::Key;
use crate::places::Places;
use crate::strangers::Strangers;

/// Everything that is settled before a part is opened.
pub struct Setup {
    /// The workspace's settings.
    pub settings: Arc<Settings>,
    /// MetricFlow files.
    pub definitions: Vec<PathBuf>,
    /// Where the data is.
    pub source: Source,
    /// Where state is kept.
    pub database: Database,
    /// Where the value index is kept.
    pub cache: PathBuf,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// How it is reached.
    pub http: HttpSection,
    /// What seals secrets at rest.
    pub key: Key,
    /// Whom to tell when it cannot go on by itself.
    pub admins: Vec<Admin>,
    /// What becomes of strangers where anybody can write.
    pub strangers: Strangers,
    /// The chat platforms.
    pub platforms: Vec<Arc<dyn Section>>,
}

impl Setup {
    /// Of the configuration given or found, else of the demo shop.
    ///
    /// # Errors
    /// What is wrong with the configuration or the folders.
    pub fn settle(place: &Where, now: Option<Timestamp>) -> Result<Self, Failure> {
        let places = Places::at(place.data_dir.as_deref())?;
        let found = Some(PathBuf::from(FILE)).filter(|path| path.exists());
        match place.config.clone().or(found) {
            Some(path) => Self::configured(&path, &places, now),
            None => Self::demo(&places, now),
        }
    }

    /// Of the demo shop, which is generated if it is not there.
    ///
    /// # Errors
    /// Where the shop cannot be written.
    pub fn demo(places: &Places, now: Option<Timestamp>) -> Result<Self, Failure> {
        let clock = clock(now);
        let today = almanac_demo::settings()?.date(clock.now());
        let until = today
            .checked_sub(1.day())
            .map_err(|_| Failure::usage(anyhow!("--now is before all calendars")))?;
        let shop = almanac_demo::ensure(&places.demo(), until).map_err(Failure::usage)?;
        Ok(Self::of_shop(shop, places, clock))
    }

    /// Of a shop that is there, with state in these places.
    #[must_use]
    pub fn of_shop(shop: Shop, places: &Places, clock: Arc<dyn Clock>) -> Self {
        Self {
            settings: Arc::new(shop.settings),
            definitions: vec![shop.definitions],
            source: Source::Files { path: shop.data },
            // Never a database that happens to be in the environment: it may be somebody's.
            database: Database::Embedded(places.state()),
            cache: places.cache(),
            clock,
            http: HttpSection::default(),
            key: Key::File(places.key()),
            admins: Vec::new(),
            strangers: Strangers::default(),
            platforms: Vec::new(),
        }
    }

    /// The platforms that are open to whoever finds them.
    pub(crate) fn open_platforms(&self) -> Vec<Platform> {
        let open = self.platforms.iter().filter(|section| section.is_open());
        open.map(|section| section.platform()).collect()
    }

    /// Those of them on which strangers are not answered.
    pub(crate) fn reserved(&self) -> Vec<Platform> {
        match self.strangers {
            Strangers::Answer => Vec::new(),
            Strangers::Link => self.open_platforms(),
        }
    }

    fn configured(path: &Path, places: &Places, now: Option<Timestamp>) -> Result<Self, Failure> {
        let config = Config::read(path)?;
        let platforms = config.platforms();
        let admins = config
            .admins
            .admins()
            .map_err(|wrong| Failure::usage(anyhow!("{}: {wrong}", path.display())))?;
        let source = match config.source {
            SourceSection::Files { path: data } => Source::Files {
                path: folder(path, data)?,
            },
            SourceSection::Postgres { url, schema } => Source::Postgres {
                url: address(path, &url)?,
                schema,
            },
            SourceSection::Ballista {
                url,
                path: data,
                partitions,
            } => Source::Ballista {
                url,
                path: folder(path, data)?,
                partitions,
            },
        };
        Ok(Self {
            settings: Arc::new(config.workspace),
            definitions: config.metrics.definitions,
            source,
            database: database(places),
            cache: places.cache(),
            clock: clock(now),
            key: Key::found(places.key()),
            admins,
            strangers: config.people.strangers,
            platforms,
            http: config.http,
        })
    }
}

/// A database's address as given or, for "env:NAME", from the environment.
fn address(config: &Path, given: &SecretString) -> Result<SecretString, Failure> {
    almanac_adapters::secret(given, "[source] url")
        .map_err(|missing| Failure::usage(anyhow!("{}: {missing}", config.display())))
}

/// The folder that a configuration names, if it is one.
fn folder(config: &Path, data: PathBuf) -> Result<PathBuf, Failure> {
    if data.is_dir() {
        return Ok(data);
    }
    let shown = data.display();
    Err(Failure::usage(anyhow!(
        "{}: [source] path {shown} is not a folder: put one CSV or Parquet file per table there",
        config.display()
    )))
}

fn clock(now: Option<Timestamp>) -> Arc<dyn Clock> {
    match now {
        Some(now) => Arc::new(FixedClock(now)),
        None => Arc::new(SystemClock),
    }
}

fn database(places: &Places) -> Database {
    match std::env::var("DATABASE_URL") {
        Ok(url) if !url.is_empty() => Database::Server(url.into()),
        _ => Database::Embedded(places.state()),
    }
}
