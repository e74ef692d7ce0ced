//! Texts in and out. In: what Slack writes as `<@U1>` and `&amp;` becomes what the person typed.
//! Out: the three characters that Slack reads are escaped, so that no text pings anybody.

/// A text for a place where Slack reads markup: `<!channel>` stays letters.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c if steers(c) => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// How long a text is once it is escaped, in characters.
pub(super) fn escaped_length(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '&' => 5,
            '<' | '>' => 4,
            _ => 1,
        })
        .sum()
}

/// Without what steers a screen: control characters and reversals of the writing direction.
pub(super) fn calm(text: &str) -> String {
    text.chars()
        .map(|c| if steers(c) { ' ' } else { c })
        .collect()
}

fn steers(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether the text mentions a user.
pub(super) fn mentions(text: &str, user: &str) -> bool {
    text.match_indices("<@").any(|(at, open)| {
        let rest = &text[at + open.len()..];
        rest.strip_prefix(user)
            .is_some_and(|after| after.starts_with(['>', '|']))
    })
}

/// What a person typed, with the mentions of `bot` taken out.
pub(super) fn typed(text: &str, bot: Option<&str>) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        plain.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let Some(close) = inside.find('>') else {
            rest = &rest[open..];
            break;
        };
        plain.push_str(&reference(&inside[..close], bot));
        rest = &inside[close + 1..];
    }
    plain.push_str(rest);
    let plain = plain
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    plain.trim().to_owned()
}

/// What stands between `<` and `>`, as people see it.
fn reference(inside: &str, bot: Option<&str>) -> String {
    let (what, label) = match inside.split_once('|') {
        Some((what, label)) => (what, Some(label).filter(|it| !it.is_empty())),
        None => (inside, None),
    };
    if let Some(user) = what.strip_prefix('@') {
        if Some(user) == bot {
            return String::new();
        }
        return format!("@{}", label.unwrap_or(user).trim_start_matches('@'));
    }
    if let Some(channel) = what.strip_prefix('#') {
        return format!("#{}", label.unwrap_or(channel));
    }
    if let Some(command) = what.strip_prefix('!') {
        let command = command.split('^').next().unwrap_or(command);
        return label.map_or_else(|| format!("@{command}"), str::to_owned);
    }
    let address = what.strip_prefix("mailto:").unwrap_or(what);
    label.unwrap_or(address).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_slack_writes_becomes_what_was_typed() {
        for (slack, plain) in [
            ("<@U1> revenue last week", "revenue last week"),
            (
                "<@U1|almanac>: revenue &lt; 5 &amp; up",
                ": revenue < 5 & up",
            ),
            ("ask <@U2> and <@U3|ana>", "ask @U2 and @ana"),
            ("<#C1|sales> or <#C2>", "#sales or #C2"),
            ("<!here> <!subteam^S1|@ops>", "@here @ops"),
            ("<https://a.example/x?y|the page>", "the page"),
            ("<https://a.example>", "https://a.example"),
            ("<mailto:a@b.example|a@b.example>", "a@b.example"),
            ("a < b <@U1", "a < b <@U1"),
            ("&amp;lt;", "&lt;"),
        ] {
            assert_eq!(typed(slack, Some("U1")), plain, "{slack}");
        }
    }

    #[test]
    fn a_mention_is_of_exactly_that_user() {
        assert!(mentions("hey <@U1> you", "U1"));
        assert!(mentions("<@U1|almanac>", "U1"));
        assert!(!mentions("<@U12>", "U1"));
        assert!(!mentions("@U1", "U1"));
    }

    #[test]
    fn nothing_escaped_pings() {
        let hostile = "<!channel> <@U1> & \u{1b}[31m";
        let escaped = escape(hostile);
        assert_eq!(escaped, "&lt;!channel&gt; &lt;@U1&gt; &amp;  [31m");
        assert_eq!(escaped_length(hostile), escaped.chars().count());
    }
}
