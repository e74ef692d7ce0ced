//! What the platforms send, spoilt in every way that comes to mind: what must hold is in
//! `adapters/fuzz/invariants.rs`, which the coverage-guided fuzz targets of that folder try too. Here
//! their seeds and the platforms' own samples are changed on any toolchain, by a fixed seed, so that
//! a run is the same everywhere. This is the short run: with the platforms' client libraries, the
//! targets take minutes to build.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use almanac_adapters::slack::Door;
use almanac_adapters_doubles::slack::form;
use serde_json::{Value, json};

#[path = "../../fuzz/invariants.rs"]
pub(crate) mod invariants;
mod spoil;

use spoil::LONG;
pub(crate) use spoil::{Dice, spoilt};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds");
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/fixtures");
/// What nothing may take, beside other tests on a machine without optimisation.
const PATIENCE: Duration = Duration::from_secs(20);

/// Something that a platform sends.
pub(crate) struct Sample {
    pub(crate) name: String,
    pub(crate) value: Value,
    /// How it stands on the wire.
    pub(crate) wire: fn(&Value) -> Vec<u8>,
}

/// The files of a folder of seeds.
pub(crate) fn seeds(folder: &str, wire: fn(&Value) -> Vec<u8>) -> Vec<Sample> {
    let all = files(&Path::new(SEEDS).join(folder), wire);
    assert!(!all.is_empty(), "no seeds in {folder}");
    all
}

/// The platforms' own samples.
fn samples(folder: &str, wire: fn(&Value) -> Vec<u8>) -> Vec<Sample> {
    let all = files(&Path::new(SAMPLES).join(folder), wire);
    assert!(!all.is_empty(), "no samples in {folder}");
    all
}

fn files(folder: &Path, wire: fn(&Value) -> Vec<u8>) -> Vec<Sample> {
    let entries = fs::read_dir(folder);
    let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut all: Vec<Sample> = entries
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            let value = match path.extension()?.to_str()? {
                "form" => fields(&text),
                "json" => serde_json::from_str(&text).unwrap(),
                _ => return None,
            };
            let name = path.file_name()?.to_str()?.to_owned();
            Some(Sample { name, value, wire })
        })
        .collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all
}

/// The fields of a form; of one with a payload, that.
fn fields(text: &str) -> Value {
    let url = reqwest::Url::parse(&format!("https://form.invalid/?{text}")).unwrap();
    let mut fields = serde_json::Map::new();
    for (name, value) in url.query_pairs() {
        if name == "payload" {
            return serde_json::from_str(&value).unwrap();
        }
        fields.insert(name.into_owned(), json!(value));
    }
    Value::Object(fields)
}

