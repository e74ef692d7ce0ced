//! Group keys: what a query is broken down by, as expressions over a measure's rows.

use std::sync::Arc;

use almanac_agent_contract::{Grain, Settings};

use super::bucketing::Bucketing;
use super::expr::{Expr, Kind, PathId, Span};
use super::fanout::{Fan, fan};
use super::graph::Graph;
use super::metric::Lookup;
use super::model::{Attribute, Model, Target};
use super::spine::kind_of;
use crate::error::QueryError;
use crate::fragment::Typed;
use crate::granularity::Granularity;
use crate::nearest::nearest;
use crate::query::MetricQuery;

/// The name of every metric's time.
pub(crate) const METRIC_TIME: &str = "metric_time";

/// A group key.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) column: Arc<str>,
    /// The name of the dimension, with whatever it ends in.
    pub(super) name: String,
    grain: Option<Grain>,
}

/// The keys of a query: time first, then the dimensions; the same one twice counts once.
pub(super) fn keys(query: &MetricQuery) -> Vec<Key> {
    let time = query.grain.map(|grain| Key {
        column: METRIC_TIME.into(),
        name: METRIC_TIME.into(),
        grain: Some(grain),
    });
    let mut keys: Vec<Key> = time.into_iter().collect();
    for group_by in &query.group_by {
        let column = group_by.column();
        if !keys.iter().any(|key| *key.column == *column) {
            keys.push(Key {
                column: column.into(),
                name: group_by.dimension.clone(),
                grain: group_by.grain,
            });
        }
    }
    keys
}

/// What `metric_time` is on the rows of a scan.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    pub(super) expr: Expr,
    pub(super) kind: Kind,
    pub(super) finest: Granularity,
    /// It is a spine's moment instead of the table's own column.
    pub(super) spined: bool,
}

/// The rows that names are looked up for.
#[derive(Clone, Copy)]
pub(super) struct Scene<'g, 'q> {
    pub(super) graph: &'g Graph,
    pub(super) settings: &'q Settings,
    pub(super) model: &'g Model,
    /// The attribute that is `metric_time`.
    pub(super) time: Option<usize>,
    pub(super) clock: Option<&'q Clock>,
    /// What `metric_time` is grouped by where nothing else is said.
    pub(super) default: Granularity,
    /// The metric it is for, which errors speak of.
    pub(super) metric: &'q str,
}

/// A key as rows have it.
pub(super) struct Keyed<'g> {
    pub(super) expr: Expr,
    pub(super) path: PathId,
    /// The model's own time dimension that it is a bucket of.
    pub(super) time: Option<usize>,
    pub(super) lookup: Option<Lookup>,
    /// It is found on rows that lead to these, of which there may be many for one.
    pub(super) fan: Option<Fan<'g>>,
}

/// An attribute that a name means, and what the name's end asks for.
pub(super) struct Found<'g> {
    pub(super) path: PathId,
    pub(super) number: usize,
    pub(super) attribute: &'g Attribute,
    pub(super) bucketing: Option<Bucketing>,
}

