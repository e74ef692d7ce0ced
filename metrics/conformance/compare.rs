//! Compares an answer with the expected one: columns by name in any order, rows as a multiset
//! unless their order counts, numbers within a millionth, moments whether written as a date or not.

use std::collections::BTreeMap;

use almanac_agent_contract::{Table, Value};
use jiff::civil::DateTime;
use serde_json::Value as Json;

use super::case::Case;
use super::report::Difference;
use crate::granularity::Granularity;

/// How far numbers may be apart, relative to the larger.
const RELATIVE: f64 = 1e-6;
/// How far numbers near zero may be apart: what is left of sums that cancel.
const ABSOLUTE: f64 = 1e-9;

/// What differs, if anything does.
pub(super) fn compare(case: &Case, got: &Table) -> Result<(), Difference> {
    let order = columns(&case.expected.columns, got)?;
    let mut expected: Vec<Vec<Cell>> = case
        .expected
        .rows
        .iter()
        .map(|row| row.iter().map(Cell::expected).collect())
        .collect();
    let got: Vec<Vec<Cell>> = got
        .rows
        .iter()
        .map(|row| order.iter().map(|at| Cell::got(row.get(*at))).collect())
        .collect();
    if case.metrics.is_empty() && case.saved_query_name.is_none() && !case.apply_group_by {
        // MetricFlow gives each row of the table then; a query here gives the combinations there
        // are, so these are what is compared.
        let mut distinct: Vec<Vec<Cell>> = Vec::new();
        for row in expected {
            if !distinct.iter().any(|known| same(known, &row)) {
                distinct.push(row);
            }
        }
        expected = distinct;
    }
    if expected.is_empty() && got.is_empty() && !case.allow_empty {
        return Err(Difference::told(
            "nothing is expected and nothing came, which the case does not allow",
        ));
    }
    if case.check_order {
        in_order(&expected, &got)
    } else {
        in_any_order(&expected, &got)
    }
}

/// Where each expected column stands in what came.
fn columns(expected: &[String], got: &Table) -> Result<Vec<usize>, Difference> {
    let names: Vec<&str> = got
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    let listed = || format!("expected {}, got {}", expected.join(", "), names.join(", "));
    let mut order = Vec::with_capacity(expected.len());
    for name in expected {
        let exact = got.position(name);
        let found = exact.or_else(|| got.position(&without_grain(name)?));
        match found {
            Some(at) if !order.contains(&at) => order.push(at),
            _ => {
                return Err(Difference::told(format!(
                    "the column {name} is missing: {}",
                    listed()
                )));
            }
        }
    }
    if names.len() != order.len() {
        return Err(Difference::told(format!("too many columns: {}", listed())));
    }
    Ok(order)
}

/// `metric_time__day` is the column of what was asked for as `metric_time`, and
/// `metric_time__day__min` that of its least value.
fn without_grain(name: &str) -> Option<String> {
    let (head, end) = match name.rsplit_once("__") {
        Some((head, end @ ("min" | "max"))) => (head, format!("__{end}")),
        _ => (name, String::new()),
    };
    let (dimension, grain) = head.rsplit_once("__")?;
    Granularity::named(grain).map(|_| format!("{dimension}{end}"))
}

fn in_order(expected: &[Vec<Cell>], got: &[Vec<Cell>]) -> Result<(), Difference> {
    for (number, wanted) in expected.iter().enumerate() {
        match got.get(number) {
            Some(row) if same(wanted, row) => {}
            other => {
                let came = other.map_or_else(|| "nothing".into(), |row| shown(row));
                return Err(Difference {
                    first: format!("row {}: expected {}, got {came}", number + 1, shown(wanted)),
                    missing: expected[number..].iter().map(|row| shown(row)).collect(),
                    unexpected: got.iter().skip(number).map(|row| shown(row)).collect(),
                    ..Difference::default()
                });
            }
        }
    }
    match got.get(expected.len()..) {
        Some([]) | None => Ok(()),
        Some(more) => Err(Difference {
            first: format!("{} rows more than expected", more.len()),
            unexpected: more.iter().map(|row| shown(row)).collect(),
            ..Difference::default()
        }),
    }
}

fn in_any_order(expected: &[Vec<Cell>], got: &[Vec<Cell>]) -> Result<(), Difference> {
    let mut waiting: BTreeMap<String, Vec<&Vec<Cell>>> = BTreeMap::new();
    for row in got {
        waiting.entry(key(row)).or_default().push(row);
    }
    let mut missing = Vec::new();
    for wanted in expected {
        let alike = waiting.get_mut(&key(wanted));
        let found = alike.and_then(|rows| {
            let at = rows.iter().position(|row| same(wanted, row))?;
            Some(rows.swap_remove(at))
        });
        if found.is_none() {
            missing.push(shown(wanted));
        }
    }
    let unexpected: Vec<String> = waiting.values().flatten().map(|row| shown(row)).collect();
    let first = match (missing.first(), unexpected.first()) {
        (None, None) => return Ok(()),
        (Some(row), Some(other)) => format!("expected {row}, got {other}"),
        (Some(row), None) => format!("expected {row}, which did not come"),
        (None, Some(row)) => format!("got {row}, which is not expected"),
    };
    let (wanted, came) = (expected.len(), got.len());
    let counts = match wanted == came {
        true => format!("{} of {wanted} rows differ", missing.len()),
        false => format!("{wanted} rows expected, {came} got"),
    };
    Err(Difference {
        first: format!("{counts}: {first}"),
        missing,
        unexpected,
        ..Difference::default()
    })
}

