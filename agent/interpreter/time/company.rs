//! Words that are of time only in company: "may" and "marco", "set" and "out", "segunda", "dos".
//! Takes from each word what those around it rule out; a wrong reading is worse than none.

use super::Unit;
use super::tokens::{Lexeme, Token};
use super::words::{Class, Days, Part};

/// Settles what the words of a sentence may be.
pub(super) fn settle(tokens: &mut [Token<'_>]) {
    for at in 0..tokens.len() {
        if tokens[at].lexemes.is_empty() {
            continue;
        }
        let kept: Vec<Lexeme> = tokens[at]
            .lexemes
            .iter()
            .filter_map(|lexeme| settled(&Place { tokens, at }, *lexeme))
            .collect();
        tokens[at].lexemes = kept;
    }
}

/// A word among the others.
struct Place<'p, 'a> {
    tokens: &'p [Token<'a>],
    at: usize,
}

impl Place<'_, '_> {
    fn word(&self, offset: isize) -> &str {
        self.token(offset).map_or("", |token| token.word)
    }

    fn token(&self, offset: isize) -> Option<&Token<'_>> {
        self.tokens.get(self.at.checked_add_signed(offset)?)
    }

    fn may(&self, offset: isize, fits: impl Fn(Class) -> bool) -> bool {
        self.token(offset).is_some_and(|token| token.may(fits))
    }

    /// A word that has nothing to do with time.
    fn is_other(&self, offset: isize) -> bool {
        self.token(offset)
            .is_some_and(|token| token.lexemes.is_empty())
    }

    fn is_end(&self, offset: isize) -> bool {
        self.token(offset).is_none()
    }

    /// Whether a phrase of such a class ends right before.
    fn follows(&self, fits: impl Fn(Class) -> bool) -> bool {
        (1..=3).any(|back| {
            self.token(-back).is_some_and(|token| {
                token
                    .lexemes
                    .iter()
                    .any(|lexeme| lexeme.length == back.unsigned_abs() && fits(lexeme.class))
            })
        })
    }

    /// The number of "last three ..." or "tres ultimos ..." right before.
    fn counted(&self) -> Option<i32> {
        let last = |class| matches!(class, Class::Last);
        let number = |offset| {
            self.token(offset)?
                .lexemes
                .iter()
                .find_map(|lexeme| match lexeme.class {
                    Class::Digits(n) | Class::Ones(n) | Class::Tens(n) if lexeme.length == 1 => {
                        Some(n)
                    }
                    _ => None,
                })
        };
        if self.may(-1, last) {
            number(-2)
        } else if self.may(-2, last) {
            number(-1)
        } else {
            None
        }
    }
}

fn settled(place: &Place<'_, '_>, lexeme: Lexeme) -> Option<Lexeme> {
    let keep = |kept: bool| kept.then_some(lexeme);
    let read_as = |class| Some(Lexeme { class, ..lexeme });
    let next = isize::try_from(lexeme.length).unwrap_or(1);
    match lexeme.class {
        Class::Digits(n) if place.follows(|class| class == Class::Counting) => {
            read_as(Class::Counted(n))
        }
        Class::Year(_) => keep(!place.follows(|class| class == Class::Counting)),
        Class::MonthWord(month) => is_month_word(place).then_some(Lexeme {
            class: Class::Month(month),
            ..lexeme
        }),
        Class::MonthNear(month) => is_month_near(place).then_some(Lexeme {
            class: Class::Month(month),
            ..lexeme
        }),
        Class::WeekdayNear(day) => is_weekday(place).then_some(Lexeme {
            class: Class::Weekday(day),
            ..lexeme
        }),
        // In Portuguese "dos últimos meses" is "of the last months".
        Class::Ones(2) if place.word(0) == "dos" => {
            let plural = matches!(place.word(-1), "los" | "las" | "estos" | "estas");
            let last = |class| class == Class::Last;
            let vague = place.may(1, last)
                || (place.may(1, |class| matches!(class, Class::Unit(_))) && place.may(2, last));
            keep(plural || !vague)
        }
        // "the last three Black Fridays" are three periods.
        Class::Holiday(_) => {
            let weekend = place.may(next, |class| class == Class::Weekend)
                || (place.follows(|class| class == Class::Weekend))
                || (place.may(-1, |class| matches!(class, Class::Of | Class::Article))
                    && place.may(-4, |class| class == Class::Weekend));
            if weekend || place.counted().is_some_and(|n| n != 2) {
                return read_as(Class::HolidayAside);
            }
            Some(lexeme)
        }
        Class::Weekdays(days) => {
            let ago = place.may(next, |class| class == Class::Ago);
            keep(days == Days::WORKDAYS || ago || place.counted().is_none())
        }
        // "Monday mornings", "weekend evenings": every one.
        Class::Weekday(day) if is_plural_day_part(place.word(next)) => {
            read_as(Class::Weekdays(Days::one(day)))
        }
        Class::Weekend if is_plural_day_part(place.word(next)) => {
            read_as(Class::Weekdays(Days::WEEKEND))
        }
        Class::Weekend => {
            let holiday = |class| matches!(class, Class::Holiday(_) | Class::HolidayAside);
            keep(
                !place.follows(holiday)
                    && !place.may(next, holiday)
                    && !place.may(next + 1, holiday),
            )
        }
        // "24/7" by itself is always.
        Class::DigitDate(24, 7, None) => {
            keep(place.may(-1, |class| links(class) || class == Class::Article))
        }
        // "the best month of the year" is one of this year's.
        Class::PartOfDates(Part::MonthOfYear | Part::QuarterOfYear | Part::DayOfMonth) => {
            keep(!place.may(-1, |class| class == Class::Superlative))
        }
        // "fin de semana" is no end of a week.
        Class::Edge(_) => keep(!place.may(0, |class| class == Class::Weekend)),
        Class::DayBeside(_) => {
            keep(!place.may(-1, |class| matches!(class, Class::Per | Class::Each)))
        }
        Class::DayPart(..) | Class::PerUnit(_)
            if place.may(-1, |class| class == Class::Greeting) =>
        {
            None
        }
        // "a quarter of the revenue".
        Class::Unit(Unit::Quarter) | Class::PerUnit(_) if place.word(next) == "of" => {
            let fraction = lexeme.length == 2 || place.word(-1) == "a";
            keep(!fraction)
        }
        _ => Some(lexeme),
    }
}

