//! Where a value stands among very many of its dimension, without looking at each. `say` asks for
//! every value that it writes.

use std::hash::{DefaultHasher, Hash, Hasher};

use almanac_agent_contract::Value;
use almanac_metrics::{Catalog, DimensionInfo, ValueInfo};

/// Fewer values are looked at one after another.
const FEW: usize = 64;

/// Hashes of the values' texts, sorted, with their places; of dimensions with many values only.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<Box<[(u32, u32)]>>);

impl Places {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let of = |info: &DimensionInfo| {
            if info.values.len() <= FEW {
                return Box::default();
            }
            let each = info.values.iter().zip(0_u32..);
            let mut places: Vec<(u32, u32)> = each
                .filter_map(|(known, at)| Some((key(&known.value)?, at)))
                .collect();
            places.sort_unstable();
            places.into_boxed_slice()
        };
        Self(catalog.dimensions.iter().map(of).collect())
    }

    /// The value, in the dimension at that place of the catalogue.
    pub(super) fn find<'a>(
        &self,
        (info, at): (&'a DimensionInfo, usize),
        value: &Value,
    ) -> Option<&'a ValueInfo> {
        let places = self.0.get(at).map_or(&[] as &[_], |places| &**places);
        let Some(key) = key(value).filter(|_| !places.is_empty()) else {
            return info.values.iter().find(|known| known.value == *value);
        };
        let from = places.partition_point(|(other, _)| *other < key);
        places
            .iter()
            .skip(from)
            .take_while(|(other, _)| *other == key)
            .filter_map(|(_, at)| info.values.get(*at as usize))
            .find(|known| known.value == *value)
    }
}

fn key(value: &Value) -> Option<u32> {
    let Value::Text(text) = value else {
        return None;
    };
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    Some((hasher.finish() >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use almanac_agent_contract::Value;
    use almanac_metrics::{Catalog, DimensionInfo, DimensionKind, ValueInfo};

    use super::Places;

    #[test]
    fn every_value_is_found_and_no_other() {
        let value = |n: i64| match n % 10 {
            0 => Value::Integer(n),
            _ => Value::Text(format!("value {n}")),
        };
        let info = |count: i64| DimensionInfo {
            name: "a__b".into(),
            label: "B".into(),
            description: String::new(),
            synonyms: Vec::new(),
            kind: DimensionKind::Categorical,
            values: (0..count)
                .map(|n| ValueInfo {
                    value: value(n),
                    synonyms: Vec::new(),
                })
                .collect(),
            complete: true,
            numeric: false,
        };
        let catalog = Catalog {
            metrics: Vec::new(),
            dimensions: vec![info(20), info(2_000)],
        };
        let places = Places::new(&catalog);
        for (at, info) in catalog.dimensions.iter().enumerate() {
            for known in &info.values {
                assert_eq!(places.find((info, at), &known.value), Some(known));
            }
            assert_eq!(places.find((info, at), &Value::Text("other".into())), None);
            assert_eq!(places.find((info, at), &Value::Integer(7)), None);
        }
    }
}
