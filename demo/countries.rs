//! Where the customers live and what differs there.

use crate::draws::Weights;

/// A country the shop sells to.
#[derive(Debug)]
pub(crate) struct Country {
    pub(crate) code: &'static str,
    pub(crate) currency: &'static str,
    /// Its share of the orders on the first day.
    pub(crate) share: f64,
    /// Growth of its orders a year.
    pub(crate) growth: f64,
    /// Its prices over the list prices.
    pub(crate) price: f64,
    /// Its conversion rate over the shop's.
    pub(crate) conversion: f64,
    /// The share of payments that fail on a normal day.
    pub(crate) failed: f64,
    /// Days from the order to the door.
    pub(crate) delivery_days: f64,
    /// How many hours its clocks are ahead of the shop's.
    pub(crate) hours_ahead: i64,
    /// Cities, the largest first.
    pub(crate) cities: [&'static str; 5],
    /// Payment methods and how often each is chosen.
    pub(crate) payments: &'static [(&'static str, f64)],
}

/// All of them, the home market first.
pub(crate) static COUNTRIES: [Country; 6] = [
    Country {
        code: "BR",
        currency: "BRL",
        share: 0.36,
        growth: 0.22,
        price: 0.85,
        conversion: 1.0,
        failed: 0.045,
        delivery_days: 4.6,
        hours_ahead: 0,
        cities: [
            "São Paulo",
            "Rio de Janeiro",
            "Belo Horizonte",
            "Curitiba",
            "Recife",
        ],
        payments: &[("pix", 0.46), ("card", 0.44), ("boleto", 0.10)],
    },
    Country {
        code: "MX",
        currency: "MXN",
        share: 0.19,
        growth: 0.25,
        price: 0.88,
        conversion: 0.86,
        failed: 0.052,
        delivery_days: 5.1,
        hours_ahead: -3,
        cities: [
            "Mexico City",
            "Guadalajara",
            "Monterrey",
            "Puebla",
            "Mérida",
        ],
        payments: &[("card", 0.61), ("oxxo", 0.24), ("paypal", 0.15)],
    },
    Country {
        code: "US",
        currency: "USD",
        share: 0.18,
        growth: 0.36,
        price: 1.18,
        conversion: 1.12,
        failed: 0.024,
        delivery_days: 3.4,
        hours_ahead: -2,
        cities: ["New York", "Los Angeles", "Chicago", "Austin", "Miami"],
        payments: &[("card", 0.62), ("paypal", 0.21), ("apple_pay", 0.17)],
    },
    Country {
        code: "ES",
        currency: "EUR",
        share: 0.12,
        growth: 0.17,
        price: 1.02,
        conversion: 1.04,
        failed: 0.028,
        delivery_days: 3.0,
        hours_ahead: 4,
        cities: ["Madrid", "Barcelona", "Valencia", "Seville", "Bilbao"],
        payments: &[("card", 0.66), ("paypal", 0.26), ("apple_pay", 0.08)],
    },
    Country {
        code: "DE",
        currency: "EUR",
        share: 0.09,
        growth: 0.33,
        price: 1.10,
        conversion: 1.08,
        failed: 0.026,
        delivery_days: 2.7,
        hours_ahead: 4,
        cities: ["Berlin", "Munich", "Hamburg", "Cologne", "Leipzig"],
        payments: &[("paypal", 0.44), ("card", 0.27), ("klarna", 0.29)],
    },
    Country {
        code: "PT",
        currency: "EUR",
        share: 0.06,
        growth: 0.18,
        price: 0.97,
        conversion: 0.98,
        failed: 0.030,
        delivery_days: 3.3,
        hours_ahead: 3,
        cities: ["Lisbon", "Porto", "Braga", "Coimbra", "Faro"],
        payments: &[("card", 0.63), ("paypal", 0.30), ("apple_pay", 0.07)],
    },
];

/// The home market's place in [`COUNTRIES`].
pub(crate) const BRAZIL: usize = 0;

/// How often each of a country's five cities is drawn.
pub(crate) fn city_weights() -> Weights {
    Weights::new([0.44, 0.22, 0.15, 0.11, 0.08])
}

/// A weight per payment method of each country.
pub(crate) fn payment_weights() -> Vec<Weights> {
    COUNTRIES
        .iter()
        .map(|country| Weights::new(country.payments.iter().map(|(_, share)| *share)))
        .collect()
}
