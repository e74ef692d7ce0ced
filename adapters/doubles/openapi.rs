//! Requests held to a published OpenAPI description.
