//! Expressions of the plan. Definitions' fragments, filters and aggregates all become these, and
//! only the renderer writes them as SQL: there is no variant for text that was not understood.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::fragment::Function;
use crate::granularity::Granularity;
use crate::manifest::Aggregation;

/// What kind of value an expression has, as far as the plan cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Kind {
    Text,
    Integer,
    /// Doubles and decimals.
    Number,
    Boolean,
    Date,
    /// A date and time without a zone.
    Timestamp,
    /// A moment: a timestamp with time zone.
    Instant,
    /// What an engine has a type of its own for and shows as text: enumerations, UUIDs. As soon as
    /// a definition speaks of the column, it is cast to text.
    Textual,
    /// Lists, binaries and whatever else: cannot be compared with a value.
    Other,
    /// Not known, because no schema was looked at.
    Unknown,
}

impl Kind {
    /// For a sentence: "text".
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Text | Self::Textual => "text",
            Self::Integer => "whole numbers",
            Self::Number => "numbers",
            Self::Boolean => "true or false",
            Self::Date => "dates",
            Self::Timestamp | Self::Instant => "moments",
            Self::Other | Self::Unknown => "values of another type",
        }
    }
}

/// The way from a model to a table joined to it; 0 is the model itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PathId(pub(crate) u16);

impl PathId {
    /// The model's own table.
    pub(crate) const OWN: Self = Self(0);
}

/// A constant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    /// Digits as a definition gives them, which may be more than a double holds.
    Number(Arc<str>),
    Text(Arc<str>),
    Date(Date),
    Timestamp(DateTime),
    Instant(Timestamp),
}

/// A comparison, a calculation or a connective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Distinct,
    NotDistinct,
    Add,
    Subtract,
    Concat,
    Multiply,
    Modulo,
}

/// The types a definition can cast to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Integer,
    Double,
    Decimal(u8, i8),
    Boolean,
    Date,
    Timestamp,
}

/// A length of calendar or clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    Months(i32),
    Days(i32),
    Seconds(i64),
}

impl Span {
    /// The same length the other way.
    pub(crate) const fn back(self) -> Self {
        match self {
            Self::Months(n) => Self::Months(-n),
            Self::Days(n) => Self::Days(-n),
            Self::Seconds(n) => Self::Seconds(-n),
        }
    }
}

/// A part of a date that can be taken out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Year,
    Quarter,
    Month,
    Week,
    Day,
    /// 0 is Sunday.
    DayOfWeek,
    /// 1 is Monday, 7 is Sunday.
    IsoDayOfWeek,
    DayOfYear,
    Hour,
    Minute,
    Second,
    Epoch,
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    /// A column of the table at hand.
    Column(Arc<str>),
    /// An expression over the table at the end of a path.
    At(PathId, Arc<Expr>),
    /// A column of a query's result.
    Output(Arc<str>),
    /// A column of the relation of that alias.
    Of(Arc<str>, Arc<str>),
    /// What the select at hand takes for `metric_time`.
    Moment,
    /// The number in the series of a [`super::Rows::Series`] of that alias.
    Step(Arc<str>),
    /// The local time that many seconds after 1970.
    FromEpoch(Box<Expr>),
    /// The next greater value of `of` among the rows with equal `per`.
    Next {
        of: Box<Expr>,
        per: Vec<Expr>,
    },
    /// The number of a row among those with equal `per`, in the order of `by` (largest first
    /// where true).
    RowNumber {
        per: Vec<Expr>,
        by: Vec<(Expr, bool)>,
    },
    /// The input of that number of the nearest [`Expr::With`].
    Input(usize),
    /// An expression with its inputs put in.
    With(Arc<Expr>, Vec<Expr>),
    /// An expression the graph owns.
    Shared(Arc<Expr>),
    Literal(Literal),
    Binary(Box<Expr>, Operation, Box<Expr>),
    /// Division in double precision; by zero it is null, on every engine.
    Divide(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    IsNull(Box<Expr>),
    IsNotNull(Box<Expr>),
    In(Box<Expr>, Vec<Expr>),
    Like {
        expr: Box<Expr>,
        pattern: Box<Expr>,
        any_case: bool,
    },
    Case {
        operand: Option<Box<Expr>>,
        branches: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Call(&'static Function, Vec<Expr>),
    Cast(Box<Expr>, Type),
    Extract(Part, Box<Expr>),
    /// Whether a text contains another, whatever their case.
    Contains(Box<Expr>, Box<Expr>),
    /// The wall clock of the workspace's zone at a moment.
    Local(Box<Expr>),
    /// The day of a local date or time.
    DayOf(Box<Expr>),
    /// The first day (or moment) of the bucket a local date or time falls in.
    Trunc(Granularity, Box<Expr>),
    /// A date or local time moved.
    Moved(Box<Expr>, Span),
    Aggregate(Box<Aggregate>),
}

/// An aggregate of rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Aggregate {
    pub(crate) aggregation: Aggregation,
    /// `None` counts rows.
    pub(crate) argument: Option<Expr>,
    /// Only rows for which this holds.
    pub(crate) filter: Option<Expr>,
}

impl Expr {
    /// `left operation right`.
    pub(crate) fn binary(left: Self, operation: Operation, right: Self) -> Self {
        Self::Binary(Box::new(left), operation, Box::new(right))
    }

    /// All of them, if there is any.
    pub(crate) fn all(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        parts
            .into_iter()
            .reduce(|left, right| Self::binary(left, Operation::And, right))
    }

    /// Any of them, if there is any.
    pub(crate) fn any(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        parts
            .into_iter()
            .reduce(|left, right| Self::binary(left, Operation::Or, right))
    }

    /// A text.
    pub(crate) fn text(text: &str) -> Self {
        Self::Literal(Literal::Text(text.into()))
    }

    /// Null, of a kind's type where there is one: not every engine can tell it from a union's
    /// other rows.
    pub(crate) fn null(kind: Kind) -> Self {
        let null = Self::Literal(Literal::Null);
        let to = match kind {
            Kind::Text | Kind::Textual => Type::Text,
            Kind::Integer => Type::Integer,
            Kind::Number => Type::Double,
            Kind::Boolean => Type::Boolean,
            Kind::Date => Type::Date,
            Kind::Timestamp => Type::Timestamp,
            Kind::Instant | Kind::Other | Kind::Unknown => return null,
        };
        Self::Cast(Box::new(null), to)
    }

    /// `fill` where the expression is null.
    pub(crate) fn filled(self, fill: Self) -> Self {
        Self::Case {
            operand: None,
            branches: vec![(Self::IsNull(Box::new(self.clone())), fill)],
            otherwise: Some(Box::new(self)),
        }
    }

    /// A whole number.
    pub(crate) const fn integer(number: i64) -> Self {
        Self::Literal(Literal::Integer(number))
    }

    /// An aggregate of all rows of a group.
    pub(crate) fn aggregate(aggregation: Aggregation, argument: Option<Self>) -> Self {
        Self::Aggregate(Box::new(Aggregate {
            aggregation,
            argument,
            filter: None,
        }))
    }

    /// A date.
    pub(crate) const fn date(date: Date) -> Self {
        Self::Literal(Literal::Date(date))
    }
}
