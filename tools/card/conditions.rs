//! What a result is limited to, in words: filters, alternatives, conditions on values.

use almanac_metrics::{Filter, Having, MetricQuery, Operator};

use super::Composer;
use super::labels::lowercase;
use crate::sentences::fill;

impl Composer<'_> {
    /// Every condition of a query, each in words: "Country: Brazil, Mexico", "Orders > 100".
    pub(crate) fn conditions(&self, query: &MetricQuery) -> Vec<String> {
        let filters = query.filters.iter().map(|filter| self.filter(filter));
        let any_of = query.any_of.iter().map(|filters| {
            let each: Vec<_> = filters.iter().map(|filter| self.filter(filter)).collect();
            each.join(&format!(" {} ", self.sentences.or))
        });
        let having = query.having.iter().map(|having| self.having(having));
        filters.chain(any_of).chain(having).collect()
    }

    /// A filter in words.
    fn filter(&self, filter: &Filter) -> String {
        let label = self.dimension_label(&filter.dimension);
        let values: Vec<_> = filter
            .values
            .iter()
            .map(|value| self.value_label(&filter.dimension, value))
            .collect();
        let values = values.join(", ");
        match filter.op {
            Operator::In => format!("{label}: {values}"),
            Operator::Contains => format!("{label} ∋ “{values}”"),
            Operator::IsNull => format!("{label}: {}", self.words.other),
            Operator::IsNotNull => format!("{label}: {}", self.words.all),
            op => format!("{label} {} {values}", sign(op)),
        }
    }

    /// A condition on values in words: "Orders > 100", "Orders per customer > 3".
    fn having(&self, having: &Having) -> String {
        let metric = self.metric_label(&having.metric);
        let name = match &having.per {
            Some(entity) => {
                let entity = lowercase(&entity.replace("__", " ").replace('_', " "));
                fill(
                    self.sentences.per,
                    &[("metric", &metric), ("other", &entity)],
                )
            }
            None => metric,
        };
        let value = self
            .writer
            .number(having.value, &self.format(&having.metric));
        format!("{name} {} {value}", sign(having.op))
    }
}

/// A test as people write it.
pub(crate) const fn sign(op: Operator) -> &'static str {
    match op {
        Operator::Gt => ">",
        Operator::Gte => "≥",
        Operator::Lt => "<",
        Operator::Lte => "≤",
        Operator::NotIn => "≠",
        _ => "=",
    }
}
