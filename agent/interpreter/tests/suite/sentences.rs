//! Messages that say more than their question: greetings, thanks, and sentences that only lead up
//! to it. Nothing that narrows the question is passed over.

use crate::catalogs::shop;
use crate::shown::{check, lexicon, read, scope, shown, standing};

#[test]
fn manners_ask_nothing() {
    check(
        &lexicon(shop()),
        &[
            (
                "Morning! How was revenue last week?",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
            (
                "How was revenue last week? Thanks!",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
            (
                "Dear data team, please provide revenue by country last month. Best, Karen",
                "revenue | by customer__country | 2026-10-01..2026-10-31",
            ),
            (
                "para el informe mensual: revenue last week",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
            (
                "my boss wants to know how revenue was last week",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
            ("Hi! Thanks!", "hello"),
        ],
    );
}

#[test]
fn the_sentence_that_asks_is_read() {
    check(
        &lexicon(shop()),
        &[
            (
                "Where do people come to us from this year? Orders by channel",
                "orders | by order__channel | 2026-01-01..2026-11-20",
            ),
            (
                "For the investor call: revenue by country last month",
                "revenue | by customer__country | 2026-10-01..2026-10-31",
            ),
        ],
    );
}

#[test]
fn what_another_sentence_narrows_is_not_passed_over() {
    let lexicon = lexicon(shop());
    for question in [
        "Brazil fascinates me. Orders by channel last month",
        "Only those over 100 fascinate me. Orders by channel last month",
    ] {
        let found = shown(&read(&lexicon, question, None, &scope()));
        assert!(found.starts_with("refuse"), "{question}: {found}");
    }
}

#[test]
fn greetings_without_end_end() {
    let lexicon = lexicon(shop());
    let question = "Hi! ".repeat(70) + "revenue last week";
    let found = shown(&read(&lexicon, &question, None, &scope()));
    assert_eq!(found, "revenue | 2026-11-09..2026-11-15 | vs before");
}

#[test]
fn what_leads_up_to_a_question_may_narrow_it() {
    check(
        &lexicon(shop()),
        &[
            (
                "for the board: revenue last week",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
            (
                "revenue last week. Best regards, Karen",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
        ],
    );
    let lexicon = lexicon(shop());
    let alone = shown(&read(&lexicon, "revenue", None, &scope()));
    for question in [
        "for Brazil: revenue",
        "para Brasil: revenue",
        "for last week: revenue",
        "necesito pingüinos revenue",
        "how many customers moved last week?",
    ] {
        let found = shown(&read(&lexicon, question, None, &scope()));
        assert_ne!(found, alone, "{question}");
        assert!(!found.starts_with("customers"), "{question}: {found}");
    }
}

#[test]
fn a_new_question_goes_on_with_nothing() {
    let lexicon = lexicon(shop());
    let first = read(&lexicon, "orders by channel last month", None, &scope());
    let query = first.query().expect("a query");
    let then = "ok, different question: revenue last week";
    let found = shown(&read(&lexicon, then, Some(&standing(query)), &scope()));
    assert_eq!(found, "revenue | 2026-11-09..2026-11-15 | vs before");
}
