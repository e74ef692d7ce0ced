//! The heart of the shop: day by day, who orders what, whence, and whether the payment goes
//! through. Visits are made from what is noted here, so that the funnel fits together.

use crate::calendar::{Calendar, Day};
use crate::catalogue::Catalogue;
use crate::channels::{CHANNELS, DEVICES, ORGANIC};
use crate::countries::{BRAZIL, COUNTRIES, payment_weights};
use crate::customers::Customers;
use crate::draws::{Draws, Stream, Weights};
use crate::items::{Basket, Item, Shelves};
use crate::marketing::Campaigns;
use crate::rates::Rates;
use crate::seasons;
use crate::sheet::Sheet;
use crate::stories;

/// Orders of an average day at the beginning, all countries together.
const ORDERS_A_DAY: f64 = 291.0;
/// Accounts opened on such a day by people who only look around.
const LOOKERS_A_DAY: f64 = 4.4;
/// The share of orders by people who have no account yet.
const NEWCOMERS: f64 = 0.097;
const CANCELED: f64 = 0.022;
/// The share of paid orders the web tracking sees.
const TRACKED: f64 = 0.97;
/// Free shipping from this many US cents on.
const FREE_SHIPPING: i64 = 9_000;
const SECONDS_A_DAY: f64 = 86_400.0;

/// How much is ordered in each hour of the customer's own clock.
const HOURS: [f64; 24] = [
    0.60, 0.35, 0.20, 0.12, 0.10, 0.15, 0.40, 0.90, 1.50, 2.00, 2.40, 2.50, 2.60, 2.50, 2.30, 2.20,
    2.20, 2.30, 2.50, 2.90, 3.40, 3.50, 2.70, 1.40,
];

const PAID: &str = "paid";
const FAILED: &str = "failed";
const CANCELED_STATUS: &str = "canceled";

/// A row of `orders`. Money in US cents.
#[derive(Debug)]
pub(crate) struct Order {
    customer: u32,
    campaign: Option<u8>,
    /// Unix seconds.
    ordered: i64,
    /// The place of its day in the calendar.
    pub(crate) day: u16,
    status: &'static str,
    channel: u8,
    device: u8,
    country: u8,
    payment: u8,
    coupon: Option<&'static str>,
    is_first: bool,
    lines: u8,
    gross: i64,
    discount: i64,
    shipping: i64,
    /// USD for one unit of the customer's currency.
    rate: f64,
    delivery_seconds: Option<i64>,
}

impl Order {
    fn subtotal(&self) -> i64 {
        self.gross - self.discount
    }

    fn total(&self) -> i64 {
        self.subtotal() + self.shipping
    }

    fn local(&self, cents: i64) -> i64 {
        (cents as f64 / self.rate).round() as i64
    }
}

/// Tracked paid orders of a day by channel, device and country.
pub(crate) type Tracked = [[[u16; COUNTRIES.len()]; DEVICES.len()]; CHANNELS.len()];

/// What a day's visits are made from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traffic {
    /// Orders expected of each country, organic decline aside.
    pub(crate) expected: [f64; COUNTRIES.len()],
    pub(crate) tracked: Tracked,
}

/// Everything that happened at the checkout.
pub(crate) struct Book {
    pub(crate) orders: Vec<Order>,
    pub(crate) items: Vec<Item>,
    pub(crate) customers: Customers,
    /// One per day.
    pub(crate) traffic: Vec<Traffic>,
}

/// What the shop is made of before anybody orders.
pub(crate) struct World {
    pub(crate) calendar: Calendar,
    pub(crate) catalogue: Catalogue,
    pub(crate) campaigns: Campaigns,
    pub(crate) rates: Rates,
    /// The share of the full shop's orders to make.
    pub(crate) scale: f64,
}

impl Book {
    pub(crate) fn draw(world: &World) -> Self {
        let mut till = Till::new(world);
        for index in 0..world.calendar.days().len() {
            till.work(index);
        }
        till.book
    }

