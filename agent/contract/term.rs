//! What people mean by their words: "when I say sales I mean net revenue". Only people's own words
//! make one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whose word it is, the nearest to the asker first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TermScope {
    /// One person's, wherever they ask.
    Person,
    /// A channel's, for all who ask there.
    Channel,
    /// Everybody's in the workspace.
    Workspace,
}

/// A phrase and the metric that is meant by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The phrase as the person wrote it.
    pub phrase: String,
    /// The metric's name in the catalogue.
    pub metric: String,
    /// Whose word it is.
    pub scope: TermScope,
}
