//! Puts the card together.

use almanac_agent_contract::{
    Action, Badge, Card, Direction, Explain, Format, MetricDefinition, Period, Scope, Value,
};
use almanac_cards::Writer;
use almanac_metrics::{Catalog, Comparison, MetricQuery, TimeRange};

use super::found::Found;
use super::labels::{Meaning, lowercase, own_name};
use crate::sentences::{Sentences, fill};
use crate::words::Words;

/// What cards are composed with.
pub(crate) struct Composer<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) scope: &'a Scope,
    pub(crate) writer: &'a Writer,
    pub(crate) words: &'static Words,
    pub(crate) sentences: &'static Sentences,
}

impl Composer<'_> {
    /// The card and its finding in a sentence or two.
    pub(crate) fn compose(&self, found: &Found<'_>) -> (Card, String) {
        let query = found.query;
        let headline = self.headline(found);
        let period = self.period(query, found.answer.period);
        let freshness = self.freshness(found);
        let card = Card {
            // What was asked of the rows is what is answered.
            title: match &headline {
                Some(headline) if found.wishes.is_of_the_rows() => headline.label.clone(),
                _ => self.title(query, found.wishes.ratio),
            },
            table: self.table(found),
            chart: self.chart(found),
            filters: self.conditions(query),
            groupings: self.groupings(query),
            metrics: query
                .metrics
                .iter()
                .map(|metric| self.metric_label(metric))
                .collect(),
            freshness,
            badge: match found.wishes.ratio {
                true => Badge::Exploratory,
                false => Badge::Governed,
            },
            follow_ups: self.follow_ups(found),
            actions: vec![
                Action::Explain,
                Action::ExportCsv,
                Action::Good,
                Action::Bad,
            ],
            explain: self.explain(found),
            query: serde_json::to_value(query).unwrap_or_default(),
            formats: self.formats(found),
            headline,
            period,
        };
        let summary = self.summary(found, &card);
        (card, summary)
    }

    /// How the columns with numbers are meant, under the names that tables know them by.
    fn formats(&self, found: &Found<'_>) -> Vec<(String, Format, Option<Direction>)> {
        let columns = found.answer.table.columns.iter().zip(found.meanings());
        columns
            .filter_map(|(column, meaning)| match meaning {
                Meaning::Metric(metric, None) => {
                    Some((column.name.clone(), self.format(metric), self.good(metric)))
                }
                Meaning::Share(..) | Meaning::Total(..) | Meaning::Ratio(_) => Some((
                    column.name.clone(),
                    self.format_of(&meaning, found.query),
                    None,
                )),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn good(&self, metric: &str) -> Option<Direction> {
        self.metric(metric)?.direction
    }

    /// "Revenue by country and week".
    pub(crate) fn title(&self, query: &MetricQuery, ratio: bool) -> String {
        let labels: Vec<_> = query
            .metrics
            .iter()
            .enumerate()
            .map(|(i, metric)| match self.metric_label(metric) {
                label if i == 0 => label,
                label => lowercase(&label),
            })
            .collect();
        let metrics = match (ratio, query.shares) {
            (true, _) => self.name_of(&Meaning::Ratio(None), query),
            (false, true) => {
                let metrics = lowercase(&self.writer.list(&labels));
                fill(self.sentences.share_of, &[("metric", &metrics)])
            }
            (false, false) => self.writer.list(&labels),
        };
        let groupings: Vec<_> = self.groupings(query).iter().map(|g| lowercase(g)).collect();
        if groupings.is_empty() {
            return metrics;
        }
        format!(
            "{metrics} {} {}",
            self.words.by,
            self.writer.list(&groupings)
        )
    }

    fn groupings(&self, query: &MetricQuery) -> Vec<String> {
        let groups = query.group_by.iter().map(|group| self.group_label(group));
        groups
            .chain(query.grain.map(|grain| self.words.grain(grain).to_owned()))
            .collect()
    }

    /// The asked period; where none was asked, what the data covers, or its last day for a
    /// metric that is a snapshot.
    fn period(&self, query: &MetricQuery, answered: Option<TimeRange>) -> Option<Period> {
        let range = answered.or_else(|| {
            let metric = self.metric(query.metrics.first()?)?;
            let coverage = metric.coverage.as_ref()?;
            let snapshot = metric.semi_additive && query.grain.is_none();
            let start = if snapshot {
                coverage.last
            } else {
                coverage.first
            };
            Some(TimeRange {
                start,
                end: coverage.last,
            })
        })?;
        let zone = self.scope.settings.zone.name().to_owned();
        Some(Period {
            start: range.start,
            end: range.end,
            text: format!("{}, {zone}", self.writer.range(range.start, range.end)),
            zone,
        })
    }

    fn explain(&self, found: &Found<'_>) -> Explain {
        let metrics = found
            .query
            .metrics
            .iter()
            .filter_map(|name| self.metric(name));
        Explain {
            metrics: metrics
                .map(|metric| MetricDefinition {
                    name: metric.name.clone(),
                    label: metric.label.clone(),
                    text: match metric.description.trim() {
                        "" => metric.definition.clone(),
                        text => format!("{text} — {}", metric.definition),
                    },
                })
                .collect(),
            sql: found.answer.sql.clone(),
            engine: found.answer.engine.to_owned(),
            rows_read: found.answer.rows_read,
        }
    }

    /// Up to three questions that could follow, in words the interpreter reads.
    fn follow_ups(&self, found: &Found<'_>) -> Vec<String> {
        let query = found.query;
        let Some(metric) = query.metrics.first().and_then(|name| self.metric(name)) else {
            return Vec::new();
        };
        let words = self.words;
        let mut asks = Vec::new();
        let by = metric
            .dimensions
            .iter()
            .filter(|name| !query.group_by.iter().any(|group| group.dimension == **name))
            .filter(|name| {
                !query
                    .filters
                    .iter()
                    .any(|filter| filter.dimension == **name)
            })
            // What the metric itself is filtered by has little to say as a breakdown.
            .filter(|name| !metric.definition.contains(own_name(name)))
            .filter_map(|name| self.catalog.dimension(name))
            .filter(|d| d.complete && (3..=30).contains(&d.values.len()));
        if query.group_by.is_empty() {
            asks.extend(
                by.take(2)
                    .map(|d| format!("{} {}", words.by, lowercase(&d.label))),
            );
        } else if query.filters.is_empty()
            && let [group, ..] = query.group_by.as_slice()
            && let Some(first) = found.answer.table.rows.first()
            && let Some(position) = found.answer.table.position(&group.column())
            && let Some(value) = first.get(position).filter(|value| **value != Value::Null)
        {
            let value = self.value_label(&group.dimension, value);
            asks.push(format!("{} {value}", words.only));
        }
        if query.grain.is_none() {
            let grain = self.words.grain(match query.time_range {
                Some(range) if (range.end - range.start).get_days() <= 45 => {
                    almanac_agent_contract::Grain::Day
                }
                Some(range) if (range.end - range.start).get_days() <= 190 => {
                    almanac_agent_contract::Grain::Week
                }
                _ => almanac_agent_contract::Grain::Month,
            });
            asks.push(format!("{} {grain}", words.by));
        }
        let year = query.compare.contains(&Comparison::SamePeriodLastYear);
        if query.time_range.is_some() && !year {
            asks.push(words.by_last_year.to_owned());
        }
        asks.truncate(3);
        asks
    }
}
