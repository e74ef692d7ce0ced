//! What can be read of the Graph API: the number, its webhook, the account's apps and templates, what the
//! token may do.

use std::sync::Arc;

use axum::http::Method;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::json;

use super::faults::{Edge, answer, error};
use super::graph::{described, refusal, unauthorized};
use super::payload::{ACCOUNT, DISPLAY, NUMBER};
use super::state::Shared;
use super::webhook;

/// The answer to a request that changes nothing.
pub(super) async fn reads(
    shared: Arc<Shared>,
    (id, edge): (String, String),
    request: Parts,
) -> Response {
    if let Some(refused) = unauthorized(&shared, &request.headers) {
        return refused;
    }
    let fault = shared.fault(Edge::Reads);
    if let Some(refused) = refusal(fault.as_ref()).await {
        return refused;
    }
    let query = request.uri.query().unwrap_or_default();
    let (id, edge) = (id.as_str(), edge.as_str());
    // What a token may do is asked of the Graph API itself, which is not described.
    if (id, edge) != ("me", "permissions") {
        described(&shared, request.method.as_str(), request.uri.path(), None);
    }
    if request.method != Method::GET {
        return error(100);
    }
    match (id, edge) {
        ("me", "permissions") => answer(
            200,
            &json!({"data": [
                {"permission": "whatsapp_business_messaging", "status": "granted"},
                {"permission": "whatsapp_business_management", "status": "granted"},
            ]}),
        ),
        (NUMBER, "") if !proven(&shared, query) => error(100),
        (NUMBER, "") => {
            let webhook = shared.state().webhook.clone();
            let mut number = json!({
                "id": NUMBER,
                "display_phone_number": format!("+{DISPLAY}"),
                "verified_name": "Jasper's Market",
                "quality_rating": "GREEN",
            });
            if query.contains("webhook_configuration") {
                number["webhook_configuration"] = json!({"application": webhook});
            }
            answer(200, &number)
        }
        (ACCOUNT, "subscribed_apps") => answer(
            200,
            &json!({"data": [{"whatsapp_business_api_data": {
                "id": "1234567890123456",
                "name": "Almanac",
                "link": "https://www.facebook.com/games/?app_id=1234567890123456",
            }}]}),
        ),
        (ACCOUNT, "message_templates") => {
            let templates = shared.state().templates.clone();
            answer(
                200,
                &json!({"data": templates, "paging": {"cursors": {"after": "MjQZD", "before": "MAZDZD"}}}),
            )
        }
        _ => error(100),
    }
}

/// Whoever proves that they know the app's secret must.
fn proven(shared: &Shared, query: &str) -> bool {
    let given = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("appsecret_proof="));
    given.is_none_or(|given| {
        let secret = &shared.settings.app_secret;
        given == webhook::hmac(secret, shared.settings.token.as_bytes())
    })
}
