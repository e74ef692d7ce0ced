//! What the last part of a time's name asks for: a granularity, a part of the date, a granularity
//! of the definitions' own or of the fiscal calendar.

use almanac_agent_contract::Settings;

use super::expr::{Expr, Kind, Part, Span};
use super::graph::Graph;
use super::keys::bucket;
use super::metric::Lookup;
use super::spine::kind_of;
use crate::fragment::Typed;
use crate::granularity::Granularity;

/// How moments are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bucketing {
    Standard(Granularity),
    /// The same in the fiscal calendar: a quarter or a year.
    Fiscal(Granularity),
    Part(Part),
    /// One of the graph's custom granularities.
    Custom(usize),
}

impl Bucketing {
    /// What the end of a name means, if it is one.
    pub(super) fn named(graph: &Graph, name: &str) -> Option<Self> {
        if let Some(granularity) = Granularity::named(name) {
            return Some(Self::Standard(granularity));
        }
        if let Some(part) = name.strip_prefix("extract_") {
            return part_named(part).map(Self::Part);
        }
        let custom = graph.customs.iter().position(|one| *one.name == *name);
        if let Some(custom) = custom {
            return Some(Self::Custom(custom));
        }
        match name {
            "fiscal_quarter" => Some(Self::Fiscal(Granularity::Quarter)),
            "fiscal_year" => Some(Self::Fiscal(Granularity::Year)),
            _ => None,
        }
    }

    /// The finest granularity that a time must have for it.
    pub(super) fn needs(self, graph: &Graph) -> Granularity {
        match self {
            Self::Standard(granularity) | Self::Fiscal(granularity) => granularity,
            Self::Custom(custom) => graph.spines[graph.customs[custom].spine].granularity,
            Self::Part(Part::Year) => Granularity::Year,
            Self::Part(Part::Quarter) => Granularity::Quarter,
            Self::Part(Part::Month) => Granularity::Month,
            Self::Part(Part::Week) => Granularity::Week,
            Self::Part(Part::Hour) => Granularity::Hour,
            Self::Part(Part::Minute) => Granularity::Minute,
            Self::Part(Part::Second | Part::Epoch) => Granularity::Second,
            Self::Part(_) => Granularity::Day,
        }
    }

    /// The bucket that a time falls in, and the spine that has to be asked for it. `label` names
    /// the time among the others of a query.
    pub(super) fn of(
        self,
        graph: &Graph,
        time: Typed,
        settings: &Settings,
        label: &str,
    ) -> (Typed, Option<Lookup>) {
        let Typed { expr, kind } = time;
        let typed = match self {
            Self::Standard(granularity) => bucket(expr, kind, granularity),
            Self::Fiscal(granularity) => fiscal(expr, kind, granularity, settings),
            Self::Part(part) => {
                let local = match kind {
                    Kind::Instant => Expr::Local(Box::new(expr)),
                    _ => expr,
                };
                let part = Expr::Extract(part, Box::new(local));
                Typed {
                    expr: Expr::Cast(Box::new(part), super::expr::Type::Integer),
                    kind: Kind::Integer,
                }
            }
            Self::Custom(number) => {
                let custom = &graph.customs[number];
                let granularity = graph.spines[custom.spine].granularity;
                let lookup = Lookup {
                    alias: format!("{label} {}", custom.name).into(),
                    custom: number,
                    time: bucket(expr, kind, granularity).expr,
                };
                let column = Expr::Of(lookup.alias.clone(), custom.column.clone());
                let typed = Typed {
                    expr: column,
                    kind: custom.kind,
                };
                return (typed, Some(lookup));
            }
        };
        (typed, None)
    }
}

/// The quarter or year of a fiscal calendar: its first day.
fn fiscal(expr: Expr, kind: Kind, granularity: Granularity, settings: &Settings) -> Typed {
    let late = i32::from(settings.fiscal_year_start_month.clamp(1, 12)) - 1;
    let day = bucket(expr, kind, Granularity::Day).expr;
    let early = Expr::Moved(Box::new(day), Span::Months(-late));
    let first = bucket(early, Kind::Timestamp, granularity).expr;
    let moved = Expr::Moved(Box::new(first), Span::Months(late));
    Typed {
        expr: Expr::DayOf(Box::new(moved)),
        kind: kind_of(granularity),
    }
}

fn part_named(name: &str) -> Option<Part> {
    Some(match name {
        "year" => Part::Year,
        "quarter" => Part::Quarter,
        "month" => Part::Month,
        "week" => Part::Week,
        "day" => Part::Day,
        "dow" => Part::IsoDayOfWeek,
        "doy" => Part::DayOfYear,
        "hour" => Part::Hour,
        "minute" => Part::Minute,
        "second" => Part::Second,
        _ => return None,
    })
}
