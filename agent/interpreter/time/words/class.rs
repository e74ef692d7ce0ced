//! What a word of time may be. A word may be several things; the grammar takes the one that fits.

use almanac_agent_contract::Grain;
use jiff::civil::Weekday;

use super::super::Unit;
use super::super::holidays::Holiday;

/// A part of dates that rows are grouped by, over many periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// 1 (Monday) to 7.
    DayOfWeek,
    /// 0 to 23.
    HourOfDay,
    /// 1 to 31.
    DayOfMonth,
    /// 1 to 12.
    MonthOfYear,
    /// 1 to 4.
    QuarterOfYear,
}

/// A set of weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(u8);

impl Days {
    /// Monday to Friday.
    pub const WORKDAYS: Self = Self(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: Self = Self(0b110_0000);

    /// One weekday.
    #[must_use]
    pub const fn one(day: Weekday) -> Self {
        Self(match day {
            Weekday::Monday => 1,
            Weekday::Tuesday => 1 << 1,
            Weekday::Wednesday => 1 << 2,
            Weekday::Thursday => 1 << 3,
            Weekday::Friday => 1 << 4,
            Weekday::Saturday => 1 << 5,
            Weekday::Sunday => 1 << 6,
        })
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the weekday is one of them.
    #[must_use]
    pub const fn contains(self, day: Weekday) -> bool {
        self.0 & Self::one(day).0 != 0
    }

    /// Their ISO numbers, 1 (Monday) to 7, ascending.
    pub fn numbers(self) -> impl Iterator<Item = i8> {
        (1..=7).filter(move |n| self.0 & (1 << (n - 1)) != 0)
    }

    /// The only weekday of the set.
    pub(in super::super) fn only(self) -> Option<Weekday> {
        let mut numbers = self.numbers();
        let first = numbers.next()?;
        let alone = numbers.next().is_none();
        Weekday::from_monday_one_offset(first)
            .ok()
            .filter(|_| alone)
    }
}

/// What a word or a fixed phrase may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Class {
    /// "week", "meses".
    Unit(Unit),
    /// "hours".
    Hours,
    /// "minutes", "segundos": units that nothing is made of.
    Minutes,
    /// A unit that nothing is divided by: "biweekly", "semestral".
    OddGrain,
    /// A number in up to four digits.
    Digits(i32),
    /// A number in digits that counts something, as after "top": no day of a month.
    Counted(i32),
    /// 1 to 29 in words.
    Ones(i32),
    /// 20 to 90 in words.
    Tens(i32),
    /// 100 to 900 in one word.
    Hundreds(i32),
    /// "hundred".
    Hundred,
    /// "a", "an": one, before "ago".
    One,
    /// "half a year": six months.
    HalfYear,
    /// "third", "3rd", "tercer".
    Ordinal(i32),
    /// A year in four digits.
    Year(i16),
    /// A month's name.
    Month(i8),
    /// A month's abbreviation that is a word of its own: "set", "mar", "ago".
    MonthNear(i8),
    /// A month's name that is a word of its own: "may", "marco".
    MonthWord(i8),
    /// A weekday's name.
    Weekday(Weekday),
    /// A weekday's abbreviation or name that is a word of its own: "sun", "segunda".
    WeekdayNear(Weekday),
    /// "mondays", "los lunes", "weekends".
    Weekdays(Days),
    /// "last", "previous", "ultimo": the one before, in front of its name.
    Last,
    /// "pasado", "anterior": after its name.
    LastAfter,
    /// "before last", "retrasado".
    BeforeLast,
    /// "working day", "dia util".
    Workday,
    /// "rest", "resto".
    Rest,
    /// "middle", "mediados".
    Middle,
    /// "few", "varios", "recent".
    Few,
    /// "and a half", "y medio".
    AndHalf,
    /// "best", "peor".
    Superlative,
    /// "rolling", "moviles".
    Rolling,
    /// "full", "completos".
    Full,
    /// "this", "neste".
    This,
    /// "actual", "en curso": after its name.
    ThisAfter,
    /// "next", "proximo".
    Next,
    /// "que viene": after its name.
    NextAfter,
    /// "tomorrow".
    Tomorrow,
    /// Today (0), yesterday (1).
    DayBack(i32),
    /// "ago", "atras".
    Ago,
    /// "hace", "ha".
    AgoBefore,
    /// "the", "el", "os".
    Article,
    /// "of", "de", "do".
    Of,
    /// "in", "en", "na", "on".
    In,
    /// "and", "y", "e".
    And,
    /// "vs", "contra".
    Versus,
    /// "to", "a", "ate": from one end to the other.
    To,
    /// "from", "de", "desde".
    From,
    /// "between", "entre".
    Between,
    /// "since", "a partir de".
    Since,
    /// "after".
    After,
    /// "until", "hasta".
    Until,
    /// "before".
    Before,
    /// "onwards", "en adelante".
    Onwards,
    /// "to date", "hasta hoy".
    SoFar,
    /// "so far", "en lo que va de": in front of the unit.
    OpensToDate,
    /// "ytd", "mtd".
    ToDate(Unit),
    /// "ttm", "l12m", "30d".
    Trailing(Unit, i32),
    /// "12m", "2y": after "last".
    Fused(Unit, i32),
    /// "fiscal".
    Fiscal,
    /// "ejercicio" (true: named by its start), "exercicio".
    Exercise(bool),
    /// "fy".
    FiscalMark,
    /// "fy25".
    FiscalYear(i16),
    /// "calendar", "natural".
    Calendar,
    /// "q3", "3t24", "h1": unit, number, year.
    PartOfYear(Unit, i32, Option<i16>),
    /// "w23", "2026-w23".
    WeekNumber(i8, Option<i16>),
    /// "number", "numero".
    NumberSign,
    /// "2026-11-09": year, month, day.
    IsoDate(i16, i8, i8),
    /// "9/11", "9/11/2026": two numbers in the locale's order.
    DigitDate(i8, i8, Option<i16>),
    /// "2026-11", "11/2026".
    DigitMonth(i16, i8),
    /// "end" (true), "beginning".
    Edge(bool),
    /// "weekend".
    Weekend,
    /// A holiday's name.
    Holiday(Holiday),
    /// A holiday that is not meant itself: of a weekend, or one of several.
    HolidayAside,
    /// "ending", "terminados en".
    Ending,
    /// "weekly".
    Adverb(Grain),
    /// "a day", "al mes".
    PerUnit(Grain),
    /// "by", "per", "por".
    Per,
    /// "each", "cada", "todos los".
    Each,
    /// "tras", "a": between a unit and itself.
    Again,
    /// "day of the week".
    PartOfDates(Part),
    /// "weekday", after "by".
    PerPart(Part),
    /// "same", "mismo".
    Same,
    /// "period", "dates".
    Period,
    /// "year over year".
    YearAgo,
    /// "month over month", "previous period".
    PeriodBefore,
    /// The day before (-1) or after (1) one that follows: "day before", "vispera de".
    DayBeside(i32),
    /// An hour, 0 to 24, that can be nothing else: "9h", "3pm", "noon".
    Clock(i8),
    /// A time of the clock that is no full hour: "9:30".
    OddClock,
    /// "h", "horas", after a number.
    HourMark,
    /// "am" (false), "pm" (true), after a number.
    Meridiem(bool),
    /// "at", "a las": before an hour.
    At,
    /// "las", "as": an article of hours.
    HourArticle,
    /// "morning", "por la tarde": from, to.
    DayPart(i8, i8),
    /// "tarde", "manha": only after "this".
    DayPartNear(i8, i8),
    /// "de la tarde": after an hour; true from noon.
    OfDayPart(bool),
    /// "than", "over", "top": a count follows.
    Counting,
    /// "compare".
    Compare,
    /// "i", "we", "who": before or after a verb.
    Subject,
    /// "good": before a part of the day it greets.
    Greeting,
}
