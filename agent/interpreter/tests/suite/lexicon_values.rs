//! Values found by what people call them: countries by their names and peoples in three languages,
//! languages and currencies by name; and values that could be taken for something else.

use almanac_agent_contract::{Format, Value};
use almanac_metrics::{Catalog, DimensionInfo, ValueInfo};

use crate::catalogs::{M, dimension, metric, shop};
use crate::shown::{check, lexicon};

/// Orders by one dimension.
fn orders_by(dimensions: Vec<DimensionInfo>) -> Catalog {
    let mut orders = metric(M {
        name: "orders",
        label: "Orders",
        synonyms: &["pedidos"],
        format: Format::Number,
        parent: None,
        semi: false,
        dims: &[],
    });
    orders.dimensions = dimensions.iter().map(|info| info.name.clone()).collect();
    Catalog {
        metrics: vec![orders],
        dimensions,
    }
}

fn one(name: &str, label: &str, values: &[&str]) -> Catalog {
    let values: Vec<(&str, &[&str])> = values
        .iter()
        .map(|value| (*value, &[] as &[&str]))
        .collect();
    orders_by(vec![dimension(name, label, &[], &values)])
}

#[test]
fn countries_are_known_by_name_and_by_people() {
    let codes = one(
        "customer__country",
        "Country",
        &["BR", "MX", "DE", "KE", "JP"],
    );
    check(
        &lexicon(codes),
        &[
            ("orders in Brasil", "orders | customer__country in BR"),
            ("Brazilian orders", "orders | customer__country in BR"),
            (
                "orders from Brazilian customers",
                "orders | customer__country in BR",
            ),
            (
                "pedidos de clientes alemanes",
                "orders | customer__country in DE",
            ),
            ("orders from customers", "refuse"),
            ("orders from French customers", "refuse"),
            ("pedidos mexicanos", "orders | customer__country in MX"),
            ("pedidos alemanes", "orders | customer__country in DE"),
            ("pedidos alemães", "orders | customer__country in DE"),
            ("orders from Kenya", "orders | customer__country in KE"),
            ("pedidos no Japão", "orders | customer__country in JP"),
            ("French orders", "refuse"),
            ("pedidos de Suecia", "refuse"),
        ],
    );
    let written_out = one(
        "store__market",
        "Market",
        &["Brazil", "Spain", "United Kingdom"],
    );
    check(
        &lexicon(written_out),
        &[
            ("orders in UK", "orders | store__market in United Kingdom"),
            ("pedidos españoles", "orders | store__market in Spain"),
            (
                "pedidos no Reino Unido",
                "orders | store__market in United Kingdom",
            ),
        ],
    );
}

#[test]
fn codes_are_countries_only_where_there_are_countries() {
    let states = one("customer__state", "State", &["CA", "DE", "GA", "IN"]);
    check(
        &lexicon(states),
        &[
            ("orders in Canada", "refuse"),
            ("orders in Germany", "refuse"),
            ("orders in India", "refuse"),
        ],
    );
    let languages = one("user__language", "Language", &["en", "es", "pt-BR", "de"]);
    check(
        &lexicon(languages),
        &[
            ("orders in Germany", "refuse"),
            ("orders in German", "orders | user__language in de"),
            ("orders in Portuguese", "orders | user__language in pt-BR"),
            ("pedidos en español", "orders | user__language in es"),
        ],
    );
    let cuisines = one("place__cuisine", "Cuisine", &["Italian", "Mexican", "Thai"]);
    check(
        &lexicon(cuisines),
        &[
            ("orders in Italy", "refuse"),
            ("Italian orders", "orders | place__cuisine in Italian"),
        ],
    );
    let departments = one("employee__department", "Department", &["HR", "IT", "PR"]);
    check(
        &lexicon(departments),
        &[
            ("orders in Croatia", "refuse"),
            ("orders in Italy", "refuse"),
        ],
    );
}

#[test]
fn values_are_found_in_the_other_languages() {
    let shop = one(
        "product__category",
        "Category",
        &["Electronics", "Shoes", "Sales", "Mobile phones", "Books"],
    );
    check(
        &lexicon(shop),
        &[
            (
                "pedidos de electrónica",
                "orders | product__category in Electronics",
            ),
            ("pedidos de sapatos", "orders | product__category in Shoes"),
            ("pedidos de libros", "orders | product__category in Books"),
            ("orders of sales", "orders | product__category in Sales"),
            ("orders of turnover", "refuse"),
            ("orders of income", "refuse"),
        ],
    );
}

#[test]
fn a_value_that_is_called_like_a_metric_is_told_by_its_place() {
    let mut catalog = shop();
    for info in &mut catalog.dimensions {
        if info.name == "product__category" {
            info.values.push(ValueInfo {
                value: Value::Text("Orders".into()),
                synonyms: Vec::new(),
            });
        }
    }
    check(
        &lexicon(catalog),
        &[
            (
                "orders last month",
                "orders | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "revenue for category Orders",
                "revenue | product__category in Orders",
            ),
        ],
    );
}

#[test]
fn numbers_and_flags_are_known_by_the_names_they_were_given() {
    let mut tiers = dimension("customer__tier", "Tier", &[], &[]);
    for (value, name) in [(1, "gold"), (2, "silver")] {
        tiers.values.push(ValueInfo {
            value: Value::Integer(value),
            synonyms: vec![name.into()],
        });
    }
    check(
        &lexicon(orders_by(vec![tiers])),
        &[("orders of gold", "orders | customer__tier in Integer(1)")],
    );
}

/// A name for every number, of syllables.
fn spoken(mut n: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ku", "lo", "mi", "ne", "po", "ra", "si", "to", "ve", "wa", "xo", "yu", "za", "dri",
        "gle",
    ];
    let mut name = String::new();
    for _ in 0..5 {
        name.push_str(SYLLABLES[n % 16]);
        n /= 16;
    }
    name
}

#[test]
fn among_very_many_values_each_is_found_and_typos_stay_cautious() {
    let mut sellers = dimension("seller__name", "Seller", &[], &[]);
    sellers.values = (0..30_000)
        .map(|n| ValueInfo {
            value: Value::Text(format!("{} {}", spoken(n * 31), spoken(n + 7))),
            synonyms: Vec::new(),
        })
        .collect();
    sellers.complete = false;
    let lexicon = lexicon(orders_by(vec![sellers]));
    for n in [0, 1, 17, 29_999] {
        let name = format!("{} {}", spoken(n * 31), spoken(n + 7));
        let expected = format!("orders | seller__name in {name}");
        check(&lexicon, &[(&format!("orders of {name}"), &expected)]);
    }
    check(
        &lexicon,
        &[
            ("ordres by seller", "orders | by seller__name"),
            ("orders of unheard company", "refuse"),
        ],
    );
}
