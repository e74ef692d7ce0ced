//! Custom granularities as steps back in time.

use std::sync::Arc;

use super::expr::{Expr, Operation};
use super::keys::bucket;
use super::offset::{EARLIER, moment_of};
use super::spine::{Custom, MOMENT, Spine};
use super::statement::{Join, JoinKind, Relation, Rows, Select, Source, With};

const BUCKET: &str = "bucket";
const PLACE: &str = "place";
const NUMBER: &str = "number";

/// How dates of a bucket meet those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    /// The first with the first and so on, as far as both buckets go.
    ByPlace,
    /// The first with all: buckets are compared as wholes.
    Whole,
}

/// A spine whose dates each know the dates that they meet of the bucket that many before.
pub(super) fn earlier<'g>(
    spine: &'g Spine,
    custom: &'g Custom,
    back: u32,
    meeting: Meeting,
    name: &str,
) -> With<'g> {
    let of = |alias: &Arc<str>, column: &str| Expr::Of(Arc::clone(alias), column.into());
    let equal = |left: Expr, right: Expr| Expr::binary(left, Operation::Equal, right);
    let named = |what: &str| -> Arc<str> { format!("{name} {} {what}", custom.name).into() };
    let (places, buckets, numbers, dates) = (
        named("places"),
        named("buckets"),
        named("numbers"),
        named("dates"),
    );

    let alias: Arc<str> = "spine".into();
    let column = Expr::Of(Arc::clone(&alias), Arc::clone(&spine.column));
    let moment = bucket(column, spine.kind, spine.granularity).expr;
    let period = Expr::Of(Arc::clone(&alias), Arc::clone(&custom.column));
    let table = Source::Joined {
        left: Relation {
            rows: Rows::Table(&spine.table),
            alias,
        },
        joins: Vec::new(),
    };
    let place = Expr::RowNumber {
        per: vec![period.clone()],
        by: vec![(moment.clone(), false)],
    };
    let all = Select::new(
        table,
        vec![
            (MOMENT.into(), moment),
            (BUCKET.into(), period),
            (PLACE.into(), place),
        ],
    );
    let mut each = Select::new(
        Source::named(&places),
        vec![(BUCKET.into(), Expr::Output(BUCKET.into()))],
    );
    each.keys = 1;
    let number = Expr::RowNumber {
        per: Vec::new(),
        by: vec![(Expr::Output(BUCKET.into()), false)],
    };
    let numbered = Select::new(
        Source::named(&buckets),
        vec![
            (BUCKET.into(), Expr::Output(BUCKET.into())),
            (NUMBER.into(), number),
        ],
    );

    let (now, here, there, then): (Arc<str>, Arc<str>, Arc<str>, Arc<str>) =
        ("now".into(), "here".into(), "there".into(), "then".into());
    let back = Expr::binary(
        of(&here, NUMBER),
        Operation::Subtract,
        Expr::integer(i64::from(back)),
    );
    let join = |rows: &Arc<str>, alias: &Arc<str>, on: Vec<Expr>| Join {
        kind: JoinKind::Inner,
        right: Relation::named(rows, alias),
        on,
    };
    let mut met = vec![equal(of(&then, BUCKET), of(&there, BUCKET))];
    let mut first = Vec::new();
    match meeting {
        Meeting::ByPlace => met.push(equal(of(&then, PLACE), of(&now, PLACE))),
        Meeting::Whole => first.push(equal(of(&now, PLACE), Expr::integer(1))),
    }
    let source = Source::Joined {
        left: Relation::named(&places, &now),
        joins: vec![
            join(
                &numbers,
                &here,
                vec![equal(of(&here, BUCKET), of(&now, BUCKET))],
            ),
            join(&numbers, &there, vec![equal(of(&there, NUMBER), back)]),
            join(&places, &then, met),
        ],
    };
    let mut matched = Select::new(
        source,
        vec![
            (MOMENT.into(), moment_of(&now)),
            (EARLIER.into(), moment_of(&then)),
        ],
    );
    matched.filters = first;
    vec![
        (places, all),
        (buckets, each),
        (numbers, numbered),
        (dates, matched),
    ]
}
