//! Finds the phrases of time in a sentence. At every word it tries each form and keeps the
//! longest; who reads the sentence decides which of overlapping phrases to believe.

use almanac_agent_contract::Grain;

use super::{Calendar, Unit, When, absolute, dates, ranges, words};

/// What a phrase of time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A period.
    Period(When),
    /// A period that has not begun.
    Future,
    /// How long one point of a series is: "weekly", "por mes".
    Grain(Grain),
    /// A unit named by itself: "day" in "which day had the most orders".
    Unit(Grain),
    /// The same dates a year before.
    SamePeriodLastYear,
    /// The ISO week of the same number a year before.
    SameWeekLastYear,
    /// The comparable period before.
    PreviousPeriod,
    /// A date that the calendar does not have: 29 February of most years.
    NoSuchDay,
    /// Week 53 of a year of 52, or any after it.
    NoSuchWeek,
    /// A way to divide time that no query can answer: "by day of week", "fortnightly".
    Unsupported,
}

/// A phrase of time and the words it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// The first word.
    pub start: usize,
    /// The word after the last.
    pub end: usize,
    /// What it says.
    pub meaning: Meaning,
}

/// The longest phrase at every word that begins one, in the order of the sentence. `words` are in
/// lower case and without accents.
#[must_use]
pub fn phrases(words: &[&str], calendar: &Calendar) -> Vec<Phrase> {
    // One date that can be read in one order only decides for all: "1/10 to 31/10".
    let order = words.iter().find_map(|word| dates::order(word));
    let calendar = &Calendar {
        month_first: order.unwrap_or(calendar.month_first),
        ..calendar.clone()
    };
    let words = Words { words, calendar };
    (0..words.words.len())
        .filter_map(|start| {
            let (meaning, end) = words.longest_at(start)?;
            Some(Phrase {
                start,
                end,
                meaning,
            })
        })
        .collect()
}

/// A period and the word after it.
pub(super) type Parsed = Option<(When, usize)>;

/// A sentence as the forms read it.
pub(super) struct Words<'a> {
    pub(super) words: &'a [&'a str],
    pub(super) calendar: &'a Calendar,
}

