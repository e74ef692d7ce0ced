//! Tables on a phone: in letters of equal width where a row fits across it, row by row where the
//! table is small, else the beginning of it and a file.

use almanac_agent_contract::{CardTable, ColumnType};
use unicode_width::UnicodeWidthStr;

use super::escape;

/// As many letters of equal width as stand side by side on a narrow phone.
const ACROSS: usize = 32;
/// As many rows as somebody scrolls through.
const MOST_ROWS: usize = 40;
/// The rows of a table whose rest is in a file.
const FIRST_ROWS: usize = 10;
/// As many cells as are read one under another.
const MOST_RECORDED: usize = 30;

/// How a table is shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// All of it, in columns.
    Grid(String),
    /// All of it, a line a cell; safe text.
    Records(String),
    /// Its beginning in columns, or nothing of it: a file has the whole.
    Begun(String),
}

/// The table for a phone.
pub(super) fn table(table: &CardTable) -> Shown {
    let width = widths(table, &table.shown).iter().sum::<usize>()
        + 2 * table.columns.len().saturating_sub(1);
    let narrow = width <= ACROSS;
    if narrow && table.shown.len() <= MOST_ROWS {
        return Shown::Grid(grid(table, table.shown.len()));
    }
    if table.shown.len() * table.columns.len() <= MOST_RECORDED {
        return Shown::Records(records(table));
    }
    Shown::Begun(if narrow {
        grid(table, FIRST_ROWS)
    } else {
        String::new()
    })
}

fn grid(table: &CardTable, rows: usize) -> String {
    let shown = &table.shown[..rows.min(table.shown.len())];
    let widths = widths(table, shown);
    let numeric: Vec<bool> = table
        .columns
        .iter()
        .map(|it| matches!(it.kind, ColumnType::Integer | ColumnType::Float))
        .collect();
    let line = |cells: &[String]| {
        let columns = cells.iter().zip(&widths).zip(&numeric);
        let cells: Vec<String> = columns
            .map(|((cell, &width), &numeric)| {
                let cell = clean(cell);
                let space = " ".repeat(width.saturating_sub(cell.width()));
                if numeric {
                    format!("{space}{cell}")
                } else {
                    format!("{cell}{space}")
                }
            })
            .collect();
        cells.join("  ").trim_end().to_owned()
    };
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    let mut lines = vec![line(&table.labels), rule.join("  ")];
    lines.extend(shown.iter().map(|row| line(row)));
    lines.join("\n")
}

fn records(table: &CardTable) -> String {
    let record = |row: &Vec<String>| {
        let mut cells = table.labels.iter().zip(row);
        let first = cells.next().map(|(_, cell)| escape::line(cell));
        let first = first.as_deref().map(str::trim).unwrap_or_default();
        let mut lines = Vec::new();
        if !first.is_empty() {
            lines.push(format!("*{first}*"));
        }
        lines.extend(cells.map(|(label, cell)| {
            format!("{}: {}", escape::line(label).trim(), escape::line(cell))
        }));
        lines.join("\n")
    };
    // What the first column is called is said once, over all.
    let over = table.labels.first().map(|label| escape::line(label));
    let records = table.shown.iter().map(record);
    over.into_iter()
        .filter(|_| table.labels.len() > 1)
        .chain(records)
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn widths(table: &CardTable, rows: &[Vec<String>]) -> Vec<usize> {
    (0..table.columns.len())
        .map(|column| {
            let cells = std::iter::once(&table.labels).chain(rows);
            cells
                .filter_map(|row| row.get(column))
                .map(|cell| clean(cell).width())
                .max()
                .unwrap_or(0)
        })
        .collect()
}

fn clean(cell: &str) -> String {
    escape::plain(cell).trim().to_owned()
}
