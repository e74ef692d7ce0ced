//! WhatsApp.

use almanac_agent_contract::Platform;

/// WhatsApp's name.
pub const WHATSAPP: Platform = Platform::named("whatsapp");
