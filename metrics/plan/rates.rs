//! Exchange rates: amounts of money in the currency of each event, given in the workspace's or the
//! one asked for, at the rate of the event's day.

use std::sync::Arc;

use almanac_agent_contract::Settings;

use super::expr::{Expr, Kind, Literal, Operation, Part};
use super::graph::Graph;
use super::model::Model;
use super::scope::Columns;
use super::statement::{Join, JoinKind, Relation, Rows, Select, Source, With};
use crate::fragment::{Typed, parse};
use crate::granularity::Granularity;
use crate::manifest::{Definitions, Problems, RateTarget, Text};

/// A table of rates.
#[derive(Debug)]
pub(crate) struct Rates {
    pub(crate) model: usize,
    day: Typed,
    from: Arc<Expr>,
    to: To,
    rate: Arc<Expr>,
}

#[derive(Debug)]
enum To {
    Column(Arc<Expr>),
    Currency(Arc<str>),
}

/// The table of rates that the definitions name; there can be one.
pub(super) fn rates(
    definitions: &Definitions,
    models: &[Model],
    settings: &Settings,
    problems: &mut Problems,
) -> Option<Rates> {
    let mut all = definitions
        .models
        .iter()
        .enumerate()
        .filter_map(|(number, model)| Some((number, model, model.rates.as_ref()?)));
    let (number, _, definition) = all.next()?;
    if let Some((_, second, _)) = all.next() {
        let text = format!(
            "model {} is a second table of exchange rates; there can be one",
            second.name
        );
        problems.add(&second.place, text);
    }
    let model = models.get(number)?;
    let scope = Columns {
        model: &model.table.name,
        columns: model.columns.as_deref(),
    };
    let mut read = |text: &Text| match parse(&text.text, &scope, settings) {
        Ok(typed) => Some(typed),
        Err(why) => {
            problems.add(&text.place, format!("exchange_rates: {} {why}", text.text));
            None
        }
    };
    let (day, from, rate) = (
        read(&definition.day),
        read(&definition.from),
        read(&definition.rate),
    );
    let to = match &definition.to {
        RateTarget::Column(column) => To::Column(Arc::new(read(column)?.expr)),
        RateTarget::Currency(code) => To::Currency(code.to_uppercase().into()),
    };
    Some(Rates {
        model: number,
        day: day?,
        from: Arc::new(from?.expr),
        to,
        rate: Arc::new(rate?.expr),
    })
}

const FROM: &str = "from currency";
const TO: &str = "to currency";
const RATE: &str = "rate";
const DAY: &str = "day";
const SINCE: &str = "since";
const UNTIL: &str = "until";

/// A rate to multiply an amount by, and what must be joined for it.
pub(super) struct Conversion<'g> {
    pub(super) rate: Expr,
    pub(super) with: With<'g>,
    pub(super) joins: Vec<Join<'g>>,
}

/// What the amounts of rows are multiplied by. `from` is the rows' currency: an expression over
/// their table, or a code; `day` their day; `name` begins the names of selects. Where no rate of the
/// year before is known the result is null.
pub(super) fn conversion<'g>(
    graph: &'g Graph,
    rates: &'g Rates,
    (from, to): (&Expr, &str),
    day: &Expr,
    name: &str,
) -> Conversion<'g> {
    let named: Arc<str> = format!("{name} exchange rates").into();
    let since: Arc<str> = format!("{name} exchange rates since").into();
    let with = vec![
        (Arc::clone(&since), stretches(graph, rates)),
        (Arc::clone(&named), each_day(rates, &since)),
    ];
    let target = Expr::text(to);
    let equal = |left: Expr, right: Expr| Expr::binary(left, Operation::Equal, right);
    let mut joins = Vec::new();
    // A row's currency to that of the table, and from there to the one asked for.
    let pivot = match &rates.to {
        To::Column(_) => None,
        To::Currency(code) => Some(code),
    };
    let mut step = |alias: &str, from: &Expr| {
        let alias: Arc<str> = alias.into();
        let of = |column: &str| Expr::Of(Arc::clone(&alias), column.into());
        let mut on = vec![equal(of(FROM), from.clone()), equal(of(DAY), day.clone())];
        if pivot.is_none() {
            on.push(equal(of(TO), target.clone()));
        }
        joins.push(Join {
            kind: JoinKind::Left,
            right: Relation::named(&named, &alias),
            on,
        });
        of(RATE)
    };
    let one = || Expr::Literal(Literal::Float(1.0));
    let same = equal(from.clone(), target.clone());
    let rate = match pivot {
        // A table of pairs has the one asked for.
        None => step("exchange rate", from),
        Some(code) => {
            let code_text = Expr::text(code);
            let there = step("exchange rate", from);
            let there = case(equal(from.clone(), code_text), one(), there);
            if **code == *to {
                there
            } else {
                let back = step("exchange rate back", &target);
                Expr::Divide(Box::new(there), Box::new(back))
            }
        }
    };
    Conversion {
        rate: case(same, one(), rate),
        with,
        joins,
    }
}

