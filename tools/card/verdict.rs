//! Yes or no: a result held against a number.

use almanac_agent_contract::{Format, Headline, Value};

use super::Composer;
use super::conditions::sign;
use super::found::Found;
use super::labels::Meaning;
use crate::arguments::Threshold;
use crate::sentences::fill;

/// Groups that passed, named at most.
const NAMED: usize = 3;

impl Composer<'_> {
    /// "Yes: revenue (Nov 2026) was $1.2M, 20 % above $1M."
    pub(crate) fn verdict(
        &self,
        threshold: Threshold,
        (headline, format): (&Headline, &Format),
        of: &str,
    ) -> Option<String> {
        let value = headline.value?;
        let passes = threshold.passes(value);
        let places = [
            ("verdict", self.yes_or_no(passes).to_owned()),
            ("of", of.to_owned()),
            ("value", headline.text.clone()),
            (
                "distance",
                self.distance(threshold, (value, passes), format),
            ),
        ];
        let places: Vec<_> = places
            .iter()
            .map(|(at, text)| (*at, text.as_str()))
            .collect();
        Some(fill(self.sentences.was, &places))
    }

    /// "20 % above $1M", "5 % short of $1M", "exactly $1M".
    fn distance(
        &self,
        threshold: Threshold,
        (value, passes): (f64, bool),
        format: &Format,
    ) -> String {
        let limit = self.writer.number(threshold.value, format);
        let relative = ((value - threshold.value) / threshold.value).abs();
        let template = match () {
            () if value == threshold.value => self.sentences.exactly,
            () if value > threshold.value => self.sentences.above,
            () if threshold.is_lower_bound() && !passes => self.sentences.short,
            () => self.sentences.below,
        };
        // Of nothing there is no percentage.
        let by = match relative.is_finite() {
            true => self.writer.number(relative, &Format::Percent),
            false => self.writer.number((value - threshold.value).abs(), format),
        };
        fill(template, &[("by", &by), ("limit", &limit)])
    }

    /// "Yes: revenue by month (2026): 3 of 10 months > $1M (first Mar 2026, latest Oct 2026)."
    pub(crate) fn verdicts(&self, found: &Found<'_>, threshold: Threshold, of: &str) -> String {
        let Some((column, leading)) = found.leading() else {
            return format!("{of}.");
        };
        let rows = found.answer.table.rows.iter();
        let numbers: Vec<_> = rows
            .filter_map(|row| Some((row, row.get(column).and_then(Value::number)?)))
            .collect();
        let passed: Vec<&[Value]> = numbers
            .iter()
            .filter(|(_, value)| threshold.passes(*value))
            .map(|(row, _)| row.as_slice())
            .collect();
        let format = self.format_of(&leading, found.query);
        let grain = found
            .query
            .grain
            .filter(|_| found.query.group_by.is_empty());
        let count = |count: usize| count.to_string();
        let places = [
            ("verdict", self.yes_or_no(!passed.is_empty()).to_owned()),
            ("of", of.to_owned()),
            ("count", count(passed.len())),
            ("all", count(numbers.len())),
            (
                "things",
                grain.map_or_else(String::new, |grain| {
                    self.sentences.grains(grain, numbers.len()).to_owned()
                }),
            ),
            ("op", sign(threshold.op).to_owned()),
            ("limit", self.writer.number(threshold.value, &format)),
        ];
        let places: Vec<_> = places
            .iter()
            .map(|(at, text)| (*at, text.as_str()))
            .collect();
        let told = fill(self.sentences.of_them, &places).replace("  ", " ");
        match self.which(found, &passed) {
            Some(which) => format!("{told} ({which})."),
            None => format!("{told}."),
        }
    }

    /// Which rows passed: the first and the latest bucket, or the groups by name.
    fn which(&self, found: &Found<'_>, passed: &[&[Value]]) -> Option<String> {
        let meanings = found.meanings();
        let time = meanings
            .iter()
            .position(|meaning| *meaning == Meaning::Time);
        if let (Some(time), true) = (time, found.query.group_by.is_empty()) {
            let mut passed = passed.to_vec();
            passed.sort_by_key(|row| row.get(time).map(|value| format!("{value:?}")));
            let bucket = |row: &[Value]| self.bucket(&row[time], found.query.grain);
            return match passed.as_slice() {
                [] => None,
                [only] => Some(bucket(only)),
                [first, .., latest] => Some(fill(
                    self.sentences.first_and_latest,
                    &[("first", &bucket(first)), ("latest", &bucket(latest))],
                )),
            };
        }
        let mut names: Vec<_> = passed
            .iter()
            .take(NAMED)
            .map(|row| self.row_name(found, row))
            .collect();
        if passed.len() > NAMED {
            let more = (passed.len() - NAMED).to_string();
            names.push(self.words.more.replace("{}", &more));
        }
        (!names.is_empty()).then(|| self.writer.list(&names))
    }

    const fn yes_or_no(&self, passes: bool) -> &'static str {
        if passes {
            self.words.yes
        } else {
            self.words.no
        }
    }
}
