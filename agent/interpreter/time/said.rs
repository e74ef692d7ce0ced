//! A phrase of time as it was said, before any calendar: the grammar builds it, `resolve` asks a
//! calendar which days it means.

use jiff::civil::Weekday;

use super::Unit;
use super::holidays::Holiday;

/// The year of something that comes every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// Not said: the latest that has begun.
    Unsaid,
    /// "last November": the latest that is over.
    Past,
    /// So many years before the running one.
    Back(i32),
    /// In four digits.
    Number(i16),
    /// A fiscal year; true where it is named by the year it starts in.
    Fiscal(i16, bool),
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// So many days before today.
    DaysBack(i32),
    /// The running unit, to date.
    Running(Unit),
    /// The whole unit so many before the running one.
    Back(Unit, i32),
    /// So many full units before the running one.
    Trailing(Unit, i32),
    /// "12 months ending October": so many units that end with it.
    Ending(Unit, i32, Box<Said>),
    /// As many days as hold so many business days before today.
    Workdays(i32),
    /// "this month last year": the running unit's namesake so many years ago.
    Namesake(Unit, i32),
    /// "YTD last year": as much of the namesake as has passed of the running unit.
    Elapsed(Unit, i32),
    /// "a year ago today": that date.
    DateBack(Unit, i32),
    /// A month of a year.
    Month(i8, Year),
    /// The nth quarter or half of a year.
    Part {
        unit: Unit,
        nth: i32,
        fiscal: bool,
        year: Year,
    },
    /// A calendar year.
    CalendarYear(i16),
    /// A fiscal year; true where it is named by the year it starts in.
    FiscalYear(i16, bool),
    /// An ISO week.
    Week(i8, Year),
    /// A day of a month, and the weekday it was said to be.
    Date {
        month: i8,
        day: i8,
        year: Year,
        weekday: Option<Weekday>,
    },
    /// A date in digits whose order the calendar knows.
    Digits(i8, i8, Year),
    /// The latest day of that number, and the weekday it was said to be.
    DayOfMonth(i8, Option<Weekday>),
    /// The nth latest such weekday before today.
    Weekday(Weekday, i32),
    /// The weekday of the week so many before the running one.
    WeekdayOf(Weekday, i32),
    /// The nth latest weekend that has begun; true where it must be over.
    Weekend(i32, bool),
    /// The weekend of the week that a day lies in.
    WeekendOf(Box<Said>),
    /// A holiday of a year.
    Holiday(Holiday, Year),
    /// The nth latest such holiday.
    HolidayBack(Holiday, i32),
    /// "first two weeks of May", counted from the end where `nth` is below zero.
    Piece {
        nth: i32,
        count: i32,
        unit: Unit,
        of: Box<Said>,
    },
    /// "first Monday of May"; from the end where `nth` is below zero.
    NthWeekday {
        nth: i32,
        weekday: Weekday,
        of: Box<Said>,
    },
    /// The last day of it (true), or the first.
    Edge(bool, Box<Said>),
    /// The week that a day lies in.
    WeekOf(Box<Said>),
    /// The day before (-1) or after (1).
    Beside(i32, Box<Said>),
    /// Its first day through today.
    Since(Box<Said>),
    /// The day after it through today.
    After(Box<Said>),
    /// From the beginning of the data through its last day.
    Until(Box<Said>),
    /// From the beginning of the data through the day before it.
    Before(Box<Said>),
    /// From the first day of one through the last of the other.
    Between(Box<Said>, Box<Said>),
    /// What has not begun.
    Future,
    /// Said in time, but not clear enough to answer: "the week before Christmas".
    Unclear,
}

impl Said {
    /// The same of another year, where it is of a year.
    pub(super) fn of_year(&self, of: Year) -> Option<Self> {
        let mut other = self.clone();
        match &mut other {
            Self::Month(_, year)
            | Self::Part { year, .. }
            | Self::Week(_, year)
            | Self::Date { year, .. }
            | Self::Digits(_, _, year)
            | Self::Holiday(_, year) => *year = of,
            _ => return None,
        }
        Some(other)
    }

    /// The year it was said to be of; `None` for what belongs to no year.
    pub(super) const fn year(&self) -> Option<Year> {
        match self {
            Self::Month(_, year)
            | Self::Part { year, .. }
            | Self::Week(_, year)
            | Self::Date { year, .. }
            | Self::Digits(_, _, year)
            | Self::Holiday(_, year) => Some(*year),
            _ => None,
        }
    }
}
