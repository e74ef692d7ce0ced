//! Tables for a telephone's width: what is wider is narrowed and goes as a file too.

use almanac_agent_contract::{Card, ChartKind, ColumnType, Language, Reply};
use almanac_cards::{GridText, parts};
use unicode_segmentation::UnicodeSegmentation;

use super::markup::clean;
use super::words;

/// As many columns of letters as a telephone shows without breaking lines.
const WIDTH: usize = 38;
/// How far cells of words are shortened before columns are left out.
const SHORT: [usize; 3] = [40, 22, 14];

/// A table as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Lines of letters of equal width.
    pub(super) grid: String,
    /// What is under it: rows and columns that are left out.
    pub(super) notes: Vec<String>,
    /// All of the table is in the grid.
    pub(super) whole: bool,
    /// Its rows.
    pub(super) rows: usize,
}

/// The reply's table at a telephone's width; `None` where it has none to show.
pub(super) fn shown(reply: &Reply, language: Language) -> Option<Shown> {
    let card = reply.card.as_ref()?;
    let rows = card.table.rows.len();
    let mut narrowed = Reply {
        card: Some(without_bars(card)),
        ..Reply::words(reply.outcome, "")
    };
    let full = parts(&narrowed).table?;
    let fits = |grid: &GridText| grid.width <= WIDTH;
    if fits(&full) {
        return Some(Shown {
            grid: full.lines.join("\n"),
            whole: full.more.is_none(),
            notes: full.more.into_iter().collect(),
            rows,
        });
    }
    let columns = card.table.columns.len();
    let all_columns = SHORT.iter().map(|short| (*short, columns));
    let fewer = (1..columns).rev().map(|columns| (SHORT[2], columns));
    let mut best = full;
    let mut kept = columns;
    for (short, columns) in all_columns.chain(fewer) {
        narrowed.card = Some(narrow(card, short, columns));
        let Some(grid) = parts(&narrowed).table else {
            break;
        };
        (best, kept) = (grid, columns);
        if fits(&best) {
            break;
        }
    }
    let mut notes: Vec<String> = best.more.into_iter().collect();
    if kept < columns {
        let labels: Vec<String> = card.table.labels[kept..]
            .iter()
            .map(|label| clean(label))
            .collect();
        notes.push(words::only_in_file(&labels.join(", "), language));
    }
    Some(Shown {
        grid: best.lines.join("\n"),
        notes,
        whole: false,
        rows,
    })
}

/// A picture shows the bars.
fn without_bars(card: &Card) -> Card {
    let mut card = card.clone();
    if let Some(chart) = &mut card.chart {
        chart.kind = ChartKind::Line;
    }
    card
}

/// With its first columns alone and words shortened.
fn narrow(card: &Card, short: usize, columns: usize) -> Card {
    let mut card = without_bars(card);
    let table = &mut card.table;
    let is_words = |column: usize| {
        table
            .columns
            .get(column)
            .is_some_and(|it| it.kind == ColumnType::Text)
    };
    let wordy: Vec<bool> = (0..columns).map(is_words).collect();
    table.columns.truncate(columns);
    table.labels.truncate(columns);
    for label in &mut table.labels {
        *label = shortened(label, short);
    }
    for row in &mut table.rows {
        row.truncate(columns);
    }
    for row in &mut table.shown {
        row.truncate(columns);
        for (cell, wordy) in row.iter_mut().zip(&wordy) {
            if *wordy {
                *cell = shortened(cell, short);
            }
        }
    }
    card
}

fn shortened(text: &str, letters: usize) -> String {
    let text = clean(text);
    if text.graphemes(true).count() <= letters {
        return text;
    }
    let kept: String = text.graphemes(true).take(letters - 1).collect();
    format!("{}…", kept.trim_end())
}
