//! Which pieces explain a question together: the ways to cover its words that weigh most. Part of
//! `spans`.

use super::{Item, Piece};

/// The ways to cover all words by pieces, end to end, that weigh most; the best first. A word that
/// no piece covers costs.
pub(super) fn best(length: usize, spans: &[(Item, f32)]) -> Vec<(Vec<Item>, f32)> {
    const UNKNOWN: f32 = -0.6;
    let mut ending: Vec<Vec<usize>> = vec![Vec::new(); length + 1];
    for (at, (item, _)) in spans.iter().enumerate() {
        if let Some(list) = ending.get_mut(item.end) {
            list.push(at);
        }
    }
    // For each end, the best ways to get there: weight, the last piece, the way before it.
    let mut ways: Vec<Vec<(f32, Option<usize>, usize)>> = vec![vec![(0.0, None, 0)]];
    for end in 1..=length {
        let mut here: Vec<(f32, Option<usize>, usize)> = Vec::new();
        let mut arrive = |from: usize, weight: f32, piece: Option<usize>| {
            for (rank, (before, ..)) in ways.get(from).into_iter().flatten().enumerate() {
                here.push((before + weight, piece, rank));
            }
        };
        arrive(end - 1, UNKNOWN, None);
        for at in ending.get(end).into_iter().flatten() {
            if let Some((item, weight)) = spans.get(*at) {
                arrive(item.start, *weight, Some(*at));
            }
        }
        here.sort_by(|a, b| b.0.total_cmp(&a.0));
        here.truncate(MOST_CUTS);
        ways.push(here);
    }
    let count = ways.get(length).map_or(0, Vec::len);
    (0..count)
        .filter_map(|rank| {
            let weight = ways.get(length)?.get(rank)?.0;
            Some((walked(length, rank, &ways, spans), weight))
        })
        .collect()
}

fn walked(
    length: usize,
    mut rank: usize,
    ways: &[Vec<(f32, Option<usize>, usize)>],
    spans: &[(Item, f32)],
) -> Vec<Item> {
    let mut items = Vec::new();
    let mut end = length;
    while end > 0 {
        let Some((_, piece, before)) = ways.get(end).and_then(|here| here.get(rank)) else {
            break;
        };
        let item = piece.and_then(|at| spans.get(at)).map_or_else(
            || Item {
                start: end - 1,
                end,
                piece: Piece::Unknown,
            },
            |(item, _)| item.clone(),
        );
        end = item.start;
        rank = *before;
        items.push(item);
    }
    items.reverse();
    items
}

/// Cuts of a question that are looked at.
const MOST_CUTS: usize = 5;
