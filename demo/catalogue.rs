//! The products: 400 in 12 categories, some far more popular than most.

use crate::calendar::Calendar;
use crate::draws::{Draws, Stream, Weights};
use crate::sheet::Sheet;
use crate::stories::VIRAL_PRODUCT;

const PRODUCTS: usize = 400;
/// How many products sell better than the one that goes viral does on a normal day.
const VIRAL_RANK: usize = 220;

/// A shelf of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Category {
    Lighting,
    Furniture,
    Kitchen,
    Tableware,
    Bedding,
    Bath,
    Decor,
    Rugs,
    Garden,
    Storage,
    Candles,
    Office,
}

/// What is particular to a category.
struct Shelf {
    category: Category,
    name: &'static str,
    /// USD for its middle product.
    price: f64,
    /// Purchase cost over list price.
    cost: f64,
    /// The share of its sold products that come back.
    refunded: f64,
    things: [&'static str; 6],
}

const fn shelf(
    category: Category,
    name: &'static str,
    [price, cost, refunded]: [f64; 3],
    things: [&'static str; 6],
) -> Shelf {
    Shelf {
        category,
        name,
        price,
        cost,
        refunded,
        things,
    }
}

static SHELVES: [Shelf; 12] = [
    shelf(
        Category::Lighting,
        "Lighting",
        [42.0, 0.46, 0.045],
        [
            "Table Lamp",
            "Pendant Lamp",
            "Floor Lamp",
            "Wall Light",
            "String Lights",
            "Night Light",
        ],
    ),
    shelf(
        Category::Furniture,
        "Furniture",
        [112.0, 0.58, 0.075],
        [
            "Side Table",
            "Stool",
            "Armchair",
            "Bookshelf",
            "Bench",
            "Nightstand",
        ],
    ),
    shelf(
        Category::Kitchen,
        "Kitchen",
        [27.0, 0.49, 0.035],
        [
            "Milk Frother",
            "Kettle",
            "Cutting Board",
            "Knife Set",
            "Pan",
            "Scale",
        ],
    ),
    shelf(
        Category::Tableware,
        "Tableware",
        [19.0, 0.44, 0.04],
        [
            "Plate Set",
            "Bowl Set",
            "Mug",
            "Carafe",
            "Cutlery Set",
            "Glasses",
        ],
    ),
    shelf(
        Category::Bedding,
        "Bedding",
        [39.0, 0.47, 0.055],
        [
            "Duvet Cover",
            "Pillow",
            "Sheet Set",
            "Throw",
            "Quilt",
            "Pillowcase",
        ],
    ),
    shelf(
        Category::Bath,
        "Bath",
        [16.0, 0.43, 0.03],
        [
            "Towel Set",
            "Bath Mat",
            "Robe",
            "Soap Dish",
            "Shower Curtain",
            "Mirror",
        ],
    ),
    shelf(
        Category::Decor,
        "Decor",
        [21.0, 0.41, 0.04],
        [
            "Vase",
            "Picture Frame",
            "Cushion",
            "Wall Clock",
            "Planter",
            "Bookend",
        ],
    ),
    shelf(
        Category::Rugs,
        "Rugs",
        [64.0, 0.52, 0.08],
        [
            "Wool Rug",
            "Jute Rug",
            "Runner",
            "Doormat",
            "Kids Rug",
            "Round Rug",
        ],
    ),
    shelf(
        Category::Garden,
        "Garden",
        [29.0, 0.5, 0.04],
        [
            "Lantern",
            "Watering Can",
            "Hammock",
            "Outdoor Cushion",
            "Bird Feeder",
            "Herb Kit",
        ],
    ),
    shelf(
        Category::Storage,
        "Storage",
        [15.0, 0.45, 0.025],
        [
            "Basket",
            "Box Set",
            "Hanger Set",
            "Shelf Organizer",
            "Laundry Bin",
            "Jar Set",
        ],
    ),
    shelf(
        Category::Candles,
        "Candles",
        [12.0, 0.36, 0.015],
        [
            "Scented Candle",
            "Candle Holder",
            "Tealight Set",
            "Diffuser",
            "Wax Melts",
            "Pillar Candle",
        ],
    ),
    shelf(
        Category::Office,
        "Office",
        [31.0, 0.48, 0.04],
        [
            "Desk Lamp",
            "Desk Organizer",
            "Notebook",
            "Pen Tray",
            "Monitor Stand",
            "Desk Mat",
        ],
    ),
];

static SERIES: [&str; 34] = [
    "Aurora",
    "Brisa",
    "Cedro",
    "Duna",
    "Estela",
    "Faro",
    "Girasol",
    "Horizonte",
    "Iris",
    "Jade",
    "Kumo",
    "Luna",
    "Mar",
    "Nido",
    "Ondas",
    "Palma",
    "Quarzo",
    "Ribera",
    "Salvia",
    "Terra",
    "Umbra",
    "Vento",
    "Willow",
    "Xilo",
    "Yuca",
    "Zafra",
    "Alba",
    "Bosque",
    "Coral",
    "Delta",
    "Ember",
    "Flora",
    "Gaia",
    "Halo",
];

static BRANDS: [&str; 14] = [
    "Lumen",
    "Casa Norte",
    "Oliva",
    "Hausmann",
    "Pindorama",
    "Tejido",
    "Nordlys",
    "Barro Vivo",
    "Atelier Sul",
    "Maple & Co",
    "Solar",
    "Linhas",
    "Cobre",
    "Everyday",
];

/// A product.
#[derive(Debug)]
pub(crate) struct Product {
    pub(crate) name: String,
    sku: String,
    pub(crate) category: Category,
    shelf: usize,
    brand: &'static str,
    /// List price in US cents, before the price rise.
    pub(crate) price: i64,
    /// What a piece costs the shop, in US cents.
    pub(crate) cost: i64,
    pub(crate) refunded: f64,
    /// The first day it could be bought, in days since 1970-01-01.
    pub(crate) launched: i32,
}

/// All products, and how likely each is to be bought.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub(crate) products: Vec<Product>,
    pub(crate) popularity: Weights,
    /// The place of the product that goes viral.
    pub(crate) viral: usize,
}

impl Catalogue {
    pub(crate) fn draw(calendar: &Calendar) -> Self {
        let mut draws = Draws::of(Stream::Catalogue);
        let products: Vec<Product> = (0..PRODUCTS)
            .map(|index| product(index, calendar, &mut draws))
            .collect();
        let viral = products
            .iter()
            .position(|p| p.name == VIRAL_PRODUCT)
            .unwrap_or(0);
        let ranks = ranks(viral, &mut draws);
        let popularity = Weights::new(products.iter().zip(&ranks).map(|(product, &rank)| {
            let cheapness = (3000.0 / product.price as f64).powf(0.35);
            cheapness / (rank as f64 + 4.0).powf(0.8)
        }));
        Self {
            products,
            popularity,
            viral,
        }
    }

