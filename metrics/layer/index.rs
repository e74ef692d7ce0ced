//! The values of dimensions and the days of data, asked of the engine once and kept in a file
//! until the definitions or the data change.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use almanac_agent_contract::Value;
use futures::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use super::coverage::{days, of_days};
use super::keys::keys;
use super::run::Layer;
use crate::catalog::Coverage;
use crate::error::LayerError;
use crate::manifest::{Aggregation, Definitions};
use crate::plan::{Aggregate, Expr, Kind, Model, Order, PathId, Select, Source, day_bucket};
use crate::sql::{Place, render};

/// Values of a dimension that are kept at most.
pub(super) const MOST_VALUES: usize = 2_000;
/// Questions asked of the engine at the same time.
const AT_ONCE: usize = 4;
/// Changes with the file's shape.
const SHAPE: u32 = 2;

/// What was found, by model and attribute in the graph's order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Index {
    shape: u32,
    version: (u64, u64),
    zone: String,
    pub(super) found: Vec<Vec<Found>>,
    /// Whether the keys of each model's entities come once each, where that was asked.
    pub(super) keys: Vec<Vec<Option<bool>>>,
}

/// What was found of an attribute.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) enum Found {
    /// It was not asked about.
    #[default]
    Nothing,
    /// Its values, most frequent first, and whether these are all.
    Values { values: Values, complete: bool },
    /// The days it covers.
    Days(Option<Coverage>),
}

/// Values of one type. Unlike `Value`, this tells a text that looks like a date from a date.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Values {
    Text(Vec<String>),
    Integer(Vec<i64>),
    Boolean(Vec<bool>),
}

impl Values {
    fn of(rows: &[Vec<Value>], kind: Kind) -> Self {
        let cells = rows.iter().filter_map(|row| row.first());
        match kind {
            Kind::Integer => Self::Integer(
                cells
                    .filter_map(|cell| match cell {
                        Value::Integer(number) => Some(*number),
                        _ => None,
                    })
                    .collect(),
            ),
            Kind::Boolean => Self::Boolean(
                cells
                    .filter_map(|cell| match cell {
                        Value::Boolean(flag) => Some(*flag),
                        _ => None,
                    })
                    .collect(),
            ),
            _ => Self::Text(
                cells
                    .filter_map(|cell| match cell {
                        Value::Text(text) => Some(text.clone()),
                        _ => None,
                    })
                    .collect(),
            ),
        }
    }

    /// The values as the catalogue has them.
    pub(super) fn each(&self) -> Vec<Value> {
        match self {
            Self::Text(all) => all.iter().cloned().map(Value::Text).collect(),
            Self::Integer(all) => all.iter().copied().map(Value::Integer).collect(),
            Self::Boolean(all) => all.iter().copied().map(Value::Boolean).collect(),
        }
    }
}

/// The index of a layer: from the cache where it is still true, else asked and cached.
pub(super) async fn index(
    layer: &Layer,
    definitions: &Definitions,
    version: (u64, u64),
    cache: Option<&Path>,
) -> Result<Index, LayerError> {
    let file = cache.map(|folder| folder.join("metrics-index.json"));
    let zone = layer.settings.zone.name().to_owned();
    if let Some(known) = file.as_deref().and_then(read)
        && known.shape == SHAPE
        && known.version == version
        && known.zone == zone
    {
        return Ok(known);
    }
    let found = ask(layer, definitions).await?;
    let index = Index {
        shape: SHAPE,
        version,
        zone,
        found,
        keys: keys(layer).await,
    };
    if let Some(file) = file
        && let Err(error) = write(&file, &index)
    {
        // The next opening is slower; nothing else is lost.
        tracing::warn!(file = %file.display(), %error, "the index of values was not kept");
    }
    Ok(index)
}

fn read(file: &Path) -> Option<Index> {
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

fn write(file: &PathBuf, index: &Index) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    // Written beside and renamed, so that no reader sees half of it.
    let beside = file.with_extension(format!("{}.tmp", std::process::id()));
    fs::write(&beside, serde_json::to_vec(index)?)?;
    fs::rename(&beside, file)
}

