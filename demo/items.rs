//! What is put into a basket, and what it costs there.

use crate::calendar::Day;
use crate::catalogue::{Catalogue, Category};
use crate::countries::COUNTRIES;
use crate::draws::{Draws, Weights};
use crate::seasons;
use crate::sheet::Sheet;
use crate::stories;

/// Lines of an order: 1 to 7.
const LINES: [f64; 7] = [0.38, 0.26, 0.16, 0.10, 0.05, 0.03, 0.02];
/// Pieces of a line: 1 to 4.
const PIECES: [f64; 4] = [0.84, 0.11, 0.03, 0.02];
/// The share of buyers of a product that leave it when its price has risen.
const PUT_OFF: f64 = 0.06;
const MOST_TASTE: f64 = 1.9;

/// A row of `order_items`. Money in US cents.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// The place of its order.
    pub(crate) order: u32,
    /// The place of its product.
    pub(crate) product: u16,
    pub(crate) quantity: u8,
    pub(crate) unit_price: i64,
    pub(crate) discount: i64,
    pub(crate) status: &'static str,
    /// Unix seconds.
    pub(crate) ordered: i64,
    cost: i64,
}

impl Item {
    pub(crate) fn gross(&self) -> i64 {
        self.unit_price * i64::from(self.quantity)
    }

    pub(crate) fn amount(&self) -> i64 {
        self.gross() - self.discount
    }
}

/// The rows as a table.
pub(crate) fn sheet(items: &[Item]) -> Sheet<'_, Item> {
    Sheet::of("order_items", items)
        .count_from("order_item_id", 1)
        .int("order_id", |item| i64::from(item.order) + 1)
        .int("product_id", |item| i64::from(item.product) + 1)
        .moment("ordered_at", |item| item.ordered)
        .text("order_status", |item| item.status)
        .int("quantity", |item| i64::from(item.quantity))
        .money("unit_price_usd", |item| item.unit_price)
        .money("gross_amount_usd", Item::gross)
        .money("discount_usd", |item| item.discount)
        .money("amount_usd", Item::amount)
        .money("cost_usd", |item| item.cost)
}

/// The order a basket is filled for.
pub(crate) struct Basket<'a> {
    pub(crate) order: u32,
    pub(crate) day: &'a Day,
    pub(crate) country: usize,
    /// What a coupon takes off, 0 to 1.
    pub(crate) off: f64,
    pub(crate) status: &'static str,
    /// Unix seconds.
    pub(crate) ordered: i64,
}

/// Fills baskets.
pub(crate) struct Shelves<'a> {
    catalogue: &'a Catalogue,
    lines: Weights,
    pieces: Weights,
}

impl<'a> Shelves<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue) -> Self {
        Self {
            catalogue,
            lines: Weights::new(LINES),
            pieces: Weights::new(PIECES),
        }
    }

    /// Appends the lines of one order; all are of different products.
    pub(crate) fn fill(&self, basket: &Basket<'_>, items: &mut Vec<Item>, draws: &mut Draws) {
        let first = items.len();
        for line in 0..=draws.pick(&self.lines) {
            let viral = line == 0 && draws.chance(stories::viral(basket.day.left));
            let product = if viral {
                self.catalogue.viral
            } else {
                self.choose(basket.day, draws)
            };
            if items[first..]
                .iter()
                .all(|item| usize::from(item.product) != product)
            {
                let item = self.item(product, basket, draws);
                items.push(item);
            }
        }
    }

    fn choose(&self, day: &Day, draws: &mut Draws) -> usize {
        loop {
            let place = draws.pick(&self.catalogue.popularity);
            let product = &self.catalogue.products[place];
            let liked = draws.chance(seasons::taste(product.category, day.date) / MOST_TASTE);
            let put_off = dearer(product.category, day) && draws.chance(PUT_OFF);
            if liked && !put_off && product.launched <= day.epoch {
                return place;
            }
        }
    }

    fn item(&self, place: usize, basket: &Basket<'_>, draws: &mut Draws) -> Item {
        let product = &self.catalogue.products[place];
        let quantity = draws.pick(&self.pieces) as u8 + 1;
        let rise = if dearer(product.category, basket.day) {
            stories::PRICE_RISE_FACTOR
        } else {
            1.0
        };
        let price = product.price as f64 * COUNTRIES[basket.country].price * rise;
        let unit_price = price.round() as i64;
        let gross = unit_price * i64::from(quantity);
        Item {
            order: basket.order,
            product: place as u16,
            quantity,
            unit_price,
            discount: (gross as f64 * basket.off).round() as i64,
            status: basket.status,
            ordered: basket.ordered,
            cost: product.cost * i64::from(quantity),
        }
    }
}

fn dearer(category: Category, day: &Day) -> bool {
    category == stories::PRICE_RISE_CATEGORY && day.within(stories::PRICE_RISE)
}
