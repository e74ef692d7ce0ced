//! What forms of one word have in common that share no stem: "came" is "come", "visitors" visit.
//! Questions and descriptions seldom use the same form.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The plain form of an irregular verb; any other word as it is.
pub(super) fn lemma(word: &str) -> &str {
    static FORMS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let rows = VERBS
            .iter()
            .filter_map(|row| Some((row, row.split(' ').next()?)));
        rows.flat_map(|(row, plain)| row.split(' ').map(move |form| (form, plain)))
            .collect()
    });
    FORMS.get(word).copied().unwrap_or(word)
}

/// A word without the endings of nouns and verbs that are made of others, in any of the languages.
pub(super) fn root(word: &str) -> &str {
    let cut = ENDINGS.iter().find_map(|ending| {
        let short = word.strip_suffix(ending)?;
        (short.len() >= LEAST && word.is_ascii()).then_some(short)
    });
    let short = cut.unwrap_or(word);
    // "cancelled" and "cancel", "shipped" and "ship"
    let bytes = short.as_bytes();
    match bytes {
        [.., a, b] if a == b && cut.is_some() && *a != b's' && short.len() > LEAST => {
            &short[..short.len() - 1]
        }
        _ => short,
    }
}

/// What is left of a word has so many letters.
const LEAST: usize = 4;

/// The longest first.
const ENDINGS: &[&str] = &[
    "ations", "ation", "aciones", "amentos", "amento", "imiento", "adores", "idores", "ments",
    "ships", "ances", "ences", "acion", "acoes", "adora", "antes", "entes", "ment", "ship", "ance",
    "ence", "ions", "ings", "ador", "idor", "ante", "ente", "acao", "ados", "adas", "idos", "idas",
    "aron", "aram", "amos", "ees", "ors", "ers", "ing", "ion", "als", "ado", "ada", "ido", "ida",
    "ee", "or", "er", "ed", "al", "es", "ar", "s",
];

/// One row a verb, the plain form first.
const VERBS: &[&str] = &[
    "get got gotten getting",
    "come came coming",
    "become became becoming",
    "give gave given giving giver givers gift gifts",
    "take took taken taking",
    "make made making",
    "see saw seen seeing",
    "go went gone going",
    "leave left leaving",
    "buy bought buying buyer buyers",
    "sell sold selling seller sellers",
    "pay paid paying payer payers payment payments",
    "spend spent spending",
    "lose lost losing loss losses",
    "find found finding",
    "hold held holding",
    "keep kept keeping",
    "bring brought bringing",
    "begin began begun beginning",
    "run ran running",
    "drive drove driven driving driver drivers",
    "ride rode ridden riding rider riders ridership",
    "fly flew flown flying flight flights",
    "send sent sending",
    "build built building",
    "write wrote written writing",
    "eat ate eaten eating",
    "drink drank drunk drinking",
    "grow grew grown growing growth",
    "win won winning",
    "teach taught teaching",
    "catch caught catching",
    "break broke broken breaking",
    "choose chose chosen choosing",
    "lend lent lending",
    "meet met meeting",
    "read reading",
    "sleep slept sleeping",
    "speak spoke spoken speaking",
    "steal stole stolen stealing",
    "throw threw thrown throwing",
    "wear wore worn wearing",
    "withdraw withdrew withdrawn withdrawal withdrawals",
    "deal dealt dealing",
    "feed fed feeding",
    "grind ground",
    "shoot shot",
    "sow sown sowed",
    "swim swam swum swimming",
    "sing sang sung singing",
    "wake woke woken",
    "donate donated donor donors donation donations",
    "die died dead death deaths",
    "bear born birth births",
    "serve served serving servings",
];