async fn ask(layer: &Layer, definitions: &Definitions) -> Result<Vec<Vec<Found>>, LayerError> {
    let mut found: Vec<Vec<Found>> = Vec::with_capacity(layer.graph.models.len());
    let mut questions = Vec::new();
    for (number, model) in layer.graph.models.iter().enumerate() {
        found.push(model.attributes.iter().map(|_| Found::Nothing).collect());
        for (attribute, question) in questions_of(layer, definitions, number, model) {
            questions.push((number, attribute, question));
        }
    }
    let place = Place {
        dialect: layer.runner.engine.dialect(),
        settings: &layer.settings,
    };
    let answers = stream::iter(questions).map(|(model, attribute, question)| {
        let sql = render(&question.select, place);
        async move {
            let rows = layer.runner.engine.run(&sql).await;
            let rows = rows
                .map_err(|error| LayerError::Engine(error.to_string()))?
                .table
                .rows;
            let found = match question.kind {
                Some(kind) => {
                    let complete = rows.len() <= MOST_VALUES;
                    let kept = rows.get(..MOST_VALUES).unwrap_or(&rows);
                    Found::Values {
                        values: Values::of(kept, kind),
                        complete,
                    }
                }
                None => Found::Days(of_days(&days(&rows))),
            };
            Ok::<_, LayerError>((model, attribute, found))
        }
    });
    let answers: Vec<_> = answers.buffer_unordered(AT_ONCE).try_collect().await?;
    for (model, attribute, answer) in answers {
        found[model][attribute] = answer;
    }
    Ok(found)
}

/// A question about an attribute: its values where a kind is given, else its days.
struct Question<'g> {
    select: Select<'g>,
    kind: Option<Kind>,
}

fn questions_of<'g>(
    layer: &'g Layer,
    definitions: &Definitions,
    number: usize,
    model: &'g Model,
) -> Vec<(usize, Question<'g>)> {
    let times: Vec<usize> = layer
        .metrics
        .measures
        .iter()
        .filter(|measure| measure.model == number)
        .map(|measure| measure.time)
        .collect();
    let mut questions = Vec::new();
    for (index, attribute) in model.attributes.iter().enumerate() {
        let Some(dimension) = attribute.dimension else {
            continue;
        };
        let own = Expr::At(PathId::OWN, Arc::clone(&attribute.expr));
        let source = Source::model(model, Vec::new());
        if attribute.time.is_some() {
            if times.contains(&index) {
                let day = day_bucket(own.clone(), attribute.kind);
                let mut select = Select::new(source, vec![("day".into(), day)]);
                select.filters.push(Expr::IsNotNull(Box::new(own)));
                select.keys = 1;
                select.order.push(Order {
                    column: "day".into(),
                    descending: false,
                });
                questions.push((index, Question { select, kind: None }));
            }
            continue;
        }
        let words = definitions
            .models
            .get(number)
            .and_then(|model| model.dimensions.get(dimension));
        let unindexed = words.is_some_and(|dimension| dimension.words.unindexed);
        let listed = matches!(attribute.kind, Kind::Text | Kind::Integer | Kind::Boolean);
        if unindexed || !listed {
            continue;
        }
        let count = Aggregate {
            aggregation: Aggregation::Count,
            argument: None,
            filter: None,
        };
        let count = Expr::Aggregate(Box::new(count));
        let columns = vec![("value".into(), own.clone()), ("rows".into(), count)];
        let mut select = Select::new(source, columns);
        select.filters.push(Expr::IsNotNull(Box::new(own)));
        select.keys = 1;
        select.order.push(Order {
            column: "rows".into(),
            descending: true,
        });
        select.order.push(Order {
            column: "value".into(),
            descending: false,
        });
        select.limit = Some(MOST_VALUES as u64 + 1);
        questions.push((
            index,
            Question {
                select,
                kind: Some(attribute.kind),
            },
        ));
    }
    questions
}
