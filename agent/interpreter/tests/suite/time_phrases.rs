//! The phrase files of `evals/time`, a language each: expectations written by hand, with the
//! settings they hold under. At least 98 % of each must be read as written.

use std::collections::BTreeMap;
use std::path::Path;

use almanac_agent_contract::{Settings, Weekday};
use almanac_agent_interpreter::time::{Calendar, Days, Meaning, Part, in_text};
use jiff::civil::{Date, date};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    today: Date,
    locale: String,
    #[serde(default)]
    week_start: Option<Weekday>,
    #[serde(default)]
    fiscal_start: Option<i8>,
    phrases: BTreeMap<String, String>,
}

impl Section {
    fn calendar(&self) -> Calendar {
        let settings = Settings {
            locale: self.locale.clone(),
            week_start: self.week_start.unwrap_or_default(),
            fiscal_year_start_month: self.fiscal_start.unwrap_or(1),
            ..Settings::default()
        };
        Calendar::new(&settings, self.today, date(2024, 1, 1))
    }
}

fn weekdays(days: Days) -> String {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    if days == Days::WORKDAYS {
        return "on weekdays".into();
    }
    if days == Days::WEEKEND {
        return "on weekends".into();
    }
    let said: Vec<&str> = days
        .numbers()
        .map(|n| names[usize::try_from(n - 1).expect("a weekday")])
        .collect();
    format!("on {}", said.join(" "))
}

/// A meaning as the files write it.
fn written(meaning: Meaning) -> String {
    match meaning {
        Meaning::Period(when) if when.range.start == when.range.end => when.range.start.to_string(),
        Meaning::Period(when) => format!("{}..{}", when.range.start, when.range.end),
        Meaning::Grain(grain) => format!("per {}", grain.as_str()),
        Meaning::Unit(grain) => format!("unit {}", grain.as_str()),
        Meaning::Part(part) => match part {
            Part::DayOfWeek => "by day of week",
            Part::HourOfDay => "by hour of day",
            Part::DayOfMonth => "by day of month",
            Part::MonthOfYear => "by month of year",
            Part::QuarterOfYear => "by quarter of year",
        }
        .into(),
        Meaning::Weekdays(days) => weekdays(days),
        Meaning::Hours { from, to } => format!("hours {from}-{to}"),
        Meaning::Future => "future".into(),
        Meaning::SamePeriodLastYear => "same period last year".into(),
        Meaning::SameWeekLastYear => "same week last year".into(),
        Meaning::PreviousPeriod => "previous period".into(),
        Meaning::NoSuchDay => "no such day".into(),
        Meaning::NoSuchWeek => "no such week".into(),
        Meaning::Unsupported => "unsupported".into(),
        Meaning::TooFine => "too fine".into(),
    }
}

fn read(text: &str, calendar: &Calendar) -> String {
    let said: Vec<String> = in_text(text, calendar)
        .iter()
        .map(|phrase| written(phrase.meaning))
        .collect();
    if said.is_empty() {
        "nothing".into()
    } else {
        said.join(" + ")
    }
}

fn run(language: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../evals/time")
        .join(format!("{language}.yml"));
    let text = std::fs::read_to_string(file).expect("a phrase file");
    let sections: Vec<Section> = serde_saphyr::from_str(&text).expect("sections of phrases");
    let mut total = 0;
    let mut wrong = Vec::new();
    for section in &sections {
        let calendar = section.calendar();
        for (phrase, expected) in &section.phrases {
            total += 1;
            let found = read(phrase, &calendar);
            if found != *expected {
                wrong.push(format!(
                    "{phrase:?} on {}: expected {expected}, found {found}",
                    section.today
                ));
            }
        }
    }
    let right = total - wrong.len();
    println!("time, {language}: {right} of {total} phrases right");
    assert!(total >= 300, "{language} has only {total} phrases");
    assert!(
        right * 100 >= total * 98,
        "{language}: {right} of {total} right; wrong:\n{}",
        wrong.join("\n")
    );
    if !wrong.is_empty() {
        println!("{}", wrong.join("\n"));
    }
}

#[test]
fn phrases_in_english() {
    run("en");
}

#[test]
fn phrases_in_spanish() {
    run("es");
}

#[test]
fn phrases_in_portuguese() {
    run("pt");
}
