//! `almanac metrics show NAME`: what a metric means, where it stands in the tree and what it is
//! computed from.

use almanac_agent_contract::{Direction, Grain};
use almanac_metrics::{Catalog, MetricInfo};
use anyhow::anyhow;

use super::list::format_words;
use crate::Failure;
use crate::commands::say::say;

/// Metrics are computed from each other at most so deep, as far as is drawn.
const DEEPEST: usize = 16;

pub(super) fn run(catalog: &Catalog, name: &str) -> Result<(), Failure> {
    let Some(metric) = catalog.metric(name) else {
        let meant = catalog.nearest_metric(name);
        let meant = meant.map_or_else(String::new, |near| format!("; did you mean {near}?"));
        return Err(Failure::usage(anyhow!(
            "there is no metric {name}{meant}; `almanac metrics list` shows all"
        )));
    };
    say!("{} ({})", metric.label, metric.name);
    if !metric.description.is_empty() {
        say!("{}", metric.description.trim());
    }
    for (heading, text) in facts(metric) {
        if !text.is_empty() {
            say!("{heading:<13} {text}");
        }
    }
    say!("tree");
    for line in place(catalog, metric) {
        say!("  {line}");
    }
    if !metric.inputs.is_empty() {
        say!("computed from");
        say!("  {}", metric.name);
        let mut lines = Vec::new();
        inputs(catalog, metric, "", &mut lines);
        for line in lines {
            say!("  {line}");
        }
    }
    Ok(())
}

fn facts(metric: &MetricInfo) -> Vec<(&'static str, String)> {
    let covered = metric.coverage.as_ref();
    let gaps = covered.map_or(&[] as &[_], |coverage| &coverage.gaps);
    let gaps: Vec<String> = gaps.iter().map(ToString::to_string).collect();
    let good = match metric.direction {
        Some(Direction::Up) => "up",
        Some(Direction::Down) => "down",
        None => "",
    };
    let late = match metric.late_days {
        0 => String::new(),
        1 => "data of a day is complete 1 day after it".into(),
        days => format!("data of a day is complete {days} days after it"),
    };
    vec![
        ("type", metric.kind.as_str().into()),
        ("computed", metric.definition.clone()),
        ("format", format_words(&metric.format)),
        ("good", good.into()),
        ("also", metric.synonyms.join(", ")),
        ("owner", metric.owner.clone().unwrap_or_default()),
        ("grains", grains(metric.finest_grain)),
        (
            "data",
            covered.map_or_else(String::new, |days| {
                format!("{} to {}", days.first, days.last)
            }),
        ),
        ("missing", gaps.join(", ")),
        ("late", late),
        ("break down", metric.dimensions.join(", ")),
    ]
}

fn grains(finest: Grain) -> String {
    let all = [
        Grain::Hour,
        Grain::Day,
        Grain::Week,
        Grain::Month,
        Grain::Quarter,
        Grain::Year,
    ];
    let from = all.iter().skip_while(|grain| **grain != finest);
    from.map(|grain| grain.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The metric's ancestors, itself and its children in the metric tree.
fn place(catalog: &Catalog, metric: &MetricInfo) -> Vec<String> {
    let mut above = vec![metric];
    while let Some(parent) = above.last().and_then(|m| m.parent.as_ref()) {
        match catalog.metric(parent) {
            // A parent that is already in the line would go round for ever.
            Some(next) if above.iter().all(|below| below.name != next.name) => above.push(next),
            _ => break,
        }
    }
    let mut lines = Vec::new();
    for (depth, ancestor) in above.iter().rev().enumerate() {
        let branch = match depth {
            0 => String::new(),
            deep => format!("{}└─ ", "   ".repeat(deep - 1)),
        };
        let here = std::ptr::eq(*ancestor, metric);
        let mark = if here { "  <-" } else { "" };
        lines.push(format!("{branch}{}{mark}", ancestor.name));
    }
    let indent = "   ".repeat(above.len() - 1);
    let children: Vec<&MetricInfo> = catalog
        .metrics
        .iter()
        .filter(|child| child.parent.as_deref() == Some(&metric.name))
        .collect();
    for (number, child) in children.iter().enumerate() {
        let (branch, _) = branches(number + 1 == children.len());
        lines.push(format!("{indent}{branch}{}", child.name));
    }
    lines
}

/// What a metric is computed from, and what that is computed from.
fn inputs(catalog: &Catalog, metric: &MetricInfo, indent: &str, lines: &mut Vec<String>) {
    if indent.chars().count() > 3 * DEEPEST {
        return;
    }
    for (number, input) in metric.inputs.iter().enumerate() {
        let (branch, below) = branches(number + 1 == metric.inputs.len());
        let role = match input.role.as_str() {
            "" => String::new(),
            role => format!(" ({role})"),
        };
        let known = catalog.metric(&input.metric);
        let computed = known.filter(|known| known.inputs.is_empty());
        let computed = computed.map_or_else(String::new, |known| format!(": {}", known.definition));
        lines.push(format!("{indent}{branch}{}{role}{computed}", input.metric));
        if let Some(known) = known {
            inputs(catalog, known, &format!("{indent}{below}"), lines);
        }
    }
}

/// How a line begins, and those below it.
fn branches(last: bool) -> (&'static str, &'static str) {
    match last {
        true => ("└─ ", "   "),
        false => ("├─ ", "│  "),
    }
}
