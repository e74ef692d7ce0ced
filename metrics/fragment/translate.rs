//! The parser's tree to ours. What has no translation is refused, so that nothing reaches an
//! engine that was not understood here.

use std::sync::Arc;

use almanac_agent_contract::Settings;
use sqlparser::ast::{
    BinaryOperator, CaseWhen, CastKind, CeilFloorKind, Expr as Sql, UnaryOperator, Value,
};

use super::kinds::{Typed, align, meet};
use super::parse::Scope;
use super::template::{Reference, holds_placeholder, reference_number};
use crate::plan::{Expr, Kind, Literal, Operation};

/// Translates one fragment.
pub(super) struct Translator<'a> {
    pub(super) scope: &'a dyn Scope,
    pub(super) settings: &'a Settings,
    pub(super) references: &'a [Reference],
    pub(super) depth: usize,
    /// How many parts the translation has so far, those that are written twice counted twice.
    pub(super) parts: usize,
}

type Translated = Result<Typed, String>;

// A long chain of operators is deep as a tree; this many are enough.
const DEPTH: usize = 256;
// What is written twice inside what is written twice grows without bounds.
const PARTS: usize = 20_000;

impl Translator<'_> {
    /// Translates an expression.
    pub(super) fn translate(&mut self, sql: &Sql) -> Translated {
        if self.depth > DEPTH {
            return Err(format!("is nested more than {DEPTH} deep"));
        }
        self.depth += 1;
        self.parts += 1;
        let translated = self.node(sql);
        self.depth -= 1;
        translated
    }

    fn node(&mut self, sql: &Sql) -> Translated {
        match sql {
            Sql::Identifier(name) => self.name(&name.value),
            Sql::CompoundIdentifier(parts) => {
                let name: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
                Err(format!(
                    "{} is qualified with a table; write {} or {{{{ Dimension('entity__name') }}}}",
                    name.join("."),
                    name.last().unwrap_or(&"")
                ))
            }
            Sql::Nested(inner) => self.translate(inner),
            Sql::Value(value) => constant(&value.value),
            Sql::TypedString(typed) => self.typed_string(typed),
            Sql::UnaryOp { op, expr } => self.unary(*op, expr),
            Sql::BinaryOp { left, op, right } => self.binary(left, op, right),
            Sql::IsNull(inner) => self.test(inner, Expr::IsNull),
            Sql::IsNotNull(inner) => self.test(inner, Expr::IsNotNull),
            Sql::IsTrue(inner) => self.is(inner, true, Operation::NotDistinct),
            Sql::IsNotTrue(inner) => self.is(inner, true, Operation::Distinct),
            Sql::IsFalse(inner) => self.is(inner, false, Operation::NotDistinct),
            Sql::IsNotFalse(inner) => self.is(inner, false, Operation::Distinct),
            Sql::IsDistinctFrom(left, right) => self.compare(left, Operation::Distinct, right),
            Sql::IsNotDistinctFrom(left, right) => {
                self.compare(left, Operation::NotDistinct, right)
            }
            Sql::InList {
                expr,
                list,
                negated,
            } => self.in_list(expr, list, *negated),
            Sql::Between {
                expr,
                negated,
                low,
                high,
            } => self.between(expr, *negated, low, high),
            Sql::Like {
                negated,
                any: false,
                expr,
                pattern,
                escape_char: None,
            } => self.like(expr, pattern, *negated, false),
            Sql::ILike {
                negated,
                any: false,
                expr,
                pattern,
                escape_char: None,
            } => self.like(expr, pattern, *negated, true),
            Sql::Case {
                operand,
                conditions,
                else_result,
                ..
            } => self.case(operand.as_deref(), conditions, else_result.as_deref()),
            Sql::Cast {
                kind: CastKind::Cast | CastKind::DoubleColon,
                expr,
                data_type,
                ..
            } => self.cast(expr, data_type),
            Sql::Extract { field, expr, .. } => self.extract(&field.to_string(), expr),
            Sql::Function(function) => self.function(function),
            Sql::Ceil {
                expr,
                field: CeilFloorKind::DateTimeField(_),
            } => self.call("ceil", &[expr]),
            Sql::Floor {
                expr,
                field: CeilFloorKind::DateTimeField(_),
            } => self.call("floor", &[expr]),
            Sql::Position { expr, r#in } => self.call("strpos", &[r#in, expr]),
            Sql::Substring {
                expr,
                substring_from: Some(from),
                substring_for,
                ..
            } => {
                let mut arguments: Vec<&Sql> = vec![expr, from];
                arguments.extend(substring_for.as_deref());
                self.call("substr", &arguments)
            }
            Sql::Trim {
                expr,
                trim_where: None,
                trim_what,
                trim_characters: None,
            } => {
                let mut arguments: Vec<&Sql> = vec![expr];
                arguments.extend(trim_what.as_deref());
                self.call("btrim", &arguments)
            }
            Sql::Subquery(_) | Sql::Exists { .. } | Sql::InSubquery { .. } => {
                Err("contains a subquery, which a definition cannot".into())
            }
            other => Err(format!(
                "contains \"{other}\", which a definition cannot use"
            )),
        }
    }

    /// Counts what was translated since there were `before` parts once more, because it is written
    /// twice.
    pub(super) fn twice(&mut self, before: usize) -> Result<(), String> {
        self.parts += self.parts - before;
        if self.parts > PARTS {
            return Err(format!("unfolds to more than {PARTS} parts"));
        }
        Ok(())
    }

    fn name(&mut self, name: &str) -> Translated {
        match reference_number(name) {
            Some(number) => match self.references.get(number) {
                Some(reference) => self.scope.reference(reference),
                None => Err("contains a control character".into()),
            },
            None => self.scope.column(name),
        }
    }

    fn unary(&mut self, operator: UnaryOperator, inner: &Sql) -> Translated {
        let inner = self.translate(inner)?;
        match operator {
            UnaryOperator::Not => Ok(Typed::new(Expr::Not(Box::new(inner.expr)), Kind::Boolean)),
            UnaryOperator::Minus => Ok(Typed::new(Expr::Negate(Box::new(inner.expr)), inner.kind)),
            UnaryOperator::Plus => Ok(inner),
            other => Err(format!(
                "contains the operator {other}, which a definition cannot use"
            )),
        }
    }

    fn binary(&mut self, left: &Sql, operator: &BinaryOperator, right: &Sql) -> Translated {
        let operation = match operator {
            BinaryOperator::Or => Operation::Or,
            BinaryOperator::And => Operation::And,
            BinaryOperator::Eq => return self.compare(left, Operation::Equal, right),
            BinaryOperator::NotEq => return self.compare(left, Operation::NotEqual, right),
            BinaryOperator::Lt => return self.compare(left, Operation::Less, right),
            BinaryOperator::LtEq => return self.compare(left, Operation::LessOrEqual, right),
            BinaryOperator::Gt => return self.compare(left, Operation::Greater, right),
            BinaryOperator::GtEq => return self.compare(left, Operation::GreaterOrEqual, right),
            BinaryOperator::Plus => return self.add(left, right, false),
            BinaryOperator::Minus => return self.add(left, right, true),
            BinaryOperator::Multiply => Operation::Multiply,
            BinaryOperator::Modulo => Operation::Modulo,
            BinaryOperator::StringConcat => Operation::Concat,
            BinaryOperator::Divide => {
                let (above, below) = (self.translate(left)?, self.translate(right)?);
                let divided = Expr::Divide(Box::new(above.expr), Box::new(below.expr));
                return Ok(Typed::new(divided, Kind::Number));
            }
            other => {
                return Err(format!(
                    "contains the operator {other}, which a definition cannot use"
                ));
            }
        };
        let (left, right) = (self.translate(left)?, self.translate(right)?);
        let kind = match operation {
            Operation::Or | Operation::And => Kind::Boolean,
            Operation::Concat => Kind::Text,
            _ => both(left.kind, right.kind),
        };
        Ok(Typed::new(
            Expr::binary(left.expr, operation, right.expr),
            kind,
        ))
    }

    fn compare(&mut self, left: &Sql, operation: Operation, right: &Sql) -> Translated {
        let (left, right) = (self.translate(left)?, self.translate(right)?);
        let (left, right) = align(left, right, self.settings)?;
        Ok(Typed::new(
            Expr::binary(left.expr, operation, right.expr),
            Kind::Boolean,
        ))
    }

    fn test(&mut self, inner: &Sql, test: fn(Box<Expr>) -> Expr) -> Translated {
        Ok(Typed::new(
            test(Box::new(self.translate(inner)?.expr)),
            Kind::Boolean,
        ))
    }

    fn is(&mut self, inner: &Sql, what: bool, operation: Operation) -> Translated {
        let inner = self.translate(inner)?.expr;
        let constant = Expr::Literal(Literal::Boolean(what));
        Ok(Typed::new(
            Expr::binary(inner, operation, constant),
            Kind::Boolean,
        ))
    }

    fn in_list(&mut self, expr: &Sql, list: &[Sql], negated: bool) -> Translated {
        let expr = self.translate(expr)?;
        let mut values = Vec::with_capacity(list.len());
        for value in list {
            values.push(meet(self.translate(value)?, expr.kind, self.settings)?.expr);
        }
        if values.is_empty() {
            return Err("has an empty IN ()".into());
        }
        Ok(negate(Expr::In(Box::new(expr.expr), values), negated))
    }

    fn between(&mut self, expr: &Sql, negated: bool, low: &Sql, high: &Sql) -> Translated {
        let before = self.parts;
        let expr = self.translate(expr)?;
        self.twice(before)?;
        let (first, low) = align(expr.clone(), self.translate(low)?, self.settings)?;
        let (second, high) = align(expr, self.translate(high)?, self.settings)?;
        let above = Expr::binary(first.expr, Operation::GreaterOrEqual, low.expr);
        let below = Expr::binary(second.expr, Operation::LessOrEqual, high.expr);
        Ok(negate(Expr::binary(above, Operation::And, below), negated))
    }

    fn like(&mut self, expr: &Sql, pattern: &Sql, negated: bool, any_case: bool) -> Translated {
        let expr = Box::new(self.translate(expr)?.expr);
        let pattern = Box::new(self.translate(pattern)?.expr);
        Ok(negate(
            Expr::Like {
                expr,
                pattern,
                any_case,
            },
            negated,
        ))
    }

    fn case(
        &mut self,
        operand: Option<&Sql>,
        conditions: &[CaseWhen],
        otherwise: Option<&Sql>,
    ) -> Translated {
        let operand = operand.map(|operand| self.translate(operand)).transpose()?;
        let mut branches = Vec::with_capacity(conditions.len());
        let mut kind = Kind::Unknown;
        for branch in conditions {
            let mut when = self.translate(&branch.condition)?;
            if let Some(operand) = &operand {
                when = meet(when, operand.kind, self.settings)?;
            }
            let then = self.translate(&branch.result)?;
            kind = both(kind, then.kind);
            branches.push((when.expr, then.expr));
        }
        let otherwise = match otherwise {
            Some(otherwise) => {
                let otherwise = self.translate(otherwise)?;
                kind = both(kind, otherwise.kind);
                Some(Box::new(otherwise.expr))
            }
            None => None,
        };
        let operand = operand.map(|operand| Box::new(operand.expr));
        Ok(Typed::new(
            Expr::Case {
                operand,
                branches,
                otherwise,
            },
            kind,
        ))
    }
}

