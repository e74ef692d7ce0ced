//! A card's table as a file for spreadsheets, behind the button "Export CSV": RFC 4180 with a
//! header of column names, and values as they are in the data, not as a locale writes them.

use almanac_agent_contract::{Card, Value};

/// The table as CSV: lines end in CR LF, dates are ISO 8601, missing values are empty.
///
/// Text that a spreadsheet would run as a formula is led by an apostrophe
/// (OWASP, "CSV injection").
#[must_use]
pub fn csv(card: &Card) -> String {
    let names: Vec<String> = card
        .table
        .columns
        .iter()
        .map(|column| text(&column.name))
        .collect();
    let rows = card
        .table
        .rows
        .iter()
        .map(|row| row.iter().map(cell).collect::<Vec<_>>());
    let mut file = String::new();
    for fields in std::iter::once(names).chain(rows) {
        file.push_str(&fields.join(","));
        file.push_str("\r\n");
    }
    file
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Integer(n) => n.to_string(),
        Value::Float(x) if x.is_finite() => x.to_string(),
        Value::Float(_) => String::new(),
        Value::Date(date) => date.to_string(),
        Value::DateTime(moment) => moment.to_string(),
        Value::Text(words) => text(words),
    }
}

fn text(words: &str) -> String {
    let words = if runs_as_formula(words) {
        format!("'{words}")
    } else {
        words.to_owned()
    };
    // A semicolon separates fields where the comma is the decimal mark.
    if words.contains(['"', ',', ';', '\n', '\r', '\t']) || words.trim() != words {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words
    }
}

fn runs_as_formula(words: &str) -> bool {
    words.starts_with(['\t', '\r', '\n'])
        || words
            .trim_start()
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}
