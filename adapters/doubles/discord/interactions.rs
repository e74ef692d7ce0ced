//! Answers to interactions, through their tokens.

use serde_json::{Value, json};

use super::history::shown;
use super::rest::{Answer, Asked, EPHEMERAL, add, edit, hold, refused};
use super::state::{Callback, Kept};

/// An answer that is only thought about.
const LOADING: u64 = 1 << 7;

/// The first answer to an interaction.
pub(super) fn callback(kept: &mut Kept, id: &str, token: &str, body: &Value) -> Answer {
    let Some(open) = kept.interactions.get_mut(token).filter(|it| !it.expired) else {
        return refused(404, 10_062, "Unknown interaction");
    };
    if open.answered {
        return refused(400, 40_060, "Interaction has already been acknowledged.");
    }
    let flags = body["data"]["flags"].as_u64().unwrap_or_default();
    open.ephemeral = flags & EPHEMERAL != 0;
    open.answered = true;
    kept.callbacks.push(Callback {
        interaction: id.to_owned(),
        body: body.clone(),
    });
    (204, Value::Null)
}

/// `PATCH /webhooks/{application}/{token}/messages/@original`
pub(super) fn original(kept: &mut Kept, token: &str, asked: &Asked) -> Answer {
    let open = kept.interactions.get(token).cloned();
    let Some(open) = open.filter(|it| it.answered) else {
        return refused(404, 10_015, "Unknown Webhook");
    };
    if open.expired {
        return refused(401, 50_027, "Invalid Webhook Token");
    }
    if let Some(refused) = hold(kept, asked) {
        return refused;
    }
    match open.original {
        Some(id) => edit(kept, &open.channel, &id, asked),
        None => {
            let id = add(kept, &open.channel, asked, open.ephemeral);
            if let Some(open) = kept.interactions.get_mut(token) {
                open.original = Some(id.clone());
            }
            (200, json!({"id": id, "channel_id": open.channel}))
        }
    }
}

/// `POST /webhooks/{application}/{token}`
pub(super) fn follow_up(kept: &mut Kept, token: &str, asked: &Asked) -> Answer {
    let open = kept.interactions.get(token).cloned();
    let Some(open) = open.filter(|it| it.answered) else {
        return refused(404, 10_015, "Unknown Webhook");
    };
    if open.expired {
        return refused(401, 50_027, "Invalid Webhook Token");
    }
    if let Some(refused) = hold(kept, asked) {
        return refused;
    }
    let flags = asked.body.as_ref().and_then(|it| it["flags"].as_u64());
    let ephemeral = flags.unwrap_or_default() & EPHEMERAL != 0;
    let id = add(kept, &open.channel, asked, ephemeral);
    (200, json!({"id": id, "channel_id": open.channel}))
}

/// `GET /webhooks/{application}/{token}/messages/@original`
pub(super) fn told(kept: &mut Kept, token: &str) -> Answer {
    let open = kept.interactions.get(token).cloned();
    let Some(open) = open.filter(|it| it.answered) else {
        return refused(404, 10_015, "Unknown Webhook");
    };
    if open.expired {
        return refused(401, 50_027, "Invalid Webhook Token");
    }
    let Some(id) = open.original else {
        let flags = LOADING | if open.ephemeral { EPHEMERAL } else { 0 };
        let id = kept.id();
        return (200, json!({"id": id, "content": "", "flags": flags}));
    };
    match kept.messages.iter().find(|it| it.id == id) {
        Some(posted) => (200, shown(posted)),
        None => refused(404, 10_008, "Unknown Message"),
    }
}
