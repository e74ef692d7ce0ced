//! What the numbers of a metric are numbers of. Lets "how long" and "what percentage" choose among
//! metrics.

use almanac_agent_contract::Format;

use crate::text::fold;

/// What numbers are numbers of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Amounts: "how much".
    Money,
    /// Shares of something: "what percentage".
    Share,
    /// Lengths of time: "how long".
    Time,
    /// Everything else: "how many".
    Count,
}

impl Unit {
    pub(crate) fn of(format: &Format) -> Self {
        match format {
            Format::Currency(_) => Self::Money,
            Format::Percent => Self::Share,
            Format::Duration => Self::Time,
            Format::Unit(name) if is_time(name) => Self::Time,
            Format::Unit(name) if matches!(name.trim(), "%" | "percent" | "pct") => Self::Share,
            Format::Unit(_) | Format::Number => Self::Count,
        }
    }

    /// Whether numbers are in the unit of that folded name: "kwh".
    pub(crate) fn is_called(format: &Format, name: &str) -> bool {
        matches!(format, Format::Unit(own) if *fold(own.trim()) == *name)
    }
}

fn is_time(unit: &str) -> bool {
    matches!(
        fold(unit.trim()).as_ref(),
        "ms" | "s"
            | "sec"
            | "secs"
            | "second"
            | "seconds"
            | "segundos"
            | "min"
            | "mins"
            | "minute"
            | "minutes"
            | "minutos"
            | "h"
            | "hr"
            | "hrs"
            | "hour"
            | "hours"
            | "horas"
            | "d"
            | "day"
            | "days"
            | "dias"
            | "week"
            | "weeks"
            | "semanas"
            | "month"
            | "months"
            | "meses"
            | "year"
            | "years"
            | "anos"
    )
}
