//! Who buys. Accounts are opened before the shop's first day and on every day since; a few
//! customers order often, most seldom.

use crate::calendar::{Calendar, Day};
use crate::channels::CHANNELS;
use crate::countries::{COUNTRIES, city_weights};
use crate::draws::{Draws, Weights};
use crate::sheet::Sheet;

static SEGMENTS: [(&str, f64); 3] = [("consumer", 0.86), ("business", 0.09), ("vip", 0.05)];

/// Accounts opened before the first day.
const EARLIER: f64 = 8_800.0;
/// How far back the earliest of them lies, in days.
const EARLIER_DAYS: f64 = 1_000.0;
/// The share of them that has bought before.
const EARLIER_BUYERS: f64 = 0.85;

/// An account.
#[derive(Debug)]
pub(crate) struct Customer {
    country: u8,
    city: u8,
    segment: u8,
    channel: u8,
    /// Days since 1970-01-01.
    pub(crate) signed_up: i32,
    /// How gladly it orders again, 0 to 1.
    loyalty: f64,
    /// Whether it has a paid order.
    pub(crate) bought: bool,
}

/// All accounts, the oldest first; a customer's id is its place, counted from 1.
pub(crate) struct Customers {
    pub(crate) all: Vec<Customer>,
    by_country: [Vec<u32>; COUNTRIES.len()],
    weights: AccountWeights,
}

struct AccountWeights {
    countries: Weights,
    channels: Weights,
    cities: Weights,
    segments: Weights,
}

impl Customers {
    /// The accounts there are before the first day.
    pub(crate) fn before(calendar: &Calendar, scale: f64, draws: &mut Draws) -> Self {
        let mut customers = Self {
            all: Vec::new(),
            by_country: Default::default(),
            weights: AccountWeights {
                countries: Weights::new(COUNTRIES.iter().map(|country| country.share)),
                channels: Weights::new(CHANNELS.iter().map(|channel| channel.share)),
                cities: city_weights(),
                segments: Weights::new(SEGMENTS.iter().map(|(_, share)| *share)),
            },
        };
        let first = calendar.days()[0].epoch;
        let count = (EARLIER * scale).round() as usize;
        let mut signups: Vec<i32> = (0..count)
            .map(|_| first - 1 - (EARLIER_DAYS * draws.unit().powf(1.4)) as i32)
            .collect();
        signups.sort_unstable();
        for day in signups {
            let id = customers.open_any(day, draws);
            customers.all[id].bought = draws.chance(EARLIER_BUYERS);
        }
        customers
    }

    /// Opens an account that only looks around, and gives its place.
    pub(crate) fn open_any(&mut self, day: i32, draws: &mut Draws) -> usize {
        let country = draws.pick(&self.weights.countries);
        let channel = draws.pick(&self.weights.channels);
        self.open(country, channel, day, draws)
    }

    /// Opens an account and gives its place.
    pub(crate) fn open(
        &mut self,
        country: usize,
        channel: usize,
        day: i32,
        draws: &mut Draws,
    ) -> usize {
        let segment = draws.pick(&self.weights.segments);
        let loyalty = match SEGMENTS[segment].0 {
            "vip" => 1.0,
            "business" => 0.7,
            _ => 0.04 + 0.9 * draws.unit().powi(3),
        };
        let place = self.all.len();
        self.all.push(Customer {
            country: country as u8,
            city: draws.pick(&self.weights.cities) as u8,
            segment: segment as u8,
            channel: channel as u8,
            signed_up: day,
            loyalty,
            bought: false,
        });
        self.by_country[country].push(place as u32);
        place
    }

    /// Someone of that country who orders again; the younger an account, the likelier.
    pub(crate) fn again(&self, country: usize, draws: &mut Draws) -> Option<usize> {
        const TRIES: usize = 6;
        let there = &self.by_country[country];
        let mut found = None;
        for _ in 0..TRIES {
            let place = (there.len() as f64 * draws.unit().powf(0.8)) as usize;
            found = there.get(place).map(|&id| id as usize);
            if found.is_some_and(|id| draws.chance(self.all[id].loyalty)) {
                break;
            }
        }
        found
    }

    /// How many accounts there were at the end of a day.
    pub(crate) fn known_by(&self, day: &Day) -> usize {
        self.all
            .partition_point(|customer| customer.signed_up <= day.epoch)
    }

    pub(crate) fn sheet(&self) -> Sheet<'_, Customer> {
        Sheet::of("customers", &self.all)
            .count_from("customer_id", 1)
            .date("signed_up_on", |customer| customer.signed_up)
            .text("country", |customer| {
                COUNTRIES[customer.country as usize].code
            })
            .text("city", |customer| {
                COUNTRIES[customer.country as usize].cities[customer.city as usize]
            })
            .text("segment", |customer| SEGMENTS[customer.segment as usize].0)
            .text("acquisition_channel", |customer| {
                CHANNELS[customer.channel as usize].name
            })
    }
}
