//! Dates and periods by locale.

use almanac_agent_contract::{Format, Grain, Value};
use almanac_cards::Writer;
use jiff::civil::{Date, date};

#[test]
fn single_days() {
    let day = date(2026, 11, 19);
    let cases = [
        ("en", "19 Nov 2026"),
        ("en-GB", "19 Nov 2026"),
        ("en-US", "Nov 19, 2026"),
        ("es", "19 nov 2026"),
        ("es-MX", "19 nov 2026"),
        ("pt-BR", "19 de nov. de 2026"),
        ("pt-PT", "19 de nov. de 2026"),
    ];
    for (locale, expected) in cases {
        assert_eq!(Writer::new(locale, "USD").date(day), expected, "{locale}");
    }
    assert_eq!(
        Writer::new("es", "EUR").date(date(2026, 9, 1)),
        "1 sept 2026"
    );
    let moment = Value::DateTime(day.at(14, 5, 0, 0));
    assert_eq!(
        Writer::new("en", "USD").value(&moment, &Format::Number),
        "19 Nov 2026, 14:05"
    );
}

#[test]
fn periods() {
    let cases: [(Date, Date, [&str; 4]); 7] = [
        (
            date(2026, 11, 1),
            date(2026, 11, 19),
            [
                "1–19 Nov 2026",
                "Nov 1–19, 2026",
                "1–19 nov 2026",
                "1–19 de nov. de 2026",
            ],
        ),
        (
            date(2026, 10, 28),
            date(2026, 11, 3),
            [
                "28 Oct – 3 Nov 2026",
                "Oct 28 – Nov 3, 2026",
                "28 oct – 3 nov 2026",
                "28 de out. – 3 de nov. de 2026",
            ],
        ),
        (
            date(2025, 12, 30),
            date(2026, 1, 2),
            [
                "30 Dec 2025 – 2 Jan 2026",
                "Dec 30, 2025 – Jan 2, 2026",
                "30 dic 2025 – 2 ene 2026",
                "30 de dez. de 2025 – 2 de jan. de 2026",
            ],
        ),
        (
            date(2026, 11, 1),
            date(2026, 11, 30),
            [
                "November 2026",
                "November 2026",
                "noviembre de 2026",
                "novembro de 2026",
            ],
        ),
        (
            date(2024, 2, 1),
            date(2024, 2, 29),
            [
                "February 2024",
                "February 2024",
                "febrero de 2024",
                "fevereiro de 2024",
            ],
        ),
        (
            date(2026, 1, 1),
            date(2026, 12, 31),
            ["2026", "2026", "2026", "2026"],
        ),
        (
            date(2026, 11, 19),
            date(2026, 11, 19),
            [
                "19 Nov 2026",
                "Nov 19, 2026",
                "19 nov 2026",
                "19 de nov. de 2026",
            ],
        ),
    ];
    for (start, end, expected) in cases {
        for (locale, expected) in ["en", "en-US", "es", "pt-BR"].into_iter().zip(expected) {
            assert_eq!(
                Writer::new(locale, "USD").range(start, end),
                expected,
                "{locale}"
            );
        }
    }
    let february = Writer::new("en", "USD").range(date(2024, 2, 1), date(2024, 2, 28));
    assert_eq!(february, "1–28 Feb 2024");
}

#[test]
fn buckets() {
    let start = date(2026, 11, 9);
    let cases: [(Grain, [&str; 3]); 5] = [
        (Grain::Day, ["9 Nov", "9 nov", "9 de nov."]),
        (Grain::Week, ["w/c 9 Nov", "sem. 9 nov", "sem. 9 de nov."]),
        (Grain::Month, ["Nov 2026", "nov 2026", "nov. de 2026"]),
        (Grain::Quarter, ["Q4 2026", "T4 2026", "T4 de 2026"]),
        (Grain::Year, ["2026", "2026", "2026"]),
    ];
    for (grain, expected) in cases {
        for (locale, expected) in ["en", "es", "pt-BR"].into_iter().zip(expected) {
            assert_eq!(
                Writer::new(locale, "USD").bucket(start, grain),
                expected,
                "{locale}"
            );
        }
    }
}
