//! Kinds of values, and how two of different kinds meet: a text beside a date is a date, a moment
//! beside a date is read on the workspace's wall clock.

use std::sync::Arc;

use almanac_agent_contract::Settings;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::plan::{Expr, Kind, Literal};

/// An expression and what kind of value it has.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub(crate) expr: Expr,
    pub(crate) kind: Kind,
}

impl Typed {
    pub(super) fn new(expr: Expr, kind: Kind) -> Self {
        Self { expr, kind }
    }

    pub(super) fn literal(literal: Literal, kind: Kind) -> Self {
        Self {
            expr: Expr::Literal(literal),
            kind,
        }
    }

    /// The expression on the workspace's wall clock, where it is a moment.
    pub(super) fn local(self) -> Self {
        match self.kind {
            Kind::Instant => Self::new(Expr::Local(Box::new(self.expr)), Kind::Timestamp),
            _ => self,
        }
    }
}

const fn is_time(kind: Kind) -> bool {
    matches!(kind, Kind::Date | Kind::Timestamp | Kind::Instant)
}

/// Makes two sides of a comparison comparable.
pub(super) fn align(
    left: Typed,
    right: Typed,
    settings: &Settings,
) -> Result<(Typed, Typed), String> {
    let (right_kind, left_kind) = (right.kind, left.kind);
    let left = meet(left, right_kind, settings)?;
    let right = meet(right, left_kind, settings)?;
    Ok((left, right))
}

/// Makes one side fit beside something of kind `other`.
pub(super) fn meet(side: Typed, other: Kind, settings: &Settings) -> Result<Typed, String> {
    if !is_time(other) {
        return Ok(side);
    }
    match (&side.expr, side.kind) {
        (Expr::Literal(Literal::Text(text)), _) => {
            let moment = read_moment(text)
                .ok_or_else(|| format!("'{text}' is not a date, such as '2026-03-31'"))?;
            literal_of(moment, other, settings.zone.zone())
                .map(|literal| Typed::literal(literal, other))
                .ok_or_else(|| format!("'{text}' is out of range"))
        }
        (Expr::Literal(Literal::Date(date)), _) if other == Kind::Instant => literal_of(
            date.to_datetime(jiff::civil::Time::midnight()),
            other,
            settings.zone.zone(),
        )
        .map(|literal| Typed::literal(literal, other))
        .ok_or_else(|| format!("{date} is out of range")),
        (Expr::Literal(Literal::Timestamp(at)), _) if other == Kind::Instant => {
            literal_of(*at, other, settings.zone.zone())
                .map(|literal| Typed::literal(literal, other))
                .ok_or_else(|| format!("{at} is out of range"))
        }
        // The other side is moved instead where it is a column too.
        (Expr::Literal(_), _) => Ok(side),
        (_, Kind::Instant) if other != Kind::Instant => Ok(side.local()),
        _ => Ok(side),
    }
}

fn read_moment(text: &str) -> Option<DateTime> {
    let text = text.trim();
    text.parse::<DateTime>()
        .ok()
        .or_else(|| text.parse::<Date>().ok().map(Date::into))
}

/// The constant of a kind of time that stands for a local date and time. `None` where the zone
/// cannot say when that is.
pub(crate) fn literal_of(at: DateTime, kind: Kind, zone: &TimeZone) -> Option<Literal> {
    match kind {
        Kind::Instant => {
            // The first moment of a day that begins with a gap is the gap's end.
            let zoned = at.to_zoned(zone.clone()).ok()?;
            Some(Literal::Instant(zoned.timestamp()))
        }
        Kind::Date if at.time() == jiff::civil::Time::midnight() => Some(Literal::Date(at.date())),
        Kind::Date | Kind::Timestamp => Some(Literal::Timestamp(at)),
        _ => Some(Literal::Text(Arc::from(at.to_string()))),
    }
}
