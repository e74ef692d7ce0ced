//! A report as text: the questions to be shown, a table for each kind of catalogue, the bar.

use std::fmt;

use almanac_agent_contract::Outcome;

use crate::bar::{Mark, Marks};
use crate::report::{Pair, Report, Side, code};
use crate::{Grade, Score, Scored};

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for scored in &self.cases {
            writeln!(f, "{}", Line(scored))?;
        }
        let sides = [
            ("tuned", &self.tuned, self.bar.and_then(|bar| bar.tuned)),
            (
                "held out",
                &self.held_out,
                self.bar.and_then(|bar| bar.held_out),
            ),
        ];
        for (name, side, marks) in sides {
            if let Some(side) = side {
                whole(f, name, side)?;
                bars(f, side, marks)?;
            }
        }
        if self.bar.is_some() {
            let reached = if self.passes {
                "reached"
            } else {
                "NOT reached"
            };
            writeln!(f, "the bar is {reached}")?;
        }
        let Score { cases, right, .. } = self.total;
        write!(f, "{right} passed, {} failed", cases - right)
    }
}

/// A question and what came of it.
struct Line<'a>(&'a Scored);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(scored) = self;
        let what = match &scored.grade {
            Grade::Right => "right".to_owned(),
            Grade::Abstained {
                missed: Some(missed),
                ..
            } => format!("asked back, but {missed}"),
            Grade::Abstained { outcome, .. } => {
                let how = match outcome {
                    Outcome::Clarify => "asked back",
                    Outcome::Refuse => "refused",
                    Outcome::Answer | Outcome::Error => "failed",
                };
                format!("{how}: {}", scored.text)
            }
            Grade::ConfidentlyWrong { difference } => format!("WRONG {difference}"),
        };
        let Scored {
            catalog,
            area,
            name,
            question,
            ..
        } = scored;
        write!(
            f,
            "{catalog}/{area}/{name} [{} {}] ",
            code(scored.language),
            scored.kind.as_str()
        )?;
        for before in &scored.before {
            write!(f, "{before:?} > ")?;
        }
        write!(f, "{question:?}: {what}")
    }
}

fn whole(f: &mut fmt::Formatter<'_>, name: &str, side: &Side) -> fmt::Result {
    writeln!(
        f,
        "\n{name:<17} {:>6} {:>6} {:>6} {:>6} {:>7} {:>6} | {:>8} {:>6} {:>6} {:>6} {:>7} {:>6}",
        "asked",
        "right",
        "wrong",
        "back",
        "refused",
        "failed",
        "variants",
        "right",
        "wrong",
        "back",
        "refused",
        "failed"
    )?;
    let groups = [
        side.catalogs
            .iter()
            .map(|(name, pair)| (name.as_str(), pair))
            .collect::<Vec<_>>(),
        side.languages
            .iter()
            .map(|(name, pair)| (*name, pair))
            .collect(),
        side.areas
            .iter()
            .map(|(name, pair)| (name.as_str(), pair))
            .collect(),
        vec![("all", &side.total)],
    ];
    for group in groups {
        for (name, Pair { written, variants }) in group {
            writeln!(
                f,
                "{name:<17} {:>6}{} | {:>8}{}",
                written.cases,
                Shares(written),
                variants.cases,
                Shares(variants)
            )?;
        }
        writeln!(f)?;
    }
    for (kind, score) in &side.kinds {
        writeln!(
            f,
            "{:<17} {:>6}{}",
            kind.as_str(),
            score.cases,
            Shares(score)
        )?;
    }
    if !side.calibration.is_empty() {
        writeln!(
            f,
            "\n{:<17} {:>6} {:>6} {:>6}",
            "sure by", "asked", "right", "wrong"
        )?;
    }
    for bin in &side.calibration {
        let score = &bin.score;
        writeln!(
            f,
            "{:<17} {:>6} {:>5.1}% {:>5.1}%",
            format!("{:.1} to {:.1}", bin.from, bin.to),
            score.cases,
            100.0 * score.accuracy(),
            100.0 * score.wrong()
        )?;
    }
    Ok(())
}

/// The shares of a score, as columns.
struct Shares<'a>(&'a Score);

impl fmt::Display for Shares<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(score) = self;
        let percent = |count| 100.0 * score.share(count);
        write!(
            f,
            " {:>5.1}% {:>5.1}% {:>5.1}% {:>6.1}% {:>5.1}%",
            percent(score.right),
            percent(score.confidently_wrong),
            percent(score.asked_back),
            percent(score.refused),
            percent(score.failed)
        )
    }
}

fn bars(f: &mut fmt::Formatter<'_>, side: &Side, marks: Option<Marks>) -> fmt::Result {
    let Some(marks) = marks else { return Ok(()) };
    let rows = [
        ("asked", marks.written, &side.total.written),
        ("variants", marks.variants, &side.total.variants),
    ];
    writeln!(f)?;
    for (name, mark, score) in rows {
        let Some(mark) = mark else { continue };
        let Mark {
            accuracy,
            confidently_wrong,
        } = mark;
        let reached = if mark.is_reached(score) {
            "reached"
        } else {
            "NOT reached"
        };
        writeln!(
            f,
            "bar of {name}: right at least {:.1}%, wrong at most {:.1}%: {reached}",
            100.0 * accuracy,
            100.0 * confidently_wrong
        )?;
    }
    Ok(())
}
