//! The values of dimensions and the days of data, asked of the engine once and kept in a file
//! until the definitions or the data change.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use almanac_agent_contract::Value;
use futures::{StreamExt, TryFutureExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use super::coverage::{days, of_days};
use super::keys::keys;
use super::run::Layer;
use crate::catalog::Coverage;
use crate::engine::Engine;
use crate::error::LayerError;
use crate::manifest::{Aggregation, Definitions};
use crate::plan::{Aggregate, Expr, Kind, Model, Order, PathId, Select, Source, day_bucket};
use crate::sql::{Place, render};

/// Values of a dimension that are kept at most.
const MOST_VALUES: usize = 2_000;
/// Values of all dimensions that are kept at most.
const MOST_IN_ALL: usize = 50_000;
/// Bytes of a text that is a value and no prose.
const LONGEST: usize = 200;
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
                        Value::Text(text) if text.len() <= LONGEST => Some(text.clone()),
                        _ => None,
                    })
                    .collect(),
            ),
        }
    }

    const fn len(&self) -> usize {
        match self {
            Self::Text(all) => all.len(),
            Self::Integer(all) => all.len(),
            Self::Boolean(all) => all.len(),
        }
    }

    fn truncate(&mut self, most: usize) {
        match self {
            Self::Text(all) => all.truncate(most),
            Self::Integer(all) => all.truncate(most),
            Self::Boolean(all) => all.truncate(most),
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

/// The index of a layer over a source of that version: from the cache where it is still true, else
/// asked and cached.
pub(super) async fn index(layer: &Layer, source: u64) -> Result<Index, LayerError> {
    let zone = layer.settings.zone.name();
    if let Some(known) = file(layer).as_deref().and_then(read)
        && known.shape == SHAPE
        && known.version == (layer.fingerprint, source)
        && known.zone == zone
    {
        return Ok(known);
    }
    asked(layer, source, AT_ONCE).await
}

/// The index of a source that has changed. The questions are asked one by one, because people
/// are asking, too.
pub(super) async fn rebuilt(layer: &Layer, version: Option<&str>) -> Result<Index, LayerError> {
    // Where the engine tells no number the next opening reads for itself.
    let source = version.and_then(|version| version.parse().ok());
    asked(layer, source.unwrap_or_default(), 1).await
}

async fn asked(layer: &Layer, source: u64, at_once: usize) -> Result<Index, LayerError> {
    let mut found = ask(layer, at_once).await?;
    shorten(&mut found, MOST_IN_ALL);
    let index = Index {
        shape: SHAPE,
        version: (layer.fingerprint, source),
        zone: layer.settings.zone.name().to_owned(),
        found,
        keys: keys(layer, at_once).await,
    };
    if let Some(file) = file(layer)
        && let Err(error) = write(&file, &index)
    {
        // The next opening is slower; nothing else is lost.
        tracing::warn!(file = %file.display(), %error, "the index of values was not kept");
    }
    Ok(index)
}

/// Keeps so many values in all: the dimensions with the most lose their rarest.
fn shorten(found: &mut [Vec<Found>], most: usize) {
    let mut lengths: Vec<usize> = found
        .iter()
        .flatten()
        .filter_map(|found| match found {
            Found::Values { values, .. } => Some(values.len()),
            _ => None,
        })
        .collect();
    if lengths.iter().sum::<usize>() <= most {
        return;
    }
    lengths.sort_unstable();
    // The greatest length that each may have: what the short ones leave is the others'.
    let (mut room, mut rest) = (most, lengths.len());
    let mut longest = 0;
    for length in lengths {
        longest = room / rest;
        if length > longest {
            break;
        }
        room -= length;
        rest -= 1;
    }
    for found in found.iter_mut().flatten() {
        if let Found::Values { values, complete } = found
            && values.len() > longest
        {
            values.truncate(longest);
            *complete = false;
        }
    }
}

fn file(layer: &Layer) -> Option<PathBuf> {
    let folder = layer.cache.as_ref()?;
    Some(folder.join("metrics-index.json"))
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

async fn ask(layer: &Layer, at_once: usize) -> Result<Vec<Vec<Found>>, LayerError> {
    let place = Place {
        dialect: layer.runner.engine.dialect(),
        settings: &layer.settings,
    };
    let mut found: Vec<Vec<Found>> = Vec::with_capacity(layer.graph.models.len());
    let mut asking = Vec::new();
    for (number, model) in layer.graph.models.iter().enumerate() {
        found.push(model.attributes.iter().map(|_| Found::Nothing).collect());
        for (attribute, question) in questions_of(layer, &layer.definitions, number, model) {
            let sql = render(&question.select, place);
            let engine = Arc::clone(&layer.runner.engine);
            let answer = answer(engine, sql, question.kind);
            asking.push(answer.map_ok(move |found| (number, attribute, found)));
        }
    }
    let answers = stream::iter(asking).buffer_unordered(at_once);
    let answers: Vec<_> = answers.try_collect().await?;
    for (model, attribute, answer) in answers {
        found[model][attribute] = answer;
    }
    Ok(found)
}

/// What a statement tells of an attribute: its values where a kind is given, else its days.
async fn answer(
    engine: Arc<dyn Engine>,
    sql: String,
    kind: Option<Kind>,
) -> Result<Found, LayerError> {
    let rows = engine.run(&sql).await;
    let rows = rows.map_err(|error| LayerError::Engine(error.to_string()))?;
    let rows = rows.table.rows;
    Ok(match kind {
        Some(kind) => {
            let values = Values::of(rows.get(..MOST_VALUES).unwrap_or(&rows), kind);
            Found::Values {
                complete: values.len() == rows.len(),
                values,
            }
        }
        None => Found::Days(of_days(&days(&rows))),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lengths: &[i64]) -> Vec<Vec<Found>> {
        let values = |length: &i64| Found::Values {
            values: Values::Integer((0..*length).collect()),
            complete: true,
        };
        let mut found: Vec<_> = lengths.iter().map(values).collect();
        found.push(Found::Nothing);
        vec![found]
    }

    fn kept(found: &[Vec<Found>]) -> Vec<(usize, bool)> {
        let each = found.iter().flatten().filter_map(|found| match found {
            Found::Values { values, complete } => Some((values.len(), *complete)),
            _ => None,
        });
        each.collect()
    }

    #[test]
    fn what_fits_stays() {
        let mut found = of(&[3, 900, 40]);
        shorten(&mut found, 943);
        assert_eq!(kept(&found), [(3, true), (900, true), (40, true)]);
    }

    #[test]
    fn the_longest_lose_their_rarest() {
        let mut found = of(&[3, 900, 40, 500]);
        shorten(&mut found, 243);
        assert_eq!(
            kept(&found),
            [(3, true), (100, false), (40, true), (100, false)]
        );
        let mut found = of(&[10; 7]);
        shorten(&mut found, 20);
        assert_eq!(kept(&found), [(2, false); 7]);
    }
}
