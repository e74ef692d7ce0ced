//! How much a number changed. Used for the change beside a headline.

/// Relative change from `base` to `value`: `(value - base) / |base|`, so that a rise is positive
/// even from a negative base. `None` where the base is zero or either is not finite, because no
/// percentage says anything then.
#[must_use]
pub fn relative_change(value: f64, base: f64) -> Option<f64> {
    let change = (value - base) / base.abs();
    change.is_finite().then_some(change)
}

#[cfg(test)]
mod tests {
    use super::relative_change;

    #[test]
    fn a_rise_is_positive_and_a_fall_negative() {
        assert_eq!(relative_change(112.0, 100.0), Some(0.12));
        assert_eq!(relative_change(75.0, 100.0), Some(-0.25));
    }

    #[test]
    fn a_rise_from_below_zero_is_positive() {
        assert_eq!(relative_change(-5.0, -10.0), Some(0.5));
    }

    #[test]
    fn from_zero_there_is_no_percentage() {
        assert_eq!(relative_change(3.0, 0.0), None);
        assert_eq!(relative_change(0.0, 0.0), None);
        assert_eq!(relative_change(f64::NAN, 1.0), None);
    }
}
