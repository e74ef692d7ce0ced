//! The value axis: where it begins and ends, and round numbers along it.

use almanac_agent_contract::Format;

/// Values beyond this are drawn at it, so that no difference of two overflows.
const LARGEST: f64 = 1e300;
/// Values nearer to zero than this are drawn as zero, so that no quotient of two overflows.
const SMALLEST: f64 = 1e-300;
/// Steps that people count time in, in seconds.
const TIME_STEPS: [f64; 17] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0,
    10_800.0, 21_600.0, 43_200.0,
];
const DAY: f64 = 86_400.0;

/// A linear axis from `low` to `high`, both multiples of `step`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) step: f64,
}

/// `value` where it can be drawn.
pub(crate) fn tame(value: f64) -> Option<f64> {
    let tame = value.clamp(-LARGEST, LARGEST);
    (!value.is_nan()).then_some(if tame.abs() < SMALLEST { 0.0 } else { tame })
}

impl Scale {
    /// An axis that holds `values`, with about `ticks` intervals.
    ///
    /// `from_zero` is for bars, whose length is the value. Without it, zero is left out only where
    /// keeping it would flatten the series into the upper quarter.
    pub(crate) fn new(values: &[f64], format: &Format, ticks: usize, from_zero: bool) -> Self {
        let mut low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let mut high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let flat = low == high;
        if from_zero || flat || low >= 0.0 && low < 0.75 * high || high <= 0.0 && high > 0.75 * low
        {
            low = low.min(0.0);
            high = high.max(0.0);
        }
        if low == high {
            high = 1.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of ticks")]
        let wanted = (high - low) / ticks.max(1) as f64;
        let mut step = round_step(wanted, format);
        let counted = matches!(format, Format::Number | Format::Unit(_));
        if counted && high.abs() < 1e15 && values.iter().all(|value| value.fract() == 0.0) {
            step = step.max(1.0);
        }
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
        }
    }

    /// The ticks, from below.
    pub(crate) fn ticks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step)
            .round()
            .clamp(0.0, 50.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped"
        )]
        let count = count as u32;
        let first = (self.low / self.step).round();
        (0..=count)
            .map(|i| (first + f64::from(i)) * self.step)
            .collect()
    }

    /// How far along the axis a value lies: 0 at `low`, 1 at `high`.
    pub(crate) fn share(&self, value: f64) -> f32 {
        let share = (value - self.low) / (self.high - self.low);
        #[expect(clippy::cast_possible_truncation, reason = "a position on a screen")]
        let share = share.clamp(0.0, 1.0) as f32;
        share
    }
}

/// The smallest step not below `wanted` that people count in.
fn round_step(wanted: f64, format: &Format) -> f64 {
    if matches!(format, Format::Duration) && wanted > 0.5 {
        if let Some(step) = TIME_STEPS.into_iter().find(|step| *step >= wanted) {
            return step;
        }
        return round_decimal(wanted / DAY) * DAY;
    }
    round_decimal(wanted)
}

fn round_decimal(wanted: f64) -> f64 {
    let power = 10_f64.powf(wanted.log10().floor());
    if !(power.is_normal() && wanted > 0.0) {
        return if wanted > 0.0 { wanted } else { 1.0 };
    }
    let mantissa = wanted / power;
    let round = [1.0, 2.0, 2.5, 5.0]
        .into_iter()
        .find(|round| mantissa <= round * 1.000_001);
    round.unwrap_or(10.0) * power
}
