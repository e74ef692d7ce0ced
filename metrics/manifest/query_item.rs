//! What saved queries are grouped and sorted by, as dbt users write it:
//! `TimeDimension('metric_time', 'day').descending(True)`, `Dimension('order__status')`,
//! `Entity('order')`, `Metric('revenue')`, or a plain name, with `-` before it for largest first.

/// An item as a qualified name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct QueryItem {
    pub(crate) name: String,
    pub(crate) descending: bool,
}

const FORMS: &str = "is not readable; write TimeDimension('metric_time', 'day'), Dimension('order__status'), Entity('order') or a name";

/// Reads an item, or says what is wrong with it.
pub(crate) fn parse_item(text: &str) -> Result<QueryItem, String> {
    let text = text.trim();
    let (plain, descending) = match text.strip_prefix('-') {
        Some(rest) => (rest.trim(), true),
        None => (text, false),
    };
    if !plain.contains('(') {
        let name = !plain.is_empty() && plain.chars().all(|c| c.is_alphanumeric() || c == '_');
        return if name {
            Ok(QueryItem {
                name: plain.to_owned(),
                descending,
            })
        } else {
            Err(FORMS.to_owned())
        };
    }
    let mut calls = calls(plain).ok_or(FORMS)?.into_iter();
    let object = calls.next().ok_or(FORMS)?;
    let mut item = Item {
        descending,
        ..Item::default()
    };
    item.object(&object)?;
    for method in calls {
        item.method(&method)?;
    }
    let mut parts = item.path;
    parts.push(item.name);
    // One ending only: a part of the date goes before a granularity.
    parts.extend(
        item.part
            .map(|part| format!("extract_{part}"))
            .or(item.grain),
    );
    Ok(QueryItem {
        name: parts.join("__"),
        descending: item.descending,
    })
}

#[derive(Default)]
struct Item {
    path: Vec<String>,
    name: String,
    grain: Option<String>,
    part: Option<String>,
    descending: bool,
}

impl Item {
    fn object(&mut self, call: &Call<'_>) -> Result<(), String> {
        let mut positional = call.arguments.iter().filter(|(key, _)| key.is_none());
        let name = positional.next().and_then(|(_, value)| value.text());
        self.name =
            name.ok_or_else(|| format!("needs a name in quotes, as in {}('name')", call.name))?;
        let second = positional.next().map(|(_, value)| value);
        match (call.name, second) {
            ("TimeDimension", Some(grain)) => self.grain = Some(lower(grain)?),
            ("Dimension" | "TimeDimension" | "Entity" | "Metric", None) => {}
            ("Metric", Some(_)) => {
                return Err("groups a metric, which only a filter can do".to_owned());
            }
            ("Dimension" | "Entity", Some(_)) => {
                return Err(format!(
                    "gives {} two names; a granularity goes as TimeDimension('{}', 'day')",
                    call.name, self.name
                ));
            }
            _ => return Err(FORMS.to_owned()),
        }
        for (key, value) in &call.arguments {
            match *key {
                None => {}
                Some("entity_path") => self.path = value.texts().ok_or(FORMS)?,
                Some("time_granularity_name" | "time_granularity" | "grain") => {
                    self.grain = Some(lower(value)?);
                }
                Some("date_part_name" | "date_part") => self.part = Some(lower(value)?),
                Some("descending") => self.descending = value.flag().ok_or(FORMS)?,
                Some(key) => {
                    return Err(format!(
                        "has an argument {key}, which is none of entity_path, time_granularity_name, date_part_name and descending"
                    ));
                }
            }
        }
        Ok(())
    }

    fn method(&mut self, call: &Call<'_>) -> Result<(), String> {
        let [(None, value)] = call.arguments.as_slice() else {
            return Err(FORMS.to_owned());
        };
        match call.name {
            "grain" => self.grain = Some(lower(value)?),
            "date_part" => self.part = Some(lower(value)?),
            "descending" => self.descending = value.flag().ok_or(FORMS)?,
            other => {
                return Err(format!(
                    "calls .{other}(...), which is none of .grain('day'), .date_part('year') and .descending(True)"
                ));
            }
        }
        Ok(())
    }
}

fn lower(value: &Value<'_>) -> Result<String, String> {
    Ok(value.text().ok_or(FORMS)?.to_lowercase())
}