/// Why a name means nothing for some rows. Names are tried before they are refused: an error with
/// the nearest name in it is made of this only for those who hear it.
pub(super) enum Missing<'g, 'n> {
    Unknown(&'n str),
    NotTime(&'n str),
    Ambiguous(&'n str, &'g [String]),
}

impl Clock {
    /// The table's own column.
    pub(super) fn own(model: &Model, time: usize) -> Self {
        let attribute = &model.attributes[time];
        Self {
            expr: Expr::Shared(Arc::clone(&attribute.expr)),
            kind: attribute.kind,
            finest: attribute.time.unwrap_or(Granularity::Day),
            spined: false,
        }
    }

    /// The same so much later.
    fn moved(&self, span: Span) -> Self {
        let here = bucket(self.expr.clone(), self.kind, self.finest);
        let moved = Expr::Moved(Box::new(here.expr), span);
        let expr = match here.kind {
            Kind::Date => Expr::DayOf(Box::new(moved)),
            _ => moved,
        };
        Self {
            expr,
            kind: here.kind,
            ..self.clone()
        }
    }

    /// Whatever a select takes for its time.
    pub(super) fn moment(granularity: Granularity) -> Self {
        Self {
            expr: Expr::Moment,
            kind: kind_of(granularity),
            finest: granularity,
            spined: true,
        }
    }

    /// A column of a spine of that granularity.
    pub(super) fn spine(alias: &Arc<str>, granularity: Granularity) -> Self {
        Self {
            expr: Expr::Of(Arc::clone(alias), super::spine::MOMENT.into()),
            kind: kind_of(granularity),
            finest: granularity,
            spined: true,
        }
    }
}

impl Key {
    /// A dimension by its name alone.
    pub(super) fn named(name: &str) -> Self {
        Self {
            column: name.into(),
            name: name.to_owned(),
            grain: None,
        }
    }

    /// Whether it is `metric_time`, in whatever granularity.
    pub(super) fn is_metric_time(&self) -> bool {
        is_metric_time(&self.name)
    }

    /// What a key that is a time asks for; `None` where it leaves it open.
    pub(super) fn bucketing(&self, graph: &Graph) -> Option<Bucketing> {
        if let Some(grain) = self.grain {
            return Some(Bucketing::Standard(grain.into()));
        }
        let (_, end) = self.name.rsplit_once("__")?;
        Bucketing::named(graph, end)
    }

    /// What it means for some rows.
    pub(super) fn find<'g>(&self, scene: Scene<'g, '_>) -> Result<Found<'g>, QueryError> {
        self.look(scene).map_err(|missing| scene.told(missing))
    }

    /// [`Key::find`] for those who do not tell the error.
    pub(super) fn look<'g>(&self, scene: Scene<'g, '_>) -> Result<Found<'g>, Missing<'g, '_>> {
        match (scene.look(&self.name), self.grain) {
            (Ok(found), None) => Ok(found),
            (Ok(found), Some(grain)) if found.attribute.time.is_some() => Ok(Found {
                bucketing: Some(Bucketing::Standard(grain.into())),
                ..found
            }),
            (Ok(_), Some(_)) => {
                // A dimension may be called "week".
                scene
                    .look(&self.column)
                    .map_err(|_| Missing::NotTime(&self.name))
            }
            (Err(missing), _) if *self.column == *self.name => Err(missing),
            (Err(missing), _) => scene.look(&self.column).map_err(|_| missing),
        }
    }

    /// Whether it is a bucket of the rows' own time.
    pub(super) fn is_time(&self, scene: Scene<'_, '_>) -> bool {
        self.look(scene).is_ok_and(|found| scene.is_time(&found))
    }

    /// The key for some rows; buckets of their time are moved by `shift`.
    pub(super) fn of<'g>(
        &self,
        scene: Scene<'g, '_>,
        shift: Option<Span>,
    ) -> Result<Keyed<'g>, QueryError> {
        let found = match self.look(scene) {
            Ok(found) => found,
            Err(missing) => return self.fanned(scene, missing),
        };
        let shift = shift.filter(|_| scene.is_time(&found));
        let (typed, shift) = match (shift, found.bucketing, scene.clock) {
            // These know no calendar of their own to be moved by.
            (Some(span), Some(Bucketing::Part(_) | Bucketing::Custom(_)), Some(clock)) => {
                let clock = clock.moved(span);
                let scene = Scene {
                    clock: Some(&clock),
                    ..scene
                };
                (renamed(scene.typed(&found, &self.name)?), None)
            }
            _ => (scene.typed(&found, &self.name)?, shift),
        };
        let time =
            (found.path == PathId::OWN && found.attribute.time.is_some()).then_some(found.number);
        let mut expr = typed.0.expr;
        if let Some(span) = shift {
            expr = Expr::Moved(Box::new(expr), span);
            if typed.0.kind == Kind::Date {
                expr = Expr::DayOf(Box::new(expr));
            }
        }
        Ok(Keyed {
            expr,
            path: found.path,
            time,
            lookup: typed.1,
            fan: None,
        })
    }

    fn fanned<'g>(
        &self,
        scene: Scene<'g, '_>,
        missing: Missing<'g, '_>,
    ) -> Result<Keyed<'g>, QueryError> {
        let fan = match missing {
            Missing::Unknown(_) => fan(scene, self)?,
            _ => None,
        };
        let Some(fan) = fan else {
            return Err(scene.told(missing));
        };
        Ok(Keyed {
            expr: Expr::Of(Arc::clone(&fan.alias), Arc::clone(&self.column)),
            path: PathId::OWN,
            time: None,
            lookup: None,
            fan: Some(fan),
        })
    }
}

