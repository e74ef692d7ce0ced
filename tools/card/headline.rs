//! The number that answers, and how it changed.

use almanac_agent_contract::{Change, Direction, Format, Headline, Value};
use almanac_analysis::relative_change;
use almanac_metrics::{Comparison, TimeRange};

use super::Composer;
use super::found::Found;
use super::labels::Meaning;
use crate::arguments::Statistic;

impl Composer<'_> {
    /// The number that answers: the statistic or the group that was asked for, else the number of a
    /// result with one row.
    pub(crate) fn headline(&self, found: &Found<'_>) -> Option<Headline> {
        let (column, leading) = found.leading()?;
        let format = self.format_of(&leading, found.query);
        let written = |value: Option<f64>, format: &Format| {
            value.map_or_else(|| "—".into(), |value| self.writer.number(value, format))
        };
        if let Some(statistic) = found.wishes.statistic {
            let value = self.summed(found)?.value;
            let counted = statistic == Statistic::Count;
            let format = if counted { Format::Number } else { format };
            let least = counted && found.answer.truncated;
            let text = written(value, &format);
            return Some(Headline {
                label: self.statistic_label(found, statistic),
                value,
                text: if least { format!("≥ {text}") } else { text },
                changes: Vec::new(),
            });
        }
        let name = self.name_of(&leading, found.query);
        let focused = !found.wishes.focus.is_empty() && found.query.grain.is_none();
        let rows: Vec<&Vec<Value>> = match focused {
            true => self.focused(found),
            false => found.answer.table.rows.iter().collect(),
        };
        let value = match rows.as_slice() {
            [row] => row.get(column).and_then(Value::number),
            [] if focused => None,
            rows if focused && found.adds_up => {
                rows.iter().map(|row| row.get(column)?.number()).sum()
            }
            _ => return None,
        };
        let changes = match (rows.as_slice(), &leading) {
            ([row], Meaning::Metric(..) | Meaning::Ratio(_)) => {
                self.changes(found, row, (value, &leading))
            }
            _ => Vec::new(),
        };
        Some(Headline {
            label: match focused {
                true => format!("{name}: {}", self.focus_label(found)),
                false => name,
            },
            value,
            text: written(value, &format),
            changes,
        })
    }

    /// The changes of a row's leading number against the compared periods.
    fn changes(
        &self,
        found: &Found<'_>,
        row: &[Value],
        (value, leading): (Option<f64>, &Meaning<'_>),
    ) -> Vec<Change> {
        let meanings = found.meanings();
        let Some(metric) = found.query.metrics.first() else {
            return Vec::new();
        };
        let good = match leading {
            Meaning::Metric(metric, _) => self.good(metric),
            _ => None,
        };
        let format = self.format_of(leading, found.query);
        let at = |comparison: Comparison| {
            let wanted = match leading {
                Meaning::Ratio(_) => Meaning::Ratio(Some(comparison)),
                _ => Meaning::Metric(metric, Some(comparison)),
            };
            let position = meanings.iter().position(|meaning| *meaning == wanted)?;
            row.get(position).and_then(Value::number)
        };
        let covered = |range: &TimeRange| {
            let mut metrics = found.query.metrics.iter();
            match leading {
                Meaning::Ratio(_) => metrics.all(|metric| self.is_covered(metric, *range)),
                _ => self.is_covered(metric, *range),
            }
        };
        let compared = found.answer.compared.iter();
        compared
            .filter(|(_, range)| covered(range))
            .filter_map(|(comparison, range)| {
                let numbers = (value?, at(*comparison)?);
                Some(self.change(numbers, *range, (&format, good)))
            })
            .collect()
    }

    fn change(
        &self,
        (value, base): (f64, f64),
        range: TimeRange,
        (format, good): (&Format, Option<Direction>),
    ) -> Change {
        let relative = relative_change(value, base);
        let good = good
            .filter(|_| (value - base).abs() > f64::EPSILON)
            .map(|good| match good {
                Direction::Up => value > base,
                Direction::Down => value < base,
            });
        let range = self.writer.range(range.start, range.end);
        let versus = self.words.versus;
        let text = match relative {
            Some(relative) => format!("{} {versus} {range}", self.writer.change(relative)),
            None => {
                let base = self.writer.number(base, format);
                format!("{versus} {base}, {range}")
            }
        };
        Change {
            base,
            relative,
            good,
            text,
        }
    }
}
