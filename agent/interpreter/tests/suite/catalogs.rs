//! Catalogues built in code: a shop much like the demo's, and a hotel that shares nothing with it.

use almanac_agent_contract::{Direction, Format, Grain, Value};
use almanac_metrics::{
    Catalog, Coverage, DimensionInfo, DimensionKind, MetricInfo, MetricKind, ValueInfo,
};
use jiff::civil::date;

pub(crate) struct M {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) synonyms: &'static [&'static str],
    pub(crate) format: Format,
    pub(crate) parent: Option<&'static str>,
    pub(crate) semi: bool,
    pub(crate) dims: &'static [&'static str],
}

pub(crate) fn metric(m: M) -> MetricInfo {
    MetricInfo {
        name: m.name.into(),
        label: m.label.into(),
        description: String::new(),
        definition: String::new(),
        kind: MetricKind::Simple,
        inputs: Vec::new(),
        synonyms: m.synonyms.iter().map(|s| (*s).to_owned()).collect(),
        format: m.format,
        direction: Some(Direction::Up),
        parent: m.parent.map(str::to_owned),
        semi_additive: m.semi,
        dimensions: m.dims.iter().map(|s| (*s).to_owned()).collect(),
        entities: Vec::new(),
        counts: None,
        finest_grain: Grain::Day,
        late_days: 0,
        owner: None,
        verified_questions: Vec::new(),
        coverage: Some(Coverage {
            first: date(2024, 10, 20),
            last: date(2026, 11, 19),
            gaps: Vec::new(),
        }),
    }
}

pub(crate) fn dimension(
    name: &str,
    label: &str,
    synonyms: &[&str],
    values: &[(&str, &[&str])],
) -> DimensionInfo {
    DimensionInfo {
        name: name.into(),
        label: label.into(),
        description: String::new(),
        synonyms: synonyms.iter().map(|s| (*s).to_owned()).collect(),
        kind: DimensionKind::Categorical,
        numeric: false,
        values: values
            .iter()
            .map(|(value, names)| ValueInfo {
                value: Value::Text((*value).to_owned()),
                synonyms: names.iter().map(|s| (*s).to_owned()).collect(),
            })
            .collect(),
        complete: true,
    }
}

pub(crate) fn shop() -> Catalog {
    const ORDER: &[&str] = &[
        "customer__country",
        "order__channel",
        "order__device",
        "order__payment_method",
        "customer__segment",
    ];
    const ITEM: &[&str] = &[
        "customer__country",
        "order__channel",
        "order__device",
        "order__payment_method",
        "customer__segment",
        "product__name",
        "product__category",
    ];
    const SESSION: &[&str] = &["session__channel", "session__device", "session__country"];
    const AD: &[&str] = &["campaign__name", "campaign__platform"];
    let m = |name, label, synonyms, format, parent, dims| {
        metric(M {
            name,
            label,
            synonyms,
            format,
            parent,
            semi: false,
            dims,
        })
    };
    let money = || Format::Currency(None);
    Catalog {
        metrics: vec![
            m(
                "revenue",
                "Revenue",
                &["sales", "turnover", "ingresos", "ventas", "receita"],
                money(),
                None,
                ITEM,
            ),
            m(
                "net_revenue",
                "Net revenue",
                &["net sales"],
                money(),
                Some("revenue"),
                ITEM,
            ),
            m(
                "orders",
                "Orders",
                &["purchases", "number of orders"],
                Format::Number,
                Some("revenue"),
                ORDER,
            ),
            m(
                "average_order_value",
                "Average order value",
                &["AOV", "basket size", "ticket medio"],
                money(),
                Some("revenue"),
                ORDER,
            ),
            m(
                "units_sold",
                "Units sold",
                &["items sold"],
                Format::Number,
                Some("revenue"),
                ITEM,
            ),
            m(
                "refunds",
                "Refunds",
                &["refund amount", "refunded"],
                money(),
                Some("net_revenue"),
                ITEM,
            ),
            m(
                "refund_rate",
                "Refund rate",
                &[],
                Format::Percent,
                None,
                ITEM,
            ),
            m(
                "new_customers",
                "New customers",
                &["first-time buyers"],
                Format::Number,
                None,
                ORDER,
            ),
            m(
                "active_customers",
                "Active customers",
                &["buyers"],
                Format::Number,
                None,
                ORDER,
            ),
            m(
                "gross_margin",
                "Gross margin",
                &[],
                Format::Percent,
                None,
                ITEM,
            ),
            m("gross_profit", "Gross profit", &[], money(), None, ITEM),
            m(
                "sessions",
                "Sessions",
                &["visits", "traffic"],
                Format::Number,
                None,
                SESSION,
            ),
            m(
                "conversion_rate",
                "Conversion rate",
                &["CVR"],
                Format::Percent,
                None,
                SESSION,
            ),
            m(
                "ad_spend",
                "Ad spend",
                &["marketing spend"],
                money(),
                None,
                AD,
            ),
            m(
                "roas",
                "ROAS",
                &["return on ad spend"],
                Format::Number,
                None,
                AD,
            ),
            metric(M {
                name: "mrr",
                label: "Monthly recurring revenue",
                synonyms: &["MRR"],
                format: money(),
                parent: None,
                semi: true,
                dims: &["subscription__plan", "customer__country"],
            }),
            metric(M {
                name: "active_subscriptions",
                label: "Active subscriptions",
                synonyms: &["subscribers"],
                format: Format::Number,
                parent: None,
                semi: true,
                dims: &["subscription__plan"],
            }),
            m(
                "churn_rate",
                "Churn rate",
                &[],
                Format::Percent,
                None,
                &["subscription__plan"],
            ),
        ],
        dimensions: vec![
            dimension(
                "customer__country",
                "Country",
                &["market"],
                &[
                    ("BR", &["Brazil", "Brasil"]),
                    ("MX", &["Mexico", "México"]),
                    ("ES", &["Spain", "España"]),
                    ("US", &["United States", "USA"]),
                    ("DE", &["Germany"]),
                    ("PT", &["Portugal"]),
                ],
            ),
            dimension(
                "session__country",
                "Country",
                &["market"],
                &[
                    ("BR", &["Brazil", "Brasil"]),
                    ("MX", &["Mexico", "México"]),
                    ("ES", &["Spain", "España"]),
                    ("US", &["United States", "USA"]),
                    ("DE", &["Germany"]),
                    ("PT", &["Portugal"]),
                ],
            ),
            dimension(
                "customer__segment",
                "Segment",
                &["customer type"],
                &[("consumer", &[]), ("business", &["b2b"])],
            ),
            dimension(
                "order__channel",
                "Channel",
                &["sales channel"],
                &[
                    ("organic", &[]),
                    ("paid_search", &[]),
                    ("email", &[]),
                    ("social", &[]),
                    ("direct", &[]),
                    ("online", &[]),
                ],
            ),
            dimension(
                "session__channel",
                "Channel",
                &["traffic source"],
                &[
                    ("organic", &[]),
                    ("paid_search", &[]),
                    ("email", &[]),
                    ("social", &[]),
                    ("direct", &[]),
                ],
            ),
            dimension(
                "order__device",
                "Device",
                &[],
                &[("mobile", &[]), ("desktop", &[]), ("tablet", &[])],
            ),
            dimension(
                "session__device",
                "Device",
                &[],
                &[("mobile", &[]), ("desktop", &[]), ("tablet", &[])],
            ),
            dimension(
                "order__payment_method",
                "Payment method",
                &[],
                &[
                    ("credit_card", &[]),
                    ("pix", &[]),
                    ("paypal", &[]),
                    ("online", &[]),
                ],
            ),
            dimension(
                "product__name",
                "Product",
                &["item"],
                &[
                    ("Trail Backpack", &[]),
                    ("Wireless Mouse", &[]),
                    ("Desk Lamp", &[]),
                ],
            ),
            dimension(
                "product__category",
                "Category",
                &["product category"],
                &[("Electronics", &[]), ("Home", &[]), ("Toys", &[])],
            ),
            dimension(
                "campaign__name",
                "Campaign",
                &[],
                &[("Summer Sale", &[]), ("Black Friday", &[])],
            ),
            dimension(
                "campaign__platform",
                "Ad platform",
                &["platform"],
                &[("google", &[]), ("meta", &["Facebook"])],
            ),
            dimension(
                "subscription__plan",
                "Plan",
                &["tier"],
                &[("basic", &[]), ("pro", &[]), ("enterprise", &[])],
            ),
        ],
    }
}