impl Words<'_> {
    /// The word there; empty past the end.
    pub(super) fn at(&self, i: usize) -> &str {
        self.words.get(i).copied().unwrap_or("")
    }

    /// The words that follow are these; the place after them.
    pub(super) fn says(&self, i: usize, phrase: &str) -> Option<usize> {
        let mut next = i;
        for word in phrase.split(' ') {
            if self.at(next) != word {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// The place after the first of these phrases that follows.
    pub(super) fn says_any(&self, i: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().find_map(|phrase| self.says(i, phrase))
    }

    /// The place after the words of a class.
    pub(super) fn skip(&self, i: usize, class: fn(&str) -> bool) -> usize {
        i + self
            .words
            .iter()
            .skip(i)
            .take_while(|word| class(word))
            .count()
    }

    /// A number, in digits or one or two words ("twenty four").
    pub(super) fn number(&self, i: usize) -> Option<(i32, usize)> {
        let tens = words::number(self.at(i))?;
        let spelled = !self.at(i).starts_with(|c: char| c.is_ascii_digit());
        if spelled && (20..100).contains(&tens) {
            let joined = if matches!(self.at(i + 1), "y" | "e") {
                i + 2
            } else {
                i + 1
            };
            if let Some(ones) = words::number(self.at(joined)).filter(|ones| (1..10).contains(ones))
            {
                return Some((tens + ones, joined + 1));
            }
        }
        Some((tens, i + 1))
    }

    /// A unit, "fiscal" before or after it included.
    pub(super) fn unit(&self, i: usize) -> Option<(Unit, usize)> {
        let (fiscal, at) = if self.at(i) == "fiscal" {
            (true, i + 1)
        } else {
            (false, i)
        };
        let unit = match self.at(at) {
            "half" if self.at(at + 1) == "year" => return Some((Unit::Half, at + 2)),
            "half" => Unit::Half,
            word => words::unit(word)?,
        };
        let next = at + 1;
        let (fiscal, next) = if !fiscal && self.at(next) == "fiscal" {
            (true, next + 1)
        } else {
            (fiscal, next)
        };
        let unit = match unit {
            Unit::Year if fiscal => Unit::FiscalYear,
            Unit::Quarter if fiscal => Unit::FiscalQuarter,
            unit => unit,
        };
        Some((unit, next))
    }

    fn longest_at(&self, i: usize) -> Option<(Meaning, usize)> {
        // What comes first wins where two are as long: "same week last year" is a comparison.
        let found = [
            self.comparison(i),
            ranges::range(self, i).map(|(when, next)| {
                let future = when.range.start > self.calendar.today;
                (
                    if future {
                        Meaning::Future
                    } else {
                        Meaning::Period(when)
                    },
                    next,
                )
            }),
            self.grain(i),
            self.future(i),
            self.impossible(i),
        ];
        found
            .into_iter()
            .flatten()
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    fn impossible(&self, i: usize) -> Option<(Meaning, usize)> {
        let at = self.skip(i, words::article);
        let day = dates::no_such_day(self, at).map(|next| (Meaning::NoSuchDay, next));
        day.or_else(|| absolute::no_such_week(self, at))
    }

    fn comparison(&self, i: usize) -> Option<(Meaning, usize)> {
        let at = self.skip(i, words::article);
        const YEAR_AGO: &[&str] = &[
            "yoy",
            "year over year",
            "year on year",
            "y y",
            "a year earlier",
            "year earlier",
            "interanual",
            "year before",
            "ano a ano",
            "ano contra ano",
            "ano sobre ano",
            "previous year",
            "prior year",
            "homologo",
            "periodo homologo",
            "same time last year",
            "same time a year ago",
        ];
        const BEFORE: &[&str] = &[
            "previous period",
            "prior period",
            "last period",
            "preceding period",
            "period before",
            "periodo anterior",
            "periodo previo",
            "periodo passado",
            "periodo pasado",
            "mom",
            "wow",
            "qoq",
            "month over month",
            "month on month",
            "week over week",
            "week on week",
            "quarter over quarter",
            "day before that",
            "one before",
            "month before",
            "week before",
            "quarter before",
        ];
        if let Some(next) = self.same_last_year(at) {
            return Some(next);
        }
        // "previous year" by itself is a period; only a comparison makes it more, and there the
        // reader asks for the same dates anyway.
        if let Some(next) = self
            .says_any(at, YEAR_AGO)
            .or_else(|| self.says_any(i, YEAR_AGO))
        {
            let period = matches!(self.at(at), "previous" | "prior");
            return (!period).then_some((Meaning::SamePeriodLastYear, next));
        }
        self.says_any(at, BEFORE)
            .map(|next| (Meaning::PreviousPeriod, next))
    }

    /// "same period last year", "la misma semana del año pasado".
    fn same_last_year(&self, i: usize) -> Option<(Meaning, usize)> {
        if !matches!(
            self.at(i),
            "same"
                | "mismo"
                | "misma"
                | "mismos"
                | "mismas"
                | "mesmo"
                | "mesma"
                | "mesmos"
                | "mesmas"
        ) {
            return None;
        }
        let mut at = i + 1;
        let week = words::unit(self.at(at)) == Some(Unit::Week);
        let named = words::unit(self.at(at)).is_some()
            || matches!(
                self.at(at),
                "period"
                    | "periodo"
                    | "dates"
                    | "date"
                    | "fechas"
                    | "fecha"
                    | "datas"
                    | "data"
                    | "time"
            );
        if !named {
            return None;
        }
        at = self.skip(at + 1, |word| words::of(word) || words::article(word));
        let next = self.says_any(
            at,
            &[
                "last year",
                "previous year",
                "prior year",
                "past year",
                "year before",
                "a year ago",
                "year ago",
                "ano pasado",
                "ano anterior",
                "ano passado",
                "ano previo",
            ],
        )?;
        Some((
            if week {
                Meaning::SameWeekLastYear
            } else {
                Meaning::SamePeriodLastYear
            },
            next,
        ))
    }

    fn grain(&self, i: usize) -> Option<(Meaning, usize)> {
        let by = matches!(
            self.at(i),
            "by" | "per" | "each" | "every" | "por" | "cada" | "a" | "al" | "ao"
        );
        let mut at = if by { i + 1 } else { i };
        if by && matches!(self.at(at), "each" | "every" | "cada" | "the" | "calendar") {
            at += 1;
        }
        const UNSUPPORTED: &[&str] = &[
            "day of the week",
            "day of week",
            "days of the week",
            "weekday",
            "weekdays",
            "dia de la semana",
            "dia de semana",
            "dia da semana",
            "dias de la semana",
            "dias da semana",
            "hour of the day",
            "hour of day",
            "time of day",
            "hora del dia",
            "hora do dia",
            "month of the year",
            "month of year",
            "fortnightly",
            "fortnight",
            "quincena",
            "quinzena",
            "quincenal",
            "quinzenal",
            "semester",
            "semestre",
            "semestral",
            "biweekly",
            "bimestre",
            "bimestral",
            "minute",
            "minuto",
        ];
        // "por día de la semana pasada" is daily, of last week.
        let of_a_week = |next: usize| {
            words::unit(self.at(next - 1)) == Some(Unit::Week)
                && (words::last(self.at(next))
                    || words::this(self.at(next))
                    || self.at(next) == "que"
                    || self.at(next).starts_with(|c: char| c.is_ascii_digit()))
        };
        if let Some(next) = self
            .says_any(at, UNSUPPORTED)
            .filter(|next| !of_a_week(*next))
        {
            return Some((Meaning::Unsupported, next));
        }
        let grain = match self.at(at) {
            "daily" | "diario" | "diaria" | "diarios" | "diarias" | "diariamente" => Grain::Day,
            "weekly" | "semanal" | "semanales" | "semanais" | "semanalmente" => Grain::Week,
            "monthly" | "mensual" | "mensuales" | "mensualmente" | "mensal" | "mensais"
            | "mensalmente" => Grain::Month,
            "quarterly" | "trimestral" | "trimestrales" | "trimestrais" | "trimestralmente" => {
                Grain::Quarter
            }
            "yearly" | "annual" | "annually" | "anual" | "anuales" | "anuais" | "anualmente" => {
                Grain::Year
            }
            "hourly" => Grain::Hour,
            "hour" | "hora" if by => Grain::Hour,
            word => {
                let grain = words::unit(word)?.grain()?;
                let next = at + 1;
                let again = words::unit(self.at(next + 1)).and_then(Unit::grain) == Some(grain);
                return Some(match self.at(next) {
                    "by" | "a" | "tras" | "por" if again => (Meaning::Grain(grain), next + 2),
                    _ if by => (Meaning::Grain(grain), next),
                    _ => (Meaning::Unit(grain), next),
                });
            }
        };
        Some((Meaning::Grain(grain), at + 1))
    }

    fn future(&self, i: usize) -> Option<(Meaning, usize)> {
        let i = self.skip(i, words::article);
        if matches!(self.at(i), "tomorrow" | "amanha" | "manana") {
            return Some((Meaning::Future, i + 1));
        }
        let named = |i: usize| {
            self.unit(i).map(|(_, next)| next).or_else(|| {
                let known = words::month(self.at(i), false).is_some()
                    || words::weekday(self.at(i)).is_some();
                known.then_some(i + 1)
            })
        };
        if words::next(self.at(i)) {
            let at = self.number(i + 1).map_or(i + 1, |(_, at)| at);
            return named(at).map(|next| (Meaning::Future, next));
        }
        let (_, at) = self.unit(i)?;
        let post = matches!(
            self.at(at),
            "proximo" | "proxima" | "proximos" | "proximas" | "que"
        );
        let comes = self.at(at) != "que" || matches!(self.at(at + 1), "viene" | "vem");
        (post && comes).then(|| (Meaning::Future, at + 1 + usize::from(self.at(at) == "que")))
    }
}
