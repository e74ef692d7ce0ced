//! What differs between engines.

use std::fmt::Write;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::literal::text;

/// An engine's way of SQL.
#[cfg_attr(
    not(feature = "datafusion"),
    expect(dead_code, reason = "it is the only engine so far")
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Apache DataFusion.
    DataFusion,
}

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
        };
    }

    /// The beginning of "the wall clock of `zone` at ...", which [`Self::local_end`] closes.
    pub(super) fn local_begin(self, out: &mut String, _zone: &str) {
        match self {
            Self::DataFusion => out.push_str("to_local_time(arrow_cast("),
        }
    }

    /// The end of what [`Self::local_begin`] began.
    pub(super) fn local_end(self, out: &mut String, zone: &str) {
        match self {
            Self::DataFusion => {
                let kind = format!("Timestamp(Microsecond, Some(\"{zone}\"))");
                out.push_str(", ");
                text(out, &kind);
                out.push_str("))");
            }
        }
    }

    /// The aggregate that interpolates a percentile: its text before and after the argument.
    pub(super) fn percentile(self, share: f64) -> (&'static str, String) {
        match self {
            Self::DataFusion => ("percentile_cont(", format!(", {share:?})")),
        }
    }
}
