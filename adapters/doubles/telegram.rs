//! Telegram on loopback.
