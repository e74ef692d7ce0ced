//! Files, in three steps.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::call::{Answer, Call, misbehave};
use super::state::{State, Upload};

pub(super) fn announce(state: &State, call: &Call) -> Answer {
    let origin = state.origin.clone();
    state.with(|kept| {
        let name = call.text("filename").ok_or("invalid_arguments")?;
        let length = call.text("length").and_then(|it| it.parse::<usize>().ok());
        let announced = length.filter(|it| *it > 0).ok_or("invalid_arguments")?;
        if call
            .text("alt_txt")
            .is_some_and(|it| it.chars().count() > 1_000)
        {
            kept.breach("files.getUploadURLExternal: alt_txt is longer than 1,000 characters");
        }
        let id = format!("F{:08}", kept.number());
        let upload_url = format!("{origin}/upload/{id}");
        kept.uploads.push_back(Upload {
            id: id.clone(),
            name,
            bytes: Vec::new(),
            complete: false,
            shared: None,
            announced,
        });
        Ok(json!({"upload_url": upload_url, "file_id": id}))
    })
}

pub(super) async fn bytes(
    Of(state): Of<Arc<State>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let fault = state.with(|kept| {
        *kept.called.entry("upload".into()).or_default() += 1;
        let faults = kept.faults.get_mut("upload");
        faults.and_then(std::collections::VecDeque::pop_front)
    });
    if let Some(fault) = fault {
        return misbehave(fault);
    }
    state.with(|kept| {
        let Some(upload) = kept.uploads.iter_mut().find(|it| it.id == id) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        upload.bytes = body.to_vec();
        let (sent, announced) = (upload.bytes.len(), upload.announced);
        if sent != announced {
            kept.breach(format!("{sent} bytes were uploaded, {announced} announced"));
        }
        format!("OK - {sent}").into_response()
    })
}

pub(super) fn complete(state: &State, call: &Call) -> Answer {
    state.with(|kept| {
        let files = call.body["files"].as_array().cloned().unwrap_or_default();
        if files.is_empty() {
            kept.breach("files.completeUploadExternal: no files");
            return Err("invalid_arguments");
        }
        let place = call
            .text("channel_id")
            .map(|it| (it, call.text("thread_ts")));
        for file in &files {
            let id = file["id"].as_str().unwrap_or_default();
            let Some(upload) = kept.uploads.iter_mut().find(|it| it.id == id) else {
                return Err("file_not_found");
            };
            if upload.complete || upload.bytes.is_empty() {
                return Err("file_upload_incomplete");
            }
            upload.complete = true;
            upload.shared.clone_from(&place);
        }
        Ok(json!({"files": files}))
    })
}
