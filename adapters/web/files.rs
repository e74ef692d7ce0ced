//! Charts and exports of answers: to the browser whose answer it is, or to a program with a key.

use std::sync::Arc;

use almanac_agent_contract::{Card, LineError, Reply};
use almanac_cards::{Size, Theme, csv, png, svg};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::adapter::Web;
use super::problem::Problem;
use super::session::Session;
use super::{PAGE, REST, WEB};
use crate::drawing::drawn;

/// An answer never changes, so neither do its files. They stay with the person's own browser.
const KEEP: HeaderValue = HeaderValue::from_static("private, max-age=86400, immutable");

/// A chart opened by itself styles itself and loads nothing.
const CHART_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; font-src data:");

/// How a chart is to look.
#[derive(Deserialize)]
pub(super) struct Look {
    #[serde(default)]
    theme: ThemeName,
    #[serde(default)]
    width: Width,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "lowercase")]
enum ThemeName {
    #[default]
    Light,
    Dark,
}

/// As wide as the card on a desk, or on a phone.
#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum Width {
    #[default]
    Wide,
    Narrow,
}

impl Width {
    /// Width and height in CSS pixels.
    pub(super) const fn pixels(self) -> (u32, u32) {
        match self {
            Self::Wide => (760, 320),
            Self::Narrow => (360, 240),
        }
    }
}

/// `GET /charts/{event_id}.svg` or `.png`
pub(super) async fn chart(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Path(file): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Problem> {
    let (id, kind) = file
        .rsplit_once('.')
        .ok_or(Problem::Line(LineError::Unknown))?;
    let card = card(&web, &headers, id).await?;
    let mut spec = card.chart.ok_or(Problem::Line(LineError::Unknown))?;
    let theme = match look.theme {
        ThemeName::Light => Theme::Light,
        ThemeName::Dark => Theme::Dark,
    };
    let (width, height) = look.width.pixels();
    let size = Size {
        width,
        height,
        scale: 2.0,
    };
    match kind {
        "svg" => {
            // It stands in the card, under the card's title.
            if spec.title == card.title {
                spec.title.clear();
            }
            Ok(file_of("image/svg+xml", svg(&spec, size, theme)))
        }
        "png" => match drawn(move || png(&spec, size, theme)).await {
            Ok(Ok(bytes)) => Ok(file_of("image/png", bytes)),
            Ok(Err(error)) => Ok(failed(&error)),
            Err(error) => Ok(failed(&error)),
        },
        _ => Err(Problem::Line(LineError::Unknown)),
    }
}

/// `GET /export/{event_id}.csv`
pub(super) async fn export(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    let id = file
        .strip_suffix(".csv")
        .ok_or(Problem::Line(LineError::Unknown))?;
    let card = card(&web, &headers, id).await?;
    let mut response = file_of("text/csv; charset=utf-8", csv(&card));
    let name = format!("attachment; filename=\"{}.csv\"", file_name(&card.title));
    if let Ok(name) = HeaderValue::try_from(name) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// The card of an answer that the request may see.
async fn card(web: &Web, headers: &HeaderMap, id: &str) -> Result<Card, Problem> {
    let access = &web.options.access;
    let owned = Session::of(headers).is_some_and(|session| session.owns(id));
    let installation = if owned && access.opens_page(headers, web.clock.now()) {
        PAGE
    } else if access.opens_api(headers) {
        REST
    } else {
        return Err(Problem::Key);
    };
    match web.line.answer(&WEB, installation, id).await? {
        Some(Reply {
            card: Some(card), ..
        }) => Ok(card),
        _ => Err(Problem::Line(LineError::Unknown)),
    }
}

fn file_of(kind: &'static str, body: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, KEEP),
        (header::CONTENT_SECURITY_POLICY, CHART_POLICY),
    ];
    (headers, body).into_response()
}

fn failed(error: &dyn std::fmt::Display) -> Response {
    tracing::error!(%error, "a chart was not drawn");
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        "The chart could not be drawn.",
    )
        .into_response()
}

/// Letters and digits of the title joined by dashes: a name every system takes.
fn file_name(title: &str) -> String {
    let words: Vec<&str> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    match words.join("-").to_ascii_lowercase() {
        name if name.is_empty() => "almanac".to_owned(),
        name => name.chars().take(60).collect(),
    }
}
