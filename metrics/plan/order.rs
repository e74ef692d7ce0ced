//! In which order rows come.

use std::sync::Arc;

use super::keys::{Key, METRIC_TIME};
use super::metric::Metric;
use super::rows::IS_OTHER;
use super::statement::Order;
use crate::error::QueryError;
use crate::nearest::nearest;
use crate::query::MetricQuery;

/// Sort keys: those asked for, or time and else the first metric; then the group keys, so that
/// the same question always gives the same order. The row of all other groups is their last.
pub(super) fn order(
    query: &MetricQuery,
    keys: &[Key],
    columns: &[Arc<str>],
    asked: &[&Metric],
) -> Result<Vec<Order>, QueryError> {
    if query.min_max_only {
        return Ok(Vec::new());
    }
    let mut order: Vec<Order> = Vec::new();
    let other: Option<Arc<str>> = query.other.then(|| IS_OTHER.into());
    let by = |column: &Arc<str>, descending| Order {
        column: Arc::clone(column),
        descending,
    };
    for wish in &query.order_by {
        let named = |column: &&Arc<str>| ***column == *wish.by;
        let key = || keys.iter().find(|key| key.name == wish.by);
        let found = columns
            .iter()
            .find(named)
            .or_else(|| key().map(|key| &key.column));
        let Some(column) = found else {
            let near = nearest(&wish.by, columns.iter().map(|column| &**column));
            return Err(QueryError::UnknownOrder {
                name: wish.by.clone(),
                nearest: near,
            });
        };
        order.push(by(column, wish.descending));
    }
    if query.order_by.is_empty() && !keys.is_empty() {
        if let Some(time) = keys.iter().find(|key| *key.column == *METRIC_TIME) {
            order.push(by(&time.column, false));
        }
        if let Some(other) = &other {
            order.push(by(other, false));
        }
        if let Some(metric) = asked.first() {
            order.push(by(&metric.name, true));
        }
    } else if let Some(other) = &other {
        let after = order
            .iter()
            .take_while(|one| {
                keys.iter()
                    .any(|key| key.is_metric_time() && key.column == one.column)
            })
            .count();
        order.insert(after, by(other, false));
    }
    for key in keys {
        if !order.iter().any(|known| known.column == key.column) {
            order.push(by(&key.column, false));
        }
    }
    Ok(order)
}
