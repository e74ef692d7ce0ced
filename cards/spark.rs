//! Charts of block characters: "▁▂▄▇█▅" for a series, "██████▌" for a bar.

const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/// The columns of the longest bar.
const LONGEST: f64 = 20.0;

/// A series in at most `most` columns, each the mean of its part; a blank where all is missing.
/// `None` for less than two values.
pub(crate) fn line(values: &[Option<f64>], most: usize) -> Option<String> {
    if values.iter().flatten().count() < 2 {
        return None;
    }
    let columns = values.len().min(most);
    let part = |column: usize| {
        &values[column * values.len() / columns..(column + 1) * values.len() / columns]
    };
    let means: Vec<Option<f64>> = (0..columns).map(|column| mean(part(column))).collect();
    let low = means
        .iter()
        .flatten()
        .copied()
        .fold(f64::INFINITY, f64::min);
    let high = means
        .iter()
        .flatten()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    let step = |value: f64| {
        let share = if high > low {
            (value - low) / (high - low)
        } else {
            0.5
        };
        STEPS[position(share * 7.0).min(7)]
    };
    Some(
        means
            .into_iter()
            .map(|mean| mean.map_or(' ', step))
            .collect(),
    )
}

/// A bar for each value; `None` where one is negative or none is positive.
pub(crate) fn bars(values: &[Option<f64>]) -> Option<Vec<String>> {
    let highest = values.iter().flatten().copied().fold(0.0, f64::max);
    let drawable = values.iter().flatten().all(|value| *value >= 0.0);
    if !drawable || highest <= 0.0 || !highest.is_finite() {
        return None;
    }
    Some(
        values
            .iter()
            .map(|value| bar(value.unwrap_or(0.0) / highest))
            .collect(),
    )
}

fn bar(share: f64) -> String {
    let eighths = position(share * LONGEST * 8.0);
    // A value that is there but too small to see still leaves a trace.
    let eighths = if share > 0.0 { eighths.max(1) } else { eighths };
    let mut bar = "█".repeat(eighths / 8);
    if let Some(rest) = (eighths % 8).checked_sub(1) {
        bar.push(EIGHTHS[rest]);
    }
    bar
}

#[expect(clippy::cast_precision_loss, reason = "a count of buckets")]
fn mean(part: &[Option<f64>]) -> Option<f64> {
    let there: Vec<f64> = part
        .iter()
        .flatten()
        .copied()
        .filter(|v| v.is_finite())
        .collect();
    let count = there.len() as f64;
    // Divided before they are added, so that the sum cannot overflow.
    (!there.is_empty()).then(|| there.iter().map(|value| value / count).sum())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped"
)]
fn position(value: f64) -> usize {
    value.round().clamp(0.0, 1000.0) as usize
}
