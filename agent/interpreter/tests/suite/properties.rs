//! What holds for every text and every date.

use almanac_agent_contract::Settings;
use almanac_agent_interpreter::Intent;
use almanac_agent_interpreter::time::{Calendar, Meaning, phrases};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::catalogs::{hotel, shop};
use crate::shown::{lexicon, read, scope, shown};

const WORDS: &[&str] = &[
    "revenue", "orders", "net", "by", "per", "country", "channel", "in", "Brazil", "mobile",
    "only", "without", "and", "or", "vs", "compare", "with", "last", "this", "week", "month",
    "year", "3", "top", "5", "worst", "products", "since", "June", "until", "between", "Q3",
    "2025", "same", "period", "weekly", "trend", "as", "a", "table", "chart", "the", "what", "is",
    "how", "que", "por", "de", "el", "semana", "pasada", "mes", "desde", "hasta", "receita", "no",
    "mês", "passado", "ontem", "which", "had", "most", "all", "also", "zebra", "first", "end",
    "of", "ago", "to", "date", "may", "MRR", "rate", ",", "?",
];

fn days() -> impl Strategy<Value = Date> {
    (0_i32..20_000).prop_map(|n| date(2000, 1, 1).saturating_add(n.days()))
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    // The same cases every time: whoever changes nothing here breaks nothing here. `PROPTEST_CASES` and
    // `PROPTEST_RNG_SEED` look further.
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let _ = read(&lexicon(hotel()), &text, None, &scope());
    }

    #[test]
    fn every_query_stays_inside_the_catalogue(text in sentence()) {
        let catalog = shop();
        let lexicon = lexicon(catalog.clone());
        let reading = read(&lexicon, &text, None, &scope());
        if let Some(query) = reading.query() {
            prop_assert!(!query.metrics.is_empty());
            for name in &query.metrics {
                let metric = catalog.metric(name).expect("a metric of the catalogue");
                for dimension in query.group_by.iter().map(|group| &group.dimension).chain(query.filters.iter().map(|filter| &filter.dimension)) {
                    prop_assert!(metric.dimensions.contains(dimension), "{text}: {}", shown(&reading));
                }
            }
            if let Some(range) = query.time_range {
                prop_assert!(range.start <= range.end, "{text}: {}", shown(&reading));
            }
        }
    }

    #[test]
    fn a_choice_reads_as_one_question(text in sentence()) {
        let lexicon = lexicon(shop());
        let reading = read(&lexicon, &text, None, &scope());
        if let Intent::Clarify { choices, .. } | Intent::Refuse { choices, .. } = &reading.intent {
            prop_assert!(choices.len() <= 4);
            for choice in choices {
                let again = read(&lexicon, &choice.ask, None, &scope());
                prop_assert!(again.query().is_some(), "{text:?} offers {:?}, which is read as {}", choice.ask, shown(&again));
            }
        }
    }

    #[test]
    fn ranges_are_never_inverted(today in days(), text in sentence(), fiscal in 1_i8..=12) {
        let settings = Settings { fiscal_year_start_month: fiscal, ..Settings::default() };
        let calendar = Calendar::new(&settings, today, date(1999, 1, 1));
        let words: Vec<&str> = text.split(' ').collect();
        for phrase in phrases(&words, &calendar) {
            prop_assert!(phrase.start < phrase.end && phrase.end <= words.len());
            if let Meaning::Period(when) = phrase.meaning {
                prop_assert!(when.range.start <= when.range.end, "{text} on {today}: {:?}", when.range);
                prop_assert!(when.range.start <= today);
                let before = calendar.before(&when);
                prop_assert!(before.start <= before.end && before.end < when.range.start);
            }
        }
    }

    #[test]
    fn a_day_said_in_digits_is_that_day(today in days(), back in 0_i32..3000) {
        let calendar = Calendar::new(&Settings::default(), today, date(1990, 1, 1));
        let day = today.saturating_sub(back.days());
        let text = day.to_string();
        let found = phrases(&[text.as_str()], &calendar);
        let Some(Meaning::Period(when)) = found.first().map(|phrase| phrase.meaning) else {
            return Err(TestCaseError::fail("no period"));
        };
        prop_assert_eq!((when.range.start, when.range.end), (day, day));
    }

    #[test]
    fn units_follow_one_another_without_a_gap(today in days(), n in 1_i32..60) {
        let calendar = Calendar::new(&Settings::default(), today, date(1990, 1, 1));
        use almanac_agent_interpreter::time::Unit;
        for unit in [Unit::Day, Unit::Week, Unit::Fortnight, Unit::Month, Unit::Quarter, Unit::Half, Unit::Year] {
            let later = calendar.back(unit, n - 1).range;
            let earlier = calendar.back(unit, n).range;
            prop_assert_eq!(earlier.end.tomorrow().expect("a day"), later.start);
            let all = calendar.last(unit, n).range;
            prop_assert_eq!(all.start, earlier.start);
        }
    }
}
