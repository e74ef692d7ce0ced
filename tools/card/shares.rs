//! Shares of a total in a sentence.

use almanac_agent_contract::Value;

use super::Composer;
use super::found::Found;
use super::labels::{Meaning, lowercase};
use super::table::is_other;
use crate::sentences::fill;

/// Groups told beside the first.
const TOLD: usize = 2;

impl Composer<'_> {
    /// "Brazil is 42 % of revenue: $504K of $1.2M", or "Brazil is 42 % of revenue, then Mexico
    /// (20 %) and Spain (9 %)".
    pub(crate) fn share_sentence(&self, found: &Found<'_>, of: &str) -> String {
        let Some((column, Meaning::Share(metric, _))) = found.leading() else {
            return format!("{of}.");
        };
        let label = lowercase(&self.metric_label(metric));
        if !found.wishes.focus.is_empty() {
            return format!("{of}: {}.", self.focus_sentence(found, column, &label));
        }
        let meanings = found.meanings();
        let share = |row: &[Value]| row.get(column).and_then(Value::number);
        let mut rows: Vec<_> = found
            .answer
            .table
            .rows
            .iter()
            .filter(|row| !is_other(row, &meanings))
            .filter_map(|row| Some((row, share(row)?)))
            .collect();
        rows.sort_by(|one, other| other.1.total_cmp(&one.1));
        let percent = |share| {
            self.writer
                .number(share, &almanac_agent_contract::Format::Percent)
        };
        let name = |row: &[Value]| self.row_name(found, row);
        let Some(((row, largest), rest)) = rows.split_first() else {
            return format!("{of}.");
        };
        let places = [
            ("group", name(row)),
            ("share", percent(*largest)),
            ("metric", label),
        ];
        let places: Vec<_> = places
            .iter()
            .map(|(at, text)| (*at, text.as_str()))
            .collect();
        let first = fill(self.sentences.is_share, &places);
        let rest: Vec<_> = rest
            .iter()
            .take(TOLD)
            .map(|(row, share)| format!("{} ({})", name(row), percent(*share)))
            .collect();
        if rest.is_empty() {
            return format!("{of}: {first}.");
        }
        format!(
            "{of}: {first}, {} {}.",
            self.words.then,
            self.writer.list(&rest)
        )
    }

    fn focus_sentence(&self, found: &Found<'_>, column: usize, label: &str) -> String {
        let group = self.focus_label(found);
        let rows = self.focused(found);
        let nothing = || {
            let places = [("group", group.as_str()), ("metric", label)];
            fill(self.sentences.nothing_for, &places)
        };
        let metric = found.query.metrics.first();
        let amount = metric.and_then(|metric| {
            let wanted = Meaning::Metric(metric, None);
            let meanings = found.meanings();
            meanings.iter().position(|meaning| *meaning == wanted)
        });
        let (Some(amount), Some(metric)) = (amount, metric) else {
            return nothing();
        };
        let number = |row: &[Value], at: usize| row.get(at).and_then(Value::number);
        let told = |share: f64, value: f64| {
            let percent = almanac_agent_contract::Format::Percent;
            let format = self.format(metric);
            let template = match (rows.len(), share == 0.0) {
                (_, true) => self.sentences.is_share,
                (1, _) => self.sentences.is_share_of,
                _ => self.sentences.are_share_of,
            };
            let places = [
                ("group", group.clone()),
                ("share", self.writer.number(share, &percent)),
                ("metric", label.to_owned()),
                ("value", self.writer.number(value, &format)),
                ("total", self.writer.number(value / share, &format)),
            ];
            let places: Vec<_> = places
                .iter()
                .map(|(at, text)| (*at, text.as_str()))
                .collect();
            fill(template, &places)
        };
        let sum = |at: usize| rows.iter().map(|row| number(row, at)).sum::<Option<f64>>();
        match (rows.as_slice(), sum(column), sum(amount)) {
            ([], ..) => nothing(),
            ([_], Some(share), Some(value)) => told(share, value),
            (_, Some(share), Some(value)) if found.adds_up => told(share, value),
            // What does not add up is told one by one.
            (rows, ..) => {
                let percent = almanac_agent_contract::Format::Percent;
                let each = rows.iter().filter_map(|row| {
                    let share = self.writer.number(number(row, column)?, &percent);
                    Some(format!("{} ({share})", self.row_name(found, row)))
                });
                self.writer.list(&each.collect::<Vec<_>>())
            }
        }
    }
}
