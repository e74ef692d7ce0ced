//! The binary as people and scripts use it: exit codes, one sentence on standard error.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value as Json;

use crate::shop::{NOW, configuration};

pub(crate) fn almanac(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_almanac"))
        .args(arguments)
        .current_dir(folder)
        .env("ALMANAC_DATA_DIR", folder.join("data"))
        .env_remove("DATABASE_URL")
        .output()
        .unwrap()
}

pub(crate) fn told(output: &Output) -> (Option<i32>, String) {
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    )
}

fn answer(output: &Output) -> Json {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[test]
fn ask_prints_one_json_object() {
    let folder = tempfile::tempdir().unwrap();
    configuration(folder.path(), 0);
    let asked = almanac(
        folder.path(),
        &["ask", "revenue last week", "--json", "--now", NOW],
    );
    assert_eq!(asked.status.code(), Some(0), "{asked:?}");
    let answer = answer(&asked);
    assert_eq!(answer["outcome"], "answer");
    assert_eq!(answer["query"]["metrics"][0], "revenue");
    assert_eq!(answer["period"]["start"], "2026-11-09");
    assert_eq!(answer["period"]["end"], "2026-11-15");
    assert_eq!(answer["period"]["zone"], "America/Sao_Paulo");
    assert_eq!(answer["badge"], "governed");
    assert!(answer["table"]["rows"][0][0].as_f64().unwrap() > 0.0);
    assert!(answer["sql"].as_str().unwrap().contains("SELECT"));
    assert!(answer["timing_ms"]["total"].as_f64().unwrap() > 0.0);
}

#[test]
fn a_conversation_goes_on_across_commands() {
    let folder = tempfile::tempdir().unwrap();
    configuration(folder.path(), 0);
    let ask = |question| {
        let arguments = [
            "ask",
            question,
            "--json",
            "--now",
            NOW,
            "--conversation",
            "c1",
        ];
        answer(&almanac(folder.path(), &arguments))
    };
    ask("revenue last week");
    let followed = ask("by country");
    assert_eq!(followed["query"]["group_by"][0], "customer__country");
    assert_eq!(followed["period"]["start"], "2026-11-09");
}

#[test]
fn a_refusal_is_a_no() {
    let folder = tempfile::tempdir().unwrap();
    configuration(folder.path(), 0);
    let asked = almanac(
        folder.path(),
        &["ask", "purple elephants sing", "--json", "--now", NOW],
    );
    assert_eq!(asked.status.code(), Some(1));
    assert_eq!(answer(&asked)["outcome"], "refuse");
}

#[test]
fn a_batch_answers_every_line() {
    let folder = tempfile::tempdir().unwrap();
    configuration(folder.path(), 0);
    let lines = format!(
        "{{\"id\": 1, \"question\": \"orders yesterday\", \"now\": \"{NOW}\"}}\n\
         {{\"id\": \"two\", \"turns\": [\"revenue last month\"], \"question\": \"by country\", \"now\": \"{NOW}\"}}\n\
         {{\"id\": 3, \"qestion\": \"orders\"}}\n\
         {{\"id\": 4, \"question\": \"\"}}\n"
    );
    std::fs::write(folder.path().join("q.jsonl"), lines).unwrap();
    let asked = almanac(folder.path(), &["ask", "--batch", "q.jsonl"]);
    assert_eq!(asked.status.code(), Some(0), "{asked:?}");
    let out: Vec<Json> = String::from_utf8(asked.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let outcomes: Vec<_> = out
        .iter()
        .map(|line| (line["id"].to_string(), line["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(
        outcomes,
        [
            ("1".into(), "answer"),
            ("\"two\"".into(), "answer"),
            ("3".into(), "error"),
            ("4".into(), "refuse")
        ]
    );
    assert_eq!(out[1]["query"]["time_range"]["start"], "2026-10-01");
    assert!(
        out[2]["text"].as_str().unwrap().starts_with("q.jsonl:3: "),
        "{}",
        out[2]
    );
}

#[test]
fn an_unknown_key_of_the_configuration_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = configuration(folder.path(), 0);
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("[metrics]", "zoom = 1\n[metrics]");
    std::fs::write(&path, text).unwrap();
    let (code, error) = told(&almanac(folder.path(), &["ask", "revenue"]));
    assert_eq!(code, Some(2));
    assert!(
        error.starts_with("almanac: almanac.toml:4: unknown field `zoom`"),
        "{error}"
    );
}

#[test]
fn a_zone_that_does_not_exist_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = configuration(folder.path(), 0);
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("America/Sao_Paulo", "Mars/Base");
    std::fs::write(&path, text).unwrap();
    let (code, error) = told(&almanac(folder.path(), &["metrics", "list"]));
    assert_eq!(code, Some(2));
    assert!(
        error.contains("\"Mars/Base\" is not an IANA time zone"),
        "{error}"
    );
}

#[test]
fn every_problem_of_a_manifest_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = configuration(folder.path(), 0);
    std::fs::write(
        folder.path().join("bad.yml"),
        "metrics:\n  - name: a\n    type: derived\n    expr: b + 1\n    input_metrics: [{name: b}]\n  \
         - name: b\n    type: derived\n    expr: a + 1\n    input_metrics: [{name: a}]\n  \
         - name: c\n    type: ratio\n    numerator: nothing\n    denominator: a\n",
    )
    .unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let start = text.find("definitions").unwrap();
    let end = start + text[start..].find('\n').unwrap();
    std::fs::write(
        &path,
        text.replace(&text[start..end], "definitions = [\"bad.yml\"]"),
    )
    .unwrap();
    let checked = almanac(folder.path(), &["metrics", "validate"]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert_eq!(checked.status.code(), Some(1), "{said}");
    assert!(said.contains("bad.yml:"), "{said}");
    assert!(
        said.contains("is computed from itself: a -> b -> a") && said.contains("nothing"),
        "{said}"
    );
    let (code, error) = told(&almanac(folder.path(), &["ask", "a"]));
    assert_eq!(code, Some(2), "{error}");
}

#[test]
fn a_corrupt_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = configuration(folder.path(), 0);
    let data = folder.path().join("broken");
    std::fs::create_dir(&data).unwrap();
    for entry in std::fs::read_dir(&crate::shop::shop().data).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), data.join(entry.file_name())).unwrap();
    }
    std::fs::write(data.join("orders.parquet"), b"not parquet at all").unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let whole = format!("{:?}", crate::shop::shop().data);
    std::fs::write(&path, text.replace(&whole, "\"broken\"")).unwrap();
    let (code, error) = told(&almanac(
        folder.path(),
        &["ask", "revenue last week", "--now", NOW],
    ));
    assert_eq!(code, Some(2), "{error}");
    assert!(error.contains("orders.parquet"), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn a_port_in_use_is_told_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (code, error) = told(&almanac(folder.path(), &["demo", "--port", &port]));
    assert_eq!(code, Some(2));
    assert!(
        error.starts_with(&format!("almanac: port {port} is in use")),
        "{error}"
    );
    assert!(!folder.path().join("data").exists());
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("data"),
        b"a file where the folder should be",
    )
    .unwrap();
    let (code, error) = told(&almanac(folder.path(), &["ask", "revenue"]));
    assert!(code == Some(1) || code == Some(2), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains("data"), "{error}");
}

