//! The forms of all names in one sorted table: what the index looks a key up in. Twenty bytes a
//! form, so that a catalogue of a million values fits beside everything else.

use super::index::{Fit, Named, Target};

/// Forms by key. Keys are hashes, so their first bits say where to look.
#[derive(Debug, Default)]
pub(super) struct Table {
    starts: Box<[u32]>,
    shift: u32,
    keys: Box<[u64]>,
    forms: Box<[Form]>,
}

impl Table {
    /// All rows, sorted. Of the forms of one target under one key the best is kept.
    pub(super) fn new(mut rows: Vec<(u64, Form)>) -> Self {
        rows.sort_unstable_by_key(|(key, form)| (*key, form.order()));
        rows.dedup_by(|later, kept| later.0 == kept.0 && later.1.target == kept.1.target);
        let bits = usize::BITS - (rows.len() / 2).leading_zeros();
        let shift = 64 - bits.max(1);
        let mut starts = vec![0_u32; (1 << bits.max(1)) + 1];
        for (key, _) in &rows {
            if let Some(next) = starts.get_mut((key >> shift) as usize + 1) {
                *next += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self {
            starts: starts.into_boxed_slice(),
            shift,
            keys: rows.iter().map(|(key, _)| *key).collect(),
            forms: rows.iter().map(|(_, form)| *form).collect(),
        }
    }

    /// All names under the key.
    pub(super) fn get(&self, key: u64) -> impl Iterator<Item = Named> + '_ {
        let bucket = (key >> self.shift) as usize;
        let from = self.starts.get(bucket).copied().unwrap_or(0) as usize;
        let to = self.starts.get(bucket + 1).copied().unwrap_or(0) as usize;
        (from..to)
            .filter(move |at| self.keys.get(*at) == Some(&key))
            .filter_map(|at| self.forms.get(at))
            .map(Form::named)
    }

    pub(super) fn len(&self) -> usize {
        self.forms.len()
    }
}

/// A [`Named`] in twelve bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    target: Packed,
    fit: Fit,
    /// In ten thousandths.
    quality: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Packed(u32, u32);

const METRIC: u32 = u32::MAX - 1;
const DIMENSION: u32 = u32::MAX;

impl Form {
    pub(super) fn new(named: Named) -> Self {
        let target = match named.target {
            Target::Metric(at) => Packed(METRIC, at),
            Target::Dimension(at) => Packed(DIMENSION, at),
            Target::Value { dimension, value } => Packed(dimension, value),
        };
        let quality = (named.quality.clamp(0.0, 1.0) * 10_000.0).round() as u16;
        Self {
            target,
            fit: named.fit,
            quality,
        }
    }

    fn named(&self) -> Named {
        let target = match self.target {
            Packed(METRIC, at) => Target::Metric(at),
            Packed(DIMENSION, at) => Target::Dimension(at),
            Packed(dimension, value) => Target::Value { dimension, value },
        };
        Named {
            target,
            fit: self.fit,
            quality: f32::from(self.quality) / 10_000.0,
        }
    }

    /// Metrics, dimensions, values; then the best fit first.
    fn order(&self) -> (bool, Packed, u16) {
        let value = self.target.0 < METRIC;
        (value, self.target, u16::MAX - self.quality)
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Table};
    use crate::lexicon::{Fit, Named, Target};

    fn named(target: Target, quality: f32) -> Named {
        Named {
            target,
            fit: Fit::Same,
            quality,
        }
    }

    #[test]
    fn every_form_is_found_under_its_key_and_no_other() {
        let value = |value| Target::Value {
            dimension: 3,
            value,
        };
        let key = |n: u32| u64::from(n).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut rows: Vec<(u64, Form)> = (0..1000)
            .map(|n| (key(n), Form::new(named(value(n), 0.97))))
            .collect();
        rows.push((key(7), Form::new(named(Target::Metric(1), 0.5))));
        rows.push((key(7), Form::new(named(Target::Metric(1), 0.96))));
        let table = Table::new(rows);
        assert_eq!(table.len(), 1001);
        for n in 0..1000 {
            let found: Vec<Target> = table.get(key(n)).map(|named| named.target).collect();
            if n == 7 {
                assert_eq!(found, [Target::Metric(1), value(7)]);
                assert!(
                    table
                        .get(key(7))
                        .any(|named| (named.quality - 0.96).abs() < 1e-6)
                );
            } else {
                assert_eq!(found, [value(n)]);
            }
        }
        assert_eq!(table.get(key(1000)).count(), 0);
        assert_eq!(Table::new(Vec::new()).get(1).count(), 0);
    }
}
