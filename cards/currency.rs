//! Currency symbols and decimals. A reader in Madrid sees "12 US$", one in Mexico "USD 12", one in
//! New York "$12": the bare "$" is written only where it cannot be taken for another dollar or peso.
//! Symbols are CLDR's; a currency without one is written as its ISO code.

use almanac_agent_contract::Language;

use crate::locale::Region;

/// The decimals a currency is counted in (ISO 4217; CLDR where cash has dropped them).
pub(crate) fn decimals(code: &str) -> u8 {
    match code {
        "JPY" | "KRW" | "VND" | "CLP" | "PYG" | "ISK" | "UGX" | "XAF" | "XOF" | "XPF" | "RWF"
        | "COP" | "IDR" | "HUF" => 0,
        "BHD" | "KWD" | "OMR" | "JOD" | "TND" | "IQD" | "LYD" => 3,
        _ => 2,
    }
}

/// What is written for a currency in this region.
pub(crate) fn symbol<'a>(code: &'a str, region: &Region) -> &'a str {
    if let Some(local) = local_symbol(code, &region.code) {
        return local;
    }
    match region.language {
        Language::En => english(code, &region.code),
        Language::Es => spanish(code, &region.code),
        Language::Pt => portuguese(code),
    }
}

/// The symbol of a region's own currency, where it is shorter there than elsewhere.
fn local_symbol(code: &str, region: &str) -> Option<&'static str> {
    Some(match (region, code) {
        ("US" | "PR" | "EC" | "SV", "USD")
        | ("CA", "CAD")
        | ("AU", "AUD")
        | ("NZ", "NZD")
        | ("SG", "SGD")
        | ("MX", "MXN")
        | ("AR", "ARS")
        | ("CO", "COP")
        | ("CL", "CLP")
        | ("UY", "UYU") => "$",
        ("PE", "PEN") => "S/",
        ("ZA", "ZAR") => "R",
        ("JP", "JPY") => "¥",
        _ => return None,
    })
}

fn english<'a>(code: &'a str, region: &str) -> &'a str {
    match code {
        // English without a region is read as it is in the United States.
        "USD" if region.is_empty() || region == "IN" => "$",
        "JPY" if region.is_empty() || region == "US" => "¥",
        "USD" => "US$",
        "JPY" => "JP¥",
        "EUR" => "€",
        "GBP" => "£",
        "INR" => "₹",
        "BRL" => "R$",
        "MXN" => "MX$",
        "CAD" => "CA$",
        "AUD" => "A$",
        "NZD" => "NZ$",
        "CNY" => "CN¥",
        "KRW" => "₩",
        "ILS" => "₪",
        "VND" => "₫",
        _ => code,
    }
}

fn spanish<'a>(code: &'a str, region: &str) -> &'a str {
    match (region, code) {
        ("" | "ES", "EUR") => "€",
        ("" | "ES" | "AR" | "CL" | "CO" | "CR" | "DO" | "UY" | "PY", "USD") => "US$",
        _ => code,
    }
}

fn portuguese(code: &str) -> &str {
    match code {
        "BRL" => "R$",
        "USD" => "US$",
        "EUR" => "€",
        "GBP" => "£",
        "MXN" => "MX$",
        "CAD" => "CA$",
        "AUD" => "AU$",
        "INR" => "₹",
        "JPY" => "JP¥",
        "CNY" => "CN¥",
        "KRW" => "₩",
        "ILS" => "₪",
        _ => code,
    }
}
