//! Conversions: each event of one kind counts for the nearest event of another kind before it, of
//! the same entity, within a window; and so for that one's date and dimensions.

use std::sync::Arc;

use super::expr::{Expr, Operation};
use super::keys::{Key, bucket};
use super::metric::Conversion;
use super::request::{Part, Request, Wanted};
use super::rows::RowSet;
use super::scan::{Amount, Scanned};
use super::statement::{Join, JoinKind, Relation, Select, Source, With};
use crate::error::QueryError;

const ENTITY: &str = "the entity";
const DATE: &str = "the date";
const NUMBER: &str = "number";
const VALUE: &str = "value";
const PLACE: &str = "place";

impl<'g> Request<'g, '_> {
    /// Plans the number (or whatever it aggregates) of conversions.
    pub(super) fn conversion(
        &self,
        conversion: &'g Conversion,
        metric: &'g str,
        part: Part,
        name: &str,
    ) -> Result<Scanned<'g>, QueryError> {
        let measure = |index: usize| Wanted {
            measure: &self.metrics.measures[index],
            metric,
        };
        let (before, after): (Arc<str>, Arc<str>) = (
            format!("{name} before").into(),
            format!("{name} after").into(),
        );
        let mut with = With::new();
        let base = self.base(conversion, measure(conversion.base), part, &before)?;
        with.push((Arc::clone(&before), base));
        let events = self.events(conversion, measure(conversion.conversion), part, &after)?;
        with.push((Arc::clone(&after), events));

        let of =
            |relation: &Arc<str>, column: &str| Expr::Of(Arc::clone(relation), Arc::from(column));
        let equal =
            |column: &str| Expr::binary(of(&before, column), Operation::Equal, of(&after, column));
        let mut on = vec![
            equal(ENTITY),
            Expr::binary(of(&before, DATE), Operation::LessOrEqual, of(&after, DATE)),
        ];
        if let Some(window) = conversion.window {
            let start = Expr::Moved(Box::new(of(&after, DATE)), window.back());
            on.push(Expr::binary(of(&before, DATE), Operation::Greater, start));
        }
        on.extend((0..conversion.properties.len()).map(|index| equal(&property(index))));
        let mut by = vec![(of(&before, DATE), true)];
        let mut columns: Vec<(Arc<str>, Expr)> = Vec::with_capacity(self.keys.len() + 2);
        for key in self.keys {
            let value = of(&before, &key.column);
            by.push((value.clone(), false));
            columns.push((Arc::clone(&key.column), value));
        }
        columns.push((VALUE.into(), of(&after, VALUE)));
        columns.push((
            PLACE.into(),
            Expr::RowNumber {
                per: vec![of(&after, NUMBER)],
                by,
            },
        ));
        let source = Source::Joined {
            left: Relation::named(&after, &after),
            joins: vec![Join {
                kind: JoinKind::Inner,
                right: Relation::named(&before, &before),
                on,
            }],
        };
        let matched: Arc<str> = format!("{name} matched").into();
        with.push((Arc::clone(&matched), Select::new(source, columns)));

        let output = |column: &str| Expr::Output(Arc::from(column));
        let aggregation = self.metrics.measures[conversion.conversion].aggregation;
        Ok(Scanned {
            with,
            source: Source::named(&matched),
            moment: None,
            filters: vec![Expr::binary(
                output(PLACE),
                Operation::Equal,
                Expr::integer(1),
            )],
            keys: self
                .keys
                .iter()
                .map(|key| (Arc::clone(&key.column), output(&key.column)))
                .collect(),
            aggregates: vec![Expr::aggregate(aggregation, Some(output(VALUE)))],
            grouped: true,
        })
    }

    /// The events that come first, with everything that is asked of them.
    fn base(
        &self,
        conversion: &Conversion,
        wanted: Wanted<'g>,
        part: Part,
        name: &str,
    ) -> Result<Select<'g>, QueryError> {
        let mut rows = RowSet::of(self, wanted, name);
        let date = date_of(&rows);
        let timed = self.keys.iter().any(|key| key.is_time(rows.scene()));
        let part = if timed {
            self.shift(&mut rows, wanted, part, name)?;
            part
        } else {
            self.earlier(wanted, part)?
        };
        self.bound(&mut rows, part);
        let mut columns: Vec<(Arc<str>, Expr)> = vec![
            (
                ENTITY.into(),
                Expr::Shared(Arc::clone(&conversion.entity.0)),
            ),
            (DATE.into(), date),
        ];
        let shift = part.and_then(|segment| segment.shift);
        for key in self.keys {
            columns.push((Arc::clone(&key.column), rows.key(key, shift)?.expr));
        }
        for (index, (base, _)) in conversion.properties.iter().enumerate() {
            let expr = rows.key(&Key::named(base), None)?.expr;
            columns.push((property(index).into(), expr));
        }
        for filter in self.filters {
            rows.filter(filter)?;
        }
        let asked = rows.read_conditions()?;
        let own = wanted.measure.conditions.iter().map(AsRef::as_ref);
        for condition in asked.iter().chain(own) {
            let expr = rows.condition(condition);
            rows.filters.push(expr);
        }
        Ok(rows.finish()?.select(columns))
    }

    /// The events that may follow.
    fn events(
        &self,
        conversion: &Conversion,
        wanted: Wanted<'g>,
        part: Part,
        name: &str,
    ) -> Result<Select<'g>, QueryError> {
        let mut rows = RowSet::of(self, wanted, name);
        let date = date_of(&rows);
        let offset = !self.metrics.measures[conversion.base].offsets.is_empty();
        if let (Some(segment), Some(clock), false) = (part, &rows.clock, offset) {
            // None can follow before the first of the others is.
            let zone = self.settings.zone.zone();
            let first =
                super::bounds::from_day(clock.expr.clone(), clock.kind, segment.range.start, zone);
            rows.filters.push(first);
        }
        let value = Amount::of(&mut rows, wanted.measure)?.value;
        let mut columns: Vec<(Arc<str>, Expr)> = vec![
            (
                ENTITY.into(),
                Expr::Shared(Arc::clone(&conversion.entity.1)),
            ),
            (DATE.into(), date),
            (VALUE.into(), value.unwrap_or(Expr::integer(1))),
            (
                NUMBER.into(),
                Expr::RowNumber {
                    per: Vec::new(),
                    by: Vec::new(),
                },
            ),
        ];
        for (index, (_, own)) in conversion.properties.iter().enumerate() {
            let expr = rows.key(&Key::named(own), None)?.expr;
            columns.push((property(index).into(), expr));
        }
        for condition in &wanted.measure.conditions {
            let expr = rows.condition(condition);
            rows.filters.push(expr);
        }
        Ok(rows.finish()?.select(columns))
    }
}

fn property(index: usize) -> String {
    format!("property {index}")
}

fn date_of(rows: &RowSet<'_, '_>) -> Expr {
    rows.clock.as_ref().map_or(Expr::Moment, |clock| {
        bucket(clock.expr.clone(), clock.kind, clock.finest).expr
    })
}
