//! The finding in a sentence or two, from the numbers alone.

use almanac_agent_contract::{Card, Format, Grain, Headline, Value};
use almanac_analysis::extremes;
use jiff::ToSpan;

use super::Composer;
use super::found::Found;
use super::labels::{Meaning, lowercase};
use super::table::is_other;
use crate::arguments::Statistic;
use crate::sentences::fill;

impl Composer<'_> {
    pub(crate) fn summary(&self, found: &Found<'_>, card: &Card) -> String {
        let of = self.subject(found, card);
        let has_numbers = found.answer.table.rows.iter().any(|row| {
            let cells = row.iter().zip(found.meanings());
            cells
                .into_iter()
                .any(|(v, m)| matches!(m, Meaning::Metric(_, None)) && v.number().is_some())
        });
        if !has_numbers {
            let known = card.freshness.as_ref();
            let until = known
                .map(|known| format!(" {} {}.", self.words.data_to, self.writer.date(known.as_of)));
            return format!("{}: {of}.{}", self.words.no_data, until.unwrap_or_default());
        }
        let mut told = self.finding(found, card, &of);
        if found.wishes.ratio {
            let (above, below) = self.divided(found.query);
            let places = [("metric", above.as_str()), ("other", &lowercase(&below))];
            told = format!("{told} {}", fill(self.sentences.computed_here, &places));
        }
        told
    }

    fn finding(&self, found: &Found<'_>, card: &Card, of: &str) -> String {
        let query = found.query;
        let series = query.grain.is_some() && found.is_one_series();
        let leading = found.leading().map(|(_, leading)| leading);
        if let Some(threshold) = found.wishes.threshold {
            let told = match (&card.headline, &leading, found.wishes.statistic) {
                (Some(headline), Some(leading), statistic) => {
                    let format = match statistic {
                        Some(Statistic::Count) => Format::Number,
                        _ => self.format_of(leading, query),
                    };
                    let of = match statistic {
                        Some(_) => self.detailed(&headline.label, card),
                        None => of.to_owned(),
                    };
                    self.verdict(threshold, (headline, &format), &of)
                }
                _ => None,
            };
            return told.unwrap_or_else(|| self.verdicts(found, threshold, of));
        }
        if let (Some(statistic), Some(headline)) = (found.wishes.statistic, &card.headline) {
            return self.statistic_sentence(found, statistic, (headline, card));
        }
        let focused = query.grain.is_none() && !found.wishes.focus.is_empty();
        match &card.headline {
            _ if matches!(leading, Some(Meaning::Share(..))) && query.grain.is_none() => {
                self.share_sentence(found, of)
            }
            Some(headline) if focused => format!(
                "{}: {}.",
                self.detailed(&headline.label, card),
                headline.text
            ),
            Some(headline) if query.limit == Some(1) && !query.order_by.is_empty() => {
                self.winner_sentence(found, headline, of)
            }
            Some(headline) => self.value_sentence(found, headline, of),
            None if series => self.trend_sentence(found, of),
            None if query.grain.is_none() && !query.group_by.is_empty() => {
                self.leader_sentence(found, of)
            }
            None => format!("{of}."),
        }
    }

    /// "Average daily revenue (November 2026): $1.2K; 30 days."
    fn statistic_sentence(
        &self,
        found: &Found<'_>,
        statistic: Statistic,
        (headline, card): (&Headline, &Card),
    ) -> String {
        let of = self.detailed(&headline.label, card);
        let summed = self.summed(found);
        let row = summed.as_ref().and_then(|summed| summed.row);
        let row = row.and_then(|row| found.answer.table.rows.get(row));
        let grain = found
            .query
            .grain
            .filter(|_| found.query.group_by.is_empty());
        let centre = matches!(statistic, Statistic::Average | Statistic::Median);
        let more = match (row, grain, summed) {
            (Some(row), ..) => format!(" ({})", self.row_name(found, row)),
            (None, Some(grain), Some(summed)) if centre => {
                format!(
                    "; {} {}",
                    summed.of,
                    self.sentences.grains(grain, summed.of)
                )
            }
            _ => String::new(),
        };
        format!("{of}: {}{more}.", headline.text)
    }

    /// "Revenue by day (November 2026). Highest: 27 Nov ($120K)."
    fn winner_sentence(&self, found: &Found<'_>, headline: &Headline, of: &str) -> String {
        let descending = found.query.order_by.first().is_some_and(|by| by.descending);
        let which = match descending {
            true => self.words.highest,
            false => self.sentences.lowest,
        };
        let row = found.answer.table.rows.first();
        let name = row.map(|row| self.row_name(found, row)).unwrap_or_default();
        if name.is_empty() {
            return self.value_sentence(found, headline, of);
        }
        let changes: Vec<_> = headline.changes.iter().map(|c| c.text.clone()).collect();
        let changes = match changes.is_empty() {
            true => String::new(),
            false => format!(", {}", changes.join(", ")),
        };
        format!("{of}. {which}: {name} ({}{changes}).", headline.text)
    }

    /// What a row is of: its bucket and its groups.
    pub(crate) fn row_name(&self, found: &Found<'_>, row: &[Value]) -> String {
        let meanings = found.meanings();
        let names = (0..meanings.len())
            .filter(|at| matches!(meanings[*at], Meaning::Time | Meaning::Group(_)))
            .map(|at| self.cell(found.query, row, at, &meanings));
        names.collect::<Vec<_>>().join(" / ")
    }

    /// "Revenue by country (9–15 Nov 2026, Channel: organic)".
    fn subject(&self, found: &Found<'_>, card: &Card) -> String {
        let title = self.title(found.query, found.wishes.ratio);
        match found.query.grain {
            Some(_) if !found.wishes.focus.is_empty() => {
                self.detailed(&format!("{title}: {}", self.focus_label(found)), card)
            }
            _ => self.detailed(&title, card),
        }
    }

    /// What is told, and in brackets of what.
    fn detailed(&self, what: &str, card: &Card) -> String {
        let mut details = Vec::new();
        if let Some(period) = &card.period {
            details.push(self.writer.range(period.start, period.end));
        }
        details.extend(card.filters.iter().cloned());
        if details.is_empty() {
            return what.to_owned();
        }
        format!("{what} ({})", details.join(", "))
    }

    fn value_sentence(&self, found: &Found<'_>, headline: &Headline, of: &str) -> String {
        let row = found
            .answer
            .table
            .rows
            .first()
            .map_or(&[][..], Vec::as_slice);
        let name = self.row_name(found, row);
        let meanings = found.meanings();
        let wanted = |meaning: &Meaning<'_>| match meaning {
            Meaning::Metric(_, None) => !found.wishes.ratio,
            Meaning::Ratio(None) => true,
            _ => false,
        };
        let values: Vec<_> = (0..meanings.len().min(row.len()))
            .filter(|at| wanted(&meanings[*at]))
            .map(|at| self.cell(found.query, row, at, &meanings))
            .collect();
        let changes: Vec<_> = headline.changes.iter().map(|c| c.text.clone()).collect();
        let changes = if changes.is_empty() {
            String::new()
        } else {
            format!(", {}", changes.join(", "))
        };
        let name = match name.as_str() {
            "" => String::new(),
            name => format!("{name}, "),
        };
        format!("{of}: {name}{}{changes}.", values.join(" · "))
    }

    /// "Revenue by week (…): $1.2M in the week of 9 Nov. Highest: …, lowest: …."
    fn trend_sentence(&self, found: &Found<'_>, of: &str) -> String {
        let Some((times, values, format)) = self.first_series(found) else {
            return format!("{of}.");
        };
        // A bucket that is cut off by the period or still filling is neither high nor low.
        let whole = |at: usize| self.is_uncut(found, at) && !found.filling.contains(&at);
        let numbers: Vec<_> = values
            .iter()
            .enumerate()
            .map(|(at, value)| value.number().filter(|_| whole(at)))
            .collect();
        let Some(extremes) = extremes(&numbers).filter(|e| e.highest != e.lowest) else {
            return format!("{of}.");
        };
        let tell = |at: usize| {
            let when = self.bucket(times[at], found.query.grain);
            format!("{} ({when})", self.writer.value(values[at], &format))
        };
        let words = self.words;
        format!(
            "{of}. {} {}, {} {}.",
            words.highest,
            tell(extremes.highest),
            words.lowest,
            tell(extremes.lowest)
        )
    }

    /// Whether a row's bucket lies wholly in the asked period and in the days that have passed.
    pub(crate) fn is_uncut(&self, found: &Found<'_>, row: usize) -> bool {
        let meanings = found.meanings();
        let time = meanings
            .iter()
            .position(|meaning| *meaning == Meaning::Time);
        let start = time.and_then(|at| found.answer.table.rows.get(row)?.get(at)?.date());
        let (Some(first), Some(grain)) = (start, found.query.grain) else {
            return true;
        };
        let length = match grain {
            Grain::Hour | Grain::Day => 1.day(),
            Grain::Week => 1.week(),
            Grain::Month => 1.month(),
            Grain::Quarter => 3.months(),
            Grain::Year => 1.year(),
        };
        let Ok(next) = first.checked_add(length) else {
            return true;
        };
        let range = found.query.time_range;
        // Sums of days before the data had begun are of the others alone.
        let metric = found
            .query
            .metrics
            .first()
            .and_then(|name| self.metric(name));
        let begun = metric.and_then(|metric| metric.coverage.as_ref());
        let begun = begun.is_none_or(|known| !found.adds_up || known.first <= first);
        begun
            && next <= self.scope.today()
            && range.is_none_or(|range| {
                range.start <= first && next <= range.end.saturating_add(1.day())
            })
    }

    fn first_series<'f>(
        &self,
        found: &'f Found<'_>,
    ) -> Option<(Vec<&'f Value>, Vec<&'f Value>, Format)> {
        let meanings = found.meanings();
        let time = meanings
            .iter()
            .position(|meaning| *meaning == Meaning::Time)?;
        let (value, leading) = found.leading()?;
        let rows = &found.answer.table.rows;
        Some((
            rows.iter().map(|row| &row[time]).collect(),
            rows.iter().map(|row| &row[value]).collect(),
            self.format_of(&leading, found.query),
        ))
    }

    /// "Revenue by country (…): Brazil leads with $1.2M, then Mexico ($0.8M) and Spain ($0.3M)."
    fn leader_sentence(&self, found: &Found<'_>, of: &str) -> String {
        let meanings = found.meanings();
        let Some((value, _)) = found.leading() else {
            return format!("{of}.");
        };
        let rows = found.answer.table.rows.iter();
        let mut rows: Vec<_> = rows.filter(|row| !is_other(row, &meanings)).collect();
        if found.query.order_by.is_empty() {
            // What is of a time comes in its order.
            let number = |row: &[Value]| row[value].number().unwrap_or(f64::NEG_INFINITY);
            rows.sort_by(|one, other| number(other).total_cmp(&number(one)));
        }
        let told: Vec<_> = rows
            .into_iter()
            .take(3)
            .map(|row| {
                let number = self.cell(found.query, row, value, &meanings);
                (self.row_name(found, row), number)
            })
            .collect();
        let words = self.words;
        // "Leads" is only true of a ranking from the top.
        let ascending = found
            .query
            .order_by
            .first()
            .is_some_and(|order| !order.descending);
        match told.as_slice() {
            [] => format!("{of}."),
            [(name, number), rest @ ..] if !ascending && !rest.is_empty() => {
                let rest: Vec<_> = rest.iter().map(|(n, v)| format!("{n} ({v})")).collect();
                let rest = self.writer.list(&rest);
                format!(
                    "{of}: {name} {} {number}, {} {rest}.",
                    words.leads, words.then
                )
            }
            rows => {
                let rows: Vec<_> = rows.iter().map(|(n, v)| format!("{n} ({v})")).collect();
                format!("{of}: {}.", self.writer.list(&rows))
            }
        }
    }
}
