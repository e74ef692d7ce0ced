//! Names found by other words than their own: code-style names, abbreviations, acronyms, and words
//! of business that mean the same. Each trap is a word that means something else.

use almanac_agent_contract::Format;
use almanac_agent_interpreter::{Intent, Unit};
use almanac_metrics::{Catalog, MetricInfo};

use crate::catalogs::{M, dimension, metric, shop};
use crate::shown::{check, lexicon, read, scope};

const DIMS: &[&str] = &["unit__region"];

fn named(name: &'static str, label: &'static str) -> MetricInfo {
    metric(M {
        name,
        label,
        synonyms: &[],
        format: Format::Number,
        parent: None,
        semi: false,
        dims: DIMS,
    })
}

/// Metrics with these labels, and nothing else told of them.
fn bare(labels: &[(&'static str, &'static str)]) -> Catalog {
    Catalog {
        metrics: labels
            .iter()
            .map(|(name, label)| named(name, label))
            .collect(),
        dimensions: vec![dimension("unit__region", "Region", &[], &[("North", &[])])],
    }
}

/// What a warehouse calls its columns; nobody gave it a label or a synonym.
fn columns() -> Catalog {
    let of = |name, label| MetricInfo {
        dimensions: vec!["dim_cust__cust_cntry_cd".into(), "ord__sls_chnl".into()],
        ..named(name, label)
    };
    Catalog {
        metrics: vec![
            of("netRevenue", "netRevenue"),
            of("tot_ord_cnt", "Tot ord cnt"),
            of("avg_ord_val_amt", "Avg ord val amt"),
            of("refund_qty", "Refund qty"),
        ],
        dimensions: vec![
            dimension(
                "dim_cust__cust_cntry_cd",
                "Cust cntry cd",
                &[],
                &[("BR", &[]), ("MX", &[])],
            ),
            dimension(
                "ord__sls_chnl",
                "Sls chnl",
                &[],
                &[("web", &[]), ("store", &[])],
            ),
        ],
    }
}

#[test]
fn names_in_the_style_of_code_alone_are_enough() {
    check(
        &lexicon(columns()),
        &[
            ("net revenue", "netRevenue"),
            (
                "net_revenue in Brazil",
                "netRevenue | dim_cust__cust_cntry_cd in BR",
            ),
            (
                "netRevenue by customer country",
                "netRevenue | by dim_cust__cust_cntry_cd",
            ),
            (
                "ingresos netos por país",
                "netRevenue | by dim_cust__cust_cntry_cd",
            ),
            (
                "refund quantity by sls chnl",
                "refund_qty | by ord__sls_chnl",
            ),
            (
                "receita líquida por país",
                "netRevenue | by dim_cust__cust_cntry_cd",
            ),
        ],
    );
}

#[test]
fn acronyms_and_their_words_find_one_another() {
    let spelled = bare(&[
        ("aov", "Average order value"),
        ("monthly_rr", "Monthly recurring revenue"),
        ("revenue", "Revenue"),
        ("return_on_ad_spend", "Return on ad spend"),
    ]);
    check(
        &lexicon(spelled),
        &[
            ("AOV last month", "aov | 2026-10-01..2026-10-31 | vs before"),
            ("MRR", "monthly_rr"),
            ("ROAS by region", "return_on_ad_spend | by unit__region"),
            ("ticket medio", "aov"),
            ("ticket promedio por región", "aov | by unit__region"),
        ],
    );
    let short = bare(&[("m1", "GMV"), ("m2", "CAC"), ("m3", "NPS")]);
    check(
        &lexicon(short),
        &[
            ("gross merchandise value", "m1"),
            (
                "customer acquisition cost by region",
                "m2 | by unit__region",
            ),
            ("net promoter score", "m3"),
            ("average order value", "refuse"),
        ],
    );
    let in_spanish = bare(&[("vmp", "Valor medio del pedido"), ("pedidos", "Pedidos")]);
    check(
        &lexicon(in_spanish),
        &[("AOV", "vmp"), ("average order value", "vmp")],
    );
}

#[test]
fn initials_that_two_metrics_share_are_nobodys() {
    let shared = bare(&[
        ("one", "Total Repair Time"),
        ("two", "Total Response Time"),
        ("three", "First Reply Quota"),
    ]);
    check(&lexicon(shared), &[("TRT", "refuse"), ("FRQ", "three")]);
}

#[test]
fn abbreviations_stand_for_words_of_names() {
    check(
        &lexicon(shop()),
        &[
            ("rev by prod cat", "revenue | by product__category"),
            (
                "net rev last month",
                "net_revenue | 2026-10-01..2026-10-31 | vs before",
            ),
            ("vtas por cat", "revenue | by product__category"),
            ("conv rate", "conversion_rate"),
        ],
    );
}

