//! The period of the query and what it is compared with.

use almanac_metrics::{Comparison, MetricInfo, MetricQuery, TimeRange};

use super::Asked;
use super::stop::{Stop, refuse};
use crate::phrases::Say;
use crate::say;
use crate::slots::Slots;
use crate::time::{Unit, When};
use crate::vocabulary::Cue;

/// The period and its comparisons.
#[derive(Default)]
pub(super) struct Times {
    pub(super) when: Option<When>,
    pub(super) compare: Vec<Comparison>,
    /// The sentence names a period or a comparison itself.
    pub(super) said: bool,
}

/// Reads the phrases of time of a sentence together.
pub(super) fn times(
    asked: &Asked<'_>,
    slots: &Slots,
    state: Option<&MetricQuery>,
    metrics: &[&MetricInfo],
    notes: &mut Vec<String>,
) -> Result<Times, Stop> {
    let calendar = asked.calendar;
    if slots.future {
        return Err(refuse(asked, Say::Future, Vec::new()));
    }
    let (mut main, mut base) = match slots.periods.as_slice() {
        [] => (None, None),
        [(when, false)] => (Some(*when), None),
        [(when, true)] => (None, Some(*when)),
        [(a, _), (b, _)] => {
            let (earlier, later) = if a.range.start <= b.range.start {
                (a, b)
            } else {
                (b, a)
            };
            (Some(*later), Some(*earlier))
        }
        _ => return Err(refuse(asked, Say::TooManyPeriods, Vec::new())),
    };
    let named_main = main.is_some();
    if let Some(when) = main.as_mut().filter(|when| when.from_beginning) {
        let first = metrics
            .iter()
            .filter_map(|info| info.coverage.as_ref())
            .map(|coverage| coverage.first)
            .min();
        when.range.start = first.unwrap_or(asked.lexicon.beginning).min(when.range.end);
    }
    let inherited = state
        .and_then(|state| state.time_range)
        .map(|range| as_said(asked, range));
    let a_year = slots.same_period_last_year || slots.same_week_last_year;
    let comparing = base.is_some() || slots.previous_period || slots.has(Cue::Growth) || a_year;
    let moves = a_year
        && !named_main
        && inherited.is_some()
        && !slots.has(Cue::Versus)
        && !slots.has(Cue::Compare);
    if moves {
        // "same period last year" by itself goes there.
        main = inherited.map(|when| a_year_before(asked, &when, slots.same_week_last_year));
        return Ok(Times {
            when: main,
            compare: Vec::new(),
            said: true,
        });
    }
    if main.is_none() && comparing {
        main = inherited;
    }
    if main.is_none() && (base.is_some() || slots.previous_period || a_year) {
        let unit = match base {
            Some(base) => base.unit,
            None if a_year => Unit::Year,
            None => Unit::Month,
        };
        let running = calendar.this(unit);
        let name = unit
            .grain()
            .map_or("", |grain| say::grain_name(grain, asked.language));
        notes.push(Say::Running(name).in_language(asked.language));
        main = Some(running);
    }
    let mut compare = Vec::new();
    if let Some(when) = &main {
        if let Some(base) = base.take() {
            compare.push(against(asked, when, &base));
        }
        if slots.same_week_last_year && when.unit == Unit::Week {
            compare.push(Comparison::Range(a_year_before(asked, when, true).range));
        } else if a_year {
            compare.push(Comparison::SamePeriodLastYear);
        }
        if slots.previous_period || (slots.has(Cue::Growth) && compare.is_empty()) {
            compare.push(Comparison::PreviousPeriod);
        }
    }
    let said = named_main || !compare.is_empty();
    Ok(Times {
        when: main,
        compare,
        said,
    })
}

/// A range of a stored query, as the unit it is.
pub(super) fn as_said(asked: &Asked<'_>, range: TimeRange) -> When {
    let calendar = asked.calendar;
    let units = [
        Unit::Day,
        Unit::Week,
        Unit::Month,
        Unit::Quarter,
        Unit::Half,
        Unit::Year,
        Unit::FiscalYear,
    ];
    for unit in units {
        let whole = calendar.whole(unit, range.start);
        if whole == range
            || (whole.start == range.start && range.end == calendar.today && range.end < whole.end)
        {
            return calendar.begun(unit, whole);
        }
    }
    When {
        range,
        unit: Unit::Day,
        to_date: false,
        from_beginning: false,
    }
}

/// What one period is to another that came before it.
fn against(asked: &Asked<'_>, main: &When, base: &When) -> Comparison {
    let calendar = asked.calendar;
    let last_year = calendar.back(Unit::Year, 1).range;
    let year_before = calendar.years(main.range, -1);
    let whole_before = calendar.whole(main.unit, year_before.start);
    let same = base.range == year_before
        || (main.to_date && base.unit == main.unit && base.range == whole_before);
    // "this month against last year" means the same month of last year.
    let broader =
        base.range == last_year && main.unit < Unit::Half && year_before.start >= last_year.start;
    if same || broader {
        return Comparison::SamePeriodLastYear;
    }
    let before = calendar.before(main);
    let unit_before = calendar.shift(
        main.unit,
        calendar.start_of(main.unit, main.range.start),
        -1,
    );
    let whole_before = calendar.whole(main.unit, unit_before);
    let to_date = main.to_date && base.unit == main.unit && base.range == whole_before;
    // "last week against the week before": both phrases were read from today.
    if base.range == before || to_date || base.range == main.range {
        return Comparison::PreviousPeriod;
    }
    Comparison::Range(base.range)
}

fn a_year_before(asked: &Asked<'_>, when: &When, same_week: bool) -> When {
    let calendar = asked.calendar;
    if same_week && when.unit == Unit::Week {
        let week = when.range.start.iso_week_date();
        if let Some(range) = calendar.iso_week(week.year() - 1, week.week()) {
            return When {
                range,
                to_date: false,
                ..*when
            };
        }
    }
    When {
        range: calendar.years(when.range, -1),
        to_date: false,
        ..*when
    }
}
