//! Telegram numbers messages within a chat: ours are named by chat and number, so that one name
//! means one message. An answer that became several messages is named by all of them.

/// Messages of a chat.
pub(super) type MessageIds = crate::message_ids::MessageIds<i64, i32>;