#[test]
fn init_writes_a_configuration_that_reads_and_does_not_overwrite_it() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(almanac(folder.path(), &["init"]).status.code(), Some(0));
    let (code, error) = told(&almanac(folder.path(), &["init"]));
    assert_eq!(code, Some(2));
    assert!(error.contains("--force"), "{error}");
    let (code, error) = told(&almanac(folder.path(), &["metrics", "list"]));
    assert_eq!(code, Some(2));
    assert!(error.contains("path data is not a folder"), "{error}");
}

#[test]
fn a_database_that_cannot_be_read_is_told_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(almanac(folder.path(), &["init"]).status.code(), Some(0));
    let file = folder.path().join("almanac.toml");
    let written = std::fs::read_to_string(&file).unwrap();
    std::fs::write(folder.path().join("metrics.yml"), "models: []").unwrap();
    let source = |url: &str| {
        let section = format!("kind = \"postgres\"\nurl = \"{url}\"\nschema = \"public\"\n");
        let (before, after) = written.split_once("kind = \"files\"").unwrap();
        let (_, after) = after.split_once("path = \"data\"").unwrap();
        std::fs::write(&file, format!("{before}{section}{after}")).unwrap();
    };
    source("env:ALMANAC_NO_SUCH_VARIABLE");
    let (code, error) = told(&almanac(folder.path(), &["metrics", "list"]));
    assert_eq!(code, Some(2));
    assert!(
        error.contains("the environment has no ALMANAC_NO_SUCH_VARIABLE"),
        "{error}"
    );
    std::fs::write(
        folder.path().join("metrics.yml"),
        "models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: order
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
    metrics: [{name: orders, agg: count}]
",
    )
    .unwrap();
    source("postgres://reader:hunter22@127.0.0.1:1/shop");
    let (code, error) = told(&almanac(folder.path(), &["metrics", "list"]));
    assert_eq!(code, Some(2));
    assert!(error.contains("the database cannot be opened"), "{error}");
    let doctor = almanac(folder.path(), &["doctor"]);
    assert_eq!(doctor.status.code(), Some(1));
    let doctor = String::from_utf8(doctor.stdout).unwrap();
    assert!(
        doctor.contains("MEND  metrics and data: the database cannot be opened"),
        "{doctor}"
    );
    for text in [&error, &doctor] {
        assert!(!text.contains("hunter22"), "{text}");
    }
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(almanac(folder.path(), &["ask"]).status.code(), Some(2));
    assert_eq!(
        almanac(folder.path(), &["frobnicate"]).status.code(),
        Some(2)
    );
    assert_eq!(
        almanac(folder.path(), &["ask", "x", "--now", "noon"])
            .status
            .code(),
        Some(2)
    );
}
