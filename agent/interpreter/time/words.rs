//! The classes of words of time in English, Spanish and Portuguese, lower case and without
//! accents. The grammar of this folder reads classes, never words.

use jiff::civil::Weekday;

use super::Unit;

/// The unit a word names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "day" | "days" | "dia" | "dias" => Unit::Day,
        "week" | "weeks" | "wk" | "wks" | "semana" | "semanas" => Unit::Week,
        "fortnight" | "fortnights" | "quincena" | "quincenas" | "quinzena" | "quinzenas" => {
            Unit::Fortnight
        }
        "month" | "months" | "mth" | "mths" | "mes" | "meses" => Unit::Month,
        "quarter" | "quarters" | "qtr" | "qtrs" | "trimestre" | "trimestres" => Unit::Quarter,
        "semester" | "semesters" | "semestre" | "semestres" => Unit::Half,
        "year" | "years" | "yr" | "yrs" | "ano" | "anos" => Unit::Year,
        "ejercicio" | "ejercicios" | "exercicio" | "exercicios" => Unit::FiscalYear,
        _ => return None,
    })
}

/// The month a word names, 1 to 12. `near_number` also takes abbreviations that are words of
/// their own ("set", "out", "ago", "mar").
pub(super) fn month(word: &str, near_number: bool) -> Option<i8> {
    Some(match word {
        "january" | "jan" | "enero" | "janeiro" => 1,
        "february" | "feb" | "febrero" | "fevereiro" => 2,
        "march" | "marzo" | "marco" => 3,
        "april" | "apr" | "abril" => 4,
        "may" | "mayo" | "maio" => 5,
        "june" | "jun" | "junio" | "junho" => 6,
        "july" | "jul" | "julio" | "julho" => 7,
        "august" | "aug" | "agosto" => 8,
        "september" | "sep" | "sept" | "septiembre" | "setiembre" | "setembro" => 9,
        "october" | "oct" | "octubre" | "outubro" => 10,
        "november" | "nov" | "noviembre" | "novembro" => 11,
        "december" | "diciembre" | "dezembro" => 12,
        _ if !near_number => return None,
        "ene" => 1,
        "fev" => 2,
        "mar" => 3,
        "abr" => 4,
        "mai" => 5,
        "ago" => 8,
        "set" => 9,
        "out" => 10,
        "dec" | "dic" | "dez" => 12,
        _ => return None,
    })
}

/// Whether the word names a month, abbreviated or not.
pub(crate) fn is_month(word: &str) -> bool {
    month(word, true).is_some()
}

/// The weekday a word names. "segunda" is also "second" in Spanish and Portuguese; who asks must
/// look at what follows.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mondays" | "lunes" | "segunda" => Weekday::Monday,
        "tuesday" | "tuesdays" | "tue" | "tues" | "martes" | "terca" => Weekday::Tuesday,
        "wednesday" | "wednesdays" | "wed" | "miercoles" | "quarta" => Weekday::Wednesday,
        "thursday" | "thursdays" | "thu" | "thurs" | "jueves" | "quinta" => Weekday::Thursday,
        "friday" | "fridays" | "fri" | "viernes" | "sexta" => Weekday::Friday,
        "saturday" | "saturdays" | "sabado" | "sabados" => Weekday::Saturday,
        "sunday" | "sundays" | "domingo" | "domingos" => Weekday::Sunday,
        _ => return None,
    })
}

