//! Telegram.

use almanac_agent_contract::Platform;

/// Telegram's name.
pub const TELEGRAM: Platform = Platform::named("telegram");
