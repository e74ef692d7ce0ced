//! Functions, casts and calculations with dates inside fragments.

use std::sync::Arc;

use sqlparser::ast::{
    DataType, ExactNumberInfo, Expr as Sql, Function as SqlFunction, FunctionArg, FunctionArgExpr,
    FunctionArguments, Interval, TypedString, Value,
};

use super::functions::{Returns, named};
use super::kinds::Typed;
use super::translate::{Translator, both};
use crate::granularity::Granularity;
use crate::plan::{Expr, Kind, Literal, Operation, Part, Span, Type};
use crate::sql::domain;

impl Translator<'_> {
    /// Translates a call in the usual form.
    pub(super) fn function(&mut self, function: &SqlFunction) -> Result<Typed, String> {
        let name = function.name.to_string();
        let plain = function.over.is_none()
            && function.filter.is_none()
            && function.within_group.is_empty()
            && function.null_treatment.is_none()
            && !function.uses_odbc_syntax
            && matches!(function.parameters, FunctionArguments::None);
        let arguments = match &function.args {
            FunctionArguments::List(list)
                if plain && list.duplicate_treatment.is_none() && list.clauses.is_empty() =>
            {
                list.args
                    .iter()
                    .map(|argument| match argument {
                        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
                        _ => None,
                    })
                    .collect::<Option<Vec<&Sql>>>()
            }
            _ => None,
        };
        let Some(arguments) = arguments else {
            return Err(format!(
                "calls {name} in a way a definition cannot; aggregates and windows belong to agg"
            ));
        };
        match (name.to_lowercase().as_str(), arguments.as_slice()) {
            ("date_trunc", [unit, moment]) => self.date_trunc(unit, moment),
            ("date_part", [part, moment]) => {
                let part = self.word(part)?;
                self.extract(&part, moment)
            }
            ("year" | "quarter" | "month" | "day" | "hour", [moment]) => {
                self.extract(&name, moment)
            }
            ("date", [moment]) => {
                let moment = self.translate(moment)?.local();
                Ok(Typed::new(Expr::DayOf(Box::new(moment.expr)), Kind::Date))
            }
            _ => self.call(&name, &arguments),
        }
    }

    /// Translates a call of an allowed function.
    pub(super) fn call(&mut self, name: &str, arguments: &[&Sql]) -> Result<Typed, String> {
        let Some(function) = named(name) else {
            return Err(format!(
                "calls {name}, which is not among the functions allowed"
            ));
        };
        let (fewest, most) = function.arguments;
        if !(fewest..=most).contains(&arguments.len()) {
            return Err(format!("calls {name} with {} arguments", arguments.len()));
        }
        let before = self.parts;
        let mut translated = Vec::with_capacity(arguments.len());
        let mut kind = Kind::Unknown;
        for argument in arguments {
            let argument = self.translate(argument)?;
            kind = both(kind, argument.kind);
            translated.push(argument.expr);
        }
        if domain(function.sql).is_some() {
            self.twice(before)?;
        }
        let kind = match function.returns {
            Returns::This(kind) => kind,
            Returns::First => kind,
        };
        Ok(Typed::new(Expr::Call(function, translated), kind))
    }

    fn date_trunc(&mut self, unit: &Sql, moment: &Sql) -> Result<Typed, String> {
        let unit = self.word(unit)?;
        let granularity = Granularity::named(&unit.to_lowercase()).ok_or_else(|| {
            format!("truncates to \"{unit}\": hour, day, week, month, quarter or year")
        })?;
        let moment = self.translate(moment)?.local();
        let kind = if granularity <= Granularity::Hour {
            Kind::Timestamp
        } else {
            Kind::Date
        };
        let bucket = Expr::Trunc(granularity, Box::new(moment.expr));
        Ok(Typed::new(bucket, kind))
    }

    /// Takes a part out of a date; the clock is the workspace's.
    pub(super) fn extract(&mut self, part: &str, moment: &Sql) -> Result<Typed, String> {
        let part = match part.to_lowercase().as_str() {
            "year" => Part::Year,
            "quarter" => Part::Quarter,
            "month" => Part::Month,
            "week" | "isoweek" => Part::Week,
            "day" => Part::Day,
            "dow" | "dayofweek" => Part::DayOfWeek,
            "isodow" => Part::IsoDayOfWeek,
            "doy" | "dayofyear" => Part::DayOfYear,
            "hour" => Part::Hour,
            "minute" => Part::Minute,
            "second" => Part::Second,
            "epoch" => Part::Epoch,
            other => {
                return Err(format!(
                    "takes \"{other}\" out of a date, which is no part of one"
                ));
            }
        };
        if let (Part::Epoch, Some((late, early))) = (part, difference(moment)) {
            let (late, early) = (self.extract("epoch", late)?, self.extract("epoch", early)?);
            let seconds = Expr::binary(late.expr, Operation::Subtract, early.expr);
            return Ok(Typed::new(seconds, Kind::Number));
        }
        let moment = self.translate(moment)?;
        let moment = if part == Part::Epoch {
            moment
        } else {
            moment.local()
        };
        let kind = if part == Part::Epoch {
            Kind::Number
        } else {
            Kind::Integer
        };
        Ok(Typed::new(Expr::Extract(part, Box::new(moment.expr)), kind))
    }

    /// A sum or difference, of numbers or with dates.
    pub(super) fn add(&mut self, left: &Sql, right: &Sql, subtract: bool) -> Result<Typed, String> {
        if let Sql::Interval(interval) = right {
            let span = self.span(interval)?;
            let left = self.translate(left)?.local();
            let kind = match (left.kind, span) {
                (Kind::Date, Span::Seconds(_)) => Kind::Timestamp,
                (kind, _) => kind,
            };
            let span = if subtract { span.back() } else { span };
            let moved = Expr::Moved(Box::new(left.expr), span);
            // Some engines make a moment of a date that is moved.
            let moved = match kind {
                Kind::Date => Expr::DayOf(Box::new(moved)),
                _ => moved,
            };
            return Ok(Typed::new(moved, kind));
        }
        let (left, right) = (self.translate(left)?, self.translate(right)?);
        match (left.kind, right.kind) {
            (Kind::Date, Kind::Date) if subtract => {
                let days = |date: Typed| Expr::Extract(Part::Epoch, Box::new(date.expr));
                let seconds = Expr::binary(days(left), Operation::Subtract, days(right));
                let day = Expr::Literal(Literal::Integer(86_400));
                let days = Expr::Divide(Box::new(seconds), Box::new(day));
                Ok(Typed::new(Expr::Cast(Box::new(days), Type::Integer), Kind::Integer))
            }
            (Kind::Timestamp | Kind::Instant, _) | (_, Kind::Timestamp | Kind::Instant) => Err(
                "calculates with moments; write EXTRACT(EPOCH FROM (a - b)) for the seconds between them"
                    .into(),
            ),
            (left_kind, right_kind) => {
                let operation = if subtract { Operation::Subtract } else { Operation::Add };
                let kind = both(left_kind, right_kind);
                Ok(Typed::new(Expr::binary(left.expr, operation, right.expr), kind))
            }
        }
    }

    fn span(&mut self, interval: &Interval) -> Result<Span, String> {
        let odd = || format!("contains {interval}; write INTERVAL '7 days'");
        let words = self.word(&interval.value)?;
        let mut words = words.split_whitespace();
        let count: i32 = words
            .next()
            .and_then(|count| count.parse().ok())
            .ok_or_else(odd)?;
        let unit = match (&interval.leading_field, words.next()) {
            (Some(unit), None) => unit.to_string(),
            (None, Some(unit)) => unit.to_owned(),
            _ => return Err(odd()),
        };
        if words.next().is_some() || count.unsigned_abs() > 1_000_000 {
            return Err(odd());
        }
        match unit.to_lowercase().trim_end_matches('s') {
            "year" => Ok(Span::Months(count * 12)),
            "quarter" => Ok(Span::Months(count * 3)),
            "month" => Ok(Span::Months(count)),
            "week" => Ok(Span::Days(count * 7)),
            "day" => Ok(Span::Days(count)),
            "hour" => Ok(Span::Seconds(i64::from(count) * 3600)),
            "minute" => Ok(Span::Seconds(i64::from(count) * 60)),
            "second" => Ok(Span::Seconds(i64::from(count))),
            _ => Err(odd()),
        }
    }

    /// A text constant.
    fn word(&mut self, sql: &Sql) -> Result<String, String> {
        match sql {
            Sql::Value(value) => match &value.value {
                Value::SingleQuotedString(text) => Ok(text.clone()),
                Value::Number(digits, _) => Ok(digits.clone()),
                other => Err(format!("should have text in quotes instead of {other}")),
            },
            other => Err(format!("should have text in quotes instead of {other}")),
        }
    }

    pub(super) fn typed_string(&mut self, typed: &TypedString) -> Result<Typed, String> {
        let Value::SingleQuotedString(text) = &typed.value.value else {
            return Err(format!("contains {typed}, which a definition cannot use"));
        };
        let text = text.trim();
        match typed.data_type {
            DataType::Date => text
                .parse()
                .map(|date| Typed::literal(Literal::Date(date), Kind::Date))
                .map_err(|_| format!("contains '{text}', which is not a date")),
            DataType::Timestamp(..) | DataType::Datetime(_) => text
                .parse()
                .map(|at| Typed::literal(Literal::Timestamp(at), Kind::Timestamp))
                .map_err(|_| format!("contains '{text}', which is not a date and time")),
            _ => Err(format!("contains {typed}, which a definition cannot use")),
        }
    }

    /// A cast. A moment becomes the date and time on the workspace's clock.
    pub(super) fn cast(&mut self, inner: &Sql, to: &DataType) -> Result<Typed, String> {
        let before = self.parts;
        let inner = self.translate(inner)?;
        let (to, kind) = match to {
            DataType::Text
            | DataType::String(_)
            | DataType::Varchar(_)
            | DataType::CharVarying(_)
            | DataType::CharacterVarying(_) => (Type::Text, Kind::Text),
            DataType::SmallInt(_)
            | DataType::Int(_)
            | DataType::Integer(_)
            | DataType::BigInt(_)
            | DataType::Int4(_)
            | DataType::Int8(_)
            | DataType::Int64 => (Type::Integer, Kind::Integer),
            DataType::Float(_)
            | DataType::Real
            | DataType::Float4
            | DataType::Float8
            | DataType::Float64
            | DataType::Double(_)
            | DataType::DoublePrecision => (Type::Double, Kind::Number),
            DataType::Numeric(info) | DataType::Decimal(info) => (decimal(info)?, Kind::Number),
            DataType::Bool | DataType::Boolean => (Type::Boolean, Kind::Boolean),
            DataType::Date => (Type::Date, Kind::Date),
            DataType::Timestamp(..) | DataType::Datetime(_) => (Type::Timestamp, Kind::Timestamp),
            other => return Err(format!("casts to {other}, which a definition cannot")),
        };
        let inner = match (&inner.expr, to) {
            (Expr::Literal(Literal::Text(text)), Type::Date | Type::Timestamp) => {
                return cast_text(text, to);
            }
            // Not every engine casts these.
            (_, Type::Integer | Type::Double | Type::Decimal(..))
                if inner.kind == Kind::Boolean =>
            {
                self.twice(before)?;
                let number = |number| Expr::Literal(Literal::Integer(number));
                let isnt = Expr::Not(Box::new(inner.expr.clone()));
                let branches = vec![(inner.expr, number(1)), (isnt, number(0))];
                let number = Expr::Case {
                    operand: None,
                    branches,
                    otherwise: None,
                };
                Typed::new(number, Kind::Integer)
            }
            (_, Type::Date | Type::Timestamp | Type::Text) => inner.local(),
            _ => inner,
        };
        Ok(Typed::new(Expr::Cast(Box::new(inner.expr), to), kind))
    }
}

