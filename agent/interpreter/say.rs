//! A query as a question in words. Choices and examples are made of it, so whatever it writes must
//! be read back as the same query; a property test holds it to that.

use almanac_agent_contract::Language::{self, En, Es, Pt};
use almanac_agent_contract::{Grain, Value};
use almanac_metrics::{Comparison, DimensionInfo, Filter, MetricQuery, Operator, TimeRange};

use crate::lexicon::{Lexicon, Named, Target};

/// The question that asks for exactly this query.
pub(crate) fn question(lexicon: &Lexicon, query: &MetricQuery, language: Language) -> String {
    let and = choose(language, " and ", " y ", " e ");
    let metrics = join(query.metrics.iter().map(|name| metric(lexicon, name)), and);
    let groups = join(
        query
            .group_by
            .iter()
            .map(|group| dimension(lexicon, &query.metrics, &group.dimension)),
        and,
    );
    let ranked = query
        .limit
        .zip(query.order_by.first())
        .filter(|_| !query.group_by.is_empty());
    let mut text = match ranked {
        Some((limit, order)) => {
            let side = if order.descending {
                choose(language, "top", "top", "top")
            } else {
                choose(language, "bottom", "peores", "piores")
            };
            format!(
                "{side} {limit} {groups} {} {metrics}",
                choose(language, "by", "por", "por")
            )
        }
        None => metrics,
    };
    if ranked.is_none() && !groups.is_empty() {
        text.push_str(&format!(
            " {} {groups}",
            choose(language, "by", "por", "por")
        ));
    }
    if let Some(grain) = query.grain {
        text.push_str(&format!(
            " {} {}",
            choose(language, "per", "por", "por"),
            grain_name(grain, language)
        ));
    }
    for filter in &query.filters {
        text.push_str(&condition(lexicon, &query.metrics, filter, language));
    }
    if let Some(range) = query.time_range {
        text.push(' ');
        text.push_str(&days(range, language));
    }
    // One number of a period is compared with the period before it anyway.
    let plain = query.group_by.is_empty() && query.grain.is_none() && query.time_range.is_some();
    for comparison in query.compare.iter().filter(|comparison| {
        !plain || query.compare.len() > 1 || **comparison != Comparison::PreviousPeriod
    }) {
        text.push_str(choose(
            language,
            " compared with ",
            " comparado con ",
            " comparado com ",
        ));
        match comparison {
            Comparison::PreviousPeriod => {
                text.push_str(choose(
                    language,
                    "the previous period",
                    "el periodo anterior",
                    "o período anterior",
                ));
            }
            Comparison::SamePeriodLastYear => text.push_str(choose(
                language,
                "the same period last year",
                "el mismo periodo del año pasado",
                "o mesmo período do ano passado",
            )),
            Comparison::Range(range) => text.push_str(&days(*range, language)),
        }
    }
    capitalised(text)
}

/// A metric's label, or its name where the label is not its alone.
pub(crate) fn metric(lexicon: &Lexicon, name: &str) -> String {
    let Some(at) = lexicon
        .catalog
        .metrics
        .iter()
        .position(|metric| metric.name == name)
    else {
        return name.to_owned();
    };
    let Some(info) = lexicon.catalog.metrics.get(at) else {
        return name.to_owned();
    };
    let target = u32::try_from(at).map(Target::Metric).ok();
    if alone(lexicon, &info.label, target, |_| true) {
        info.label.clone()
    } else {
        name.to_owned()
    }
}

/// A dimension's label, or its path where the label is not its alone among the dimensions that
/// the metrics share.
pub(crate) fn dimension(lexicon: &Lexicon, metrics: &[String], name: &str) -> String {
    if name == "metric_time" {
        return name.to_owned();
    }
    let Some(at) = lexicon
        .catalog
        .dimensions
        .iter()
        .position(|dimension| dimension.name == name)
    else {
        return name.to_owned();
    };
    let Some(info) = lexicon.catalog.dimensions.get(at) else {
        return name.to_owned();
    };
    let target = u32::try_from(at).map(Target::Dimension).ok();
    let shared = |named: &Named| match named.target {
        Target::Dimension(at) | Target::Value { dimension: at, .. } => {
            lexicon.dimension(at).is_some_and(|other| {
                metrics
                    .iter()
                    .filter_map(|name| lexicon.catalog.metric(name))
                    .all(|metric| metric.dimensions.contains(&other.name))
            })
        }
        Target::Metric(_) => true,
    };
    if alone(lexicon, &info.label, target, shared) {
        info.label.clone()
    } else {
        info.name.replace("__", " ")
    }
}

