//! The API. A program posts a question and gets the answer as `almanac ask --json` prints it:
//!
//! ```text
//! curl localhost:8080/api/v1/ask -H 'content-type: application/json' -d '{"question": "revenue last week"}'
//! ```
//!
//! With an `Idempotency-Key` the same question sent again is the same turn, and the first answer
//! comes back; with `Prefer: respond-async` the id comes back as soon as the question is durable.
//! An answer that takes long is fetched under its id, too.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{
    AskAnswer, Content, Inbound, InboxId, LineError, Origin, Reply, Sender, Space, SpaceKind,
};
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use super::adapter::Web;
use super::problem::Problem;
use super::router::MAX_BODY_BYTES;
use super::{Access, REST, WEB};
use crate::question::question;

/// How long a request waits for its answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// The longest name of a conversation, a person or a request, in bytes.
const MAX_NAME_BYTES: usize = 128;

/// Who asks when the body does not say.
const PROGRAM: &str = "api";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskBody {
    question: String,
    /// Questions of one conversation follow one another; without one, each stands alone.
    conversation: Option<String>,
    /// The person on whose behalf.
    #[serde(rename = "as")]
    person: Option<String>,
    /// The moment "today" is read against.
    now: Option<Timestamp>,
}

#[derive(Serialize)]
struct AnsweredJson<'a> {
    id: &'a str,
    #[serde(flatten)]
    answer: AskAnswer<'a>,
}

#[derive(Serialize)]
struct PendingJson<'a> {
    id: &'a str,
}

/// `POST /api/v1/ask`
pub(super) async fn ask(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    admit(&web, &headers)?;
    let inbound = inbound(&web, &headers, body).await?;
    let id = inbound.event_id.clone();
    let waiting = web.accept(inbound).await?;
    if waiting.differs {
        return Err(Problem::KeyReused(id));
    }
    if respond_async(&headers) {
        return Ok(pending(&id));
    }
    Ok(match web.answer_within(waiting, PATIENCE).await? {
        Some(reply) => answered(&id, &reply),
        None => pending(&id),
    })
}

/// `GET /api/v1/ask/{id}`
pub(super) async fn answer(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    admit(&web, &headers)?;
    if !is_name(&id) {
        return Err(Problem::Line(LineError::Unknown));
    }
    Ok(match web.line.answer(&WEB, REST, &id).await? {
        Some(reply) => answered(&id, &reply),
        None => pending(&id),
    })
}

/// What is not part of the API.
pub(super) async fn nothing() -> Problem {
    Problem::Nothing
}

/// A method that a part of the API does not have.
pub(super) async fn not_so() -> Problem {
    Problem::Method
}

fn admit(web: &Web, headers: &HeaderMap) -> Result<(), Problem> {
    if web.options.access.opens_api(headers) {
        return Ok(());
    }
    if web.throttle.tired() {
        return Err(Problem::Tired);
    }
    web.throttle.failed();
    Err(Problem::Key)
}

async fn inbound(web: &Web, headers: &HeaderMap, body: Body) -> Result<Inbound, Problem> {
    if !is_json(headers) {
        return Err(Problem::NotJson);
    }
    let bytes = to_bytes(body, MAX_BODY_BYTES)
        .await
        .map_err(|_| Problem::TooLarge)?;
    let body: AskBody = serde_json::from_slice(&bytes).map_err(|error| match error.classify() {
        Category::Data => Problem::Invalid(format!("The body is not a question: {error}.")),
        _ => Problem::Malformed(format!("The body is not valid JSON: {error}.")),
    })?;
    let event_id = match headers.get("idempotency-key") {
        None => InboxId::new().to_string(),
        Some(key) => key.to_str().ok().filter(|key| is_name(key)).map(str::to_owned).ok_or_else(
            || Problem::Malformed(
                "Idempotency-Key is to be 1 to 128 letters, digits, dots, dashes, underscores or colons."
                    .into(),
            ),
        )?,
    };
    let at = match (body.now, &web.options.access) {
        (None, _) => web.clock.now(),
        (Some(now), Access::Loopback) => now,
        (Some(_), Access::Keys { .. }) => {
            return Err(Problem::Invalid(
                "\"now\" can be set only where Almanac is reached on this machine.".into(),
            ));
        }
    };
    let conversation = body
        .conversation
        .as_deref()
        .map(|it| label("conversation", it));
    let person = body
        .person
        .as_deref()
        .map_or(Ok(PROGRAM), |it| label("as", it))?;
    Ok(Inbound {
        platform: WEB,
        installation: REST.to_owned(),
        space: Space {
            // The prefixes keep a named conversation from being another question's own one, and
            // both from being a browser's.
            id: match conversation.transpose()? {
                Some(conversation) => format!("rest:{conversation}"),
                None => format!("rest-event:{event_id}"),
            },
            kind: SpaceKind::Direct,
            thread: None,
        },
        event_id,
        origin: Origin::default(),
        sender: Sender {
            user: person.to_owned(),
            name: None,
        },
        content: Content::Text {
            text: question(&body.question)?,
        },
        at,
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .split(';')
                .next()
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
        })
}

fn respond_async(headers: &HeaderMap) -> bool {
    headers
        .get_all("prefer")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|preference| preference.trim().eq_ignore_ascii_case("respond-async"))
}

fn is_name(text: &str) -> bool {
    let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b'_' | b':');
    (1..=MAX_NAME_BYTES).contains(&text.len()) && text.bytes().all(plain)
}

/// A name that people choose: any script, but short and without control characters.
fn label<'a>(field: &str, text: &'a str) -> Result<&'a str, Problem> {
    let text = text.trim();
    if (1..=MAX_NAME_BYTES).contains(&text.len()) && !text.chars().any(char::is_control) {
        return Ok(text);
    }
    Err(Problem::Invalid(format!(
        "\"{field}\" is to be a name of 1 to {MAX_NAME_BYTES} bytes."
    )))
}

fn answered(id: &str, reply: &Reply) -> Response {
    Json(AnsweredJson {
        id,
        answer: AskAnswer::from(reply),
    })
    .into_response()
}

fn pending(id: &str) -> Response {
    let location = [(header::LOCATION, format!("/api/v1/ask/{id}"))];
    (StatusCode::ACCEPTED, location, Json(PendingJson { id })).into_response()
}
