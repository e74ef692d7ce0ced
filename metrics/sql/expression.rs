//! Expressions as text, with brackets only where they are needed.

use std::borrow::Cow;
use std::fmt::Write;

use almanac_agent_contract::Weekday;

use super::dialect::domain;
use super::literal::{identifier, literal};
use super::render::Renderer;
use crate::granularity::Granularity;
use crate::manifest::Aggregation;
use crate::plan::{Aggregate, Expr, Operation, Part, Span};

// How tightly an expression holds together; a looser one inside a tighter one needs brackets.
const OR: u8 = 1;
pub(super) const AND: u8 = 2;
const NOT: u8 = 3;
pub(super) const COMPARE: u8 = 4;
const ADD: u8 = 6;
const MULTIPLY: u8 = 7;
const WHOLE: u8 = 9;

fn strength(expr: &Expr) -> u8 {
    match expr {
        Expr::Binary(_, Operation::Modulo, _) => WHOLE,
        Expr::Binary(_, operation, _) => operation_strength(*operation),
        Expr::Divide(..) => MULTIPLY,
        Expr::Moved(..) => ADD,
        Expr::Not(_) => NOT,
        Expr::Negate(_) => MULTIPLY,
        Expr::IsNull(_) | Expr::IsNotNull(_) | Expr::In(..) | Expr::Like { .. } => COMPARE,
        Expr::Contains(..) => COMPARE,
        Expr::At(_, inner) | Expr::Shared(inner) | Expr::With(inner, _) => strength(inner),
        // What stands for these may be anything.
        Expr::Input(_) | Expr::Moment => OR,
        _ => WHOLE,
    }
}

fn operation_strength(operation: Operation) -> u8 {
    match operation {
        // Some parsers read all that follows DISTINCT FROM as its right side.
        Operation::Or | Operation::Distinct | Operation::NotDistinct => OR,
        Operation::And => AND,
        Operation::Add | Operation::Subtract | Operation::Concat => ADD,
        Operation::Multiply | Operation::Modulo => MULTIPLY,
        _ => COMPARE,
    }
}

fn operation_text(operation: Operation) -> &'static str {
    match operation {
        Operation::Or => " OR ",
        Operation::And => " AND ",
        Operation::Equal => " = ",
        Operation::NotEqual => " <> ",
        Operation::Less => " < ",
        Operation::LessOrEqual => " <= ",
        Operation::Greater => " > ",
        Operation::GreaterOrEqual => " >= ",
        Operation::Distinct => " IS DISTINCT FROM ",
        Operation::NotDistinct => " IS NOT DISTINCT FROM ",
        Operation::Add => " + ",
        Operation::Subtract => " - ",
        Operation::Concat => " || ",
        Operation::Multiply => " * ",
        Operation::Modulo => " % ",
    }
}

impl<'a> Renderer<'a> {
    /// Writes an expression that stands beside something of `least` strength.
    pub(super) fn operand(&mut self, expr: &'a Expr, least: u8) {
        if strength(expr) < least {
            self.out.push('(');
            self.expr(expr);
            self.out.push(')');
        } else {
            self.expr(expr);
        }
    }

