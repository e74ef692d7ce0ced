//! Forms (Discord calls them modals): following a number, and a new alert. What is filled in
//! becomes the words that somebody could have typed.

use almanac_agent_contract::Language;
use serenity::all::{ActionRow, ActionRowComponent, InputTextStyle};
use serenity::builder::{CreateActionRow, CreateInputText, CreateModal};

use super::words;

/// The field with the metric.
const METRIC: &str = "metric";
/// The field with the time or the condition.
const REST: &str = "rest";
/// What a field takes.
const MOST: u16 = 200;

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A number, regularly.
    Follow,
    /// A number that does something.
    Alert,
}

impl Form {
    const ALL: [Self; 2] = [Self::Follow, Self::Alert];

    const fn id(self) -> &'static str {
        match self {
            Self::Follow => "follow",
            Self::Alert => "alert",
        }
    }

    /// The form of that id.
    pub(super) fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.id() == id)
    }

    /// The form to fill in, with the metric that was typed already.
    pub(super) fn open(self, metric: &str, language: Language) -> CreateModal {
        let (title, label, example) = match self {
            Self::Follow => (words::FOLLOW_FORM, words::WHEN, words::EVERY_MORNING),
            Self::Alert => (words::ALERT_FORM, words::CONDITION, words::FALLS),
        };
        let short = InputTextStyle::Short;
        let metric: String = metric.chars().take(usize::from(MOST)).collect();
        let mut first = CreateInputText::new(short, words::METRIC.of(language), METRIC)
            .max_length(MOST)
            .required(true);
        if !metric.is_empty() {
            first = first.value(metric);
        }
        let mut second = CreateInputText::new(short, label.of(language), REST)
            .placeholder(example.of(language))
            .max_length(MOST)
            .required(true);
        if self == Self::Follow {
            second = second.value(example.of(language));
        }
        CreateModal::new(self.id(), title.of(language)).components(vec![
            CreateActionRow::InputText(first),
            CreateActionRow::InputText(second),
        ])
    }

    /// What was filled in, as a sentence.
    pub(super) fn said(self, rows: &[ActionRow], language: Language) -> String {
        use Language::{En, Es, Pt};
        let metric = field(rows, METRIC);
        let rest = field(rows, REST);
        match (self, language) {
            (Self::Follow, En) => format!("follow {metric} {rest}"),
            (Self::Follow, Es) => format!("seguir {metric} {rest}"),
            (Self::Follow, Pt) => format!("acompanhar {metric} {rest}"),
            (Self::Alert, En) => format!("alert me when {metric} {rest}"),
            (Self::Alert, Es) => format!("avísame cuando {metric} {rest}"),
            (Self::Alert, Pt) => format!("avise-me quando {metric} {rest}"),
        }
    }
}

fn field<'a>(rows: &'a [ActionRow], id: &str) -> &'a str {
    rows.iter()
        .flat_map(|row| &row.components)
        .find_map(|component| match component {
            ActionRowComponent::InputText(input) if input.custom_id == id => input.value.as_deref(),
            _ => None,
        })
        .unwrap_or_default()
        .trim()
}
