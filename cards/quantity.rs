//! How many digits a number deserves. A reader sees "$1,234,567", "$4.99", "3.1%", "1,234 sessions",
//! and on an axis "$1.2M". [`Writer`](crate::Writer) adds the sign; here all numbers are magnitudes.

use almanac_agent_contract::Format;

use crate::currency;
use crate::digits::{Digits, places_below_one, rounded};
use crate::duration;
use crate::locale::{NBSP, Region, SymbolPlace};

/// From here on a number is shortened even where the full one was asked for.
const TOO_LONG: f64 = 1e15;
/// Below this, anything but zero is written as a power of ten.
const TOO_SMALL: f64 = 1e-9;
/// From here on money is written without cents.
const NO_CENTS: f64 = 10_000.0;

/// How much of a number is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Detail {
    /// All that means something.
    Full,
    /// As short as a headline wants it.
    Compact,
    /// Just enough to tell the ticks of an axis apart, which are this far from each other.
    Tick(f64),
}

/// Writes magnitudes of any format for one region.
#[derive(Debug)]
pub(crate) struct Quantities {
    pub(crate) region: Region,
    pub(crate) currency: String,
    pub(crate) digits: Digits,
}

impl Quantities {
    /// A finite number that is not negative.
    pub(crate) fn write(&self, magnitude: f64, format: &Format, detail: Detail) -> String {
        match format {
            Format::Number => self.plain(magnitude, detail),
            Format::Unit(unit) => match (detail, unit.is_empty()) {
                (Detail::Tick(_), _) | (_, true) => self.plain(magnitude, detail),
                _ => format!("{}{NBSP}{unit}", self.plain(magnitude, detail)),
            },
            Format::Percent => self.percent(magnitude, detail),
            Format::Currency(code) => {
                self.money(magnitude, code.as_deref().unwrap_or(&self.currency), detail)
            }
            Format::Duration => duration::write(
                magnitude,
                &self.digits,
                self.region.language,
                detail == Detail::Full,
            ),
        }
    }

    fn plain(&self, magnitude: f64, detail: Detail) -> String {
        if magnitude > 0.0 && magnitude < TOO_SMALL {
            return self.digits.scientific(magnitude);
        }
        if detail != Detail::Full || magnitude >= TOO_LONG {
            return self.shortened(magnitude, detail);
        }
        let places = match magnitude {
            m if m >= 1000.0 => 0,
            m if m >= 100.0 => 1,
            m if m >= 1.0 => 2,
            m => places_below_one(m, 3),
        };
        self.digits.write(magnitude, 0, places)
    }

    /// Divided by the largest fitting power of ten, with that power's name.
    fn shortened(&self, magnitude: f64, detail: Detail) -> String {
        if magnitude >= 1e18 {
            return self.digits.scientific(magnitude);
        }
        let magnitudes = self.region.magnitudes();
        let fits = |power: i32| magnitude >= 10_f64.powi(power);
        let mut index = magnitudes.iter().rposition(|(power, _)| fits(*power));
        loop {
            let (power, name) = index.map_or((0, ""), |i| magnitudes[i]);
            let scale = 10_f64.powi(power);
            let places = short_places(magnitude / scale, scale, detail);
            let next = index.map_or(0, |i| i + 1);
            // 999,960 rounds to 1000.0K: that is 1M.
            let rolls_over = magnitudes.get(next).is_some_and(|(power, _)| {
                rounded(magnitude / scale, places) * scale >= 10_f64.powi(*power)
            });
            if !rolls_over {
                return format!("{}{name}", self.digits.write(magnitude / scale, 0, places));
            }
            index = Some(next);
        }
    }

    fn percent(&self, magnitude: f64, detail: Detail) -> String {
        let hundredths = magnitude * 100.0;
        let beyond = hundredths >= TOO_LONG || (hundredths > 0.0 && hundredths < TOO_SMALL);
        let text = if beyond {
            self.digits.scientific(hundredths)
        } else {
            let places = match detail {
                Detail::Tick(step) => tick_places(step * 100.0),
                _ if hundredths >= 100.0 => 0,
                _ if hundredths >= 1.0 => 1,
                _ => places_below_one(hundredths, 2),
            };
            self.digits.write(hundredths, 0, places)
        };
        format!("{text}{}%", self.region.percent_gap())
    }

    fn money(&self, magnitude: f64, code: &str, detail: Detail) -> String {
        let number = self.amount(magnitude, currency::decimals(code), detail);
        let symbol = currency::symbol(code, &self.region);
        match self.region.symbol_place(symbol) {
            SymbolPlace::Before => format!("{symbol}{number}"),
            SymbolPlace::BeforeSpaced => format!("{symbol}{NBSP}{number}"),
            SymbolPlace::After => format!("{number}{NBSP}{symbol}"),
        }
    }

    fn amount(&self, magnitude: f64, cents: u8, detail: Detail) -> String {
        let smallest = 10_f64.powi(-i32::from(cents));
        let long = magnitude >= TOO_LONG || (magnitude > 0.0 && magnitude < TOO_SMALL);
        match detail {
            _ if magnitude > 0.0 && magnitude < smallest && !long => {
                self.digits
                    .write(magnitude, 0, places_below_one(magnitude, 2))
            }
            Detail::Full if !long => {
                let whole = rounded(magnitude, cents).fract() == 0.0;
                let shown = magnitude < 1000.0 && magnitude > 0.0 || !whole && magnitude < NO_CENTS;
                let cents = if shown { cents } else { 0 };
                self.digits.write(magnitude, cents, cents)
            }
            Detail::Compact if magnitude < 100.0 && !long => {
                let whole = rounded(magnitude, cents).fract() == 0.0;
                let cents = if whole { 0 } else { cents };
                self.digits.write(magnitude, cents, cents)
            }
            _ => self.plain(
                magnitude,
                if detail == Detail::Full {
                    Detail::Compact
                } else {
                    detail
                },
            ),
        }
    }
}

/// Decimals of a shortened number `scaled`, that is the number divided by `scale`.
fn short_places(scaled: f64, scale: f64, detail: Detail) -> u8 {
    match detail {
        Detail::Tick(step) => tick_places(step / scale),
        _ if scaled >= 100.0 => 0,
        _ if scaled >= 1.0 => 1,
        _ => places_below_one(scaled, 2),
    }
}

/// The decimals that tell multiples of `step` apart.
fn tick_places(step: f64) -> u8 {
    let whole = |places: &u8| {
        let scaled = step * 10_f64.powi(i32::from(*places));
        (scaled - scaled.round()).abs() <= scaled.abs() * 1e-6
    };
    (0..=12).find(whole).unwrap_or(2)
}
