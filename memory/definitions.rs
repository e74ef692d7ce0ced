//! Words and what is meant by them. Before anything is planned, each phrase has one meaning: the
//! person's own, else the channel's, else the workspace's.

use almanac_agent_contract::{Scope, Term, TermScope};
use almanac_store::{Defined, NewDefinition, StoreError};

use crate::{Memory, Phrase};

impl Memory {
    /// Keeps that `phrase` means `metric`, for the scope's person or for its channel.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for the whole workspace; where the store is unavailable.
    pub async fn define(
        &self,
        scope: &Scope,
        of: TermScope,
        phrase: &Phrase,
        metric: &str,
    ) -> Result<Defined, StoreError> {
        let new = NewDefinition {
            scope: of,
            phrase: phrase.written(),
            folded: phrase.folded(),
            metric,
        };
        self.store.define(scope, new).await
    }

    /// What is meant by which phrase here, at most one meaning a phrase.
    ///
    /// # Errors
    /// Where the store is unavailable.
    pub async fn terms(&self, scope: &Scope) -> Result<Vec<Term>, StoreError> {
        Ok(nearest(self.store.definitions(scope).await?))
    }

    /// Forgets the meaning of a phrase that is nearest to the asker; `None` where they have none.
    ///
    /// # Errors
    /// Where the store is unavailable.
    pub async fn forget(&self, scope: &Scope, phrase: &Phrase) -> Result<Option<Term>, StoreError> {
        self.store.retract_definition(scope, phrase.folded()).await
    }

    /// Keeps what the scope's person thinks of the last answer. False where there was none.
    ///
    /// # Errors
    /// Where the store is unavailable.
    pub async fn judge(
        &self,
        scope: &Scope,
        good: bool,
        note: Option<&str>,
    ) -> Result<bool, StoreError> {
        self.store.judge_last_answer(scope, good, note).await
    }
}

/// Of each phrase the meaning that is nearest to the asker, in the order of the phrases.
fn nearest(mut definitions: Vec<(String, Term)>) -> Vec<Term> {
    definitions.sort_by(|(a, one), (b, other)| a.cmp(b).then(one.scope.cmp(&other.scope)));
    definitions.dedup_by(|(later, _), (first, _)| later == first);
    definitions.into_iter().map(|(_, term)| term).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition(folded: &str, metric: &str, scope: TermScope) -> (String, Term) {
        let term = Term {
            phrase: folded.to_uppercase(),
            metric: metric.into(),
            scope,
        };
        (folded.into(), term)
    }

    #[test]
    fn the_persons_own_word_counts_before_the_channels_and_that_before_the_workspaces() {
        let terms = nearest(vec![
            definition("sales", "of_all", TermScope::Workspace),
            definition("leads", "of_all", TermScope::Workspace),
            definition("sales", "of_channel", TermScope::Channel),
            definition("leads", "of_channel", TermScope::Channel),
            definition("sales", "own", TermScope::Person),
        ]);
        let metrics: Vec<_> = terms.iter().map(|term| term.metric.as_str()).collect();
        assert_eq!(metrics, ["of_channel", "own"]);
    }
}
