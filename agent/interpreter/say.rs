//! A query as a question in words. Choices and examples are made of it, so whatever it writes must
//! be read back as the same query; a property test holds it to that.

use almanac_agent_contract::Language::{self, En, Es, Pt};
use almanac_agent_contract::{Grain, Value};
use almanac_metrics::{
    Comparison, DimensionInfo, Filter, Having, MetricInfo, MetricQuery, Operator, TimeRange,
    ValueInfo,
};
use jiff::civil::Weekday;

use crate::compose::Asked;
use crate::intent::{Manner, Statistic};
use crate::lexicon::{Lexicon, Named, Target, spoken};
use crate::time::{Days, Meaning, Unit, When, echo};

/// The question that asks for exactly this query, answered in this manner.
pub(crate) fn question(asked: &Asked<'_>, query: &MetricQuery, manner: &Manner) -> String {
    let (lexicon, language) = (asked.lexicon, asked.language);
    let and = choose(language, " and ", " y ", " e ");
    let between = if manner.ratio {
        choose(language, " divided by ", " dividido por ", " dividido por ")
    } else {
        and
    };
    let metrics = join(
        query.metrics.iter().map(|name| metric(lexicon, name)),
        between,
    );
    let groups = join(
        query
            .group_by
            .iter()
            .map(|group| grouping(lexicon, &query.metrics, &group.dimension, language)),
        and,
    );
    let dated = query.grain.filter(|_| query.group_by.is_empty());
    let ranked = query
        .limit
        .zip(query.order_by.first())
        .filter(|_| !groups.is_empty() || dated.is_some());
    let counted = manner.statistic == Some(Statistic::Count);
    let mut text = match ranked {
        Some((limit, order)) => {
            let side = if order.descending {
                choose(language, "top", "top", "top")
            } else {
                choose(language, "bottom", "peores", "piores")
            };
            let of = match dated {
                Some(grain) => grain_names(grain, language),
                None => &groups,
            };
            format!(
                "{side} {limit} {of} {} {metrics}",
                choose(language, "by", "por", "por")
            )
        }
        None if counted => {
            let of = match query.grain.filter(|_| groups.is_empty()) {
                Some(grain) => grain_names(grain, language),
                None => &groups,
            };
            format!(
                "{} {of} {} {metrics}",
                choose(language, "how many", "cuántos", "quantos"),
                choose(language, "with", "con", "com")
            )
        }
        None => led(manner, query.shares, language) + &metrics,
    };
    if let Some(bound) = manner.threshold {
        text.push_str(&format!(
            " {} {}",
            than(bound.than.operator(), language),
            number(bound.value)
        ));
    }
    if ranked.is_none() && !groups.is_empty() && !counted {
        text.push_str(&format!(
            " {} {groups}",
            choose(language, "by", "por", "por")
        ));
    }
    let told = counted || ranked.is_some();
    if let Some(grain) = query.grain.filter(|_| !told || !query.group_by.is_empty()) {
        text.push_str(&format!(
            " {} {}",
            choose(language, "per", "por", "por"),
            grain_name(grain, language)
        ));
    }
    for having in &query.having {
        text.push_str(&condition_on(lexicon, query, having, language));
    }
    for filter in &query.filters {
        match within(asked, query, filter) {
            Some(part) => text.push_str(&part),
            None => text.push_str(&condition(lexicon, &query.metrics, filter, language)),
        }
    }
    for either in &query.any_of {
        let each = either.iter().map(|filter| {
            condition(lexicon, &query.metrics, filter, language)
                .trim()
                .to_owned()
        });
        text.push(' ');
        text.push_str(&join(each, choose(language, " or ", " o ", " ou ")));
    }
    if let Some(range) = query.time_range {
        // What begins with the data has nothing before it to be compared with.
        let open = range.start <= lexicon.beginning && query.compare.is_empty();
        text.push_str(", ");
        if open {
            let end = TimeRange {
                start: range.end,
                ..range
            };
            text.push_str(choose(language, "until ", "hasta ", "até "));
            text.push_str(&days(asked, end));
        } else {
            text.push_str(&days(asked, range));
        }
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
            Comparison::Range(range) => text.push_str(&days(asked, *range)),
        }
    }
    capitalised(text)
}

/// What stands in front of the metrics.
fn led(manner: &Manner, shares: bool, language: Language) -> String {
    let lead = match manner.statistic {
        _ if manner.threshold.is_some() => choose(language, "was ", "fue ", "foi "),
        Some(Statistic::Average) => choose(language, "average ", "promedio de ", "média de "),
        Some(Statistic::Median) => choose(language, "median ", "mediana de ", "mediana de "),
        Some(Statistic::Maximum) => choose(language, "maximum ", "máximo de ", "máximo de "),
        Some(Statistic::Minimum) => choose(language, "minimum ", "mínimo de ", "mínimo de "),
        _ if shares => choose(language, "share of ", "porcentaje de ", "porcentagem de "),
        _ => "",
    };
    lead.to_owned()
}