/// The name is found, and nothing else by it as well.
fn alone(
    lexicon: &Lexicon,
    name: &str,
    target: Option<Target>,
    counts: impl Fn(&Named) -> bool,
) -> bool {
    let words: Vec<_> = crate::text::tokens(name)
        .iter()
        .filter(|token| !crate::lexicon::links(&token.word))
        .map(|token| lexicon.word(&token.word))
        .collect();
    let mut names = lexicon.names(&words);
    names.retain(counts);
    let first = names.first().map(|named| named.target);
    let near = names
        .get(1)
        .is_some_and(|second| names[0].quality - second.quality < 0.005);
    first == target && !near
}

/// How people call a value: its first other name, else itself.
pub(crate) fn value(dimension: &DimensionInfo, value: &Value) -> String {
    let known = dimension.values.iter().find(|info| info.value == *value);
    if let Some(name) = known.and_then(|info| info.synonyms.first()) {
        return name.clone();
    }
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(n) => n.to_string(),
        Value::Boolean(b) => b.to_string(),
        Value::Float(x) => x.to_string(),
        Value::Date(date) => date.to_string(),
        Value::DateTime(moment) => moment.to_string(),
        Value::Null => String::new(),
    }
}

fn condition(lexicon: &Lexicon, metrics: &[String], filter: &Filter, language: Language) -> String {
    let lead = match filter.op {
        Operator::NotIn => choose(language, " excluding ", " excluyendo ", " excluindo "),
        _ => choose(language, " for ", " para ", " para "),
    };
    let label = dimension(lexicon, metrics, &filter.dimension);
    let values =
        filter
            .values
            .iter()
            .map(|shown| match lexicon.catalog.dimension(&filter.dimension) {
                Some(info) => format!("{label} {}", value(info, shown)),
                None => label.clone(),
            });
    format!(
        "{lead}{}",
        join(values, choose(language, " and ", " y ", " e "))
    )
}

fn days(range: TimeRange, language: Language) -> String {
    let TimeRange { start, end } = range;
    if start == end {
        return format!("{} {start}", choose(language, "on", "el", "em"));
    }
    match language {
        En => format!("from {start} to {end}"),
        Es => format!("desde {start} hasta {end}"),
        Pt => format!("de {start} a {end}"),
    }
}

/// The grain's name.
pub(crate) fn grain_name(grain: Grain, language: Language) -> &'static str {
    match grain {
        Grain::Hour => choose(language, "hour", "hora", "hora"),
        Grain::Day => choose(language, "day", "día", "dia"),
        Grain::Week => choose(language, "week", "semana", "semana"),
        Grain::Month => choose(language, "month", "mes", "mês"),
        Grain::Quarter => choose(language, "quarter", "trimestre", "trimestre"),
        Grain::Year => choose(language, "year", "año", "ano"),
    }
}

/// Several of them.
pub(crate) fn grain_names(grain: Grain, language: Language) -> &'static str {
    match grain {
        Grain::Hour => choose(language, "hours", "horas", "horas"),
        Grain::Day => choose(language, "days", "días", "dias"),
        Grain::Week => choose(language, "weeks", "semanas", "semanas"),
        Grain::Month => choose(language, "months", "meses", "meses"),
        Grain::Quarter => choose(language, "quarters", "trimestres", "trimestres"),
        Grain::Year => choose(language, "years", "años", "anos"),
    }
}

/// The word of that language.
pub(crate) fn choose(
    language: Language,
    en: &'static str,
    es: &'static str,
    pt: &'static str,
) -> &'static str {
    match language {
        En => en,
        Es => es,
        Pt => pt,
    }
}

/// Names in a row: "a, b and c" without the comma, as the reader reads lists.
pub(crate) fn join(names: impl Iterator<Item = String>, and: &str) -> String {
    names.collect::<Vec<_>>().join(and)
}

fn capitalised(text: String) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => text,
    }
}
