//! Manners around a question: "can you show me ...", "quiero ver ...", "... por favor".

use almanac_agent_contract::Language;

use super::asks_for_numbers;
use super::draw::Draw;
use super::words::{bare, small, words};
use crate::Case;

/// What a question begins with, folded.
struct Openers {
    questions: &'static [&'static str],
    orders: &'static [&'static str],
    /// Nothing can be put before these.
    others: &'static [&'static str],
    /// Manners that are there already.
    manners: &'static [&'static str],
    around_questions: &'static [&'static str],
    around_names: &'static [&'static str],
    after: &'static [&'static str],
}

const ENGLISH: Openers = Openers {
    questions: &["what", "which", "how", "when", "who", "where"],
    orders: &[
        "show", "give", "list", "compare", "tell", "plot", "chart", "draw", "display", "rank",
    ],
    others: &[
        "a", "also", "and", "are", "as", "but", "break", "can", "could", "did", "do", "does",
        "drill", "export", "forget", "group", "has", "have", "hello", "hey", "hi", "i", "if", "in",
        "instead", "is", "just", "let", "make", "me", "need", "no", "not", "now", "on", "only",
        "or", "remove", "same", "should", "sort", "split", "the", "then", "was", "we", "were",
        "what's", "who's", "how's", "why", "will", "with", "without", "would", "get", "find",
        "see", "want", "anything", "pull", "add", "drop", "back", "check", "go", "is", "did",
    ],
    manners: &[
        "please", "thanks", "thank", "could", "can", "pls", "hi", "hey", "hello",
    ],
    around_questions: &["could you tell me {}?", "hi, {}? thanks!"],
    around_names: &["can you show me {}?", "I'd like to see {}, please"],
    after: &["{}, please"],
};

const SPANISH: Openers = Openers {
    questions: &[
        "que", "cual", "cuales", "cuanto", "cuantos", "cuanta", "cuantas", "quien", "quienes",
        "cuando", "donde",
    ],
    orders: &[
        "muestra",
        "muestrame",
        "dame",
        "compara",
        "lista",
        "ensename",
        "dime",
        "quiero",
        "ponme",
        "necesito",
    ],
    others: &[
        "a",
        "agrupa",
        "ahora",
        "borra",
        "como",
        "con",
        "de",
        "desglosa",
        "e",
        "el",
        "en",
        "es",
        "hay",
        "hola",
        "hubo",
        "la",
        "las",
        "los",
        "lo",
        "me",
        "no",
        "o",
        "olvida",
        "ordena",
        "pero",
        "por",
        "puedes",
        "sin",
        "solo",
        "superamos",
        "tambien",
        "tuvimos",
        "vuelve",
        "y",
        "hemos",
        "llegamos",
        "pasamos",
        "vendimos",
        "alcanzamos",
        "si",
        "quita",
        "anade",
        "agrega",
        "pues",
        "tenemos",
        "estan",
        "esta",
        "saca",
        "haz",
        "ver",
        "se",
    ],
    manners: &["favor", "gracias", "puedes", "podrias", "hola"],
    around_questions: &["¿me puedes decir {}?", "hola, ¿{}? gracias"],
    around_names: &["quiero ver {}", "¿me puedes mostrar {}?"],
    after: &["{}, por favor"],
};

const PORTUGUESE: Openers = Openers {
    questions: &[
        "qual", "quais", "quanto", "quantos", "quanta", "quantas", "quem", "quando", "onde",
    ],
    orders: &[
        "mostra", "mostre", "compara", "compare", "lista", "liste", "quero", "preciso",
    ],
    others: &[
        "a",
        "abre",
        "agora",
        "agrupa",
        "as",
        "batemos",
        "com",
        "como",
        "da",
        "de",
        "do",
        "e",
        "em",
        "esquece",
        "foi",
        "ha",
        "houve",
        "me",
        "mas",
        "nao",
        "na",
        "no",
        "o",
        "oi",
        "ola",
        "ordena",
        "os",
        "ou",
        "passamos",
        "pode",
        "por",
        "que",
        "sem",
        "so",
        "superamos",
        "tambem",
        "tem",
        "temos",
        "teve",
        "tira",
        "tivemos",
        "vendemos",
        "volta",
        "voce",
        "bate",
        "apenas",
        "somente",
        "se",
        "da",
        "ve",
        "bora",
        "chegamos",
        "faz",
        "ver",
    ],
    manners: &[
        "favor", "obrigado", "obrigada", "pode", "poderia", "oi", "ola",
    ],
    around_questions: &["você pode me dizer {}?", "oi, {}? obrigado"],
    around_names: &["quero ver {}", "me mostra {}, por favor"],
    after: &["{}, por favor"],
};

/// The question with manners.
pub(super) fn polite(case: &Case, draw: &mut Draw) -> Vec<String> {
    let openers = match case.language {
        Language::En => &ENGLISH,
        Language::Es => &SPANISH,
        Language::Pt => &PORTUGUESE,
    };
    let words: Vec<String> = words(&case.ask).iter().map(|word| word.folded()).collect();
    let Some(first) = words.first().map(|word| word.as_str()) else {
        return Vec::new();
    };
    let has_manners = words
        .iter()
        .any(|word| openers.manners.contains(&word.as_str()));
    let several = bare(&case.ask).contains(['?', '!', '.'])
        && bare(&case.ask).contains(' ')
        && bare(&case.ask).split(['?', '!']).count() > 1;
    if !asks_for_numbers(case) || has_manners || several {
        return Vec::new();
    }
    let about = words
        .get(1)
        .is_some_and(|word| matches!(word.as_str(), "about" | "come" | "tal" | "hay" | "tem"));
    let asks = openers.questions.contains(&first) && !about;
    // Words of Spanish and Portuguese that only ask with their accent on.
    let asks = asks
        && (case.language == Language::En
            || first != "que" && first != "quando" && first != "cuando");
    let kind = if !case.before.is_empty() || openers.orders.contains(&first) {
        openers.after
    } else if asks {
        openers.around_questions
    } else if openers.others.contains(&first) || openers.questions.contains(&first) {
        return Vec::new();
    } else {
        openers.around_names
    };
    let inner = bare(&case.ask);
    let inner = small(inner);
    let chosen = draw.one_of(kind).into_iter();
    chosen.map(|frame| frame.replace("{}", &inner)).collect()
}