struct Call<'t> {
    name: &'t str,
    arguments: Vec<(Option<&'t str>, Value<'t>)>,
}

/// An argument as it is written.
struct Value<'t>(&'t str);

impl Value<'_> {
    fn text(&self) -> Option<String> {
        unquote(self.0)
    }

    fn texts(&self) -> Option<Vec<String>> {
        let inside = self.0.strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
        inside
            .split(',')
            .filter(|one| !one.trim().is_empty())
            .map(unquote)
            .collect()
    }

    fn flag(&self) -> Option<bool> {
        match self.0 {
            "True" | "true" => Some(true),
            "False" | "false" => Some(false),
            _ => None,
        }
    }
}

fn unquote(text: &str) -> Option<String> {
    let text = text.trim();
    let inside = ['\'', '"']
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))?;
    let name = !inside.is_empty() && inside.chars().all(|c| c.is_alphanumeric() || c == '_');
    name.then(|| inside.to_owned())
}

/// `Name(arguments).name(arguments)`, call by call.
fn calls(text: &str) -> Option<Vec<Call<'_>>> {
    let mut rest = text;
    let mut calls = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('(')?;
        let (inside, after) = close(after)?;
        let mut arguments = Vec::new();
        for argument in split(inside) {
            arguments.push(match argument.split_once('=') {
                Some((key, value)) => (Some(key.trim()), Value(value.trim())),
                None => (None, Value(argument)),
            });
        }
        calls.push(Call {
            name: name.trim(),
            arguments,
        });
        rest = after.trim();
        if !rest.is_empty() {
            rest = rest.strip_prefix('.')?;
        }
    }
    Some(calls)
}

/// What stands before the bracket that closes the open one, and what after it. Names hold no
/// brackets, so quotes need no care.
fn close(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&text[..at], &text[at + 1..]));
        }
    }
    None
}

/// The arguments between commas outside brackets.
fn split(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let mut parts: Vec<&str> = text
        .split(|c| {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            c == ',' && depth == 0
        })
        .map(str::trim)
        .collect();
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::parse_item;

    fn read(text: &str) -> String {
        match parse_item(text) {
            Ok(item) if item.descending => format!("{} descending", item.name),
            Ok(item) => item.name,
            Err(why) => why,
        }
    }

    #[test]
    fn every_way_to_name_a_column() {
        for (written, name) in [
            ("revenue", "revenue"),
            ("-revenue", "revenue descending"),
            (" metric_time__day ", "metric_time__day"),
            ("TimeDimension('metric_time')", "metric_time"),
            ("TimeDimension('metric_time', 'DAY')", "metric_time__day"),
            (
                "TimeDimension(\"metric_time\", time_granularity_name='martian_day')",
                "metric_time__martian_day",
            ),
            (
                "TimeDimension('metric_time', 'day').descending(True)",
                "metric_time__day descending",
            ),
            ("-Dimension('order__status')", "order__status descending"),
            ("Dimension('order__at').grain('week')", "order__at__week"),
            (
                "Dimension('order__at').date_part('year').descending(False)",
                "order__at__extract_year",
            ),
            (
                "Dimension('country__name', entity_path=['order', 'customer'])",
                "order__customer__country__name",
            ),
            ("Entity('order')", "order"),
            ("Metric('revenue').descending(True)", "revenue descending"),
        ] {
            assert_eq!(read(written), name, "{written}");
        }
    }

    #[test]
    fn what_is_no_column_is_told() {
        for (written, told) in [
            ("", "is not readable"),
            ("revenue desc", "is not readable"),
            ("Dimension(order__status)", "needs a name in quotes"),
            ("Dimension('order__status'", "is not readable"),
            ("Dimension('a b')", "needs a name in quotes"),
            ("Dimension('order__at', 'day')", "gives Dimension two names"),
            ("Measure('revenue')", "is not readable"),
            ("Metric('revenue', ['order'])", "groups a metric"),
            ("Entity('order', path=['x'])", "has an argument path"),
            ("Entity('order').sorted(True)", "calls .sorted(...)"),
            ("Entity('order').descending('yes')", "is not readable"),
            ("Entity('order') Entity('order')", "is not readable"),
        ] {
            let found = read(written);
            assert!(found.starts_with(told), "{written}: {found}");
        }
    }
}
