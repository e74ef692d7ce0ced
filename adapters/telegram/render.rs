//! A reply as Telegram shows it: the chart as a photo with the answer under it, else the answer as
//! text; what is too long for one message in several; tables that a telephone cannot show also as a
//! file.

use almanac_agent_contract::{ChartSpec, Delivery, Language, Reply};
use almanac_cards::{Size, Theme, csv, parts, png};
use teloxide::types::InlineKeyboardMarkup;
use tracing::warn;

use super::keyboard::keyboard;
use super::markup::{Block, CAPTION, Style, TEXT, clean, messages, one};
use super::table::{self, Shown};
use super::words as own;
use crate::words;

/// The largest photo Telegram takes from a bot, in bytes.
const LARGEST_PHOTO: usize = 10_000_000;
/// The largest file Telegram takes from a bot, in bytes.
const LARGEST_FILE: usize = 50_000_000;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A picture with words under it, in HTML.
    Photo {
        /// PNG.
        picture: Vec<u8>,
        /// 1024 at most.
        caption: String,
    },
    /// Words, in HTML.
    Text(String),
    /// A file.
    File {
        /// Its name.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
}

/// A reply in messages, in the order they are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rendered {
    /// At least one. The first is a file only where there are no words.
    pub(super) parts: Vec<Part>,
    /// Which of them has the buttons.
    pub(super) main: usize,
    /// The buttons.
    pub(super) keyboard: Option<InlineKeyboardMarkup>,
}

impl Rendered {
    /// With the caption as text in place of a photo: for chats that take no photos.
    pub(super) fn without_photo(mut self) -> Self {
        for part in &mut self.parts {
            if let Part::Photo { caption, .. } = part {
                *part = Part::Text(std::mem::take(caption));
            }
        }
        self
    }
}

/// Renders a delivery. Drawing takes some milliseconds of work.
pub(super) fn render(delivery: &Delivery, language: Language) -> Rendered {
    let reply = &delivery.reply;
    let language = language_of(reply).unwrap_or(language);
    let keyboard = keyboard(delivery, language);
    let table = table::shown(reply, language);
    let chart = reply.card.as_ref().and_then(|card| card.chart.as_ref());
    let drawn = chart.and_then(|chart| Some((chart, picture(chart)?)));
    let pictured = drawn.is_some();
    let body = |with_table: Option<&Shown>| {
        let mut blocks = blocks(reply, with_table);
        if !keyboard.listed.is_empty() {
            blocks.push(Block::new(Style::Plain, keyboard.listed.join("\n")));
        }
        if blocks.is_empty() && !pictured && reply.file.is_none() {
            blocks.push(Block::new(Style::Plain, words::silence(language)));
        }
        blocks
    };
    let mut rendered = Vec::new();
    let mut whole = table.as_ref().is_none_or(|table| table.whole);
    match drawn {
        Some((chart, picture)) => {
            let alt = Block::new(Style::Italic, clean(&chart.alt));
            let captioned = |with_table: Option<&Shown>| {
                let mut blocks = body(with_table);
                let bare = one(&blocks, CAPTION)?;
                blocks.push(alt.clone());
                Some(one(&blocks, CAPTION).unwrap_or(bare))
            };
            let with_table = table
                .as_ref()
                .filter(|table| table.whole && table.rows <= 12);
            if let Some(caption) = with_table.and_then(|table| captioned(Some(table))) {
                rendered.push(Part::Photo { picture, caption });
            } else if let Some(caption) = captioned(None) {
                whole = table.is_none();
                rendered.push(Part::Photo { picture, caption });
            } else {
                let caption = messages(&[alt], CAPTION).into_iter().next();
                rendered.push(Part::Photo {
                    picture,
                    caption: caption.unwrap_or_default(),
                });
                let texts = messages(&body(table.as_ref()), TEXT);
                rendered.extend(texts.into_iter().map(Part::Text));
            }
        }
        None => {
            let texts = messages(&body(table.as_ref()), TEXT);
            rendered.extend(texts.into_iter().map(Part::Text));
        }
    }
    let main = rendered.len().saturating_sub(1);
    rendered.extend(file(reply, whole));
    Rendered {
        parts: rendered,
        main,
        keyboard: keyboard.markup,
    }
}

/// The language a card was written in.
fn language_of(reply: &Reply) -> Option<Language> {
    let chart = reply.card.as_ref()?.chart.as_ref()?;
    own::language_of(Some(&chart.locale))
}

fn blocks(reply: &Reply, table: Option<&Shown>) -> Vec<Block> {
    let parts = parts(reply);
    let mut blocks = vec![Block::new(Style::Plain, parts.text)];
    if let Some(reading) = parts.reading {
        blocks.push(Block::new(Style::Italic, reading));
    }
    if let Some(head) = parts.head {
        let (title, numbers) = match head.split_once('\n') {
            Some((title, numbers)) => (title, numbers),
            None => (head.as_str(), ""),
        };
        blocks.push(Block::new(Style::Bold, title));
        blocks.push(Block::under(Style::Plain, numbers));
    }
    if let Some(table) = table {
        blocks.push(Block::new(Style::Fixed, &table.grid));
        let notes = table.notes.iter();
        blocks.extend(notes.map(|note| Block::under(Style::Plain, note)));
    }
    if let Some(code) = parts.code {
        blocks.push(Block::new(Style::Fixed, code));
    }
    blocks.push(Block::new(Style::Italic, parts.basis.join("\n")));
    blocks.retain(|block| !block.text.trim().is_empty());
    blocks
}

fn picture(chart: &ChartSpec) -> Option<Vec<u8>> {
    match png(chart, Size::default(), Theme::Light) {
        Ok(picture) if picture.len() <= LARGEST_PHOTO => Some(picture),
        Ok(picture) => {
            warn!(bytes = picture.len(), "a chart is too large for Telegram");
            None
        }
        Err(error) => {
            warn!(%error, "a chart was not drawn");
            None
        }
    }
}

/// The reply's own file, else the table where the message does not show all of it.
fn file(reply: &Reply, whole: bool) -> Option<Part> {
    let (name, bytes) = match (&reply.file, &reply.card) {
        (Some(file), _) => (file_name(&file.name), file.text.clone().into_bytes()),
        (None, Some(card)) if !whole => {
            let name = format!("{}.csv", slug(&card.title));
            (name, without_control(&csv(card)).into_bytes())
        }
        _ => return None,
    };
    if bytes.len() > LARGEST_FILE {
        warn!(bytes = bytes.len(), "a file is too large for Telegram");
        return None;
    }
    // Telegram takes no empty file.
    (!bytes.is_empty()).then_some(Part::File { name, bytes })
}

/// Data may hold what steers a terminal; a spreadsheet shows none of it.
fn without_control(text: &str) -> String {
    let stays = |c: &char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    text.chars().filter(stays).collect()
}

fn file_name(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '-'
            }
        })
        .take(60)
        .collect();
    let name = name.trim_matches(['.', '-']);
    if name.is_empty() {
        "file.txt".into()
    } else {
        name.to_owned()
    }
}

fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let slug: String = words.join("-").chars().take(50).collect();
    if slug.is_empty() {
        "table".into()
    } else {
        slug
    }
}