/// "on weekends", "from 9 to 12h": a condition on a part of time; empty for the second half of one.
fn within(asked: &Asked<'_>, query: &MetricQuery, filter: &Filter) -> Option<String> {
    let part = filter.dimension.strip_prefix("metric_time__extract_")?;
    let number = |filter: &Filter| i8::try_from(filter.values.first()?.number()? as i64).ok();
    let meaning = match (part, filter.op) {
        ("dow", Operator::In) => {
            let days = filter.values.iter().filter_map(|value| {
                let day = i8::try_from(value.number()? as i64).ok()?;
                Weekday::from_monday_one_offset(day).ok()
            });
            Meaning::Weekdays(days.map(Days::one).reduce(Days::with)?)
        }
        ("hour", Operator::Gte) => {
            let end = query
                .filters
                .iter()
                .find(|other| other.dimension == filter.dimension && other.op == Operator::Lt)?;
            Meaning::Hours {
                from: number(filter)?,
                to: number(end)?,
            }
        }
        ("hour", Operator::Lt) => return Some(String::new()),
        _ => return None,
    };
    echo(&meaning, asked.calendar, asked.language).map(|said| format!(" {said}"))
}

/// "with more than 3 orders"; whose, where the metrics do not say it themselves.
fn condition_on(
    lexicon: &Lexicon,
    query: &MetricQuery,
    having: &Having,
    language: Language,
) -> String {
    let counts = |info: &&MetricInfo| info.counts.is_some() && info.counts == having.per;
    let first = query
        .metrics
        .first()
        .and_then(|name| lexicon.catalog.metric(name));
    let whose = match &having.per {
        Some(_) if first.as_ref().is_none_or(|first| !counts(first)) => {
            lexicon.catalog.metrics.iter().find(counts)
        }
        _ => None,
    };
    let of = whose.map_or_else(String::new, |info| {
        let from = choose(language, "from", "de", "de");
        format!(" {from} {}", metric(lexicon, &info.name))
    });
    format!(
        "{of} {} {} {} {}",
        choose(language, "with", "con", "com"),
        than(having.op, language),
        number(having.value),
        metric(lexicon, &having.metric)
    )
}

fn than(operator: Operator, language: Language) -> &'static str {
    match operator {
        Operator::Gte => choose(language, "at least", "al menos", "pelo menos"),
        Operator::Lt => choose(language, "less than", "menos de", "menos de"),
        Operator::Lte => choose(language, "at most", "como máximo", "no máximo"),
        Operator::In => choose(language, "equal to", "igual a", "igual a"),
        _ => choose(language, "more than", "más de", "mais de"),
    }
}

/// A number with the fewest digits that tell it.
fn number(value: f64) -> String {
    value.to_string()
}

/// A dimension to group by, or the part of time that it stands for.
fn grouping(lexicon: &Lexicon, metrics: &[String], name: &str, language: Language) -> String {
    let part = match name.strip_prefix("metric_time__extract_") {
        Some("dow") => choose(language, "day of week", "día de la semana", "dia da semana"),
        Some("hour") => choose(language, "hour of day", "hora del día", "hora do dia"),
        Some("month") => choose(language, "month of year", "mes del año", "mês do ano"),
        Some("day") => choose(language, "day of month", "día del mes", "dia do mês"),
        Some("quarter") => choose(
            language,
            "quarter of year",
            "trimestre del año",
            "trimestre do ano",
        ),
        _ => return dimension(lexicon, metrics, name),
    };
    part.to_owned()
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

/// How people call a value that the catalogue knows: by its first other name, else by itself.
pub(crate) fn called(known: &ValueInfo) -> String {
    let name = known.synonyms.first();
    name.map_or_else(|| itself(&known.value), String::clone)
}

/// A value in plain words.
pub(crate) fn itself(value: &Value) -> String {
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

/// A code of a country or language by its name: "DE" alone may be read as another word.
fn in_words(info: &DimensionInfo, called: String) -> String {
    if called.len() > LONGEST_CODE {
        return called;
    }
    spoken(info, &called).map_or(called, capital)
}

/// Letters of the longest code of a country or language.
const LONGEST_CODE: usize = 3;

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
                Some(info) => format!("{label} {}", in_words(info, lexicon.called(info, shown))),
                None => label.clone(),
            });
    format!(
        "{lead}{}",
        join(values, choose(language, " and ", " y ", " e "))
    )
}

/// Whole days in words.
fn days(asked: &Asked<'_>, range: TimeRange) -> String {
    let when = When {
        range,
        unit: Unit::Day,
        to_date: false,
        from_beginning: false,
    };
    let said = echo(&Meaning::Period(when), asked.calendar, asked.language);
    said.unwrap_or_else(|| format!("{} - {}", range.start, range.end))
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

/// "new zealand" as a name.
fn capital(name: &str) -> String {
    let words: Vec<String> = name
        .split(' ')
        .map(|word| capitalised(word.to_owned()))
        .collect();
    words.join(" ")
}

fn capitalised(text: String) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => text,
    }
}
