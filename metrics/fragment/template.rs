//! MetricFlow's templates in filters: `{{ Dimension('order__status') }} = 'paid'`. Each becomes a
//! placeholder name that no one can type, and a [`Reference`].

/// What a template refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReferenceKind {
    Dimension,
    Entity,
    Metric,
}

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) kind: ReferenceKind,
    /// The qualified name, with its entity path put before it and the granularity or part of the
    /// date asked for behind it.
    pub(crate) name: String,
    /// What a metric is grouped by.
    pub(crate) group_by: Vec<String>,
}

const MARK: char = '\u{1}';

/// A fragment without templates, and what they referred to.
pub(super) struct Extracted {
    pub(super) sql: String,
    pub(super) references: Vec<Reference>,
}

/// The number of the reference that a placeholder stands for.
pub(super) fn reference_number(identifier: &str) -> Option<usize> {
    identifier.strip_prefix(MARK)?.parse().ok()
}

/// Whether a text still holds a placeholder.
pub(super) fn holds_placeholder(text: &str) -> bool {
    text.contains(MARK)
}

/// Takes the templates out of a fragment.
pub(super) fn extract(fragment: &str) -> Result<Extracted, String> {
    if fragment.contains(MARK) {
        return Err("contains a control character".into());
    }
    if fragment.contains("{%") {
        return Err("contains {% %}, which only dbt can run; compile it first".into());
    }
    let mut sql = String::with_capacity(fragment.len());
    let mut references = Vec::new();
    let mut rest = fragment;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inside, after)) = after.split_once("}}") else {
            return Err("has a {{ without its }}".into());
        };
        sql.push_str(before);
        sql.push_str(&format!("\"{MARK}{}\"", references.len()));
        references.push(read(inside)?);
        rest = after;
    }
    sql.push_str(rest);
    Ok(Extracted { sql, references })
}

/// Reads what stands between the braces.
fn read(inside: &str) -> Result<Reference, String> {
    let mut calls = Calls {
        rest: inside.trim(),
    };
    let (call, arguments) = calls.next()?;
    let mut named = arguments.iter().filter(|argument| argument.key.is_none());
    let Some(name) = named.next().map(|argument| argument.text()).transpose()? else {
        return Err(format!(
            "{{{{ {} }}}} needs a name in quotes",
            inside.trim()
        ));
    };
    let mut second = named.next();
    let (kind, mut end) = match call {
        "Dimension" => (ReferenceKind::Dimension, None),
        "TimeDimension" => {
            let grain = second.take().map(Argument::text).transpose()?;
            (ReferenceKind::Dimension, grain)
        }
        "Entity" => (ReferenceKind::Entity, None),
        "Metric" => (ReferenceKind::Metric, None),
        other => {
            return Err(format!(
                "{{{{ {other}(...) }}}} is not known: Dimension, TimeDimension, Entity or Metric"
            ));
        }
    };
    let mut path = Vec::new();
    let mut group_by = match (kind, second) {
        (ReferenceKind::Metric, Some(list)) => list.texts()?,
        _ => Vec::new(),
    };
    for argument in &arguments {
        match argument.key {
            None => {}
            Some("entity_path") => path = argument.texts()?,
            Some("group_by") => group_by = argument.texts()?,
            Some("time_granularity_name" | "time_granularity") => end = Some(argument.text()?),
            Some("date_part_name" | "date_part") => {
                end = Some(format!("extract_{}", argument.text()?));
            }
            Some(key) => return Err(format!("{key} in {{{{ }}}} is not known")),
        }
    }
    while !calls.rest.is_empty() {
        let (call, arguments) = calls.next()?;
        match (call, arguments.first()) {
            ("grain", Some(argument)) => end = Some(argument.text()?),
            ("date_part", Some(argument)) => end = Some(format!("extract_{}", argument.text()?)),
            _ => {
                return Err(format!(
                    ".{call}(...) in {{{{ }}}} is not known: .grain('week')"
                ));
            }
        }
    }
    if kind == ReferenceKind::Metric && group_by.is_empty() {
        return Err(format!(
            "{{{{ Metric('{name}') }}}} needs what it is grouped by: Metric('{name}', ['customer'])"
        ));
    }
    path.push(name);
    path.extend(end.map(|end| end.to_lowercase()));
    Ok(Reference {
        kind,
        name: path.join("__"),
        group_by,
    })
}

/// An argument: `'order__status'` or `entity_path=['order']`.
struct Argument<'t> {
    key: Option<&'t str>,
    value: &'t str,
}

impl Argument<'_> {
    fn text(&self) -> Result<String, String> {
        unquote(self.value).ok_or_else(|| format!("{} should be a name in quotes", self.value))
    }

    fn texts(&self) -> Result<Vec<String>, String> {
        let inside = self
            .value
            .strip_prefix(['[', '('])
            .and_then(|value| value.strip_suffix([']', ')']))
            .ok_or_else(|| format!("{} should be a list of names", self.value))?;
        inside
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| unquote(item).ok_or_else(|| format!("{item} should be in quotes")))
            .collect()
    }
}

fn unquote(text: &str) -> Option<String> {
    let text = text.trim();
    ['\'', '"'].into_iter().find_map(|quote| {
        let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inside.contains(quote)).then(|| inside.to_owned())
    })
}

/// Reads `Name(arguments).name(arguments)` call by call.
struct Calls<'t> {
    rest: &'t str,
}

impl<'t> Calls<'t> {
    fn next(&mut self) -> Result<(&'t str, Vec<Argument<'t>>), String> {
        let odd = || format!("{{{{ {} }}}} is not readable", self.rest);
        let (name, after) = self.rest.split_once('(').ok_or_else(odd)?;
        let end = closing(after).ok_or_else(odd)?;
        let arguments = split(&after[..end])
            .into_iter()
            .map(|argument| match argument.split_once('=') {
                Some((key, value)) if !key.contains(['\'', '"']) => Argument {
                    key: Some(key.trim()),
                    value: value.trim(),
                },
                _ => Argument {
                    key: None,
                    value: argument,
                },
            })
            .collect();
        let name = name.trim().trim_start_matches('.').trim();
        self.rest = after[end + 1..].trim();
        Ok((name, arguments))
    }
}

/// Where the bracket that is open at the start closes.
fn closing(text: &str) -> Option<usize> {
    let mut scan = Scan::default();
    text.char_indices()
        .find(|(_, c)| scan.outside(*c) && scan.depth < 0)
        .map(|(at, _)| at)
}

/// Splits at the commas outside quotes and brackets.
fn split(text: &str) -> Vec<&str> {
    let mut scan = Scan::default();
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if scan.outside(c) && c == ',' && scan.depth == 0 {
            parts.push(text[start..at].trim());
            start = at + 1;
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Keeps track of quotes and brackets.
#[derive(Default)]
struct Scan {
    quote: Option<char>,
    depth: i32,
}

impl Scan {
    /// Takes a character; whether it stands outside quotes.
    fn outside(&mut self, c: char) -> bool {
        match (self.quote, c) {
            (Some(quote), _) => {
                if c == quote {
                    self.quote = None;
                }
                return false;
            }
            (None, '\'' | '"') => {
                self.quote = Some(c);
                return false;
            }
            (None, '(' | '[') => self.depth += 1,
            (None, ')' | ']') => self.depth -= 1,
            _ => {}
        }
        true
    }
}
