//! The highest and lowest points of a series. Used for the sentence of a trend.

/// Indices of the highest and lowest values; the first of equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extremes {
    /// Where the series is highest.
    pub highest: usize,
    /// Where it is lowest.
    pub lowest: usize,
}

/// Finds them among the values that are there; `None` for a series without any.
#[must_use]
pub fn extremes(series: &[Option<f64>]) -> Option<Extremes> {
    let mut points = series
        .iter()
        .enumerate()
        .filter_map(|(i, value)| value.map(|v| (i, v)));
    let first = points.next()?;
    let (highest, lowest) = points.fold((first, first), |(highest, lowest), point| {
        (
            if point.1 > highest.1 { point } else { highest },
            if point.1 < lowest.1 { point } else { lowest },
        )
    });
    Some(Extremes {
        highest: highest.0,
        lowest: lowest.0,
    })
}

#[cfg(test)]
mod tests {
    use super::{Extremes, extremes};

    #[test]
    fn missing_values_are_passed_over() {
        let series = [None, Some(2.0), Some(9.0), None, Some(1.0), Some(9.0)];
        assert_eq!(
            extremes(&series),
            Some(Extremes {
                highest: 2,
                lowest: 4
            })
        );
    }

    #[test]
    fn a_series_without_values_has_none() {
        assert_eq!(extremes(&[None, None]), None);
        assert_eq!(extremes(&[]), None);
    }
}
