//! What holds for every calendar and every sentence: an echo reads as what it says, periods meet
//! without gap or overlap, nothing is inverted, and nothing makes the grammar fall over.

use almanac_agent_contract::{Grain, Language, Settings, TimeZoneName, Weekday};
use almanac_agent_interpreter::time::{
    Calendar, Days, Meaning, Part, Phrase, Unit, When, echo, in_text, phrases,
};
use almanac_metrics::TimeRange;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::catalogs::shop;
use crate::shown::{lexicon, read, scope_of};

const LANGUAGES: [Language; 3] = [Language::En, Language::Es, Language::Pt];
const LOCALES: &[&str] = &[
    "en", "en-US", "en-GB", "es-ES", "es-MX", "es-AR", "pt-BR", "pt-PT",
];
const STARTS: [Weekday; 3] = [Weekday::Monday, Weekday::Sunday, Weekday::Saturday];

/// Phrases of periods in the three languages; `#` becomes a number.
const PERIODS: &[&str] = &[
    "today",
    "yesterday",
    "# days ago",
    "last # days",
    "last # business days",
    "this week",
    "last week",
    "last # weeks",
    "# weeks ago",
    "this month",
    "last month",
    "last # months",
    "# months ago",
    "this quarter",
    "last # quarters",
    "this year",
    "last year",
    "last # years",
    "year to date",
    "ytd last year",
    "q1",
    "q2 2015",
    "h2",
    "march",
    "may 2012",
    "last november",
    "2014",
    "fy16",
    "fiscal q3",
    "week 7",
    "w52",
    "2016-w53",
    "nov 9",
    "29 february",
    "2016-02-29",
    "3/4",
    "30/4/2013",
    "first week of may",
    "last 10 days of march",
    "last friday of october",
    "end of last month",
    "last friday",
    "this monday",
    "last weekend",
    "since june",
    "until march",
    "before may 2015",
    "after q1",
    "between march and june",
    "from november to february",
    "20 december to 5 january",
    "black friday",
    "easter",
    "carnival 2013",
    "mothers day",
    "thanksgiving week",
    "the week of november 4",
    "the day after christmas",
    "a year ago today",
    "this week last year",
    "ttm",
    "esta semana",
    "los ultimos # dias",
    "hace # meses",
    "segunda quincena de octubre",
    "tercer trimestre",
    "en lo que va de ano",
    "del 1 al 15 de noviembre",
    "semana santa",
    "ejercicio 2015",
    "el lunes pasado",
    "nos ultimos # dias",
    "ha # semanas",
    "terceiro trimestre do ano passado",
    "no acumulado do mes",
    "de 20 de dezembro a 5 de janeiro",
    "sexta feira passada",
    "dia das maes",
    "a semana retrasada",
];

fn days() -> impl Strategy<Value = Date> {
    (0_i32..14_000).prop_map(|n| date(2018, 1, 1).saturating_add(n.days()))
}

fn calendars() -> impl Strategy<Value = Calendar> {
    (
        days(),
        prop::sample::select(LOCALES),
        prop::sample::select(&STARTS[..]),
        1_i8..=12,
        0_i32..4_000,
    )
        .prop_map(|(today, locale, week_start, fiscal, before)| {
            let settings = Settings {
                locale: locale.into(),
                week_start,
                fiscal_year_start_month: fiscal,
                ..Settings::default()
            };
            Calendar::new(&settings, today, today.saturating_sub(before.days()))
        })
}

fn periods() -> impl Strategy<Value = String> {
    (prop::sample::select(PERIODS), 1_u32..40)
        .prop_map(|(phrase, n)| phrase.replace('#', &n.to_string()))
}

fn days_of(phrase: &Phrase) -> Option<TimeRange> {
    match phrase.meaning {
        Meaning::Period(when) => Some(when.range),
        _ => None,
    }
}

/// What a text says as a whole: its only phrase.
fn only(text: &str, calendar: &Calendar) -> Option<Meaning> {
    match in_text(text, calendar).as_slice() {
        [phrase] => Some(phrase.meaning),
        _ => None,
    }
}

fn range_of(text: &str, calendar: &Calendar) -> TimeRange {
    let period = match only(text, calendar) {
        Some(Meaning::Period(when)) => Ok(when.range),
        other => Err(format!("{text:?} on {} is {other:?}", calendar.today)),
    };
    period.expect("a period")
}

