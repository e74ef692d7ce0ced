//! What a model may do: one file per tool, one line each in the list below.

#[cfg(test)]
mod answers;
mod arguments;
mod card;
mod explanations;
mod registry;
mod sentences;
mod words;

pub use registry::Context;

registry::tools! {
    query_metrics::QueryMetrics,
    list_metrics::ListMetrics,
    describe_metric::DescribeMetric,
    explain_query::ExplainQuery,
    list_values::ListValues,
    remember_definition::RememberDefinition,
    list_definitions::ListDefinitions,
    forget_definition::ForgetDefinition,
    give_feedback::GiveFeedback,
}