fn is_plural_day_part(word: &str) -> bool {
    matches!(word, "mornings" | "afternoons" | "evenings")
}

const fn links(class: Class) -> bool {
    matches!(
        class,
        Class::In
            | Class::Of
            | Class::And
            | Class::Versus
            | Class::To
            | Class::From
            | Class::Between
            | Class::Since
            | Class::After
            | Class::Until
            | Class::Before
            | Class::This
            | Class::Last
            | Class::Next
            | Class::Each
    )
}

const fn is_any_month(class: Class) -> bool {
    matches!(
        class,
        Class::Month(_) | Class::MonthNear(_) | Class::MonthWord(_)
    )
}

const fn is_number(class: Class) -> bool {
    matches!(class, Class::Digits(1..=31) | Class::Ordinal(1..=31))
}

/// "may", "march", "marco": also a verb, a walk and a man.
fn is_month_word(place: &Place<'_, '_>) -> bool {
    let subject = |class| class == Class::Subject;
    let dated = place.may(1, |class| {
        is_number(class) || matches!(class, Class::Year(_))
    }) || place.may(-1, is_number);
    if dated {
        return true;
    }
    match place.word(0) {
        "may" => {
            let asks = place.may(1, subject) || place.may(-1, subject) || place.word(1) == "the";
            let between = place.is_other(-1) && place.is_other(1);
            !asks && !between
        }
        "march" => !place.may(-1, subject),
        _ => {
            let led = place.may(-1, links) || place.is_end(-1);
            led && !place.is_other(1)
                || place.may(1, |class| matches!(class, Class::LastAfter | Class::Of))
        }
    }
}

/// "set", "out", "mar", "ago", "dec": abbreviations that are words of their own.
fn is_month_near(place: &Place<'_, '_>) -> bool {
    let year = |class| matches!(class, Class::Year(_));
    let to = |class| class == Class::To;
    let of = |class| class == Class::Of;
    let day_before = (place.may(-1, is_number) && place.word(1) != "of" && !place.is_other(1))
        || (place.may(-1, of) && place.may(-2, is_number));
    let day_after = matches!(place.word(0), "mar" | "dec")
        && place.may(1, |class| matches!(class, Class::Digits(1..=31)));
    let ranged = (place.may(1, to) && place.may(2, is_any_month))
        || (place.may(-1, to) && place.may(-2, is_any_month));
    let led = place.may(-1, |class| matches!(class, Class::Last | Class::This))
        || matches!(place.word(-1), "em" | "en");
    place.may(1, year)
        || (place.may(1, of) && place.may(2, year))
        || day_before
        || day_after
        || ranged
        || led
}

/// "sun", "sat": also a star and a verb. "segunda", "quarta": also ordinals.
fn is_weekday(place: &Place<'_, '_>) -> bool {
    let ends = place.is_end(1)
        || !(place.is_other(1)
            || place.may(1, |class| {
                matches!(class, Class::Unit(_) | Class::Ordinal(_))
            }));
    if matches!(place.word(0), "mon" | "wed" | "sat" | "sun") {
        return ends && (place.may(-1, links) || place.is_end(-1));
    }
    let ranged = place.may(1, |class| class == Class::To)
        && place.may(2, |class| {
            matches!(class, Class::Weekday(_) | Class::WeekdayNear(_))
        });
    let named = place.may(1, |class| {
        matches!(class, Class::LastAfter | Class::NextAfter)
    });
    let led = matches!(place.word(-1), "na" | "nas" | "da" | "desde" | "ate" | "a")
        || place.may(-1, |class| {
            matches!(
                class,
                Class::Last | Class::This | Class::Next | Class::Each | Class::Ordinal(_)
            )
        });
    // "a segunda" by itself is "the second".
    let article = place.word(-1) == "a" && !place.may(-2, links);
    named || ranged || (ends && led && !article)
}
