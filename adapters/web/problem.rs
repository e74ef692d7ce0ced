//! What can go wrong with a request, and how it is said: as a page, a piece of a page, or JSON.

use almanac_agent_contract::LineError;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::words::Words;
use crate::QuestionError;

/// What is wrong. The person, or the program's author, hears it.
#[derive(Debug)]
pub(super) enum Problem {
    /// The words are no question.
    Question(QuestionError),
    /// The line could not take it.
    Line(LineError),
    /// The body is larger than the limit.
    TooLarge,
    /// The form is not one of ours.
    Form,
    /// The request is not understood, and why.
    Malformed(String),
    /// The request is understood and cannot be meant, and why.
    Invalid(String),
    /// Not JSON.
    NotJson,
    /// No key, or a wrong one.
    Key,
    /// Too many wrong keys.
    Tired,
    /// Another question was asked with this idempotency key.
    KeyReused(String),
    /// There is nothing at that address.
    Nothing,
    /// The address does not take that method.
    Method,
}

impl From<QuestionError> for Problem {
    fn from(error: QuestionError) -> Self {
        Self::Question(error)
    }
}

impl From<LineError> for Problem {
    fn from(error: LineError) -> Self {
        if let LineError::Unavailable(error) = &error {
            tracing::error!(%error, "the line is unavailable");
        }
        Self::Line(error)
    }
}

impl Problem {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Question(QuestionError::Empty) | Self::Invalid(_) | Self::KeyReused(_) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Question(QuestionError::TooLong { .. }) | Self::TooLarge => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Self::Line(LineError::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Line(LineError::Unknown) | Self::Nothing => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Form | Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Key => StatusCode::UNAUTHORIZED,
            Self::Tired => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// For a person, in their language.
    pub(super) fn sentence(&self, words: &Words) -> String {
        match self {
            Self::Question(QuestionError::Empty) => words.empty_question,
            Self::Question(QuestionError::TooLong { .. }) | Self::TooLarge => words.long_question,
            Self::Line(LineError::Unknown) => words.no_such_answer,
            Self::Line(LineError::Unavailable(_)) => words.unavailable,
            Self::Key => words.wrong_key,
            Self::Tired => words.tired,
            Self::Form
            | Self::Malformed(_)
            | Self::Invalid(_)
            | Self::NotJson
            | Self::KeyReused(_)
            | Self::Nothing
            | Self::Method => words.bad_form,
        }
        .to_owned()
    }

    /// For a program's author, in English.
    fn english(&self) -> String {
        match self {
            Self::Question(error) => error.to_string(),
            Self::Line(LineError::Unavailable(_)) => {
                "The question could not be stored just now: send it again in a moment.".into()
            }
            Self::Line(LineError::Unknown) => "No question was accepted under that id.".into(),
            Self::TooLarge => "The body is larger than 1 MiB.".into(),
            Self::Form => "The form is not one of this page's.".into(),
            Self::Malformed(why) | Self::Invalid(why) => why.clone(),
            Self::NotJson => {
                "Send the question as JSON, with Content-Type: application/json.".into()
            }
            Self::Key => "Send an API key, as Authorization: Bearer KEY.".into(),
            Self::Tired => "Too many wrong keys: try again in a minute.".into(),
            Self::KeyReused(key) => format!(
                "Another question was asked with the Idempotency-Key {key}: take a new one."
            ),
            Self::Nothing => {
                "There is nothing here: POST /api/v1/ask asks, GET /api/v1/ask/ID has the answer."
                    .into()
            }
            Self::Method => {
                "That method is not for this address: POST /api/v1/ask asks, GET /api/v1/ask/ID has the answer."
                    .into()
            }
        }
    }
}

#[derive(Serialize)]
struct ProblemJson {
    error: String,
}

/// As the API says it.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Json(ProblemJson {
            error: self.english(),
        });
        let mut response = (self.status(), body).into_response();
        let (name, value) = match self {
            Self::Key => (header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
            Self::Line(LineError::Unavailable(_)) => {
                (header::RETRY_AFTER, HeaderValue::from_static("1"))
            }
            Self::Tired => (header::RETRY_AFTER, HeaderValue::from_static("60")),
            _ => return response,
        };
        response.headers_mut().insert(name, value);
        response
    }
}
