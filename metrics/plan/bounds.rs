//! Whole local days as bounds on a column, so that engines can skip what lies outside.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::expr::{Expr, Kind, Literal, Operation};
use crate::fragment::literal_of;
use crate::query::TimeRange;

/// From the first moment of a range to its last, for a column of that kind.
pub(super) fn within(expr: &Expr, kind: Kind, range: TimeRange, zone: &TimeZone) -> Vec<Expr> {
    let mut bounds = vec![from_day(expr.clone(), kind, range.start, zone)];
    bounds.extend(through_day(expr.clone(), kind, range.end, zone));
    bounds
}

/// On the day or later.
pub(super) fn from_day(expr: Expr, kind: Kind, day: Date, zone: &TimeZone) -> Expr {
    Expr::binary(expr, Operation::GreaterOrEqual, start_of(day, kind, zone))
}

/// Before the day.
pub(super) fn before_day(expr: Expr, kind: Kind, day: Date, zone: &TimeZone) -> Expr {
    Expr::binary(expr, Operation::Less, start_of(day, kind, zone))
}

/// On the day or earlier; no bound where the calendar ends with it.
pub(super) fn through_day(expr: Expr, kind: Kind, day: Date, zone: &TimeZone) -> Option<Expr> {
    if kind == Kind::Date {
        return Some(Expr::binary(expr, Operation::LessOrEqual, Expr::date(day)));
    }
    let next = day.checked_add(1.day()).ok()?;
    Some(before_day(expr, kind, next, zone))
}

/// After the day; never where the calendar ends with it.
pub(super) fn after_day(expr: Expr, kind: Kind, day: Date, zone: &TimeZone) -> Expr {
    if kind == Kind::Date {
        return Expr::binary(expr, Operation::Greater, Expr::date(day));
    }
    from_day(
        expr,
        kind,
        day.checked_add(1.day()).unwrap_or(Date::MAX),
        zone,
    )
}

fn start_of(day: Date, kind: Kind, zone: &TimeZone) -> Expr {
    let midnight = day.to_datetime(Time::midnight());
    // Only the calendar's outermost days have no moment in some zones.
    let literal = literal_of(midnight, kind, zone).unwrap_or(Literal::Timestamp(midnight));
    Expr::Literal(literal)
}
