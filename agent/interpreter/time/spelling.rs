//! Which words belong to time: the lexicon takes none of them for a typo of a metric, and mends
//! typos of theirs.

use super::words::{Class, fused, single};

/// Whether the word belongs to time at all, in any language: it is then no typo of a metric.
pub(crate) fn known(word: &str) -> bool {
    let of_time = |class| {
        matches!(
            class,
            Class::Unit(_)
                | Class::Month(_)
                | Class::MonthNear(_)
                | Class::MonthWord(_)
                | Class::Weekday(_)
                | Class::WeekdayNear(_)
                | Class::Weekdays(_)
                | Class::Digits(_)
                | Class::Ones(_)
                | Class::Tens(_)
                | Class::Hundreds(_)
                | Class::Hundred
                | Class::Ordinal(_)
                | Class::Last
                | Class::Rolling
                | Class::This
                | Class::Next
        )
    };
    OTHER.contains(&word) || single(word).chain(fused(word)).any(of_time)
}

/// A number of one word, up to 9999.
pub(crate) fn number(word: &str) -> Option<i32> {
    single(word)
        .chain(fused(word))
        .find_map(|class| match class {
            Class::Digits(n) | Class::Ones(n) | Class::Tens(n) | Class::Hundreds(n) => Some(n),
            Class::Hundred => Some(100),
            _ => None,
        })
}

/// Whether the word names a month, abbreviated or not.
pub(crate) fn is_month(word: &str) -> bool {
    single(word).any(|class| {
        matches!(
            class,
            Class::Month(_) | Class::MonthNear(_) | Class::MonthWord(_)
        )
    })
}

/// Words of the phrases that the grammar spells out, for [`known`] and for repairing typos.
const OTHER: &[&str] = &[
    "today",
    "hoy",
    "hoje",
    "yesterday",
    "ayer",
    "ontem",
    "anteayer",
    "anteontem",
    "tomorrow",
    "manana",
    "amanha",
    "ago",
    "hace",
    "atras",
    "since",
    "desde",
    "until",
    "till",
    "hasta",
    "ate",
    "between",
    "entre",
    "before",
    "after",
    "antes",
    "despues",
    "depois",
    "apos",
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "yearly",
    "annual",
    "annually",
    "hourly",
    "hour",
    "hours",
    "hora",
    "horas",
    "diario",
    "diaria",
    "diariamente",
    "semanal",
    "semanalmente",
    "mensual",
    "mensualmente",
    "mensal",
    "mensalmente",
    "trimestral",
    "anual",
    "anualmente",
    "fiscal",
    "easter",
    "pascua",
    "pascoa",
    "christmas",
    "navidad",
    "natal",
    "carnival",
    "carnaval",
    "thanksgiving",
    "beginning",
    "start",
    "end",
    "principio",
    "inicio",
    "comienzo",
    "comeco",
    "final",
    "finales",
    "fin",
    "fim",
    "half",
    "ytd",
    "mtd",
    "qtd",
    "wtd",
    "fytd",
    "ttm",
    "yoy",
    "mom",
    "wow",
    "qoq",
    "period",
    "periodo",
    "interanual",
    "halloween",
    "weekend",
    "date",
    "fecha",
    "couple",
];

/// Names worth repairing when they are mistyped.
const NAMES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
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
    "janeiro",
    "fevereiro",
    "maio",
    "junho",
    "julho",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "week",
    "weeks",
    "month",
    "months",
    "quarter",
    "quarters",
    "year",
    "years",
    "days",
    "semana",
    "semanas",
    "meses",
    "trimestre",
    "trimestres",
    "semestre",
    "anos",
    "dias",
    "last",
    "previous",
    "this",
    "current",
    "pasado",
    "pasada",
    "ultimo",
    "ultima",
    "ultimos",
    "ultimas",
    "anterior",
    "passado",
    "passada",
    "trailing",
    "rolling",
    "black",
];

/// Words of time for repairing typos.
pub(crate) fn spelled() -> impl Iterator<Item = &'static str> {
    OTHER.iter().chain(NAMES).copied()
}
