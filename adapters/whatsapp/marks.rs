//! Marks on a person's message: read, and "typing…" under the business's name. A mark lasts 25 seconds
//! or until a message comes. Losing one loses nothing.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

/// How long before a typing mark is set anew.
pub(super) const TYPING: Duration = Duration::from_secs(20);
/// How long it is remembered that a message was marked.
const REMEMBERED: Duration = Duration::from_secs(120);
/// As many as are remembered before the old ones are looked for.
const MOST: usize = 2_048;

/// Which messages were marked lately, so that nobody is asked twice for the same.
#[derive(Default)]
pub(super) struct Marks {
    at: Mutex<HashMap<String, Instant>>,
}

impl Marks {
    /// Whether a message is to be marked now, having been marked longer than `every` ago or never.
    pub(super) fn due(&self, message: &str, every: Duration) -> bool {
        let mut at = self.at.lock().unwrap_or_else(|it| it.into_inner());
        let now = Instant::now();
        if at
            .get(message)
            .is_some_and(|before| now.duration_since(*before) < every)
        {
            return false;
        }
        if at.len() >= MOST {
            at.retain(|_, before| now.duration_since(*before) < REMEMBERED);
            if at.len() >= MOST {
                at.clear();
            }
        }
        at.insert(message.to_owned(), now);
        true
    }

    /// Whether a message was not marked at all, as far as is remembered.
    pub(super) fn unread(&self, message: &str) -> bool {
        self.due(message, REMEMBERED)
    }
}

/// Read.
pub(super) fn read(message: &str) -> Json {
    json!({"messaging_product": "whatsapp", "status": "read", "message_id": message})
}

/// Read, and an answer is being written.
pub(super) fn typing(message: &str) -> Json {
    json!({
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": message,
        "typing_indicator": {"type": "text"},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_set_once_in_a_while() {
        let marks = Marks::default();
        assert!(marks.due("a", TYPING));
        assert!(!marks.due("a", TYPING));
        assert!(marks.due("b", TYPING));
        assert!(marks.due("a", Duration::ZERO));
        assert!(!marks.unread("a") && marks.unread("c"));
        for n in 0..3 * MOST {
            marks.due(&n.to_string(), TYPING);
        }
        assert!(marks.at.lock().unwrap().len() <= MOST);
    }
}
