//! `POST /press`: "this was right", "this was wrong". It goes down the line like any event, so
//! that it is kept, and is confirmed on the page.

use std::sync::Arc;

use almanac_agent_contract::{Content, Inbound, LineError, Origin, Sender};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::{Redirect, Response};
use serde::Deserialize;

use super::adapter::Web;
use super::ask::{SOMEBODY, refused};
use super::home::NOTED_PAGE;
use super::problem::Problem;
use super::render;
use super::visitor::Visitor;
use super::{PAGE, WEB};

/// What can be said of an answer.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Good,
    Bad,
}

impl Verdict {
    fn action(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
        }
    }
}

/// The form under an answer.
#[derive(Deserialize)]
pub(super) struct PressForm {
    action: Verdict,
    /// The event the answer is to.
    on: String,
}

/// `POST /press`
pub(super) async fn press(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    form: Result<Form<PressForm>, FormRejection>,
) -> Response {
    match accept(&web, &visitor, form).await {
        Ok(()) if visitor.fragment => {
            visitor.respond(render::html(render::notice(web.words.noted)))
        }
        Ok(()) => visitor.respond(Redirect::to(NOTED_PAGE)),
        Err(problem) => visitor.refuse(&web, &problem),
    }
}

async fn accept(
    web: &Web,
    visitor: &Visitor,
    form: Result<Form<PressForm>, FormRejection>,
) -> Result<(), Problem> {
    let Form(PressForm { action, on }) = form.map_err(refused)?;
    let session = &visitor.session;
    if !session.owns(&on) {
        return Err(Problem::Line(LineError::Unknown));
    }
    let action = action.action().to_owned();
    web.line
        .accept(Inbound {
            platform: WEB,
            installation: PAGE.to_owned(),
            event_id: session.event(&["press", &action, &on]),
            space: session.space(),
            sender: Sender {
                user: SOMEBODY.to_owned(),
                name: None,
            },
            content: Content::Pressed {
                action,
                on: Some(on),
            },
            origin: Origin::default(),
            at: web.clock.now(),
        })
        .await?;
    Ok(())
}