    pub(crate) fn orders_sheet(&self) -> Sheet<'_, Order> {
        Sheet::of("orders", &self.orders)
            .count_from("order_id", 1)
            .int("customer_id", |order| i64::from(order.customer) + 1)
            .maybe_int("campaign_id", |order| order.campaign.map(i64::from))
            .moment("ordered_at", |order| order.ordered)
            .text("status", |order| order.status)
            .text("channel", |order| CHANNELS[order.channel as usize].name)
            .text("device", |order| DEVICES[order.device as usize].name)
            .text("payment_method", |order| {
                COUNTRIES[order.country as usize].payments[order.payment as usize].0
            })
            .maybe_text("coupon", |order| order.coupon)
            .flag("is_first_order", |order| order.is_first)
            .int("item_count", |order| i64::from(order.lines))
            .text("currency", |order| {
                COUNTRIES[order.country as usize].currency
            })
            .number("usd_rate", |order| order.rate)
            .money("subtotal_local", |order| order.local(order.subtotal()))
            .money("shipping_local", |order| order.local(order.shipping))
            .money("total_local", |order| order.local(order.total()))
            .money("gross_usd", |order| order.gross)
            .money("discount_usd", |order| order.discount)
            .money("subtotal_usd", Order::subtotal)
            .money("shipping_usd", |order| order.shipping)
            .money("total_usd", Order::total)
            .maybe_int("delivery_seconds", |order| order.delivery_seconds)
    }
}

struct Till<'a> {
    world: &'a World,
    shelves: Shelves<'a>,
    draws: Draws,
    hours: Weights,
    devices: Weights,
    payments: Vec<Weights>,
    book: Book,
}

impl<'a> Till<'a> {
    fn new(world: &'a World) -> Self {
        let mut draws = Draws::of(Stream::Orders);
        let customers = Customers::before(&world.calendar, world.scale, &mut draws);
        Self {
            world,
            shelves: Shelves::new(&world.catalogue),
            draws,
            hours: Weights::new(HOURS),
            devices: Weights::new(DEVICES.iter().map(|device| device.share)),
            payments: payment_weights(),
            book: Book {
                orders: Vec::new(),
                items: Vec::new(),
                customers,
                traffic: vec![Traffic::default(); world.calendar.days().len()],
            },
        }
    }

    /// One day, from the first order to the last.
    fn work(&mut self, index: usize) {
        let day = self.world.calendar.days()[index];
        let channels = Weights::new(CHANNELS.iter().enumerate().map(|(place, channel)| {
            if place == ORGANIC {
                channel.share * stories::organic(day.left)
            } else {
                channel.share
            }
        }));
        let mut checkouts = Vec::new();
        for (country, facts) in COUNTRIES.iter().enumerate() {
            let growth = (1.0 + facts.growth).powf(day.years);
            let expected = ORDERS_A_DAY
                * self.world.scale
                * facts.share
                * growth
                * seasons::demand(facts.code, day.date)
                * self.draws.noise(0.045);
            self.book.traffic[index].expected[country] = expected;
            for _ in 0..self.draws.poisson(expected * channels.total()) {
                checkouts.push((self.moment(&day, country), country));
            }
        }
        checkouts.sort_unstable();
        for (ordered, country) in checkouts {
            self.check_out(index, country, ordered, &channels);
        }
        for _ in 0..self.draws.poisson(LOOKERS_A_DAY * self.world.scale) {
            self.book.customers.open_any(day.epoch, &mut self.draws);
        }
    }

    /// A moment of the day, by the habits of the customer's own clock.
    fn moment(&mut self, day: &Day, country: usize) -> i64 {
        let own = self.draws.pick(&self.hours) as i64;
        let hour = (own - COUNTRIES[country].hours_ahead).rem_euclid(24);
        day.start + hour * 3600 + self.draws.below(3600) as i64
    }