fn negate(expr: Expr, negated: bool) -> Typed {
    let expr = if negated {
        Expr::Not(Box::new(expr))
    } else {
        expr
    };
    Typed::new(expr, Kind::Boolean)
}

/// The kind of what may be of either kind; one that is not known gives way.
pub(super) fn both(left: Kind, right: Kind) -> Kind {
    match (left, right) {
        (Kind::Unknown, kind) | (kind, Kind::Unknown) => kind,
        (Kind::Integer, Kind::Number) | (Kind::Number, Kind::Integer) => Kind::Number,
        (left, right) if left == right => left,
        _ => Kind::Other,
    }
}

fn constant(value: &Value) -> Translated {
    match value {
        Value::Number(digits, _) => {
            let whole = digits.bytes().all(|b| b.is_ascii_digit());
            let plain = digits
                .bytes()
                .all(|b| b.is_ascii_digit() || b".eE+-".contains(&b));
            if !plain || digits.parse::<f64>().is_err() {
                return Err(format!("contains {digits}, which is not a number"));
            }
            let kind = if whole { Kind::Integer } else { Kind::Number };
            Ok(Typed::literal(
                Literal::Number(Arc::from(digits.as_str())),
                kind,
            ))
        }
        Value::SingleQuotedString(text) if holds_placeholder(text) => {
            Err("has {{ }} inside quotes; put the quotes around values only".into())
        }
        Value::SingleQuotedString(text) => Ok(Typed::literal(
            Literal::Text(Arc::from(text.as_str())),
            Kind::Text,
        )),
        Value::Boolean(flag) => Ok(Typed::literal(Literal::Boolean(*flag), Kind::Boolean)),
        Value::Null => Ok(Typed::literal(Literal::Null, Kind::Unknown)),
        other => Err(format!("contains {other}, which a definition cannot use")),
    }
}
