//! `query_metrics`: runs a metric query and answers with a card.
//!
//! "how was revenue last week?" -> `{"metrics": ["revenue"], "time_range": {"start": "2026-11-09",
//! "end": "2026-11-15"}, "compare": ["previous_period"]}` -> headline, change, daily chart.

use std::sync::Arc;

use almanac_agent_contract::{Grain, Outcome, Scope, Table, Timing, ToolError, ToolOutput};
use almanac_cards::Writer;
use almanac_metrics::{Answer, Catalog, GroupBy, Layer, MetricQuery, OrderBy, QueryError};
use serde_json::{Value as Json, json};

use crate::Context;
use crate::arguments::{Arguments, Drawn, Wishes};
use crate::card::{Composer, Found, add_ratio, date_part, keep_focused, ratio_query};
use crate::registry::TypedTool;
use crate::sentences::Sentences;
use crate::words::Words;

/// Rows of a result that a model reads; the person's card has them all.
const ROWS_FOR_MODEL: usize = 50;

/// The tool.
pub(crate) struct QueryMetrics(Arc<Context>);

impl TypedTool for QueryMetrics {
    const NAME: &'static str = "query_metrics";
    const DESCRIPTION: &'static str = "Runs a query over defined metrics and returns the numbers, \
        which the person sees as a card. Use exact metric and dimension names. Dates are whole \
        local days, both ends included. Use `grain` for a series over time, `group_by` for a \
        breakdown, `compare` to set a period beside another, `shares` for shares of the total, \
        `having` for conditions on values, `threshold` for yes or no, `statistic` for what rows \
        come to, `ratio` for one metric divided by another.";
    type Arguments = Arguments;

    fn new(context: Arc<Context>) -> Self {
        Self(context)
    }

    async fn run(&self, arguments: Arguments, scope: &Scope) -> Result<ToolOutput, ToolError> {
        answer(&self.0.layer, &self.0.writer(scope), arguments, scope).await
    }
}

/// Runs a query and composes the card.
pub(crate) async fn answer(
    layer: &Layer,
    writer: &Writer,
    arguments: Arguments,
    scope: &Scope,
) -> Result<ToolOutput, ToolError> {
    let misfit = arguments.contradiction().or_else(|| arguments.misfit());
    if let Some(why) = misfit {
        return Err(ToolError::Arguments(why.to_owned()));
    }
    let Arguments { query, wishes } = arguments;
    let catalog = layer.catalog();
    let companion = companion(&query, &wishes, &catalog);
    let asked = match wishes.ratio {
        true => ratio_query(&query),
        false => in_order_of_time(&query),
    };
    let (mut answer, mut series) = match &companion {
        Some(series) => {
            let both = tokio::join!(layer.run(&asked), layer.run(series));
            // The number is the answer; without its chart it is still right.
            (both.0.map_err(told)?, both.1.ok())
        }
        None => (layer.run(&asked).await.map_err(told)?, None),
    };
    if wishes.ratio {
        add_ratio(&query, &mut answer);
        if let (Some(query), Some(series)) = (&companion, &mut series) {
            add_ratio(query, series);
        }
    }
    let empty = layer.empty_buckets(&query, &answer, scope.today());
    keep_focused(&query, &mut answer, &wishes);
    let composer = Composer {
        catalog: &catalog,
        scope,
        writer,
        words: Words::of(scope.language),
        sentences: Sentences::of(scope.language),
    };
    // A count over no rows is zero, but where there is no data it is unknown.
    if composer.is_beyond_the_data(&query) {
        answer.table.rows.clear();
        series = None;
    }
    let series = companion.as_ref().zip(series.as_ref());
    let found = Found {
        query: &query,
        answer: &answer,
        series,
        wishes: &wishes,
        filling: &layer.filling(&query, &answer, scope.today()),
        empty,
        adds_up: query
            .metrics
            .first()
            .is_some_and(|metric| layer.adds_up(metric)),
    };
    let (card, summary) = composer.compose(&found);
    Ok(ToolOutput {
        data: told_to_model(&answer, &summary),
        summary,
        choices: Vec::new(),
        timing: timing(&answer, series.map(|(_, series)| series)),
        card: Some(card),
    })
}

