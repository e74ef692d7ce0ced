//! Saved queries: questions with a name, written beside the metrics.

use std::collections::BTreeMap;

use super::run::Layer;
use crate::error::QueryError;
use crate::manifest::{Definitions, SavedQueryDef, Text};
use crate::nearest::nearest;
use crate::query::{GroupBy, MetricQuery, OrderBy};

/// A saved query.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedQuery {
    /// Its name, unique.
    pub name: String,
    /// Its name for people, if it has one of its own.
    pub label: Option<String>,
    /// What it is for.
    pub description: String,
    /// The question, which can be edited and run like any other.
    pub query: MetricQuery,
}

impl Layer {
    /// All saved queries, by name.
    pub fn saved_queries(&self) -> impl Iterator<Item = &SavedQuery> {
        self.saved.values()
    }

    /// The question of the saved query of that name.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn saved_query(&self, name: &str) -> Result<MetricQuery, QueryError> {
        self.saved
            .get(name)
            .map(|saved| saved.query.clone())
            .ok_or_else(|| QueryError::UnknownSavedQuery {
                name: name.to_owned(),
                nearest: nearest(name, self.saved.keys().map(String::as_str)),
            })
    }
}

/// All saved queries by name.
pub(super) fn saved(definitions: &Definitions) -> BTreeMap<String, SavedQuery> {
    let each = definitions.saved_queries.iter().map(|saved| SavedQuery {
        name: saved.name.clone(),
        label: saved.label.clone(),
        description: saved.description.clone(),
        query: query(saved),
    });
    each.map(|saved| (saved.name.clone(), saved)).collect()
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