/// A number in digits or words, up to 9999.
pub(crate) fn number(word: &str) -> Option<i32> {
    if !word.is_empty() && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok();
    }
    Some(match word {
        "one" | "un" | "una" | "uno" | "um" | "uma" => 1,
        "two" | "dos" | "dois" | "duas" => 2,
        "three" | "tres" => 3,
        "four" | "cuatro" | "quatro" => 4,
        "five" | "cinco" => 5,
        "six" | "seis" => 6,
        "seven" | "siete" | "sete" => 7,
        "eight" | "ocho" | "oito" => 8,
        "nine" | "nueve" | "nove" => 9,
        "ten" | "diez" | "dez" => 10,
        "eleven" | "once" | "onze" => 11,
        "twelve" | "doce" | "doze" => 12,
        "thirteen" | "trece" | "treze" => 13,
        "fourteen" | "catorce" | "catorze" | "quatorze" => 14,
        "fifteen" | "quince" | "quinze" => 15,
        "eighteen" | "dieciocho" | "dezoito" => 18,
        "twenty" | "veinte" | "vinte" => 20,
        "thirty" | "treinta" | "trinta" => 30,
        "forty" | "cuarenta" | "quarenta" => 40,
        "fifty" | "cincuenta" | "cinquenta" => 50,
        "sixty" | "sesenta" | "sessenta" => 60,
        "ninety" | "noventa" => 90,
        "hundred" | "cien" | "cem" => 100,
        _ => return None,
    })
}

/// An ordinal: "third", "3rd", "tercer", "terceiro".
pub(super) fn ordinal(word: &str) -> Option<i32> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    if let Some(ending) = word.strip_prefix(digits)
        && matches!(
            ending,
            "st" | "nd" | "rd" | "th" | "o" | "a" | "er" | "ro" | "ra" | "do" | "da"
        )
    {
        return number(digits);
    }
    Some(match word {
        "first" | "primer" | "primero" | "primera" | "primeiro" | "primeira" => 1,
        "second" | "segundo" | "segunda" => 2,
        "third" | "tercer" | "tercero" | "tercera" | "terceiro" | "terceira" => 3,
        "fourth" | "cuarto" | "cuarta" | "quarto" | "quarta" => 4,
        "fifth" | "quinto" | "quinta" => 5,
        _ => return None,
    })
}

/// The whole before: "last", "previous", "pasado", "último", "anterior".
pub(super) fn last(word: &str) -> bool {
    matches!(
        word,
        "last"
            | "previous"
            | "prior"
            | "past"
            | "prev"
            | "preceding"
            | "pasado"
            | "pasada"
            | "pasados"
            | "pasadas"
            | "ultimo"
            | "ultima"
            | "ultimos"
            | "ultimas"
            | "anterior"
            | "anteriores"
            | "passado"
            | "passada"
            | "passados"
            | "passadas"
            | "previo"
            | "previa"
            | "previos"
            | "previas"
    )
}

/// Of `N` units: what runs up to now.
pub(super) fn trailing(word: &str) -> bool {
    last(word) || matches!(word, "trailing" | "rolling")
}

/// The running one.
pub(super) fn this(word: &str) -> bool {
    matches!(
        word,
        "this"
            | "current"
            | "este"
            | "esta"
            | "estos"
            | "estas"
            | "actual"
            | "atual"
            | "corrente"
            | "corriente"
            | "deste"
            | "desta"
            | "neste"
            | "nesta"
            | "presente"
    )
}

/// The one that has not begun.
pub(super) fn next(word: &str) -> bool {
    matches!(
        word,
        "next"
            | "coming"
            | "upcoming"
            | "proximo"
            | "proxima"
            | "proximos"
            | "proximas"
            | "vindouro"
    )
}

/// Links a part to its whole: "first week *of* May".
pub(super) fn of(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "de"
            | "del"
            | "do"
            | "da"
            | "dos"
            | "das"
            | "en"
            | "em"
            | "no"
            | "na"
            | "the"
    )
}

/// Articles and prepositions that may open a phrase without changing it.
pub(super) fn article(word: &str) -> bool {
    matches!(
        word,
        "the" | "el" | "la" | "los" | "las" | "o" | "a" | "os" | "as" | "al" | "ao" | "del"
    )
}

/// "and", between two ends.
pub(super) fn and(word: &str) -> bool {
    matches!(word, "and" | "y" | "e" | "&" | "to" | "-")
}

/// From one end to the other.
pub(super) fn to(word: &str) -> bool {
    matches!(
        word,
        "to" | "through" | "thru" | "till" | "until" | "-" | "a" | "al" | "ao" | "hasta" | "ate"
    )
}
