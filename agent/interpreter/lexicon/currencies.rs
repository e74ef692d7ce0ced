//! Currencies by what people call them: the workspace's own is passed over, another one asked for
//! is a conversion.

/// The currency that a folded word names, where it names one.
pub(crate) fn currency(word: &str) -> Option<&'static str> {
    let row = CURRENCIES
        .iter()
        .find(|(code, names)| code.eq_ignore_ascii_case(word) || names.contains(&word));
    row.map(|(code, _)| *code)
}

/// Whether the word names that currency, or one of the same name ("pesos").
pub(super) fn names(word: &str, code: &str) -> bool {
    word.eq_ignore_ascii_case(code)
        || CURRENCIES
            .iter()
            .any(|(other, names)| *other == code && names.contains(&word))
}

const CURRENCIES: &[(&str, &[&str])] = &[
    ("EUR", &["euro", "euros"]),
    ("USD", &["dollar", "dollars", "dolar", "dolares"]),
    ("BRL", &["real", "reais", "reales"]),
    ("GBP", &["pound", "pounds", "libras", "sterling"]),
    ("MXN", &["peso", "pesos"]),
    ("ARS", &["peso", "pesos"]),
    ("CLP", &["peso", "pesos"]),
    ("COP", &["peso", "pesos"]),
    ("UYU", &["peso", "pesos"]),
    ("CHF", &["franc", "francs", "francos"]),
    ("JPY", &["yen", "yens", "yenes", "ienes"]),
    ("CNY", &["yuan", "yuanes", "renminbi"]),
    ("INR", &["rupee", "rupees", "rupias"]),
    ("CAD", &[]),
    ("AUD", &[]),
    ("SEK", &[]),
    ("NOK", &[]),
    ("DKK", &[]),
];
