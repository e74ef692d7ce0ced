//! What names mean inside fragments: columns of a table, dimensions of a metric's model, the
//! inputs of a derived metric.

use std::cell::RefCell;
use std::sync::Arc;

use super::expr::{Expr, Kind, PathId, Type};
use super::keys::{Clock, Scene};
use super::metric::{Condition, Lookup, Reading, Term};
use crate::error::QueryError;
use crate::fragment::{Reference, ReferenceKind, Scope, Typed, parse};
use crate::granularity::Granularity;
use crate::manifest::did_you_mean;
use crate::nearest::nearest;

/// The columns of one table; none known where no schema was looked at.
pub(super) struct Columns<'a> {
    pub(super) model: &'a str,
    pub(super) columns: Option<&'a [(String, Kind)]>,
}

impl Columns<'_> {
    /// A column as the table calls it, and its kind.
    pub(super) fn plain(&self, name: &str) -> Result<(Arc<str>, Kind), String> {
        let Some(columns) = self.columns else {
            return Ok((name.into(), Kind::Unknown));
        };
        let exact = columns.iter().find(|(column, _)| column == name);
        let found = exact.or_else(|| {
            let mut alike = columns
                .iter()
                .filter(|(column, _)| column.eq_ignore_ascii_case(name));
            alike.next().filter(|_| alike.next().is_none())
        });
        match found {
            Some((column, kind)) => Ok((column.as_str().into(), *kind)),
            None => {
                let near = nearest(name, columns.iter().map(|(column, _)| column.as_str()));
                let near = did_you_mean(near);
                Err(format!(
                    "speaks of a column {name} that table {} does not have{near}",
                    self.model
                ))
            }
        }
    }
}

impl Scope for Columns<'_> {
    fn column(&self, name: &str) -> Result<Typed, String> {
        let (name, kind) = self.plain(name)?;
        let expr = Expr::Column(name);
        Ok(match kind {
            Kind::Textual => Typed {
                expr: Expr::Cast(Box::new(expr), Type::Text),
                kind: Kind::Text,
            },
            kind => Typed { expr, kind },
        })
    }

    fn reference(&self, reference: &Reference) -> Result<Typed, String> {
        Err(format!(
            "refers to {}, but only the table's own columns can stand here",
            reference.name
        ))
    }
}

/// What a metric's filter can speak of.
pub(super) struct Reach<'g, 'q> {
    pub(super) scene: Scene<'g, 'q>,
    pub(super) touched: RefCell<Touched>,
}

/// What a filter was found to speak of.
#[derive(Default)]
pub(super) struct Touched {
    pub(super) paths: Vec<PathId>,
    pub(super) terms: Vec<Term>,
    pub(super) lookups: Vec<Lookup>,
    /// The rows' own time.
    pub(super) time: bool,
    /// Anything else.
    pub(super) other: bool,
}

impl Reach<'_, '_> {
    fn dimension(&self, name: &str, entity: Option<bool>) -> Result<Typed, String> {
        let found = self.scene.find(name).map_err(|error| match error {
            QueryError::AmbiguousPath { paths, .. } => format!(
                "refers to {name}, which could be reached by {}; write the full entity path",
                paths.join(" or by ")
            ),
            QueryError::NotTime { dimension } => {
                format!("gives {dimension} a granularity, but it is no time dimension")
            }
            QueryError::UnknownDimension { nearest, .. }
            | QueryError::NoJoinPath { nearest, .. } => {
                format!(
                    "refers to {name}, which cannot be reached from model {}{}",
                    self.scene.model.name,
                    did_you_mean(nearest)
                )
            }
            other => other.to_string(),
        })?;
        let is_entity = found.attribute.dimension.is_none();
        if entity.is_some_and(|entity| entity != is_entity) {
            let right = if is_entity { "Entity" } else { "Dimension" };
            return Err(format!("refers to {name}; write {right}('{name}')"));
        }
        let (mut typed, lookup) = self
            .scene
            .typed(&found, name)
            .map_err(|error| match error {
                QueryError::GrainTooFine { asked, finest, .. } => {
                    format!("asks for {name} by {asked}, but its granularity is {finest}")
                }
                other => other.to_string(),
            })?;
        let mut touched = self.touched.borrow_mut();
        touched.paths.push(found.path);
        touched.lookups.extend(lookup);
        if self.scene.is_time(&found) {
            touched.time = true;
        } else {
            touched.other = true;
        }
        // The same column by its plain name and by its dimension's is the same expression.
        if let Expr::Shared(expr) = &typed.expr {
            typed.expr = expr.as_ref().clone();
        }
        Ok(typed)
    }

