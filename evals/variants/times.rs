//! Periods as people write them at the end or the start of a question: only those that stand as
//! well in the other place. What is not here is not moved.

use almanac_agent_contract::Language;

/// Words of time, folded: a question with one beside the period that would be moved is left as it is.
const TIMES: &[&str] = &[
    "ago",
    "after",
    "afternoon",
    "ano",
    "anos",
    "antes",
    "ate",
    "ayer",
    "before",
    "between",
    "cierre",
    "daily",
    "date",
    "dates",
    "day",
    "days",
    "depois",
    "desde",
    "despues",
    "dia",
    "diaria",
    "diario",
    "dias",
    "ejercicio",
    "end",
    "entre",
    "evening",
    "exercicio",
    "feriado",
    "fim",
    "fin",
    "final",
    "fiscal",
    "fortnight",
    "half",
    "hasta",
    "holiday",
    "hora",
    "horas",
    "hour",
    "hourly",
    "hours",
    "hoy",
    "hoje",
    "inicio",
    "manana",
    "manha",
    "meio",
    "mes",
    "meses",
    "mensal",
    "mensual",
    "minute",
    "moment",
    "month",
    "monthly",
    "months",
    "morning",
    "mtd",
    "next",
    "night",
    "noche",
    "noite",
    "now",
    "ontem",
    "period",
    "periodo",
    "proximo",
    "proxima",
    "qtd",
    "quarter",
    "quarterly",
    "quarters",
    "quincena",
    "quinzena",
    "semana",
    "semanal",
    "semanas",
    "semester",
    "semestre",
    "since",
    "start",
    "tarde",
    "time",
    "times",
    "today",
    "tomorrow",
    "trimestral",
    "trimestre",
    "trimestres",
    "ttm",
    "until",
    "week",
    "weekday",
    "weekdays",
    "weekend",
    "weekends",
    "weekly",
    "weeks",
    "year",
    "yearly",
    "years",
    "yesterday",
    "ytd",
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
    "segunda",
    "terca",
    "quarta",
    "quinta",
    "sexta",
    "black",
    "christmas",
    "easter",
    "carnival",
    "navidad",
    "natal",
    "pascua",
    "pascoa",
    "carnaval",
];

const MONTHS: [&[&str]; 3] = [
    &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    &[
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
    ],
    &[
        "janeiro",
        "fevereiro",
        "marco",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
];

const UNITS: [&[&str]; 3] = [
    &["week", "month", "quarter", "year"],
    &["semana", "mes", "trimestre", "ano"],
    &["semana", "mes", "trimestre", "ano"],
];

const MANY: [&[&str]; 3] = [
    &["days", "weeks", "months", "quarters", "years"],
    &["dias", "semanas", "meses", "trimestres", "anos"],
    &["dias", "semanas", "meses", "trimestres", "anos"],
];

/// Every word of time, folded.
pub(super) fn words_of_time() -> impl Iterator<Item = &'static str> {
    let lists = MONTHS.into_iter().chain(UNITS).chain(MANY).chain([TIMES]);
    lists.flatten().copied()
}

/// Whether a folded word tells of time.
pub(super) fn tells_time(folded: &str) -> bool {
    let number = folded.len() == 4 && folded.starts_with("20") && folded.parse::<u16>().is_ok();
    let quarter = matches!(
        folded,
        "q1" | "q2" | "q3" | "q4" | "t1" | "t2" | "t3" | "t4" | "1t" | "2t" | "3t" | "4t"
    );
    number
        || quarter
        || TIMES.contains(&folded)
        || MONTHS.iter().any(|months| months.contains(&folded))
}

/// How the words, which must be one period and nothing else, open a question; `None` for what is
/// no such period. `words` are folded, `typed` as they stand.
pub(super) fn opening(language: Language, words: &[&str], typed: &[&str]) -> Option<String> {
    let rest = typed.get(1..)?.join(" ");
    let whole = typed.join(" ");
    match language {
        Language::En => english(words).then_some(whole),
        Language::Es => spanish(words).then(|| match (words[0], words.get(1)) {
            ("del", _) => format!("el {rest}"),
            ("de", Some(&("el" | "la" | "los" | "las" | "este" | "esta"))) => rest,
            ("de", _) => format!("en {rest}"),
            _ => whole,
        }),
        Language::Pt => portuguese(words).then(|| {
            let lead = match words[0] {
                "do" => "no",
                "da" => "na",
                "dos" => "nos",
                "das" => "nas",
                "de" => "em",
                "deste" => "neste",
                "desta" => "nesta",
                _ => return whole,
            };
            format!("{lead} {rest}")
        }),
    }
}

