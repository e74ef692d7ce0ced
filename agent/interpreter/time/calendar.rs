//! Arithmetic of whole local days: units, the ones before them, and the same a year ago. The
//! grammar asks it for every range it returns.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::TimeRange;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};

/// A unit of the calendar that people name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A local day.
    Day,
    /// Seven days from the workspace's first day of the week.
    Week,
    /// Days 1 to 15, or 16 to the end of the month.
    Fortnight,
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// Three months counted from the first month of the fiscal year.
    FiscalQuarter,
    /// January to June, or July to December.
    Half,
    /// A calendar year.
    Year,
    /// Twelve months from the first month of the fiscal year.
    FiscalYear,
}

impl Unit {
    /// The grain of a series of such units, where there is one.
    #[must_use]
    pub const fn grain(self) -> Option<Grain> {
        match self {
            Self::Day => Some(Grain::Day),
            Self::Week => Some(Grain::Week),
            Self::Month => Some(Grain::Month),
            Self::Quarter => Some(Grain::Quarter),
            Self::Year => Some(Grain::Year),
            Self::Fortnight | Self::FiscalQuarter | Self::Half | Self::FiscalYear => None,
        }
    }
}

/// A period as it was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// Its days, both ends included.
    pub range: TimeRange,
    /// The unit it is one or more of.
    pub unit: Unit,
    /// It is still running and ends today.
    pub to_date: bool,
    /// It has no first day of its own: it begins with the data. `range.start` is then the day
    /// the calendar says data begins.
    pub from_beginning: bool,
}

/// Today, and how the workspace counts weeks, years and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The asker's date.
    pub today: Date,
    /// The first day of a week.
    pub week_start: Weekday,
    /// The first month of a fiscal year, 1 to 12.
    pub fiscal_start: i8,
    /// Whether 3/4 is 4 March (true) or 3 April.
    pub month_first: bool,
    /// The ISO 3166 country whose holidays count.
    pub country: String,
    /// The first day that can have data; what "until June" begins with.
    pub beginning: Date,
}

impl Calendar {
    /// The calendar of a workspace on the day `today`, with data since `beginning`.
    #[must_use]
    pub fn new(settings: &Settings, today: Date, beginning: Date) -> Self {
        let locale = settings.locale.as_str();
        let region = locale
            .split(['-', '_'])
            .skip(1)
            .find(|part| part.len() == 2);
        let country = settings
            .country
            .as_deref()
            .or(region)
            .unwrap_or(match locale.get(..2) {
                Some("es") => "ES",
                Some("pt") => "PT",
                _ => "US",
            });
        let month_first = locale.get(..2) == Some("en")
            && region.is_none_or(|region| matches!(region, "US" | "PH" | "us" | "ph"));
        Self {
            today,
            week_start: settings.week_start.civil(),
            fiscal_start: settings.fiscal_year_start_month.clamp(1, 12),
            month_first,
            country: country.to_ascii_uppercase(),
            beginning,
        }
    }

    /// The whole unit that contains `date`.
    #[must_use]
    pub fn whole(&self, unit: Unit, date: Date) -> TimeRange {
        let start = self.start_of(unit, date);
        TimeRange {
            start,
            end: self.end_from(unit, start),
        }
    }

    /// The running unit, from its first day through today.
    #[must_use]
    pub fn this(&self, unit: Unit) -> When {
        self.begun(unit, self.whole(unit, self.today))
    }

    /// The whole unit `n` units before the running one.
    #[must_use]
    pub fn back(&self, unit: Unit, n: i32) -> When {
        let start = self.shift(unit, self.start_of(unit, self.today), -n);
        self.begun(
            unit,
            TimeRange {
                start,
                end: self.end_from(unit, start),
            },
        )
    }

    /// The `n` full units before the running one; of days, the `n` days ending yesterday.
    #[must_use]
    pub fn last(&self, unit: Unit, n: i32) -> When {
        let running = self.start_of(unit, self.today);
        let range = TimeRange {
            start: self.shift(unit, running, -n.max(1)),
            end: day(running, -1),
        };
        When {
            range,
            unit,
            to_date: false,
            from_beginning: false,
        }
    }

    /// A period of that unit, cut at today while it is running.
    #[must_use]
    pub fn begun(&self, unit: Unit, range: TimeRange) -> When {
        let running = range.start <= self.today && range.end >= self.today;
        let end = if running { self.today } else { range.end };
        let to_date = running && range.start < range.end;
        When {
            range: TimeRange {
                start: range.start,
                end,
            },
            unit,
            to_date,
            from_beginning: false,
        }
    }

    /// The days before `when` that it is fairly compared with: the unit before a unit, the same
    /// elapsed part for a period to date, else as many days.
    #[must_use]
    pub fn before(&self, when: &When) -> TimeRange {
        let TimeRange { start, end } = when.range;
        let unit = when.unit;
        let elapsed = days_between(start, end);
        if start == self.start_of(unit, start) {
            let earlier = self.shift(unit, start, -1);
            if when.to_date {
                let end = day(earlier, elapsed).min(day(start, -1));
                return TimeRange {
                    start: earlier,
                    end,
                };
            }
            if end == self.end_from(unit, start) {
                return TimeRange {
                    start: earlier,
                    end: day(start, -1),
                };
            }
        }
        TimeRange {
            start: day(start, -1 - elapsed),
            end: day(start, -1),
        }
    }

