//! Every function a definition may call, over values at the edges: the same in PostgreSQL and in
//! process.

use std::fmt::Write;

use almanac_metrics::Limits;

use super::same_rows::same;
use super::scratch::{Scratch, server};
use crate::suite::shop::{Asking, ask, open, write, zone};

/// Numbers at the edges, texts of several alphabets, days that clocks change on.
const EDGES: &str = "\
id,day,at,number,fraction,word,flag
1,1969-12-31,1969-12-31 23:59:59.5,-7,-2.5,Ñandú,true
2,1970-01-01,1970-01-01 00:00:00,0,0,,false
3,2026-03-29,2026-03-29 00:30:00,7,2.5,a-b-c,true
4,2026-03-29,2026-03-29 01:30:00,3,0.125,ÉCLAIR,
5,2026-10-25,2026-10-25 00:30:00,,1e9,  padded ,false
6,2026-10-25,2026-10-25 01:30:00,12,,日本語,true
7,2101-02-28,2101-02-28 12:00:00,5,3.5,x,true
";

/// One expression each, over a number or a text.
const NUMBERS: &[&str] = &[
    "abs(number)",
    "round(fraction)",
    "round(fraction, 1)",
    "ceil(fraction)",
    "floor(fraction)",
    "trunc(fraction)",
    "signum(fraction)",
    "power(number, 2)",
    "sqrt(fraction)",
    "ln(fraction)",
    "log10(number)",
    "exp(fraction)",
    "number % 4",
    "fraction % 2",
    "number % (number - 7)",
    "number / 2",
    "number / (number - 7)",
    "CAST(fraction AS INTEGER)",
    "CAST(flag AS INTEGER)",
    "CAST(number AS DECIMAL(10, 2)) / 3",
    "coalesce(number, 100)",
    "nullif(number, 7)",
    "greatest(number, 4)",
    "least(number, fraction)",
    "length(word)",
    "strpos(word, '-')",
    "CASE WHEN flag THEN 1 ELSE 2 END",
    "number * 3 - 1",
    "-number",
    "EXTRACT(year FROM day)",
    "EXTRACT(quarter FROM day)",
    "EXTRACT(month FROM day)",
    "EXTRACT(week FROM day)",
    "EXTRACT(day FROM day)",
    "EXTRACT(dow FROM day)",
    "EXTRACT(doy FROM day)",
    "EXTRACT(hour FROM at)",
    "EXTRACT(minute FROM at)",
    "EXTRACT(second FROM at)",
    "EXTRACT(epoch FROM at)",
    "day - CAST('2026-01-01' AS DATE)",
];
const WORDS: &[&str] = &[
    "lower(word)",
    "upper(word)",
    "btrim(word)",
    "ltrim(word)",
    "rtrim(word)",
    "btrim(word, 'x')",
    "substr(word, 2)",
    "substr(word, 2, 3)",
    "left(word, 2)",
    "right(word, 2)",
    "left(word, -1)",
    "replace(word, '-', '+')",
    "concat(word, '!', word)",
    "split_part(word, '-', 2)",
    "lpad(word, 4)",
    "lpad(word, 9, '*')",
    "rpad(word, 9, '*')",
    "reverse(word)",
    "word || '/' || word",
    "coalesce(word, 'none')",
    "CASE WHEN starts_with(word, 'a') THEN 'a' END",
    "CASE WHEN word LIKE '%-%' THEN 'like' WHEN word ILIKE 'é%' THEN 'ilike' END",
    "CAST(number AS VARCHAR)",
    "CAST(day AS VARCHAR)",
    "CAST(flag AS VARCHAR)",
    "initcap(word)",
];
const DAYS: &[&str] = &[
    "day + INTERVAL '1 month'",
    "day - INTERVAL '40 days'",
    "date_trunc('week', day)",
    "date_trunc('quarter', at)",
    "CAST(at AS DATE)",
    "at + INTERVAL '90 minutes'",
    "at",
];

#[tokio::test]
async fn every_function_at_the_edges() {
    let Some(url) = server() else { return };
    let mut yaml = "
models:
  - name: edges
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: edge
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
    derived_semantics:
      dimensions:
"
    .to_owned();
    for (index, expr) in WORDS.iter().enumerate() {
        writeln!(
            yaml,
            "        - {{name: w{index}, type: categorical, expr: \"{expr}\"}}"
        )
        .unwrap();
    }
    for (index, expr) in NUMBERS.iter().enumerate() {
        writeln!(
            yaml,
            "        - {{name: k{index}, type: categorical, expr: \"{expr}\"}}"
        )
        .unwrap();
    }
    for (index, expr) in DAYS.iter().enumerate() {
        writeln!(
            yaml,
            "        - {{name: d{index}, type: time, granularity: day, expr: \"{expr}\"}}"
        )
        .unwrap();
    }
    writeln!(yaml, "    metrics:\n      - {{name: edges, agg: count}}").unwrap();
    for (index, expr) in NUMBERS.iter().enumerate() {
        for agg in ["sum", "average", "min", "max", "median"] {
            writeln!(
                yaml,
                "      - {{name: {agg}_{index}, agg: {agg}, expr: \"{expr}\"}}"
            )
            .unwrap();
        }
    }
    let settings = zone("Europe/Madrid");
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", &yaml);
    write(folder.path(), "data/edges.csv", EDGES);
    let files = open(folder.path(), &settings).await;
    let files = files.unwrap_or_else(|error| panic!("{error}"));
    let scratch = Scratch::at(&url).await;
    let columns = "id bigint, day date, at timestamp, number bigint, fraction double precision, word text, flag boolean";
    scratch.table("edges", columns, EDGES).await;
    let database = scratch.open(&yaml, settings, Limits::default()).await;
    let database = database.unwrap_or_else(|error| panic!("{error}"));
    for index in 0..NUMBERS.len() {
        let names = ["sum", "average", "min", "max", "median"].map(|agg| format!("{agg}_{index}"));
        same(
            &files,
            &database,
            &ask(&names.each_ref().map(String::as_str)),
        )
        .await;
        same(
            &files,
            &database,
            &ask(&["edges"]).by(&format!("edge__k{index}")),
        )
        .await;
    }
    for index in 0..WORDS.len() {
        same(
            &files,
            &database,
            &ask(&["edges"]).by(&format!("edge__w{index}")),
        )
        .await;
    }
    for index in 0..DAYS.len() {
        for grain in ["day", "week", "month", "year"] {
            let name = format!("edge__d{index}__{grain}");
            same(&files, &database, &ask(&["edges"]).by(&name)).await;
        }
    }
    scratch.close().await;
}
