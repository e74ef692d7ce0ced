//! Numbers, dates and lists as one reader writes them. Tools write cards with it, charts their
//! axes: "$1,234,567" for `en`, "1.234.567 €" for `es`, "US$ 1,2 mi" for `pt-BR`.

use std::fmt;
use std::sync::Arc;

use almanac_agent_contract::{Format, Grain, Language, Value};
use icu::list::ListFormatter;
use icu::list::options::ListFormatterOptions;
use jiff::civil::Date;

use crate::dates::Dates;
use crate::digits::Digits;
use crate::locale::Region;
use crate::quantity::{Detail, Quantities};
use crate::words::Words;

/// What is written where there is no number.
const MISSING: &str = "—";

/// Writes for one locale and currency. Clones share their data; build it once and keep it.
///
/// Spaces inside a number ("12 €") do not break a line (U+00A0); negative numbers begin with a
/// minus sign (U+2212). NaN and infinities are written as missing.
#[derive(Clone)]
pub struct Writer(Arc<Inner>);

struct Inner {
    locale: String,
    quantities: Quantities,
    dates: Dates,
    words: &'static Words,
    list: Option<ListFormatter>,
}

impl Writer {
    /// For a BCP 47 locale and an ISO 4217 currency. A locale that is neither English, Spanish
    /// nor Portuguese is written as `en`; an unknown currency by its code.
    #[must_use]
    pub fn new(locale: &str, currency: &str) -> Self {
        let region = Region::new(locale);
        let words = Words::of(region.language);
        let list =
            ListFormatter::try_new_and((&region.words()).into(), ListFormatterOptions::default());
        Self(Arc::new(Inner {
            locale: locale.to_owned(),
            dates: Dates::new(&region.words(), region.date_order(), words),
            words,
            list: list.ok(),
            quantities: Quantities {
                digits: Digits::new(&region.digits()),
                currency: currency.to_ascii_uppercase(),
                region,
            },
        }))
    }

    /// The locale as it was given.
    #[must_use]
    pub fn locale(&self) -> &str {
        &self.0.locale
    }

    /// The language of words written.
    #[must_use]
    pub fn language(&self) -> Language {
        self.0.quantities.region.language
    }

    /// A number in full: "$1,234,567", "1.234,50 €", "3.1%", "1h 04m", "1,234 sessions".
    #[must_use]
    pub fn number(&self, value: f64, format: &Format) -> String {
        self.signed(value, format, Detail::Full)
    }

    /// A number for headlines and axes: "$1.2M", "US$ 1,2 mi", "1,2 M €".
    #[must_use]
    pub fn compact(&self, value: f64, format: &Format) -> String {
        self.signed(value, format, Detail::Compact)
    }

    /// A relative change, 0.123 for "+12.3%".
    #[must_use]
    pub fn change(&self, relative: f64) -> String {
        let text = self.number(relative, &Format::Percent);
        if relative > 0.0 && text.contains(|c: char| ('1'..='9').contains(&c)) {
            return format!("+{text}");
        }
        text
    }

    /// "19 Nov 2026".
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        self.0.dates.date(date)
    }

    /// A period, both ends included: "1–19 Nov 2026", "November 2026", "2026", a single day.
    #[must_use]
    pub fn range(&self, start: Date, end: Date) -> String {
        self.0.dates.range(start, end)
    }

    /// The label of a bucket of time that begins on `start`: "9 Nov", "w/c 9 Nov", "Q4 2026".
    #[must_use]
    pub fn bucket(&self, start: Date, grain: Grain) -> String {
        self.0.dates.bucket(start, grain)
    }

    /// "November": the month of that number, from 1 to 12.
    #[must_use]
    pub fn month(&self, number: i64) -> Option<&str> {
        self.0.dates.month_name(number)
    }

    /// Any value of a table; a missing one is "—". `format` is for numbers.
    #[must_use]
    pub fn value(&self, value: &Value, format: &Format) -> String {
        match value {
            Value::Null => MISSING.to_owned(),
            Value::Boolean(true) => self.0.words.yes.to_owned(),
            Value::Boolean(false) => self.0.words.no.to_owned(),
            Value::Date(date) => self.date(*date),
            Value::DateTime(moment) => self.0.dates.date_time(*moment),
            Value::Text(text) => text.clone(),
            Value::Integer(_) | Value::Float(_) => value
                .number()
                .map_or_else(|| MISSING.to_owned(), |n| self.number(n, format)),
        }
    }

    /// "a, b and c".
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        match &self.0.list {
            Some(list) => list.format(items.iter()).to_string(),
            None => items.join(", "),
        }
    }

    /// A tick of an axis whose ticks are `step` apart.
    pub(crate) fn tick(&self, value: f64, format: &Format, step: f64) -> String {
        self.signed(value, format, Detail::Tick(step))
    }

    pub(crate) fn words(&self) -> &'static Words {
        self.0.words
    }

    fn signed(&self, value: f64, format: &Format, detail: Detail) -> String {
        if !value.is_finite() {
            return MISSING.to_owned();
        }
        let text = self.0.quantities.write(value.abs(), format, detail);
        // What rounds to zero has no sign; the digits are looked at, not the unit after them.
        if value < 0.0 && text.contains(|c: char| ('1'..='9').contains(&c)) {
            return format!("−{text}");
        }
        text
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Writer")
            .field(&self.0.quantities.region)
            .finish()
    }
}
