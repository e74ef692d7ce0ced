//! The templates that the account has: asked for at most every ten minutes, and again as soon as one
//! turns out not to be as it was.

use std::sync::Mutex;

use almanac_agent_contract::Language;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;

use super::errors::Trouble;
use super::graph::Graph;
use super::section::TemplateNames;
use super::template::{LANGUAGES, code};

/// How long a list is believed.
const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// As many pages of a list as are read.
const PAGES: usize = 10;

/// A template of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// Its name.
    pub(super) name: String,
    /// Its language code: "pt_BR".
    pub(super) language: String,
    /// "APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED".
    pub(super) status: String,
    /// How many parameters its body has.
    pub(super) parameters: usize,
    /// It has a button that brings the answer.
    pub(super) button: bool,
    /// It has nothing that Almanac cannot fill.
    pub(super) fillable: bool,
}

/// The list, as far as it is known.
#[derive(Default)]
pub(super) struct Templates {
    known: Mutex<Option<(Timestamp, Vec<Listed>)>>,
}

impl Templates {
    /// The templates that may be sent, the best first: in the reader's language, else in another.
    pub(super) async fn candidates(
        &self,
        graph: &Graph,
        account: &str,
        names: &TemplateNames,
        (language, now): (Language, Timestamp),
    ) -> Vec<Listed> {
        let listed = match self.fresh(now) {
            Some(listed) => Ok(listed),
            None => list(graph, account).await,
        };
        let order =
            std::iter::once(language).chain(LANGUAGES.into_iter().filter(|it| *it != language));
        match listed {
            Ok(listed) => {
                self.keep(Some((now, listed.clone())));
                let usable = |it: &&Listed| it.status == "APPROVED" && it.fillable;
                order
                    .flat_map(|language| {
                        let named = listed
                            .iter()
                            .filter(move |it| it.name == names.of(language))
                            .filter(move |it| speaks(it, language));
                        named.filter(usable).cloned()
                    })
                    .collect()
            }
            // The list is a convenience: what it would have said is tried.
            Err(trouble) => {
                tracing::warn!(%trouble, "the templates could not be listed");
                order.map(|language| supposed(names, language)).collect()
            }
        }
    }

    /// Asks anew next time.
    pub(super) fn doubt(&self) {
        self.keep(None);
    }

    fn fresh(&self, now: Timestamp) -> Option<Vec<Listed>> {
        let known = self.known.lock().unwrap_or_else(|it| it.into_inner());
        known
            .as_ref()
            .filter(|(at, _)| now.duration_since(*at).abs() < FRESH)
            .map(|(_, listed)| listed.clone())
    }

    fn keep(&self, known: Option<(Timestamp, Vec<Listed>)>) {
        *self.known.lock().unwrap_or_else(|it| it.into_inner()) = known;
    }
}

/// All templates of the account.
pub(super) async fn list(graph: &Graph, account: &str) -> Result<Vec<Listed>, Trouble> {
    let path = format!("{account}/message_templates");
    let mut listed = Vec::new();
    let mut after = String::new();
    for _ in 0..PAGES {
        let mut parameters = vec![
            ("fields", "name,status,language,category,components"),
            ("limit", "200"),
        ];
        if !after.is_empty() {
            parameters.push(("after", &after));
        }
        let page = graph.get(&path, &parameters).await?;
        let data = page.get("data").and_then(Json::as_array);
        listed.extend(data.into_iter().flatten().filter_map(read));
        let next = page.pointer("/paging/next").and_then(Json::as_str);
        let cursor = page.pointer("/paging/cursors/after").and_then(Json::as_str);
        match (next, cursor) {
            (Some(_), Some(cursor)) => after = cursor.to_owned(),
            _ => break,
        }
    }
    Ok(listed)
}

fn read(template: &Json) -> Option<Listed> {
    let text = |key: &str| template.get(key).and_then(Json::as_str).map(str::to_owned);
    let components = template.get("components").and_then(Json::as_array);
    let of_kind = |kind: &str| {
        let mut all = components.into_iter().flatten();
        all.find(|it| is_of(it, kind))
    };
    let body = of_kind("BODY").and_then(|it| it.get("text")?.as_str());
    let parameters = body.unwrap_or_default().matches("{{").count();
    let header = of_kind("HEADER").is_some_and(|it| {
        let words = it.get("text").and_then(Json::as_str);
        words.is_none_or(|words| words.contains("{{"))
    });
    // Cards that slide, offers that end: they take more than a title and a summary.
    let plain = ["HEADER", "BODY", "FOOTER", "BUTTONS"];
    let known = plain.iter().filter(|kind| of_kind(kind).is_some()).count();
    let strange = components.is_some_and(|all| all.len() > known);
    let buttons: Vec<&Json> = of_kind("BUTTONS")
        .and_then(|it| it.get("buttons")?.as_array())
        .into_iter()
        .flatten()
        .collect();
    let button = buttons.first().is_some_and(|it| is_of(it, "QUICK_REPLY"));
    let pressable = buttons.iter().all(|it| is_whole(it));
    Some(Listed {
        name: text("name")?,
        language: text("language")?,
        status: text("status").unwrap_or_default(),
        parameters,
        button,
        fillable: !header
            && !strange
            && parameters <= 2
            && (buttons.is_empty() || button && pressable),
    })
}

fn is_of(part: &Json, kind: &str) -> bool {
    let is = part.get("type").and_then(Json::as_str);
    is.is_some_and(|is| is.eq_ignore_ascii_case(kind))
}

/// Whether a button goes out as it was submitted, with nothing to be filled in.
fn is_whole(button: &Json) -> bool {
    let url = button.get("url").and_then(Json::as_str);
    is_of(button, "QUICK_REPLY")
        || is_of(button, "PHONE_NUMBER")
        || is_of(button, "URL") && url.is_some_and(|url| !url.contains("{{"))
}

/// The template as it was to be submitted.
fn supposed(names: &TemplateNames, language: Language) -> Listed {
    Listed {
        name: names.of(language).to_owned(),
        language: code(language).to_owned(),
        status: String::new(),
        parameters: 2,
        button: true,
        fillable: true,
    }
}

/// "pt_PT" is read by whoever reads "pt_BR".
pub(super) fn speaks(template: &Listed, language: Language) -> bool {
    let main = |code: &str| code.split('_').next().unwrap_or_default().to_owned();
    main(&template.language) == main(code(language))
}
