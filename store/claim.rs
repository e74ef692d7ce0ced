//! What a worker or a courier says when it takes something from a queue.

use almanac_agent_contract::WorkspaceId;
use jiff::SignedDuration;

/// Who claims, for whom, how much and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim<'a> {
    /// Whose rows. Several workspaces may share a database, each with its own definitions.
    pub workspace: WorkspaceId,
    /// The claimer's name, kept on the rows.
    pub by: &'a str,
    /// At most this many.
    pub batch: u32,
    /// After this long without word they may be claimed again.
    pub lease: SignedDuration,
}
