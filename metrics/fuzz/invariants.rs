//! What must hold of whatever anybody writes: used by the fuzz targets of this folder and by the
//! test that changes their seeds on any toolchain (`metrics/tests/suite/mutations.rs`).
//!
//! Nothing panics. What is refused is refused in one line of words. What is not refused becomes,
//! for either engine, exactly one SELECT of the words, functions and tables that it may have.

use std::collections::BTreeSet;

use almanac_agent_contract::Settings;
use almanac_metrics::{MetricQuery, WithoutData};
use sqlparser::ast::{SetExpr, Statement};
use sqlparser::dialect::{Dialect, GenericDialect, PostgreSqlDialect};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, Tokenizer, Whitespace, Word};

/// A message no longer than this is read.
const READABLE: usize = 4_000;

/// Every word that a statement may hold outside quotes, but for the functions.
const WORDS: &[&str] = &[
    "ALL",
    "AND",
    "AS",
    "ASC",
    "BETWEEN",
    "BIGINT",
    "BOOLEAN",
    "BY",
    "CASE",
    "CAST",
    "CROSS",
    "DATE",
    "DECIMAL",
    "DESC",
    "DISTINCT",
    "DOUBLE",
    "ELSE",
    "END",
    "FALSE",
    "FILTER",
    "FIRST",
    "FROM",
    "FULL",
    "GROUP",
    "ILIKE",
    "IN",
    "INTERVAL",
    "IS",
    "JOIN",
    "LAST",
    "LEFT",
    "LIKE",
    "LIMIT",
    "NOT",
    "NULL",
    "NULLS",
    "NUMERIC",
    "ON",
    "OR",
    "ORDER",
    "OVER",
    "PARTITION",
    "PRECISION",
    "SELECT",
    "THEN",
    "TIME",
    "TIMESTAMP",
    "TIMESTAMPTZ",
    "AT",
    "TRUE",
    "UNION",
    "VARCHAR",
    "WHEN",
    "WHERE",
    "WITH",
    "WITHIN",
    "ZONE",
];

/// Every function that a statement may call: those that definitions may, and those that metrics are
/// computed with.
const FUNCTIONS: &[&str] = &[
    "abs",
    "arrow_cast",
    "avg",
    "btrim",
    "ceil",
    "character_length",
    "coalesce",
    "concat",
    "count",
    "date_part",
    "date_trunc",
    "exp",
    "first_value",
    "floor",
    "generate_series",
    "greatest",
    "initcap",
    "last_value",
    "lead",
    "least",
    "left",
    "ln",
    "log10",
    "lower",
    "lpad",
    "ltrim",
    "max",
    "min",
    "mod",
    "nullif",
    "percentile_cont",
    "percentile_disc",
    "power",
    "replace",
    "reverse",
    "right",
    "round",
    "row_number",
    "rpad",
    "rtrim",
    "sign",
    "signum",
    "split_part",
    "sqrt",
    "starts_with",
    "strpos",
    "substr",
    "sum",
    "to_local_time",
    "to_timestamp_seconds",
    "trunc",
    "upper",
];

/// Tries definitions; those that hold are asked for what they define. Whether they hold.
///
/// # Panics
/// Something does not hold.
pub(crate) fn definitions(texts: &[(&str, &str)]) -> bool {
    let layer = match WithoutData::read(texts, Settings::default()) {
        Ok(layer) => layer,
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a word");
            for problem in problems {
                refused(&problem.to_string());
                assert!(!problem.text.is_empty());
            }
            return false;
        }
    };
    let names: Vec<&str> = layer.names().into_iter().collect();
    for (number, metric) in layer.metrics().into_iter().enumerate().take(24) {
        let nth = |offset: usize| names.get((number * 7 + offset) % names.len().max(1));
        let name = nth(0).copied().unwrap_or_default();
        let other = nth(3).copied().unwrap_or_default();
        let json = [
            serde_json::json!({"metrics": [metric]}),
            serde_json::json!({"metrics": [metric], "grain": "month", "compare": ["previous_period"],
                "time_range": {"start": "2026-01-31", "end": "2026-03-01"}}),
            serde_json::json!({"metrics": [metric], "group_by": [name], "totals": true, "limit": 9,
                "filters": [{"dimension": other, "op": "in", "values": ["'; --", null]}]}),
            serde_json::json!({"metrics": [metric], "group_by": [name], "having": [
                {"metric": metric, "op": "gt", "value": 0.5}, {"metric": metric, "op": "lte", "value": -2, "per": other}]}),
        ];
        for json in json {
            if let Ok(query) = serde_json::from_value(json) {
                compiled(&layer, &query);
            }
        }
    }
    true
}

/// Tries the JSON of a query. Whether it has a statement.
///
/// # Panics
/// Something does not hold.
pub(crate) fn query(layer: &WithoutData, json: &str) -> bool {
    serde_json::from_str::<MetricQuery>(json).is_ok_and(|query| compiled(layer, &query))
}

