//! Tables for spreadsheets.

use almanac_agent_contract::Value;
use almanac_cards::csv;
use jiff::civil::date;

use crate::sample::breakdown;

#[test]
fn values_are_raw_and_quoted_where_needed() {
    let mut card = breakdown(&[("Brazil", Some(-1234.5)), ("a \"b\", c\nd", None)]);
    card.table
        .rows
        .push(vec![Value::Date(date(2026, 11, 9)), Value::Integer(-7)]);
    card.table
        .rows
        .push(vec![Value::Boolean(true), Value::Float(1e21)]);
    insta::assert_snapshot!(csv(&card).replace("\r\n", "⏎\n"), @r#"
    customer__country,revenue⏎
    Brazil,-1234.5⏎
    "a ""b"", c
    d",⏎
    2026-11-09,-7⏎
    true,1000000000000000000000⏎
    "#);
}

#[test]
fn text_does_not_run_as_a_formula() {
    for text in [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        " =1",
        "\t=1",
        "\r=1",
        "=cmd|' /C calc'!A0",
        "＝1",
    ] {
        let file = csv(&breakdown(&[(text, Some(1.0))]));
        let row = file.split_once("\r\n").map_or("", |(_, rows)| rows);
        assert!(
            row.trim_start_matches('"').starts_with('\''),
            "{text:?} became {row:?}"
        );
    }
    let harmless = csv(&breakdown(&[("a=b", Some(1.0))]));
    assert!(harmless.contains("\r\na=b,1\r\n"), "{harmless:?}");
}
