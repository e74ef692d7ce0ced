//! Slack.

use almanac_agent_contract::Platform;

/// Slack's name.
pub const SLACK: Platform = Platform::named("slack");