/// The query with groups of time in their own order where it names none: Monday comes before
/// Tuesday, whichever is larger.
fn in_order_of_time(query: &MetricQuery) -> MetricQuery {
    let mut query = query.clone();
    let dated = |group: &&GroupBy| group.grain.is_some() || date_part(&group.dimension).is_some();
    if query.order_by.is_empty() && query.grain.is_none() && query.limit.is_none() {
        let first = query.group_by.first().filter(dated);
        query.order_by = first
            .map(|group| OrderBy {
                by: group.column(),
                descending: false,
            })
            .into_iter()
            .collect();
    }
    query
}

/// The series that is drawn beside a single value: the same query over the days, weeks or months
/// of its period.
fn companion(query: &MetricQuery, wishes: &Wishes, catalog: &Catalog) -> Option<MetricQuery> {
    let range = query.time_range?;
    let days = (range.end - range.start).get_days() + 1;
    if query.metrics.len() != 1 && !wishes.ratio {
        return None;
    }
    let single = query.grain.is_none() && query.group_by.is_empty();
    if !single || wishes.chart == Some(Drawn::Table) {
        return None;
    }
    let (readable, length) = match days {
        i32::MIN..=62 => (Grain::Day, 1),
        63..=190 => (Grain::Week, 7),
        191.. => (Grain::Month, 30),
    };
    let finest = query
        .metrics
        .iter()
        .filter_map(|metric| catalog.metric(metric))
        .map(|metric| metric.finest_grain)
        .max()
        .unwrap_or(Grain::Day);
    if finest > readable || days < 3 * length {
        return None;
    }
    Some(MetricQuery {
        grain: Some(readable),
        compare: query.compare.iter().copied().take(1).collect(),
        // What the whole was tested for is not what its parts are.
        having: query
            .having
            .iter()
            .filter(|having| having.per.is_some())
            .cloned()
            .collect(),
        order_by: Vec::new(),
        limit: None,
        ..query.clone()
    })
}

/// Who hears that a query has no answer: whoever made it, the person where only they can ask for
/// less, the operator where the data or the engine is at fault.
pub(crate) fn told(error: QueryError) -> ToolError {
    match error {
        QueryError::Data { .. } | QueryError::Engine(_) | QueryError::Unreachable(_) => {
            ToolError::Operator(error.to_string())
        }
        QueryError::TooSlow(_) | QueryError::TooBig | QueryError::TooBusy => {
            ToolError::Person(error.to_string())
        }
        error => ToolError::Arguments(error.to_string()),
    }
}

fn told_to_model(answer: &Answer, summary: &str) -> Json {
    let Table { columns, rows } = &answer.table;
    json!({
        "outcome": Outcome::Answer,
        "columns": columns.iter().map(|column| &column.name).collect::<Vec<_>>(),
        "rows": rows.iter().take(ROWS_FOR_MODEL).collect::<Vec<_>>(),
        "row_count": rows.len(),
        "truncated": answer.truncated,
        "summary": summary,
    })
}

fn timing(answer: &Answer, series: Option<&Answer>) -> Timing {
    let ms = |duration: std::time::Duration| duration.as_secs_f64() * 1e3;
    // They run side by side, so the longer of the two is what was waited for.
    let run = series.map_or(answer.run, |series| answer.run.max(series.run));
    Timing {
        compile: ms(answer.compile),
        run: ms(run),
        ..Timing::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_value_of_a_month_is_drawn_by_day() {
        let arguments: Arguments = serde_json::from_value(json!({
            "metrics": ["revenue"],
            "time_range": {"start": "2026-10-01", "end": "2026-10-31"},
            "compare": ["previous_period", "same_period_last_year"],
        }))
        .unwrap();
        let series = companion(&arguments.query, &arguments.wishes, &Catalog::default()).unwrap();
        assert_eq!((series.grain, series.compare.len()), (Some(Grain::Day), 1));
        let table = Wishes {
            chart: Some(Drawn::Table),
            ..Wishes::default()
        };
        assert!(companion(&arguments.query, &table, &Catalog::default()).is_none());
    }

    #[test]
    fn a_day_or_two_are_not_drawn() {
        let arguments: Arguments = serde_json::from_value(json!({
            "metrics": ["revenue"],
            "time_range": {"start": "2026-10-01", "end": "2026-10-02"},
        }))
        .unwrap();
        assert!(companion(&arguments.query, &arguments.wishes, &Catalog::default()).is_none());
    }
}
