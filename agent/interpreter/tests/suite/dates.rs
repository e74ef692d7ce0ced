//! What words of time mean, phrase by phrase. Expectations are written by hand from the rules.

use almanac_agent_contract::{Settings, Weekday};
use almanac_agent_interpreter::time::{Calendar, Meaning, phrases};
use jiff::civil::{Date, date};

fn calendar() -> Calendar {
    Calendar::new(&Settings::default(), date(2026, 11, 20), date(2024, 10, 20))
}

/// The phrase that takes the most words, as text.
fn meaning(calendar: &Calendar, text: &str) -> String {
    let folded: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'á' | 'ã' | 'â' | 'à' => 'a',
            'é' | 'ê' => 'e',
            'í' => 'i',
            'ó' | 'õ' | 'ô' => 'o',
            'ú' => 'u',
            'º' => 'o',
            'ñ' => 'n',
            'ç' => 'c',
            other => other,
        })
        .collect();
    let words: Vec<&str> = folded
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let found = phrases(&words, calendar);
    let Some(longest) = found
        .iter()
        .rev()
        .max_by_key(|phrase| phrase.end - phrase.start)
    else {
        return "nothing".into();
    };
    match longest.meaning {
        Meaning::Period(when) if when.range.start == when.range.end => when.range.start.to_string(),
        Meaning::Period(when) => format!("{}..{}", when.range.start, when.range.end),
        Meaning::Grain(grain) => format!("per {}", grain.as_str()),
        other => format!("{other:?}"),
    }
}

