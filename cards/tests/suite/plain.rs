//! Replies for terminals.

use almanac_agent_contract::{ChartKind, Choice, Outcome, Reply};
use almanac_cards::plain;

use crate::sample::{answer, breakdown, chart};

#[test]
fn a_breakdown() {
    let card = breakdown(&[
        ("Brazil", Some(1_234_567.0)),
        ("México", Some(600_000.0)),
        ("日本", Some(12_345.0)),
        ("Ελλάδα", None),
    ]);
    insta::assert_snapshot!(plain(&answer("Brazil leads.", card)), @"
    Brazil leads.

    Revenue by country
    $1,846,912  ▼ −4.1% vs 2–8 Nov 2026

    Country     Revenue
    ───────  ──────────
    Brazil   $1,234,567  ████████████████████
    México     $600,000  █████████▊
    日本        $12,345  ▎
    Ελλάδα            —

    9–15 Nov 2026, America/Sao_Paulo · Channel is organic · by Country
    Data to 19 Nov 2026; refunds of the last 7 days still come in
    ● governed

    → and by channel?
    → last year instead
    ");
}

#[test]
fn a_trend() {
    let mut card = breakdown(&[
        ("9 Nov", Some(10.0)),
        ("10 Nov", None),
        ("11 Nov", Some(14.0)),
    ]);
    card.chart = Some(chart(
        ChartKind::Line,
        &["9 Nov", "10 Nov", "11 Nov", "12 Nov", "13 Nov"],
        &[Some(10.0), None, Some(14.0), Some(12.0), Some(18.0)],
    ));
    insta::assert_snapshot!(plain(&answer("Revenue rose.", card)), @"
    Revenue rose.

    Revenue by country
    $24.00  ▼ −4.1% vs 2–8 Nov 2026

    ▁ ▅▃█  9 Nov – 13 Nov

    Country  Revenue
    ───────  ───────
    9 Nov     $10.00
    10 Nov         —
    11 Nov    $14.00

    9–15 Nov 2026, America/Sao_Paulo · Channel is organic · by Country
    Data to 19 Nov 2026; refunds of the last 7 days still come in
    ● governed

    → and by channel?
    → last year instead
    ");
}

#[test]
fn long_tables_are_cut() {
    let names: Vec<String> = (1..=23).map(|n| format!("Country {n}")).collect();
    let rows: Vec<(&str, Option<f64>)> = names.iter().map(|n| (n.as_str(), Some(5.0))).collect();
    let text = plain(&answer("Many.", breakdown(&rows)));
    assert!(text.contains("Country 20"), "{text}");
    assert!(!text.contains("Country 21"), "{text}");
    assert!(text.contains("… 3 more rows"), "{text}");
    let mut card = breakdown(&rows[..21]);
    if let Some(chart) = &mut card.chart {
        chart.locale = "es-MX".into();
    }
    let text = plain(&answer("Muchos.", card));
    assert!(text.contains("… 1 fila más"), "{text}");
    assert!(text.contains("● gobernado"), "{text}");
}

#[test]
fn a_question_back() {
    let mut reply = Reply::words(Outcome::Clarify, "Which one do you mean?");
    for label in ["Gross revenue", "Net revenue"] {
        reply.choices.push(Choice {
            label: label.into(),
            ask: label.into(),
        });
    }
    insta::assert_snapshot!(plain(&reply), @r"
    Which one do you mean?

    1. Gross revenue
    2. Net revenue
    ");
}

#[test]
fn how_a_question_was_read() {
    let mut reply = Reply::words(Outcome::Answer, "There is no data for this.");
    reply.reading = Some("revenue in Brazil,\nlast week".into());
    insta::assert_snapshot!(plain(&reply), @"
    There is no data for this.

    Read as: revenue in Brazil, last week
    ");
    let mut card = breakdown(&[("a", Some(1.0))]);
    let mut drawn = chart(ChartKind::Line, &["a", "b"], &[Some(1.0), None]);
    drawn.locale = "pt-BR".into();
    card.chart = Some(drawn);
    reply.card = Some(card);
    assert!(plain(&reply).contains("\nLido como: revenue in Brazil, last week\n"));
}

#[test]
fn data_cannot_steer_the_terminal() {
    let card = breakdown(&[
        ("\u{1b}[2J\u{202e}evil\r\n\u{7}", Some(1.0)),
        ("b", Some(2.0)),
    ]);
    let text = plain(&answer("One\nline.\u{1b}]0;x\u{7}", card));
    assert!(
        text.chars().all(|c| c == '\n' || !c.is_control()),
        "{text:?}"
    );
    assert!(!text.contains('\u{202e}'), "{text:?}");
}
