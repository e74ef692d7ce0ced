//! Says what a phrase of time was read as, in words that read as the very same again: "1 October
//! to 15 November 2026". Shown beside every answer, so that a person can correct it.

use almanac_agent_contract::{Grain, Language};
use almanac_metrics::TimeRange;
use jiff::civil::Date;

use super::words::{Days, Part};
use super::{Calendar, Meaning, Unit};

/// The meaning in words, in the asker's language; `None` for what has no days or hours to say.
/// A period comes without its time zone.
#[must_use]
pub fn echo(meaning: &Meaning, calendar: &Calendar, language: Language) -> Option<String> {
    match meaning {
        Meaning::Period(when) => Some(range(when.range, calendar, language)),
        Meaning::Grain(grain) => Some(grain_name(*grain, language).to_owned()),
        Meaning::Part(part) => Some(part_name(*part, language).to_owned()),
        Meaning::Weekdays(days) => weekdays(*days, language),
        Meaning::Hours { from, to } => Some(hours(*from, *to, language)),
        _ => None,
    }
}

/// Whole months and years by their names, single days, and else both ends.
fn range(range: TimeRange, calendar: &Calendar, language: Language) -> String {
    let TimeRange { start, end } = range;
    if start == end {
        return date(start, true, language);
    }
    // A unit that is still running would read as cut at today all the same.
    if calendar.whole(Unit::Year, start) == range {
        return start.year().to_string();
    }
    if calendar.whole(Unit::Month, start) == range {
        let month = month(start, language);
        return match language {
            Language::En => format!("{month} {}", start.year()),
            _ => format!("{month} de {}", start.year()),
        };
    }
    let same_year = start.year() == end.year();
    let same_month = same_year && start.month() == end.month();
    let last = date(end, true, language);
    match language {
        Language::En if same_month => format!("{} to {last}", start.day()),
        Language::En => format!("{} to {last}", date(start, !same_year, language)),
        Language::Es if same_month => format!("del {} al {last}", start.day()),
        Language::Es => format!("del {} al {last}", date(start, !same_year, language)),
        Language::Pt if same_month => format!("de {} a {last}", day_of_month(start, language)),
        Language::Pt => format!("de {} a {last}", date(start, !same_year, language)),
    }
}

fn date(date: Date, with_year: bool, language: Language) -> String {
    let (day, month) = (day_of_month(date, language), month(date, language));
    let year = date.year();
    match (language, with_year) {
        (Language::En, true) => format!("{day} {month} {year}"),
        (Language::En, false) => format!("{day} {month}"),
        (_, true) => format!("{day} de {month} de {year}"),
        (_, false) => format!("{day} de {month}"),
    }
}

fn day_of_month(date: Date, language: Language) -> String {
    match (language, date.day()) {
        (Language::Pt, 1) => "1º".to_owned(),
        (_, day) => day.to_string(),
    }
}

fn month(date: Date, language: Language) -> &'static str {
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const ES: [&str; 12] = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ];
    const PT: [&str; 12] = [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ];
    let names = match language {
        Language::En => EN,
        Language::Es => ES,
        Language::Pt => PT,
    };
    names[usize::from(date.month().unsigned_abs())
        .saturating_sub(1)
        .min(11)]
}

const fn grain_name(grain: Grain, language: Language) -> &'static str {
    match (language, grain) {
        (Language::En, Grain::Hour) => "by hour",
        (Language::En, Grain::Day) => "by day",
        (Language::En, Grain::Week) => "by week",
        (Language::En, Grain::Month) => "by month",
        (Language::En, Grain::Quarter) => "by quarter",
        (Language::En, Grain::Year) => "by year",
        (_, Grain::Hour) => "por hora",
        (Language::Es, Grain::Day) => "por día",
        (Language::Pt, Grain::Day) => "por dia",
        (_, Grain::Week) => "por semana",
        (Language::Es, Grain::Month) => "por mes",
        (Language::Pt, Grain::Month) => "por mês",
        (_, Grain::Quarter) => "por trimestre",
        (Language::Es, Grain::Year) => "por año",
        (Language::Pt, Grain::Year) => "por ano",
    }
}

const fn part_name(part: Part, language: Language) -> &'static str {
    match (language, part) {
        (Language::En, Part::DayOfWeek) => "by day of the week",
        (Language::En, Part::HourOfDay) => "by hour of the day",
        (Language::En, Part::DayOfMonth) => "by day of the month",
        (Language::En, Part::MonthOfYear) => "by month of the year",
        (Language::En, Part::QuarterOfYear) => "by quarter of the year",
        (Language::Es, Part::DayOfWeek) => "por día de la semana",
        (Language::Es, Part::HourOfDay) => "por hora del día",
        (Language::Es, Part::DayOfMonth) => "por día del mes",
        (Language::Es, Part::MonthOfYear) => "por mes del año",
        (Language::Es, Part::QuarterOfYear) => "por trimestre del año",
        (Language::Pt, Part::DayOfWeek) => "por dia da semana",
        (Language::Pt, Part::HourOfDay) => "por hora do dia",
        (Language::Pt, Part::DayOfMonth) => "por dia do mês",
        (Language::Pt, Part::MonthOfYear) => "por mês do ano",
        (Language::Pt, Part::QuarterOfYear) => "por trimestre do ano",
    }
}

fn weekdays(days: Days, language: Language) -> Option<String> {
    const EN: [&str; 7] = [
        "Mondays",
        "Tuesdays",
        "Wednesdays",
        "Thursdays",
        "Fridays",
        "Saturdays",
        "Sundays",
    ];
    const ES: [&str; 7] = [
        "los lunes",
        "los martes",
        "los miércoles",
        "los jueves",
        "los viernes",
        "los sábados",
        "los domingos",
    ];
    const PT: [&str; 7] = [
        "segundas-feiras",
        "terças-feiras",
        "quartas-feiras",
        "quintas-feiras",
        "sextas-feiras",
        "sábados",
        "domingos",
    ];
    if days == Days::WORKDAYS || days == Days::WEEKEND {
        let work = days == Days::WORKDAYS;
        return Some(
            match language {
                Language::En if work => "on weekdays",
                Language::En => "on weekends",
                Language::Es if work => "entre semana",
                Language::Es => "los fines de semana",
                Language::Pt if work => "nos dias úteis",
                Language::Pt => "nos fins de semana",
            }
            .to_owned(),
        );
    }
    let (names, and, opening) = match language {
        Language::En => (EN, " and ", "on "),
        Language::Es => (ES, " y ", ""),
        Language::Pt => (PT, " e ", "às "),
    };
    let said: Vec<&str> = days
        .numbers()
        .filter_map(|n| names.get(usize::from(n.unsigned_abs()).checked_sub(1)?))
        .copied()
        .collect();
    let opening = match said.first() {
        None => return None,
        Some(&"sábados" | &"domingos") => "aos ",
        Some(_) => opening,
    };
    Some(format!("{opening}{}", said.join(and)))
}

fn hours(from: i8, to: i8, language: Language) -> String {
    match language {
        Language::En => format!("from {from}:00 to {to}:00"),
        Language::Es => format!("de {from}:00 a {to}:00"),
        Language::Pt => format!("das {from}h às {to}h"),
    }
}
