//! The chat page: `GET /` draws it from the line's history; "New chat" begins another.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::Message;
use axum::extract::State;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use tokio::time::{Instant, timeout_at};

use super::WEB;
use super::adapter::Web;
use super::hub::{Happened, Heard};
use super::problem::Problem;
use super::render;
use super::session::Session;
use super::visitor::Visitor;

/// Messages shown.
const SHOWN: u32 = 60;

/// How long a page without a script waits for an answer before it is shown without.
const PATIENCE: Duration = Duration::from_secs(6);

/// Where a browser without a script is sent after it asked.
pub(super) const WAITING_PAGE: &str = "/?wait";

/// And after it pressed a button.
pub(super) const NOTED_PAGE: &str = "/?noted";

/// `GET /`
pub(super) async fn show(State(web): State<Arc<Web>>, visitor: Visitor, uri: Uri) -> Response {
    let address = uri.path_and_query().map_or("/", |it| it.as_str());
    let limit = if address == WAITING_PAGE {
        PATIENCE
    } else {
        Duration::ZERO
    };
    let done = (address == NOTED_PAGE).then_some(web.words.noted);
    match history(&web, &visitor.session, limit).await {
        Ok(messages) => visitor.respond(render::html(render::chat(&web, &messages, done))),
        Err(problem) => visitor.refuse(&web, &problem),
    }
}

/// `POST /new`
pub(super) async fn new_chat(
    State(web): State<Arc<Web>>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Response {
    let session = match Session::fresh() {
        Ok(session) => session,
        Err(error) => {
            tracing::error!(%error, "no randomness for a session");
            return visitor.refuse(&web, &Problem::Form);
        }
    };
    match session.cookie(&headers) {
        Some(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response(),
        None => visitor.refuse(&web, &Problem::Form),
    }
}

/// The messages, once none of them waits for its answer or the time is over.
async fn history(web: &Web, session: &Session, limit: Duration) -> Result<Vec<Message>, Problem> {
    let space = session.space();
    let deadline = Instant::now() + limit;
    let mut listener = web.hub.listen(&space.id);
    loop {
        let messages = web.line.history(&WEB, &space, SHOWN).await?;
        if Instant::now() >= deadline || !render::any_pending(&messages) {
            return Ok(messages);
        }
        let poll = deadline.min(Instant::now() + Duration::from_millis(500));
        let said = async {
            loop {
                match listener.next().await {
                    Heard::This(Happened::Progress(_)) => {}
                    Heard::Closed => std::future::pending().await,
                    Heard::This(Happened::Said(_)) | Heard::Missed => break,
                }
            }
        };
        // Either way the history is read again.
        let _ = timeout_at(poll, said).await;
    }
}
