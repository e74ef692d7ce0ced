//! What the buttons under an answer do where the platform does not do it by itself: show how it was
//! computed, send the table as a file, show it again, keep a verdict.

use almanac_agent_contract::{Action, Card, Language, Outcome, Reply, TextFile};
use almanac_cards::Writer;

/// The answer to a press on a card's action; `None` for verdicts, which are only kept.
pub(crate) fn answer_to(action: Action, reply: Reply, language: Language) -> Option<Reply> {
    match action {
        Action::Good | Action::Bad => None,
        Action::Show => Some(reply),
        Action::Explain => Some(match &reply.card {
            Some(card) => explained(card, &reply, language),
            None => nothing(language),
        }),
        Action::ExportCsv => Some(match &reply.card {
            Some(card) => exported(card, language),
            None => nothing(language),
        }),
    }
}

fn explained(card: &Card, reply: &Reply, language: Language) -> Reply {
    let writer = writer(card);
    let mut lines: Vec<String> = card
        .explain
        .metrics
        .iter()
        .map(|metric| format!("{}: {}", metric.label, metric.text))
        .collect();
    let (read, took) = match language {
        Language::En => ("rows read", "took"),
        Language::Es => ("filas leídas", "tardó"),
        Language::Pt => ("linhas lidas", "levou"),
    };
    let mut how = vec![card.explain.engine.clone()];
    #[expect(clippy::cast_precision_loss, reason = "a number of rows, to be read")]
    how.extend(card.explain.rows_read.map(|rows| {
        let rows = writer.number(rows as f64, &almanac_agent_contract::Format::Number);
        format!("{rows} {read}")
    }));
    how.push(format!("{took} {:.0} ms", reply.timing.total));
    lines.push(how.join(" · "));
    Reply {
        code: Some(card.explain.sql.clone()),
        ..Reply::words(Outcome::Answer, lines.join("\n\n"))
    }
}

fn exported(card: &Card, language: Language) -> Reply {
    let rows = card.table.rows.len();
    #[expect(clippy::cast_precision_loss, reason = "a number of rows, to be read")]
    let written = writer(card).number(rows as f64, &almanac_agent_contract::Format::Number);
    let text = match (language, rows) {
        (Language::En, 1) => format!("{}: 1 row", card.title),
        (Language::En, _) => format!("{}: {written} rows", card.title),
        (Language::Es, 1) => format!("{}: 1 fila", card.title),
        (Language::Es, _) => format!("{}: {written} filas", card.title),
        (Language::Pt, 1) => format!("{}: 1 linha", card.title),
        (Language::Pt, _) => format!("{}: {written} linhas", card.title),
    };
    Reply {
        file: Some(TextFile {
            name: format!("{}.csv", file_name(&card.title)),
            kind: "text/csv".into(),
            text: almanac_cards::csv(card),
        }),
        ..Reply::words(Outcome::Answer, text)
    }
}

/// A title as the name of a file: letters and digits of any script, hyphens between.
fn file_name(title: &str) -> String {
    const LONGEST: usize = 60;
    let words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let name: String = words
        .collect::<Vec<_>>()
        .join("-")
        .to_lowercase()
        .chars()
        .take(LONGEST)
        .collect();
    if name.is_empty() {
        "almanac".into()
    } else {
        name
    }
}

fn writer(card: &Card) -> Writer {
    match &card.chart {
        Some(chart) => Writer::new(&chart.locale, &chart.currency),
        None => Writer::new("en", ""),
    }
}

fn nothing(language: Language) -> Reply {
    let text = match language {
        Language::En => "That answer has no numbers to show or export.",
        Language::Es => "Esa respuesta no tiene números que mostrar o exportar.",
        Language::Pt => "Essa resposta não tem números para mostrar ou exportar.",
    };
    Reply::words(Outcome::Refuse, text)
}

/// A button whose answer is not there any more.
pub(crate) fn unknown_button(language: Language) -> Reply {
    let text = match language {
        Language::En => "That button is of an older version of me. Please type what you need.",
        Language::Es => "Ese botón es de una versión anterior. Escribe lo que necesitas.",
        Language::Pt => "Esse botão é de uma versão anterior. Escreva o que você precisa.",
    };
    Reply::words(Outcome::Refuse, text)
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_title_becomes_a_file_name() {
        assert_eq!(
            file_name("Revenue by country (9–15 Nov)"),
            "revenue-by-country-9-15-nov"
        );
        assert_eq!(file_name("Receita por país"), "receita-por-país");
        assert_eq!(file_name("../../"), "almanac");
    }
}
