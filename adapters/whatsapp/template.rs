//! The one template that Almanac needs: it says in two parameters what an answer, a digest or an alert
//! is about, to somebody who has not written for a day. Its button opens the window and brings the
//! whole.

use almanac_agent_contract::{Action, Delivery, Language, Reply};
use serde_json::{Value as Json, json};

use super::menu::shortened;
use super::templates::Listed;
use super::{escape, words};
use crate::button::Button;

/// The longest title and the longest summary, in UTF-16 units: with the fixed words around them they
/// stay under the 1024 characters of a body.
const TITLE: usize = 100;
const SUMMARY: usize = 700;

/// The languages in the order in which another's template is better than none.
pub(super) const LANGUAGES: [Language; 3] = [Language::En, Language::Es, Language::Pt];

/// The code a template in this language is submitted under.
pub(super) const fn code(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Es => "es",
        Language::Pt => "pt_BR",
    }
}

/// The text that is submitted. A parameter may stand neither first nor last, nor beside another.
pub(super) const fn body(language: Language) -> &'static str {
    match language {
        Language::En => {
            "The update you asked Almanac for: *{{1}}*\n\n{{2}}\n\nPress the button to see all of it."
        }
        Language::Es => {
            "La actualización que pediste a Almanac: *{{1}}*\n\n{{2}}\n\nPulsa el botón para verla completa."
        }
        Language::Pt => {
            "A atualização que você pediu ao Almanac: *{{1}}*\n\n{{2}}\n\nToque no botão para ver tudo."
        }
    }
}

/// What reviewers are shown for the parameters.
pub(super) const fn examples(language: Language) -> [&'static str; 2] {
    match language {
        Language::En => [
            "Revenue, 9–15 Nov 2026",
            "Revenue was $48,210, 12% more than the week before.",
        ],
        Language::Es => [
            "Ingresos, 9–15 nov 2026",
            "Los ingresos fueron de 48.210 $, un 12 % más que la semana anterior.",
        ],
        Language::Pt => [
            "Receita, 9–15 nov 2026",
            "A receita foi de US$ 48.210, 12% a mais que na semana anterior.",
        ],
    }
}

/// What is submitted, as the API and the manager's JSON have it.
pub(super) fn submitted(name: &str, language: Language) -> Json {
    json!({
        "name": name,
        "language": code(language),
        "category": "UTILITY",
        "components": [
            {
                "type": "BODY",
                "text": body(language),
                "example": {"body_text": [examples(language)]},
            },
            {
                "type": "BUTTONS",
                "buttons": [{"type": "QUICK_REPLY", "text": words::show(language)}],
            },
        ],
    })
}

/// The template as it is sent, its parameters filled.
pub(super) fn filled(delivery: &Delivery, template: &Listed, language: Language) -> Json {
    let texts = parameters(&delivery.reply, template.parameters, language);
    let mut components = Vec::new();
    if !texts.is_empty() {
        let parameters: Vec<Json> = texts
            .iter()
            .map(|text| json!({"type": "text", "text": text}))
            .collect();
        components.push(json!({"type": "body", "parameters": parameters}));
    }
    if template.button {
        components.push(json!({
            "type": "button",
            "sub_type": "quick_reply",
            "index": "0",
            "parameters": [{"type": "payload", "payload": Button::Act(Action::Show).carry(delivery.id)}],
        }));
    }
    json!({
        "name": template.name,
        "language": {"policy": "deterministic", "code": template.language},
        "components": components,
    })
}

/// Title and summary; both in one where the template takes one.
fn parameters(reply: &Reply, count: usize, language: Language) -> Vec<String> {
    let card = reply.card.as_ref();
    let title = card.map(|card| match &card.period {
        Some(period) => format!("{}, {}", card.title, period.text),
        None => card.title.clone(),
    });
    let title = filling(title.as_deref().unwrap_or_default(), TITLE);
    let title = title.unwrap_or_else(|| words::an_answer(language).to_owned());
    let headline = card.and_then(|card| card.headline.as_ref());
    let summary = filling(&reply.text, SUMMARY)
        .or_else(|| headline.and_then(|it| filling(&it.text, SUMMARY)))
        .unwrap_or_else(|| "…".to_owned());
    match count {
        0 => Vec::new(),
        1 => vec![shortened(&format!("{title}: {summary}"), SUMMARY)],
        _ => vec![title, summary],
    }
}

/// A text as a parameter takes it: one line, no tabs, no four spaces, not empty, not too long.
fn filling(text: &str, limit: usize) -> Option<String> {
    let line = escape::line(text);
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then(|| shortened(&line, limit))
}

#[cfg(test)]
mod tests {
    use almanac_agent_contract::Outcome;

    use super::*;

    #[test]
    fn parameters_are_lines_without_gaps() {
        let reply = Reply::words(Outcome::Answer, "a\n\nb\t\tc     d *e*");
        let both = parameters(&reply, 2, Language::En);
        assert_eq!(both, ["Your answer is ready", "a b c d ∗e∗"]);
        let one = parameters(&reply, 1, Language::En);
        assert_eq!(one, ["Your answer is ready: a b c d ∗e∗"]);
        let long = Reply::words(Outcome::Answer, "é".repeat(9_000));
        let texts = parameters(&long, 2, Language::Pt);
        assert_eq!(texts[1].chars().count(), SUMMARY);
        assert!(parameters(&Reply::words(Outcome::Answer, ""), 2, Language::Es)[1] == "…");
    }

    #[test]
    fn what_is_submitted_keeps_the_platforms_rules() {
        for language in LANGUAGES {
            let body = body(language);
            assert!(!body.starts_with("{{") && !body.ends_with("}}"));
            assert!(body.chars().count() + TITLE + SUMMARY <= 1024);
            assert!(words::show(language).chars().count() <= 20);
        }
    }
}
