//! WhatsApp on loopback.
