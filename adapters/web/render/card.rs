//! The answer card.

use almanac_agent_contract::{Badge, Card, Change, ChartSpec, Headline, Timing};
use maud::{Markup, html};

use super::super::files::Width;
use super::super::words::Words;
use super::{actions, icons, table};

/// The card of an answer.
pub(super) fn card(words: &Words, event_id: &str, card: &Card, timing: Timing) -> Markup {
    html! {
        div.card {
            header.card-head {
                h3 dir="auto" { (card.title) }
                (badge(words, card.badge))
            }
            @if let Some(it) = &card.headline { (headline(words, it, &card.title)) }
            @if let Some(it) = &card.chart { (chart(event_id, it)) }
            (rows(words, card))
            (meta(words, card))
            (actions::actions(words, event_id, card, timing))
        }
    }
}

/// A single row says nothing that the headline above it does not; rows that are drawn wait behind
/// a word until they are wanted.
fn rows(words: &Words, card: &Card) -> Markup {
    let count = card.table.rows.len();
    html! {
        @if card.chart.is_some() {
            details.rows {
                summary { (icons::chevron()) (words.table) " · " (count) }
                (table::table(words, &card.table))
            }
        } @else if card.headline.is_none() || count > 1 {
            (table::table(words, &card.table))
        }
    }
}

fn badge(words: &Words, badge: Badge) -> Markup {
    let kind = match badge {
        Badge::Verified => "verified",
        Badge::Governed => "governed",
        Badge::Exploratory => "exploratory",
    };
    let (name, promise) = words.badge(badge);
    html! {
        details.badge.(kind) {
            summary title=(promise) {
                @match badge {
                    Badge::Exploratory => (icons::compass()),
                    _ => (icons::shield()),
                }
                (name)
            }
            p { (promise) }
        }
    }
}

fn headline(words: &Words, headline: &Headline, title: &str) -> Markup {
    html! {
        div.headline {
            @if headline.label != title { p.label dir="auto" { (headline.label) } }
            p.number { (headline.text) }
            @if !headline.changes.is_empty() {
                ul.changes {
                    @for it in &headline.changes { (change(words, it)) }
                }
            }
        }
    }
}

/// The colour says good or bad, the arrow says up or down, and both are said in words as well.
fn change(words: &Words, change: &Change) -> Markup {
    let (kind, verdict) = match change.good {
        Some(true) => ("good", Some(words.better)),
        Some(false) => ("bad", Some(words.worse)),
        None => ("neutral", None),
    };
    html! {
        li.change.(kind) {
            @match change.relative {
                Some(share) if share > 0.0 => (icons::up()),
                Some(share) if share < 0.0 => (icons::down()),
                _ => {}
            }
            span { (change.text) }
            @if let Some(verdict) = verdict { span.verdict { (verdict) } }
        }
    }
}

/// Drawn for the reader's colours and width: text that was meant for a desk cannot be read on a
/// phone.
fn chart(event_id: &str, spec: &ChartSpec) -> Markup {
    let source = |query: &str| format!("/charts/{event_id}.svg?{query}");
    let (wide, tall) = Width::Wide.pixels();
    let (narrow, low) = Width::Narrow.pixels();
    html! {
        figure.chart {
            picture {
                source media="(max-width: 560px) and (prefers-color-scheme: dark)"
                    srcset=(source("width=narrow&theme=dark")) width=(narrow) height=(low);
                source media="(max-width: 560px)"
                    srcset=(source("width=narrow")) width=(narrow) height=(low);
                source media="(prefers-color-scheme: dark)"
                    srcset=(source("theme=dark")) width=(wide) height=(tall);
                img src=(source("theme=light")) alt=(spec.alt) width=(wide) height=(tall) decoding="async";
            }
        }
    }
}

fn meta(words: &Words, card: &Card) -> Markup {
    let of = card.filters.iter().chain(&card.groupings);
    html! {
        ul.meta {
            li title=(words.period) {
                (icons::calendar())
                span.unseen { (words.period) ": " }
                @match &card.period {
                    Some(period) => (period.text),
                    None => (words.all_data),
                }
            }
            @for it in of { li.filter dir="auto" title=(words.filters) { (it) } }
            @if let Some(freshness) = &card.freshness {
                li.fresh.partial[!freshness.missing.is_empty()] title=(words.freshness) {
                    span.unseen { (words.freshness) ": " }
                    (freshness.text)
                }
            }
        }
    }
}
