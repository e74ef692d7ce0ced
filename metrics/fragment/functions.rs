//! The functions a definition may use. What is not here cannot be called.

use crate::plan::Kind;

/// A function of the engine's that is safe and means the same on every engine.
#[derive(Debug, PartialEq)]
pub(crate) struct Function {
    /// Its names in definitions, in small letters.
    names: &'static [&'static str],
    /// Its name in SQL.
    pub(crate) sql: &'static str,
    /// The fewest and the most arguments.
    pub(super) arguments: (usize, usize),
    pub(super) returns: Returns,
}

/// What kind of value comes out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Returns {
    /// Always this.
    This(Kind),
    /// What the first argument is.
    First,
}

const TEXT: Returns = Returns::This(Kind::Text);
const NUMBER: Returns = Returns::This(Kind::Number);
const INTEGER: Returns = Returns::This(Kind::Integer);
const MANY: usize = 32;

const fn function(
    names: &'static [&'static str],
    arguments: (usize, usize),
    returns: Returns,
) -> Function {
    Function {
        names,
        sql: names[0],
        arguments,
        returns,
    }
}

static FUNCTIONS: [Function; 33] = [
    function(&["coalesce", "ifnull", "nvl"], (1, MANY), Returns::First),
    function(&["nullif"], (2, 2), Returns::First),
    function(&["greatest"], (1, MANY), Returns::First),
    function(&["least"], (1, MANY), Returns::First),
    function(&["abs"], (1, 1), Returns::First),
    function(&["round"], (1, 2), NUMBER),
    function(&["ceil", "ceiling"], (1, 1), NUMBER),
    function(&["floor"], (1, 1), NUMBER),
    function(&["trunc"], (1, 2), NUMBER),
    function(&["signum", "sign"], (1, 1), NUMBER),
    function(&["power", "pow"], (2, 2), NUMBER),
    function(&["sqrt"], (1, 1), NUMBER),
    function(&["exp"], (1, 1), NUMBER),
    function(&["ln"], (1, 1), NUMBER),
    function(&["log10"], (1, 1), NUMBER),
    function(&["lower", "lcase"], (1, 1), TEXT),
    function(&["upper", "ucase"], (1, 1), TEXT),
    function(&["initcap"], (1, 1), TEXT),
    function(&["btrim", "trim"], (1, 2), TEXT),
    function(&["ltrim"], (1, 2), TEXT),
    function(&["rtrim"], (1, 2), TEXT),
    function(&["substr", "substring"], (2, 3), TEXT),
    function(&["left"], (2, 2), TEXT),
    function(&["right"], (2, 2), TEXT),
    function(&["replace"], (3, 3), TEXT),
    function(&["concat"], (1, MANY), TEXT),
    function(&["split_part"], (3, 3), TEXT),
    function(&["lpad"], (2, 3), TEXT),
    function(&["rpad"], (2, 3), TEXT),
    function(&["reverse"], (1, 1), TEXT),
    function(
        &["character_length", "char_length", "length", "len"],
        (1, 1),
        INTEGER,
    ),
    function(&["strpos", "instr"], (2, 2), INTEGER),
    function(&["starts_with"], (2, 2), Returns::This(Kind::Boolean)),
];

/// The function of that name, whatever its case.
pub(super) fn named(name: &str) -> Option<&'static Function> {
    let name = name.to_lowercase();
    FUNCTIONS
        .iter()
        .find(|function| function.names.contains(&name.as_str()))
}
