//! What brings people to the shop and on what they come. Orders and visits share these, so that
//! the funnel fits together.

/// A marketing channel.
#[derive(Debug)]
pub(crate) struct Channel {
    pub(crate) name: &'static str,
    /// Its share of the orders.
    pub(crate) share: f64,
    /// Paid orders over visits.
    pub(crate) conversion: f64,
    /// Visits that leave after one page.
    pub(crate) bounce: f64,
}

/// A kind of device.
#[derive(Debug)]
pub(crate) struct Device {
    pub(crate) name: &'static str,
    /// Its share of the orders.
    pub(crate) share: f64,
    /// Its conversion rate over the shop's.
    pub(crate) conversion: f64,
}

/// All channels.
pub(crate) static CHANNELS: [Channel; 7] = [
    Channel {
        name: "organic",
        share: 0.30,
        conversion: 0.026,
        bounce: 0.43,
    },
    Channel {
        name: "paid_search",
        share: 0.20,
        conversion: 0.031,
        bounce: 0.39,
    },
    Channel {
        name: "paid_social",
        share: 0.15,
        conversion: 0.014,
        bounce: 0.58,
    },
    Channel {
        name: "direct",
        share: 0.14,
        conversion: 0.038,
        bounce: 0.36,
    },
    Channel {
        name: "email",
        share: 0.11,
        conversion: 0.046,
        bounce: 0.31,
    },
    Channel {
        name: "affiliate",
        share: 0.06,
        conversion: 0.023,
        bounce: 0.47,
    },
    Channel {
        name: "referral",
        share: 0.04,
        conversion: 0.030,
        bounce: 0.41,
    },
];

/// Places in [`CHANNELS`].
pub(crate) const ORGANIC: usize = 0;
pub(crate) const PAID_SEARCH: usize = 1;
pub(crate) const PAID_SOCIAL: usize = 2;

/// All devices.
pub(crate) static DEVICES: [Device; 3] = [
    Device {
        name: "mobile",
        share: 0.58,
        conversion: 0.78,
    },
    Device {
        name: "desktop",
        share: 0.34,
        conversion: 1.5,
    },
    Device {
        name: "tablet",
        share: 0.08,
        conversion: 1.05,
    },
];
