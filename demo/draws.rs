//! Seeded chance. Every table draws from a stream of its own, so that a change to one leaves the
//! others as they are.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const SEED: u64 = 0x4c75_6d65_6e20_3031;

/// Who draws.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    Catalogue = 1,
    Rates,
    Orders,
    Refunds,
    Sessions,
    Marketing,
    Subscriptions,
}

/// One stream of chance.
pub(crate) struct Draws(ChaCha8Rng);

impl Draws {
    pub(crate) fn of(stream: Stream) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(SEED);
        rng.set_stream(stream as u64);
        Self(rng)
    }

    /// Uniform in [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// Uniform in [low, high).
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform in 0..n; 0 where n is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Standard normal (Box-Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// A factor around 1: log-normal with the given sigma and mean 1.
    pub(crate) fn noise(&mut self, sigma: f64) -> f64 {
        (sigma * self.normal() - sigma * sigma / 2.0).exp()
    }

    /// Poisson; from a mean of 40 on by its normal approximation.
    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        if mean >= 40.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0) as u32;
        }
        let floor = (-mean).exp();
        let mut product = self.unit();
        let mut count = 0;
        while product > floor {
            product *= self.unit();
            count += 1;
        }
        count
    }

    /// An index, as likely as its weight.
    pub(crate) fn pick(&mut self, weights: &Weights) -> usize {
        let target = self.unit() * weights.total();
        weights
            .0
            .partition_point(|&sum| sum <= target)
            .min(weights.0.len().saturating_sub(1))
    }
}

/// Running sums of weights.
#[derive(Debug, Clone)]
pub(crate) struct Weights(Vec<f64>);

impl Weights {
    pub(crate) fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let sums = weights.into_iter().scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self(sums.collect())
    }

    /// The sum of all weights.
    pub(crate) fn total(&self) -> f64 {
        self.0.last().copied().unwrap_or(0.0)
    }
}
