//! What a unit of each currency was worth in USD on each day: a slow random walk that keeps near
//! its usual level.

use crate::calendar::Calendar;
use crate::countries::COUNTRIES;
use crate::draws::{Draws, Stream};
use crate::sheet::Sheet;

/// Currency, usual rate in USD, and how much it moves a day.
static CURRENCIES: [(&str, f64, f64); 4] = [
    ("BRL", 0.185, 0.007),
    ("MXN", 0.0545, 0.006),
    ("USD", 1.0, 0.0),
    ("EUR", 1.1, 0.004),
];

const PULL: f64 = 0.015;

/// A row of `fx_rates`.
#[derive(Debug)]
pub(crate) struct Rate {
    day: i32,
    currency: &'static str,
    usd: f64,
}

/// All rates: for every day one per currency.
#[derive(Debug)]
pub(crate) struct Rates(Vec<Rate>);

impl Rates {
    pub(crate) fn draw(calendar: &Calendar) -> Self {
        let mut draws = Draws::of(Stream::Rates);
        let mut away = [0.0; CURRENCIES.len()];
        let mut rates = Vec::with_capacity(calendar.days().len() * CURRENCIES.len());
        for day in calendar.days() {
            for ((currency, usual, swing), away) in CURRENCIES.iter().zip(&mut away) {
                *away += swing * draws.normal() - PULL * *away;
                let usd = (usual * f64::exp(*away) * 1e6).round() / 1e6;
                rates.push(Rate {
                    day: day.epoch,
                    currency,
                    usd,
                });
            }
        }
        Self(rates)
    }

    /// USD for one unit of the country's currency on the `index`-th day.
    pub(crate) fn usd(&self, index: usize, country: usize) -> f64 {
        let currency = COUNTRIES[country].currency;
        let place = CURRENCIES
            .iter()
            .position(|(code, ..)| *code == currency)
            .unwrap_or(0);
        self.0[index * CURRENCIES.len() + place].usd
    }

    pub(crate) fn sheet(&self) -> Sheet<'_, Rate> {
        Sheet::of("fx_rates", &self.0)
            .date("quoted_on", |rate| rate.day)
            .text("currency", |rate| rate.currency)
            .number("usd_rate", |rate| rate.usd)
    }
}
