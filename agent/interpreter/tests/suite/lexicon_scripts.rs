//! Names and questions in other scripts, and letters that only look unlike the ones meant.

use almanac_agent_contract::Format;
use almanac_metrics::Catalog;

use crate::catalogs::{M, dimension, metric, shop};
use crate::shown::{check, lexicon};

fn catalog() -> Catalog {
    let m = |name, label| {
        metric(M {
            name,
            label,
            synonyms: &[],
            format: Format::Number,
            parent: None,
            semi: false,
            dims: &["branch__city"],
        })
    };
    Catalog {
        metrics: vec![
            m("chinese", "收入"),
            m("chinese_users", "每月活跃用户的总数量"),
            m("japanese", "売上"),
            m("arabic", "الإيرادات"),
            m("hebrew", "הכנסות"),
            m("russian", "Выручка"),
            m("thai", "รายได้"),
            m("happy", "😀 Happy visits"),
            m("rocket", "🚀 Launches 🚀"),
        ],
        dimensions: vec![dimension(
            "branch__city",
            "城市",
            &[],
            &[
                ("北京", &[]),
                ("القاهرة", &[]),
                ("São Paulo", &[]),
                ("Łódź", &[]),
            ],
        )],
    }
}

#[test]
fn names_of_any_script_are_found_as_they_are_written() {
    check(
        &lexicon(catalog()),
        &[
            (
                "الإيرادات last month",
                "arabic | 2026-10-01..2026-10-31 | vs before",
            ),
            ("הכנסות", "hebrew"),
            (
                "выручка yesterday",
                "russian | 2026-11-19..2026-11-19 | vs before",
            ),
            ("happy visits", "happy"),
            (
                "😀 happy visits last week",
                "happy | 2026-11-09..2026-11-15 | vs before",
            ),
            ("launches", "rocket"),
            ("收入 by 城市", "chinese | by branch__city"),
            ("収入", "refuse"),
            ("happy visits in Lodz", "happy | branch__city in Łódź"),
            (
                "happy visits in sao paulo",
                "happy | branch__city in São Paulo",
            ),
            ("happy visits in القاهرة", "happy | branch__city in القاهرة"),
        ],
    );
}

#[test]
fn names_are_found_where_no_space_is_around_them() {
    check(
        &lexicon(catalog()),
        &[
            ("北京收入", "chinese | branch__city in 北京"),
            ("收入北京", "chinese | branch__city in 北京"),
            ("每月活跃用户的总数量", "chinese_users"),
            ("上周收入是多少", "refuse"),
            (
                "売上 last week",
                "japanese | 2026-11-09..2026-11-15 | vs before",
            ),
            (
                "รายได้ yesterday",
                "thai | 2026-11-19..2026-11-19 | vs before",
            ),
        ],
    );
}

#[test]
fn letters_that_look_otherwise_are_the_same() {
    check(
        &lexicon(shop()),
        &[
            (
                "ｒｅｖｅｎｕｅ　ｂｙ　ｃｏｕｎｔｒｙ",
                "revenue | by customer__country",
            ),
            (
                "rev\u{200b}enue by cou\u{ad}ntry",
                "revenue | by customer__country",
            ),
            (
                "revenue\u{feff} in Me\u{301}xico",
                "revenue | customer__country in MX",
            ),
            (
                "\u{202d}revenue\u{202c} in Brazil",
                "revenue | customer__country in BR",
            ),
            ("𝗿𝗲𝘃𝗲𝗻𝘂𝗲 in Brazil", "revenue | customer__country in BR"),
            ("RÉVENUE in BRAZIL", "revenue | customer__country in BR"),
        ],
    );
}
