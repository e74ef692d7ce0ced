//! Messages: posted, changed, streamed, read back.

use serde_json::{Value, json};

use super::call::{Answer, Call};
use super::limits;
use super::state::{Kept, Shown, State};

pub(super) fn post(state: &State, call: &Call) -> Answer {
    state.with(|kept| {
        let channel = call.text("channel").ok_or("channel_not_found")?;
        limits::message(kept, "chat.postMessage", &call.body);
        for unfolding in ["unfurl_links", "unfurl_media"] {
            if call.body.get("blocks").is_some() && call.body[unfolding] != json!(false) {
                kept.breach(format!("chat.postMessage: {unfolding} is not off"));
            }
        }
        developed(kept, &call.body)?;
        let shown = shown(kept, call, channel.clone(), None);
        let ts = shown.ts.clone();
        kept.shown.push_back(shown);
        Ok(json!({"channel": channel, "ts": ts}))
    })
}

pub(super) fn post_ephemeral(state: &State, call: &Call) -> Answer {
    state.with(|kept| {
        let channel = call.text("channel").ok_or("channel_not_found")?;
        let user = call.text("user").ok_or("user_not_in_channel")?;
        limits::message(kept, "chat.postEphemeral", &call.body);
        developed(kept, &call.body)?;
        let shown = shown(kept, call, channel, Some(user));
        let ts = shown.ts.clone();
        kept.shown.push_back(shown);
        Ok(json!({"message_ts": ts}))
    })
}

pub(super) fn update(state: &State, call: &Call) -> Answer {
    state.with(|kept| {
        let (channel, ts) = named(call)?;
        limits::message(kept, "chat.update", &call.body);
        developed(kept, &call.body)?;
        let found = find(kept, &channel, &ts).ok_or("message_not_found")?;
        if found.streaming {
            return Err("streaming_state_conflict");
        }
        found.text = call.text("text").unwrap_or_default();
        // What is not given stays as it was.
        if call.body.get("blocks").is_some() {
            found.blocks = blocks(&call.body);
        }
        if call.body.get("metadata").is_some() {
            found.metadata = call.body["metadata"].clone();
        }
        found.changes += 1;
        Ok(json!({"channel": channel, "ts": ts}))
    })
}

pub(super) fn delete(state: &State, call: &Call) -> Answer {
    state.with(|kept| {
        let (channel, ts) = named(call)?;
        find(kept, &channel, &ts).ok_or("message_not_found")?;
        kept.shown
            .retain(|it| it.channel != channel || it.ts != ts || it.only.is_some());
        Ok(json!({"channel": channel, "ts": ts}))
    })
}

pub(super) fn start_stream(state: &State, call: &Call) -> Answer {
    state.with(|kept| {
        if !kept.streams {
            return Err("unknown_method");
        }
        let channel = call.text("channel").ok_or("channel_not_found")?;
        if call.text("thread_ts").is_none() {
            kept.breach("chat.startStream: no thread_ts");
            return Err("invalid_thread_ts");
        }
        let recipient = ["recipient_user_id", "recipient_team_id"];
        if !channel.starts_with('D') && recipient.iter().any(|it| call.text(it).is_none()) {
            kept.breach("chat.startStream: no recipient in a channel");
            return Err("missing_recipient_user_id");
        }
        limits::markdown(kept, "chat.startStream", &call.body);
        let mut shown = shown(kept, call, channel.clone(), None);
        shown.text = call.text("markdown_text").unwrap_or_default();
        shown.streaming = true;
        let ts = shown.ts.clone();
        kept.shown.push_back(shown);
        Ok(json!({"channel": channel, "ts": ts}))
    })
}

pub(super) fn append_stream(state: &State, call: &Call) -> Answer {
    state.with(|kept| {
        let (channel, ts) = named(call)?;
        limits::markdown(kept, "chat.appendStream", &call.body);
        let found = find(kept, &channel, &ts).ok_or("message_not_found")?;
        if !found.streaming {
            return Err("message_not_in_streaming_state");
        }
        found
            .text
            .push_str(&call.text("markdown_text").unwrap_or_default());
        Ok(json!({"channel": channel, "ts": ts}))
    })
}

pub(super) fn stop_stream(state: &State, call: &Call) -> Answer {
    state.with(|kept| {
        let (channel, ts) = named(call)?;
        let found = find(kept, &channel, &ts).ok_or("message_not_found")?;
        if !found.streaming {
            return Err("message_not_in_streaming_state");
        }
        found.streaming = false;
        Ok(json!({}))
    })
}

pub(super) fn history(state: &State, call: &Call) -> Answer {
    state.with(|kept| {
        let channel = call.text("channel").ok_or("channel_not_found")?;
        let thread = call.text("ts");
        let told = call.text("include_all_metadata").is_some();
        let number = |name: &str| call.text(name)?.parse::<usize>().ok();
        let page = number("limit").unwrap_or(100).min(kept.page);
        let from = number("cursor").unwrap_or(0);
        let mut all: Vec<&Shown> = kept
            .shown
            .iter()
            .filter(|it| it.channel == channel && it.only.is_none())
            .filter(|it| thread.is_none() || it.thread == thread)
            .collect();
        // A thread is told from its beginning, a channel from its end.
        if thread.is_none() {
            all.reverse();
        }
        let more = all.len() > from + page;
        let messages: Vec<Value> = all
            .into_iter()
            .skip(from)
            .take(page)
            .map(|it| {
                let mut message = json!({"type": "message", "ts": it.ts, "text": it.text,
                    "thread_ts": it.thread, "blocks": it.blocks});
                if told {
                    message["metadata"] = it.metadata.clone();
                }
                message
            })
            .collect();
        let next = if more {
            (from + page).to_string()
        } else {
            String::new()
        };
        Ok(json!({"messages": messages, "has_more": more,
            "response_metadata": {"next_cursor": next}}))
    })
}

fn named(call: &Call) -> Result<(String, String), &'static str> {
    let channel = call.text("channel").ok_or("channel_not_found")?;
    let ts = call.text("ts").ok_or("message_not_found")?;
    Ok((channel, ts))
}

fn find<'a>(kept: &'a mut Kept, channel: &str, ts: &str) -> Option<&'a mut Shown> {
    let mut all = kept.shown.iter_mut();
    all.find(|it| it.channel == channel && it.ts == ts && it.only.is_none())
}

fn blocks(body: &Value) -> Vec<Value> {
    body["blocks"].as_array().cloned().unwrap_or_default()
}

fn shown(kept: &mut Kept, call: &Call, channel: String, only: Option<String>) -> Shown {
    Shown {
        ts: kept.ts(),
        channel,
        thread: call.text("thread_ts"),
        only,
        text: call.text("text").unwrap_or_default(),
        blocks: blocks(&call.body),
        metadata: call.body["metadata"].clone(),
        changes: 0,
        streaming: false,
    }
}

/// Whether every picture in the blocks can be shown by now.
pub(super) fn developed(kept: &mut Kept, body: &Value) -> Result<(), &'static str> {
    for block in blocks(body) {
        let Some(id) = block.pointer("/slack_file/id").and_then(Value::as_str) else {
            continue;
        };
        if kept.undeveloped > 0 {
            kept.undeveloped -= 1;
            return Err("invalid_blocks");
        }
        if !kept.uploads.iter().any(|it| it.id == id && it.complete) {
            kept.breach(format!("a picture that was never uploaded: {id}"));
            return Err("invalid_blocks");
        }
    }
    Ok(())
}
