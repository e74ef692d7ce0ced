//! The card's table: every value as it is and as it is written.

use almanac_agent_contract::{CardTable, Format, Value};

use super::Composer;
use super::compose::Found;
use super::labels::Meaning;

impl Composer<'_> {
    pub(crate) fn table(&self, found: &Found<'_>) -> CardTable {
        let meanings = found.meanings();
        let table = &found.answer.table;
        CardTable {
            columns: table.columns.clone(),
            labels: meanings
                .iter()
                .map(|meaning| self.heading(found, meaning))
                .collect(),
            shown: table
                .rows
                .iter()
                .map(|row| {
                    let cells = row.iter().zip(&meanings);
                    cells
                        .map(|(value, meaning)| self.cell(found, value, meaning))
                        .collect()
                })
                .collect(),
            rows: table.rows.clone(),
        }
    }

    fn heading(&self, found: &Found<'_>, meaning: &Meaning<'_>) -> String {
        match meaning {
            Meaning::Time => capitalised(
                found
                    .query
                    .grain
                    .map(|grain| self.words.grain(grain))
                    .unwrap_or_default(),
            ),
            Meaning::Group(group) => self.group_label(group),
            Meaning::Metric(metric, None) => self.metric_label(metric),
            Meaning::Metric(metric, Some(comparison)) => {
                let range = found.answer.compared.iter().find(|(c, _)| c == comparison);
                let range = range.map(|(_, range)| self.writer.range(range.start, range.end));
                match (range, found.query.metrics.len()) {
                    (Some(range), 1) => range,
                    (range, _) => {
                        format!(
                            "{}, {}",
                            self.metric_label(metric),
                            range.unwrap_or_default()
                        )
                    }
                }
            }
        }
    }

    fn cell(&self, found: &Found<'_>, value: &Value, meaning: &Meaning<'_>) -> String {
        match meaning {
            Meaning::Metric(metric, _) => self.writer.value(value, &self.format(metric)),
            Meaning::Time => self.bucket(value, found.query.grain),
            Meaning::Group(group) if group.grain.is_some() => self.bucket(value, group.grain),
            Meaning::Group(group) => self.value_label(&group.dimension, value),
        }
    }

    pub(crate) fn bucket(
        &self,
        value: &Value,
        grain: Option<almanac_agent_contract::Grain>,
    ) -> String {
        match (value, value.date(), grain) {
            // An hour needs its time of day, which a date does not have.
            (Value::DateTime(_), Some(_), Some(almanac_agent_contract::Grain::Hour))
            | (_, None, _)
            | (_, _, None) => self.writer.value(value, &Format::Number),
            (_, Some(date), Some(grain)) => self.writer.bucket(date, grain),
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
