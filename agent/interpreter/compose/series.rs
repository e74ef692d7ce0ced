//! Series: their grain and, where nobody says, how far they look back.

use almanac_agent_contract::Grain;
use almanac_metrics::{MetricQuery, TimeRange};

use super::build::Draft;
use super::stop::{Stop, choices, refuse};
use crate::intent::Wish;
use crate::phrases::Say;
use crate::say;
use crate::time::{Unit, When};
use crate::vocabulary::Cue;

impl Draft<'_, '_> {
    /// The grain of a series and, where it has none, its period.
    pub(super) fn grain(
        &mut self,
        query: &mut MetricQuery,
        when: Option<&When>,
        follows: bool,
    ) -> Result<(), Stop> {
        let slots = self.slots;
        let drawn = matches!(slots.wish, Some(Wish::Chart | Wish::Line));
        let grouped_by_time = query.group_by.iter().any(|group| group.grain.is_some());
        let growth =
            slots.has(Cue::Growth) && !follows && when.is_none() && query.group_by.is_empty();
        let together = self.metrics.len() > 1
            && (slots.has(Cue::Together)
                || slots.features.contains(&crate::intent::Feature::Subscribe));
        let wanted =
            slots.has(Cue::Trend) || together || growth || (drawn && query.group_by.is_empty());
        let finest = self
            .metrics
            .iter()
            .map(|info| info.finest_grain)
            .max()
            .unwrap_or(Grain::Day);
        let grain = match slots.grain.filter(|_| !grouped_by_time) {
            Some(grain) => Some(grain),
            None if wanted && query.grain.is_none() => Some(fitting(when).max(finest)),
            None => query.grain,
        };
        let Some(grain) = grain else { return Ok(()) };
        if grain < finest {
            let label = self.metrics.first().map_or("", |info| info.label.as_str());
            let say = Say::TooFine {
                metric: label,
                grain: say::grain_name(finest, self.asked.language),
            };
            let mut coarser = slots.clone();
            coarser.grain = Some(finest);
            let narrowed = std::iter::once((label.to_owned(), coarser));
            return Err(refuse(self.asked, say, choices(self.asked, narrowed)));
        }
        query.grain = Some(grain);
        let ranked = slots.rank.is_some();
        if query.time_range.is_none() && !ranked {
            let (unit, count) = window(grain);
            if let Some(count) = count {
                query.time_range = Some(self.asked.calendar.last(unit, count).range);
                let names = unit
                    .grain()
                    .map_or("", |grain| say::grain_names(grain, self.asked.language));
                self.notes.push(
                    Say::Window {
                        count,
                        grain: names,
                    }
                    .in_language(self.asked.language),
                );
            }
        }
        Ok(())
    }
}

/// The grain that gives a period some ten to sixty points.
fn fitting(when: Option<&When>) -> Grain {
    let Some(When {
        range: TimeRange { start, end },
        ..
    }) = when
    else {
        return Grain::Month;
    };
    match (*end - *start).get_days() {
        0 => Grain::Hour,
        1..=62 => Grain::Day,
        63..=200 => Grain::Week,
        201..=1100 => Grain::Month,
        _ => Grain::Quarter,
    }
}

/// How far a trend looks back when nobody says.
fn window(grain: Grain) -> (Unit, Option<i32>) {
    match grain {
        Grain::Hour => (Unit::Day, Some(2)),
        Grain::Day => (Unit::Day, Some(30)),
        Grain::Week => (Unit::Week, Some(12)),
        Grain::Month => (Unit::Month, Some(12)),
        Grain::Quarter => (Unit::Quarter, Some(8)),
        Grain::Year => (Unit::Year, None),
    }
}