#[test]
fn words_of_every_trade_are_known_in_three_languages() {
    for (label, questions) in [
        (
            "Hires",
            &[
                "contrataciones",
                "contratações",
                "how many people did we hire?",
            ][..2],
        ),
        (
            "Signups",
            &["sign-ups", "registrations", "cadastros", "inscripciones"][..],
        ),
        ("Enrollments", &["matrículas", "enrolments"]),
        ("Students", &["alumnos", "alunos", "learners"]),
        ("Complaints", &["quejas", "reclamações"]),
        ("Shipments", &["envíos", "embarques"]),
        ("Emissions", &["emisiones", "emissões"]),
        ("Headcount", &["employees", "funcionários", "head count"]),
        ("Prescriptions", &["prescription"]),
        ("Renewals", &["renovaciones", "renovações"]),
        ("Players", &["jugadores", "jogadores", "gamers"]),
        ("Donations", &["donaciones", "doações"]),
        ("Harvest", &["cosecha", "colheita"]),
        ("Downtime", &["inactividad"]),
        ("Tips", &["propinas", "gorjetas"]),
        ("Passengers", &["pasajeros", "passageiros"]),
        ("Invoices", &["facturas", "notas fiscais"]),
        (
            "Customer acquisition cost",
            &["custo de aquisição de clientes", "CAC"],
        ),
        ("Cost of goods sold", &["costo de ventas", "COGS"]),
        ("Average order value", &["avg order val"]),
        ("Tickets closed", &["chamados fechados", "tickets cerrados"]),
        (
            "Units produced",
            &["unidades producidas", "unidades produzidas"],
        ),
        (
            "Late deliveries",
            &["entregas atrasadas", "delayed deliveries"],
        ),
        (
            "Average delivery time",
            &["prazo médio de entrega", "plazo medio de entrega"],
        ),
        ("Attrition rate", &["employee turnover", "staff turnover"]),
    ] {
        let lexicon = lexicon(bare(&[("wanted", label), ("margin", "Margin")]));
        for question in questions {
            check(&lexicon, &[(question, "wanted")]);
        }
    }
}

#[test]
fn what_only_sounds_alike_is_refused() {
    for (label, question) in [
        ("Net revenue", "net income"),
        ("Net revenue", "net profit"),
        ("Revenue", "profit"),
        ("Revenue", "earnings"),
        ("Turnover", "employee turnover"),
        ("Refunds", "returns"),
        ("Users", "customers"),
        ("Subscribers", "subscriptions"),
        ("Cancellations", "churn"),
        ("Tax", "taxa"),
        ("Rating", "rate"),
        ("Visits", "visitantes"),
        ("Market", "marketing"),
        ("Production", "product"),
        ("Contracts", "contrataciones"),
        ("Assets", "activos"),
        ("Cost", "spend"),
    ] {
        let lexicon = lexicon(bare(&[("other", label), ("zyx", "Zyx")]));
        check(&lexicon, &[(question, "refuse")]);
    }
}

#[test]
fn the_very_word_in_another_name_is_asked_about() {
    let hospital = bare(&[
        ("billing", "Facturación"),
        ("admitted", "Ingresos hospitalarios"),
    ]);
    check(
        &lexicon(hospital),
        &[
            (
                "ingresos el mes pasado",
                "which? Facturación, Ingresos hospitalarios",
            ),
            ("facturación", "billing"),
            ("ingresos hospitalarios", "admitted"),
        ],
    );
    let shop = bare(&[("revenue", "Revenue"), ("tax", "Sales tax")]);
    check(
        &lexicon(shop),
        &[("sales", "revenue"), ("sales tax", "tax")],
    );
}

#[test]
fn column_names_of_a_warehouse_are_read() {
    let catalog = bare(&[
        ("tot_sls_amt", "Tot sls amt"),
        ("nbr_of_txns", "Nbr of txns"),
        ("avg_bskt_sz", "Avg bskt sz"),
        ("cust_cnt", "Cust cnt"),
        ("gm_pct", "Gm pct"),
        ("rtn_rt", "Rtn rt"),
    ]);
    check(
        &lexicon(catalog),
        &[
            ("total sales", "tot_sls_amt"),
            ("transactions by region", "nbr_of_txns | by unit__region"),
            ("number of customers", "cust_cnt"),
            ("gross margin", "gm_pct"),
            ("return rate", "rtn_rt"),
        ],
    );
}

#[test]
fn two_metrics_of_one_synonym_are_asked_about() {
    let mut catalog = shop();
    for info in &mut catalog.metrics {
        if info.name == "gross_profit" || info.name == "gross_margin" {
            info.synonyms.push("earnings".into());
        }
    }
    check(
        &lexicon(catalog),
        &[("earnings last month", "which? Gross margin, Gross profit")],
    );
}

#[test]
fn a_word_of_a_description_suggests_and_never_answers() {
    let mut catalog = bare(&[("dwell", "Dwell"), ("lag", "Lag")]);
    catalog.metrics[0].description = "Minutes that lorries spend at the gate.".into();
    let lexicon = lexicon(catalog);
    let reading = read(&lexicon, "lorries last week", None, &scope());
    assert!(reading.query().is_none());
    let Intent::Refuse { text, .. } = &reading.intent else {
        panic!("{:?}", reading.intent);
    };
    assert!(text.contains("Dwell") && !text.contains("Lag"), "{text}");
}

#[test]
fn what_numbers_are_numbers_of_is_told() {
    let mut catalog = shop();
    for (name, format) in [
        ("orders", Format::Unit("days".into())),
        ("sessions", Format::Duration),
        ("roas", Format::Unit("kg".into())),
    ] {
        let info = catalog.metrics.iter_mut().find(|info| info.name == name);
        info.expect("a metric of the shop").format = format;
    }
    let lexicon = lexicon(catalog);
    for (name, unit) in [
        ("revenue", Some(Unit::Money)),
        ("refund_rate", Some(Unit::Share)),
        ("orders", Some(Unit::Time)),
        ("sessions", Some(Unit::Time)),
        ("roas", Some(Unit::Count)),
        ("new_customers", Some(Unit::Count)),
        ("unheard", None),
    ] {
        assert_eq!(lexicon.unit_of(name), unit, "{name}");
    }
}
