//! A reply for a terminal: the sentence, how the question was read, the number and its change, a small chart of block
//! characters, an aligned table, then what the numbers rest on and what could be asked next.

use almanac_agent_contract::{Badge, Card, ChartKind, ChartSpec, Headline, Reply};

use unicode_width::UnicodeWidthStr;

use crate::Writer;
use crate::grid;
use crate::spark;
use crate::words::Words;

/// The widest a sparkline gets, in columns.
const SPARK: usize = 60;

/// The reply as plain text: no colours, no markup, no control characters but line ends. Ends
/// without one.
///
/// The few words of its own are in the language of the card's chart, else in English.
#[must_use]
pub fn plain(reply: &Reply) -> String {
    let Parts {
        text,
        reading,
        head,
        table,
        basis,
        code,
    } = parts(reply);
    let mut shown = vec![text];
    shown.extend(reading);
    shown.extend(head);
    if let Some(card) = &reply.card {
        shown.extend(card.chart.as_ref().and_then(line_chart));
        shown.extend(table.map(|table| table.with_more()));
        shown.push(basis.join("\n"));
        shown.push(list(&card.follow_ups, |_, question| {
            format!("→ {question}")
        }));
    }
    shown.extend(code);
    let labels: Vec<String> = reply
        .choices
        .iter()
        .map(|choice| choice.label.clone())
        .collect();
    shown.push(list(&labels, |place, label| format!("{place}. {label}")));
    shown.retain(|part| !part.is_empty());
    shown.join("\n\n")
}

/// The parts that a message is made of: texts without markup or control characters, for whoever
/// puts them into a platform's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts {
    /// The answer in words, in lines.
    pub text: String,
    /// How the question was understood, with the words before it.
    pub reading: Option<String>,
    /// The card's title, and under it the number and its change.
    pub head: Option<String>,
    /// The numbers, unless they are the one of the head.
    pub table: Option<GridText>,
    /// What the numbers rest on, a line each: period with filters and groupings, freshness, badge.
    pub basis: Vec<String>,
    /// A statement, letter by letter.
    pub code: Option<String>,
}

/// A table in columns of equal width: for a font whose letters are equally wide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridText {
    /// Heading, rule and rows, a line each.
    pub lines: Vec<String>,
    /// Its width in columns.
    pub width: usize,
    /// "… 15 more rows", where rows are left out.
    pub more: Option<String>,
}

impl GridText {
    /// All of it as text.
    #[must_use]
    pub fn with_more(&self) -> String {
        let mut text = self.lines.join("\n");
        if let Some(more) = &self.more {
            text.push('\n');
            text.push_str(more);
        }
        text
    }
}

/// The reply's parts; those it does not have are empty.
#[must_use]
pub fn parts(reply: &Reply) -> Parts {
    let writer = writer_of(reply.card.as_ref());
    let card = reply.card.as_ref();
    Parts {
        text: clean_lines(&reply.text),
        reading: reply
            .reading
            .as_deref()
            .map(|reading| format!("{}: {}", writer.words().read_as, clean(reading))),
        head: card.map(head),
        table: card.and_then(|card| table(card, &writer)),
        basis: card
            .map(|card| basis(card, writer.words()))
            .unwrap_or_default(),
        code: reply.code.as_deref().map(clean_code),
    }
}

fn writer_of(card: Option<&Card>) -> Writer {
    match card.and_then(|card| card.chart.as_ref()) {
        Some(chart) => Writer::new(&chart.locale, &chart.currency),
        None => Writer::new("en", ""),
    }
}

/// Title and headline: "Revenue" over "$1,234  ▲ +12 % vs 2–8 Nov 2026".
fn head(card: &Card) -> String {
    let title = clean(&card.title);
    match &card.headline {
        Some(headline) => format!("{title}\n{}", headline_line(headline)),
        None => title,
    }
}

fn headline_line(headline: &Headline) -> String {
    let mut line = clean(&headline.text);
    for change in &headline.changes {
        let arrow = match change.relative {
            Some(relative) if relative > 0.0 => "▲ ",
            Some(relative) if relative < 0.0 => "▼ ",
            _ => "",
        };
        line.push_str(&format!("  {arrow}{}", clean(&change.text)));
    }
    line
}

/// The line of a line chart's first series, with its first and last label.
fn line_chart(chart: &ChartSpec) -> Option<String> {
    if chart.kind != ChartKind::Line {
        return None;
    }
    let series = chart.series.iter().find(|series| !series.muted)?;
    let line = spark::line(&series.values, SPARK)?;
    let (first, last) = (chart.labels.first()?, chart.labels.last()?);
    Some(format!("{line}  {} – {}", clean(first), clean(last)))
}

fn table(card: &Card, writer: &Writer) -> Option<GridText> {
    let table = &card.table;
    let one_number = table.rows.len() == 1 && table.columns.len() == 1;
    if table.rows.is_empty() || (one_number && card.headline.is_some()) {
        return None;
    }
    let bars = card
        .chart
        .as_ref()
        .filter(|chart| chart.kind == ChartKind::Bar)
        .and_then(|chart| {
            let [series] = chart.series.as_slice() else {
                return None;
            };
            (series.values.len() == table.rows.len()).then(|| spark::bars(&series.values))?
        });
    let lines = grid::aligned(table, bars.as_deref());
    let hidden = table.rows.len().saturating_sub(grid::MOST_ROWS);
    Some(GridText {
        width: lines.iter().map(|line| line.width()).max().unwrap_or(0),
        lines,
        more: (hidden > 0).then(|| format!("… {}", writer.words().more_rows(hidden, writer))),
    })
}

/// Period, filters, groupings, freshness, badge.
fn basis(card: &Card, words: &Words) -> Vec<String> {
    let mut scope: Vec<String> = card
        .period
        .iter()
        .map(|period| clean(&period.text))
        .collect();
    scope.extend(card.filters.iter().map(|filter| clean(filter)));
    if !card.groupings.is_empty() {
        scope.push(format!(
            "{} {}",
            words.by,
            clean(&card.groupings.join(", "))
        ));
    }
    let mut lines = vec![scope.join(" · ")];
    lines.extend(
        card.freshness
            .iter()
            .map(|freshness| clean(&freshness.text)),
    );
    let mark = match card.badge {
        Badge::Verified => "✓",
        Badge::Governed => "●",
        Badge::Exploratory => "○",
    };
    lines.push(format!("{mark} {}", words.badge(card.badge)));
    lines.retain(|line| !line.is_empty());
    lines
}

fn list(items: &[String], line: impl Fn(usize, &str) -> String) -> String {
    let numbered = items.iter().enumerate();
    numbered
        .map(|(index, item)| line(index + 1, &clean(item)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Without control characters: text from data must not steer a terminal.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if steers(c) { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}

fn clean_lines(text: &str) -> String {
    text.lines()
        .map(clean)
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

/// As [`clean_lines`], with the white space that lines begin with.
fn clean_code(code: &str) -> String {
    let line = |line: &str| {
        let line: String = line
            .chars()
            .map(|c| if steers(c) { ' ' } else { c })
            .collect();
        line.trim_end().to_owned()
    };
    code.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Control characters, and those that reverse the order of what follows them.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}
