//! A workspace's settings, as its configuration gives them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

/// A language Almanac reads and writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
    /// Portuguese.
    Pt,
}

impl Language {
    /// "en", "es", "pt".
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Pt => "pt",
        }
    }

    /// The language of a locale ("pt-BR", "es-419", "en"), where it is one of ours.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['-', '_']).next()?;
        [Self::En, Self::Es, Self::Pt]
            .into_iter()
            .find(|it| language.eq_ignore_ascii_case(it.code()))
    }
}

/// The day a week starts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// ISO 8601.
    #[default]
    Monday,
    /// United States, Brazil.
    Sunday,
    /// Much of the Middle East.
    Saturday,
}

impl Weekday {
    /// The same day for `jiff`.
    #[must_use]
    pub fn civil(self) -> civil::Weekday {
        match self {
            Self::Monday => civil::Weekday::Monday,
            Self::Sunday => civil::Weekday::Sunday,
            Self::Saturday => civil::Weekday::Saturday,
        }
    }
}

/// What decides how a workspace's questions are read and its numbers written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The workspace's name.
    pub name: String,
    /// The time zone in which days begin and end.
    pub zone: TimeZoneName,
    /// A BCP 47 locale: "en", "en-GB", "es", "pt-BR".
    #[serde(default = "english")]
    pub locale: String,
    /// The ISO 4217 code in which money is written.
    #[serde(default = "dollars")]
    pub currency: String,
    /// The ISO 3166 country of holidays; the locale's own where absent.
    #[serde(default)]
    pub country: Option<String>,
    /// The day weeks start on.
    #[serde(default)]
    pub week_start: Weekday,
    /// The month fiscal years start in, 1 to 12.
    #[serde(default = "january")]
    pub fiscal_year_start_month: i8,
}

fn english() -> String {
    "en".into()
}

fn dollars() -> String {
    "USD".into()
}

fn january() -> i8 {
    1
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "Almanac".into(),
            zone: TimeZoneName::default(),
            locale: "en".into(),
            currency: "USD".into(),
            country: None,
            week_start: Weekday::Monday,
            fiscal_year_start_month: 1,
        }
    }
}

impl Settings {
    /// The language answers are written in by default.
    #[must_use]
    pub fn language(&self) -> Language {
        Language::of_locale(&self.locale).unwrap_or_default()
    }

    /// The date at `at` in the workspace's zone.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.zone().clone()).date()
    }
}

/// An IANA time zone that is known to exist.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeZoneName(TimeZone);

impl TimeZoneName {
    /// Looks the zone up in the time zone database.
    ///
    /// # Errors
    /// Where the database has no such zone.
    pub fn new(name: &str) -> Result<Self, jiff::Error> {
        TimeZone::get(name).map(Self)
    }

    /// The zone itself.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.0
    }

    /// Its IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }
}

impl Default for TimeZoneName {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

impl Serialize for TimeZoneName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for TimeZoneName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::new(&name).map_err(|_| {
            serde::de::Error::custom(format!(
                "\"{name}\" is not an IANA time zone such as \"Europe/Madrid\""
            ))
        })
    }
}