impl<'g> Scene<'g, '_> {
    /// What a name means for the rows.
    pub(super) fn find(self, name: &str) -> Result<Found<'g>, QueryError> {
        self.look(name).map_err(|missing| self.told(missing))
    }

    fn look<'n>(self, name: &'n str) -> Result<Found<'g>, Missing<'g, 'n>> {
        let missing = match self.direct(name) {
            Ok((path, number)) => {
                return Ok(Found {
                    path,
                    number,
                    attribute: self.graph.attribute(self.model, path, number),
                    bucketing: None,
                });
            }
            Err(missing) => missing,
        };
        let Some((before, end)) = name.rsplit_once("__") else {
            return Err(missing);
        };
        let (Some(bucketing), Ok((path, number))) =
            (Bucketing::named(self.graph, end), self.direct(before))
        else {
            return Err(missing);
        };
        let attribute = self.graph.attribute(self.model, path, number);
        if attribute.time.is_none() {
            return Err(Missing::NotTime(before));
        }
        Ok(Found {
            path,
            number,
            attribute,
            bucketing: Some(bucketing),
        })
    }

    fn direct<'n>(self, name: &'n str) -> Result<(PathId, usize), Missing<'g, 'n>> {
        match (self.model.names.get(name), self.time) {
            (Some(Target::Found(path, number)), _) => Ok((*path, *number)),
            (Some(Target::Ambiguous(paths)), _) => Err(Missing::Ambiguous(name, paths)),
            (None, Some(time)) if name == METRIC_TIME => Ok((PathId::OWN, time)),
            (None, _) => Err(Missing::Unknown(name)),
        }
    }

    /// The error for whoever asked.
    fn told(self, missing: Missing<'g, '_>) -> QueryError {
        match missing {
            Missing::Unknown(name) => self.not_found(name),
            Missing::NotTime(name) => QueryError::NotTime {
                dimension: name.to_owned(),
            },
            Missing::Ambiguous(name, paths) => QueryError::AmbiguousPath {
                dimension: name.to_owned(),
                metric: self.metric.to_owned(),
                paths: paths.to_vec(),
            },
        }
    }

    /// Whether it is the rows' own time.
    pub(super) fn is_time(self, found: &Found<'_>) -> bool {
        found.path == PathId::OWN && Some(found.number) == self.time
    }

    /// The value of what was found, in the bucket that its name asks for.
    pub(super) fn typed(
        self,
        found: &Found<'g>,
        name: &str,
    ) -> Result<(Typed, Option<Lookup>), QueryError> {
        let clock = self.clock.filter(|_| self.is_time(found));
        let expr = match (clock, found.path) {
            (Some(clock), _) => clock.expr.clone(),
            (None, PathId::OWN) => Expr::Shared(Arc::clone(&found.attribute.expr)),
            (None, path) => Expr::At(path, Arc::clone(&found.attribute.expr)),
        };
        let kind = clock.map_or(found.attribute.kind, |clock| clock.kind);
        let finest = clock.map(|clock| clock.finest).or(found.attribute.time);
        let Some(finest) = finest else {
            return Ok((Typed { expr, kind }, None));
        };
        let bucketing = found.bucketing.unwrap_or_else(|| {
            let open = if self.is_time(found) {
                self.default.max(finest)
            } else {
                finest
            };
            Bucketing::Standard(open)
        });
        let needs = bucketing.needs(self.graph);
        if needs < finest {
            let name = if name.starts_with(METRIC_TIME) {
                self.metric.to_owned()
            } else {
                name.to_owned()
            };
            return Err(QueryError::GrainTooFine {
                name,
                asked: needs.as_str(),
                finest: finest.as_str(),
            });
        }
        let label = match found.path {
            path if path == PathId::OWN => found.attribute.name.to_string(),
            path => format!(
                "{} {}",
                self.model.paths[usize::from(path.0)].alias,
                found.attribute.name
            ),
        };
        Ok(bucketing.of(self.graph, Typed { expr, kind }, self.settings, &label))
    }

    fn not_found(self, name: &str) -> QueryError {
        let mut names: Vec<&str> = self.model.names.keys().map(String::as_str).collect();
        names.sort_unstable();
        let near = nearest(name, names.into_iter());
        let (name, metric) = (name.to_owned(), self.metric.to_owned());
        if self
            .graph
            .models
            .iter()
            .any(|model| model.names.contains_key(&name))
        {
            QueryError::NoJoinPath {
                dimension: name,
                metric,
                nearest: near,
            }
        } else {
            QueryError::UnknownDimension {
                name,
                metric,
                nearest: near,
            }
        }
    }
}

/// A lookup beside one of the same time that was not moved.
fn renamed((mut typed, lookup): (Typed, Option<Lookup>)) -> (Typed, Option<Lookup>) {
    let lookup = lookup.map(|lookup| {
        let alias: Arc<str> = format!("{} moved", lookup.alias).into();
        if let Expr::Of(relation, _) = &mut typed.expr {
            *relation = Arc::clone(&alias);
        }
        Lookup { alias, ..lookup }
    });
    (typed, lookup)
}

/// Whether a name is `metric_time`, in whatever granularity.
pub(super) fn is_metric_time(name: &str) -> bool {
    name.strip_prefix(METRIC_TIME)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("__"))
}

/// The bucket of a time that an expression falls in, on the workspace's clock.
pub(super) fn bucket(expr: Expr, kind: Kind, granularity: Granularity) -> Typed {
    let local = match kind {
        Kind::Instant => Expr::Local(Box::new(expr)),
        _ => expr,
    };
    let expr = match (kind, granularity) {
        (Kind::Date, Granularity::Day) => local,
        _ => Expr::Trunc(granularity, Box::new(local)),
    };
    Typed {
        expr,
        kind: kind_of(granularity),
    }
}

/// [`bucket`] of a grain, without the kind.
pub(crate) fn day_bucket(expr: Expr, kind: Kind) -> Expr {
    bucket(expr, kind, Granularity::Day).expr
}
