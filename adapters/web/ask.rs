//! `POST /ask`: a question from the page. The script gets the finished turn to swap in; a browser
//! without one is sent back to the page. Posting the same form again is the same question.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{Content, Inbound, Origin, Sender};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{Redirect, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::adapter::Web;
use super::home::WAITING_PAGE;
use super::problem::Problem;
use super::render;
use super::visitor::Visitor;
use super::{PAGE, WEB};
use crate::question::question;

/// How long the script's request waits before it is told to ask again.
const PATIENCE: Duration = Duration::from_secs(25);

/// The user on the page.
pub(super) const SOMEBODY: &str = "web";

/// The composer's form.
#[derive(Deserialize)]
pub(super) struct AskForm {
    #[serde(default)]
    text: String,
    /// A question that was pressed instead of typed.
    choice: Option<String>,
    /// Made with the form, so that posting it twice asks once.
    event_id: Uuid,
}

/// `POST /ask`
pub(super) async fn ask(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    form: Result<Form<AskForm>, FormRejection>,
) -> Response {
    match turn(&web, &visitor, form).await {
        Ok(response) => response,
        Err(problem) => visitor.refuse(&web, &problem),
    }
}

async fn turn(
    web: &Web,
    visitor: &Visitor,
    form: Result<Form<AskForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form.map_err(refused)?;
    let text = question(form.choice.as_deref().unwrap_or(&form.text))?;
    let session = &visitor.session;
    let event_id = session.event(&["ask", &form.event_id.to_string(), &text]);
    let waiting = web
        .accept(Inbound {
            platform: WEB,
            installation: PAGE.to_owned(),
            event_id: event_id.clone(),
            space: session.space(),
            sender: Sender {
                user: SOMEBODY.to_owned(),
                name: None,
            },
            content: Content::Text { text },
            origin: Origin::default(),
            at: web.clock.now(),
        })
        .await?;
    if !visitor.fragment {
        return Ok(visitor.respond(Redirect::to(WAITING_PAGE)));
    }
    Ok(match web.answer_within(waiting, PATIENCE).await? {
        Some(reply) => visitor.respond(render::html(render::answer(web.words, &event_id, &reply))),
        None => visitor.respond(StatusCode::ACCEPTED),
    })
}

/// Why a form could not be read.
pub(super) fn refused(rejection: FormRejection) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Form,
    }
}