/// Tries a fragment wherever a fragment may stand: as a condition of a query, as the `expr` and the
/// `filter` of a metric. Whether it holds in one place at least.
///
/// # Panics
/// Something does not hold.
pub(crate) fn fragment(layer: &WithoutData, text: &str) -> bool {
    let query = MetricQuery {
        metrics: vec!["sales".into()],
        conditions: vec![text.into()],
        ..MetricQuery::default()
    };
    let mut held = compiled(layer, &query);
    let metric = |key: &str| {
        let mut metric = serde_json::json!({"name": "tried", "agg": "sum", "expr": "total"});
        metric[key] = text.into();
        metric
    };
    for metric in [metric("expr"), metric("filter")] {
        let sales = serde_json::json!({"models": [
            {"name": "sales", "semantic_model": true, "agg_time_dimension": "sold_at",
             "columns": [
                {"name": "sale_id", "entity": {"type": "primary", "name": "sale"}},
                {"name": "buyer_id", "entity": {"type": "foreign", "name": "buyer"}},
                {"name": "sold_at", "granularity": "day", "dimension": {"type": "time"}},
                {"name": "channel", "dimension": {"type": "categorical"}}],
             "metrics": [{"name": "sales", "agg": "count"}, metric]},
            {"name": "buyers", "semantic_model": true,
             "columns": [
                {"name": "buyer_id", "entity": {"type": "primary", "name": "buyer"}},
                {"name": "country", "dimension": {"type": "categorical"}}]}]});
        held |= definitions(&[("tried.json", &sales.to_string())]);
    }
    held
}

fn compiled(layer: &WithoutData, query: &MetricQuery) -> bool {
    match layer.compile(query) {
        Err(error) => {
            refused(&error.to_string());
            false
        }
        Ok([datafusion, postgres]) => {
            let tables = layer.tables();
            statement(&datafusion, &GenericDialect {}, &tables);
            statement(&postgres, &PostgreSqlDialect {}, &tables);
            true
        }
    }
}

fn refused(words: &str) {
    assert!(!words.trim().is_empty(), "refused without a word");
    assert!(words.len() <= READABLE, "too long to read: {words:?}");
    assert!(!words.contains(char::is_control), "{words:?}");
    assert!(
        !words.contains(['\u{2028}', '\u{2029}', '\u{202e}']),
        "{words:?}"
    );
}

/// Checks a statement: one SELECT, of known words, known functions and these tables.
///
/// # Panics
/// It is anything else.
fn statement(sql: &str, dialect: &dyn Dialect, tables: &BTreeSet<&str>) {
    let tokens = Tokenizer::new(dialect, sql).tokenize();
    let tokens: Vec<Token> = match tokens {
        Ok(tokens) => tokens,
        Err(error) => panic!("{error}: {sql}"),
    };
    for token in &tokens {
        assert!(known(token), "{token:?} in {sql}");
    }
    let blank = |token: &Token| matches!(token, Token::Whitespace(_));
    let tokens: Vec<Token> = tokens.into_iter().filter(|token| !blank(token)).collect();
    let parsed = Parser::new(dialect)
        .with_tokens(tokens.clone())
        .parse_statements();
    match parsed.as_deref() {
        Ok([Statement::Query(query)]) => {
            assert!(
                matches!(*query.body, SetExpr::Select(_)),
                "no SELECT: {sql}"
            );
        }
        Ok(_) => panic!("not one query: {sql}"),
        Err(error) => panic!("{error}: {sql}"),
    }
    words(&tokens, sql);
    relations(&tokens, tables, sql);
}

/// Whether a statement may hold such a token at all. What is not here begins a comment, ends a
/// statement, takes a parameter or opens a text in a way of its own.
fn known(token: &Token) -> bool {
    match token {
        Token::Whitespace(blank) => matches!(blank, Whitespace::Space | Whitespace::Newline),
        Token::Word(word) => matches!(word.quote_style, None | Some('"')),
        Token::Number(_, long) => !long,
        Token::SingleQuotedString(_)
        | Token::Comma
        | Token::Period
        | Token::LParen
        | Token::RParen
        | Token::Eq
        | Token::Neq
        | Token::Lt
        | Token::LtEq
        | Token::Gt
        | Token::GtEq
        | Token::Plus
        | Token::Minus
        | Token::Mul
        | Token::Mod
        | Token::StringConcat => true,
        Token::Div => true,
        _ => false,
    }
}

fn bare(token: Option<&Token>) -> Option<&Word> {
    match token {
        Some(Token::Word(word)) if word.quote_style.is_none() => Some(word),
        _ => None,
    }
}

fn words(tokens: &[Token], sql: &str) {
    for (at, token) in tokens.iter().enumerate() {
        let Some(word) = bare(Some(token)) else {
            continue;
        };
        let called = matches!(tokens.get(at + 1), Some(Token::LParen));
        let keyword = WORDS.contains(&word.value.as_str());
        let function = called && FUNCTIONS.contains(&word.value.to_lowercase().as_str());
        assert!(keyword || function, "{} in {sql}", word.value);
    }
}

/// Every name after FROM or JOIN is a table or the name of a part of the statement.
fn relations(tokens: &[Token], tables: &BTreeSet<&str>, sql: &str) {
    let quoted = |at: usize| match tokens.get(at) {
        Some(Token::Word(word)) if word.quote_style == Some('"') => Some(word.value.as_str()),
        _ => None,
    };
    let is = |at: usize, what: &str| bare(tokens.get(at)).is_some_and(|word| word.value == what);
    let parts: BTreeSet<&str> = (0..tokens.len())
        .filter(|at| is(at + 1, "AS") && matches!(tokens.get(at + 2), Some(Token::LParen)))
        .filter_map(quoted)
        .collect();
    for at in 0..tokens.len() {
        let from = is(at, "FROM") && !(at > 0 && is(at - 1, "DISTINCT"));
        if !from && !is(at, "JOIN") {
            continue;
        }
        let schema = matches!(tokens.get(at + 2), Some(Token::Period));
        let name = quoted(if schema { at + 3 } else { at + 1 });
        let made =
            matches!(tokens.get(at + 1), Some(Token::LParen)) || is(at + 1, "generate_series");
        let known =
            name.is_some_and(|name| tables.contains(name) || (!schema && parts.contains(name)));
        assert!(made || known, "reads {:?} in {sql}", tokens.get(at + 1));
    }
}
