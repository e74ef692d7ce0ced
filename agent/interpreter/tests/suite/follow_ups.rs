//! Conversations: each line edits the query of the line before.

use almanac_agent_interpreter::Lexicon;

use crate::catalogs::shop;
use crate::shown::{lexicon, read, scope, shown, standing};

fn talk(lexicon: &Lexicon, lines: &[(&str, &str)]) {
    let mut state = None;
    for (question, expected) in lines {
        let reading = read(lexicon, question, state.as_ref(), &scope());
        assert_eq!(shown(&reading), *expected, "after {question:?}");
        if let Some(query) = reading.query() {
            state = Some(standing(query));
        }
    }
}

#[test]
fn the_demo_conversation() {
    talk(
        &lexicon(shop()),
        &[
            (
                "how was revenue last week?",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
            (
                "and by country?",
                "revenue | by customer__country | 2026-11-09..2026-11-15",
            ),
            (
                "only Brazil",
                "revenue | by customer__country | 2026-11-09..2026-11-15 | customer__country in BR",
            ),
            (
                "and Mexico?",
                "revenue | by customer__country | 2026-11-09..2026-11-15 | customer__country in MX",
            ),
            (
                "last year instead",
                "revenue | by customer__country | 2025-01-01..2025-12-31 | customer__country in MX",
            ),
            (
                "weekly",
                "revenue | by customer__country | per week | 2025-01-01..2025-12-31 | customer__country in MX",
            ),
            (
                "as a table",
                "revenue | by customer__country | per week | 2025-01-01..2025-12-31 | customer__country in MX",
            ),
            (
                "top 3 products",
                "revenue | by product__name | 2025-01-01..2025-12-31 | customer__country in MX | top 3",
            ),
            ("what about orders?", "refuse"),
            (
                "orders last month",
                "orders | 2026-10-01..2026-10-31 | vs before",
            ),
        ],
    );
}

#[test]
fn adding_and_taking_away() {
    talk(
        &lexicon(shop()),
        &[
            (
                "revenue by country this year",
                "revenue | by customer__country | 2026-01-01..2026-11-20",
            ),
            (
                "only mobile",
                "revenue | by customer__country | 2026-01-01..2026-11-20 | order__device in mobile",
            ),
            (
                "also by channel",
                "revenue | by customer__country | by order__channel | 2026-01-01..2026-11-20 | order__device in mobile",
            ),
            (
                "and spain?",
                "revenue | by customer__country | by order__channel | 2026-01-01..2026-11-20 | order__device in mobile | customer__country in ES",
            ),
            (
                "also mexico",
                "revenue | by customer__country | by order__channel | 2026-01-01..2026-11-20 | order__device in mobile | customer__country in ES,MX",
            ),
            (
                "all countries",
                "revenue | by customer__country | by order__channel | 2026-01-01..2026-11-20 | order__device in mobile",
            ),
            (
                "remove the filter",
                "revenue | by customer__country | by order__channel | 2026-01-01..2026-11-20",
            ),
            (
                "just the total",
                "revenue | 2026-01-01..2026-11-20 | vs before",
            ),
            (
                "also orders",
                "revenue + orders | 2026-01-01..2026-11-20 | vs before",
            ),
            (
                "compare with last year",
                "revenue + orders | 2026-01-01..2026-11-20 | vs last year",
            ),
        ],
    );
}

#[test]
fn charts_and_periods() {
    talk(
        &lexicon(shop()),
        &[
            (
                "revenue last month",
                "revenue | 2026-10-01..2026-10-31 | vs before",
            ),
            ("as a chart", "revenue | per day | 2026-10-01..2026-10-31"),
            ("by week", "revenue | per week | 2026-10-01..2026-10-31"),
            (
                "same period last year",
                "revenue | per week | 2025-10-01..2025-10-31",
            ),
            ("and in Q2?", "revenue | per week | 2026-04-01..2026-06-30"),
            (
                "what about net revenue",
                "net_revenue | per week | 2026-04-01..2026-06-30",
            ),
        ],
    );
}

#[test]
fn in_spanish_and_portuguese() {
    let lexicon = lexicon(shop());
    talk(
        &lexicon,
        &[
            (
                "ventas de la semana pasada",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
            (
                "¿y por país?",
                "revenue | by customer__country | 2026-11-09..2026-11-15",
            ),
            (
                "solo Brasil",
                "revenue | by customer__country | 2026-11-09..2026-11-15 | customer__country in BR",
            ),
            (
                "mejor el año pasado",
                "revenue | by customer__country | 2025-01-01..2025-12-31 | customer__country in BR",
            ),
            (
                "como tabla",
                "revenue | by customer__country | 2025-01-01..2025-12-31 | customer__country in BR",
            ),
        ],
    );
    talk(
        &lexicon,
        &[
            (
                "receita da semana passada",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
            (
                "e por país?",
                "revenue | by customer__country | 2026-11-09..2026-11-15",
            ),
            (
                "só o México",
                "revenue | by customer__country | 2026-11-09..2026-11-15 | customer__country in MX",
            ),
            (
                "e no mês passado?",
                "revenue | by customer__country | 2026-10-01..2026-10-31 | customer__country in MX",
            ),
        ],
    );
}

#[test]
fn a_follow_up_without_a_question_says_so() {
    let lexicon = lexicon(shop());
    for question in ["as a table", "remove the filter", "just the total"] {
        assert_eq!(
            shown(&read(&lexicon, question, None, &scope())),
            "refuse",
            "{question}"
        );
    }
}

#[test]
fn comparing_and_removing() {
    talk(
        &lexicon(shop()),
        &[
            (
                "revenue by country and channel last week",
                "revenue | by customer__country | by order__channel | 2026-11-09..2026-11-15",
            ),
            (
                "without channel",
                "revenue | by customer__country | 2026-11-09..2026-11-15",
            ),
            (
                "only Brazil",
                "revenue | by customer__country | 2026-11-09..2026-11-15 | customer__country in BR",
            ),
            (
                "vs Mexico",
                "revenue | by customer__country | 2026-11-09..2026-11-15 | customer__country in BR,MX",
            ),
            (
                "the total",
                "revenue | 2026-11-09..2026-11-15 | customer__country in BR,MX | vs before",
            ),
            (
                "also orders",
                "revenue + orders | 2026-11-09..2026-11-15 | customer__country in BR,MX | vs before",
            ),
            (
                "remove orders",
                "revenue | 2026-11-09..2026-11-15 | customer__country in BR,MX | vs before",
            ),
            (
                "by month",
                "revenue | per month | 2026-11-09..2026-11-15 | customer__country in BR,MX",
            ),
            (
                "top 3 devices",
                "revenue | by order__device | 2026-11-09..2026-11-15 | customer__country in BR,MX | top 3",
            ),
            ("top 3 devices by month", "refuse"),
        ],
    );
}
