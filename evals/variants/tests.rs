//! What rules make of a few questions, and what they must leave alone.

use std::fmt::Write as _;

use almanac_agent_contract::{Language, Settings};
use almanac_metrics::Catalog;
use serde_json::json;

use super::variants;
use crate::{Case, Kind};

fn case(language: Language, ask: &str, query: serde_json::Value) -> Case {
    Case {
        area: "value".into(),
        name: ask.into(),
        language,
        ask: ask.into(),
        paraphrases: Vec::new(),
        before: Vec::new(),
        now: "2026-11-20T15:00:00Z".parse().unwrap(),
        variants: true,
        expect: serde_json::from_value(json!({"outcome": "answer", "query": query})).unwrap(),
    }
}

fn catalog() -> Catalog {
    let metric = |name: &str, label: &str| {
        json!({"name": name, "label": label, "description": "", "definition": "", "synonyms": [],
            "format": "number", "direction": null, "parent": null, "semi_additive": false,
            "dimensions": ["customer__country"], "finest_grain": "day", "late_days": 0,
            "owner": null, "coverage": null})
    };
    serde_json::from_value(json!({
        "metrics": [metric("revenue", "Revenue"), metric("orders", "Orders")],
        "dimensions": [{"name": "customer__country", "label": "Country", "description": "",
            "synonyms": [], "kind": "categorical", "values": [], "complete": true}],
    }))
    .unwrap()
}

fn made(cases: &[Case]) -> String {
    let mut text = String::new();
    for question in variants(cases, &catalog(), &Settings::default()) {
        writeln!(text, "{}: {}", question.kind.as_str(), question.ask).unwrap();
    }
    text
}

fn of_kind(ask: &str, language: Language, kind: Kind) -> Vec<String> {
    let cases = [case(language, ask, json!({"metrics": ["revenue"]}))];
    let made = variants(&cases, &catalog(), &Settings::default());
    let of_it = made.into_iter().filter(|question| question.kind == kind);
    of_it.map(|question| question.ask).collect()
}

