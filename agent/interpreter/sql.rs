//! Statements of databases are no questions. Asked by `read` first: words such as "drop" and
//! "table" would else be read as a trend and a form of answer.

use crate::text::Token;

/// Whether the words are a statement of SQL.
pub(crate) fn is_sql(tokens: &[Token]) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let has = |wanted: &str| tokens.iter().any(|token| token.word == wanted);
    (0..tokens.len()).any(|at| match word(at) {
        "drop" | "truncate" | "alter" | "create" => {
            matches!(
                word(at + 1),
                "table" | "database" | "schema" | "view" | "index"
            )
        }
        "select" => has("from") && (word(at + 1) == "*" || tokens[at].is_shouted() || has("where")),
        "delete" => word(at + 1) == "from" && (tokens[at].is_shouted() || has("where")),
        "insert" => word(at + 1) == "into",
        "update" => has("set") && tokens[at].is_shouted(),
        "union" => word(at + 1) == "select" || word(at + 1) == "all",
        _ => false,
    })
}