/// What rows must have in common to the letter.
fn key(row: &[Cell]) -> String {
    let cells = row.iter().map(|cell| match cell {
        Cell::Number(_) => "#".into(),
        other => other.shown(),
    });
    cells.collect::<Vec<_>>().join("|")
}

fn same(one: &[Cell], other: &[Cell]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.same(b))
}

fn shown(row: &[Cell]) -> String {
    let cells: Vec<String> = row.iter().map(Cell::shown).collect();
    format!("({})", cells.join(", "))
}

/// A value, whichever side it comes from.
#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Null,
    Boolean(bool),
    Number(f64),
    Moment(DateTime),
    Text(String),
}

impl Cell {
    fn expected(json: &Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(flag) => Self::Boolean(*flag),
            Json::Number(number) => number.as_f64().map_or(Self::Null, Self::Number),
            Json::String(text) => Self::text(text),
            other => Self::Text(other.to_string()),
        }
    }

    fn got(value: Option<&Value>) -> Self {
        match value {
            None | Some(Value::Null) => Self::Null,
            Some(Value::Boolean(flag)) => Self::Boolean(*flag),
            Some(Value::Date(date)) => Self::Moment((*date).into()),
            Some(Value::DateTime(at)) => Self::Moment(*at),
            Some(Value::Text(text)) => Self::text(text),
            Some(number) => number.number().map_or(Self::Null, Self::Number),
        }
    }

    /// Both sides read texts that look like a moment as one.
    fn text(text: &str) -> Self {
        let dashed = text.len() >= 10 && text.as_bytes().get(4) == Some(&b'-');
        let moment = dashed.then(|| text.parse().ok()).flatten();
        moment.map_or_else(|| Self::Text(text.to_owned()), Self::Moment)
    }

    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => {
                let apart = (a - b).abs();
                apart <= ABSOLUTE || apart <= RELATIVE * a.abs().max(b.abs())
            }
            _ => self == other,
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Null => "null".into(),
            Self::Boolean(flag) => flag.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Moment(at) => at.to_string(),
            Self::Text(text) => format!("{text:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use almanac_agent_contract::{Column, ColumnType, Table, Value};
    use serde_json::{Value as Json, json};

    use super::{Case, compare};

    /// A case with two columns, a moment and a number.
    fn case(rows: Json, order: bool) -> Case {
        let case = json!({
            "id": "case", "model": "SIMPLE_MODEL", "metrics": ["x"], "check_order": order,
            "expected": {"columns": ["x", "metric_time__day"], "rows": rows},
        });
        serde_json::from_value(case).unwrap()
    }

    fn table(rows: &[(&str, f64)]) -> Table {
        let column = |name: &str, kind| Column {
            name: name.to_owned(),
            kind,
        };
        Table {
            columns: vec![
                column("metric_time", ColumnType::Date),
                column("x", ColumnType::Float),
            ],
            rows: rows
                .iter()
                .map(|(day, x)| vec![Value::Date(day.parse().unwrap()), Value::Float(*x)])
                .collect(),
        }
    }

    #[test]
    fn rows_are_the_same_in_any_order_unless_it_counts() {
        let rows = json!([[1, "2020-01-01T00:00:00"], [3.0000001, "2020-01-02"]]);
        let came = table(&[("2020-01-02", 3.0), ("2020-01-01", 1.0)]);
        assert!(compare(&case(rows.clone(), false), &came).is_ok());
        let difference = compare(&case(rows, true), &came).unwrap_err();
        assert!(difference.first.starts_with("row 1: expected (1, "));
    }

    #[test]
    fn a_row_that_comes_twice_is_one_too_many() {
        let rows = json!([[1, "2020-01-01"], [2, "2020-01-01"]]);
        let came = table(&[("2020-01-01", 1.0), ("2020-01-01", 1.0)]);
        let difference = compare(&case(rows, false), &came).unwrap_err();
        assert_eq!(
            (difference.missing.len(), difference.unexpected.len()),
            (1, 1)
        );
        let rows = json!([[1, "2020-01-01"]]);
        assert!(compare(&case(rows, false), &came).is_err());
    }

    #[test]
    fn null_is_not_zero_and_a_column_cannot_be_missing() {
        let rows = json!([[null, "2020-01-01"]]);
        let came = table(&[("2020-01-01", 0.0)]);
        assert!(compare(&case(rows.clone(), false), &came).is_err());
        let mut renamed = came;
        renamed.columns[1].name = "y".into();
        let difference = compare(&case(rows, false), &renamed).unwrap_err();
        assert!(difference.first.starts_with("the column x is missing"));
    }
}