fn case(when: Expr, then: Expr, otherwise: Expr) -> Expr {
    Expr::Case {
        operand: None,
        branches: vec![(when, then)],
        otherwise: Some(Box::new(otherwise)),
    }
}

/// Each rate with the days it holds for: until the next one.
fn stretches<'g>(graph: &'g Graph, rates: &'g Rates) -> Select<'g> {
    let shared = |expr: &Arc<Expr>| Expr::Shared(Arc::clone(expr));
    let day = super::keys::bucket(rates.day.expr.clone(), rates.day.kind, Granularity::Day).expr;
    let mut per = vec![shared(&rates.from)];
    let mut columns: Vec<(Arc<str>, Expr)> = vec![
        (FROM.into(), shared(&rates.from)),
        (
            RATE.into(),
            Expr::Cast(Box::new(shared(&rates.rate)), super::expr::Type::Double),
        ),
        (SINCE.into(), day.clone()),
    ];
    if let To::Column(to) = &rates.to {
        per.push(shared(to));
        columns.push((TO.into(), shared(to)));
    }
    columns.push((
        UNTIL.into(),
        Expr::Next {
            of: Box::new(day),
            per,
        },
    ));
    Select::new(
        Source::model(&graph.models[rates.model], Vec::new()),
        columns,
    )
}

/// A rate holds for this many days at most: one that is older says nothing any more.
const LONGEST: u32 = 366;

/// The rate of each day, so that rows find theirs by equality.
fn each_day<'g>(rates: &Rates, since: &Arc<str>) -> Select<'g> {
    let series: Arc<str> = "series".into();
    let output = |column: &str| Expr::Output(column.into());
    let epoch = Expr::Extract(Part::Epoch, Box::new(output(SINCE)));
    let epoch = Expr::Cast(Box::new(epoch), super::expr::Type::Integer);
    let passed = Expr::binary(
        Expr::Step(Arc::clone(&series)),
        Operation::Multiply,
        Expr::integer(86_400),
    );
    let at = Expr::FromEpoch(Box::new(Expr::binary(epoch, Operation::Add, passed)));
    let day = super::keys::bucket(at, Kind::Timestamp, Granularity::Day).expr;
    let mut columns: Vec<(Arc<str>, Expr)> = vec![
        (FROM.into(), output(FROM)),
        (RATE.into(), output(RATE)),
        (DAY.into(), day.clone()),
    ];
    if let To::Column(_) = &rates.to {
        columns.push((TO.into(), output(TO)));
    }
    let source = Source::Joined {
        left: Relation::named(since, since),
        joins: vec![Join {
            kind: JoinKind::Cross,
            right: Relation {
                rows: Rows::Series(LONGEST),
                alias: series,
            },
            on: Vec::new(),
        }],
    };
    let mut select = Select::new(source, columns);
    select.filters = vec![Expr::binary(
        Expr::IsNull(Box::new(output(UNTIL))),
        Operation::Or,
        Expr::binary(day, Operation::Less, output(UNTIL)),
    )];
    select
}
