//! How the Graph API says no, and how it fails without saying anything.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value as Json, json};

/// Which requests a fault is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Messages to people.
    Messages,
    /// Read and typing marks.
    Marks,
    /// Uploads.
    Media,
    /// Everything that is read: the number, templates, permissions.
    Reads,
}

/// What goes wrong with one request.
#[derive(Debug, Clone)]
pub enum Fault {
    /// An error with its code: 130429, 131047, 190.
    Code(i64),
    /// The same, with `Retry-After` in seconds.
    CodeAfter(i64, u32),
    /// The same, with the minutes until the account may call again, as `x-business-use-case-usage`.
    CodeUsage(i64, u32),
    /// A status without any JSON.
    Bare(u16),
    /// The request is taken and done, and the connection breaks.
    Dropped,
    /// The request is taken and done after a while.
    Slow(Duration),
    /// The message is taken, and a status says later that it failed, with this code.
    FailsLater(i64),
    /// The answer is JSON of a shape that nobody knows.
    Strange,
}

/// The error of a code.
pub(super) fn error(code: i64) -> Response {
    let (status, title, details) = known(code);
    let body = json!({"error": {
        "message": format!("(#{code}) {title}"),
        "type": if code == 190 { "OAuthException" } else { "GraphMethodException" },
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": details},
        "fbtrace_id": "AXsgnV2Cm3ZMGF3dF_cfYIn",
    }});
    answer(status, &body)
}

/// An error with a header.
pub(super) fn error_with(code: i64, name: &'static str, value: &str) -> Response {
    let mut response = error(code);
    let value = HeaderValue::from_str(value).expect("a header");
    response.headers_mut().insert(name, value);
    response
}

/// A body that breaks off.
pub(super) fn broken() -> Response {
    let cut = futures::stream::iter([
        Ok(axum::body::Bytes::from_static(b"{\"messag")),
        Err(std::io::Error::other("cut")),
    ]);
    (
        [(header::CONTENT_TYPE, "application/json")],
        Body::from_stream(cut),
    )
        .into_response()
}

/// JSON with a status.
pub(super) fn answer(status: u16, body: &Json) -> Response {
    let status = StatusCode::from_u16(status).expect("a status");
    (
        status,
        [(header::CONTENT_TYPE, "application/json")],
        body.to_string(),
    )
        .into_response()
}

/// What is written of a code: its status, title, and details.
pub(super) fn known(code: i64) -> (u16, &'static str, &'static str) {
    match code {
        1 => (500, "API Unknown", "An unknown error occurred"),
        2 => (
            503,
            "API Service",
            "Temporary issue due to downtime or being overloaded",
        ),
        4 => (
            400,
            "API Too Many Calls",
            "The app has reached its API call rate limit",
        ),
        10 => (
            403,
            "API Permission Denied",
            "Permission is either not granted or has been removed",
        ),
        100 => (
            400,
            "Invalid parameter",
            "The request included one or more unsupported parameters",
        ),
        190 => (
            401,
            "Error validating access token",
            "Your access token has expired",
        ),
        368 => (
            403,
            "Temporarily blocked for policies violations",
            "The account is restricted",
        ),
        80_007 => (
            400,
            "Rate limit issues",
            "The WhatsApp Business Account has reached its rate limit",
        ),
        130_429 => (
            429,
            "Rate limit hit",
            "Cloud API message throughput has been reached",
        ),
        130_472 => (
            400,
            "User's number is part of an experiment",
            "Message was not sent as part of an experiment",
        ),
        131_000 => (
            500,
            "Something went wrong",
            "Message failed to send due to an unknown error",
        ),
        131_005 => (
            403,
            "Access denied",
            "Permission is either not granted or has been removed",
        ),
        131_008 => (
            400,
            "Required parameter is missing",
            "The request is missing a required parameter",
        ),
        131_009 => (
            400,
            "Parameter value is not valid",
            "One or more parameter values are invalid",
        ),
        131_016 => (
            503,
            "Service unavailable",
            "A service is temporarily unavailable",
        ),
        131_021 => (
            400,
            "Recipient cannot be sender",
            "Sender and recipient phone number is the same",
        ),
        131_026 => (400, "Message undeliverable", "Unable to deliver message"),
        131_030 => (
            400,
            "Recipient phone number not in allowed list",
            "Recipient phone number not in allowed list",
        ),
        131_031 => (
            403,
            "Account has been locked",
            "The account has been restricted or disabled",
        ),
        131_042 => (
            400,
            "Business eligibility payment issue",
            "There is an error related to your payment method",
        ),
        131_045 => (
            500,
            "Incorrect certificate",
            "Message failed to send due to a phone number registration error",
        ),
        131_047 => (
            400,
            "Re-engagement message",
            "More than 24 hours have passed since the recipient last replied to the sender number",
        ),
        131_048 => (
            400,
            "Spam rate limit hit",
            "There are restrictions on how many messages can be sent from this phone number",
        ),
        131_049 => (
            400,
            "Meta chose not to deliver",
            "This message was not delivered to maintain healthy ecosystem engagement",
        ),
        131_051 => (400, "Unsupported message type", "Unsupported message type"),
        131_052 => (
            400,
            "Media download error",
            "Unable to download the media sent by the user",
        ),
        131_053 => (
            400,
            "Media upload error",
            "Unable to upload the media used in the message",
        ),
        131_056 => (
            400,
            "(Business Account, Consumer Account) pair rate limit hit",
            "Too many messages sent from the sender phone number to the same recipient phone number in a short period of time",
        ),
        131_057 => (
            500,
            "Account in maintenance mode",
            "Business Account is in maintenance mode",
        ),
        132_000 => (
            400,
            "Template Param Count Mismatch",
            "The number of variable parameter values did not match the template",
        ),
        132_001 => (
            404,
            "Template does not exist",
            "The template does not exist in the specified language or has not been approved",
        ),
        132_005 => (
            400,
            "Template Hydrated Text Too Long",
            "Translated text is too long",
        ),
        132_007 => (
            400,
            "Template Format Character Policy Violated",
            "Template content violates a policy",
        ),
        132_012 => (
            400,
            "Template Parameter Format Mismatch",
            "Variable parameter values formatted incorrectly",
        ),
        132_015 => (
            400,
            "Template is Paused",
            "Template is paused due to low quality",
        ),
        132_016 => (
            400,
            "Template is Disabled",
            "Template has been paused too many times and is now permanently disabled",
        ),
        133_010 => (
            400,
            "Phone number Not Registered",
            "Phone number not registered on the Whatsapp Business Platform",
        ),
        _ => (400, "Something else", "An error that nobody has seen"),
    }
}
