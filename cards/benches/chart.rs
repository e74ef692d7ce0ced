//! How long a chart takes: drawn alone, and as the picture a chat platform gets.

use almanac_agent_contract::{ChartKind, ChartSpec, Format, Series};
use almanac_cards::{Size, Theme, png, svg};

fn main() {
    divan::main();
}

#[divan::bench]
fn svg_of_90_days(bencher: divan::Bencher) {
    let spec = days(90);
    bencher.bench(|| svg(&spec, Size::default(), Theme::Light));
}

#[divan::bench]
fn png_of_90_days(bencher: divan::Bencher) {
    let spec = days(90);
    bencher.bench(|| png(&spec, Size::default(), Theme::Light));
}

#[divan::bench]
fn png_of_1000_points(bencher: divan::Bencher) {
    let spec = days(1000);
    bencher.bench(|| png(&spec, Size::default(), Theme::Dark));
}

#[divan::bench]
fn png_of_stacked_months(bencher: divan::Bencher) {
    let mut spec = days(12);
    spec.kind = ChartKind::StackedBar;
    let series = (0_u8..8).map(|index| Series {
        name: format!("Channel {index}"),
        values: (0_u8..12)
            .map(|month| Some(f64::from(index * 7 + month) + 3.0))
            .collect(),
        muted: false,
    });
    spec.series = series.collect();
    bencher.bench(|| png(&spec, Size::default(), Theme::Light));
}

fn days(count: u16) -> ChartSpec {
    let wave = |day: u16| 40_000.0 + 9_000.0 * (f64::from(day) / 7.0).sin() + f64::from(day) * 30.0;
    let values: Vec<Option<f64>> = (0..count).map(|day| Some(wave(day))).collect();
    let before = (0..count).map(|day| Some(wave(day) * 0.9)).collect();
    ChartSpec {
        kind: ChartKind::Line,
        title: "Revenue by day".into(),
        labels: (0..count)
            .map(|day| format!("{} Nov", day % 30 + 1))
            .collect(),
        series: vec![
            Series {
                name: "Revenue".into(),
                values,
                muted: false,
            },
            Series {
                name: "Last year".into(),
                values: before,
                muted: true,
            },
        ],
        format: Format::Currency(None),
        locale: "en".into(),
        currency: "USD".into(),
        alt: "Revenue by day against last year".into(),
    }
}
