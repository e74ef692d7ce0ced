//! What can be done with a card: export it, say whether it is right, and see how it was computed.

use almanac_agent_contract::{Action, Card, Explain, Timing};
use maud::{Markup, html};

use super::super::words::Words;
use super::icons;

/// The buttons a card offers, and its explanation.
pub(super) fn actions(words: &Words, event_id: &str, card: &Card, timing: Timing) -> Markup {
    let offers = |action| card.actions.contains(&action);
    html! {
        div.actions {
            @if offers(Action::ExportCsv) {
                a.quiet href={ "/export/" (event_id) ".csv" } download {
                    (icons::download()) span { (words.export_csv) }
                }
            }
            form.verdicts method="post" action="/press" {
                input type="hidden" name="on" value=(event_id);
                span.said role="status" {}
                @if offers(Action::Good) { (press("good", words.good, &icons::thumb(false))) }
                @if offers(Action::Bad) { (press("bad", words.bad, &icons::thumb(true))) }
            }
        }
        @if offers(Action::Explain) { (explain(words, &card.explain, timing)) }
    }
}

fn press(action: &str, label: &str, icon: &Markup) -> Markup {
    html! {
        button.quiet.icon type="submit" name="action" value=(action) aria-label=(label) title=(label) {
            (icon)
        }
    }
}

fn explain(words: &Words, explain: &Explain, timing: Timing) -> Markup {
    html! {
        details.explain {
            summary { (icons::chevron()) (words.explain) }
            div.explained {
                @if !explain.metrics.is_empty() {
                    h4 { (words.definition) }
                    dl {
                        @for metric in &explain.metrics {
                            dt { (metric.label) " " code { (metric.name) } }
                            dd dir="auto" { (metric.text) }
                        }
                    }
                }
                @if !explain.sql.trim().is_empty() {
                    h4 { (words.sql) }
                    pre tabindex="0" { code { (explain.sql.trim()) } }
                }
                ul.facts {
                    @if let Some(rows) = explain.rows_read {
                        li { span { (words.rows_read) } (grouped(rows)) }
                    }
                    li { span { (words.time_taken) } (milliseconds(timing.total)) }
                    @if !explain.engine.is_empty() {
                        li { span { (words.engine) } (explain.engine) }
                    }
                }
            }
        }
    }
}

/// Digits in groups of three, parted by the thin space that every language reads.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

fn milliseconds(time: f64) -> String {
    if time < 1.0 {
        "< 1 ms".to_owned()
    } else {
        format!("{time:.0} ms")
    }
}
