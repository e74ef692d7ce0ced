//! A table of a card in columns of equal width: words to the left, numbers to the right.

use almanac_agent_contract::{CardTable, ColumnType};
use unicode_width::UnicodeWidthStr;

use crate::plain::clean;

/// As many rows as are written.
pub(crate) const MOST_ROWS: usize = 20;
/// The widest a column gets.
const WIDEST: usize = 40;

/// The first rows of a table under its headings, each with its bar at the end if there are bars.
pub(crate) fn aligned(table: &CardTable, bars: Option<&[String]>) -> Vec<String> {
    let heading: Vec<String> = table.labels.iter().map(|label| shortened(label)).collect();
    let body = table.shown.iter().take(MOST_ROWS);
    let rows: Vec<Vec<String>> = body
        .map(|row| row.iter().map(|cell| shortened(cell)).collect())
        .collect();
    let width_of = |column: usize| {
        let cells = std::iter::once(&heading)
            .chain(&rows)
            .filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.columns.len()).map(width_of).collect();
    let numeric: Vec<bool> = table
        .columns
        .iter()
        .map(|column| matches!(column.kind, ColumnType::Integer | ColumnType::Float))
        .collect();
    let write = |cells: &[String], bar: &str| {
        let columns = widths
            .iter()
            .zip(&numeric)
            .enumerate()
            .map(|(index, (width, numeric))| {
                let cell = cells.get(index).map_or("", String::as_str);
                let space = " ".repeat(width.saturating_sub(cell.width()));
                if *numeric {
                    format!("{space}{cell}")
                } else {
                    format!("{cell}{space}")
                }
            });
        let line = columns.chain((!bar.is_empty()).then(|| bar.to_owned()));
        line.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    let mut lines = vec![write(&heading, ""), rule.join("  ")];
    for (index, row) in rows.iter().enumerate() {
        let bar = bars
            .and_then(|bars| bars.get(index))
            .map_or("", String::as_str);
        lines.push(write(row, bar));
    }
    lines
}

fn shortened(cell: &str) -> String {
    let cell = clean(cell);
    if cell.width() <= WIDEST {
        return cell;
    }
    let mut kept = String::new();
    for c in cell.chars() {
        kept.push(c);
        if kept.width() >= WIDEST {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}
