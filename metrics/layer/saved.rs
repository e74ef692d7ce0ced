//! Saved queries: questions with a name, written beside the metrics.

use std::collections::BTreeMap;

use super::run::Layer;
use crate::error::QueryError;
use crate::manifest::{Definitions, SavedQueryDef, Text};
use crate::nearest::nearest;
use crate::query::{GroupBy, MetricQuery, OrderBy};

impl Layer {
    /// The saved query of that name, as a query that can be edited and run.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn saved_query(&self, name: &str) -> Result<MetricQuery, QueryError> {
        self.saved
            .get(name)
            .cloned()
            .ok_or_else(|| QueryError::UnknownSavedQuery {
                name: name.to_owned(),
                nearest: nearest(name, self.saved.keys().map(String::as_str)),
            })
    }
}

/// All saved queries by name.
pub(super) fn saved(definitions: &Definitions) -> BTreeMap<String, MetricQuery> {
    let each = definitions.saved_queries.iter();
    each.map(|saved| (saved.name.clone(), query(saved)))
        .collect()
}

/// A saved query as what anybody could ask.
fn query(saved: &SavedQueryDef) -> MetricQuery {
    let texts =
        |texts: &[Text]| -> Vec<String> { texts.iter().map(|text| text.text.clone()).collect() };
    MetricQuery {
        metrics: texts(&saved.metrics),
        group_by: texts(&saved.group_by)
            .into_iter()
            .map(GroupBy::from)
            .collect(),
        conditions: texts(&saved.filters),
        order_by: saved
            .order_by
            .iter()
            .map(|(by, descending)| OrderBy {
                by: by.text.clone(),
                descending: *descending,
            })
            .collect(),
        limit: saved.limit,
        ..MetricQuery::default()
    }
}