fn tomorrow(day: Date) -> Date {
    day.tomorrow().expect("a day after")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::with_cases(600) })]

    #[test]
    fn an_echo_reads_as_the_period_it_says(text in periods(), calendar in calendars()) {
        for phrase in in_text(&text, &calendar) {
            let Some(range) = days_of(&phrase) else { continue };
            for language in LANGUAGES {
                let echo = echo(&phrase.meaning, &calendar, language).expect("an echo of a period");
                let again = only(&echo, &calendar);
                let same = matches!(again, Some(Meaning::Period(when)) if when.range == range);
                prop_assert!(same, "{text:?} on {}: {range:?} is said as {echo:?}, read as {again:?}", calendar.today);
            }
        }
    }

    #[test]
    fn any_days_can_be_echoed(calendar in calendars(), back in 0_i32..8_000, long in 0_i32..900) {
        let start = calendar.today.saturating_sub(back.days());
        let end = start.saturating_add(long.days()).min(calendar.today);
        let range = TimeRange { start, end };
        let meaning = Meaning::Period(When { range, unit: Unit::Day, to_date: false, from_beginning: false });
        for language in LANGUAGES {
            let echo = echo(&meaning, &calendar, language).expect("an echo of a period");
            prop_assert_eq!(range_of(&echo, &calendar), range, "{}", echo);
        }
    }

    #[test]
    fn periods_begin_before_they_end_and_end_by_today(text in periods(), calendar in calendars()) {
        for phrase in in_text(&text, &calendar) {
            if let Some(TimeRange { start, end }) = days_of(&phrase) {
                prop_assert!(start <= end && end <= calendar.today, "{text:?} on {}: {start}..{end}", calendar.today);
            }
        }
    }

    #[test]
    fn what_was_last_meets_what_is_this(calendar in calendars(), n in 1_i32..25) {
        for (last, this) in [
            ("last # days", "today"),
            ("last # weeks", "this week"),
            ("last # fortnights", "this fortnight"),
            ("last # months", "this month"),
            ("last # quarters", "this quarter"),
            ("last # years", "this year"),
            ("last # fiscal years", "this fiscal year"),
            ("los ultimos # semestres", "este semestre"),
            ("os ultimos # meses", "este mes"),
        ] {
            let last = range_of(&last.replace('#', &n.to_string()), &calendar);
            let this = range_of(this, &calendar);
            prop_assert_eq!(tomorrow(last.end), this.start);
            prop_assert_eq!(this.end, calendar.today);
        }
    }

    #[test]
    fn units_ago_tile_what_was_last(calendar in calendars(), n in 1_i32..25) {
        for unit in ["day", "week", "month", "quarter", "year"] {
            let earlier = range_of(&format!("{} {unit}s ago", n + 1), &calendar);
            let later = range_of(&format!("{n} {unit}s ago"), &calendar);
            let all = range_of(&format!("last {} {unit}s", n + 1), &calendar);
            prop_assert_eq!(tomorrow(earlier.end), later.start);
            prop_assert_eq!(all.start, earlier.start);
        }
    }

    #[test]
    fn the_same_a_year_ago_is_as_long(calendar in calendars()) {
        let today = range_of("this month so far", &calendar);
        let before = calendar.years(today, -1);
        let leap = |range: TimeRange| range.end.month() == 2 && range.end.day() == 29;
        prop_assert_eq!(before.start.month(), today.start.month());
        prop_assert!(leap(today) || before.end.day() == today.end.day());
        prop_assert!(!leap(today) || before.end.day() == 28);
    }

    #[test]
    fn any_words_are_read(words in prop::collection::vec(words(), 0..16), calendar in calendars()) {
        let folded: Vec<&str> = words.iter().map(String::as_str).collect();
        for phrase in phrases(&folded, &calendar) {
            prop_assert!(phrase.start < phrase.end && phrase.end <= folded.len());
            if let Some(TimeRange { start, end }) = days_of(&phrase) {
                prop_assert!(start <= end && start <= calendar.today, "{folded:?}: {start}..{end}");
            }
        }
        let _ = in_text(&words.join(" "), &calendar);
    }

    #[test]
    fn any_text_is_read(text in any::<String>(), calendar in calendars()) {
        let _ = in_text(&text, &calendar);
    }
}

/// Words of all phrases above, others that look like them, and numbers large and small.
fn words() -> impl Strategy<Value = String> {
    let known: Vec<String> = PERIODS
        .iter()
        .flat_map(|phrase| phrase.split(' '))
        .chain([
            "compare",
            "to",
            "-",
            "and",
            "vs",
            "by",
            "per",
            "every",
            "the",
            "a",
            "of",
            "in",
            "9h",
            "3pm",
            "9:30",
            "morning",
            "mondays",
            "weekend",
            "second",
            "segunda",
            "dos",
            "out",
            "set",
            "marco",
            "half",
            "hundred",
            "forty",
            "cento",
            "same",
            "period",
            "99",
            "0",
            "53",
            "9999",
            "31/12/1999",
            "0000-00-00",
            "q9",
            "w0",
            "fy",
            "fy99",
            "l0d",
            "999d",
            "12m",
            "24:00",
            "revenue",
            "top",
            "than",
            "day",
            "of",
            "weeks",
            "years",
            "centuries",
        ])
        .map(str::to_owned)
        .collect();
    prop_oneof![
        9 => prop::sample::select(known),
        1 => "[a-z0-9/:-]{1,8}",
    ]
}