/// A constant date, so that it is compared as one.
fn cast_text(text: &Arc<str>, to: Type) -> Result<Typed, String> {
    let wrong = || format!("casts '{text}', which is not a date");
    let date = text.trim().parse::<jiff::civil::Date>();
    match to {
        Type::Date => Ok(Typed::literal(
            Literal::Date(date.map_err(|_| wrong())?),
            Kind::Date,
        )),
        _ => {
            let at = text
                .trim()
                .parse()
                .or_else(|_| date.map(Into::into))
                .map_err(|_| wrong())?;
            Ok(Typed::literal(Literal::Timestamp(at), Kind::Timestamp))
        }
    }
}

fn decimal(info: &ExactNumberInfo) -> Result<Type, String> {
    let (precision, scale) = match info {
        ExactNumberInfo::None => (38, 9),
        ExactNumberInfo::Precision(precision) => (*precision, 0),
        ExactNumberInfo::PrecisionAndScale(precision, scale) => (*precision, *scale),
    };
    match (u8::try_from(precision), i8::try_from(scale)) {
        (Ok(p @ 1..=38), Ok(s)) if s >= 0 && s.unsigned_abs() <= p => Ok(Type::Decimal(p, s)),
        _ => Err(format!(
            "casts to a decimal of {precision} digits, {scale} after the point"
        )),
    }
}

/// `a - b` in brackets or not.
fn difference(sql: &Sql) -> Option<(&Sql, &Sql)> {
    match sql {
        Sql::Nested(inner) => difference(inner),
        Sql::BinaryOp {
            left,
            op: sqlparser::ast::BinaryOperator::Minus,
            right,
        } if !matches!(**right, Sql::Interval(_)) => Some((left, right)),
        _ => None,
    }
}
