//! `GET /events`: what happens in the visitor's space, as server-sent events: `progress` with its
//! words, `said` with the event an answer is to, `missed` when the page should be read again.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::stream;

use super::adapter::Web;
use super::hub::{Happened, Heard, Listener};
use super::visitor::Visitor;
use super::words::Words;

/// `GET /events`
pub(super) async fn stream(State(web): State<Arc<Web>>, visitor: Visitor) -> Response {
    let listener = web.hub.listen(&visitor.session.space().id);
    let words = web.words;
    let happenings = stream::unfold(listener, async move |mut listener: Listener| {
        let event = next(&mut listener, words).await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    visitor.respond(Sse::new(happenings).keep_alive(KeepAlive::default()))
}

async fn next(listener: &mut Listener, words: &Words) -> Option<Event> {
    Some(match listener.next().await {
        Heard::This(Happened::Progress(progress)) => Event::default()
            .event("progress")
            .data(words.progress(&progress)),
        Heard::This(Happened::Said(delivery)) => {
            let about = delivery
                .event_id
                .clone()
                .unwrap_or_else(|| delivery.id.to_string());
            Event::default().event("said").data(about)
        }
        Heard::Missed => Event::default().event("missed").data(""),
        Heard::Closed => return None,
    })
}
