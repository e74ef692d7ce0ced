//! What was planted in the data and when, as `stories.md` tells it. Days count back from the
//! shop's last day, so that every shop has all of them.

use crate::catalogue::Category;

/// Days before the shop's last day, both ends included; `from` is the earlier.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    pub(crate) from: u32,
    pub(crate) to: u32,
}

/// Brazilian payments do not go through.
pub(crate) const OUTAGE: Window = Window { from: 9, to: 8 };
/// The share of them that fails.
pub(crate) const OUTAGE_FAILED: f64 = 0.93;

/// No visit is recorded.
pub(crate) const TRACKING_GAP: Window = Window { from: 17, to: 16 };

/// One kitchen product is in everybody's feed.
pub(crate) const VIRAL: Window = Window { from: 38, to: 25 };
/// Its name.
pub(crate) const VIRAL_PRODUCT: &str = "Aurora Milk Frother";

/// A campaign spends twice as much.
pub(crate) const OVERSPEND: Window = Window { from: 45, to: 25 };
/// Its name.
pub(crate) const OVERSPEND_CAMPAIGN: &str = "Social Prospecting MX";

/// Lighting has cost more from this day on.
pub(crate) const PRICE_RISE: Window = Window { from: 120, to: 0 };
/// The new price over the old one.
pub(crate) const PRICE_RISE_FACTOR: f64 = 1.12;
/// What has become dearer.
pub(crate) const PRICE_RISE_CATEGORY: Category = Category::Lighting;

/// Organic visits melt away.
pub(crate) const ORGANIC_DECLINE: Window = Window { from: 181, to: 0 };
const ORGANIC_LEFT: f64 = 0.68;

/// What is left of organic visits and orders, `left` days before the end.
pub(crate) fn organic(left: u32) -> f64 {
    let length = f64::from(ORGANIC_DECLINE.from + 1);
    let gone = (length - f64::from(left)).max(0.0) / length;
    1.0 - (1.0 - ORGANIC_LEFT) * gone
}

/// The share of orders that carry the viral product, `left` days before the end: up in three
/// days, then slowly down.
pub(crate) fn viral(left: u32) -> f64 {
    if !(VIRAL.to..=VIRAL.from).contains(&left) {
        return 0.0;
    }
    let age = f64::from(VIRAL.from - left);
    0.11 * ((age + 1.0) / 4.0).min(1.0) * (-(age - 3.0).max(0.0) / 6.0).exp()
}
