//! Charts: pictures of the right size with something on them, and valid SVG whatever comes.

use almanac_agent_contract::{ChartKind, ChartSpec, Format, Series};
use almanac_cards::{Size, Theme, png, svg};
use proptest::prelude::*;
use resvg::tiny_skia::Pixmap;
use resvg::usvg::roxmltree::Document;

use crate::sample::chart;

const KINDS: [ChartKind; 3] = [ChartKind::Line, ChartKind::Bar, ChartKind::StackedBar];

/// How many pixels differ from the corner's.
fn inked(spec: &ChartSpec, theme: Theme) -> usize {
    let picture = png(spec, Size::default(), theme).expect("draws");
    let pixels = Pixmap::decode_png(&picture).expect("is PNG");
    assert_eq!((pixels.width(), pixels.height()), (1440, 800));
    let corner = pixels.pixel(0, 0).expect("has a corner");
    pixels
        .pixels()
        .iter()
        .filter(|pixel| **pixel != corner)
        .count()
}

/// The texts of a chart, in the order they are drawn.
fn texts(spec: &ChartSpec) -> Vec<String> {
    let drawing = svg(spec, Size::default(), Theme::Light);
    let document = Document::parse(&drawing).expect("is XML");
    let texts = document
        .descendants()
        .filter(|node| node.has_tag_name("text"));
    texts
        .filter_map(|node| node.text().map(str::to_owned))
        .collect()
}

fn count(spec: &ChartSpec, tag: &str) -> usize {
    let drawing = svg(spec, Size::default(), Theme::Light);
    let document = Document::parse(&drawing).expect("is XML");
    document
        .descendants()
        .filter(|node| node.has_tag_name(tag))
        .count()
}

#[test]
fn every_kind_in_both_themes_is_a_picture() {
    for kind in KINDS {
        let mut values = chart(kind, &["a", "b", "c"], &[Some(3.0), None, Some(-2.0)]);
        values.title.clear();
        let mut nothing = values.clone();
        nothing.series.clear();
        for theme in [Theme::Light, Theme::Dark] {
            let (drawn, empty) = (inked(&values, theme), inked(&nothing, theme));
            assert!(
                drawn > empty + 5_000,
                "{kind:?} {theme:?}: {drawn} against {empty}"
            );
        }
    }
}

#[test]
fn a_chart_without_values_says_so() {
    for kind in KINDS {
        for values in [&[][..], &[None, None][..], &[Some(f64::NAN), None][..]] {
            let mut spec = chart(kind, &["a", "b"], values);
            spec.locale = "pt-BR".into();
            assert_eq!(texts(&spec), ["Revenue by country", "Sem dados"]);
        }
    }
}

#[test]
fn a_missing_value_is_a_gap() {
    let whole = chart(ChartKind::Line, &["a"; 20], &[Some(1.0); 20]);
    let mut gap = whole.clone();
    gap.series[0].values[10] = None;
    let lines = |spec: &ChartSpec| {
        let drawing = svg(spec, Size::default(), Theme::Light);
        drawing.matches("fill=\"none\"").count()
    };
    assert_eq!((lines(&whole), lines(&gap)), (1, 2));
}

#[test]
fn few_points_have_dots_and_many_have_none() {
    assert_eq!(
        count(
            &chart(ChartKind::Line, &["a"; 7], &[Some(1.0); 7]),
            "circle"
        ),
        7
    );
    assert_eq!(
        count(
            &chart(ChartKind::Line, &["a"; 30], &[Some(1.0); 30]),
            "circle"
        ),
        0
    );
    assert_eq!(
        count(&chart(ChartKind::Line, &["a"], &[Some(1.0)]), "circle"),
        1
    );
}

#[test]
fn few_bars_have_their_values_written() {
    let values = [Some(1_200_000.0), Some(-40.5), None];
    let spec = chart(ChartKind::Bar, &["Brazil", "Spain", "Peru"], &values);
    let texts = texts(&spec);
    for expected in ["Brazil", "Spain", "Peru", "$1.2M", "−$40.50", "—"] {
        assert!(
            texts.iter().any(|text| text == expected),
            "{expected} in {texts:?}"
        );
    }
}

#[test]
fn bars_that_do_not_fit_are_counted() {
    let labels: Vec<String> = (0..50)
        .map(|n| format!("A product with a long name, {n}"))
        .collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let texts = texts(&chart(ChartKind::Bar, &labels, &vec![Some(5.0); 50]));
    let shown = texts
        .iter()
        .filter(|text| text.starts_with("A product"))
        .count();
    assert!(
        texts.contains(&format!("+ {} more rows", 50 - shown)),
        "{texts:?}"
    );
}

