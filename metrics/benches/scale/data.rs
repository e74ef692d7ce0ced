//! Ten million order items, their orders, customers and products, in Parquet as a warehouse
//! exports them: several files in the order of time, amounts as decimals, a few values missing.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, Decimal128Array, Int32Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

pub(crate) const ITEMS: usize = 10_000_000;
const ITEMS_IN_FILE: usize = 1_250_000;
const ORDERS_IN_FILE: usize = 900_000;
const ROW_GROUP: usize = 250_000;
const CUSTOMERS: u64 = 250_000;
const PRODUCTS: u64 = 5_000;
/// Orders are spread evenly over the days of 2024 and 2025.
const DAYS: u64 = 731;
const FIRST_DAY: u64 = 19_723;
const ORDERS: u64 = 3_509_000;

const COUNTRIES: [&str; 12] = [
    "BR", "US", "MX", "AR", "CL", "CO", "PT", "ES", "FR", "DE", "GB", "IT",
];
const CATEGORIES: [&str; 20] = [
    "chairs", "lamps", "tables", "sofas", "beds", "rugs", "shelves", "desks", "mirrors", "clocks",
    "plants", "vases", "towels", "pots", "knives", "plates", "glasses", "pillows", "blankets",
    "curtains",
];
const CHANNELS: [&str; 4] = ["web", "app", "store", "partner"];
const STATES: [&str; 3] = ["paid", "paid", "refunded"];

/// What the tables mean.
pub(crate) const DEFINITIONS: &str = r#"
models:
  - name: order_items
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_at
    columns:
      - {name: order_item_id, entity: {type: primary, name: order_item}}
      - {name: order_id, entity: {type: foreign, name: order}}
      - {name: product_id, entity: {type: foreign, name: product}}
      - {name: ordered_at, granularity: second, dimension: {type: time}}
      - {name: channel, dimension: {type: categorical}}
    metrics:
      - {name: revenue, agg: sum, expr: amount}
      - {name: cost, agg: sum, expr: cost}
      - {name: units, agg: sum, expr: quantity}
      - {name: buyers, agg: count_distinct, expr: customer_id}
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_at
    columns:
      - {name: order_id, entity: {type: primary, name: order}}
      - {name: customer_id, entity: {type: foreign, name: customer}}
      - {name: ordered_at, granularity: second, dimension: {type: time}}
      - {name: status, dimension: {type: categorical}}
    metrics:
      - {name: orders, agg: count}
  - name: customers
    semantic_model: {enabled: true}
    agg_time_dimension: signed_up_on
    columns:
      - {name: customer_id, entity: {type: primary, name: customer}}
      - {name: country, dimension: {type: categorical}}
      - {name: signed_up_on, granularity: day, dimension: {type: time}}
    metrics:
      - {name: customers, agg: count}
  - name: products
    semantic_model: {enabled: true}
    primary_entity: product
    columns:
      - {name: product_id, entity: {type: primary, name: product}}
      - {name: name, dimension: {type: categorical}}
      - {name: category, dimension: {type: categorical}}
metrics:
  - {name: cost_share, type: ratio, numerator: cost, denominator: revenue}
"#;

/// The folder with the data and its definitions, made if it is not there.
pub(crate) fn ensure(folder: &Path) -> PathBuf {
    if !folder.exists() {
        let half = folder.with_extension("partial");
        if half.exists() {
            fs::remove_dir_all(&half).unwrap();
        }
        make(&half.join("data"));
        fs::rename(&half, folder).unwrap();
    }
    fs::write(folder.join("metrics.yml"), DEFINITIONS).unwrap();
    folder.to_owned()
}

/// The tables' names.
pub(crate) const TABLES: [&str; 4] = ["order_items", "orders", "customers", "products"];

fn make(folder: &Path) {
    fs::create_dir_all(folder.join("order_items")).unwrap();
    fs::create_dir_all(folder.join("orders")).unwrap();
    let mut random = Random(20_261_120);
    customers(folder, &mut random);
    products(folder);
    let (mut orders, mut items) = (Orders::default(), Items::default());
    let (mut order, mut count) = (0_u64, 0_usize);
    while count < ITEMS {
        // Some customers come often.
        let share = random.below(1_000_000) * random.below(1_000_000) / 1_000_000;
        let customer = (share * CUSTOMERS / 1_000_000) as i64;
        let at = moment(order, &mut random);
        orders.push(order as i64, customer, at, &mut random);
        for _ in 0..items_of(&mut random) {
            if count == ITEMS {
                break;
            }
            items.push((count as i64, order as i64, customer), at, &mut random);
            count += 1;
        }
        if items.id.len() >= ITEMS_IN_FILE || count == ITEMS {
            let file = format!("order_items/part-{:02}.parquet", count / ITEMS_IN_FILE);
            std::mem::take(&mut items).write(&folder.join(file));
        }
        order += 1;
        if orders.id.len() >= ORDERS_IN_FILE || count == ITEMS {
            let file = format!("orders/part-{:02}.parquet", order as usize / ORDERS_IN_FILE);
            std::mem::take(&mut orders).write(&folder.join(file));
        }
    }
}

