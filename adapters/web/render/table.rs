//! A card's table: figures to the right, in a box that scrolls by itself so that the page never
//! does sideways.

use almanac_agent_contract::{CardTable, ColumnType};
use maud::{Markup, html};

use super::super::words::Words;

/// The table.
pub(super) fn table(words: &Words, table: &CardTable) -> Markup {
    if table.shown.is_empty() {
        return html! { p.no-rows { (words.no_rows) } };
    }
    let kinds: Vec<Option<&str>> = table
        .columns
        .iter()
        .map(|column| match column.kind {
            ColumnType::Integer | ColumnType::Float => Some("figure"),
            _ => None,
        })
        .collect();
    let kind = |at: usize| kinds.get(at).copied().flatten();
    html! {
        div.table role="group" tabindex="0" aria-label=(words.table) {
            table {
                thead {
                    tr {
                        @for (at, label) in table.labels.iter().enumerate() {
                            th scope="col" class=[kind(at)] dir="auto" { (label) }
                        }
                    }
                }
                tbody {
                    @for row in &table.shown {
                        tr {
                            @for (at, value) in row.iter().enumerate() {
                                td class=[kind(at)] dir="auto" { (value) }
                            }
                        }
                    }
                }
            }
        }
    }
}
