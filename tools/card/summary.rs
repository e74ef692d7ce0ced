//! The finding in a sentence or two, from the numbers alone.

use almanac_agent_contract::{Card, Grain, Headline, Value};
use almanac_analysis::extremes;
use almanac_metrics::MetricQuery;
use jiff::ToSpan;

use super::Composer;
use super::compose::Found;
use super::labels::Meaning;

impl Composer<'_> {
    pub(crate) fn summary(&self, found: &Found<'_>, card: &Card) -> String {
        let of = self.subject(found.query, card);
        let has_numbers = found.answer.table.rows.iter().any(|row| {
            let cells = row.iter().zip(found.meanings());
            cells
                .into_iter()
                .any(|(v, m)| matches!(m, Meaning::Metric(_, None)) && v.number().is_some())
        });
        if !has_numbers {
            let known = card.freshness.as_ref();
            let until = known
                .map(|known| format!(" {} {}.", self.words.data_to, self.writer.date(known.as_of)));
            return format!("{}: {of}.{}", self.words.no_data, until.unwrap_or_default());
        }
        match &card.headline {
            Some(headline) => self.value_sentence(found, headline, &of),
            _ if found.query.grain.is_some() && found.query.group_by.is_empty() => {
                self.trend_sentence(found, &of)
            }
            _ if found.query.grain.is_none() && !found.query.group_by.is_empty() => {
                self.leader_sentence(found, &of)
            }
            _ => format!("{of}."),
        }
    }

    /// "Revenue by country (9–15 Nov 2026, Channel: organic)".
    fn subject(&self, query: &MetricQuery, card: &Card) -> String {
        let mut details = Vec::new();
        if let Some(period) = &card.period {
            details.push(self.writer.range(period.start, period.end));
        }
        details.extend(card.filters.iter().cloned());
        if details.is_empty() {
            return self.title(query);
        }
        format!("{} ({})", self.title(query), details.join(", "))
    }

    fn value_sentence(&self, found: &Found<'_>, headline: &Headline, of: &str) -> String {
        let row = found
            .answer
            .table
            .rows
            .first()
            .map_or(&[][..], Vec::as_slice);
        let mut names = Vec::new();
        let mut values = Vec::new();
        for (meaning, value) in found.meanings().iter().zip(row) {
            match meaning {
                Meaning::Metric(metric, None) => {
                    values.push(self.writer.value(value, &self.format(metric)));
                }
                Meaning::Metric(_, Some(_)) => {}
                Meaning::Time => names.push(self.bucket(value, found.query.grain)),
                Meaning::Group(group) if group.grain.is_some() => {
                    names.push(self.bucket(value, group.grain));
                }
                Meaning::Group(group) => names.push(self.value_label(&group.dimension, value)),
            }
        }
        if !names.is_empty() {
            names.push(String::new());
        }
        let changes: Vec<_> = headline.changes.iter().map(|c| c.text.clone()).collect();
        let changes = if changes.is_empty() {
            String::new()
        } else {
            format!(", {}", changes.join(", "))
        };
        format!("{of}: {}{}{changes}.", names.join(", "), values.join(" · "))
    }

    /// "Revenue by week (…): $1.2M in the week of 9 Nov. Highest: …, lowest: …."
    fn trend_sentence(&self, found: &Found<'_>, of: &str) -> String {
        let Some((times, values, format)) = self.first_series(found) else {
            return format!("{of}.");
        };
        // A bucket that is cut off by the period or still filling is neither high nor low.
        let whole = |time: &Value| self.is_whole(found, time);
        let numbers: Vec<_> = times
            .iter()
            .zip(&values)
            .map(|(time, value)| value.number().filter(|_| whole(time)))
            .collect();
        let Some(extremes) = extremes(&numbers).filter(|e| e.highest != e.lowest) else {
            return format!("{of}.");
        };
        let tell = |at: usize| {
            let when = self.bucket(times[at], found.query.grain);
            format!("{} ({when})", self.writer.value(values[at], &format))
        };
        let words = self.words;
        format!(
            "{of}. {} {}, {} {}.",
            words.highest,
            tell(extremes.highest),
            words.lowest,
            tell(extremes.lowest)
        )
    }

    /// Whether a bucket lies wholly in the asked period and in the days that have passed.
    fn is_whole(&self, found: &Found<'_>, time: &Value) -> bool {
        let (Some(first), Some(grain)) = (time.date(), found.query.grain) else {
            return true;
        };
        let length = match grain {
            Grain::Hour | Grain::Day => 1.day(),
            Grain::Week => 1.week(),
            Grain::Month => 1.month(),
            Grain::Quarter => 3.months(),
            Grain::Year => 1.year(),
        };
        let Ok(next) = first.checked_add(length) else {
            return true;
        };
        let range = found.query.time_range;
        next <= self.scope.today()
            && range.is_none_or(|range| {
                range.start <= first && next <= range.end.saturating_add(1.day())
            })
    }

    fn first_series<'f>(
        &self,
        found: &'f Found<'_>,
    ) -> Option<(
        Vec<&'f Value>,
        Vec<&'f Value>,
        almanac_agent_contract::Format,
    )> {
        let meanings = found.meanings();
        let time = meanings
            .iter()
            .position(|meaning| *meaning == Meaning::Time)?;
        let metric = found.query.metrics.first()?;
        let value = meanings
            .iter()
            .position(|m| *m == Meaning::Metric(metric, None))?;
        let rows = &found.answer.table.rows;
        Some((
            rows.iter().map(|row| &row[time]).collect(),
            rows.iter().map(|row| &row[value]).collect(),
            self.format(metric),
        ))
    }

    /// "Revenue by country (…): Brazil leads with $1.2M, then Mexico ($0.8M) and Spain ($0.3M)."
    fn leader_sentence(&self, found: &Found<'_>, of: &str) -> String {
        let meanings = found.meanings();
        let Some(metric) = found.query.metrics.first() else {
            return format!("{of}.");
        };
        let value = meanings
            .iter()
            .position(|m| *m == Meaning::Metric(metric, None));
        let told: Vec<_> = found
            .answer
            .table
            .rows
            .iter()
            .take(3)
            .filter_map(|row| {
                let names =
                    row.iter()
                        .zip(&meanings)
                        .filter_map(|(value, meaning)| match meaning {
                            Meaning::Group(group) if group.grain.is_some() => {
                                Some(self.bucket(value, group.grain))
                            }
                            Meaning::Group(group) => {
                                Some(self.value_label(&group.dimension, value))
                            }
                            _ => None,
                        });
                let number = self.writer.value(row.get(value?)?, &self.format(metric));
                Some((names.collect::<Vec<_>>().join(" / "), number))
            })
            .collect();
        let words = self.words;
        // "Leads" is only true of a ranking from the top.
        let ascending = found
            .query
            .order_by
            .first()
            .is_some_and(|order| !order.descending);
        match told.as_slice() {
            [] => format!("{of}."),
            [(name, number), rest @ ..] if !ascending && !rest.is_empty() => {
                let rest: Vec<_> = rest.iter().map(|(n, v)| format!("{n} ({v})")).collect();
                let rest = self.writer.list(&rest);
                format!(
                    "{of}: {name} {} {number}, {} {rest}.",
                    words.leads, words.then
                )
            }
            rows => {
                let rows: Vec<_> = rows.iter().map(|(n, v)| format!("{n} ({v})")).collect();
                format!("{of}: {}.", self.writer.list(&rows))
            }
        }
    }
}