/// How the words close a question that they opened: they must be a period that takes no other
/// preposition there.
pub(super) fn closing(language: Language, words: &[&str], typed: &[&str]) -> Option<String> {
    let stands = match language {
        Language::En => english(words),
        Language::Es => spanish(words) && !matches!(words[0], "de" | "del"),
        Language::Pt => portuguese(words) && !words[0].starts_with('d'),
    };
    stands.then(|| typed.join(" "))
}

fn english(words: &[&str]) -> bool {
    let (months, units, many) = (MONTHS[0], UNITS[0], MANY[0]);
    let (led, words) = match words {
        [lead, rest @ ..] if ["in", "during", "for", "over"].contains(lead) => (true, rest),
        _ => (false, words),
    };
    let words = match words {
        ["the", rest @ ..] if led => rest,
        _ => words,
    };
    match words {
        ["last" | "this" | "previous", unit] => units.contains(unit),
        ["last" | "past", number, unit] => is_number(number) && many.contains(unit),
        ["yesterday" | "today" | "ytd" | "mtd"] => !led,
        [unit, "to", "date"] => !led && units.contains(unit),
        ["since", month] => !led && months.contains(month),
        [month] if months.contains(month) => led,
        [month, year] if months.contains(month) => is_year(year),
        [year] if is_year(year) => led,
        [quarter] if is_quarter(quarter) => led,
        [quarter, year] if is_quarter(quarter) => is_year(year),
        _ => false,
    }
}

fn spanish(words: &[&str]) -> bool {
    let (months, units, many) = (MONTHS[1], UNITS[1], MANY[1]);
    let (lead, words) = match words {
        [lead @ ("en" | "durante" | "de" | "del"), rest @ ..] => (*lead, rest),
        _ => ("", words),
    };
    let article = lead == "del" || matches!(words, ["el" | "la" | "los" | "las", ..]);
    let core = match words {
        ["el" | "la" | "los" | "las", rest @ ..] if lead != "del" => rest,
        _ => words,
    };
    match core {
        [unit, "pasado" | "pasada"] => article && units.contains(unit),
        ["ultimos" | "ultimas", number, unit] => {
            article && is_number(number) && many.contains(unit)
        }
        ["este" | "esta", unit] => !article && units.contains(unit),
        ["ayer" | "hoy"] => lead.is_empty() && !article,
        ["desde", month] => lead.is_empty() && months.contains(month),
        [month] if months.contains(month) => matches!(lead, "en" | "de") && !article,
        [month, "de", year] if months.contains(month) => {
            matches!(lead, "en" | "de") && is_year(year)
        }
        [year] if is_year(year) => matches!(lead, "en" | "de") && !article,
        _ => false,
    }
}

fn portuguese(words: &[&str]) -> bool {
    let (months, units, many) = (MONTHS[2], UNITS[2], MANY[2]);
    match words {
        ["no" | "na" | "do" | "da", unit, "passado" | "passada"] => units.contains(unit),
        [
            "nos" | "nas" | "dos" | "das",
            "ultimos" | "ultimas",
            number,
            unit,
        ] => is_number(number) && many.contains(unit),
        [
            "este" | "esta" | "neste" | "nesta" | "deste" | "desta",
            unit,
        ] => units.contains(unit),
        ["ontem" | "hoje"] => true,
        ["desde" | "em" | "de", month] if months.contains(month) => true,
        ["em" | "de", month, "de", year] if months.contains(month) => is_year(year),
        ["em" | "de", year] => is_year(year),
        _ => false,
    }
}

fn is_number(word: &str) -> bool {
    word.parse::<u16>().is_ok()
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with("20") && is_number(word)
}

fn is_quarter(word: &str) -> bool {
    matches!(word, "q1" | "q2" | "q3" | "q4")
}
