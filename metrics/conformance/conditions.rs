//! Conditions that name columns of the result (`metric_time__day >= ...`) as conditions that name
//! dimensions (`{{ TimeDimension('metric_time', 'day') }} >= ...`), which is what queries take.

use crate::granularity::Granularity;

/// Puts every bare qualified name of a condition into a template. Text in quotes, templates that
/// are there, and names that are called or follow a dot stay as they are.
pub(super) fn templated(condition: &str) -> String {
    let mut out = String::with_capacity(condition.len() + 32);
    let mut rest = condition;
    while let Some(first) = rest.chars().next() {
        let end = piece(rest, first);
        let (text, after) = rest.split_at(end.max(first.len_utf8()));
        let called = after.trim_start().starts_with('(');
        if starts_name(first) && text.contains("__") && !called && !out.ends_with('.') {
            out.push_str(&template(text));
        } else {
            out.push_str(text);
        }
        rest = after;
    }
    out
}

/// How long the piece at the beginning is that belongs together.
fn piece(text: &str, first: char) -> usize {
    let until = |close: &str, from: usize| {
        text[from..]
            .find(close)
            .map_or(text.len(), |at| from + at + close.len())
    };
    match first {
        '\'' => until("'", 1),
        '"' => until("\"", 1),
        '{' if text.starts_with("{{") => until("}}", 2),
        _ if starts_name(first) => text
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(text.len()),
        _ => first.len_utf8(),
    }
}

fn starts_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn template(name: &str) -> String {
    match name.rsplit_once("__") {
        Some((dimension, grain)) if Granularity::named(grain).is_some() => {
            format!("{{{{ TimeDimension('{dimension}', '{grain}') }}}}")
        }
        _ => format!("{{{{ Dimension('{name}') }}}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::templated;

    #[test]
    fn bare_names_become_templates_and_nothing_else_does() {
        assert_eq!(
            templated("CAST(metric_time__day AS TIMESTAMP) >= CAST('a__b' AS TIMESTAMP)"),
            "CAST({{ TimeDimension('metric_time', 'day') }} AS TIMESTAMP) >= CAST('a__b' AS TIMESTAMP)"
        );
        assert_eq!(
            templated("{{ Dimension('a__b') }} AND user__state='it''s__x' OR f__g(1) OR t.a__b"),
            "{{ Dimension('a__b') }} AND {{ Dimension('user__state') }}='it''s__x' OR f__g(1) OR t.a__b"
        );
        assert_eq!(templated("x = 'open__"), "x = 'open__");
    }
}
