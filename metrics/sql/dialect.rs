//! What differs between engines. Where a function, a cast or a calculation has two meanings, the
//! statements of both engines ask for the same one.

use std::fmt::Write;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::literal::text;
use crate::plan::{Part, Type};

/// An engine's way of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Apache DataFusion.
    DataFusion,
    /// PostgreSQL.
    Postgres,
}

/// The text around an expression: before it, and after it.
pub(super) type Around = (&'static str, &'static str);

impl Dialect {
    /// A moment in time.
    pub(super) fn instant(self, out: &mut String, at: Timestamp) {
        let utc = at.to_zoned(TimeZone::UTC).datetime();
        // Writing to a String cannot fail.
        let _ = match self {
            Self::DataFusion => write!(
                out,
                "arrow_cast('{}T{}', 'Timestamp(Microsecond, Some(\"UTC\"))')",
                utc.date(),
                utc.time()
            ),
            Self::Postgres => {
                out.push_str("TIMESTAMPTZ '");
                self.day(out, utc.date());
                write!(out, " {}+00{}'", utc.time(), self.era(utc.date()))
            }
        };
    }

    /// A day as it stands in a constant, which [`Self::era`] ends.
    pub(super) fn day(self, out: &mut String, date: Date) {
        // Writing to a String cannot fail.
        let _ = match self.era(date) {
            "" => write!(out, "{date}"),
            _ => write!(
                out,
                "{:04}-{:02}-{:02}",
                1 - date.year(),
                date.month(),
                date.day()
            ),
        };
    }

    /// PostgreSQL knows no years below 1: the one before it is 1 BC.
    pub(super) fn era(self, date: Date) -> &'static str {
        match self {
            Self::Postgres if date.year() < 1 => " BC",
            _ => "",
        }
    }

    /// The beginning of "the wall clock of `zone` at ...", which [`Self::local_end`] closes.
    pub(super) fn local_begin(self, out: &mut String, _zone: &str) {
        match self {
            Self::DataFusion => out.push_str("to_local_time(arrow_cast("),
            Self::Postgres => out.push_str("(("),
        }
    }

    /// The end of what [`Self::local_begin`] began.
    pub(super) fn local_end(self, out: &mut String, zone: &str) {
        match self {
            Self::DataFusion => {
                let kind = format!("Timestamp(Microsecond, Some(\"{zone}\"))");
                out.push_str(", ");
                text(out, self, &kind);
                out.push_str("))");
            }
            Self::Postgres => {
                out.push_str(") AT TIME ZONE ");
                text(out, self, zone);
                out.push(')');
            }
        }
    }

    /// The whole numbers from 0 to `last`, as a relation that has yet to be named.
    pub(super) fn series(self, out: &mut String, last: u32) {
        // Writing to a String cannot fail.
        let _ = match self {
            Self::DataFusion => write!(out, "generate_series(0, {last})"),
            // Seconds, which these become, are more than its usual integers hold.
            Self::Postgres => write!(out, "generate_series(CAST(0 AS BIGINT), {last})"),
        };
    }

    /// What stands before and after a number of seconds to make the local time so long after 1970.
    pub(super) const fn epoch_time(self) -> Around {
        match self {
            Self::DataFusion => ("CAST(to_timestamp_seconds(", ") AS TIMESTAMP)"),
            Self::Postgres => ("(TIMESTAMP '1970-01-01' + (", ") * INTERVAL '1 second')"),
        }
    }

    /// The aggregate of a percentile, interpolated or a value of the data: its text before and
    /// after the argument. A FILTER stands after both.
    pub(super) fn percentile(self, share: f64, discrete: bool) -> (String, String) {
        let kind = if discrete { "disc" } else { "cont" };
        match self {
            Self::DataFusion => (format!("percentile_{kind}("), format!(", {share:?})")),
            Self::Postgres => (
                format!("percentile_{kind}({share:?}) WITHIN GROUP (ORDER BY "),
                ")".into(),
            ),
        }
    }

    /// A part of a date, as a whole number but for the epoch.
    pub(super) fn part(self, part: Part) -> Around {
        match (self, part) {
            (Self::DataFusion, _) | (Self::Postgres, Part::Epoch) => ("", ""),
            (Self::Postgres, Part::Second) => ("CAST(floor(", ") AS BIGINT)"),
            (Self::Postgres, _) => ("CAST(", " AS BIGINT)"),
        }
    }

    /// A cast. A number that becomes a whole one loses its fraction.
    pub(super) fn cast(self, to: Type) -> (&'static str, String) {
        let name: &str = match to {
            Type::Text => "VARCHAR",
            Type::Integer => match self {
                Self::DataFusion => "BIGINT",
                // PostgreSQL would round.
                Self::Postgres => {
                    return ("CAST(trunc(CAST(", " AS NUMERIC)) AS BIGINT)".into());
                }
            },
            Type::Double => "DOUBLE PRECISION",
            Type::Decimal(p, s) => return ("CAST(", format!(" AS DECIMAL({p}, {s}))")),
            Type::Boolean => "BOOLEAN",
            Type::Date => "DATE",
            Type::Timestamp => "TIMESTAMP",
        };
        ("CAST(", format!(" AS {name})"))
    }

    /// The remainder: what stands around the number and around what it is divided by. By zero it
    /// is null.
    pub(super) const fn remainder(self) -> [&'static str; 3] {
        match self {
            Self::DataFusion => ["((", ") % NULLIF(", ", 0))"],
            // There is none of doubles.
            Self::Postgres => [
                "MOD(CAST(",
                " AS NUMERIC), NULLIF(CAST(",
                " AS NUMERIC), 0))",
            ],
        }
    }

    /// A function by the name definitions have for it: what stands before its first argument,
    /// after that and after the last.
    pub(super) fn call(self, name: &'static str) -> [String; 3] {
        let named = |name: &str| [format!("{name}("), String::new(), ")".into()];
        match (self, name) {
            // PostgreSQL rounds doubles to even, and to no given digit.
            (Self::Postgres, "round" | "trunc") => [
                format!("CAST({name}(CAST("),
                " AS NUMERIC)".into(),
                ") AS DOUBLE PRECISION)".into(),
            ],
            (Self::Postgres, "signum") => named("sign"),
            (_, name) => named(name),
        }
    }
}

/// What must hold of a function's argument, which is null elsewhere: one engine would fail there,
/// the other go on with infinity.
pub(crate) fn domain(function: &str) -> Option<&'static str> {
    match function {
        "ln" | "log10" => Some(" > 0"),
        "sqrt" => Some(" >= 0"),
        "exp" => Some(" BETWEEN -700 AND 700"),
        _ => None,
    }
}
