//! Interactions: put on the line and answered at once, because Discord gives an interaction up
//! after three seconds. The real answer takes the place of "thinking…" later.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{Accepted, Inbound, Language, LineError};
use serenity::all::Interaction;
use serenity::builder::{
    AutocompleteChoice, CreateAllowedMentions, CreateAutocompleteResponse,
    CreateInteractionResponse, CreateInteractionResponseMessage,
};
use tokio::task::JoinError;
use tracing::instrument;

use super::adapter::Almanac;
use super::address::Handle;
use super::escape::escaped;
use super::me::Me;
use super::parse::{Asked, Call, FirstReply, Reader, interaction};
use super::waiting::OnItsWay;
use super::words;
use crate::split::{characters, split};
use crate::words as shared;

/// How long Discord is kept waiting: it gives up after three seconds.
const PATIENCE: Duration = Duration::from_secs(2);
/// Names that are offered while somebody types.
const OFFERED: usize = 25;
/// What an offer takes.
const OFFER: usize = 100;

/// What Discord is told at once, and what waits until it has arrived.
pub(super) struct First {
    pub(super) call: Call,
    pub(super) response: CreateInteractionResponse,
    pub(super) on_its_way: Option<OnItsWay>,
}

impl Almanac {
    /// Takes an interaction in.
    #[instrument(name = "adapters.interaction", skip_all, fields(id = %asked.id()))]
    pub(super) async fn take(self: &Arc<Self>, asked: &Interaction) -> First {
        let me = self.me.get().copied().unwrap_or(Me {
            application: asked.application_id(),
            // Nobody's: over HTTP alone, no mention has to be recognised.
            user: serenity::all::UserId::new(1),
        });
        let (call, asked) = interaction(&self.reader(me), asked);
        let language = call.language;
        let mut on_its_way = None;
        let response = match asked {
            Asked::Ping => CreateInteractionResponse::Pong,
            Asked::Complete { typed } => self.complete(&typed, language),
            Asked::Fill { form, metric } => {
                CreateInteractionResponse::Modal(form.open(&metric, language))
            }
            Asked::Empty(error) => aside(shared::no_question(error, language)),
            Asked::NotOurs => aside(words::NOT_ANY_MORE.of(language)),
            Asked::Ignored(why) => {
                tracing::info!(why, "an interaction is ignored");
                aside(words::NOT_ANY_MORE.of(language))
            }
            Asked::Said { inbound, reply } => {
                let private = inbound.origin.private;
                if reply == FirstReply::Thinking {
                    let handle = Handle {
                        application: call.application,
                        token: call.token.clone(),
                    };
                    on_its_way = Some(self.waiting.begin(handle.write()));
                }
                match (self.accept(*inbound, language).await, reply) {
                    (true, FirstReply::Thinking) => thinking(private),
                    (true, FirstReply::Noted) => aside(shared::noted(language)),
                    (false, _) => {
                        on_its_way = None;
                        aside(shared::unavailable(language))
                    }
                }
            }
        };
        First {
            call,
            response,
            on_its_way,
        }
    }

    /// Puts it on the line. Where that takes longer than Discord waits, it is said to be thought
    /// about, and taken back in that place should it come to nothing.
    async fn accept(self: &Arc<Self>, inbound: Inbound, language: Language) -> bool {
        let almanac = Arc::clone(self);
        let handle = Handle::read(&inbound.origin);
        let mut accepting =
            tokio::spawn(async move { almanac.services.line.accept(inbound).await });
        if let Ok(ended) = tokio::time::timeout(PATIENCE, &mut accepting).await {
            return is_taken(ended);
        }
        let almanac = Arc::clone(self);
        tokio::spawn(async move {
            if is_taken(accepting.await) {
                return;
            }
            let Some(handle) = handle else { return };
            let text = shared::unavailable(language);
            if let Err(error) = almanac.replace(&handle, text).await {
                tracing::warn!(%error, "a person could not be told");
            }
        });
        true
    }

    /// What is needed for reading.
    pub(super) fn reader(&self, me: Me) -> Reader<'_> {
        Reader {
            me,
            threads: &self.threads,
            opens_threads: self.opens_threads,
            language: self.services.language,
            now: self.services.clock.now(),
        }
    }

    /// The metrics that go with the last word or two of what is typed, each in the place of them:
    /// "net rev" offers "Net revenue", and "revenue by" itself comes first.
    fn complete(&self, typed: &str, language: Language) -> CreateInteractionResponse {
        let typed = typed.trim_start();
        let mut offers: Vec<String> = Vec::new();
        let fits = |text: &str| !text.trim().is_empty() && characters(text) <= OFFER;
        if fits(typed) {
            offers.push(typed.trim_end().to_owned());
        }
        for start in starts(typed) {
            let (before, word) = typed.split_at(start);
            let names = self.services.names.metrics(word.trim(), language, OFFERED);
            offers.extend(
                names
                    .into_iter()
                    .map(|name| format!("{before}{}", name.ask)),
            );
            if offers.len() > 1 {
                break;
            }
        }
        let mut response = CreateAutocompleteResponse::new();
        let mut choices: Vec<AutocompleteChoice> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for offer in offers.into_iter().filter(|it| fits(it)) {
            let folded = offer.to_lowercase();
            if choices.len() < OFFERED && !seen.contains(&folded) {
                seen.push(folded);
                let name = split(&offer, OFFER, characters).concat();
                choices.push(AutocompleteChoice::new(name, offer));
            }
        }
        response = response.set_choices(choices);
        CreateInteractionResponse::Autocomplete(response)
    }
}

fn is_taken(ended: Result<Result<Accepted, LineError>, JoinError>) -> bool {
    match ended {
        Ok(Ok(_)) => true,
        Ok(Err(error)) => {
            tracing::error!(%error, "an interaction was not taken");
            false
        }
        Err(error) => {
            tracing::error!(%error, "an interaction was not taken");
            false
        }
    }
}

/// Where words begin, the whole first, then the last three, two and one.
fn starts(typed: &str) -> Vec<usize> {
    let words: Vec<usize> = typed
        .char_indices()
        .filter(|(at, c)| !c.is_whitespace() && (*at == 0 || typed[..*at].ends_with(' ')))
        .map(|(at, _)| at)
        .collect();
    let mut starts = vec![0];
    starts.extend(words.iter().rev().take(3).rev().copied());
    starts.dedup();
    starts
}

/// A sentence for one person.
pub(super) fn aside(text: &str) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new()
        .content(escaped(text))
        .allowed_mentions(CreateAllowedMentions::new())
        .ephemeral(true);
    CreateInteractionResponse::Message(message)
}

fn thinking(private: bool) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new().ephemeral(private);
    CreateInteractionResponse::Defer(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_are_completed() {
        assert_eq!(starts(""), [0]);
        assert_eq!(starts("net rev"), [0, 4]);
        assert_eq!(starts("how was the net rev"), [0, 8, 12, 16]);
    }
}