    /// Writes an expression.
    pub(super) fn expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Column(name) => {
                identifier(&mut self.out, self.table);
                self.out.push('.');
                identifier(&mut self.out, name);
            }
            Expr::At(path, inner) => {
                let table = self.table;
                if let Some(model) = self.model {
                    self.table = &model.paths[usize::from(path.0)].alias;
                }
                self.expr(inner);
                self.table = table;
            }
            Expr::Output(name) => identifier(&mut self.out, name),
            Expr::Of(relation, name) => {
                identifier(&mut self.out, relation);
                self.out.push('.');
                identifier(&mut self.out, name);
            }
            Expr::Step(series) => {
                identifier(&mut self.out, series);
                self.out.push_str(".\"value\"");
            }
            Expr::Moment => {
                let own = self.own();
                let table = std::mem::replace(&mut self.table, own);
                if let Some(moment) = self.moment {
                    self.expr(moment);
                }
                self.table = table;
            }
            Expr::FromEpoch(seconds) => {
                self.out.push_str(self.dialect.epoch_time().0);
                self.expr(seconds);
                self.out.push_str(self.dialect.epoch_time().1);
            }
            Expr::RowNumber { per, by } => {
                self.out.push_str("ROW_NUMBER()");
                self.over(per, by);
            }
            Expr::Next { of, per } => {
                self.out.push_str("LEAD(");
                self.expr(of);
                self.out.push(')');
                self.over(per, &[]);
                // The order is by the value itself.
                self.out.truncate(self.out.len() - 1);
                self.out.push_str(" ORDER BY ");
                self.expr(of);
                self.out.push(')');
            }
            Expr::Input(index) => {
                if let Some(inputs) = self.inputs.pop() {
                    if let Some(input) = inputs.get(*index) {
                        self.expr(input);
                    }
                    self.inputs.push(inputs);
                }
            }
            Expr::With(inner, inputs) => {
                self.inputs.push(inputs);
                self.expr(inner);
                self.inputs.pop();
            }
            Expr::Shared(inner) => self.expr(inner),
            Expr::Literal(value) => literal(&mut self.out, self.dialect, value),
            Expr::Binary(left, Operation::Modulo, right) => {
                let [before, between, after] = self.dialect.remainder();
                self.out.push_str(before);
                self.expr(left);
                self.out.push_str(between);
                self.expr(right);
                self.out.push_str(after);
            }
            Expr::Binary(left, operation, right) => {
                let own = operation_strength(*operation);
                let (least_left, least_right) = match operation {
                    Operation::And | Operation::Or => (own, own),
                    Operation::Distinct | Operation::NotDistinct => (ADD, ADD),
                    _ if own == COMPARE => (ADD, ADD),
                    _ => (own, own + 1),
                };
                self.operand(left, least_left);
                self.out.push_str(operation_text(*operation));
                self.operand(right, least_right);
            }
            Expr::Divide(above, below) => {
                self.double(above);
                self.out.push_str(" / NULLIF(");
                self.double(below);
                self.out.push_str(", 0)");
            }
            Expr::Not(inner) => {
                self.out.push_str("NOT ");
                self.operand(inner, NOT + 1);
            }
            Expr::Negate(inner) => {
                self.out.push_str("-(");
                self.expr(inner);
                self.out.push(')');
            }
            Expr::IsNull(inner) => self.after(inner, " IS NULL"),
            Expr::IsNotNull(inner) => self.after(inner, " IS NOT NULL"),
            Expr::In(inner, values) => {
                self.after(inner, " IN (");
                self.list(values);
                self.out.push(')');
            }
            Expr::Like {
                expr,
                pattern,
                any_case,
            } => {
                self.after(expr, if *any_case { " ILIKE " } else { " LIKE " });
                self.operand(pattern, COMPARE + 1);
            }
            Expr::Contains(text, part) => {
                self.out.push_str("strpos(lower(");
                self.expr(text);
                self.out.push_str("), lower(");
                self.expr(part);
                self.out.push_str(")) > 0");
            }
            Expr::Case {
                operand,
                branches,
                otherwise,
            } => {
                self.case(operand.as_deref(), branches, otherwise.as_deref());
            }
            Expr::Call(function, arguments) => self.call(function.sql, arguments),
            Expr::Cast(inner, to) => {
                let (before, after) = self.dialect.cast(*to);
                self.out.push_str(before);
                self.expr(inner);
                self.out.push_str(&after);
            }
            Expr::Extract(part, inner) => {
                let (before, after) = self.dialect.part(*part);
                let _ = write!(self.out, "{before}date_part('{}', ", part_text(*part));
                self.expr(inner);
                self.out.push(')');
                self.out.push_str(after);
            }
            Expr::Local(inner) => {
                self.dialect.local_begin(&mut self.out, self.zone);
                self.expr(inner);
                self.dialect.local_end(&mut self.out, self.zone);
            }
            Expr::DayOf(inner) => {
                self.out.push_str("CAST(");
                self.expr(inner);
                self.out.push_str(" AS DATE)");
            }
            Expr::Trunc(grain, inner) => self.trunc(*grain, inner),
            Expr::Moved(inner, span) => {
                self.operand(inner, ADD);
                self.span(*span);
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
        }
    }

    fn after(&mut self, inner: &'a Expr, text: &str) {
        self.operand(inner, COMPARE + 1);
        self.out.push_str(text);
    }

    fn list(&mut self, items: &'a [Expr]) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            self.expr(item);
        }
    }

    fn call(&mut self, function: &'static str, arguments: &'a [Expr]) {
        if let (Some(domain), [argument]) = (domain(function), arguments) {
            self.out.push_str("CASE WHEN ");
            self.double(argument);
            self.out.push_str(domain);
            self.out.push_str(" THEN ");
            self.out.push_str(function);
            self.out.push('(');
            self.double(argument);
            self.out.push_str(") END");
            return;
        }
        let [before, first, after] = self.dialect.call(function);
        self.out.push_str(&before);
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            self.expr(argument);
            if index == 0 {
                self.out.push_str(&first);
            }
        }
        self.out.push_str(&after);
    }

    fn double(&mut self, inner: &'a Expr) {
        self.out.push_str("CAST(");
        self.expr(inner);
        self.out.push_str(" AS DOUBLE PRECISION)");
    }

    fn case(
        &mut self,
        operand: Option<&'a Expr>,
        branches: &'a [(Expr, Expr)],
        otherwise: Option<&'a Expr>,
    ) {
        self.out.push_str("CASE");
        if let Some(operand) = operand {
            self.out.push(' ');
            self.expr(operand);
        }
        for (when, then) in branches {
            self.out.push_str(" WHEN ");
            self.expr(when);
            self.out.push_str(" THEN ");
            self.expr(then);
        }
        if let Some(otherwise) = otherwise {
            self.out.push_str(" ELSE ");
            self.expr(otherwise);
        }
        self.out.push_str(" END");
    }

    fn over(&mut self, per: &'a [Expr], by: &'a [(Expr, bool)]) {
        self.out.push_str(" OVER (");
        if !per.is_empty() {
            self.out.push_str("PARTITION BY ");
            self.list(per);
        }
        for (index, (expr, descending)) in by.iter().enumerate() {
            self.out
                .push_str(if index == 0 { " ORDER BY " } else { ", " });
            self.expr(expr);
            self.out
                .push_str(if *descending { " DESC" } else { " ASC" });
        }
        self.out.push(')');
    }

    fn trunc(&mut self, granularity: Granularity, inner: &'a Expr) {
        // date_trunc's weeks start on Monday: move the day there and back.
        let late = match (granularity, self.week_start) {
            (Granularity::Week, Weekday::Sunday) => 1,
            (Granularity::Week, Weekday::Saturday) => 2,
            _ => 0,
        };
        match granularity {
            // A local time is no finer than that.
            Granularity::Nanosecond => self.expr(inner),
            Granularity::Day => {
                self.out.push_str("CAST(");
                self.expr(inner);
                self.out.push_str(" AS DATE)");
            }
            finer if finer < Granularity::Day => self.date_trunc(finer.as_str(), inner, 0),
            _ => {
                self.out.push_str("CAST(");
                self.date_trunc(granularity.as_str(), inner, late);
                if late > 0 {
                    self.span(Span::Days(-late));
                }
                self.out.push_str(" AS DATE)");
            }
        }
    }

    fn date_trunc(&mut self, unit: &str, inner: &'a Expr, late: i32) {
        let _ = write!(self.out, "date_trunc('{unit}', ");
        if late > 0 {
            self.operand(inner, ADD);
            self.span(Span::Days(late));
        } else {
            self.expr(inner);
        }
        self.out.push(')');
    }

    fn span(&mut self, span: Span) {
        let (sign, count, unit) = match span {
            Span::Months(n) => (n < 0, i64::from(n).abs(), "months"),
            Span::Days(n) => (n < 0, i64::from(n).abs(), "days"),
            Span::Seconds(n) => (n < 0, n.abs(), "seconds"),
        };
        let sign = if sign { '-' } else { '+' };
        let _ = write!(self.out, " {sign} INTERVAL '{count} {unit}'");
    }

    fn aggregate(&mut self, aggregate: &'a Aggregate) {
        let mut end = String::from(")");
        let (begin, double): (Cow<'_, str>, bool) = match aggregate.aggregation {
            Aggregation::Sum => ("SUM(".into(), false),
            Aggregation::Min => ("MIN(".into(), false),
            Aggregation::Max => ("MAX(".into(), false),
            Aggregation::Average => ("AVG(".into(), true),
            Aggregation::Count => ("COUNT(".into(), false),
            Aggregation::CountDistinct => ("COUNT(DISTINCT ".into(), false),
            Aggregation::SumBoolean => ("SUM(CASE WHEN ".into(), false),
            Aggregation::Median
            | Aggregation::Percentile(_)
            | Aggregation::DiscretePercentile(_) => {
                let (share, discrete) = match aggregate.aggregation {
                    Aggregation::Percentile(share) => (share, false),
                    Aggregation::DiscretePercentile(share) => (share, true),
                    _ => (0.5, false),
                };
                let (begin, after) = self.dialect.percentile(share, discrete);
                end = after;
                (begin.into(), true)
            }
        };
        self.out.push_str(&begin);
        match &aggregate.argument {
            None => self.out.push('*'),
            Some(argument) if double => self.double(argument),
            Some(argument) => self.expr(argument),
        }
        if aggregate.aggregation == Aggregation::SumBoolean {
            self.out.push_str(" THEN 1 ELSE 0 END");
        }
        self.out.push_str(&end);
        if let Some(filter) = &aggregate.filter {
            self.out.push_str(" FILTER (WHERE ");
            self.expr(filter);
            self.out.push(')');
        }
    }
}

fn part_text(part: Part) -> &'static str {
    match part {
        Part::Year => "year",
        Part::Quarter => "quarter",
        Part::Month => "month",
        Part::Week => "week",
        Part::Day => "day",
        Part::DayOfWeek => "dow",
        Part::IsoDayOfWeek => "isodow",
        Part::DayOfYear => "doy",
        Part::Hour => "hour",
        Part::Minute => "minute",
        Part::Second => "second",
        Part::Epoch => "epoch",
    }
}