    fn check_out(&mut self, index: usize, country: usize, ordered: i64, channels: &Weights) {
        let day = self.world.calendar.days()[index];
        let channel = self.draws.pick(channels);
        let device = self.draws.pick(&self.devices);
        let customer = self.customer(country, channel, &day);
        let is_first = !self.book.customers.all[customer].bought;
        let status = self.status(country, &day);
        let coupon = coupon(is_first, &day, &mut self.draws);
        let basket = Basket {
            order: self.book.orders.len() as u32,
            day: &day,
            country,
            off: coupon.map_or(0.0, |(_, off)| off),
            status,
            ordered,
        };
        let first_item = self.book.items.len();
        self.shelves
            .fill(&basket, &mut self.book.items, &mut self.draws);
        let items = &self.book.items[first_item..];
        let (gross, discount) = items.iter().fold((0, 0), |(gross, off), item| {
            (gross + item.gross(), off + item.discount)
        });
        let order = Order {
            customer: customer as u32,
            campaign: self
                .world
                .campaigns
                .behind(channel, country, &mut self.draws),
            ordered,
            day: index as u16,
            status,
            channel: channel as u8,
            device: device as u8,
            country: country as u8,
            payment: self.draws.pick(&self.payments[country]) as u8,
            coupon: coupon.map(|(code, _)| code),
            is_first,
            lines: items.len() as u8,
            gross,
            discount,
            shipping: shipping(gross - discount, country),
            rate: self.world.rates.usd(index, country),
            delivery_seconds: self.delivery(status, country, ordered),
        };
        self.book.orders.push(order);
        if status == PAID {
            self.book.customers.all[customer].bought = true;
            let seen = u16::from(self.draws.chance(TRACKED));
            self.book.traffic[index].tracked[channel][device][country] += seen;
        }
    }

    fn customer(&mut self, country: usize, channel: usize, day: &Day) -> usize {
        let newcomers = NEWCOMERS - 0.004 * day.years;
        if !self.draws.chance(newcomers)
            && let Some(known) = self.book.customers.again(country, &mut self.draws)
        {
            return known;
        }
        self.book
            .customers
            .open(country, channel, day.epoch, &mut self.draws)
    }

    fn status(&mut self, country: usize, day: &Day) -> &'static str {
        let failed = if country == BRAZIL && day.within(stories::OUTAGE) {
            stories::OUTAGE_FAILED
        } else {
            COUNTRIES[country].failed
        };
        if self.draws.chance(failed) {
            FAILED
        } else if self.draws.chance(CANCELED) {
            CANCELED_STATUS
        } else {
            PAID
        }
    }

    /// How long the parcel took; unknown while it is under way.
    fn delivery(&mut self, status: &str, country: usize, ordered: i64) -> Option<i64> {
        let days = COUNTRIES[country].delivery_days * self.draws.noise(0.35);
        let seconds = (days * SECONDS_A_DAY) as i64;
        let end = self.world.calendar.last().start + SECONDS_A_DAY as i64;
        (status == PAID && ordered + seconds < end).then_some(seconds)
    }
}

/// A coupon's code and what it takes off.
fn coupon(is_first: bool, day: &Day, draws: &mut Draws) -> Option<(&'static str, f64)> {
    if matches!(seasons::from_black_friday(day.date), Some(-1..=3)) && draws.chance(0.5) {
        return Some(("BLACK25", 0.25));
    }
    if is_first && draws.chance(0.32) {
        return Some(("WELCOME10", 0.10));
    }
    match draws.unit() {
        x if x < 0.11 => Some(("LUMEN15", 0.15)),
        x if x < 0.16 => Some(("CLUB5", 0.05)),
        _ => None,
    }
}

fn shipping(subtotal: i64, country: usize) -> i64 {
    if subtotal >= FREE_SHIPPING {
        return 0;
    }
    (690.0 * COUNTRIES[country].price).round() as i64
}
