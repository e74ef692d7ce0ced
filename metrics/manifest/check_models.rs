//! What can be wrong with models and time spines: stretches of validity that do not begin or end,
//! and granularities that mean two things.

use std::collections::HashMap;

use super::check::at;
use super::definitions::{Definitions, EntityKind, ModelDef, Validity};
use super::problem::{Place, Problems};
use crate::granularity::Granularity;

/// Notes every such problem.
pub(crate) fn check_models(definitions: &Definitions, problems: &mut Problems) {
    for model in &definitions.models {
        check_validity(model, problems);
    }
    check_spines(definitions, problems);
}

/// A slowly changing dimension needs exactly one beginning and one end.
fn check_validity(model: &ModelDef, problems: &mut Problems) {
    let with = |validity: Validity| {
        let dimensions = model.dimensions.iter();
        dimensions.filter(move |dimension| dimension.validity == Some(validity))
    };
    for (validity, flag) in [(Validity::Start, "is_start"), (Validity::End, "is_end")] {
        let mut found = with(validity);
        if let (Some(first), Some(second)) = (found.next(), found.next()) {
            let text = format!(
                "model {} has two dimensions with {flag}, {} and {}; keep one",
                model.name, first.name, second.name
            );
            problems.add(&second.expr.place, text);
        }
    }
    let (start, end) = (with(Validity::Start).next(), with(Validity::End).next());
    let natural = model
        .entities
        .iter()
        .find(|entity| entity.kind == EntityKind::Natural);
    match (natural, start, end) {
        (Some(natural), start, end) if start.is_none() || end.is_none() => {
            let text = format!(
                "natural entity {} needs a time dimension with validity_params: {{is_start: true}} and one with {{is_end: true}} in model {}",
                natural.name, model.name
            );
            problems.add(&natural.expr.place, text);
        }
        (None, Some(one), None) | (None, None, Some(one)) => {
            let text = format!(
                "{} says where validity begins or ends; model {} needs both, and an entity of type natural",
                one.name, model.name
            );
            problems.add(&one.expr.place, text);
        }
        _ => {}
    }
}

fn check_spines(definitions: &Definitions, problems: &mut Problems) {
    let mut spines: HashMap<Granularity, &Place> = HashMap::new();
    let mut own: HashMap<&str, &Place> = HashMap::new();
    for spine in &definitions.spines {
        if let Some(first) = spines.insert(spine.granularity, &spine.place) {
            let text = format!(
                "is the second time spine by {}, after {}; keep one for each granularity",
                spine.granularity.as_str(),
                at(first)
            );
            problems.add(&spine.place, text);
        }
        for (name, _) in &spine.custom {
            if Granularity::named(&name.text).is_some() {
                let text = format!(
                    "custom granularity {} has the name of a standard one; choose another, such as fiscal_{}",
                    name.text, name.text
                );
                problems.add(&name.place, text);
            }
            if let Some(first) = own.insert(&name.text, &name.place) {
                let text = format!(
                    "custom granularity {} is defined twice, first in {}",
                    name.text,
                    at(first)
                );
                problems.add(&name.place, text);
            }
        }
    }
}
