//! Resolves conversions: two simple metrics, the entity that both have, and what must be equal.

use std::sync::Arc;

use super::metric::{Conversion, Leaf, Value};
use super::resolve::{Passed, Resolver};
use crate::manifest::{ConversionDef, MetricDef, Text, did_you_mean};
use crate::nearest::nearest;

impl<'a> Resolver<'a> {
    pub(super) fn conversion(
        &mut self,
        definition: &'a MetricDef,
        conversion: &'a ConversionDef,
        passed: &Passed<'a>,
    ) -> Option<Value> {
        let window = match &conversion.window {
            Some(window) => Some(self.span(definition, window)?),
            None => None,
        };
        let base = self.input(definition, &conversion.base, passed);
        // What is asked of a conversion is asked of the event it counts for.
        let events = self.input(definition, &conversion.conversion, &Passed::default());
        let (base_value, events) = (base?, events?);
        // Metrics that are not simple are a problem already.
        let (base, after) = (only(&base_value)?, only(&events)?);
        let entity = [base, after].map(|measure| {
            let model = &self.graph.models[self.measures[measure].model];
            let found = model
                .entities
                .iter()
                .find(|entity| *entity.name == *conversion.entity.text);
            match found {
                Some(entity) => Some(Arc::clone(&entity.expr)),
                None => {
                    let names = model.entities.iter().map(|entity| &*entity.name);
                    let near = did_you_mean(nearest(&conversion.entity.text, names));
                    let text = format!(
                        "model {} has no entity {}{near}",
                        model.name, conversion.entity.text
                    );
                    self.problems
                        .metric(&conversion.entity.place, &definition.name, text);
                    None
                }
            }
        });
        let [before_key, after_key] = entity;
        let mut properties = Vec::with_capacity(conversion.properties.len());
        for (one, other) in &conversion.properties {
            let one = self.property(definition, base, one);
            let other = self.property(definition, after, other);
            properties.push((one?, other?));
        }
        let name = format!("{} {}", definition.name, self.conversions.len());
        self.conversions.push(Conversion {
            name: name.into(),
            base,
            conversion: after,
            entity: (before_key?, after_key?),
            window,
            properties,
        });
        let count = Value::Leaf(Leaf::Conversion(self.conversions.len() - 1));
        // A conversion's own filling of gaps stays with it.
        let count = match events {
            Value::Filled(_, fill) => Value::Filled(Box::new(count), fill),
            _ => count,
        };
        Some(if conversion.count {
            count
        } else {
            Value::Ratio(Box::new(count), Box::new(base_value))
        })
    }

    /// The name by which a dimension or entity can be asked for.
    fn property(
        &mut self,
        definition: &'a MetricDef,
        measure: usize,
        name: &Text,
    ) -> Option<String> {
        let measure = &self.measures[measure];
        let model = &self.graph.models[measure.model];
        let scene = self.scene(measure.model, Some(measure.time));
        let own = model
            .primary
            .as_ref()
            .map(|primary| format!("{primary}__{}", name.text));
        let found = own
            .into_iter()
            .chain([name.text.clone()])
            .find(|name| scene.find(name).is_ok());
        if found.is_none() {
            let names = model.attributes.iter().map(|attribute| &*attribute.name);
            let near = did_you_mean(nearest(&name.text, names));
            let text = format!("model {} has no {}{near}", model.name, name.text);
            self.problems.metric(&name.place, &definition.name, text);
        }
        found
    }
}

/// The one measure that a value is, filled or not.
fn only(value: &Value) -> Option<usize> {
    match value {
        Value::Leaf(Leaf::Measure(measure)) => Some(*measure),
        Value::Filled(inner, _) => only(inner),
        _ => None,
    }
}
