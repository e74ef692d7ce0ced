//! Selects as text.

use std::fmt::Write;

use almanac_agent_contract::{Settings, Weekday};

use super::dialect::Dialect;
use super::literal::identifier;
use crate::plan::{
    Expr, Join, JoinKind, Model, Relation, Rows, Select, Snapshot, Source, Step, Table,
};

/// Where and how a statement will run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) settings: &'a Settings,
}

/// The statement of a plan.
pub(crate) fn render(select: &Select<'_>, place: Place<'_>) -> String {
    let mut renderer = Renderer {
        out: String::with_capacity(1024),
        dialect: place.dialect,
        zone: place.settings.zone.name(),
        week_start: place.settings.week_start,
        model: None,
        table: "",
        moment: None,
        inputs: Vec::new(),
    };
    renderer.select(select, 0);
    renderer.out
}

/// Writes SQL, knowing what table and inputs it is among.
pub(super) struct Renderer<'a> {
    pub(super) out: String,
    pub(super) dialect: Dialect,
    pub(super) zone: &'a str,
    pub(super) week_start: Weekday,
    /// The model whose paths [`Expr::At`] speaks of.
    pub(super) model: Option<&'a Model>,
    /// The alias of the table that [`Expr::Column`] speaks of.
    pub(super) table: &'a str,
    /// What [`Expr::Moment`] stands for.
    pub(super) moment: Option<&'a Expr>,
    /// The inputs of each [`Expr::With`] being written, innermost last.
    pub(super) inputs: Vec<&'a [Expr]>,
}

