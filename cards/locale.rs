//! What the languages and regions differ in, beyond what icu knows: where the currency stands,
//! how large numbers are shortened. [`Writer`](crate::Writer) asks; a reader sees "US$ 1,2 mi" or
//! "$1.2M". The patterns are CLDR's for English, Spanish and Portuguese.

use almanac_agent_contract::Language;
use icu::locale::Locale;

/// The space that does not break a line.
pub(crate) const NBSP: char = '\u{a0}';

/// Where a currency's symbol stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SymbolPlace {
    /// "$12".
    Before,
    /// "R$ 12".
    BeforeSpaced,
    /// "12 €".
    After,
}

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateOrder {
    /// "19 Nov 2026".
    DayFirst,
    /// "Nov 19, 2026".
    MonthFirst,
    /// "19 nov 2026".
    DayFirstSpanish,
    /// "19 de nov. de 2026".
    DayFirstPortuguese,
}

/// A power of ten and what is written after a number divided by it.
pub(crate) type Magnitude = (i32, &'static str);

/// A reader's language and region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Region {
    /// The language.
    pub(crate) language: Language,
    /// ISO 3166 or UN M.49, upper case; empty where none was given.
    pub(crate) code: String,
}

impl Region {
    /// Reads a BCP 47 locale; any language but Spanish and Portuguese is read as English.
    pub(crate) fn new(locale: &str) -> Self {
        let Ok(locale) = locale.replace('_', "-").parse::<Locale>() else {
            return Self {
                language: Language::En,
                code: String::new(),
            };
        };
        let language = match locale.id.language.as_str() {
            "es" => Language::Es,
            "pt" => Language::Pt,
            "en" => Language::En,
            _ => {
                return Self {
                    language: Language::En,
                    code: String::new(),
                };
            }
        };
        let code = locale
            .id
            .region
            .map(|region| region.as_str().to_owned())
            .unwrap_or_default();
        Self { language, code }
    }

    /// The locale whose digits, marks and grouping icu writes.
    pub(crate) fn digits(&self) -> Locale {
        // icu leaves four-digit numbers ungrouped in Spain ("1234"), which makes columns of
        // amounts hard to read; Argentina has the same marks and groups them.
        if self.european_spanish() {
            return icu::locale::locale!("es-AR");
        }
        self.tagged()
    }

    /// The locale whose month names and lists are used.
    pub(crate) fn words(&self) -> Locale {
        match (self.language, self.code.as_str()) {
            (Language::En, "US") => icu::locale::locale!("en-US"),
            // "a, b and c", as in every English but that of the United States.
            (Language::En, _) => icu::locale::locale!("en-001"),
            _ => self.tagged(),
        }
    }

    /// Where this reader expects a currency's symbol.
    pub(crate) fn symbol_place(&self, symbol: &str) -> SymbolPlace {
        let code = symbol.chars().all(|c| c.is_ascii_alphabetic());
        match self.language {
            Language::En if code => SymbolPlace::BeforeSpaced,
            Language::En => SymbolPlace::Before,
            Language::Es if self.european_spanish() => SymbolPlace::After,
            Language::Es if code => SymbolPlace::BeforeSpaced,
            Language::Es => match self.code.as_str() {
                "AR" | "CO" | "UY" | "PE" | "PY" => SymbolPlace::BeforeSpaced,
                _ => SymbolPlace::Before,
            },
            Language::Pt if self.brazilian() => SymbolPlace::BeforeSpaced,
            Language::Pt => SymbolPlace::After,
        }
    }

    /// What stands between a number and "%".
    pub(crate) fn percent_gap(&self) -> &'static str {
        if self.european_spanish() {
            "\u{a0}"
        } else {
            ""
        }
    }

    /// How large numbers are shortened, smallest first.
    pub(crate) fn magnitudes(&self) -> &'static [Magnitude] {
        match (self.language, self.code.as_str()) {
            (Language::En, "GB") => &[(3, "k"), (6, "m"), (9, "bn"), (12, "tn")],
            (Language::En, "IN") => &[(3, "K"), (5, "L"), (7, "Cr")],
            (Language::En, _) => &[(3, "K"), (6, "M"), (9, "B"), (12, "T")],
            (Language::Es, "" | "ES") => &[(3, "\u{a0}mil"), (6, "\u{a0}M"), (12, "\u{a0}B")],
            (Language::Es, _) => &[(3, "\u{a0}k"), (6, "\u{a0}M"), (12, "\u{a0}B")],
            (Language::Pt, "" | "BR") => &[
                (3, "\u{a0}mil"),
                (6, "\u{a0}mi"),
                (9, "\u{a0}bi"),
                (12, "\u{a0}tri"),
            ],
            (Language::Pt, _) => &[
                (3, "\u{a0}mil"),
                (6, "\u{a0}M"),
                (9, "\u{a0}mM"),
                (12, "\u{a0}Bi"),
            ],
        }
    }

    /// The order of a date's parts.
    pub(crate) fn date_order(&self) -> DateOrder {
        match (self.language, self.code.as_str()) {
            (Language::En, "US" | "CA") => DateOrder::MonthFirst,
            (Language::En, _) => DateOrder::DayFirst,
            (Language::Es, _) => DateOrder::DayFirstSpanish,
            (Language::Pt, _) => DateOrder::DayFirstPortuguese,
        }
    }

    fn european_spanish(&self) -> bool {
        self.language == Language::Es && matches!(self.code.as_str(), "" | "ES")
    }

    fn brazilian(&self) -> bool {
        self.language == Language::Pt && matches!(self.code.as_str(), "" | "BR")
    }

    fn tagged(&self) -> Locale {
        let language = match self.language {
            Language::En => "en",
            Language::Es => "es",
            Language::Pt => "pt",
        };
        let tag = if self.code.is_empty() {
            language.to_owned()
        } else {
            format!("{language}-{}", self.code)
        };
        tag.parse().unwrap_or(icu::locale::locale!("en"))
    }
}
