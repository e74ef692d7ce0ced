//! `[people]`: who is answered where anybody can write. A platform that is open to whoever finds it
//! may be kept to people of the company: those who have linked the chat to one where they are known.
//! A stranger there is told so, once, and how to link; their words are not kept.

use almanac_agent_contract::{Content, Language, Outcome, Reply};
use almanac_store::{ClaimedEvent, Finished, StoreError};
use serde::Deserialize;
use serde_json::json;

use crate::worker::{Worker, said, silent};

/// `[people]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PeopleSection {
    /// What becomes of strangers on platforms that are open to anybody.
    pub(crate) strangers: Strangers,
}

/// What becomes of strangers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strangers {
    /// They are answered as everybody.
    #[default]
    Answer,
    /// They are told how to link, and nothing else is done for them.
    Link,
}

impl Worker {
    /// What becomes of a stranger's event; `None` where it is handled as everybody's: that of
    /// somebody who is known, the words that link, and what Almanac itself has to say.
    pub(crate) async fn turned_away(
        &self,
        event: &ClaimedEvent,
    ) -> Result<Option<Finished>, StoreError> {
        let (inbound, reserved) = (&event.inbound, &self.app.reserved);
        if !reserved.contains(&inbound.platform) {
            return Ok(None);
        }
        let text = match &inbound.content {
            // A deletion has no words of theirs, and only takes back what was asked.
            Content::Notice { .. } | Content::Deleted { .. } => return Ok(None),
            Content::Text { text } if self.linking(event, text).is_some() => return Ok(None),
            Content::Text { text } | Content::Edited { text, .. } => text,
            _ => "",
        };
        let standing = self.app.store.standing(event, reserved).await?;
        if standing.known {
            return Ok(None);
        }
        let audit = json!({ "stranger": true });
        // Whoever used a command sees "thinking" until something takes its place.
        let told = standing.told && inbound.origin.handle.is_none();
        let finished = if told || !asks(&inbound.content) {
            silent(audit)
        } else {
            let settings = &self.app.settings;
            let built_in = self.app.interpreter.up_to_date(&self.app.turns).await;
            let usual = inbound.origin.language.unwrap_or(settings.language());
            let language = built_in.language_of(text, usual);
            let reply = Reply::words(Outcome::Refuse, how_to_link(&settings.name, language));
            let private = true;
            said(Reply { private, ..reply }, audit)
        };
        Ok(Some(Finished {
            stranger: true,
            ..finished
        }))
    }
}

/// Whether somebody waits for an answer to it.
const fn asks(content: &Content) -> bool {
    !matches!(
        content,
        Content::Reacted { .. }
            | Content::Edited {
                addressed: false,
                ..
            }
    )
}

fn how_to_link(company: &str, language: Language) -> String {
    match language {
        Language::En => format!(
            "I answer people of {company} only, and I do not know this chat. If you are one of \
             them, write \"link\" to me where I know you already, and type the code that you get \
             there here, in a direct chat with me: link K7QF-2M9D"
        ),
        Language::Es => format!(
            "Solo respondo a la gente de {company} y no conozco este chat. Si eres de la casa, \
             escríbeme \"vincular\" donde ya te conozco y teclea aquí, en un chat directo conmigo, \
             el código que recibas: vincular K7QF-2M9D"
        ),
        Language::Pt => format!(
            "Só respondo às pessoas de {company} e não conheço este chat. Se é da casa, escreva-me \
             \"vincular\" onde já conheço você e digite aqui, num chat direto comigo, o código que \
             receber: vincular K7QF-2M9D"
        ),
    }
}
