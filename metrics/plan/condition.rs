//! A query's filters as expressions. Values become constants of the dimension's own type.

use std::sync::Arc;

use almanac_agent_contract::{Settings, Value};
use jiff::civil::{Date, DateTime};

use super::bounds::{after_day, before_day, from_day, through_day};
use super::bucketing::Bucketing;
use super::expr::{Expr, Kind, Literal, Operation, PathId};
use super::fanout::{Fan, fan};
use super::keys::{Key, Scene, bucket};
use super::metric::Lookup;
use crate::error::QueryError;
use crate::fragment::literal_of;
use crate::granularity::Granularity;
use crate::period;
use crate::query::{Filter, Operator};

/// A filter as rows can be tested.
pub(super) struct Tested<'g> {
    pub(super) expr: Expr,
    pub(super) path: PathId,
    pub(super) lookup: Option<Lookup>,
    /// It tests rows that lead to these, of which there may be many for one.
    pub(super) fan: Option<Fan<'g>>,
    /// It tests the rows' own time.
    pub(super) time: bool,
}

/// A filter for some rows.
pub(super) fn condition<'g>(
    scene: Scene<'g, '_>,
    filter: &Filter,
) -> Result<Tested<'g>, QueryError> {
    let found = match scene.find(&filter.dimension) {
        Ok(found) => found,
        Err(error @ (QueryError::NoJoinPath { .. } | QueryError::UnknownDimension { .. })) => {
            let fan = fan(scene, &Key::named(&filter.dimension))?.ok_or(error)?;
            let there = Scene {
                model: fan.model,
                time: None,
                clock: None,
                ..scene
            };
            return Ok(Tested {
                fan: Some(fan),
                ..condition(there, filter)?
            });
        }
        Err(error) => return Err(error),
    };
    let time = scene.is_time(&found);
    let clock = scene.clock.filter(|_| time);
    let kind = clock.map_or(found.attribute.kind, |clock| clock.kind);
    let test = |kind| Test {
        filter,
        kind,
        settings: scene.settings,
    };
    let (expr, lookup) = match (found.bucketing, found.attribute.time) {
        (Some(bucketing), _) => {
            let (typed, lookup) = scene.typed(&found, &filter.dimension)?;
            let expr = match bucketing {
                Bucketing::Standard(granularity) => {
                    test(typed.kind).bucket(typed.expr, granularity)?
                }
                _ => test(typed.kind).category(typed.expr)?,
            };
            (expr, lookup)
        }
        (None, time) => {
            let expr = match clock {
                Some(clock) => clock.expr.clone(),
                None => Expr::At(found.path, Arc::clone(&found.attribute.expr)),
            };
            let finest = clock.map(|clock| clock.finest).or(time);
            let expr = match finest {
                Some(finest) => {
                    // A date stands for the whole day, however fine the dimension is.
                    let dates = filter
                        .values
                        .iter()
                        .all(|value| !matches!(value, Value::DateTime(_)));
                    let finest = if dates {
                        finest.max(Granularity::Day)
                    } else {
                        finest
                    };
                    let bucket = bucket(expr.clone(), kind, finest);
                    test(kind).time(expr, bucket.expr, bucket.kind)?
                }
                None => test(kind).category(expr)?,
            };
            (expr, None)
        }
    };
    Ok(Tested {
        expr,
        path: found.path,
        lookup,
        fan: None,
        time,
    })
}

struct Test<'a> {
    filter: &'a Filter,
    kind: Kind,
    settings: &'a Settings,
}

