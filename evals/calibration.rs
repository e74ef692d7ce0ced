//! Whether readings are as good as they say: how many are right among those that are as sure.

use serde::Serialize;

use crate::{Score, Scored};

/// The lower ends of the bins of certainty.
const FROM: [f32; 7] = [0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9];

/// Questions whose readings were about as sure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// The least score of it.
    pub from: f32,
    /// The least score of the next; past 1 for the last.
    pub to: f32,
    /// What came of them.
    pub score: Score,
}

/// The bins that have questions.
pub(crate) fn bins(scored: &[&Scored]) -> Vec<Bin> {
    let ends = FROM.into_iter().skip(1).chain([f32::INFINITY]);
    let bins = FROM.into_iter().zip(ends).map(|(from, to)| {
        let inside = |scored: &&Scored| {
            scored
                .confidence
                .is_some_and(|confidence| (from..to).contains(&confidence.score))
        };
        let inside = scored.iter().copied().filter(inside);
        Bin {
            from,
            to: to.min(1.0),
            score: Score::of(inside),
        }
    });
    bins.filter(|bin| bin.score.cases > 0).collect()
}
