//! Telegram's HTML, as strictly as Telegram reads it.

const TAGS: [&str; 14] = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "code",
    "pre",
    "blockquote",
    "a",
    "tg-spoiler",
];

/// The text that a person sees.
///
/// # Errors
/// As Telegram describes them.
pub(super) fn visible(html: &str) -> Result<String, String> {
    let mut text = String::with_capacity(html.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            let (letter, length) = entity(rest);
            text.push_str(letter);
            rest = &rest[length..];
            continue;
        }
        let end = rest.find('>').ok_or_else(|| parse("Unclosed start tag"))?;
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(parse(&format!("Unmatched end tag \"{name}\"")));
            }
        } else {
            let name = tag.split([' ', '\n']).next().unwrap_or_default();
            if !TAGS.contains(&name) {
                return Err(parse(&format!("Unsupported start tag \"{name}\"")));
            }
            open.push(name);
        }
    }
    text.push_str(rest);
    match open.pop() {
        Some(name) => Err(parse(&format!("Can't find end tag for \"{name}\""))),
        None => Ok(text),
    }
}

/// Its length as limits count it.
pub(super) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn parse(why: &str) -> String {
    format!("Bad Request: can't parse entities: {why}")
}

fn entity(rest: &str) -> (&str, usize) {
    for (name, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
        ("&quot;", "\""),
    ] {
        if rest.starts_with(name) {
            return (letter, name.len());
        }
    }
    ("&", 1)
}