impl Test<'_> {
    fn category(&self, expr: Expr) -> Result<Expr, QueryError> {
        match self.filter.op {
            Operator::In | Operator::NotIn => {
                let values = self.values(|value| self.constant(value))?;
                self.member(expr, values)
            }
            Operator::IsNull | Operator::IsNotNull => self.missing(expr),
            Operator::Contains => {
                if !matches!(self.kind, Kind::Text | Kind::Unknown) {
                    return Err(self.mismatch(self.one()?));
                }
                let part = match self.one()? {
                    Value::Text(text) => Expr::text(text),
                    Value::Date(date) => Expr::text(&date.to_string()),
                    Value::DateTime(at) => Expr::text(&at.to_string()),
                    Value::Integer(number) => Expr::text(&number.to_string()),
                    other => return Err(self.mismatch(other)),
                };
                Ok(Expr::Contains(Box::new(expr), Box::new(part)))
            }
            Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte => {
                let value = self.constant(self.one()?)?;
                Ok(Expr::binary(expr, self.operation(), Expr::Literal(value)))
            }
        }
    }

    /// Tests of a bucket of time: a value stands for the bucket it falls in.
    fn bucket(&self, bucket: Expr, granularity: Granularity) -> Result<Expr, QueryError> {
        let start = |value: &Value| -> Result<Literal, QueryError> {
            let at = period::start_of(self.moment(value)?, granularity, self.settings.week_start);
            let literal = literal_of(at, self.kind, self.settings.zone.zone());
            literal.ok_or_else(|| self.mismatch(value))
        };
        match self.filter.op {
            Operator::In | Operator::NotIn => {
                let values = self.values(start)?;
                self.member(bucket, values)
            }
            Operator::IsNull | Operator::IsNotNull => self.missing(bucket),
            Operator::Contains => Err(self.mismatch(self.one()?)),
            Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte => {
                let value = start(self.one()?)?;
                Ok(Expr::binary(bucket, self.operation(), Expr::Literal(value)))
            }
        }
    }

    /// Tests of time: dates stand for whole local days.
    fn time(&self, expr: Expr, bucket: Expr, bucket_kind: Kind) -> Result<Expr, QueryError> {
        match self.filter.op {
            Operator::In | Operator::NotIn => {
                let zone = self.settings.zone.zone();
                let values = self.values(|value| {
                    let at = self.moment(value)?;
                    literal_of(at, bucket_kind, zone).ok_or_else(|| self.mismatch(value))
                })?;
                self.member(bucket, values)
            }
            Operator::IsNull | Operator::IsNotNull => self.missing(expr),
            Operator::Contains => Err(self.mismatch(self.one()?)),
            Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte => {
                let value = self.one()?;
                match date_of(value) {
                    Some(date) => Ok(self.day_bound(expr, date)),
                    None => {
                        let zone = self.settings.zone.zone();
                        let at = self.moment(value)?;
                        let literal = literal_of(at, self.kind, zone);
                        let literal = literal.ok_or_else(|| self.mismatch(value))?;
                        Ok(Expr::binary(expr, self.operation(), Expr::Literal(literal)))
                    }
                }
            }
        }
    }

    fn day_bound(&self, expr: Expr, day: Date) -> Expr {
        let zone = self.settings.zone.zone();
        match self.filter.op {
            Operator::Gt => after_day(expr, self.kind, day, zone),
            Operator::Gte => from_day(expr, self.kind, day, zone),
            Operator::Lt => before_day(expr, self.kind, day, zone),
            _ => through_day(expr.clone(), self.kind, day, zone)
                .unwrap_or_else(|| Expr::IsNotNull(Box::new(expr))),
        }
    }

    fn operation(&self) -> Operation {
        match self.filter.op {
            Operator::Gt => Operation::Greater,
            Operator::Gte => Operation::GreaterOrEqual,
            Operator::Lt => Operation::Less,
            _ => Operation::LessOrEqual,
        }
    }

    /// One of the values, or none of them; null among the values stands for missing.
    fn member(&self, expr: Expr, values: Vec<Expr>) -> Result<Expr, QueryError> {
        let null = self.filter.values.contains(&Value::Null);
        let missing = || Expr::IsNull(Box::new(expr.clone()));
        let within = (!values.is_empty()).then(|| Expr::In(Box::new(expr.clone()), values));
        let within = Expr::any(within.into_iter().chain(null.then(missing)));
        let within = within.ok_or_else(|| self.count("at least one value"))?;
        Ok(match (self.filter.op, null) {
            (Operator::NotIn, false) => {
                Expr::binary(Expr::Not(Box::new(within)), Operation::Or, missing())
            }
            (Operator::NotIn, true) => Expr::Not(Box::new(within)),
            _ => within,
        })
    }

    fn missing(&self, expr: Expr) -> Result<Expr, QueryError> {
        if !self.filter.values.is_empty() {
            return Err(self.count("no values"));
        }
        Ok(match self.filter.op {
            Operator::IsNull => Expr::IsNull(Box::new(expr)),
            _ => Expr::IsNotNull(Box::new(expr)),
        })
    }

    /// The constants for all values but null.
    fn values(
        &self,
        constant: impl Fn(&Value) -> Result<Literal, QueryError>,
    ) -> Result<Vec<Expr>, QueryError> {
        let values = self
            .filter
            .values
            .iter()
            .filter(|value| **value != Value::Null);
        values
            .map(|value| constant(value).map(Expr::Literal))
            .collect()
    }

    fn one(&self) -> Result<&Value, QueryError> {
        match self.filter.values.as_slice() {
            [value] => Ok(value),
            _ => Err(self.count("exactly one value")),
        }
    }

    /// A value as a constant of the dimension's type.
    fn constant(&self, value: &Value) -> Result<Literal, QueryError> {
        let literal = match (self.kind, value) {
            (Kind::Text, Value::Text(text)) => Literal::Text(text.as_str().into()),
            // JSON has no dates: a text that looks like one was read as one.
            (Kind::Text, Value::Date(date)) => Literal::Text(date.to_string().into()),
            (Kind::Text, Value::DateTime(at)) => Literal::Text(at.to_string().into()),
            (Kind::Integer | Kind::Number, Value::Integer(number)) => Literal::Integer(*number),
            (Kind::Integer | Kind::Number, Value::Float(number)) if number.is_finite() => {
                Literal::Float(*number)
            }
            (Kind::Boolean, Value::Boolean(flag)) => Literal::Boolean(*flag),
            (Kind::Date | Kind::Timestamp | Kind::Instant, _) => {
                let at = self.moment(value)?;
                literal_of(at, self.kind, self.settings.zone.zone())
                    .ok_or_else(|| self.mismatch(value))?
            }
            (Kind::Unknown | Kind::Other, Value::Text(text)) => Literal::Text(text.as_str().into()),
            (Kind::Unknown | Kind::Other, Value::Integer(number)) => Literal::Integer(*number),
            (Kind::Unknown | Kind::Other, Value::Boolean(flag)) => Literal::Boolean(*flag),
            (Kind::Unknown | Kind::Other, Value::Float(number)) if number.is_finite() => {
                Literal::Float(*number)
            }
            (Kind::Unknown | Kind::Other, Value::Date(date)) => Literal::Date(*date),
            (Kind::Unknown | Kind::Other, Value::DateTime(at)) => Literal::Timestamp(*at),
            _ => return Err(self.mismatch(value)),
        };
        Ok(literal)
    }

    fn moment(&self, value: &Value) -> Result<DateTime, QueryError> {
        match value {
            Value::Date(date) => Ok((*date).into()),
            Value::DateTime(at) => Ok(*at),
            other => Err(self.mismatch(other)),
        }
    }

    fn mismatch(&self, value: &Value) -> QueryError {
        QueryError::FilterValue {
            dimension: self.filter.dimension.clone(),
            holds: self.kind.words(),
            value: serde_json::to_string(value).unwrap_or_default(),
        }
    }

    fn count(&self, takes: &'static str) -> QueryError {
        let op = match self.filter.op {
            Operator::In => "in",
            Operator::NotIn => "not_in",
            Operator::Gt => "gt",
            Operator::Gte => "gte",
            Operator::Lt => "lt",
            Operator::Lte => "lte",
            Operator::Contains => "contains",
            Operator::IsNull => "is_null",
            Operator::IsNotNull => "is_not_null",
        };
        QueryError::FilterCount {
            dimension: self.filter.dimension.clone(),
            op,
            takes,
        }
    }
}

/// The day a value stands for, where it is a whole day.
fn date_of(value: &Value) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        _ => None,
    }
}
