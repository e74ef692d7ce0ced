//! The card's table: every value as it is and as it is written.

use almanac_agent_contract::{CardTable, Format, Value};
use almanac_metrics::MetricQuery;

use super::Composer;
use super::found::Found;
use super::labels::{Meaning, capitalised};

impl Composer<'_> {
    pub(crate) fn table(&self, found: &Found<'_>) -> CardTable {
        let meanings = found.meanings();
        let table = &found.answer.table;
        let other = other(&meanings);
        // That a row stands for all others is said in the names of its groups.
        let kept = |at: &usize| Some(*at) != other;
        let columns = || (0..meanings.len()).filter(kept);
        CardTable {
            columns: columns().map(|at| table.columns[at].clone()).collect(),
            labels: columns()
                .map(|at| self.heading(found, &meanings[at]))
                .collect(),
            shown: table
                .rows
                .iter()
                .map(|row| {
                    columns()
                        .map(|at| self.cell(found.query, row, at, &meanings))
                        .collect()
                })
                .collect(),
            rows: table
                .rows
                .iter()
                .map(|row| columns().map(|at| row[at].clone()).collect())
                .collect(),
        }
    }

    fn heading(&self, found: &Found<'_>, meaning: &Meaning<'_>) -> String {
        let query = found.query;
        if *meaning == Meaning::Time {
            let grain = query.grain.map(|grain| self.words.grain(grain));
            return capitalised(grain.unwrap_or_default());
        }
        let name = self.name_of(meaning, query);
        let Some(comparison) = meaning.comparison() else {
            return name;
        };
        let mut compared = found.answer.compared.iter();
        let range = compared.find(|(known, _)| *known == comparison);
        let range = range.map(|(_, range)| self.writer.range(range.start, range.end));
        match (range, found.is_one_kind()) {
            (Some(range), true) => range,
            (range, _) => format!("{name}, {}", range.unwrap_or_default()),
        }
    }

    /// A cell as it is written.
    pub(crate) fn cell(
        &self,
        query: &MetricQuery,
        row: &[Value],
        at: usize,
        meanings: &[Meaning<'_>],
    ) -> String {
        let (value, meaning) = (&row[at], &meanings[at]);
        match meaning {
            Meaning::Time => self.bucket(value, query.grain),
            Meaning::Group(_) if is_other(row, meanings) => self.sentences.others.to_owned(),
            Meaning::Group(group) if group.grain.is_some() => self.bucket(value, group.grain),
            Meaning::Group(group) => self.value_label(&group.dimension, value),
            meaning => self.writer.value(value, &self.format_of(meaning, query)),
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

/// The column that tells the row of all groups beyond the limit.
fn other(meanings: &[Meaning<'_>]) -> Option<usize> {
    meanings
        .iter()
        .position(|meaning| *meaning == Meaning::Other)
}

/// Whether a row stands for all groups beyond the limit.
pub(crate) fn is_other(row: &[Value], meanings: &[Meaning<'_>]) -> bool {
    other(meanings).is_some_and(|at| row.get(at) == Some(&Value::Boolean(true)))
}
