//! Turns: a question and, under it, its answer or the sign that it is being worked on.

use almanac_agent_contract::{Message, Outcome, Progress, Reply, Side};
use maud::{Markup, html};

use super::super::words::Words;
use super::card;

/// The turns of a history, oldest first.
pub(super) fn turns(words: &Words, messages: &[Message]) -> Markup {
    html! {
        @for message in messages {
            @match &message.said {
                Side::Person(text) => {
                    section.turn data-event=(message.event_id) {
                        (question(words, text))
                        @match answer_to(messages, &message.event_id) {
                            Some(reply) => (answer(words, &message.event_id, reply)),
                            None => (pending(words)),
                        }
                    }
                }
                Side::Almanac(reply) if !is_asked(messages, &message.event_id) => {
                    section.turn data-event=(message.event_id) {
                        (answer(words, &message.event_id, reply))
                    }
                }
                Side::Almanac(_) => {}
            }
        }
    }
}

/// Whether a question has no answer yet.
pub(in crate::web) fn any_pending(messages: &[Message]) -> bool {
    messages.iter().any(|message| {
        matches!(message.said, Side::Person(_)) && answer_to(messages, &message.event_id).is_none()
    })
}

/// An answer.
pub(in crate::web) fn answer(words: &Words, event_id: &str, reply: &Reply) -> Markup {
    let kind = match reply.outcome {
        Outcome::Answer => "answered",
        Outcome::Clarify => "clarify",
        Outcome::Refuse => "refuse",
        Outcome::Error => "failed",
    };
    html! {
        article.answer.(kind) data-event=(event_id) aria-label=(words.answer) {
            @if !reply.text.trim().is_empty() {
                p.words dir="auto" { (reply.text.trim()) }
            } @else if reply.card.is_none() && reply.choices.is_empty() {
                p.words { (words.silence) }
            }
            @if let Some(reading) = &reply.reading {
                p.reading dir="auto" { (words.read_as) ": " (reading) }
            }
            @if let Some(code) = &reply.code { pre.code tabindex="0" { code { (code) } } }
            @if let Some(card) = &reply.card { (card::card(words, event_id, card, reply.timing)) }
            @if !reply.choices.is_empty() {
                (chips(words.above_choices(reply.outcome), "choices", reply.choices.iter().map(|c| (&c.label, &c.ask))))
            }
            @if let Some(card) = reply.card.as_ref().filter(|card| !card.follow_ups.is_empty()) {
                (chips(words.ask_next, "next", card.follow_ups.iter().map(|it| (it, it))))
            }
        }
    }
}

/// The sign that an answer is being worked on.
pub(super) fn pending(words: &Words) -> Markup {
    html! {
        div.pending role="status" {
            span.dots aria-hidden="true" { i {} i {} i {} }
            span.doing { (words.progress(&Progress::Reading)) }
        }
    }
}

/// A button that asks a question.
pub(super) fn asks(label: &str, question: &str) -> Markup {
    html! {
        button.chip type="submit" form="ask" name="choice" value=(question) formnovalidate dir="auto" {
            (label)
        }
    }
}

fn question(words: &Words, text: &str) -> Markup {
    html! {
        div.asked {
            h2.unseen { (words.you_asked) }
            p dir="auto" { (text) }
        }
    }
}

fn chips<'a>(
    title: &str,
    kind: &str,
    chips: impl Iterator<Item = (&'a String, &'a String)>,
) -> Markup {
    html! {
        div.chips.(kind) role="group" aria-label=(title) {
            span.chips-title { (title) }
            @for (label, question) in chips { (asks(label, question)) }
        }
    }
}

fn answer_to<'a>(messages: &'a [Message], event_id: &str) -> Option<&'a Reply> {
    messages.iter().find_map(|message| match &message.said {
        Side::Almanac(reply) if message.event_id == event_id => Some(reply),
        _ => None,
    })
}

fn is_asked(messages: &[Message], event_id: &str) -> bool {
    messages
        .iter()
        .any(|message| message.event_id == event_id && matches!(message.said, Side::Person(_)))
}
