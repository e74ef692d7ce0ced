//! The days of the shop: which there are, where each begins, how far it is from the last.

use almanac_agent_contract::TimeZoneName;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::DemoError;
use crate::stories::Window;

/// The zone the shop lives in.
pub(crate) const ZONE: &str = "America/Sao_Paulo";

const MONTHS: i32 = 25;
const DAYS_PER_YEAR: f64 = 365.25;

/// The days from the first of the month 25 months back to the last day, both included.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    days: Vec<Day>,
}

/// A local day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day {
    pub(crate) date: Date,
    /// Days since 1970-01-01.
    pub(crate) epoch: i32,
    /// Unix seconds at which it begins in the shop's zone.
    pub(crate) start: i64,
    /// Years since the shop's first day.
    pub(crate) years: f64,
    /// Days until the shop's last day.
    pub(crate) left: u32,
}

impl Calendar {
    pub(crate) fn until(until: Date) -> Result<Self, DemoError> {
        if !(1990..=2200).contains(&until.year()) {
            return Err(DemoError::Day { until });
        }
        let zone = TimeZoneName::new(ZONE)?;
        let first = until.checked_sub(MONTHS.months())?.first_of_month();
        let mut days = Vec::with_capacity(800);
        for (index, date) in first
            .series(1.day())
            .take_while(|day| *day <= until)
            .enumerate()
        {
            days.push(Day {
                date,
                epoch: epoch_day(date),
                start: date.to_zoned(zone.zone().clone())?.timestamp().as_second(),
                years: index as f64 / DAYS_PER_YEAR,
                left: (until - date).get_days().unsigned_abs(),
            });
        }
        Ok(Self { days })
    }

    pub(crate) fn days(&self) -> &[Day] {
        &self.days
    }

    /// The last day.
    pub(crate) fn last(&self) -> Day {
        self.days[self.days.len() - 1]
    }
}

impl Day {
    pub(crate) fn within(&self, window: Window) -> bool {
        self.left <= window.from && self.left >= window.to
    }
}

/// Days since 1970-01-01, as Parquet writes dates.
pub(crate) fn epoch_day(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}
