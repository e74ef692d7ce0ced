//! Whether keys that definitions call primary or unique come once each in the data. Where one
//! comes twice, every row that leads there is counted twice: operators are told.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use almanac_agent_contract::Value;
use futures::{StreamExt, stream};

use super::run::Layer;
use crate::manifest::{Aggregation, EntityKind};
use crate::plan::{Expr, Graph, Select, Source};
use crate::sql::{Place, render};

/// Asks about every key that other tables' rows lead to. What cannot be told is left open.
pub(super) async fn keys(layer: &Layer, at_once: usize) -> Vec<Vec<Option<bool>>> {
    let mut known: Vec<Vec<Option<bool>>> = layer
        .graph
        .models
        .iter()
        .map(|model| vec![None; model.entities.len()])
        .collect();
    let place = Place {
        dialect: layer.runner.engine.dialect(),
        settings: &layer.settings,
    };
    let mut asked: Vec<(usize, usize)> = Vec::new();
    for path in layer.graph.models.iter().flat_map(|model| &model.paths) {
        if let Some(link) = &path.link
            && !asked.contains(&(path.model, link.entity))
        {
            asked.push((path.model, link.entity));
        }
    }
    asked.retain(|(model, entity)| {
        let kind = layer.graph.models[*model].entities[*entity].kind;
        matches!(kind, EntityKind::Primary | EntityKind::Unique)
    });
    let asking = asked.into_iter().map(|(number, entity)| {
        let model = &layer.graph.models[number];
        let key = || Some(Expr::Shared(Arc::clone(&model.entities[entity].expr)));
        let columns = vec![
            ("all".into(), Expr::aggregate(Aggregation::Count, key())),
            (
                "each".into(),
                Expr::aggregate(Aggregation::CountDistinct, key()),
            ),
        ];
        let sql = render(
            &Select::new(Source::model(model, Vec::new()), columns),
            place,
        );
        let engine = Arc::clone(&layer.runner.engine);
        async move {
            let rows = engine.run(&sql).await.ok()?.table.rows;
            match rows.first().map(Vec::as_slice) {
                Some([Value::Integer(all), Value::Integer(each)]) => {
                    Some((number, entity, all == each))
                }
                _ => None,
            }
        }
    });
    let asking: Vec<_> = asking.collect();
    let answers = stream::iter(asking).buffer_unordered(at_once);
    let answers: Vec<_> = answers.collect().await;
    for (model, entity, once) in answers.into_iter().flatten() {
        known[model][entity] = Some(once);
    }
    known
}

/// Marks what is known in the graph. Returns what is not as it is said to be.
pub(super) fn mark(graph: &Graph, keys: &[Vec<Option<bool>>]) -> Vec<String> {
    let mut doubtful = Vec::new();
    for (model, known) in graph.models.iter().zip(keys) {
        for (entity, once) in model.entities.iter().zip(known) {
            entity.checked.store(*once == Some(true), Ordering::Relaxed);
            if *once == Some(false) {
                doubtful.push(format!(
                    "table {} has the same {} in several rows, though it is said to be {}: rows \
                     that lead there are counted more than once",
                    model.table.name,
                    entity.name,
                    match entity.kind {
                        EntityKind::Unique => "unique",
                        _ => "the primary entity",
                    }
                ));
            }
        }
    }
    doubtful
}
