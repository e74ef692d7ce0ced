//! What an aggregation can be given, and what it gives back.

use super::expr::{Expr, Kind, Literal, Type};
use crate::fragment::Typed;
use crate::manifest::Aggregation;

/// An expression made fit for an aggregation, and the kind of the result. `known` where the
/// columns' types are.
///
/// # Errors
/// Why it cannot be, as the end of a sentence that begins with the expression.
pub(super) fn fit(argument: Typed, aggregation: Aggregation, known: bool) -> Result<Typed, String> {
    let Typed { expr, kind } = argument;
    // A column without a single value has no type that an engine could add up.
    let (expr, kind) = match kind {
        Kind::Unknown if known => (Expr::Cast(Box::new(expr), Type::Double), Kind::Number),
        _ => (expr, kind),
    };
    match aggregation {
        Aggregation::Count | Aggregation::CountDistinct => Ok(Typed {
            expr,
            kind: Kind::Integer,
        }),
        Aggregation::SumBoolean => match kind {
            Kind::Boolean | Kind::Unknown => Ok(Typed {
                expr,
                kind: Kind::Integer,
            }),
            Kind::Number | Kind::Integer => {
                let zero = Expr::Literal(Literal::Integer(0));
                let expr = Expr::binary(expr, super::Operation::NotEqual, zero);
                Ok(Typed {
                    expr,
                    kind: Kind::Integer,
                })
            }
            _ => Err(format!(
                "holds {}; sum_boolean needs true or false",
                kind.words()
            )),
        },
        Aggregation::Min | Aggregation::Max => match kind {
            // A moment is told on the workspace's clock.
            Kind::Instant => Ok(Typed {
                expr: Expr::Local(Box::new(expr)),
                kind: Kind::Timestamp,
            }),
            Kind::Boolean => Ok(Typed {
                expr: as_number(expr),
                kind: Kind::Integer,
            }),
            Kind::Other => Err("holds values that have no order".into()),
            _ => Ok(Typed { expr, kind }),
        },
        Aggregation::Sum
        | Aggregation::Average
        | Aggregation::Median
        | Aggregation::Percentile(_)
        | Aggregation::DiscretePercentile(_) => {
            let (expr, kind) = match kind {
                Kind::Integer | Kind::Number | Kind::Unknown => (expr, kind),
                Kind::Boolean => (as_number(expr), Kind::Integer),
                _ => {
                    return Err(format!(
                        "holds {}; this aggregation needs numbers",
                        kind.words()
                    ));
                }
            };
            let kind = if aggregation == Aggregation::Sum {
                kind
            } else {
                Kind::Number
            };
            Ok(Typed { expr, kind })
        }
    }
}

/// 1 for true, 0 for false, and nothing where it is neither.
fn as_number(expr: Expr) -> Expr {
    let number = |number| Expr::Literal(Literal::Integer(number));
    let not = Expr::Not(Box::new(expr.clone()));
    Expr::Case {
        operand: None,
        branches: vec![(expr, number(1)), (not, number(0))],
        otherwise: None,
    }
}