#[test]
fn series_beyond_eight_are_gathered() {
    let mut spec = chart(ChartKind::StackedBar, &["Jan 2026", "Feb 2026"], &[]);
    spec.series = (1..=11)
        .map(|n| Series {
            name: format!("s{n}"),
            values: vec![Some(f64::from(n)), Some(1.0)],
            muted: false,
        })
        .collect();
    let texts = texts(&spec);
    for (name, there) in [("s3", false), ("s4", true), ("s11", true), ("Other", true)] {
        assert_eq!(
            texts.iter().any(|text| text == name),
            there,
            "{name} in {texts:?}"
        );
    }
    assert!(
        texts.iter().any(|text| text == "$66"),
        "the total of January in {texts:?}"
    );
}

#[test]
fn labels_below_a_line_never_overlap() {
    let labels: Vec<String> = (0..365)
        .map(|day| format!("{} Nov", day % 30 + 1))
        .collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let spec = chart(ChartKind::Line, &labels, &vec![Some(5.0); 365]);
    let drawing = svg(&spec, Size::default(), Theme::Light);
    let document = Document::parse(&drawing).expect("is XML");
    let mut places: Vec<f32> = document
        .descendants()
        .filter(|node| node.text().is_some_and(|text| text.ends_with(" Nov")))
        .filter_map(|node| node.attribute("x")?.parse().ok())
        .collect();
    places.sort_by(f32::total_cmp);
    assert!(places.len() >= 5, "{places:?}");
    assert!(
        places.windows(2).all(|pair| pair[1] - pair[0] > 45.0),
        "{places:?}"
    );
}

#[test]
fn words_are_escaped_and_cut() {
    let mut spec = chart(
        ChartKind::Bar,
        &["<b>&\"x\"</b>", "\u{0}\u{fffe}y"],
        &[Some(1.0); 2],
    );
    spec.title = "A very long title that goes on ".repeat(10);
    spec.alt = "\"<&>'\u{b}".into();
    let texts = texts(&spec);
    assert!(
        texts[0].ends_with('…') && texts[0].chars().count() < 100,
        "{texts:?}"
    );
    assert!(
        texts.iter().any(|text| text == "<b>&\"x\"</b>"),
        "{texts:?}"
    );
}

#[test]
fn sizes_out_of_range_are_drawn_within() {
    let spec = chart(ChartKind::Bar, &["a"], &[Some(1.0)]);
    for (width, height, scale) in [(0, 0, 0.0), (1, 9, f32::NAN), (200, 150, -3.0)] {
        let picture = png(
            &spec,
            Size {
                width,
                height,
                scale,
            },
            Theme::Dark,
        )
        .expect("draws");
        assert!(Pixmap::decode_png(&picture).is_ok());
    }
}

fn any_value() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        2 => Just(None),
        6 => (-1e6..1e6).prop_map(Some),
        1 => any::<f64>().prop_map(Some),
        1 => prop_oneof![Just(0.0), Just(f64::MAX), Just(f64::MIN), Just(f64::MIN_POSITIVE),
            Just(5e-324), Just(f64::NAN), Just(f64::INFINITY)].prop_map(Some),
    ]
}

fn any_format() -> impl Strategy<Value = Format> {
    prop_oneof![
        Just(Format::Number),
        Just(Format::Currency(None)),
        any::<String>().prop_map(|code| Format::Currency(Some(code))),
        Just(Format::Percent),
        Just(Format::Duration),
        any::<String>().prop_map(Format::Unit),
    ]
}

prop_compose! {
    fn any_series()(
        name in any::<String>(),
        values in prop::collection::vec(any_value(), 0..40),
        muted in any::<bool>(),
    ) -> Series {
        Series { name, values, muted }
    }
}

prop_compose! {
    fn any_chart()(
        kind in prop::sample::select(&KINDS[..]),
        (title, alt, currency) in any::<(String, String, String)>(),
        labels in prop::collection::vec(any::<String>(), 0..40),
        series in prop::collection::vec(any_series(), 0..12),
        format in any_format(),
        locale in prop::sample::select(&["en", "es", "pt-BR", "pt-PT", "en-IN", "?"][..]),
    ) -> ChartSpec {
        ChartSpec { kind, title, labels, series, format, locale: locale.into(), currency, alt }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_chart_is_valid_svg(
        spec in any_chart(),
        width in 0_u32..2000,
        height in 0_u32..1200,
        dark in any::<bool>(),
    ) {
        let theme = if dark { Theme::Dark } else { Theme::Light };
        let drawing = svg(&spec, Size { width, height, scale: 1.0 }, theme);
        let document = Document::parse(&drawing);
        prop_assert!(document.is_ok(), "{:?} of {drawing}", document.err());
        let numbers = drawing.split('"').filter(|part| part.starts_with("NaN") || part.starts_with("inf"));
        prop_assert_eq!(numbers.count(), 0, "{}", drawing);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn any_chart_is_a_picture(spec in any_chart()) {
        let size = Size { width: 320, height: 200, scale: 1.0 };
        let picture = png(&spec, size, Theme::Light);
        prop_assert!(picture.is_ok(), "{:?}", picture.err());
    }
}