#[test]
fn sets_of_weekdays_hours_and_parts_read_as_they_are_said() {
    let calendar = Calendar::new(&Settings::default(), date(2026, 11, 20), date(2024, 1, 1));
    let weekdays =
        (1..=7).map(|n| jiff::civil::Weekday::from_monday_one_offset(n).expect("a weekday"));
    let singles: Vec<Days> = weekdays.map(Days::one).collect();
    let sets = (1_usize..128).map(|mask| {
        let chosen = singles
            .iter()
            .enumerate()
            .filter(|(at, _)| mask & (1 << at) != 0);
        chosen
            .map(|(_, day)| *day)
            .reduce(Days::with)
            .expect("a set of at least one day")
    });
    let hours =
        (0_i8..24).flat_map(|from| (from + 1..=24).map(move |to| Meaning::Hours { from, to }));
    let parts = [
        Part::DayOfWeek,
        Part::HourOfDay,
        Part::DayOfMonth,
        Part::MonthOfYear,
        Part::QuarterOfYear,
    ];
    let meanings = sets
        .map(Meaning::Weekdays)
        .chain(hours)
        .chain(parts.map(Meaning::Part))
        .chain(Grain::ALL.map(Meaning::Grain));
    for meaning in meanings {
        for language in LANGUAGES {
            let echo = echo(&meaning, &calendar, language).expect("an echo");
            assert_eq!(only(&echo, &calendar), Some(meaning), "{echo:?}");
        }
    }
}

/// Every day of nine years, leap days and year ends among them.
#[test]
fn every_day_has_a_yesterday_and_a_week_of_seven_days() {
    let mut today = date(2019, 12, 25);
    while today < date(2029, 1, 10) {
        let calendar = Calendar::new(&Settings::default(), today, date(2015, 1, 1));
        let yesterday = today.yesterday().expect("a day before");
        assert_eq!(range_of("yesterday", &calendar).start, yesterday);
        for (text, length) in [
            ("last 7 days", 7),
            ("os últimos 30 dias", 30),
            ("los últimos 90 días", 90),
        ] {
            let range = range_of(text, &calendar);
            assert_eq!(range.end, yesterday, "{text} on {today}");
            assert_eq!(
                (range.end - range.start).get_days() + 1,
                length,
                "{text} on {today}"
            );
        }
        let week = range_of("last week", &calendar);
        assert_eq!((week.end - week.start).get_days(), 6);
        assert!(week.end < today);
        today = tomorrow(today);
    }
}

/// Days are the asker's own, also where clocks skip midnight or strike it twice.
#[test]
fn yesterday_is_the_day_before_on_the_askers_clock() {
    let catalog = shop();
    for (zone, around) in [
        ("America/Sao_Paulo", "2018-11-04T02:00:00Z"),
        ("America/Santiago", "2026-09-06T03:00:00Z"),
        ("Africa/Cairo", "2026-04-23T21:00:00Z"),
        ("America/Havana", "2026-11-01T04:00:00Z"),
        ("Europe/Madrid", "2026-03-29T01:00:00Z"),
        ("America/New_York", "2026-11-01T05:00:00Z"),
        ("Pacific/Apia", "2026-01-01T00:00:00Z"),
    ] {
        let settings = Settings {
            zone: TimeZoneName::new(zone).expect("a zone"),
            ..Settings::default()
        };
        let lexicon = lexicon(catalog.clone());
        let around: jiff::Timestamp = around.parse().expect("a moment");
        for minutes in (-180..=180).step_by(30) {
            let now = around + minutes.minutes();
            let today = now.in_tz(zone).expect("a zone").date();
            let scope = scope_of(settings.clone(), &now.to_string());
            let reading = read(&lexicon, "orders yesterday", None, &scope);
            let range = reading.query().and_then(|query| query.time_range);
            let yesterday = today.yesterday().expect("a day before");
            let expected = TimeRange {
                start: yesterday,
                end: yesterday,
            };
            assert_eq!(range, Some(expected), "{now} in {zone}");
        }
    }
}
