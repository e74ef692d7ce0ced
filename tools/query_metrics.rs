//! `query_metrics`: runs a metric query and answers with a card.
//!
//! "how was revenue last week?" -> `{"metrics": ["revenue"], "time_range": {"start": "2026-11-09",
//! "end": "2026-11-15"}, "compare": ["previous_period"]}` -> headline, change, daily chart.

use std::sync::Arc;

use almanac_agent_contract::{
    ChartKind, Grain, Outcome, Scope, Table, Timing, ToolError, ToolOutput,
};
use almanac_metrics::{Answer, Catalog, MetricQuery, QueryError};
use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Value as Json, json};

use crate::Context;
use crate::card::{Composer, Found};
use crate::registry::TypedTool;

/// Rows of a result that a model reads; the person's card has them all.
const ROWS_FOR_MODEL: usize = 50;

/// The tool.
pub(crate) struct QueryMetrics(Arc<Context>);

/// A metric query and how to draw it.
#[derive(Debug, JsonSchema)]
pub(crate) struct Arguments {
    #[schemars(flatten)]
    query: MetricQuery,
    /// How to draw it; chosen from the shape of the result where absent.
    chart: Option<Drawn>,
}

/// How a result is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Drawn {
    /// Points in time.
    Line,
    /// Categories.
    Bar,
    /// Categories, split.
    StackedBar,
    /// No chart.
    Table,
}

impl Drawn {
    /// The chart's kind; `None` for a table alone.
    pub(crate) const fn kind(self) -> Option<ChartKind> {
        match self {
            Self::Line => Some(ChartKind::Line),
            Self::Bar => Some(ChartKind::Bar),
            Self::StackedBar => Some(ChartKind::StackedBar),
            Self::Table => None,
        }
    }
}

// By hand, because `flatten` would let unknown names pass in silence.
impl<'de> Deserialize<'de> for Arguments {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut map = serde_json::Map::deserialize(deserializer)?;
        let chart = map.remove("chart").filter(|chart| !chart.is_null());
        let chart = chart
            .map(serde_json::from_value)
            .transpose()
            .map_err(D::Error::custom)?;
        let query = serde_json::from_value(Json::Object(map)).map_err(D::Error::custom)?;
        Ok(Self { query, chart })
    }
}

impl TypedTool for QueryMetrics {
    const NAME: &'static str = "query_metrics";
    const DESCRIPTION: &'static str = "Runs a query over defined metrics and returns the numbers, \
        which the person sees as a card. Use exact metric and dimension names. Dates are whole \
        local days, both ends included. Use `grain` for a series over time, `group_by` for a \
        breakdown, `compare` to set a period beside another.";
    type Arguments = Arguments;

    fn new(context: Arc<Context>) -> Self {
        Self(context)
    }

    async fn run(&self, arguments: Arguments, scope: &Scope) -> Result<ToolOutput, ToolError> {
        let Arguments { query, chart } = arguments;
        if let Some(why) = undrawn(&query) {
            return Err(ToolError::Arguments(why.to_owned()));
        }
        let catalog = self.0.layer.catalog();
        let companion = companion(&query, chart, &catalog);
        let (mut answer, mut series) = match &companion {
            Some(series) => {
                let both = tokio::join!(self.0.layer.run(&query), self.0.layer.run(series));
                // The number is the answer; without its chart it is still right.
                (both.0.map_err(told)?, both.1.ok())
            }
            None => (self.0.layer.run(&query).await.map_err(told)?, None),
        };
        let composer = Composer {
            catalog: &catalog,
            scope,
            writer: &self.0.writer(scope),
            words: crate::words::Words::of(scope.language),
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
            drawn: chart,
        };
        let (card, summary) = composer.compose(&found);
        Ok(ToolOutput {
            data: told_to_model(&answer),
            summary,
            choices: Vec::new(),
            timing: timing(&answer, series.map(|(_, series)| series)),
            card: Some(card),
        })
    }
}