    pub(crate) fn sheet(&self) -> Sheet<'_, Product> {
        Sheet::of("products", &self.products)
            .count_from("product_id", 1)
            .text("name", |product| &product.name)
            .text("sku", |product| &product.sku)
            .text("category", |product| SHELVES[product.shelf].name)
            .text("brand", |product| product.brand)
            .money("list_price_usd", |product| product.price)
            .date("launched_on", |product| product.launched)
    }
}

fn product(index: usize, calendar: &Calendar, draws: &mut Draws) -> Product {
    let (shelf, place) = (index % SHELVES.len(), index / SHELVES.len());
    let kind = &SHELVES[shelf];
    let dollars = (kind.price * draws.noise(0.42)).max(4.0);
    let price = (dollars.round() * 100.0) as i64 - 10;
    let days = calendar.days();
    let launched = if draws.chance(0.09) {
        days[draws.below(days.len() * 3 / 4)].epoch
    } else {
        days[0].epoch - 30 - draws.below(900) as i32
    };
    let launched = if place == 0 {
        launched.min(days[0].epoch - 30)
    } else {
        launched
    };
    Product {
        name: format!(
            "{} {}",
            SERIES[place % SERIES.len()],
            kind.things[place % kind.things.len()]
        ),
        sku: format!("{}-{:04}", &kind.name[..3].to_uppercase(), index + 1),
        category: kind.category,
        shelf,
        brand: BRANDS[draws.below(BRANDS.len())],
        price,
        cost: (price as f64 * kind.cost * draws.between(0.92, 1.08)).round() as i64,
        refunded: kind.refunded * draws.between(0.7, 1.3),
        launched,
    }
}

/// A shuffled order of popularity in which the viral product stands where it should.
fn ranks(viral: usize, draws: &mut Draws) -> Vec<usize> {
    let mut ranks: Vec<usize> = (0..PRODUCTS).collect();
    for place in (1..PRODUCTS).rev() {
        ranks.swap(place, draws.below(place + 1));
    }
    if let Some(holder) = ranks.iter().position(|&rank| rank == VIRAL_RANK) {
        ranks.swap(viral, holder);
    }
    ranks
}
