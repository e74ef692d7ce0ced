//! Numbers by locale. Expected texts are CLDR's (checked against `Intl` of a browser engine)
//! except where the writer differs on purpose: four-digit grouping in Spain, U+2212 as minus sign.

use almanac_agent_contract::{Format, Language, Value};
use almanac_cards::Writer;

/// Non-breaking spaces as "~".
fn seen(text: &str) -> String {
    text.replace('\u{a0}', "~")
}

fn money(code: &str) -> Format {
    Format::Currency(Some(code.to_owned()))
}

#[test]
fn money_in_full() {
    let cases = [
        ("en", "USD", 1_234_567.0, "$1,234,567"),
        ("en", "USD", 1_234_567.89, "$1,234,568"),
        ("en", "USD", 1234.0, "$1,234"),
        ("en", "USD", 1234.5, "$1,234.50"),
        ("en", "USD", 1_233.999_999_9, "$1,234"),
        ("en", "USD", 12.0, "$12.00"),
        ("en", "USD", 0.0, "$0"),
        ("en", "USD", 0.0042, "$0.0042"),
        ("en", "USD", -12_345.0, "−$12,345"),
        ("en", "USD", -0.000_000_000_001, "−$1e-12"),
        ("en", "JPY", 999.6, "¥1,000"),
        ("en", "MXN", 12_345.0, "MX$12,345"),
        ("en", "CHF", 12_345.0, "CHF~12,345"),
        ("en-GB", "USD", 12_345.0, "US$12,345"),
        ("en-GB", "GBP", 5.5, "£5.50"),
        ("en-CA", "CAD", 12_345.0, "$12,345"),
        ("en-IN", "INR", 12_345_678.0, "₹1,23,45,678"),
        ("es", "EUR", 1234.5, "1.234,50~€"),
        ("es", "EUR", -1234.5, "−1.234,50~€"),
        ("es", "USD", 12_345.0, "12.345~US$"),
        ("es-MX", "MXN", 1_234_567.0, "$1,234,567"),
        ("es-MX", "USD", 12_345.0, "USD~12,345"),
        ("es-AR", "ARS", 12_345.0, "$~12.345"),
        ("es-CL", "CLP", 12_345.6, "$12.346"),
        ("pt-BR", "BRL", 1234.5, "R$~1.234,50"),
        ("pt-BR", "USD", 1234.0, "US$~1.234"),
        ("pt-PT", "EUR", 12_345.5, "12~346~€"),
        ("pt-PT", "EUR", 12.5, "12,50~€"),
        ("xx-nonsense!", "USD", 1234.0, "$1,234"),
        ("de", "USD", 1234.0, "$1,234"),
        ("en_US", "usd", 1234.0, "$1,234"),
        ("en", "XYZ", 1234.0, "XYZ~1,234"),
    ];
    for (locale, code, value, expected) in cases {
        let text = Writer::new(locale, code).number(value, &Format::Currency(None));
        assert_eq!(seen(&text), expected, "{value} {code} in {locale}");
    }
}

#[test]
fn a_formats_own_currency_wins() {
    assert_eq!(Writer::new("en", "USD").number(5.0, &money("EUR")), "€5.00");
}

#[test]
fn compact() {
    let cases = [
        ("en", "USD", 1_234_567.0, "$1.2M"),
        ("en", "USD", 999_960.0, "$1M"),
        ("en", "USD", 12_500.0, "$12.5K"),
        ("en", "USD", 512.3, "$512"),
        ("en", "USD", 42.5, "$42.50"),
        ("en", "USD", 42.0, "$42"),
        ("en", "USD", -2_500_000_000.0, "−$2.5B"),
        ("en-GB", "GBP", 1_200_000.0, "£1.2m"),
        ("en-IN", "INR", 1_200_000.0, "₹12L"),
        ("es", "EUR", 1_234_567.0, "1,2~M~€"),
        ("es", "EUR", 12_345.0, "12,3~mil~€"),
        ("es-MX", "MXN", 1_234_567.0, "$1.2~M"),
        ("es-MX", "MXN", 12_345.0, "$12.3~k"),
        ("pt-BR", "USD", 1_234_567.0, "US$~1,2~mi"),
        ("pt-BR", "BRL", 1_200_000_000.0, "R$~1,2~bi"),
        ("pt-PT", "EUR", 1_200_000_000.0, "1,2~mM~€"),
    ];
    for (locale, code, value, expected) in cases {
        let text = Writer::new(locale, code).compact(value, &Format::Currency(None));
        assert_eq!(seen(&text), expected, "{value} {code} in {locale}");
    }
}

