//! Dates and periods in words. A reader sees "19 Nov 2026", "1–19 Nov 2026", "November 2026",
//! "w/c 9 Nov". Month names are icu's; a period is written with no more than tells it apart.

use almanac_agent_contract::Grain;
use icu::calendar::{Date as IcuDate, Gregorian};
use icu::datetime::FixedCalendarDateTimeFormatter;
use icu::datetime::fieldsets::M;
use icu::locale::Locale;
use jiff::civil::{Date, DateTime};

use crate::locale::DateOrder;
use crate::words::Words;

/// Writes dates for one region.
#[derive(Debug)]
pub(crate) struct Dates {
    order: DateOrder,
    words: &'static Words,
    short_months: Vec<String>,
    long_months: Vec<String>,
}

impl Dates {
    pub(crate) fn new(locale: &Locale, order: DateOrder, words: &'static Words) -> Self {
        Self {
            order,
            words,
            short_months: month_names(locale, M::medium()),
            long_months: month_names(locale, M::long()),
        }
    }

    /// "19 Nov 2026".
    pub(crate) fn date(&self, date: Date) -> String {
        self.join_year(&self.day_month(date), date.year())
    }

    /// "19 Nov 2026, 14:05".
    pub(crate) fn date_time(&self, moment: DateTime) -> String {
        format!(
            "{}, {:02}:{:02}",
            self.date(moment.date()),
            moment.hour(),
            moment.minute()
        )
    }

    /// Both ends included.
    pub(crate) fn range(&self, start: Date, end: Date) -> String {
        let (start, end) = if end < start {
            (end, start)
        } else {
            (start, end)
        };
        if start == end {
            return self.date(start);
        }
        let from_first_to_last =
            start.day() == 1 && end.day() == end.days_in_month() && start.year() == end.year();
        if from_first_to_last && (start.month(), end.month()) == (1, 12) {
            return start.year().to_string();
        }
        if from_first_to_last && start.month() == end.month() {
            return self.month(start, &self.long_months);
        }
        if start.year() != end.year() {
            return format!("{} – {}", self.date(start), self.date(end));
        }
        let within = if start.month() == end.month() {
            let month = name(&self.short_months, start);
            match self.order {
                DateOrder::MonthFirst => format!("{month} {}–{}", start.day(), end.day()),
                DateOrder::DayFirst | DateOrder::DayFirstSpanish => {
                    format!("{}–{} {month}", start.day(), end.day())
                }
                DateOrder::DayFirstPortuguese => {
                    format!("{}–{} de {month}", start.day(), end.day())
                }
            }
        } else {
            format!("{} – {}", self.day_month(start), self.day_month(end))
        };
        self.join_year(&within, start.year())
    }

    /// The bucket of `grain` that begins on `start`, as short as a chart's axis wants it.
    pub(crate) fn bucket(&self, start: Date, grain: Grain) -> String {
        match grain {
            Grain::Hour | Grain::Day => self.day_month(start),
            Grain::Week => format!("{} {}", self.words.week_of, self.day_month(start)),
            Grain::Month => self.month(start, &self.short_months),
            Grain::Quarter => {
                let quarter = format!("{}{}", self.words.quarter, (start.month() + 2) / 3);
                match self.order {
                    DateOrder::DayFirstPortuguese => format!("{quarter} de {}", start.year()),
                    _ => format!("{quarter} {}", start.year()),
                }
            }
            Grain::Year => start.year().to_string(),
        }
    }

    /// The month of that number, from 1.
    pub(crate) fn month_name(&self, number: i64) -> Option<&str> {
        let index = usize::try_from(number - 1).ok()?;
        self.long_months.get(index).map(String::as_str)
    }

    fn day_month(&self, date: Date) -> String {
        let (day, month) = (date.day(), name(&self.short_months, date));
        match self.order {
            DateOrder::MonthFirst => format!("{month} {day}"),
            DateOrder::DayFirst | DateOrder::DayFirstSpanish => format!("{day} {month}"),
            DateOrder::DayFirstPortuguese => format!("{day} de {month}"),
        }
    }

    fn month(&self, date: Date, names: &[String]) -> String {
        let (month, year) = (name(names, date), date.year());
        let long = std::ptr::eq(names, self.long_months.as_slice());
        match self.order {
            DateOrder::DayFirstPortuguese => format!("{month} de {year}"),
            DateOrder::DayFirstSpanish if long => format!("{month} de {year}"),
            _ => format!("{month} {year}"),
        }
    }

    fn join_year(&self, rest: &str, year: i16) -> String {
        match self.order {
            DateOrder::MonthFirst => format!("{rest}, {year}"),
            DateOrder::DayFirst | DateOrder::DayFirstSpanish => format!("{rest} {year}"),
            DateOrder::DayFirstPortuguese => format!("{rest} de {year}"),
        }
    }
}

fn name(names: &[String], date: Date) -> &str {
    let index = usize::from(date.month().unsigned_abs()) - 1;
    names.get(index).map_or("", String::as_str)
}

/// The twelve names; month numbers if icu's compiled data lacked the locale.
fn month_names(locale: &Locale, fields: M) -> Vec<String> {
    let formatter =
        FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale.into(), fields).ok();
    (1..=12)
        .map(|month: u8| {
            let date = IcuDate::try_new_gregorian(2026, month, 1).ok();
            match (&formatter, date) {
                (Some(formatter), Some(date)) => formatter.format(&date).to_string(),
                _ => format!("{month:02}"),
            }
        })
        .collect()
}