/// What a query asks for that a card has no place for.
fn undrawn(query: &MetricQuery) -> Option<&'static str> {
    if query.metrics.is_empty() || query.min_max_only {
        return Some("name at least one metric: a card shows the numbers of metrics");
    }
    if query.totals || query.shares || query.other {
        return Some(
            "totals, shares and other are not shown on cards: ask for the breakdown alone",
        );
    }
    let elsewhere = "amounts are shown in the workspace's currency: leave currency out";
    query.currency.is_some().then_some(elsewhere)
}

/// The series that is drawn beside a single value: the same query over the days, weeks or months
/// of its period.
fn companion(query: &MetricQuery, drawn: Option<Drawn>, catalog: &Catalog) -> Option<MetricQuery> {
    let range = query.time_range?;
    let days = (range.end - range.start).get_days() + 1;
    let [metric] = query.metrics.as_slice() else {
        return None;
    };
    let single = query.grain.is_none() && query.group_by.is_empty();
    if !single || drawn == Some(Drawn::Table) {
        return None;
    }
    let (readable, length) = match days {
        i32::MIN..=62 => (Grain::Day, 1),
        63..=190 => (Grain::Week, 7),
        191.. => (Grain::Month, 30),
    };
    let finest = catalog
        .metric(metric)
        .map_or(Grain::Day, |m| m.finest_grain);
    if finest > readable || days < 3 * length {
        return None;
    }
    Some(MetricQuery {
        grain: Some(readable),
        compare: query.compare.iter().copied().take(1).collect(),
        order_by: Vec::new(),
        limit: None,
        ..query.clone()
    })
}

/// Who hears that a query has no answer: whoever made it, the person where only they can ask for
/// less, the operator where the data or the engine is at fault.
fn told(error: QueryError) -> ToolError {
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

fn told_to_model(answer: &Answer) -> Json {
    let Table { columns, rows } = &answer.table;
    json!({
        "outcome": Outcome::Answer,
        "columns": columns.iter().map(|column| &column.name).collect::<Vec<_>>(),
        "rows": rows.iter().take(ROWS_FOR_MODEL).collect::<Vec<_>>(),
        "row_count": rows.len(),
        "truncated": answer.truncated,
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
    fn an_unknown_argument_is_an_error_that_names_it() {
        let error = serde_json::from_value::<Arguments>(json!({"metrics": ["a"], "limt": 3}));
        assert!(error.unwrap_err().to_string().contains("limt"));
    }

    #[test]
    fn what_a_card_cannot_show_is_refused() {
        for json in [
            json!({"metrics": [], "group_by": ["customer__country"]}),
            json!({"metrics": ["revenue"], "totals": true}),
            json!({"metrics": ["revenue"], "currency": "EUR"}),
        ] {
            let arguments: Arguments = serde_json::from_value(json).unwrap();
            assert!(undrawn(&arguments.query).is_some());
        }
    }

    #[test]
    fn a_single_value_of_a_month_is_drawn_by_day() {
        let arguments: Arguments = serde_json::from_value(json!({
            "metrics": ["revenue"],
            "time_range": {"start": "2026-10-01", "end": "2026-10-31"},
            "compare": ["previous_period", "same_period_last_year"],
        }))
        .unwrap();
        let series = companion(&arguments.query, None, &Catalog::default()).unwrap();
        assert_eq!((series.grain, series.compare.len()), (Some(Grain::Day), 1));
        assert!(companion(&arguments.query, Some(Drawn::Table), &Catalog::default()).is_none());
    }

    #[test]
    fn a_day_or_two_are_not_drawn() {
        let arguments: Arguments = serde_json::from_value(json!({
            "metrics": ["revenue"],
            "time_range": {"start": "2026-10-01", "end": "2026-10-02"},
        }))
        .unwrap();
        assert!(companion(&arguments.query, None, &Catalog::default()).is_none());
    }
}
