//! Conversations: each line edits the query of the line before.

use almanac_agent_contract::{ConversationState, ShownRow, Value};
use almanac_agent_interpreter::{Intent, Lexicon, Reading};

use crate::catalogs::shop;
use crate::shown::{lexicon, read, scope, shown, standing};

/// Each line with what it is read as, in a conversation that remembers as the turn does.
fn talk(lexicon: &Lexicon, lines: &[(&str, &str)]) {
    let mut state = ConversationState::default();
    for (question, expected) in lines {
        let reading = read(lexicon, question, Some(&state), &scope());
        assert_eq!(shown(&reading), *expected, "after {question:?}");
        state = after(state, question, &reading);
    }
}

/// The state after an answer; rows are not known here.
fn after(before: ConversationState, question: &str, reading: &Reading) -> ConversationState {
    let mut state = ConversationState {
        asked: Some(question.to_owned()),
        waiting: matches!(reading.intent, Intent::Clarify { .. }),
        offered: reading.offer.iter().cloned().collect(),
        ..before
    };
    match &reading.intent {
        Intent::Ask { query, .. } => {
            let query = serde_json::to_value(query).expect("a query is JSON");
            let left = state.stand();
            if state.earlier.last().is_some_and(|last| last.query == query) {
                state.earlier.pop();
            } else {
                state.earlier.extend(left);
            }
            state.query = Some(query);
        }
        Intent::Clarify { choices, .. } => state.offered.extend(choices.iter().cloned()),
        Intent::Reset => state = ConversationState::default(),
        _ => {}
    }
    state
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

#[test]
fn back_and_reset() {
    talk(
        &lexicon(shop()),
        &[
            ("back", "refuse"),
            (
                "revenue last week",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
            (
                "by country",
                "revenue | by customer__country | 2026-11-09..2026-11-15",
            ),
            ("go back", "revenue | 2026-11-09..2026-11-15 | vs before"),
            (
                "by channel",
                "revenue | by order__channel | 2026-11-09..2026-11-15",
            ),
            ("volver", "revenue | 2026-11-09..2026-11-15 | vs before"),
            ("start over", "reset"),
            (
                "by country",
                "which? Revenue, Net revenue, Orders, Average order value",
            ),
        ],
    );
}

#[test]
fn what_was_offered_is_chosen_in_words() {
    talk(
        &lexicon(shop()),
        &[
            (
                "revenue breakdown last week",
                "which? Country, Segment, Channel, Device",
            ),
            (
                "the second one",
                "revenue | by customer__segment | 2026-11-09..2026-11-15",
            ),
            (
                "revenue breakdown last week",
                "which? Country, Segment, Channel, Device",
            ),
            ("3", "revenue | by order__channel | 2026-11-09..2026-11-15"),
        ],
    );
}

#[test]
fn a_correction_can_be_remembered() {
    let lexicon = lexicon(shop());
    let first = read(&lexicon, "sales last week", None, &scope());
    let state = after(ConversationState::default(), "sales last week", &first);
    let corrected = read(&lexicon, "no, I meant net revenue", Some(&state), &scope());
    assert_eq!(
        shown(&corrected),
        "net_revenue | 2026-11-09..2026-11-15 | vs before"
    );
    let offer = corrected.offer.clone().expect("it can be remembered");
    assert_eq!(offer.ask, "Remember that sales means Net revenue");
    let state = after(state, "no, I meant net revenue", &corrected);
    let agreed = read(&lexicon, "yes", Some(&state), &scope());
    assert_eq!(
        agreed.intent,
        Intent::Remember {
            phrase: "sales".into(),
            metric: "net_revenue".into()
        }
    );
    // A metric's own name keeps its meaning.
    let state = after(
        ConversationState::default(),
        "revenue last week",
        &read(&lexicon, "revenue last week", None, &scope()),
    );
    let other = read(&lexicon, "no, I meant orders", Some(&state), &scope());
    assert_eq!(other.offer, None);
}

#[test]
fn rows_limits_order_and_comparison_change() {
    talk(
        &lexicon(shop()),
        &[
            (
                "top 3 countries by revenue last month",
                "revenue | by customer__country | 2026-10-01..2026-10-31 | top 3",
            ),
            (
                "make it 10",
                "revenue | by customer__country | 2026-10-01..2026-10-31 | top 10",
            ),
            (
                "lowest first",
                "revenue | by customer__country | 2026-10-01..2026-10-31 | bottom 10",
            ),
            (
                "show all of them",
                "revenue | by customer__country | 2026-10-01..2026-10-31",
            ),
            (
                "compare with last year",
                "revenue | by customer__country | 2026-10-01..2026-10-31 | vs last year",
            ),
            (
                "without the comparison",
                "revenue | by customer__country | 2026-10-01..2026-10-31",
            ),
            (
                "Mexico, not Brazil",
                "revenue | by customer__country | 2026-10-01..2026-10-31 | customer__country in MX",
            ),
            (
                "all time",
                "revenue | by customer__country | customer__country in MX",
            ),
            (
                "remove the country filter",
                "revenue | by customer__country",
            ),
            ("what does that mean?", "define revenue"),
        ],
    );
}

#[test]
fn a_whole_question_about_a_bound_starts_anew() {
    talk(
        &lexicon(shop()),
        &[
            (
                "share of revenue by country last month",
                "revenue | by customer__country | 2026-10-01..2026-10-31 | shares",
            ),
            (
                "did we pass 1M in revenue in October?",
                "revenue | 2026-10-01..2026-10-31 | vs before | is it Over 1000000",
            ),
            (
                "channels with more than 100 orders last month",
                "orders | by order__channel | 2026-10-01..2026-10-31 | having orders Gt 100",
            ),
            (
                "with more than 200 orders",
                "orders | by order__channel | 2026-10-01..2026-10-31 | having orders Gt 200",
            ),
        ],
    );
}

#[test]
fn a_row_is_gone_into() {
    let lexicon = lexicon(shop());
    let first = read(&lexicon, "revenue by country last month", None, &scope());
    let query = first.query().expect("numbers");
    let mut state = standing(query);
    state.shown = ["BR", "MX"]
        .map(|country| {
            ShownRow(vec![(
                "customer__country".into(),
                Value::Text(country.into()),
            )])
        })
        .to_vec();
    let into = |question: &str| shown(&read(&lexicon, question, Some(&state), &scope()));
    assert_eq!(
        into("drill into the first one"),
        "revenue | 2026-10-01..2026-10-31 | customer__country in BR | vs before"
    );
    assert_eq!(
        into("drill into the second one by channel"),
        "revenue | by order__channel | 2026-10-01..2026-10-31 | customer__country in MX"
    );
}
