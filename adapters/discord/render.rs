//! A reply as messages: words as text, the card as an embed with its chart, tables in a block of
//! equally wide letters or in a file, and whatever is too long in several messages or a file.
//! Nothing is cut.

use almanac_agent_contract::{Badge, Card, Delivery, Language};
use almanac_cards::{GridText, Size, Theme};
use serenity::builder::{CreateActionRow, CreateEmbed, CreateEmbedFooter};

use super::buttons;
use super::escape::{CONTENT, block, escaped, messages, one_line};
use super::rest::File;
use crate::split::utf16_units;
use crate::words as shared;

/// What is left for prose where a mark stands before each line.
const PROSE: usize = CONTENT - 20;
/// An embed's title.
const TITLE: usize = 256;
/// An embed's text: Discord takes 4096, and 6000 with title and footer.
const DESCRIPTION: usize = 3600;
/// An embed's footer.
const FOOTER: usize = 2048;
/// What a picture's description takes.
const ALT: usize = 1024;
/// Letters beside each other that an embed shows without breaking the line.
const WIDE: usize = 56;
/// The chart's name.
const CHART: &str = "chart.png";

/// One message.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    pub(super) content: String,
    pub(super) embeds: Vec<CreateEmbed>,
    pub(super) components: Vec<CreateActionRow>,
    pub(super) files: Vec<File>,
}

/// A message of words alone.
pub(super) fn plain(text: &str) -> Page {
    Page {
        content: escaped(text),
        ..Page::default()
    }
}

/// The messages of a delivery, at least one; what can be pressed is under the last. Draws the
/// chart, which takes a while.
pub(super) fn pages(delivery: &Delivery, language: Language) -> Vec<Page> {
    let reply = &delivery.reply;
    let parts = almanac_cards::parts(reply);
    let (components, listed) = buttons::rows(delivery, language);
    let mut blocks = messages(&parts.text, PROSE);
    if let Some(reading) = &parts.reading {
        let small = messages(&reading.replace('\n', " "), PROSE);
        blocks.extend(small.iter().map(|it| format!("-# {it}")));
    }
    let mut last = Page {
        components,
        ..Page::default()
    };
    if let Some(card) = &reply.card {
        let shown = Shown {
            head: parts.head.as_deref().unwrap_or_default(),
            table: parts.table.as_ref(),
            basis: &parts.basis,
        };
        blocks.extend(embed(card, &shown, &mut last));
    }
    if let Some(code) = parts.code.filter(|code| !code.trim().is_empty()) {
        let whole = block(&code, "sql");
        if utf16_units(&whole) <= CONTENT {
            blocks.push(whole);
        } else {
            last.files.push(text_file("statement.sql", code));
        }
    }
    blocks.extend(messages(&listed.join("\n"), PROSE));
    if let Some(file) = &reply.file {
        last.files.push(File {
            name: named(&file.name),
            kind: file.kind.clone(),
            description: None,
            bytes: file.text.clone().into_bytes(),
        });
    }
    let nothing = last.embeds.is_empty() && last.files.is_empty();
    if blocks.is_empty() && nothing {
        blocks.push(escaped(shared::silence(language)));
    }
    let mut contents = packed(blocks);
    last.content = contents.pop().unwrap_or_default();
    let mut pages: Vec<Page> = contents
        .into_iter()
        .map(|content| Page {
            content,
            ..Page::default()
        })
        .collect();
    pages.push(last);
    pages
}

/// The parts of a card, in words.
struct Shown<'a> {
    head: &'a str,
    table: Option<&'a GridText>,
    basis: &'a [String],
}

/// Puts the card on the page; gives back what its embed does not take.
fn embed(card: &Card, shown: &Shown<'_>, page: &mut Page) -> Vec<String> {
    let mut over = Vec::new();
    let mut embed = CreateEmbed::new().colour(colour(card.badge));
    let mut description = Vec::new();
    let mut room = DESCRIPTION;
    let mut is_empty = true;
    let lines = shown.head.lines().enumerate();
    for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let safe = escaped(line);
        let units = utf16_units(&safe);
        if at == 0 && units <= TITLE {
            embed = embed.title(safe);
            is_empty = false;
        } else if units < room {
            room -= units + 1;
            description.push(safe);
        } else {
            over.extend(messages(line, PROSE));
        }
    }
    if let Some(table) = shown.table {
        let grid = block(&table.lines.join("\n"), "");
        let more = table.more.as_deref().map(escaped);
        let units = utf16_units(&grid) + more.as_deref().map_or(0, utf16_units) + 2;
        let fits = table.width <= WIDE && units < room;
        if fits {
            description.push(grid);
            description.extend(more);
        } else {
            // Discord shows a text file in letters of equal width, as wide as it is.
            page.files.push(text_file("table.txt", table.with_more()));
        }
        if !fits || table.more.is_some() {
            page.files.push(File {
                name: "table.csv".into(),
                kind: "text/csv".into(),
                description: None,
                bytes: almanac_cards::csv(card).into_bytes(),
            });
        }
    }
    let basis = shown.basis.join("\n");
    if basis.trim().is_empty() {
        // Discord takes no empty footer.
    } else if utf16_units(&basis) <= FOOTER {
        is_empty = false;
        embed = embed.footer(CreateEmbedFooter::new(basis));
    } else {
        over.extend(messages(&basis, PROSE));
    }
    if let Some(chart) = chart(card) {
        embed = embed.attachment(CHART);
        is_empty = false;
        page.files.push(chart);
    }
    if !description.is_empty() {
        embed = embed.description(description.join("\n"));
        is_empty = false;
    }
    if !is_empty {
        page.embeds.push(embed);
    }
    over
}

/// The card's chart as a picture. One that cannot be drawn is left out: its numbers are in the
/// table.
fn chart(card: &Card) -> Option<File> {
    let spec = card.chart.as_ref()?;
    let bytes = match almanac_cards::png(spec, Size::default(), Theme::Dark) {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::warn!(%error, "a chart could not be drawn");
            return None;
        }
    };
    Some(File {
        name: CHART.into(),
        kind: "image/png".into(),
        description: Some(one_line(&spec.alt).chars().take(ALT).collect()),
        bytes,
    })
}

const fn colour(badge: Badge) -> u32 {
    match badge {
        Badge::Verified => 0x2e_a0_43,
        Badge::Governed => 0x4f_6b_ed,
        Badge::Exploratory => 0x8a_8f_98,
    }
}

fn text_file(name: &str, text: String) -> File {
    File {
        name: name.into(),
        kind: "text/plain".into(),
        description: None,
        bytes: text.into_bytes(),
    }
}

/// A file's name as Discord keeps it.
fn named(name: &str) -> String {
    let safe: String = name
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '_'
            }
        })
        .take(100)
        .collect();
    if safe.trim_matches(['.', '_']).is_empty() {
        return "file.txt".into();
    }
    safe
}

/// As many blocks in a message as fit.
fn packed(blocks: Vec<String>) -> Vec<String> {
    let mut contents: Vec<String> = Vec::new();
    for block in blocks {
        match contents.last_mut() {
            Some(last) if utf16_units(last) + utf16_units(&block) < CONTENT => {
                last.push('\n');
                last.push_str(&block);
            }
            _ => contents.push(block),
        }
    }
    contents
}