#[test]
fn plain_numbers_keep_what_means_something() {
    let writer = Writer::new("en", "USD");
    let cases = [
        (0.0, "0"),
        (-0.0, "0"),
        (7.0, "7"),
        (1_234_567.0, "1,234,567"),
        (1234.56, "1,235"),
        (123.45, "123.5"),
        (1.2345, "1.23"),
        (0.012_345, "0.0123"),
        (0.1, "0.1"),
        (0.999_9, "1"),
        (-0.5, "−0.5"),
        (1e-12, "1e-12"),
        (1.5e16, "15,000T"),
        (1e300, "1e300"),
        (f64::MAX, "1.8e308"),
        (f64::MIN_POSITIVE, "2.2e-308"),
        (f64::NAN, "—"),
        (f64::INFINITY, "—"),
        (f64::NEG_INFINITY, "—"),
    ];
    for (value, expected) in cases {
        assert_eq!(writer.number(value, &Format::Number), expected, "{value:e}");
    }
}

#[test]
fn shares_and_changes() {
    let english = Writer::new("en", "USD");
    let cases = [
        (0.031, "3.1%"),
        (0.5, "50%"),
        (1.234, "123%"),
        (0.0042, "0.42%"),
        (-0.04, "−4%"),
    ];
    for (value, expected) in cases {
        assert_eq!(english.number(value, &Format::Percent), expected);
    }
    assert_eq!(
        seen(&Writer::new("es", "EUR").number(0.031, &Format::Percent)),
        "3,1~%"
    );
    assert_eq!(
        Writer::new("es-MX", "MXN").number(0.031, &Format::Percent),
        "3.1%"
    );
    assert_eq!(
        Writer::new("pt-BR", "BRL").number(0.031, &Format::Percent),
        "3,1%"
    );
    let changes = [
        (0.123, "+12.3%"),
        (-0.04, "−4%"),
        (0.0, "0%"),
        (12.0, "+1,200%"),
    ];
    for (relative, expected) in changes {
        assert_eq!(english.change(relative), expected);
    }
    assert_eq!(english.change(f64::INFINITY), "—");
}

#[test]
fn lengths_of_time() {
    let cases = [
        (0.0, "0s", "0s"),
        (0.35, "350ms", "350ms"),
        (4.2, "4.2s", "4,2s"),
        (42.0, "42s", "42s"),
        (59.7, "1m 00s", "1min 00s"),
        (185.0, "3m 05s", "3min 05s"),
        (3599.7, "1h 00m", "1h 00min"),
        (3840.0, "1h 04m", "1h 04min"),
        (273_600.0, "3d 4h", "3d 4h"),
        (-3840.0, "−1h 04m", "−1h 04min"),
    ];
    let (english, spanish) = (Writer::new("en", "USD"), Writer::new("es", "EUR"));
    for (seconds, en, es) in cases {
        assert_eq!(english.number(seconds, &Format::Duration), en);
        assert_eq!(spanish.number(seconds, &Format::Duration), es);
    }
    assert_eq!(english.compact(3600.0, &Format::Duration), "1h");
    assert_eq!(english.compact(5400.0, &Format::Duration), "1h 30m");
}

#[test]
fn units_follow_the_number() {
    let sessions = Format::Unit("sessions".into());
    let writer = Writer::new("en", "USD");
    assert_eq!(seen(&writer.number(1234.0, &sessions)), "1,234~sessions");
    assert_eq!(
        seen(&writer.compact(1_200_000.0, &sessions)),
        "1.2M~sessions"
    );
    assert_eq!(writer.number(-0.0, &Format::Unit(String::new())), "0");
}

#[test]
fn table_values() {
    let writer = Writer::new("pt-BR", "BRL");
    assert_eq!(writer.language(), Language::Pt);
    let cases = [
        (Value::Null, "—"),
        (Value::Boolean(true), "Sim"),
        (Value::Boolean(false), "Não"),
        (Value::Integer(1234), "1.234"),
        (Value::Float(0.5), "0,5"),
        (Value::Text("Olá".into()), "Olá"),
    ];
    for (value, expected) in cases {
        assert_eq!(writer.value(&value, &Format::Number), expected);
    }
}

#[test]
fn lists() {
    let items = |n: usize| {
        ["a", "b", "c"]
            .iter()
            .take(n)
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    let write = |locale: &str, n| Writer::new(locale, "USD").list(&items(n));
    assert_eq!(write("en", 0), "");
    assert_eq!(write("en", 1), "a");
    assert_eq!(write("en", 2), "a and b");
    assert_eq!(write("en", 3), "a, b and c");
    assert_eq!(write("en-US", 3), "a, b, and c");
    assert_eq!(write("es", 3), "a, b y c");
    assert_eq!(write("pt-BR", 3), "a, b e c");
    let spain = ["Francia".to_owned(), "Italia".to_owned()];
    assert_eq!(Writer::new("es", "EUR").list(&spain), "Francia e Italia");
}

#[test]
fn a_writer_is_shared_between_threads() {
    let writer = Writer::new("en", "USD");
    let other = writer.clone();
    let elsewhere = std::thread::spawn(move || other.number(5.0, &Format::Currency(None)));
    let there = elsewhere.join().expect("no panic");
    assert_eq!(there, writer.number(5.0, &Format::Currency(None)));
}
