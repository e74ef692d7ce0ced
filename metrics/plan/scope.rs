//! What names mean inside fragments: columns of a table, dimensions of a metric's model, the
//! inputs of a derived metric.

use std::cell::RefCell;
use std::sync::Arc;

use super::expr::{Expr, Kind, PathId, Type};
use super::graph::Graph;
use super::model::Target;
use crate::fragment::{Reference, ReferenceKind, Scope, Typed};
use crate::granularity::Granularity;
use crate::manifest::did_you_mean;
use crate::nearest::nearest;

/// The columns of one table; none known where no schema was looked at.
pub(super) struct Columns<'a> {
    pub(super) model: &'a str,
    pub(super) columns: Option<&'a [(String, Kind)]>,
}

impl Scope for Columns<'_> {
    fn column(&self, name: &str) -> Result<Typed, String> {
        let Some(columns) = self.columns else {
            return Ok(Typed {
                expr: Expr::Column(name.into()),
                kind: Kind::Unknown,
            });
        };
        let exact = columns.iter().find(|(column, _)| column == name);
        let found = exact.or_else(|| {
            let mut alike = columns
                .iter()
                .filter(|(column, _)| column.eq_ignore_ascii_case(name));
            alike.next().filter(|_| alike.next().is_none())
        });
        match found {
            Some((column, Kind::Textual)) => Ok(Typed {
                expr: Expr::Cast(Box::new(Expr::Column(column.as_str().into())), Type::Text),
                kind: Kind::Text,
            }),
            Some((column, kind)) => Ok(Typed {
                expr: Expr::Column(column.as_str().into()),
                kind: *kind,
            }),
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

    fn reference(&self, reference: &Reference) -> Result<Typed, String> {
        Err(format!(
            "refers to {}, but only the table's own columns can stand here",
            reference.name
        ))
    }
}

/// What a metric's filter can speak of.
pub(super) struct Reach<'a> {
    pub(super) graph: &'a Graph,
    pub(super) model: usize,
    /// The attribute that is `metric_time`.
    pub(super) time: Option<usize>,
    /// The paths that were needed.
    pub(super) paths: RefCell<Vec<PathId>>,
}

impl Scope for Reach<'_> {
    fn column(&self, name: &str) -> Result<Typed, String> {
        let model = &self.graph.models[self.model];
        Columns {
            model: &model.name,
            columns: model.columns.as_deref(),
        }
        .column(name)
    }

    fn reference(&self, reference: &Reference) -> Result<Typed, String> {
        let model = &self.graph.models[self.model];
        let (path, number) = match (model.names.get(&reference.name), self.time) {
            (Some(Target::Found(path, number)), _) => (*path, *number),
            (None, Some(time)) if reference.name == "metric_time" => (PathId::OWN, time),
            (Some(Target::Ambiguous(ways)), _) => {
                return Err(format!(
                    "refers to {}, which could be reached by {}; write the full entity path",
                    reference.name,
                    ways.join(" or by ")
                ));
            }
            (None, _) => {
                let near = did_you_mean(nearest(
                    &reference.name,
                    model.names.keys().map(String::as_str),
                ));
                return Err(format!(
                    "refers to {}, which cannot be reached from model {}{near}",
                    reference.name, model.name
                ));
            }
        };
        let attribute = self.graph.attribute(model, path, number);
        let is_entity = attribute.dimension.is_none();
        if is_entity != (reference.kind == ReferenceKind::Entity) {
            let right = if is_entity { "Entity" } else { "Dimension" };
            return Err(format!(
                "refers to {}; write {right}('{0}')",
                reference.name
            ));
        }
        self.paths.borrow_mut().push(path);
        // The same column by its plain name and by its dimension's is the same expression.
        let expr = match path {
            PathId::OWN => attribute.expr.as_ref().clone(),
            path => Expr::At(path, Arc::clone(&attribute.expr)),
        };
        let Some(finest) = attribute.time.map(Granularity::grain) else {
            return match reference.grain {
                Some(_) => Err(format!(
                    "gives {} a grain, but it is no time dimension",
                    reference.name
                )),
                None => Ok(Typed {
                    expr,
                    kind: attribute.kind,
                }),
            };
        };
        let grain = reference.grain.unwrap_or(finest);
        if grain < finest {
            return Err(format!(
                "asks for {} by {}, but its grain is {}",
                reference.name,
                grain.as_str(),
                finest.as_str()
            ));
        }
        Ok(super::keys::bucket(expr, attribute.kind, grain))
    }
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
