//! Conditions on metrics' values: whether they hold together, and how finished rows are tested.

use std::sync::Arc;

use super::compile::Planned;
use super::expr::{Expr, Literal, Operation};
use super::statement::{Select, Source};
use crate::error::QueryError;
use crate::query::{Having, MetricQuery, Operator};

/// The greatest whole number up to which a double holds every one.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// The metrics that only conditions on rows speak of: computed, but not among the result's columns.
pub(super) fn unseen(query: &MetricQuery) -> impl Iterator<Item = &str> {
    of_rows(query)
        .map(|having| having.metric.as_str())
        .filter(|name| !query.metrics.iter().any(|metric| metric == name))
}

/// Keeps the rows that meet the conditions on rows. `columns` are those of the result; the plan may
/// have more.
pub(super) fn kept<'g>(
    planned: Planned<'g>,
    query: &MetricQuery,
    columns: usize,
    depth: u8,
) -> Result<Planned<'g>, QueryError> {
    let mut filters = Vec::new();
    for having in of_rows(query) {
        let value = Expr::Output(having.metric.as_str().into());
        filters.push(operation(having, value)?);
    }
    if filters.is_empty() {
        return Ok(planned);
    }
    if query.other {
        return Err(QueryError::Contradiction(
            "with other there is one row for all groups beyond the limit, which having cannot test: leave one of them out",
        ));
    }
    let mut names = planned.columns;
    names.truncate(columns);
    // DataFusion has no two of a name, not even one inside the other.
    let all: Arc<str> = format!("all rows {depth}").into();
    let shown = names.iter();
    let shown = shown.map(|name| (Arc::clone(name), Expr::Output(Arc::clone(name))));
    let mut select = Select::new(Source::named(&all), shown.collect());
    select.with = vec![(all, planned.select)];
    select.filters = filters;
    Ok(Planned {
        select,
        columns: names,
        ..planned
    })
}

/// A value tested as a condition asks.
pub(super) fn operation(having: &Having, value: Expr) -> Result<Expr, QueryError> {
    let operation = match having.op {
        Operator::Gt => Operation::Greater,
        Operator::Gte => Operation::GreaterOrEqual,
        Operator::Lt => Operation::Less,
        Operator::Lte => Operation::LessOrEqual,
        Operator::In => Operation::Equal,
        Operator::NotIn => Operation::NotEqual,
        Operator::Contains | Operator::IsNull | Operator::IsNotNull => {
            return Err(QueryError::Contradiction(
                "having tests a number: its op is gt, gte, lt, lte, in or not_in",
            ));
        }
    };
    if !having.value.is_finite() {
        return Err(QueryError::Contradiction("having needs a finite number"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is whole and within what both hold"
    )]
    let literal = if having.value.fract() == 0.0 && having.value.abs() < WHOLE {
        Literal::Integer(having.value as i64)
    } else {
        Literal::Float(having.value)
    };
    Ok(Expr::binary(value, operation, Expr::Literal(literal)))
}

/// The conditions on rows of the result.
fn of_rows(query: &MetricQuery) -> impl Iterator<Item = &Having> {
    query.having.iter().filter(|having| having.per.is_none())
}
