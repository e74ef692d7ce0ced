//! What a turn recalls of its conversation: where it stands, what people there mean by their words,
//! and the last exchanges within a budget. The scope comes from the authenticated event, so a conversation is only ever
//! recalled in itself.

use almanac_agent_contract::{ConversationState, Exchange, Scope, Term};
use almanac_store::{Store, StoreError};

/// Exchanges fetched at most.
const TURNS: u32 = 12;
/// Characters of exchanges kept at most; older ones go first.
const BUDGET: usize = 8_000;

/// What is recalled for one turn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recollection {
    /// Where the conversation stands.
    pub state: ConversationState,
    /// What is meant by which phrase; at most one a phrase.
    pub terms: Vec<Term>,
    /// Questions and answers, oldest first.
    pub history: Vec<Exchange>,
}

/// Recalls, on behalf of a scope.
#[derive(Debug, Clone)]
pub struct Memory {
    pub(crate) store: Store,
}

impl Memory {
    /// Over this store.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// The conversation so far, within the budget, and what is meant by which words in it.
    ///
    /// # Errors
    /// Where the store is unavailable.
    pub async fn recall(&self, scope: &Scope) -> Result<Recollection, StoreError> {
        let recalled = self.store.recall(scope.conversation, TURNS).await?;
        let terms = self.terms(scope).await?;
        Ok(Recollection {
            state: recalled.state,
            terms,
            history: within_budget(recalled.exchanges),
        })
    }
}

/// The newest exchanges whose words fit the budget, oldest first.
fn within_budget(exchanges: Vec<Exchange>) -> Vec<Exchange> {
    let mut left = BUDGET;
    let kept = exchanges
        .iter()
        .rev()
        .take_while(|exchange| {
            let cost = exchange.question.chars().count() + exchange.answer.chars().count();
            let fits = cost <= left;
            left = left.saturating_sub(cost);
            fits
        })
        .count();
    let first = exchanges.len() - kept;
    exchanges.into_iter().skip(first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(question: &str, answer: usize) -> Exchange {
        Exchange {
            question: question.into(),
            answer: "x".repeat(answer),
        }
    }

    #[test]
    fn the_oldest_exchanges_are_dropped_first() {
        let kept = within_budget(vec![
            exchange("first", 5_000),
            exchange("second", 5_000),
            exchange("third", 1_000),
        ]);
        let questions: Vec<_> = kept.iter().map(|e| e.question.as_str()).collect();
        assert_eq!(questions, ["second", "third"]);
    }

    #[test]
    fn one_exchange_over_the_budget_is_left_out() {
        assert!(within_budget(vec![exchange("long", 9_000)]).is_empty());
    }
}