fn check(calendar: &Calendar, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = meaning(calendar, text);
            (found != *expected)
                .then(|| format!("{text}\n  expected {expected}\n  found    {found}"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} wrong:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

fn on(today: Date, settings: &Settings) -> Calendar {
    Calendar::new(settings, today, date(2020, 1, 1))
}

#[test]
fn relative_in_english() {
    check(
        &calendar(),
        &[
            ("today", "2026-11-20"),
            ("yesterday", "2026-11-19"),
            ("the day before yesterday", "2026-11-18"),
            ("this week", "2026-11-16..2026-11-20"),
            ("last week", "2026-11-09..2026-11-15"),
            ("the previous week", "2026-11-09..2026-11-15"),
            ("the week before last", "2026-11-02..2026-11-08"),
            ("this month", "2026-11-01..2026-11-20"),
            ("last month", "2026-10-01..2026-10-31"),
            ("this month so far", "2026-11-01..2026-11-20"),
            ("this quarter to date", "2026-10-01..2026-11-20"),
            ("last quarter", "2026-07-01..2026-09-30"),
            ("this year", "2026-01-01..2026-11-20"),
            ("last year", "2025-01-01..2025-12-31"),
            ("year to date", "2026-01-01..2026-11-20"),
            ("YTD", "2026-01-01..2026-11-20"),
            ("month to date", "2026-11-01..2026-11-20"),
            ("MTD", "2026-11-01..2026-11-20"),
            ("so far this year", "2026-01-01..2026-11-20"),
            ("last 7 days", "2026-11-13..2026-11-19"),
            ("the last 90 days", "2026-08-22..2026-11-19"),
            ("rolling 30 days", "2026-10-21..2026-11-19"),
            ("past seven days", "2026-11-13..2026-11-19"),
            ("last 30d", "2026-10-21..2026-11-19"),
            ("last 4 weeks", "2026-10-19..2026-11-15"),
            ("last couple of weeks", "2026-11-02..2026-11-15"),
            ("last 3 months", "2026-08-01..2026-10-31"),
            ("trailing 12 months", "2025-11-01..2026-10-31"),
            ("TTM", "2025-11-01..2026-10-31"),
            ("last twenty four months", "2024-11-01..2026-10-31"),
            ("last 2 quarters", "2026-04-01..2026-09-30"),
            ("past 2 years", "2024-01-01..2025-12-31"),
            ("3 days ago", "2026-11-17"),
            ("2 weeks ago", "2026-11-02..2026-11-08"),
            ("a week ago", "2026-11-09..2026-11-15"),
            ("three months ago", "2026-08-01..2026-08-31"),
            ("a year ago", "2025-01-01..2025-12-31"),
            ("on Friday", "2026-11-13"),
            ("last Monday", "2026-11-16"),
            ("Thursday", "2026-11-19"),
            ("Monday last week", "2026-11-09"),
            ("last weekend", "2026-11-14..2026-11-15"),
            ("fin de semana pasado", "2026-11-14..2026-11-15"),
            ("this fortnight", "2026-11-16..2026-11-20"),
            ("last fortnight", "2026-11-01..2026-11-15"),
            ("this week last year", "2025-11-17..2025-11-23"),
            ("this month last year", "2025-11-01..2025-11-30"),
            ("next month", "Future"),
            ("tomorrow", "Future"),
        ],
    );
}

#[test]
fn named_in_english() {
    check(
        &calendar(),
        &[
            ("March", "2026-03-01..2026-03-31"),
            ("December", "2025-12-01..2025-12-31"),
            ("November", "2026-11-01..2026-11-20"),
            ("last November", "2025-11-01..2025-11-30"),
            ("March 2025", "2025-03-01..2025-03-31"),
            ("mar 2025", "2025-03-01..2025-03-31"),
            ("March of last year", "2025-03-01..2025-03-31"),
            ("2026-03", "2026-03-01..2026-03-31"),
            ("Q3", "2026-07-01..2026-09-30"),
            ("Q4", "2026-10-01..2026-11-20"),
            ("Q3 2024", "2024-07-01..2024-09-30"),
            ("2024 Q3", "2024-07-01..2024-09-30"),
            ("3q24", "2024-07-01..2024-09-30"),
            ("Q4 last year", "2025-10-01..2025-12-31"),
            ("third quarter of 2024", "2024-07-01..2024-09-30"),
            ("last quarter of 2024", "2024-10-01..2024-12-31"),
            ("H1 2025", "2025-01-01..2025-06-30"),
            ("first half", "2026-01-01..2026-06-30"),
            ("second half of 2025", "2025-07-01..2025-12-31"),
            ("2024", "2024-01-01..2024-12-31"),
            ("week 23", "2026-06-01..2026-06-07"),
            ("W01 2026", "2025-12-29..2026-01-04"),
            ("2026-w23", "2026-06-01..2026-06-07"),
            ("week 53 of 2020", "2020-12-28..2021-01-03"),
            ("2026-11-09", "2026-11-09"),
            ("11/9/2026", "2026-11-09"),
            ("11/9", "2026-11-09"),
            ("Nov 9", "2026-11-09"),
            ("November 9th 2025", "2025-11-09"),
            ("9 Nov 2025", "2025-11-09"),
            ("9th of November", "2026-11-09"),
            ("December 24", "2025-12-24"),
            ("end of last month", "2026-10-31"),
            ("beginning of last month", "2026-10-01"),
            ("first week of May", "2026-05-01..2026-05-07"),
            ("second week of May", "2026-05-08..2026-05-14"),
            ("last week of May", "2026-05-25..2026-05-31"),
            ("first 10 days of March 2025", "2025-03-01..2025-03-10"),
            ("last day of February", "2026-02-28"),
            ("first month of 2025", "2025-01-01..2025-01-31"),
            ("first half of May", "2026-05-01..2026-05-15"),
        ],
    );
}

#[test]
fn with_two_ends() {
    check(
        &calendar(),
        &[
            ("since June", "2026-06-01..2026-11-20"),
            ("since last Monday", "2026-11-16..2026-11-20"),
            ("since December", "2025-12-01..2026-11-20"),
            ("since 2025", "2025-01-01..2026-11-20"),
            ("until June", "2024-10-20..2026-06-30"),
            ("up to 2026-03-15", "2024-10-20..2026-03-15"),
            ("before March 2026", "2024-10-20..2026-02-28"),
            ("after October 10", "2026-10-11..2026-11-20"),
            ("between March and June", "2026-03-01..2026-06-30"),
            ("between March and June 2025", "2025-03-01..2025-06-30"),
            ("between November and February", "2026-11-01..2026-11-20"),
            ("from November 2024 to February", "2024-11-01..2025-02-28"),
            ("from 2026-11-01 to 2026-11-15", "2026-11-01..2026-11-15"),
            ("from Nov 1 to Nov 15", "2026-11-01..2026-11-15"),
            ("between 1/10 and 31/10", "2026-10-01..2026-10-31"),
            ("Nov 1 to 15", "2026-11-01..2026-11-15"),
            ("1 to 15 November", "2026-11-01..2026-11-15"),
            ("1 - 19 Nov 2026", "2026-11-01..2026-11-19"),
            ("November 1 - 15", "2026-11-01..2026-11-15"),
            ("March to June", "2026-03-01..2026-06-30"),
            ("from Q1 to Q2", "2026-01-01..2026-06-30"),
            ("from last Monday to yesterday", "2026-11-16..2026-11-19"),
            ("desde junio", "2026-06-01..2026-11-20"),
            ("hasta marzo", "2024-10-20..2026-03-31"),
            ("entre marzo y junio", "2026-03-01..2026-06-30"),
            ("de marzo a junio de 2025", "2025-03-01..2025-06-30"),
            ("del 1 al 15 de noviembre", "2026-11-01..2026-11-15"),
            ("desde junho", "2026-06-01..2026-11-20"),
            ("entre março e junho", "2026-03-01..2026-06-30"),
            ("de 1 a 15 de novembro", "2026-11-01..2026-11-15"),
            ("até junho", "2024-10-20..2026-06-30"),
        ],
    );
}

#[test]
fn in_spanish() {
    let settings = Settings {
        locale: "es-ES".into(),
        ..Settings::default()
    };
    let calendar = Calendar::new(&settings, date(2026, 11, 20), date(2024, 10, 20));
    check(
        &calendar,
        &[
            ("hoy", "2026-11-20"),
            ("ayer", "2026-11-19"),
            ("anteayer", "2026-11-18"),
            ("esta semana", "2026-11-16..2026-11-20"),
            ("la semana pasada", "2026-11-09..2026-11-15"),
            ("la última semana", "2026-11-09..2026-11-15"),
            ("el mes pasado", "2026-10-01..2026-10-31"),
            ("el mes anterior", "2026-10-01..2026-10-31"),
            ("este mes", "2026-11-01..2026-11-20"),
            ("el mes en curso", "2026-11-01..2026-11-20"),
            ("este año", "2026-01-01..2026-11-20"),
            ("el año pasado", "2025-01-01..2025-12-31"),
            ("trimestre pasado", "2026-07-01..2026-09-30"),
            ("en lo que va de año", "2026-01-01..2026-11-20"),
            ("lo que va del mes", "2026-11-01..2026-11-20"),
            ("los últimos 30 días", "2026-10-21..2026-11-19"),
            ("los últimos tres meses", "2026-08-01..2026-10-31"),
            ("los 3 meses anteriores", "2026-08-01..2026-10-31"),
            ("hace 3 días", "2026-11-17"),
            ("hace dos semanas", "2026-11-02..2026-11-08"),
            ("hace un mes", "2026-10-01..2026-10-31"),
            ("el lunes pasado", "2026-11-16"),
            ("el viernes", "2026-11-13"),
            ("primera quincena de mayo", "2026-05-01..2026-05-15"),
            ("la quincena pasada", "2026-11-01..2026-11-15"),
            ("marzo", "2026-03-01..2026-03-31"),
            ("marzo del año pasado", "2025-03-01..2025-03-31"),
            ("marzo de 2025", "2025-03-01..2025-03-31"),
            ("9 de noviembre", "2026-11-09"),
            ("9 de noviembre de 2025", "2025-11-09"),
            ("9/11/2026", "2026-11-09"),
            ("tercer trimestre de 2024", "2024-07-01..2024-09-30"),
            ("primer semestre", "2026-01-01..2026-06-30"),
            ("semana 23", "2026-06-01..2026-06-07"),
            ("fin de mes pasado", "2026-10-31"),
            ("final del mes pasado", "2026-10-31"),
            ("primera semana de mayo", "2026-05-01..2026-05-07"),
            ("el próximo mes", "Future"),
            ("mensual", "per month"),
            ("por semana", "per week"),
            ("por día", "per day"),
            ("cada mes", "per month"),
            ("el mismo periodo del año pasado", "SamePeriodLastYear"),
            ("la misma semana del año pasado", "SameWeekLastYear"),
            ("periodo anterior", "PreviousPeriod"),
            ("semana santa", "2026-03-29..2026-04-05"),
            ("Nochebuena", "2025-12-24"),
            ("día de la madre", "2026-05-03"),
        ],
    );
}

#[test]
fn in_portuguese() {
    let settings = Settings {
        locale: "pt-BR".into(),
        ..Settings::default()
    };
    let calendar = Calendar::new(&settings, date(2026, 11, 20), date(2024, 10, 20));
    check(
        &calendar,
        &[
            ("hoje", "2026-11-20"),
            ("ontem", "2026-11-19"),
            ("anteontem", "2026-11-18"),
            ("esta semana", "2026-11-16..2026-11-20"),
            ("a semana passada", "2026-11-09..2026-11-15"),
            ("o mês passado", "2026-10-01..2026-10-31"),
            ("neste mês", "2026-11-01..2026-11-20"),
            ("mês atual", "2026-11-01..2026-11-20"),
            ("este ano", "2026-01-01..2026-11-20"),
            ("ano passado", "2025-01-01..2025-12-31"),
            ("o último trimestre", "2026-07-01..2026-09-30"),
            ("no acumulado do ano", "2026-01-01..2026-11-20"),
            ("os últimos 30 dias", "2026-10-21..2026-11-19"),
            ("últimos doze meses", "2025-11-01..2026-10-31"),
            ("há 3 meses", "2026-08-01..2026-08-31"),
            ("3 semanas atrás", "2026-10-26..2026-11-01"),
            ("segunda feira", "2026-11-16"),
            ("sexta feira passada", "2026-11-13"),
            ("primeira quinzena de maio", "2026-05-01..2026-05-15"),
            ("março", "2026-03-01..2026-03-31"),
            ("março do ano passado", "2025-03-01..2025-03-31"),
            ("9 de novembro de 2025", "2025-11-09"),
            ("1º de maio", "2026-05-01"),
            ("9/11/2026", "2026-11-09"),
            ("terceiro trimestre de 2024", "2024-07-01..2024-09-30"),
            ("primeiro semestre de 2025", "2025-01-01..2025-06-30"),
            ("semana 23", "2026-06-01..2026-06-07"),
            ("final do mês passado", "2026-10-31"),
            ("próximo mês", "Future"),
            ("mensal", "per month"),
            ("por semana", "per week"),
            ("por mês", "per month"),
            ("o mesmo período do ano passado", "SamePeriodLastYear"),
            ("período anterior", "PreviousPeriod"),
            ("carnaval", "2026-02-14..2026-02-17"),
            ("páscoa", "2026-04-05"),
            ("natal", "2025-12-25"),
            ("dia das mães", "2026-05-10"),
        ],
    );
}

#[test]
fn grains_and_comparisons() {
    check(
        &calendar(),
        &[
            ("weekly", "per week"),
            ("by month", "per month"),
            ("per day", "per day"),
            ("each quarter", "per quarter"),
            ("week by week", "per week"),
            ("by year", "per year"),
            ("hourly", "per hour"),
            ("same period last year", "SamePeriodLastYear"),
            ("the same week last year", "SameWeekLastYear"),
            ("year over year", "SamePeriodLastYear"),
            ("the previous period", "PreviousPeriod"),
            ("by day of week", "Part(DayOfWeek)"),
            ("every two weeks", "Unsupported"),
        ],
    );
}

#[test]
fn holidays() {
    check(
        &calendar(),
        &[
            ("Black Friday", "2025-11-28"),
            ("Black Friday last year", "2025-11-28"),
            ("Black Friday 2024", "2024-11-29"),
            ("Cyber Monday", "2025-12-01"),
            ("Thanksgiving 2026", "Future"),
            ("Christmas", "2025-12-25"),
            ("Easter 2025", "2025-04-20"),
            ("Good Friday", "2026-04-03"),
            ("Carnival", "2026-02-14..2026-02-17"),
            ("mothers day", "2026-05-10"),
        ],
    );
    let on_black_friday = on(date(2026, 11, 27), &Settings::default());
    check(&on_black_friday, &[("black friday", "2026-11-27")]);
}

#[test]
fn fiscal_years_begin_where_the_workspace_says() {
    let settings = Settings {
        fiscal_year_start_month: 4,
        ..Settings::default()
    };
    check(
        &on(date(2026, 11, 20), &settings),
        &[
            ("FY2026", "2025-04-01..2026-03-31"),
            ("fiscal year 2026", "2025-04-01..2026-03-31"),
            ("FY26", "2025-04-01..2026-03-31"),
            ("this fiscal year", "2026-04-01..2026-11-20"),
            ("last fiscal year", "2025-04-01..2026-03-31"),
            ("last fiscal quarter", "2026-07-01..2026-09-30"),
            ("Q1 FY26", "2025-04-01..2025-06-30"),
            ("ejercicio 2025", "2025-04-01..2026-03-31"),
            ("exercício 2026", "2025-04-01..2026-03-31"),
            ("ano fiscal 2026", "2025-04-01..2026-03-31"),
        ],
    );
}

#[test]
fn weeks_start_on_the_workspaces_day() {
    let settings = Settings {
        week_start: Weekday::Sunday,
        ..Settings::default()
    };
    check(
        &on(date(2026, 11, 20), &settings),
        &[
            ("this week", "2026-11-15..2026-11-20"),
            ("last week", "2026-11-08..2026-11-14"),
            ("last 2 weeks", "2026-11-01..2026-11-14"),
            ("week 23", "2026-06-01..2026-06-07"),
        ],
    );
}

#[test]
fn years_turn_and_february_ends() {
    check(
        &on(date(2026, 1, 1), &Settings::default()),
        &[
            ("yesterday", "2025-12-31"),
            ("last week", "2025-12-22..2025-12-28"),
            ("last month", "2025-12-01..2025-12-31"),
            ("last quarter", "2025-10-01..2025-12-31"),
            ("Q1", "2026-01-01"),
            ("year to date", "2026-01-01"),
            ("last 2 fortnights", "2025-12-01..2025-12-31"),
        ],
    );
    let leap = on(date(2024, 2, 29), &Settings::default());
    let today = leap.this(almanac_agent_interpreter::time::Unit::Day).range;
    assert_eq!(leap.years(today, -1).start, date(2023, 2, 28));
    check(
        &leap,
        &[
            ("last month", "2024-01-01..2024-01-31"),
            ("february", "2024-02-01..2024-02-29"),
        ],
    );
}

#[test]
fn the_period_before_is_comparable() {
    use almanac_agent_interpreter::time::Unit;
    let calendar = calendar();
    let before = |when| {
        let range = calendar.before(&when);
        format!("{}..{}", range.start, range.end)
    };
    assert_eq!(
        before(calendar.back(Unit::Month, 1)),
        "2026-09-01..2026-09-30"
    );
    assert_eq!(before(calendar.this(Unit::Month)), "2026-10-01..2026-10-20");
    assert_eq!(
        before(calendar.last(Unit::Day, 7)),
        "2026-11-06..2026-11-12"
    );
    assert_eq!(before(calendar.this(Unit::Year)), "2025-01-01..2025-11-20");
}
