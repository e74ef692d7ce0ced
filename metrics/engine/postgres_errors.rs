//! What PostgreSQL's errors mean for whoever asked.

use std::time::Duration;

use sqlx::Error;

use crate::error::{LayerError, QueryError};

/// Whether the connection went away, so that a new one may do better.
pub(super) fn lost(error: &Error) -> bool {
    match error {
        Error::Io(_) | Error::Protocol(_) | Error::WorkerCrashed => true,
        Error::Database(error) => error.code().is_some_and(|code| is_lost(&code)),
        _ => false,
    }
}

/// The server ends, crashed, starts, or lost the connection itself.
fn is_lost(code: &str) -> bool {
    matches!(code, "57P01" | "57P02" | "57P03" | "57P05" | "25P03") || code.starts_with("08")
}

/// Why a statement has no rows.
pub(super) fn told(error: &Error, time: Duration) -> QueryError {
    let Error::Database(failed) = error else {
        return match error {
            Error::PoolTimedOut => QueryError::Unreachable("it does not answer".into()),
            error if lost(error) || matches!(error, Error::Tls(_) | Error::PoolClosed) => {
                QueryError::Unreachable(line(&error.to_string()))
            }
            error => QueryError::Engine(line(&error.to_string())),
        };
    };
    let words = line(failed.message());
    let code = failed.code().unwrap_or_default();
    match &*code {
        "57014" if words.contains("user request") => {
            QueryError::Engine("an operator of the database stopped it".into())
        }
        "57014" => QueryError::TooSlow(time),
        "55P03" => QueryError::Engine("a table it reads is locked; ask again in a minute".into()),
        "53100" | "53200" | "53400" => QueryError::TooBig,
        "53300" => QueryError::Unreachable("all its connections are taken".into()),
        "42501" => QueryError::Engine(format!(
            "{words}; GRANT SELECT on it to the role that Almanac reads with"
        )),
        "42703" | "42P01" | "3F000" => QueryError::Engine(format!(
            "{words}; the tables changed since they were read, so open the source again"
        )),
        "42883" | "42804" => QueryError::Engine(format!(
            "{words}; the definitions bring values of different types together, so cast one of them"
        )),
        "22003" => QueryError::Engine(format!("a number grew too large for its type: {words}")),
        "22P02" | "22007" | "22008" | "22023" => QueryError::Engine(format!(
            "a value is not what the definitions take it for: {words}"
        )),
        code if is_lost(code) => QueryError::Unreachable(words),
        _ => QueryError::Engine(words),
    }
}

/// Why a database cannot be opened.
pub(super) fn unopened(error: &Error) -> LayerError {
    LayerError::Database(match error {
        Error::Database(failed) => line(failed.message()),
        error => line(&error.to_string()),
    })
}

fn line(words: &str) -> String {
    words.lines().next().unwrap_or_default().trim().to_owned()
}
