//! A reply as the messages it becomes, in their order: the chart, what it says, files, and last what
//! can be pressed. Pure: no file is drawn or uploaded here. Nothing of a reply is cut away.

use almanac_agent_contract::{Card, ChartSpec, Delivery, Language};

use super::files::{self, Attachment};
use super::menu::{self, Entry, Menu};
use super::{escape, table, words};
use crate::split::{split, utf16_units};
use crate::words::silence;

/// The longest text, in UTF-16 units: the platform says characters, and this is never more.
pub(super) const TEXT: usize = 4096;
/// The longest text over buttons or a list.
pub(super) const BODY: usize = 1024;
/// The longest text under a picture.
pub(super) const CAPTION: usize = 1024;

/// One message.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// A text.
    Text(String),
    /// A chart, to be drawn, with what it shows in words.
    Chart(Box<ChartSpec>, String),
    /// A file.
    File(Attachment),
    /// Something to press.
    Menu(Menu),
}

/// A piece of text that belongs together.
enum Block {
    Words(String),
    Code(String),
}

/// The messages; never none.
pub(super) fn parts(delivery: &Delivery, language: Language) -> Vec<Part> {
    let reply = &delivery.reply;
    let written = almanac_cards::parts(reply);
    let entries = menu::entries(delivery, language);
    let mut parts = Vec::new();
    let mut blocks = vec![Block::Words(escape::text(&written.text))];
    if let Some(reading) = &written.reading {
        blocks.push(Block::Words(format!("_{}_", escape::line(reading).trim())));
    }
    blocks.extend(written.head.as_deref().map(|it| Block::Words(head(it))));
    if let Some(chart) = reply.card.as_ref().and_then(|card| card.chart.as_ref()) {
        let mut alt = split(&escape::text(&chart.alt), CAPTION, utf16_units).into_iter();
        let caption = alt.next().unwrap_or_default();
        parts.push(Part::Chart(Box::new(chart.clone()), caption));
        blocks.extend(alt.map(Block::Words));
    }
    let mut attached = Vec::new();
    if let Some(card) = reply.card.as_ref().filter(|_| written.table.is_some()) {
        let (block, file) = shown(card, language);
        blocks.extend(block);
        attached.extend(file);
    }
    if let Some(code) = written.code.filter(|code| !code.trim().is_empty()) {
        attached.extend(files::exact_code(&code));
        blocks.push(Block::Code(escape::code(&code)));
    }
    attached.extend(reply.file.as_ref().map(files::of_reply));
    blocks.extend(menu::spelled(&entries, language).map(Block::Words));
    let basis = escape::text(&written.basis.join("\n"));
    let (texts, bodies) = arranged(blocks, basis, entries, language);
    parts.extend(texts.into_iter().map(Part::Text));
    parts.extend(attached.into_iter().map(Part::File));
    parts.extend(bodies.into_iter().map(Part::Menu));
    if parts.is_empty() {
        parts.push(Part::Text(silence(language).to_owned()));
    }
    parts
}

/// The title in bold, and under it the number and its change.
fn head(head: &str) -> String {
    let (title, number) = head.split_once('\n').unwrap_or((head, ""));
    let title = escape::line(title);
    let title = match title.trim() {
        "" => String::new(),
        title => format!("*{title}*"),
    };
    format!("{title}\n{}", escape::text(number))
        .trim()
        .to_owned()
}

/// A table for a phone's width, or a file where it has no room on it.
fn shown(card: &Card, language: Language) -> (Vec<Block>, Option<Attachment>) {
    match table::table(&card.table) {
        table::Shown::Grid(lines) => (vec![Block::Code(escape::code(&lines))], None),
        table::Shown::Records(text) => (vec![Block::Words(text)], None),
        table::Shown::Begun(lines) => {
            let told = Block::Words(words::in_the_file(language).to_owned());
            let mut blocks = vec![told];
            if !lines.is_empty() {
                blocks.insert(0, Block::Code(escape::code(&lines)));
            }
            (blocks, Some(files::table(card)))
        }
    }
}

/// Texts, and the messages with things to press. Where all of it fits over the buttons it is one
/// message; else what the numbers rest on stands there.
fn arranged(
    mut blocks: Vec<Block>,
    basis: String,
    entries: Vec<Entry>,
    language: Language,
) -> (Vec<String>, Vec<Menu>) {
    blocks.retain(|block| !block.text().trim().is_empty());
    if entries.is_empty() {
        blocks.push(Block::Words(basis));
        return (packed(&blocks, TEXT), Vec::new());
    }
    let mut all = packed(&blocks, BODY);
    if !basis.is_empty() {
        all.push(basis.clone());
    }
    let whole = all.join("\n\n");
    if whole.is_empty() || utf16_units(&whole) <= BODY {
        return (Vec::new(), menu::menus(&whole, entries, language));
    }
    if utf16_units(&basis) <= BODY {
        return (
            packed(&blocks, TEXT),
            menu::menus(&basis, entries, language),
        );
    }
    blocks.push(Block::Words(basis));
    (packed(&blocks, TEXT), menu::menus("", entries, language))
}

impl Block {
    fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Code(text) => text,
        }
    }

    /// In pieces that fit, each with its own backticks.
    fn pieces(&self, limit: usize) -> Vec<String> {
        const FENCE: &str = "```";
        match self {
            Self::Words(text) => split(text, limit, utf16_units),
            Self::Code(code) => lines(code, limit - 2 * (FENCE.len() + 1))
                .into_iter()
                .map(|piece| format!("{FENCE}\n{piece}\n{FENCE}"))
                .collect(),
        }
    }
}

/// Blocks one after another in as few texts as they fit in.
fn packed(blocks: &[Block], limit: usize) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for piece in blocks.iter().flat_map(|block| block.pieces(limit)) {
        match texts.last_mut() {
            Some(text) if utf16_units(text) + 2 + utf16_units(&piece) <= limit => {
                text.push_str("\n\n");
                text.push_str(&piece);
            }
            _ => texts.push(piece),
        }
    }
    texts
}

/// Whole lines where they fit, with the white space they begin with.
fn lines(code: &str, limit: usize) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for line in code.lines() {
        let short = if utf16_units(line) <= limit {
            vec![line.to_owned()]
        } else {
            split(line, limit, utf16_units)
        };
        for line in short {
            match pieces.last_mut() {
                Some(piece) if utf16_units(piece) + 1 + utf16_units(&line) <= limit => {
                    piece.push('\n');
                    piece.push_str(&line);
                }
                _ => pieces.push(line),
            }
        }
    }
    pieces
}