    fn metric(&self, reference: &Reference) -> Result<Typed, String> {
        let mut keys = Vec::with_capacity(reference.group_by.len());
        for name in &reference.group_by {
            // A key goes by its own name here, whatever led to it there.
            let own = name
                .rsplit_once("__")
                .map_or(name.as_str(), |(_, last)| last);
            let typed = self
                .dimension(name, None)
                .or_else(|why| self.dimension(own, None).map_err(|_| why))?;
            keys.push((name.clone(), typed.expr));
        }
        let alias: Arc<str> =
            format!("{} by {}", reference.name, reference.group_by.join(", ")).into();
        let term = Term {
            alias: Arc::clone(&alias),
            metric: reference.name.clone(),
            keys,
            within: false,
        };
        let mut touched = self.touched.borrow_mut();
        touched.other = true;
        if !touched.terms.contains(&term) {
            touched.terms.push(term);
        }
        Ok(Typed {
            expr: Expr::Of(alias, reference.name.as_str().into()),
            kind: Kind::Number,
        })
    }
}

impl Scope for Reach<'_, '_> {
    fn column(&self, name: &str) -> Result<Typed, String> {
        let model = self.scene.model;
        let columns = Columns {
            model: &model.table.name,
            columns: model.columns.as_deref(),
        };
        match columns.column(name) {
            Ok(typed) if model.columns.is_some() || !name.contains("__") => {
                self.touched.borrow_mut().other = true;
                Ok(typed)
            }
            // A qualified name without its template.
            Ok(typed) => Ok(self.dimension(name, None).unwrap_or(typed)),
            Err(why) if name.contains("__") => self.dimension(name, None).map_err(|_| why),
            Err(why) => Err(why),
        }
    }

    fn reference(&self, reference: &Reference) -> Result<Typed, String> {
        match reference.kind {
            ReferenceKind::Metric => self.metric(reference),
            ReferenceKind::Entity => self.dimension(&reference.name, Some(true)),
            ReferenceKind::Dimension => self.dimension(&reference.name, Some(false)),
        }
    }
}

/// Reads a condition over the rows of a scene. The scene's clock is not looked at: the condition
/// is read for the table's own time and for whatever else may stand for it.
pub(super) fn read_condition(text: &str, scene: Scene<'_, '_>) -> Result<Condition, String> {
    let read = |clock: Option<&Clock>| -> Result<(Reading, Touched), String> {
        let reach = Reach {
            scene: Scene { clock, ..scene },
            touched: RefCell::default(),
        };
        let typed = parse(text, &reach, scene.settings)?;
        if !matches!(typed.kind, Kind::Boolean | Kind::Unknown) {
            return Err(format!("holds {} and is no condition", typed.kind.words()));
        }
        let mut touched = reach.touched.into_inner();
        let reading = Reading {
            expr: Arc::new(typed.expr),
            lookups: std::mem::take(&mut touched.lookups),
        };
        Ok((reading, touched))
    };
    let (plain, mut touched) = read(None)?;
    let on_moment = match scene.time {
        Some(time) if touched.time => {
            let finest = scene.model.attributes[time].time;
            let clock = Clock::moment(finest.unwrap_or(Granularity::Day));
            read(Some(&clock))?.0
        }
        _ => plain.clone(),
    };
    touched.paths.sort_unstable();
    touched.paths.dedup();
    Ok(Condition {
        plain,
        on_moment,
        paths: touched.paths,
        time: touched.time,
        only_time: touched.time && !touched.other,
        terms: touched.terms,
    })
}

/// The inputs of a derived metric, by alias or name.
pub(super) struct Inputs<'a> {
    pub(super) names: &'a [&'a str],
}

impl Scope for Inputs<'_> {
    fn column(&self, name: &str) -> Result<Typed, String> {
        match self.names.iter().position(|input| *input == name) {
            Some(index) => Ok(Typed {
                expr: Expr::Input(index),
                kind: Kind::Number,
            }),
            None => Err(format!(
                "speaks of {name}, which is not among its input_metrics: {}",
                self.names.join(", ")
            )),
        }
    }

    fn reference(&self, reference: &Reference) -> Result<Typed, String> {
        Err(format!(
            "refers to {}, but only input metrics can stand here",
            reference.name
        ))
    }
}