/// Microseconds since 1970: later orders later, to within a day.
fn moment(order: u64, random: &mut Random) -> i64 {
    let day = (order * DAYS / ORDERS).min(DAYS - 1);
    ((FIRST_DAY + day) * 86_400 + random.below(86_400)) as i64 * 1_000_000
}

/// 2.85 on average.
fn items_of(random: &mut Random) -> u64 {
    match random.below(20) {
        0..4 => 1,
        4..9 => 2,
        9..14 => 3,
        14..16 => 4,
        _ => 5,
    }
}

#[derive(Default)]
struct Orders {
    id: Vec<i64>,
    customer: Vec<i64>,
    at: Vec<i64>,
    status: Vec<&'static str>,
    shipping: Vec<i128>,
}

impl Orders {
    fn push(&mut self, id: i64, customer: i64, at: i64, random: &mut Random) {
        self.id.push(id);
        self.customer.push(customer);
        self.at.push(at);
        self.status.push(random.of(&STATES));
        self.shipping.push(i128::from(random.below(2_000)));
    }

    fn write(self, file: &Path) {
        write(
            file,
            vec![
                ("order_id", integers(self.id)),
                ("customer_id", integers(self.customer)),
                ("ordered_at", moments(self.at)),
                ("status", Arc::new(StringArray::from(self.status))),
                ("shipping", decimals(self.shipping)),
            ],
        );
    }
}

#[derive(Default)]
struct Items {
    id: Vec<i64>,
    order: Vec<i64>,
    product: Vec<i64>,
    customer: Vec<i64>,
    at: Vec<i64>,
    channel: Vec<Option<&'static str>>,
    quantity: Vec<i32>,
    amount: Vec<i128>,
    cost: Vec<i128>,
}

impl Items {
    fn push(&mut self, (id, order, customer): (i64, i64, i64), at: i64, random: &mut Random) {
        self.id.push(id);
        self.order.push(order);
        self.product.push(random.below(PRODUCTS) as i64);
        self.customer.push(customer);
        self.at.push(at);
        let channel = random.of(&CHANNELS);
        self.channel
            .push((random.below(100) > 0).then_some(channel));
        let quantity = 1 + random.below(4);
        self.quantity.push(quantity as i32);
        let amount = i128::from(quantity * (100 + random.below(50_000)));
        self.amount.push(amount);
        self.cost
            .push(amount * i128::from(30 + random.below(40)) / 100);
    }

    fn write(self, file: &Path) {
        write(
            file,
            vec![
                ("order_item_id", integers(self.id)),
                ("order_id", integers(self.order)),
                ("product_id", integers(self.product)),
                ("customer_id", integers(self.customer)),
                ("ordered_at", moments(self.at)),
                ("channel", Arc::new(StringArray::from(self.channel))),
                ("quantity", Arc::new(Int32Array::from(self.quantity))),
                ("amount", decimals(self.amount)),
                ("cost", decimals(self.cost)),
            ],
        );
    }
}

fn customers(folder: &Path, random: &mut Random) {
    let ids: Vec<i64> = (0..CUSTOMERS as i64).collect();
    let names: Vec<String> = ids.iter().map(|id| format!("Customer {id:06}")).collect();
    let countries: Vec<Option<&str>> = ids
        .iter()
        .map(|_| {
            let country = random.of(&COUNTRIES);
            (random.below(50) > 0).then_some(country)
        })
        .collect();
    let days: Vec<i32> = ids
        .iter()
        .map(|_| (FIRST_DAY - 400 + random.below(400)) as i32)
        .collect();
    write(
        &folder.join("customers.parquet"),
        vec![
            ("customer_id", integers(ids)),
            ("name", Arc::new(StringArray::from(names))),
            ("country", Arc::new(StringArray::from(countries))),
            ("signed_up_on", Arc::new(Date32Array::from(days))),
        ],
    );
}

fn products(folder: &Path) {
    let ids: Vec<i64> = (0..PRODUCTS as i64).collect();
    let names: Vec<String> = ids.iter().map(|id| format!("Product {id:05}")).collect();
    let categories: Vec<&str> = (0..PRODUCTS as usize)
        .map(|id| CATEGORIES[id % CATEGORIES.len()])
        .collect();
    write(
        &folder.join("products.parquet"),
        vec![
            ("product_id", integers(ids)),
            ("name", Arc::new(StringArray::from(names))),
            ("category", Arc::new(StringArray::from(categories))),
        ],
    );
}

fn integers(values: Vec<i64>) -> ArrayRef {
    Arc::new(Int64Array::from(values))
}

fn moments(values: Vec<i64>) -> ArrayRef {
    Arc::new(TimestampMicrosecondArray::from(values))
}

fn decimals(values: Vec<i128>) -> ArrayRef {
    let values = Decimal128Array::from(values);
    Arc::new(values.with_precision_and_scale(12, 2).unwrap())
}

fn write(file: &Path, columns: Vec<(&str, ArrayRef)>) {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .build();
    let file = File::create(file).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize]
    }
}
