//! A button was pressed: its spinner stops at once, and the keyboard shows what was chosen.

use almanac_agent_contract::{Action, Content};
use teloxide::payloads::{
    AnswerCallbackQuery, AnswerCallbackQuerySetters, EditMessageReplyMarkup,
    EditMessageReplyMarkupSetters,
};
use teloxide::types::{CallbackQueryId, ChatId, MessageId};
use tracing::debug;

use super::api::Api;
use super::keyboard::marked;
use super::parse::Press;
use super::words as own;
use crate::{button, words};

/// Answers a press that the line took.
pub(super) async fn answer(api: &Api, press: &Press) {
    let verdict = matches!(
        button::pressed(&press.data),
        Some(Content::Pressed { action, .. })
            if matches!(Action::named(&action), Some(Action::Good | Action::Bad))
    );
    let said = if verdict {
        words::noted(press.language)
    } else {
        own::on_its_way(press.language)
    };
    let stop = AnswerCallbackQuery::new(CallbackQueryId(press.query.clone())).text(said);
    if let Err(trouble) = api.call(stop).await {
        debug!(%trouble, "a press was not answered");
    }
    let Some(keyboard) = press
        .keyboard
        .as_ref()
        .and_then(|keyboard| marked(keyboard, &press.data))
    else {
        return;
    };
    let edit = EditMessageReplyMarkup::new(ChatId(press.chat), MessageId(press.message))
        .reply_markup(keyboard);
    match api.call(edit).await {
        Err(trouble) if !trouble.is_unchanged() => {
            debug!(%trouble, "what was chosen is not shown");
        }
        _ => {}
    }
}

/// Stops the spinner of a button that is none of ours.
pub(super) async fn dismiss(api: &Api, query: String) {
    if let Err(trouble) = api
        .call(AnswerCallbackQuery::new(CallbackQueryId(query)))
        .await
    {
        debug!(%trouble, "a press was not answered");
    }
}