impl<'a> Renderer<'a> {
    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        for _ in 0..indent {
            self.out.push_str("  ");
        }
    }

    fn select(&mut self, select: &'a Select<'a>, indent: usize) {
        for (index, (name, query)) in select.with.iter().enumerate() {
            self.out.push_str(if index == 0 { "WITH " } else { ", " });
            identifier(&mut self.out, name);
            self.out.push_str(" AS (");
            self.line(indent + 1);
            self.select(query, indent + 1);
            self.line(indent);
            self.out.push(')');
        }
        if !select.with.is_empty() {
            self.line(indent);
        }
        // Aliases are needed before the columns that use them.
        self.model = match &select.source {
            Source::Model { model, .. } => Some(model),
            _ => None,
        };
        self.table = self.own();
        self.moment = select.moment.as_ref();
        self.out.push_str("SELECT ");
        for (index, (name, expr)) in select.columns.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
                self.line(indent + 2);
            }
            self.expr(expr);
            if !matches!(expr, Expr::Output(output) if output == name) {
                self.out.push_str(" AS ");
                identifier(&mut self.out, name);
            }
        }
        let (model, table, moment) = (self.model, self.table, self.moment);
        self.line(indent);
        self.out.push_str("FROM ");
        self.source(&select.source, indent);
        (self.model, self.table, self.moment) = (model, table, moment);
        self.clauses(select, indent);
    }

    /// The alias of the model's own table.
    pub(super) fn own(&self) -> &'a str {
        self.model.map_or("", |model| &*model.paths[0].alias)
    }

    fn clauses(&mut self, select: &'a Select<'a>, indent: usize) {
        for (index, filter) in select.filters.iter().enumerate() {
            self.line(indent);
            self.out
                .push_str(if index == 0 { "WHERE " } else { "  AND " });
            self.operand(filter, super::expression::AND);
        }
        if select.keys > 0 {
            self.line(indent);
            self.out.push_str("GROUP BY ");
            for key in 1..=select.keys {
                let comma = if key > 1 { ", " } else { "" };
                let _ = write!(self.out, "{comma}{key}");
            }
        }
        for (index, order) in select.order.iter().enumerate() {
            if index == 0 {
                self.line(indent);
                self.out.push_str("ORDER BY ");
            } else {
                self.out.push_str(", ");
            }
            identifier(&mut self.out, &order.column);
            self.out.push_str(if order.descending {
                " DESC NULLS LAST"
            } else {
                " ASC NULLS LAST"
            });
        }
        if let Some(limit) = select.limit {
            self.line(indent);
            let _ = write!(self.out, "LIMIT {limit}");
        }
    }

    fn source(&mut self, source: &'a Source<'a>, indent: usize) {
        match source {
            Source::Model {
                model,
                first,
                paths,
                last,
                outer,
            } => {
                self.table_name(&model.table);
                if model.paths[0].alias != model.table.name {
                    self.out.push_str(" AS ");
                    identifier(&mut self.out, &model.paths[0].alias);
                }
                for join in first {
                    self.join(join, indent);
                }
                for path in paths {
                    self.path(model, path, *outer, indent);
                }
                for join in last {
                    self.join(join, indent);
                }
            }
            Source::Joined { left, joins } => {
                self.relation(left);
                for join in joins {
                    self.join(join, indent);
                }
            }
            Source::Snapshot(snapshot) => self.snapshot(snapshot, indent),
            Source::Union(queries) => {
                self.out.push('(');
                for (index, query) in queries.iter().enumerate() {
                    self.line(indent + 1);
                    if index > 0 {
                        self.out.push_str("UNION ALL");
                        self.line(indent + 1);
                    }
                    self.select(query, indent + 1);
                }
                self.line(indent);
                self.out.push_str(") AS \"q\"");
            }
        }
    }

    fn table_name(&mut self, table: &Table) {
        if let Some(schema) = &table.schema {
            identifier(&mut self.out, schema);
            self.out.push('.');
        }
        identifier(&mut self.out, &table.name);
    }

    fn relation(&mut self, relation: &Relation<'_>) {
        let name = match &relation.rows {
            Rows::Table(table) => {
                self.table_name(table);
                &table.name
            }
            Rows::Named(name) => {
                identifier(&mut self.out, name);
                name
            }
            Rows::Series(last) => {
                self.dialect.series(&mut self.out, *last);
                self.out.push_str(" AS ");
                identifier(&mut self.out, &relation.alias);
                self.out.push_str("(\"value\")");
                return;
            }
        };
        if *name != relation.alias {
            self.out.push_str(" AS ");
            identifier(&mut self.out, &relation.alias);
        }
    }

    fn join(&mut self, join: &'a Join<'a>, indent: usize) {
        self.line(indent);
        self.out.push_str(match join.kind {
            JoinKind::Inner => "JOIN ",
            JoinKind::Left => "LEFT JOIN ",
            JoinKind::Cross => "CROSS JOIN ",
        });
        self.relation(&join.right);
        self.table = self.own();
        for (index, condition) in join.on.iter().enumerate() {
            self.out.push_str(if index == 0 { " ON " } else { " AND " });
            self.operand(condition, super::expression::AND);
        }
    }

    /// A table that rows lead to.
    fn path(&mut self, model: &'a Model, step: &'a Step, outer: bool, indent: usize) {
        let path = &model.paths[usize::from(step.path.0)];
        let Some(link) = &path.link else { return };
        self.line(indent);
        let both = outer && link.validity.is_none();
        self.out
            .push_str(if both { "FULL JOIN " } else { "LEFT JOIN " });
        self.table_name(&path.table);
        if step.alias != path.table.name {
            self.out.push_str(" AS ");
            identifier(&mut self.out, &step.alias);
        }
        self.out.push_str(" ON ");
        let keys = std::iter::once((&link.left, &link.right));
        let partitions = link.partitions.iter().map(|(left, right)| (left, right));
        for (index, (left, right)) in keys.chain(partitions).enumerate() {
            if index > 0 {
                self.out.push_str(" AND ");
            }
            self.table = &step.from;
            self.operand(left, super::expression::COMPARE);
            self.out.push_str(" = ");
            self.table = &step.alias;
            self.operand(right, super::expression::COMPARE);
        }
        if let (Some((start, end)), Some(_)) = (&link.validity, self.moment) {
            self.out.push_str(" AND ");
            self.operand(&Expr::Moment, super::expression::COMPARE);
            self.out.push_str(" >= ");
            self.operand(start, super::expression::COMPARE);
            self.out.push_str(" AND (");
            self.operand(&Expr::Moment, super::expression::COMPARE);
            self.out.push_str(" < ");
            self.operand(end, super::expression::COMPARE);
            self.out.push_str(" OR ");
            self.operand(end, super::expression::COMPARE);
            self.out.push_str(" IS NULL)");
        }
    }

    fn snapshot(&mut self, snapshot: &'a Snapshot, indent: usize) {
        let kept = "kept";
        identifier(&mut self.out, &snapshot.rows);
        self.line(indent);
        self.out.push_str("JOIN (SELECT ");
        for (index, column) in snapshot.per.iter().enumerate() {
            identifier(&mut self.out, column);
            let _ = write!(self.out, " AS \"{kept}_{index}\", ");
        }
        self.out
            .push_str(if snapshot.last { "MAX(" } else { "MIN(" });
        identifier(&mut self.out, &snapshot.moment);
        let _ = write!(self.out, ") AS \"{kept}_moment\" FROM ");
        identifier(&mut self.out, &snapshot.rows);
        for index in 0..snapshot.per.len() {
            let _ = match index {
                0 => write!(self.out, " GROUP BY 1"),
                _ => write!(self.out, ", {}", index + 1),
            };
        }
        let _ = write!(self.out, ") AS \"{kept}\" ON ");
        identifier(&mut self.out, &snapshot.moment);
        let _ = write!(self.out, " = \"{kept}_moment\"");
        for (index, column) in snapshot.per.iter().enumerate() {
            self.out.push_str(" AND (");
            identifier(&mut self.out, column);
            let _ = write!(self.out, " IS NOT DISTINCT FROM \"{kept}_{index}\")");
        }
    }
}