pub(crate) fn hotel() -> Catalog {
    const STAY: &[&str] = &[
        "stay__room_type",
        "stay__booking_channel",
        "guest__nationality",
        "property__name",
    ];
    let m = |name, label, synonyms, format, dims| {
        metric(M {
            name,
            label,
            synonyms,
            format,
            parent: None,
            semi: false,
            dims,
        })
    };
    Catalog {
        metrics: vec![
            m(
                "room_revenue",
                "Room revenue",
                &[],
                Format::Currency(None),
                STAY,
            ),
            m(
                "food_revenue",
                "Food and beverage revenue",
                &["F&B revenue"],
                Format::Currency(None),
                &["property__name"],
            ),
            m(
                "occupancy_rate",
                "Occupancy rate",
                &["occupancy"],
                Format::Percent,
                &["stay__room_type", "property__name"],
            ),
            m(
                "adr",
                "Average daily rate",
                &["ADR"],
                Format::Currency(None),
                STAY,
            ),
            m(
                "revpar",
                "RevPAR",
                &["revenue per available room"],
                Format::Currency(None),
                &["property__name"],
            ),
            m(
                "cancelled_bookings",
                "Cancelled bookings",
                &["cancellations"],
                Format::Number,
                STAY,
            ),
            m(
                "nights",
                "Room nights",
                &["nights sold"],
                Format::Number,
                STAY,
            ),
            m(
                "guest_score",
                "Guest score",
                &["satisfaction"],
                Format::Number,
                &["property__name", "stay__room_type"],
            ),
        ],
        dimensions: vec![
            dimension(
                "stay__room_type",
                "Room type",
                &[],
                &[("single", &[]), ("double", &[]), ("suite", &[])],
            ),
            dimension(
                "stay__booking_channel",
                "Booking channel",
                &["source"],
                &[("Booking.com", &[]), ("walk_in", &[]), ("website", &[])],
            ),
            dimension(
                "guest__nationality",
                "Nationality",
                &["guest country"],
                &[("FR", &[]), ("IT", &[]), ("GB", &["British"])],
            ),
            dimension(
                "property__name",
                "Property",
                &["hotel"],
                &[("Playa Blanca", &[]), ("Gran Vía", &[]), ("May House", &[])],
            ),
        ],
    }
}
