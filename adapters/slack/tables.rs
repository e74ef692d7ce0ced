//! Tables: in columns where they fit across a message, else record by record; with the whole of it
//! as a file where rows are left out.

use almanac_agent_contract::{Card, TextFile};
use almanac_cards::{GridText, csv};
use serde_json::Value;

use super::blocks::{letters, words};

/// Letters of equal width across a message on a laptop; on a phone they wrap.
const WIDE: usize = 88;

/// The most characters of a table in a message.
const LONG: usize = 5_500;

/// A table as shown, and whether all of it is.
pub(super) struct Shown {
    pub(super) blocks: Vec<Value>,
    pub(super) whole: bool,
}

/// The table in a message.
pub(super) fn shown(card: &Card, grid: &GridText) -> Shown {
    if grid.width <= WIDE {
        return Shown {
            blocks: letters(&grid.with_more()),
            whole: grid.more.is_none(),
        };
    }
    let (text, whole) = records(card);
    Shown {
        blocks: words(&text),
        whole,
    }
}

/// The table as a file. Its name is the card's title, as far as files can be called so.
pub(super) fn file(card: &Card) -> TextFile {
    let name: String = card
        .title
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    let name: Vec<&str> = name.split('-').filter(|part| !part.is_empty()).collect();
    let name: String = name.join("-").to_lowercase().chars().take(60).collect();
    let name = if name.is_empty() { "table" } else { &name };
    TextFile {
        name: format!("{name}.csv"),
        kind: "text/csv".into(),
        text: csv(card),
    }
}

/// A record a paragraph, a value a line.
fn records(card: &Card) -> (String, bool) {
    let mut text = String::new();
    for row in &card.table.shown {
        let mut record = String::new();
        for (label, value) in card.table.labels.iter().zip(row) {
            record.push_str(&format!("{label}: {value}\n"));
        }
        if text.len() + record.len() > LONG && !text.is_empty() {
            return (text, false);
        }
        text.push_str(&record);
        text.push('\n');
    }
    (text, true)
}