pub(crate) fn plain(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

pub(crate) fn payload(value: &Value) -> Vec<u8> {
    form(&[("payload", &value.to_string())])
}

pub(crate) fn command(value: &Value) -> Vec<u8> {
    let members = value.as_object().into_iter().flatten();
    let texts: Vec<(String, String)> = members
        .map(|(name, value)| {
            let text = value.as_str().map(str::to_owned);
            (name.clone(), text.unwrap_or_else(|| value.to_string()))
        })
        .collect();
    let pairs: Vec<(&str, &str)> = texts
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    form(&pairs)
}

/// Tries samples as they are and spoilt, `count` times each: how many were taken, of how many.
fn try_all(samples: &[Sample], count: usize, attempt: impl Fn(&[u8]) -> bool) -> (usize, usize) {
    let mut dice = Dice(20_260_101);
    let (mut taken, mut tried) = (0, 0);
    for sample in samples {
        for bytes in spoilt(sample, &mut dice, count) {
            let start = Instant::now();
            let attempt = std::panic::AssertUnwindSafe(|| attempt(&bytes));
            let held = std::panic::catch_unwind(attempt).unwrap_or_else(|_| {
                let shown: String = String::from_utf8_lossy(&bytes)
                    .chars()
                    .take(4_000)
                    .collect();
                panic!("{} spoilt: {shown}", sample.name)
            });
            let took = start.elapsed();
            assert!(took < PATIENCE, "{} spoilt took {took:?}", sample.name);
            taken += usize::from(held);
            tried += 1;
        }
    }
    println!("{taken} of {tried} were taken");
    (taken, tried)
}

#[test]
fn slack_is_read_whatever_it_says() {
    for (seeds, of, door) in [
        (
            seeds("slack/events", plain),
            samples("slack/events", plain),
            Door::Events,
        ),
        (
            seeds("slack/interactive", payload),
            ["interactive-components", "views", "dialogs"]
                .into_iter()
                .flat_map(|folder| samples(&format!("slack/app-backend/{folder}"), payload))
                .collect(),
            Door::Interactive,
        ),
        (
            seeds("slack/commands", command),
            samples("slack/app-backend/slash-commands", command),
            Door::Commands,
        ),
    ] {
        let (taken, tried) = try_all(&seeds, 80, |bytes| invariants::slack(door, bytes));
        assert!(taken > tried / 16, "the changes leave nothing to try");
        try_all(&of, 8, |bytes| invariants::slack(door, bytes));
    }
    let (taken, tried) = try_all(&seeds("slack/frames", plain), 80, invariants::slack_frame);
    assert!(taken > tried / 16, "the changes leave nothing to try");
}

#[test]
fn telegram_is_read_whatever_it_says() {
    let (taken, tried) = try_all(&seeds("telegram", plain), 160, invariants::telegram);
    assert!(taken > tried / 16, "the changes leave nothing to try");
}

#[test]
fn discord_is_read_whatever_it_says() {
    let (taken, tried) = try_all(&seeds("discord", plain), 160, invariants::discord);
    assert!(taken > tried / 16, "the changes leave nothing to try");
}

#[test]
fn whatsapp_is_read_whatever_it_says() {
    let (taken, tried) = try_all(&seeds("whatsapp", plain), 120, invariants::whatsapp);
    assert!(taken > tried / 16, "the changes leave nothing to try");
    for file in samples("whatsapp/updates", plain) {
        let members = file.value.as_object().unwrap().clone();
        let each: Vec<Sample> = members
            .into_iter()
            .map(|(name, value)| Sample {
                name,
                value,
                wire: plain,
            })
            .collect();
        try_all(&each, 8, invariants::whatsapp);
    }
}

#[test]
fn signatures_and_buttons_are_ours_or_nothing() {
    let mut dice = Dice(7);
    for (folder, attempt) in [
        ("signatures", invariants::signature as fn(&str) -> bool),
        ("buttons", invariants::button),
    ] {
        for entry in fs::read_dir(Path::new(SEEDS).join(folder)).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            attempt(&text);
            for _ in 0..2_000 {
                let mut letters: Vec<char> = text.chars().collect();
                for _ in 0..=dice.below(3) {
                    let at = dice.below(letters.len());
                    let other = ['.', '-', '0', 'g', 'é', '\0', '\n', '💥', '+', '{'];
                    letters[at] = other[dice.below(other.len())];
                }
                letters.truncate(dice.below(letters.len() * 3).max(1));
                attempt(&letters.iter().collect::<String>());
            }
        }
    }
    let good = fs::read_to_string(Path::new(SEEDS).join("signatures/rfc4231.txt")).unwrap();
    assert!(invariants::signature(&good));
}

#[test]
fn a_text_of_200_kb_is_no_question_and_does_no_harm() {
    let long = "revenue ".repeat(LONG / 8);
    let direct = json!({"update_id": 1, "message": {"message_id": 1, "date": 1_795_183_200,
        "from": {"id": 7}, "chat": {"id": 7, "type": "private"}, "text": long}});
    assert!(!invariants::telegram(&plain(&direct)));
    let mut crowded = direct;
    crowded["message"]["chat"] = json!({"id": -7, "type": "group"});
    // As many names as a body has room for, each of which is looked for in the text.
    crowded["message"]["entities"] =
        vec![json!({"type": "mention", "offset": LONG - 9, "length": 9}); 15_000].into();
    let start = Instant::now();
    assert!(!invariants::telegram(&plain(&crowded)));
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
}

#[test]
fn a_question_is_not_lost_over_what_is_new_beside_it() {
    for seed in seeds("discord", plain) {
        let read = invariants::discord(&plain(&seed.value));
        let mut said = ["mention", "message", "edited"].iter();
        let question = said.any(|it| seed.name.starts_with(it));
        assert!(read || !question, "{}", seed.name);
    }
}
