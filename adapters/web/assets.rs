//! The stylesheet, the script and the mark, held in the binary. Their addresses carry the hash of
//! their content, so browsers keep them for good and a new build is seen at once.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// A file of the page.
pub(super) struct Asset {
    /// Its address.
    pub(super) path: String,
    kind: &'static str,
    body: &'static str,
}

/// The stylesheet.
pub(super) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "page",
        "css",
        "text/css; charset=utf-8",
        include_str!("assets/page.css"),
    )
});

/// The script.
pub(super) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "page",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("assets/page.js"),
    )
});

/// The mark.
pub(super) static MARK: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "mark",
        "svg",
        "image/svg+xml",
        include_str!("assets/mark.svg"),
    )
});

impl Asset {
    fn new(name: &str, extension: &str, kind: &'static str, body: &'static str) -> Self {
        let hash = hex::encode(&Sha256::digest(body)[..8]);
        Self {
            path: format!("/assets/{name}.{hash}.{extension}"),
            kind,
            body,
        }
    }
}

/// `GET /assets/{file}`
pub(super) async fn serve(Path(file): Path<String>) -> Response {
    let asset = [&STYLE, &SCRIPT, &MARK]
        .into_iter()
        .find(|asset| asset.path.strip_prefix("/assets/") == Some(file.as_str()));
    let Some(asset) = asset else {
        return (StatusCode::NOT_FOUND, "There is nothing here.").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        ),
    ];
    (headers, asset.body).into_response()
}
