//! From a fragment's text to a typed expression.

use almanac_agent_contract::Settings;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token;

use super::kinds::Typed;
use super::template::{Reference, extract};
use super::translate::Translator;

/// What names mean where a fragment stands.
pub(crate) trait Scope {
    /// A plain name.
    fn column(&self, name: &str) -> Result<Typed, String>;

    /// A template.
    fn reference(&self, reference: &Reference) -> Result<Typed, String>;
}

// Deep enough for any definition, shallow enough for the stack of a worker thread.
const DEPTH: usize = 48;
const LENGTH: usize = 10_000;

/// Parses a fragment.
///
/// # Errors
/// What is wrong with it, as the end of a sentence that begins with the fragment.
pub(crate) fn parse(
    fragment: &str,
    scope: &dyn Scope,
    settings: &Settings,
) -> Result<Typed, String> {
    if fragment.trim().is_empty() {
        return Err("is empty".into());
    }
    if fragment.len() > LENGTH {
        return Err(format!("is longer than {LENGTH} characters"));
    }
    let extracted = extract(fragment)?;
    let mut parser = Parser::new(&PostgreSqlDialect {})
        .with_recursion_limit(DEPTH)
        .try_with_sql(&extracted.sql)
        .map_err(|error| unreadable(&error))?;
    let parsed = parser.parse_expr().map_err(|error| unreadable(&error))?;
    let next = parser.peek_token();
    if next.token != Token::EOF {
        return Err(format!("should end before \"{}\"", next.token));
    }
    Translator {
        scope,
        settings,
        references: &extracted.references,
        depth: 0,
        parts: 0,
    }
    .translate(&parsed)
}

fn unreadable(error: &sqlparser::parser::ParserError) -> String {
    let words = error.to_string();
    let words = words.trim_start_matches("sql parser error: ");
    format!("is not readable as SQL: {words}")
}
