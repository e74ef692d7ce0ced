//! Files that go with an answer. The platform takes no CSV: it travels as plain text, and keeps its
//! name.

use almanac_agent_contract::{Card, TextFile};

/// What the platform takes as a document, of what an answer can be.
const DOCUMENTS: [&str; 3] = [
    "text/plain",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];
/// The longest name, in letters.
const NAME: usize = 60;

/// A file to be uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attachment {
    /// Its name.
    pub(super) name: String,
    /// Its type, one that the platform takes.
    pub(super) kind: &'static str,
    /// What is in it.
    pub(super) bytes: Vec<u8>,
}

/// A reply's own file.
pub(super) fn of_reply(file: &TextFile) -> Attachment {
    Attachment {
        name: name(&file.name),
        kind: DOCUMENTS
            .into_iter()
            .find(|kind| *kind == file.kind)
            .unwrap_or(DOCUMENTS[0]),
        bytes: file.text.clone().into_bytes(),
    }
}

/// A card's table, with headings as people read them.
pub(super) fn table(card: &Card) -> Attachment {
    let mut headed = card.clone();
    for (column, label) in headed.table.columns.iter_mut().zip(&card.table.labels) {
        column.name.clone_from(label);
    }
    Attachment {
        name: format!("{}.csv", name(&card.title)),
        kind: DOCUMENTS[0],
        bytes: almanac_cards::csv(&headed).into_bytes(),
    }
}

/// A statement letter by letter, where the message has to show one of its letters by another.
pub(super) fn exact_code(code: &str) -> Option<Attachment> {
    code.contains('`').then(|| Attachment {
        name: "statement.sql".to_owned(),
        kind: DOCUMENTS[0],
        bytes: code.as_bytes().to_vec(),
    })
}

/// A name that every file system takes.
fn name(title: &str) -> String {
    let mut name: String = title
        .chars()
        .map(|c| match c {
            c if c.is_alphanumeric() => c,
            '.' | '-' | '_' => c,
            _ => ' ',
        })
        .take(NAME)
        .collect();
    name = name.split_whitespace().collect::<Vec<_>>().join("-");
    let name = name.trim_matches(['.', '-']);
    if name.is_empty() {
        "table".to_owned()
    } else {
        name.to_owned()
    }
}
