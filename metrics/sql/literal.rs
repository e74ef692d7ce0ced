//! Names and constants as SQL text. Nothing a person writes gets into a statement but through
//! here.

use std::fmt::Write;

use super::dialect::Dialect;
use crate::plan::Literal;

/// Writes a name, always quoted.
pub(crate) fn identifier(out: &mut String, name: &str) {
    out.push('"');
    for (index, part) in name.split('"').enumerate() {
        if index > 0 {
            out.push_str("\"\"");
        }
        out.push_str(part);
    }
    out.push('"');
}

/// Writes a text as a constant. PostgreSQL's texts hold no NUL: there it becomes U+FFFD.
pub(super) fn text(out: &mut String, dialect: Dialect, text: &str) {
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("''"),
            '\0' if dialect == Dialect::Postgres => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.push('\'');
}

/// Writes a constant with its type.
pub(super) fn literal(out: &mut String, dialect: Dialect, value: &Literal) {
    // Writing to a String cannot fail.
    let _ = match value {
        Literal::Null => write!(out, "NULL"),
        Literal::Boolean(true) => write!(out, "TRUE"),
        Literal::Boolean(false) => write!(out, "FALSE"),
        // In brackets where negative, so that `--` cannot arise.
        Literal::Integer(number) if *number < 0 => write!(out, "({number})"),
        Literal::Integer(number) => write!(out, "{number}"),
        Literal::Float(number) if !number.is_finite() => write!(out, "NULL"),
        Literal::Float(number) if number.is_sign_negative() => write!(out, "({number:e})"),
        Literal::Float(number) => write!(out, "{number:e}"),
        Literal::Number(digits) => write!(out, "{digits}"),
        Literal::Text(value) => {
            text(out, dialect, value);
            Ok(())
        }
        Literal::Date(date) => {
            out.push_str("DATE '");
            dialect.day(out, *date);
            write!(out, "{}'", dialect.era(*date))
        }
        Literal::Timestamp(at) => {
            out.push_str("TIMESTAMP '");
            dialect.day(out, at.date());
            write!(out, " {}{}'", at.time(), dialect.era(at.date()))
        }
        Literal::Instant(at) => {
            dialect.instant(out, *at);
            Ok(())
        }
    };
}
