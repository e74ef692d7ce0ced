//! Where the shop lives on disk, and when it is made anew.
//!
//! `<dir>/tables/*.parquet` is the data, `<dir>/definitions/*.yml` its metrics. `tables/made_for`
//! says for which last day, size and version of this crate the tables were made; the folder
//! appears whole or not at all.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use almanac_agent_contract::{Settings, TimeZoneName};
use jiff::civil::Date;

use crate::calendar::ZONE;
use crate::{DemoError, definitions, tables};

/// Raised whenever the same day would give other tables.
const VERSION: u32 = 1;
const MARKER: &str = "made_for";

/// The demo shop on disk.
#[derive(Debug, Clone)]
pub struct Shop {
    /// The folder with the tables, one Parquet file each.
    pub data: PathBuf,
    /// The folder with the metric definitions.
    pub definitions: PathBuf,
    /// Zone, locale, currency and country of the shop.
    pub settings: Settings,
    /// Whether the tables were made just now; else they were found.
    pub generated: bool,
}

/// How much of the shop to make. The stories are in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// About 300,000 orders: what `almanac demo` shows.
    #[default]
    Full,
    /// A twentieth of the orders, visits, spend and subscriptions: for tests.
    Small,
}

impl Size {
    const fn scale(self) -> f64 {
        match self {
            Self::Full => 1.0,
            Self::Small => 0.05,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Small => "small",
        }
    }
}

/// The full shop in `dir` with `until` as its last day, found there or made.
///
/// # Errors
/// Where files cannot be written. What was half made has been removed, and what was there before
/// is still there.
pub fn ensure(dir: &Path, until: Date) -> Result<Shop, DemoError> {
    ensure_sized(dir, until, Size::Full)
}

/// The shop of that size in `dir` with `until` as its last day, found there or made. The same day
/// and size give the same bytes. Several processes may ask at once: one makes it.
///
/// # Errors
/// As [`ensure`].
pub fn ensure_sized(dir: &Path, until: Date, size: Size) -> Result<Shop, DemoError> {
    let shop = Shop {
        data: dir.join("tables"),
        definitions: dir.join("definitions"),
        settings: settings()?,
        generated: false,
    };
    let wanted = format!("version {VERSION}\nsize {}\nuntil {until}\n", size.name());
    if is_made(&shop.data, &wanted) && definitions::are_laid_out(&shop.definitions) {
        return Ok(shop);
    }
    let failed = |error| DemoError::files(dir, error);
    fs::create_dir_all(dir).map_err(failed)?;
    let lock = File::create(dir.join(".lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    definitions::lay_out(&shop.definitions).map_err(failed)?;
    let generated = !is_made(&shop.data, &wanted);
    if generated {
        replace(dir, &shop.data, |fresh| {
            tables::write(fresh, until, size.scale())?;
            fs::write(fresh.join(MARKER), &wanted).map_err(failed)
        })
        .map_err(|error| error.of(dir))?;
    }
    Ok(Shop { generated, ..shop })
}

/// The shop's settings: where it is, and how its numbers are written.
///
/// # Errors
/// Where the time zone database lacks the shop's zone.
pub fn settings() -> Result<Settings, DemoError> {
    Ok(Settings {
        name: "Lumen".into(),
        zone: TimeZoneName::new(ZONE)?,
        locale: "en".into(),
        currency: "USD".into(),
        country: Some("BR".into()),
        ..Settings::default()
    })
}

fn is_made(data: &Path, wanted: &str) -> bool {
    fs::read_to_string(data.join(MARKER)).is_ok_and(|found| found == wanted)
}

/// Fills a new folder beside `data` and puts it in its place. Nobody else may write to `dir`.
fn replace(
    dir: &Path,
    data: &Path,
    fill: impl FnOnce(&Path) -> Result<(), DemoError>,
) -> Result<(), DemoError> {
    let failed = |error| DemoError::files(dir, error);
    let fresh = dir.join(".tables-in-the-making");
    let former = dir.join(".tables-of-before");
    remove(&fresh)
        .and_then(|()| remove(&former))
        .map_err(failed)?;
    let replaced = fs::create_dir(&fresh)
        .map_err(failed)
        .and_then(|()| fill(&fresh))
        .and_then(|()| {
            if data.exists() {
                fs::rename(data, &former).map_err(failed)?;
            }
            fs::rename(&fresh, data).map_err(failed)
        });
    // Whatever went wrong first is what the person should hear; the next run removes again.
    drop(remove(&fresh));
    drop(remove(&former));
    replaced
}

fn remove(folder: &Path) -> std::io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