    /// `date` moved by `n` units; month ends stay month ends where days run out.
    #[must_use]
    pub fn shift(&self, unit: Unit, date: Date, n: i32) -> Date {
        let months = match unit {
            Unit::Day => return day(date, n),
            Unit::Week => return day(date, n.saturating_mul(7)),
            Unit::Fortnight => {
                let halves = month_index(date) * 2 + i32::from(date.day() > 15) + n;
                let month = month_at(halves.div_euclid(2));
                return if halves.rem_euclid(2) == 1 {
                    day(month, 15)
                } else {
                    month
                };
            }
            Unit::Month => 1,
            Unit::Quarter | Unit::FiscalQuarter => 3,
            Unit::Half => 6,
            Unit::Year | Unit::FiscalYear => 12,
        };
        let first = month_at(month_index(date).saturating_add(n.saturating_mul(months)));
        day(first, i32::from(date.day().min(first.days_in_month())) - 1)
    }

    /// The first day of the unit that contains `date`.
    #[must_use]
    pub fn start_of(&self, unit: Unit, date: Date) -> Date {
        let fiscal = i32::from(self.fiscal_start) - 1;
        let aligned = |months: i32, offset: i32| {
            let index = month_index(date) - offset;
            month_at(index.div_euclid(months) * months + offset)
        };
        match unit {
            Unit::Day => date,
            Unit::Week => day(date, -i32::from(date.weekday().since(self.week_start))),
            Unit::Fortnight => day(date.first_of_month(), if date.day() > 15 { 15 } else { 0 }),
            Unit::Month => date.first_of_month(),
            Unit::Quarter => aligned(3, 0),
            Unit::FiscalQuarter => aligned(3, fiscal),
            Unit::Half => aligned(6, 0),
            Unit::Year => aligned(12, 0),
            Unit::FiscalYear => aligned(12, fiscal),
        }
    }

    /// The last day of the unit that begins at `start`.
    #[must_use]
    pub fn end_from(&self, unit: Unit, start: Date) -> Date {
        match unit {
            Unit::Fortnight if start.day() > 15 => start.last_of_month(),
            Unit::Fortnight => day(start, 14),
            _ => day(self.shift(unit, start, 1), -1),
        }
    }

    /// The same dates `n` years later; 29 February meets 28 February.
    #[must_use]
    pub fn years(&self, range: TimeRange, n: i32) -> TimeRange {
        let end = self.shift(Unit::Year, range.end, n);
        TimeRange {
            start: self.shift(Unit::Year, range.start, n),
            end,
        }
    }

    /// The ISO week of that number; `None` where the year has no such week.
    #[must_use]
    pub fn iso_week(&self, year: i16, week: i8) -> Option<TimeRange> {
        let start = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
        Some(TimeRange {
            start,
            end: day(start, 6),
        })
    }

    /// The week of the same ISO number some years before the one that `date` is in. Where that
    /// year has no such week, whole weeks are counted back.
    #[must_use]
    pub fn same_week(&self, date: Date, years: i32) -> TimeRange {
        // The middle of a week lies in the same ISO week whichever day begins it.
        let middle = day(self.start_of(Unit::Week, date), 3);
        let week = middle.iso_week_date();
        let year = i16::try_from(i32::from(week.year()) - years).ok();
        let found = year.and_then(|year| self.iso_week(year, week.week()));
        let middle = found.map_or_else(|| day(middle, -364 * years), |iso| day(iso.start, 3));
        self.whole(Unit::Week, middle)
    }

    /// The fiscal year of that name: of the year it ends in, or of the year it starts in.
    #[must_use]
    pub fn fiscal_year(&self, name: i16, by_start: bool) -> TimeRange {
        let begins = if by_start || self.fiscal_start == 1 {
            name
        } else {
            name - 1
        };
        let start = month_at(i32::from(begins) * 12 + i32::from(self.fiscal_start) - 1);
        TimeRange {
            start,
            end: self.end_from(Unit::FiscalYear, start),
        }
    }
}

/// `date` moved by `n` days, stopping at the ends of what can be written.
#[must_use]
pub(super) fn day(date: Date, n: i32) -> Date {
    let span = Span::new()
        .try_days(i64::from(n))
        .unwrap_or_else(|_| 0.days());
    date.saturating_add(span)
}

/// Days from `start` to `end`.
pub(super) fn days_between(start: Date, end: Date) -> i32 {
    (end - start).get_days()
}

/// The first day of a month counted from the year 0.
pub(super) fn month_at(index: i32) -> Date {
    let index = index.clamp(12, 9998 * 12 + 11);
    let (year, month) = (index.div_euclid(12), index.rem_euclid(12) + 1);
    jiff::civil::date(
        i16::try_from(year).unwrap_or(9998),
        i8::try_from(month).unwrap_or(1),
        1,
    )
}

/// The month of a date, counted from the year 0.
pub(super) fn month_index(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}
