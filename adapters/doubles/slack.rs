//! Slack on loopback.