#[test]
fn a_question_in_english() {
    let query = json!({"metrics": ["revenue"], "group_by": ["customer__country"],
        "time_range": {"start": "2026-10-01", "end": "2026-10-31"}});
    insta::assert_snapshot!(made(&[case(Language::En, "What was the revenue by country last month?", query)]), @r"
    typo: What was the revenue by counntry last month?
    typo: What was the rwvenue by country last month?
    letter_case: what was the revenue by country last month?
    letter_case: WHAT WAS THE REVENUE BY COUNTRY LAST MONTH?
    punctuation: What was the revenue by country last month
    punctuation:   What  was  the  revenue  by  country  last  month? 
    reorder: last month, what was the revenue by country?
    reorder: by country, what was the revenue last month?
    polite: hi, what was the revenue by country last month? thanks!
    missing_word: What was revenue by country last month?
    frame: muéstrame Revenue por Country el mes pasado
    frame: me mostra Revenue por Country no mês passado
    ");
}

#[test]
fn a_question_in_spanish() {
    let query =
        json!({"metrics": ["orders"], "time_range": {"start": "2026-11-19", "end": "2026-11-19"}});
    insta::assert_snapshot!(made(&[case(Language::Es, "¿Cuántos pedidos de México tuvimos en octubre?", query)]), @r"
    typo: ¿Cuántos pedidoos de México tuvimos en octubre?
    typo: ¿Cuántos pedidos de Méxivo tuvimos en octubre?
    letter_case: ¿cuántos pedidos de méxico tuvimos en octubre?
    letter_case: ¿CUÁNTOS PEDIDOS DE MÉXICO TUVIMOS EN OCTUBRE?
    punctuation: Cuántos pedidos de México tuvimos en octubre
    punctuation:   ¿Cuántos  pedidos  de  México  tuvimos  en  octubre? 
    accents: ¿Cuantos pedidos de Mexico tuvimos en octubre?
    reorder: en octubre, ¿cuántos pedidos de México tuvimos?
    polite: hola, ¿cuántos pedidos de México tuvimos en octubre? gracias
    missing_word: ¿Cuántos pedidos México tuvimos en octubre?
    frame: what was Orders yesterday?
    frame: qual foi Orders ontem?
    ");
}

#[test]
fn a_question_in_portuguese() {
    let query = json!({"metrics": ["revenue"], "group_by": ["customer__country"]});
    insta::assert_snapshot!(made(&[case(Language::Pt, "receita por país do mês passado", query)]), @r"
    typo: receita por país do mês paassado
    typo: receiya por país do mês passado
    letter_case: RECEITA POR PAÍS DO MÊS PASSADO
    punctuation:   receita  por  país  do  mês  passado 
    accents: receita por pais do mes passado
    reorder: no mês passado, receita por país
    reorder: por país, receita do mês passado
    polite: quero ver receita por país do mês passado
    ");
}

#[test]
fn the_same_case_has_the_same_variants_in_any_company() {
    let first = case(
        Language::En,
        "revenue by country last month",
        json!({"metrics": ["revenue"]}),
    );
    let other = case(
        Language::En,
        "orders yesterday",
        json!({"metrics": ["orders"]}),
    );
    let alone = made(std::slice::from_ref(&first));
    assert_eq!(alone, made(std::slice::from_ref(&first)));
    assert!(made(&[other, first]).ends_with(&alone));
}

#[test]
fn a_period_beside_another_stays() {
    for ask in [
        "revenue this month vs last month",
        "revenue from March to June",
        "orders by week this quarter",
        "end of last month",
        "first week of May",
        "how does revenue in October compare with August?",
        "orders not paid last month",
        "revenue this quarter to date",
        "orders on 3 November 2026",
    ] {
        assert_eq!(of_kind(ask, Language::En, Kind::Reorder), [""; 0], "{ask}");
    }
    assert_eq!(
        of_kind(
            "ingresos de la primera quincena de octubre",
            Language::Es,
            Kind::Reorder
        ),
        [""; 0]
    );
    assert_eq!(
        of_kind("last week's revenue in Brazil", Language::En, Kind::Reorder),
        ["revenue in Brazil last week"]
    );
}

#[test]
fn words_that_count_are_not_left_out() {
    for (language, ask) in [
        (Language::Es, "pedidos no pagados"),
        (Language::Es, "visitas por día de la semana"),
        (Language::Es, "ingresos de marzo a junio"),
        (Language::Es, "pedidos los lunes"),
        (Language::Pt, "receita sem Brasil"),
        (Language::Pt, "receita de março a junho"),
        (Language::En, "revenue by day of week"),
        (Language::En, "revenue without Brazil"),
        (Language::En, "orders not in Brazil or Mexico"),
        (Language::Pt, "faturas acima de 5 mil"),
    ] {
        let left = of_kind(ask, language, Kind::MissingWord);
        for text in left {
            for word in ["no", "sem", "sin", "not", "without", "a", "de"] {
                let count = |text: &str| text.split(' ').filter(|one| *one == word).count();
                assert_eq!(count(ask), count(&text), "{text}");
            }
        }
    }
}

#[test]
fn a_number_is_not_turned_into_its_meaning() {
    let ask = "what's the revenue of Brazil?";
    assert_eq!(of_kind(ask, Language::En, Kind::MissingWord), [""; 0]);
}

#[test]
fn a_code_keeps_its_capitals() {
    assert_eq!(
        of_kind("revenue in IT last month", Language::En, Kind::LetterCase),
        [""; 0]
    );
    assert_eq!(
        of_kind("how much did it bring us", Language::En, Kind::LetterCase),
        [""; 0]
    );
    assert_eq!(
        of_kind("MRR in BR", Language::En, Kind::LetterCase),
        ["mrr in br", "MRR IN BR"]
    );
}

#[test]
fn typos_leave_codes_numbers_and_small_words_alone() {
    for ask in ["MRR in Q3 2025", "who did it", "without between versus"] {
        assert_eq!(of_kind(ask, Language::En, Kind::Typo), [""; 0], "{ask}");
    }
    for typo in of_kind("revenue by country", Language::En, Kind::Typo) {
        assert!(typo.contains(" by "), "{typo}");
        assert!(typo.starts_with('r') && typo.ends_with('y'), "{typo}");
    }
}
