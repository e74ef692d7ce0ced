//! Time spines: tables with a row for each moment, and what is made in their place where the
//! definitions name none. They give a series its dates without rows, and say which dates an offset
//! or a running total brings together.

use std::sync::Arc;

use almanac_agent_contract::Settings;

use super::bounds::within;
use super::expr::{Expr, Kind, Operation, Part, Span};
use super::graph::Graph;
use super::keys::bucket;
use super::model::{Model, Table};
use super::statement::{Join, JoinKind, Relation, Rows, Select, Source, With};
use crate::error::QueryError;
use crate::granularity::Granularity;
use crate::manifest::Aggregation;
use crate::query::TimeRange;

/// A table with a row for each moment of a granularity.
#[derive(Debug)]
pub(crate) struct Spine {
    pub(crate) table: Table,
    pub(crate) column: Arc<str>,
    pub(crate) kind: Kind,
    pub(crate) granularity: Granularity,
}

/// A granularity of the definitions' own.
#[derive(Debug)]
pub(crate) struct Custom {
    pub(crate) name: Arc<str>,
    /// The spine that has it, and the column with the bucket of each row.
    pub(crate) spine: usize,
    pub(crate) column: Arc<str>,
    pub(crate) kind: Kind,
}

/// The column of a named spine.
pub(super) const MOMENT: &str = "moment";
// From the data's first moment: 200 years of days, 20 of hours.
const DAYS: u32 = 73_049;
const HOURS: u32 = 175_320;
// A period asked for is never cut short.
const LONGEST: u32 = 400_000;

/// From when to when a spine goes.
#[derive(Clone, Copy)]
pub(super) enum Extent<'g> {
    /// A period asked for.
    Range(TimeRange),
    /// What a model's rows cover by one of its times, and that much longer. A spine of the
    /// definitions goes as far as it goes.
    Data {
        model: &'g Model,
        time: usize,
        longer: Option<Span>,
    },
}

/// A select with each moment of a granularity once, in the column [`MOMENT`].
pub(super) fn spine<'g>(
    graph: &'g Graph,
    need: Granularity,
    extent: Extent<'g>,
    settings: &Settings,
    name: &str,
) -> Result<With<'g>, QueryError> {
    let own = graph
        .spines
        .iter()
        .filter(|spine| spine.granularity <= need)
        .max_by_key(|spine| spine.granularity);
    match own {
        Some(spine) => Ok(vec![(name.into(), of_table(spine, need, extent, settings))]),
        None => made(need, extent, name),
    }
}

/// What [`MOMENT`] is.
pub(super) const fn kind_of(granularity: Granularity) -> Kind {
    match granularity {
        Granularity::Day
        | Granularity::Week
        | Granularity::Month
        | Granularity::Quarter
        | Granularity::Year => Kind::Date,
        _ => Kind::Timestamp,
    }
}

fn of_table<'g>(
    spine: &'g Spine,
    need: Granularity,
    extent: Extent<'g>,
    settings: &Settings,
) -> Select<'g> {
    let alias: Arc<str> = "spine".into();
    let column = Expr::Of(Arc::clone(&alias), Arc::clone(&spine.column));
    let moment = bucket(column.clone(), spine.kind, need).expr;
    let left = Relation {
        rows: Rows::Table(&spine.table),
        alias,
    };
    let source = Source::Joined {
        left,
        joins: Vec::new(),
    };
    let mut select = each_once(source, moment);
    if let Extent::Range(range) = extent {
        select.filters = within(&column, spine.kind, range, settings.zone.zone());
    }
    select
}

/// Each moment once. What it is grouped by is a column of its own: DataFusion takes the key of a
/// joined relation for the key of all that is then grouped by it, and leaves out what a result is
/// to be ordered by after it.
fn each_once<'g>(source: Source<'g>, moment: Expr) -> Select<'g> {
    let least = Expr::aggregate(Aggregation::Min, Some(moment.clone()));
    let mut select = Select::new(
        source,
        vec![("bucket".into(), moment), (MOMENT.into(), least)],
    );
    select.keys = 1;
    select
}

fn made<'g>(need: Granularity, extent: Extent<'g>, name: &str) -> Result<With<'g>, QueryError> {
    let (unit, seconds, most) = match need {
        Granularity::Hour => (Granularity::Hour, 3_600, HOURS),
        finer if finer < Granularity::Hour => {
            return Err(QueryError::NoSpine {
                granularity: need.as_str(),
            });
        }
        _ => (Granularity::Day, 86_400, DAYS),
    };
    let (first, last): (Arc<str>, Arc<str>) = ("first".into(), "last".into());
    let series: Arc<str> = "series".into();
    let mut with = With::new();
    let (source, from, way, until) = match extent {
        Extent::Range(range) => {
            let days = range
                .start
                .until(range.end)
                .map_or(0, |span| span.get_days());
            let days = u32::try_from(days).unwrap_or(0);
            let steps = if unit == Granularity::Hour {
                days.saturating_mul(24).saturating_add(23)
            } else {
                days
            };
            if steps > LONGEST {
                return Err(QueryError::Contradiction(
                    "a series with all its dates is for 1000 years by day and 45 years by hour; give a shorter time range",
                ));
            }
            let left = Relation {
                rows: Rows::Series(steps),
                alias: Arc::clone(&series),
            };
            let source = Source::Joined {
                left,
                joins: Vec::new(),
            };
            (source, Expr::date(range.start), Operation::Add, None)
        }
        Extent::Data {
            model,
            time,
            longer,
        } => {
            let limits: Arc<str> = format!("{name} limits").into();
            let attribute = &model.attributes[time];
            let at = |aggregation| {
                let column = Expr::Shared(Arc::clone(&attribute.expr));
                // The least bucket is the bucket of the least moment: no row need be truncated.
                let least = Expr::aggregate(aggregation, Some(column));
                bucket(least, attribute.kind, unit).expr
            };
            let columns = vec![
                (Arc::clone(&first), at(Aggregation::Min)),
                (Arc::clone(&last), at(Aggregation::Max)),
            ];
            with.push((
                Arc::clone(&limits),
                Select::new(Source::model(model, Vec::new()), columns),
            ));
            let source = Source::Joined {
                left: Relation::named(&limits, &limits),
                joins: vec![Join {
                    kind: JoinKind::Cross,
                    right: Relation {
                        rows: Rows::Series(most),
                        alias: Arc::clone(&series),
                    },
                    on: Vec::new(),
                }],
            };
            let last = Expr::Output(last);
            let last = match longer {
                Some(span) => Expr::Moved(Box::new(last), span),
                None => last,
            };
            // Backwards, because what is too far off is rather a date that stands for none.
            (source, last, Operation::Subtract, Some(Expr::Output(first)))
        }
    };
    let epoch = Expr::Cast(
        Box::new(Expr::Extract(Part::Epoch, Box::new(from))),
        super::expr::Type::Integer,
    );
    let passed = Expr::binary(
        Expr::Step(series),
        Operation::Multiply,
        Expr::integer(seconds),
    );
    let at = Expr::FromEpoch(Box::new(Expr::binary(epoch, way, passed)));
    let moment = bucket(at.clone(), Kind::Timestamp, need).expr;
    let mut select = if need == unit {
        Select::new(source, vec![(MOMENT.into(), moment)])
    } else {
        each_once(source, moment)
    };
    if let Some(first) = until {
        select.filters = vec![Expr::binary(at, Operation::GreaterOrEqual, first)];
    }
    with.push((name.into(), select));
    Ok(with)
}
