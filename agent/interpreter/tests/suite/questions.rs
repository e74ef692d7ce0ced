//! Questions of every form over two catalogues that share nothing, in three languages.

use crate::catalogs::{hotel, shop};
use crate::shown::{check, lexicon};

#[test]
fn values() {
    check(
        &lexicon(shop()),
        &[
            (
                "how was revenue last week?",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
            (
                "give me the total number of orders for the last 7 days please",
                "orders | 2026-11-13..2026-11-19 | vs before",
            ),
            (
                "how much did we sell yesterday?",
                "revenue | 2026-11-19..2026-11-19 | vs before",
            ),
            ("what's our revenue?", "revenue"),
            ("monthly recurring revenue", "mrr"),
            ("MRR last month", "mrr | 2026-10-01..2026-10-31 | vs before"),
            (
                "net_revenue in October 2025",
                "net_revenue | 2025-10-01..2025-10-31 | vs before",
            ),
            (
                "revenue, orders and AOV for October",
                "revenue + orders + average_order_value | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "orders vs sessions last 30 days",
                "orders + sessions | 2026-10-21..2026-11-19 | vs before",
            ),
            (
                "revenue on Black Friday",
                "revenue | 2025-11-28..2025-11-28 | vs before",
            ),
            ("revenue until June", "revenue | 2024-10-20..2026-06-30"),
            (
                "cuánto vendimos ayer",
                "revenue | 2026-11-19..2026-11-19 | vs before",
            ),
            (
                "¿cuántos pedidos hubo la semana pasada?",
                "orders | 2026-11-09..2026-11-15 | vs before",
            ),
            (
                "quanto vendemos ontem?",
                "revenue | 2026-11-19..2026-11-19 | vs before",
            ),
            (
                "como foi a taxa de conversão na semana passada?",
                "conversion_rate | 2026-11-09..2026-11-15 | vs before",
            ),
        ],
    );
}

#[test]
fn breakdowns_and_trends() {
    check(
        &lexicon(shop()),
        &[
            (
                "revenue by country last month",
                "revenue | by customer__country | 2026-10-01..2026-10-31",
            ),
            (
                "conversion rate per channel",
                "conversion_rate | by session__channel",
            ),
            (
                "revenue by country and channel",
                "revenue | by customer__country | by order__channel",
            ),
            (
                "revenue and orders by country this year",
                "revenue + orders | by customer__country | 2026-01-01..2026-11-20",
            ),
            (
                "mostre a receita dos últimos 6 meses por mês",
                "revenue | per month | 2026-05-01..2026-10-31",
            ),
            (
                "weekly orders this quarter",
                "orders | per week | 2026-10-01..2026-11-20",
            ),
            (
                "orders per day last week",
                "orders | per day | 2026-11-09..2026-11-15",
            ),
            (
                "trend of net revenue",
                "net_revenue | per month | 2025-11-01..2026-10-31",
            ),
            (
                "how has revenue evolved over time?",
                "revenue | per month | 2025-11-01..2026-10-31",
            ),
            ("daily orders", "orders | per day | 2026-10-21..2026-11-19"),
            (
                "orders by week and channel this quarter",
                "orders | by order__channel | per week | 2026-10-01..2026-11-20",
            ),
            (
                "line chart of orders last month",
                "orders | per day | 2026-10-01..2026-10-31",
            ),
            (
                "chart of revenue by country",
                "revenue | by customer__country",
            ),
            (
                "ingresos por país el mes pasado",
                "revenue | by customer__country | 2026-10-01..2026-10-31",
            ),
            (
                "ingresos por semana desde septiembre",
                "revenue | per week | 2026-09-01..2026-11-20",
            ),
            (
                "evolución mensual de las ventas en 2025",
                "revenue | per month | 2025-01-01..2025-12-31",
            ),
            (
                "vendas por canal na semana passada",
                "revenue | by order__channel | 2026-11-09..2026-11-15",
            ),
            (
                "evolução da receita",
                "revenue | per month | 2025-11-01..2026-10-31",
            ),
        ],
    );
}

#[test]
fn rankings() {
    check(
        &lexicon(shop()),
        &[
            (
                "top 5 products this month",
                "revenue | by product__name | 2026-11-01..2026-11-20 | top 5",
            ),
            (
                "orders by country, top 3, last month",
                "orders | by customer__country | 2026-10-01..2026-10-31 | top 3",
            ),
            (
                "qual foi o dia com mais pedidos em outubro",
                "orders | per day | 2026-10-01..2026-10-31 | top 1",
            ),
            (
                "top 3 channels by orders",
                "orders | by order__channel | top 3",
            ),
            (
                "worst 3 channels by conversion rate",
                "conversion_rate | by session__channel | bottom 3",
            ),
            (
                "which country had the most orders last month?",
                "orders | by customer__country | 2026-10-01..2026-10-31 | top 1",
            ),
            (
                "which countries had the fewest orders?",
                "orders | by customer__country | bottom 5",
            ),
            (
                "best selling products in Brazil",
                "revenue | by product__name | customer__country in BR | top 5",
            ),
            (
                "refunds last month by product top 10",
                "refunds | by product__name | 2026-10-01..2026-10-31 | top 10",
            ),
            ("best month for revenue", "revenue | per month | top 1"),
            (
                "¿cuáles fueron los 5 productos más vendidos este mes?",
                "revenue | by product__name | 2026-11-01..2026-11-20 | top 5",
            ),
            (
                "qué país tuvo más pedidos en octubre",
                "orders | by customer__country | 2026-10-01..2026-10-31 | top 1",
            ),
            (
                "los 3 peores canales por tasa de conversión",
                "conversion_rate | by session__channel | bottom 3",
            ),
            (
                "quais foram os 5 produtos mais vendidos neste mês?",
                "revenue | by product__name | 2026-11-01..2026-11-20 | top 5",
            ),
        ],
    );
}

#[test]
fn comparisons() {
    check(
        &lexicon(shop()),
        &[
            (
                "revenue this month vs last month",
                "revenue | 2026-11-01..2026-11-20 | vs before",
            ),
            (
                "compare conversion rate with last year",
                "conversion_rate | 2026-01-01..2026-11-20 | vs last year",
            ),
            (
                "revenue Q3 2025 vs Q3 2024",
                "revenue | 2025-07-01..2025-09-30 | vs last year",
            ),
            (
                "revenue in October vs August",
                "revenue | 2026-10-01..2026-10-31 | vs 2026-08-01..2026-08-31",
            ),
            (
                "orders in october compared to september",
                "orders | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "orders yesterday vs the day before",
                "orders | 2026-11-19..2026-11-19 | vs before",
            ),
            (
                "revenue last week vs same week last year",
                "revenue | 2026-11-09..2026-11-15 | vs 2025-11-10..2025-11-16",
            ),
            (
                "revenue this quarter compared with the same period last year",
                "revenue | 2026-10-01..2026-11-20 | vs last year",
            ),
            (
                "did we sell more in Brazil or Mexico last month",
                "revenue | by customer__country | 2026-10-01..2026-10-31 | customer__country in BR,MX",
            ),
            (
                "revenue in Brazil vs Mexico last quarter",
                "revenue | by customer__country | 2026-07-01..2026-09-30 | customer__country in BR,MX",
            ),
            (
                "compare Brazil and Mexico by revenue",
                "revenue | by customer__country | customer__country in BR,MX",
            ),
            (
                "revenue growth this month",
                "revenue | 2026-11-01..2026-11-20 | vs before",
            ),
            (
                "ingresos de este año contra el año pasado",
                "revenue | 2026-01-01..2026-11-20 | vs last year",
            ),
            (
                "comparar receita com o mês passado",
                "revenue | 2026-11-01..2026-11-20 | vs before",
            ),
        ],
    );
}

#[test]
fn filters() {
    check(
        &lexicon(shop()),
        &[
            (
                "revenue in Brazil by channel since June",
                "revenue | by order__channel | 2026-06-01..2026-11-20 | customer__country in BR",
            ),
            (
                "orders from mobile or desktop",
                "orders | order__device in mobile,desktop",
            ),
            (
                "revenue excluding Brazil and Mexico",
                "revenue | customer__country not BR,MX",
            ),
            (
                "revenue for electronics and toys by month this year",
                "revenue | per month | 2026-01-01..2026-11-20 | product__category in Electronics,Toys",
            ),
            (
                "orders where country is Brazil",
                "orders | customer__country in BR",
            ),
            (
                "orders from Mexico via email",
                "orders | customer__country in MX | order__channel in email",
            ),
            ("revenue in the US", "revenue | customer__country in US"),
            (
                "sessions on mobile devices",
                "sessions | session__device in mobile",
            ),
            (
                "ad spend for campaign Black Friday",
                "ad_spend | campaign__name in Black Friday",
            ),
            (
                "ad spend on Facebook",
                "ad_spend | campaign__platform in meta",
            ),
            ("ventas sin Brasil", "revenue | customer__country not BR"),
            (
                "receita no Brasil por dispositivo",
                "revenue | by order__device | customer__country in BR",
            ),
            (
                "revenue online last month",
                "which? Channel: online, Payment method: online",
            ),
        ],
    );
}

#[test]
fn typos_are_read_and_told() {
    let lexicon = lexicon(shop());
    check(
        &lexicon,
        &[
            (
                "revnue last wek",
                "revenue | 2026-11-09..2026-11-15 | vs before",
            ),
            ("orders by contry", "orders | by customer__country"),
            (
                "conversoin rate in Brazl",
                "conversion_rate | session__country in BR",
            ),
            ("ingrsos por pais", "revenue | by customer__country"),
        ],
    );
    let reading = crate::shown::read(&lexicon, "revnue by contry", None, &crate::shown::scope());
    assert_eq!(
        reading.notes,
        [
            "I read “revnue” as “Revenue”.",
            "I read “contry” as “Country”."
        ]
    );
    assert!(reading.confidence.score < 1.0);
}

#[test]
fn a_hotel_it_has_never_seen() {
    check(
        &lexicon(hotel()),
        &[
            (
                "occupancy last month",
                "occupancy_rate | 2026-10-01..2026-10-31 | vs before",
            ),
            (
                "ADR by hotel in September",
                "adr | by property__name | 2026-09-01..2026-09-30",
            ),
            (
                "top 3 hotels by RevPAR",
                "revpar | by property__name | top 3",
            ),
            (
                "room revenue at May House",
                "room_revenue | property__name in May House",
            ),
            (
                "room revenue in May",
                "room_revenue | 2026-05-01..2026-05-31 | vs before",
            ),
            (
                "room revenue for single rooms at Gran Via",
                "room_revenue | stay__room_type in single | property__name in Gran Vía",
            ),
            (
                "cancellations by source last 3 months",
                "cancelled_bookings | by stay__booking_channel | 2026-08-01..2026-10-31",
            ),
            (
                "nights sold via Booking.com",
                "nights | stay__booking_channel in Booking.com",
            ),
            (
                "ocupación por hotel el mes pasado",
                "occupancy_rate | by property__name | 2026-10-01..2026-10-31",
            ),
            (
                "receita de quartos por tipo de quarto",
                "room_revenue | by stay__room_type",
            ),
            (
                "revenue last month",
                "which? Room revenue, Food and beverage revenue",
            ),
            ("bookings last week", "which? Cancelled bookings"),
            ("what is RevPAR", "define revpar"),
        ],
    );
}

#[test]
fn other_than_numbers() {
    check(
        &lexicon(shop()),
        &[
            ("what is AOV?", "define average_order_value"),
            (
                "how is conversion rate calculated?",
                "define conversion_rate",
            ),
            ("¿Qué es el AOV?", "define average_order_value"),
            ("o que é o ROAS?", "define roas"),
            ("what can I ask?", "catalogue"),
            ("¿qué puedo preguntar?", "catalogue"),
            ("help", "help"),
            ("olá", "hello"),
            ("thanks!", "thanks"),
        ],
    );
}

#[test]
fn what_it_cannot_answer_is_refused_or_asked_about() {
    check(
        &lexicon(shop()),
        &[
            ("revenue in Wakanda", "refuse"),
            ("profit margin by planet", "refuse"),
            ("revenue by planet", "refuse"),
            ("sessions by product", "refuse"),
            ("why did revenue drop last week?", "why"),
            ("forecast revenue for next month", "forecast"),
            ("revenue next month", "refuse"),
            ("revenue last 24 hours", "refuse"),
            ("revenue by hour yesterday", "refuse"),
            ("revenue in Brazil and orders in Mexico", "refuse"),
            ("revenue last week and orders this month", "refuse"),
            (
                "revenue breakdown",
                "which? Country, Segment, Channel, Device",
            ),
            ("happy revenue last week", "refuse"),
            ("revenue in IN", "refuse"),
            ("alert me when revenue drops", "alert"),
            ("alert me when revenue is under 10k", "alert under 10000"),
            (
                "revenue without refunds",
                "which? Revenue, Refunds, Net revenue, Orders",
            ),
            (
                "customers last month",
                "which? New customers, Active customers",
            ),
            (
                "by country",
                "which? Revenue, Net revenue, Orders, Average order value",
            ),
            ("top 10", "which? Country, Segment, Channel, Device"),
        ],
    );
}
