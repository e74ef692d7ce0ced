//! Ways to spoil a sample: taken away, put elsewhere, torn, nested, too long, of another type.

use serde_json::{Value, json};

use super::Sample;

/// A text as long as the longest that people paste.
pub(super) const LONG: usize = 200_000;

/// Numbers that are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(super) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % (end.max(1) as u64)).unwrap()
    }
}

/// What stands where something else should.
fn piece(dice: &mut Dice) -> Value {
    let nested = |depth: usize| {
        (0..depth).fold(json!("x"), |inner, level| {
            if level % 2 == 0 {
                json!([inner])
            } else {
                json!({"a": inner})
            }
        })
    };
    match dice.below(40) {
        0 => json!("x".repeat(LONG)),
        1 => json!("💥 ".repeat(LONG / 5)),
        2 => json!("<@U1> &lt;".repeat(LONG / 10)),
        3 => json!("\0\u{7}".repeat(LONG / 2)),
        4 => nested(110),
        5 => json!(vec![7; 5_000]),
        6 => Value::Null,
        7 => json!(true),
        8 => json!(-1),
        9 => json!(0),
        10 => json!(u64::MAX),
        11 => json!(u64::MAX - 1),
        12 => json!(i64::MIN),
        13 => json!(1e308),
        14 => json!(-0.0),
        15 => json!([]),
        16 => json!({}),
        17 => json!(""),
        18 => json!(" \n\t "),
        19 => json!("a\0b"),
        20 => json!("\u{202e}revenue\u{2066} \u{1b}[31m"),
        21 => json!("18446744073709551614"),
        22 => json!("-9223372036854775808.000000"),
        23 => json!("9999999999.999999999"),
        24 => json!("."),
        25 => json!("good.018f3c000000700080000000000000ff"),
        26 => json!("18446744073709551615.018f3c000000700080000000000000ff"),
        27 => json!("{\"c\":\"C1\"}"),
        28 => json!(i64::from(i32::MAX) + 1),
        29 => json!("e\u{301}\u{200d}👩‍👩‍👧"),
        30 => json!("https://hooks.slack.com.example/x"),
        other => json!(other),
    }
}

/// Every place in a value, as JSON pointers.
fn places(value: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, into: &mut Vec<String>) {
        let children: Vec<(String, &Value)> = match value {
            Value::Object(members) => members
                .iter()
                .map(|(name, it)| (name.replace('~', "~0").replace('/', "~1"), it))
                .collect(),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, it)| (index.to_string(), it))
                .collect(),
            _ => Vec::new(),
        };
        for (name, child) in children {
            let at = format!("{at}/{name}");
            walk(child, &at, into);
            into.push(at);
        }
    }
    let mut all = Vec::new();
    walk(value, "", &mut all);
    all
}

/// Takes away what stands at a place.
fn remove(value: &mut Value, at: &str) {
    let Some((above, name)) = at.rsplit_once('/') else {
        return;
    };
    match value.pointer_mut(above) {
        Some(Value::Object(members)) => {
            members.remove(&name.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => {
            if let Some(index) = name.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        _ => {}
    }
}

/// The other way round, at every level.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .rev()
            .map(|(name, value)| (name.clone(), reversed(value)))
            .collect(),
        Value::Array(items) => items.iter().rev().map(reversed).collect(),
        value => value.clone(),
    }
}

/// A sample as it is, and `count` times spoilt.
pub(crate) fn spoilt(sample: &Sample, dice: &mut Dice, count: usize) -> Vec<Vec<u8>> {
    let whole = (sample.wire)(&sample.value);
    let places = places(&sample.value);
    let mut all = vec![
        whole.clone(),
        (sample.wire)(&reversed(&sample.value)),
        [whole.as_slice(), whole.as_slice()].concat(),
        [b"\xef\xbb\xbf", whole.as_slice()].concat(),
        "[".repeat(LONG).into_bytes(),
        "{\"a\":".repeat(LONG / 5).into_bytes(),
    ];
    for turn in 0..count {
        let mut value = sample.value.clone();
        let at = &places[dice.below(places.len())];
        let bytes = match turn % 8 {
            0 => whole[..dice.below(whole.len())].to_vec(),
            1 => {
                remove(&mut value, at);
                (sample.wire)(&value)
            }
            // Halves of letters, and numbers that are none.
            2 => torn(&whole, dice),
            3 => {
                let mut bytes = whole.clone();
                for _ in 0..=dice.below(4) {
                    let at = dice.below(bytes.len());
                    bytes[at] = dice.roll().to_le_bytes()[0];
                }
                bytes
            }
            more => {
                for _ in 4..more.max(5) {
                    let at = &places[dice.below(places.len())];
                    let piece = piece(dice);
                    if let Some(place) = value.pointer_mut(at) {
                        *place = piece;
                    }
                }
                (sample.wire)(&value)
            }
        };
        all.push(bytes);
    }
    all
}

fn torn(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let scraps: [&[u8]; 8] = [
        br"\ud800",
        br"\udfff\ud800",
        br"\u0000",
        b"\xff\xfe",
        b"1e999999",
        b"-0",
        b"%00%",
        b"\0",
    ];
    let scrap = scraps[dice.below(scraps.len())];
    let quotes: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] == b'"').collect();
    let at = quotes
        .get(dice.below(quotes.len()))
        .map_or_else(|| dice.below(whole.len()), |quote| quote + 1);
    [&whole[..at], scrap, &whole[at..]].concat()
}
