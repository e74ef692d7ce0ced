//! A catalogue as large as wanted and questions about it, the same on every run. Both benches
//! measure with it.

use almanac_agent_contract::{Direction, Format, Grain, Value};
use almanac_metrics::{
    Catalog, Coverage, DimensionInfo, DimensionKind, MetricInfo, MetricKind, ValueInfo,
};
use jiff::civil::date;

/// The generator of Steele and Vigna's splitmix64, seeded once.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One of `0..below`.
    pub(crate) fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % below as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.next(list.len())]
    }

    /// A word that can be said: "bramolite".
    fn word(&mut self) -> String {
        const BEGINNINGS: &[&str] = &[
            "b", "br", "c", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n",
            "p", "pl", "pr", "qu", "r", "s", "st", "t", "tr", "v", "w", "z",
        ];
        const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "ia", "ou"];
        const ENDINGS: &[&str] = &["", "n", "r", "s", "l", "x", "te", "do", "na", "ro", "lia"];
        let mut word = String::new();
        for _ in 0..2 + self.next(2) {
            word.push_str(self.of(BEGINNINGS));
            word.push_str(self.of(VOWELS));
        }
        word.push_str(self.of(ENDINGS));
        word
    }

    fn name(&mut self) -> String {
        let words: Vec<String> = (0..1 + self.next(3)).map(|_| self.word()).collect();
        words.join(" ")
    }
}

const KINDS: &[&str] = &[
    "revenue",
    "orders",
    "cost",
    "rate",
    "customers",
    "sessions",
    "refunds",
    "margin",
    "tickets",
    "visits",
];

/// `metrics` metrics, and `values` values over `dimensions` dimensions.
pub(crate) fn catalog(metrics: usize, dimensions: usize, values: usize) -> Catalog {
    let mut numbers = Numbers::new(7);
    let dimensions: Vec<DimensionInfo> = (0..dimensions)
        .map(|n| {
            let label = numbers.word();
            DimensionInfo {
                name: format!("entity{}__{label}", n % 8),
                description: format!("Which {label} it was, as the {} said.", numbers.word()),
                label,
                synonyms: vec![numbers.word()],
                kind: DimensionKind::Categorical,
                values: (0..values / dimensions)
                    .map(|_| ValueInfo {
                        value: Value::Text(numbers.name()),
                        synonyms: Vec::new(),
                    })
                    .collect(),
                complete: true,
                numeric: false,
            }
        })
        .collect();
    let names: Vec<String> = dimensions.iter().map(|info| info.name.clone()).collect();
    let metrics = (0..metrics)
        .map(|n| {
            let name = format!("{}_{}", numbers.word(), KINDS[n % KINDS.len()]);
            MetricInfo {
                label: name.replace('_', " "),
                description: format!("What the {} came to, before {}.", numbers.word(), name),
                definition: String::new(),
                kind: MetricKind::Simple,
                inputs: Vec::new(),
                synonyms: vec![numbers.name()],
                name,
                format: if n % 3 == 0 {
                    Format::Currency(None)
                } else {
                    Format::Number
                },
                direction: Some(Direction::Up),
                parent: None,
                semi_additive: false,
                dimensions: names.clone(),
                finest_grain: Grain::Day,
                late_days: 0,
                owner: None,
                verified_questions: Vec::new(),
                counts: None,
                entities: Vec::new(),
                coverage: Some(Coverage {
                    first: date(2024, 1, 1),
                    last: date(2026, 11, 19),
                    gaps: Vec::new(),
                }),
            }
        })
        .collect();
    Catalog {
        metrics,
        dimensions,
    }
}

/// Questions of every common form about the catalogue, in three languages.
pub(crate) fn questions(catalog: &Catalog, count: usize) -> Vec<String> {
    const FORMS: &[&str] = &[
        "{m} last week",
        "how was {m} in March 2026?",
        "{m} by {d} this month",
        "top 5 {d} by {m} last quarter",
        "{m} for {v} since June",
        "{m} in {v} by {d} between March and June 2026",
        "compare {m} of {v} and {v} last month",
        "which {d} had the most {m} last year?",
        "{m} vs the same period last year, only {v}",
        "weekly {m} trend for {v} in the last 12 weeks",
        "what is {m}?",
        "¿cómo fue {m} la semana pasada en {v}?",
        "{m} por {d} este mes comparado con el año pasado",
        "qual foi {m} em {v} no mês passado?",
        "{m} by planet for {v}",
        "{m} of the unheard zorblax yesterday",
        "and by {d}?",
        "only {v}",
    ];
    let mut numbers = Numbers::new(11);
    (0..count)
        .map(|n| {
            let mut text = FORMS[n % FORMS.len()].to_owned();
            for slot in ["{m}", "{d}", "{v}", "{v}"] {
                let name = match slot {
                    "{m}" => catalog.metrics[numbers.next(catalog.metrics.len())]
                        .label
                        .clone(),
                    slot => {
                        let info = &catalog.dimensions[numbers.next(catalog.dimensions.len())];
                        match info.values.get(numbers.next(info.values.len().max(1))) {
                            Some(ValueInfo {
                                value: Value::Text(name),
                                ..
                            }) if slot == "{v}" => name.clone(),
                            _ => info.label.clone(),
                        }
                    }
                };
                text = text.replacen(slot, &name, 1);
            }
            text
        })
        .collect()
}

/// The same questions with a slip in every third word of five letters or more.
pub(crate) fn with_typos(questions: &[String]) -> Vec<String> {
    let mut numbers = Numbers::new(13);
    let mut slip = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() < 5 || numbers.next(3) > 0 {
            return word.to_owned();
        }
        let at = 1 + numbers.next(letters.len() - 2);
        match numbers.next(3) {
            0 => letters.swap(at, at + 1),
            1 => {
                letters.remove(at);
            }
            _ => letters[at] = 'e',
        }
        letters.into_iter().collect()
    };
    let mut each = |question: &String| {
        let words: Vec<String> = question.split(' ').map(&mut slip).collect();
        words.join(" ")
    };
    questions.iter().map(&mut each).collect()
}
