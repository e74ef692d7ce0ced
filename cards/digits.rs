//! Digits with a locale's marks and grouping: 1234.5 is "1,234.5" or "1.234,5". Rounds half away
//! from zero on the decimal digits a person would see, not on the binary fraction.

use fixed_decimal::{Decimal, FloatPrecision, SignedRoundingMode, UnsignedRoundingMode};
use icu::decimal::DecimalFormatter;
use icu::decimal::options::DecimalFormatterOptions;
use icu::locale::Locale;

/// Writes magnitudes: numbers without a sign.
#[derive(Debug)]
pub(crate) struct Digits {
    /// `None` only if icu's compiled data lacked the locale; digits are then written bare.
    formatter: Option<DecimalFormatter>,
}

impl Digits {
    pub(crate) fn new(locale: &Locale) -> Self {
        let options = DecimalFormatterOptions::default();
        Self {
            formatter: DecimalFormatter::try_new(locale.into(), options).ok(),
        }
    }

    /// `magnitude` with at most `most` decimals, of which `least` stay even if zero.
    pub(crate) fn write(&self, magnitude: f64, least: u8, most: u8) -> String {
        let Ok(mut decimal) = Decimal::try_from_f64(magnitude, FloatPrecision::RoundTrip) else {
            return format!("{magnitude:e}");
        };
        let half_up = SignedRoundingMode::Unsigned(UnsignedRoundingMode::HalfExpand);
        decimal.round_with_mode(-i16::from(most), half_up);
        decimal.absolute.trim_end();
        decimal.absolute.pad_end(-i16::from(least));
        match &self.formatter {
            Some(formatter) => formatter.format(&decimal).to_string(),
            None => decimal.to_string(),
        }
    }

    /// `magnitude` as a power of ten, for what would take more than fifteen digits: "1.2e30".
    pub(crate) fn scientific(&self, magnitude: f64) -> String {
        let text = format!("{magnitude:.1e}");
        match text.split_once('e') {
            Some((mantissa, exponent)) => {
                let mantissa = mantissa.parse().map_or_else(
                    |_| mantissa.to_owned(),
                    |mantissa: f64| self.write(mantissa, 0, 1),
                );
                format!("{mantissa}e{exponent}")
            }
            None => text,
        }
    }
}

/// `value` rounded half away from zero to that many decimals.
pub(crate) fn rounded(value: f64, places: u8) -> f64 {
    let factor = 10_f64.powi(i32::from(places));
    let scaled = value * factor;
    if scaled.is_finite() {
        scaled.round() / factor
    } else {
        value
    }
}

/// The decimals that show a magnitude below one with `significant` digits.
pub(crate) fn places_below_one(magnitude: f64, significant: u8) -> u8 {
    if magnitude <= 0.0 {
        return 0;
    }
    let leading_zeros = (-magnitude.log10()).ceil().clamp(0.0, 12.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped above"
    )]
    let leading_zeros = leading_zeros as u8;
    leading_zeros + significant - u8::from(leading_zeros > 0)
}
