//! Discord.

use almanac_agent_contract::Platform;

/// Discord's name.
pub const DISCORD: Platform = Platform::named("discord");
