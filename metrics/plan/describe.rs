//! A plan in words: what `almanac metrics explain` prints between the question and its SQL.

use super::expr::PathId;
use super::model::Model;
use super::statement::{Join, JoinKind, Relation, Rows, Select, Snapshot, Source};

/// A plan, told.
#[derive(Debug, Default)]
pub(crate) struct Description {
    /// What is done, a line a step, indented under what it makes.
    pub(crate) steps: Vec<String>,
    /// The joins between models' tables: "orders -> customers by customer".
    pub(crate) joins: Vec<String>,
}

/// Tells a plan.
pub(crate) fn describe(select: &Select<'_>) -> Description {
    let mut told = Description::default();
    told.select("result", select, 0);
    told
}

impl Description {
    fn step(&mut self, depth: usize, text: impl AsRef<str>) {
        let indent = "  ".repeat(depth);
        self.steps.push(format!("{indent}{}", text.as_ref()));
    }

    fn select(&mut self, name: &str, select: &Select<'_>, depth: usize) {
        for (name, named) in &select.with {
            self.select(name, named, depth);
        }
        self.step(depth, name);
        let depth = depth + 1;
        self.source(&select.source, depth);
        match select.filters.len() {
            0 => {}
            1 => self.step(depth, "keep rows that meet 1 condition"),
            many => self.step(depth, format!("keep rows that meet {many} conditions")),
        }
        let (keys, rest) = select
            .columns
            .split_at(select.keys.min(select.columns.len()));
        let names = |columns: &[(std::sync::Arc<str>, super::expr::Expr)]| {
            let names: Vec<&str> = columns.iter().map(|(name, _)| &**name).collect();
            names.join(", ")
        };
        if !keys.is_empty() {
            self.step(depth, format!("group by {}", names(keys)));
        }
        if !rest.is_empty() {
            self.step(depth, format!("compute {}", names(rest)));
        }
        if !select.order.is_empty() {
            let order = select.order.iter().map(|order| match order.descending {
                true => format!("{} descending", order.column),
                false => order.column.to_string(),
            });
            let order: Vec<String> = order.collect();
            self.step(depth, format!("sort by {}", order.join(", ")));
        }
        if let Some(limit) = select.limit {
            self.step(depth, format!("at most {limit} rows"));
        }
    }

    fn source(&mut self, source: &Source<'_>, depth: usize) {
        match source {
            Source::Model {
                model,
                first,
                paths,
                last,
                outer,
            } => {
                self.step(depth, format!("scan {}", model.table.name));
                self.joined(first, depth);
                let kind = if *outer { "full" } else { "left" };
                for path in paths {
                    self.path(model, path.path, kind, depth);
                }
                self.joined(last, depth);
            }
            Source::Joined { left, joins } => {
                self.step(depth, format!("from {}", relation(left)));
                self.joined(joins, depth);
            }
            Source::Snapshot(snapshot) => self.step(depth, snapshot_words(snapshot)),
            Source::Union(parts) => {
                for (number, part) in parts.iter().enumerate() {
                    self.select(&format!("rows {}", number + 1), part, depth);
                }
            }
        }
    }

    fn joined(&mut self, joins: &[Join<'_>], depth: usize) {
        for join in joins {
            let kind = match join.kind {
                JoinKind::Inner => "inner",
                JoinKind::Left => "left",
                JoinKind::Cross => "cross",
            };
            self.step(depth, format!("{kind} join {}", relation(&join.right)));
        }
    }

    /// A table that each row leads to one row of.
    fn path(&mut self, model: &Model, id: PathId, kind: &str, depth: usize) {
        let Some(path) = model.paths.get(usize::from(id.0)) else {
            return;
        };
        let Some(link) = &path.link else { return };
        let from = &model.paths[usize::from(link.from.0)].table.name;
        let by: Vec<&str> = path.entities.iter().map(|entity| &**entity).collect();
        let mut words = format!("{} by {}", path.table.name, by.join(" -> "));
        if !link.partitions.is_empty() {
            words.push_str(", in the same partition");
        }
        if link.validity.is_some() {
            words.push_str(", the row that was valid then");
        }
        self.step(depth, format!("{kind} join {words}"));
        let join = format!("{from} -> {words}");
        if !self.joins.contains(&join) {
            self.joins.push(join);
        }
    }
}

fn relation(relation: &Relation<'_>) -> String {
    match &relation.rows {
        Rows::Table(table) => table.name.to_string(),
        Rows::Named(name) => name.to_string(),
        Rows::Series(last) => format!("the numbers 0 to {last}"),
    }
}

fn snapshot_words(snapshot: &Snapshot) -> String {
    let which = if snapshot.last { "last" } else { "first" };
    let (moment, rows) = (&snapshot.moment, &snapshot.rows);
    let mut words = format!("from {rows}, keep those with the {which} of \"{moment}\"");
    if !snapshot.per.is_empty() {
        words.push_str(&format!(" for each {}", snapshot.per.join(", ")));
    }
    words
}
