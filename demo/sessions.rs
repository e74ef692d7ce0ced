//! Visits, as web analytics counts them: one row per day, channel, device and country that had
//! any. While the tracking is down there are no rows at all.

use crate::calendar::Day;
use crate::channels::{CHANNELS, Channel, DEVICES, Device, ORGANIC};
use crate::countries::{COUNTRIES, Country};
use crate::draws::{Draws, Stream};
use crate::orders::{Book, World};
use crate::seasons;
use crate::sheet::Sheet;
use crate::stories;

/// How much better visits convert every year.
const CONVERSION_GROWTH: f64 = 0.05;
/// Visits that fill a cart and order nothing.
const IDLE_CARTS: f64 = 0.072;

/// A row of `sessions`.
#[derive(Debug)]
pub(crate) struct Visits {
    day: i32,
    channel: &'static str,
    device: &'static str,
    country: &'static str,
    sessions: u32,
    bounces: u32,
    add_to_carts: u32,
    conversions: u32,
    seconds: u32,
}

/// All rows, by day.
pub(crate) fn draw(world: &World, book: &Book) -> Vec<Visits> {
    let mut draws = Draws::of(Stream::Sessions);
    let mut rows = Vec::new();
    for (day, traffic) in world.calendar.days().iter().zip(&book.traffic) {
        for (channel, devices) in CHANNELS.iter().zip(&traffic.tracked) {
            for (device, countries) in DEVICES.iter().zip(devices) {
                for (place, country) in COUNTRIES.iter().enumerate() {
                    let cell = Cell {
                        day,
                        channel,
                        device,
                        country,
                    };
                    let visits = cell.visits(traffic.expected[place], countries[place], &mut draws);
                    if visits.sessions > 0 && !day.within(stories::TRACKING_GAP) {
                        rows.push(visits);
                    }
                }
            }
        }
    }
    rows
}

/// The rows as a table.
pub(crate) fn sheet(rows: &[Visits]) -> Sheet<'_, Visits> {
    Sheet::of("sessions", rows)
        .date("visited_on", |row| row.day)
        .text("channel", |row| row.channel)
        .text("device", |row| row.device)
        .text("country", |row| row.country)
        .int("sessions", |row| i64::from(row.sessions))
        .int("bounces", |row| i64::from(row.bounces))
        .int("add_to_carts", |row| i64::from(row.add_to_carts))
        .int("conversions", |row| i64::from(row.conversions))
        .int("total_seconds", |row| i64::from(row.seconds))
}

struct Cell<'a> {
    day: &'a Day,
    channel: &'a Channel,
    device: &'a Device,
    country: &'a Country,
}

impl Cell<'_> {
    /// `expected` orders of the country that day, and the `tracked` ones of this cell.
    fn visits(&self, expected: f64, tracked: u16, draws: &mut Draws) -> Visits {
        let orders = expected * self.channel.share * self.device.share * self.organic();
        let mean = orders / self.conversion() * draws.noise(0.05);
        let conversions = u32::from(tracked);
        let sessions = draws.poisson(mean).max(conversions);
        let idle = sessions - conversions;
        let bounces = part(idle, self.channel.bounce * draws.noise(0.03));
        let stayed = sessions - bounces;
        Visits {
            day: self.day.epoch,
            channel: self.channel.name,
            device: self.device.name,
            country: self.country.code,
            sessions,
            bounces,
            add_to_carts: conversions + part(idle - bounces, IDLE_CARTS * 1.7 * draws.noise(0.05)),
            conversions,
            seconds: (f64::from(stayed) * 214.0 * draws.noise(0.08)) as u32 + bounces * 9,
        }
    }

    fn organic(&self) -> f64 {
        if self.channel.name == CHANNELS[ORGANIC].name {
            stories::organic(self.day.left)
        } else {
            1.0
        }
    }

    fn conversion(&self) -> f64 {
        self.channel.conversion
            * self.device.conversion
            * self.country.conversion
            * (1.0 + CONVERSION_GROWTH).powf(self.day.years)
            * seasons::urgency(self.day.date)
    }
}

fn part(whole: u32, share: f64) -> u32 {
    (f64::from(whole) * share.clamp(0.0, 1.0)).round() as u32
}
