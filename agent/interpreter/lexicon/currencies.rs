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

/// What people call the currency of that folded code.
pub(super) fn names_of(code: &str) -> impl Iterator<Item = &'static str> {
    let row = CURRENCIES
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(code));
    row.into_iter().flat_map(|(_, names)| names.iter().copied())
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
    ("NZD", &[]),
    ("SGD", &[]),
    ("HKD", &[]),
    ("DOP", &["peso", "pesos"]),
    ("PHP", &["peso", "pesos"]),
    ("PEN", &["soles"]),
    ("BOB", &[]),
    ("PYG", &["guaranies"]),
    ("VES", &["bolivares"]),
    ("CRC", &["colones"]),
    ("GTQ", &["quetzales"]),
    ("HNL", &["lempira", "lempiras"]),
    ("NIO", &["cordobas"]),
    ("KRW", &[]),
    ("TRY", &["liras"]),
    ("RUB", &["ruble", "rubles", "rublo", "rublos"]),
    ("UAH", &["hryvnia", "hryvnias"]),
    ("PLN", &["zloty", "zlotys", "zloties"]),
    ("CZK", &["koruna", "korunas"]),
    ("HUF", &["forint", "forints"]),
    ("ILS", &["shekel", "shekels", "sheqel"]),
    ("THB", &["baht"]),
    ("ZAR", &["rands"]),
    ("NGN", &["naira", "nairas"]),
    ("KES", &["shilling", "shillings"]),
    ("AOA", &["kwanza", "kwanzas"]),
    ("MZN", &["metical", "meticais"]),
    ("AED", &["dirham", "dirhams"]),
    ("MAD", &["dirham", "dirhams"]),
    ("SAR", &["riyal", "riyals"]),
    ("SEK", &[]),
    ("NOK", &[]),
    ("DKK", &[]),
];
