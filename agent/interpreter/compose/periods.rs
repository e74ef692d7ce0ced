//! The period of the query and what it is compared with.

use almanac_agent_contract::{Grain, Settings, Weekday};
use almanac_metrics::{Comparison, MetricInfo, MetricQuery, TimeRange, base_range};

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
    /// Several periods in a row, one point each.
    pub(super) grain: Option<Grain>,
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
    let (grown, one) = match slots.periods.as_slice() {
        [(when, false)] if slots.has(Cue::Growth) => (ends(asked, when), None),
        [(a, false), (b, false)] => (None, one_of(asked, slots, a, b)),
        _ => (None, None),
    };
    let (mut main, mut base) = match slots.periods.as_slice() {
        _ if grown.is_some() => grown.unzip(),
        _ if one.is_some() => (one, None),
        [] => (None, None),
        [(when, false)] => (Some(*when), None),
        [(when, true)] => (None, Some(*when)),
        [(a, false), (b, true)] | [(b, true), (a, false)]
            if of_that_year(asked, a, b).is_some() =>
        {
            (Some(*a), of_that_year(asked, a, b))
        }
        [(a, _), (b, _)] => {
            let (earlier, later) = if a.range.start <= b.range.start {
                (a, b)
            } else {
                (b, a)
            };
            (Some(*later), Some(*earlier))
        }
        periods => return several(asked, periods),
    };
    // Of what is taken at the end of a period, "today" is the last that was taken.
    let today = TimeRange {
        start: calendar.today,
        end: calendar.today,
    };
    let stock = !metrics.is_empty() && metrics.iter().all(|info| info.semi_additive);
    let main_is_now = main.is_some_and(|when| when.range == today) && base.is_none();
    if stock && main_is_now && state.is_none() {
        main = None;
    }
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
            said: true,
            ..Times::default()
        });
    }
    // "and the month before?"
    let same = main
        .zip(inherited)
        .is_some_and(|(main, inherited)| main.range == inherited.range);
    let steps_back = (slots.previous_period && !named_main || slots.one_before && same)
        && slots.again
        && base.is_none()
        && !slots.has(Cue::Versus)
        && !slots.has(Cue::Compare);
    if steps_back && let Some(when) = inherited {
        let range = calendar.before(&when);
        return Ok(Times {
            when: Some(as_said(asked, range)),
            said: true,
            ..Times::default()
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
        let feast = slots.feast_before.filter(|_| named_main);
        let a_year_back = feast.map_or(Comparison::SamePeriodLastYear, Comparison::Range);
        if let Some(base) = base.take() {
            compare.push(match against(asked, when, &base) {
                Comparison::SamePeriodLastYear => a_year_back,
                other => other,
            });
        }
        if slots.same_week_last_year && when.unit == Unit::Week {
            compare.push(Comparison::Range(a_year_before(asked, when, true).range));
        } else if a_year {
            compare.push(a_year_back);
        }
        if slots.previous_period || (slots.has(Cue::Growth) && compare.is_empty()) {
            compare.push(previous(asked, when));
        }
    }
    let said = named_main || !compare.is_empty();
    Ok(Times {
        when: main,
        compare,
        said,
        grain: None,
    })
}

/// The one period that two phrases tell of together: "first-quarter placements this year".
fn one_of(asked: &Asked<'_>, slots: &Slots, a: &When, b: &When) -> Option<When> {
    if within(slots, a, b) {
        return Some(*a);
    }
    if within(slots, b, a) {
        return Some(*b);
    }
    together(asked, slots, a, b)
}

/// The period is part of the other, which only tells of which year it is.
fn within(slots: &Slots, part: &When, whole: &When) -> bool {
    let compared = [Cue::Versus, Cue::Compare, Cue::Growth, Cue::And, Cue::Or];
    let inside = part.range.start >= whole.range.start && part.range.end <= whole.range.end;
    let larger = whole.unit == Unit::Year && part.unit < whole.unit;
    inside && larger && !compared.iter().any(|cue| slots.has(*cue))
}

/// "in August and September": both of them, as one period, where nothing sets them side by side.
fn together(asked: &Asked<'_>, slots: &Slots, a: &When, b: &When) -> Option<When> {
    let compared = [Cue::Versus, Cue::Compare, Cue::Growth, Cue::Trend, Cue::Or];
    let said = slots.has(Cue::And) && !compared.iter().any(|cue| slots.has(*cue));
    let follow = asked.calendar.shift(Unit::Day, a.range.end, 1) == b.range.start;
    let both = TimeRange {
        start: a.range.start,
        end: b.range.end,
    };
    let alone = said && follow && a.unit == b.unit && slots.metrics.len() < 2;
    alone.then(|| as_said(asked, both))
}

/// The last and the first month of "from September to October", between which something grew.
fn ends(asked: &Asked<'_>, when: &When) -> Option<(When, When)> {
    let calendar = asked.calendar;
    let units = [Unit::Month, Unit::Year];
    units.into_iter().find_map(|unit| {
        let first = calendar.whole(unit, when.range.start);
        let last = calendar.whole(unit, when.range.end);
        let two = calendar.shift(Unit::Day, first.end, 1) == last.start;
        let whole = first.start == when.range.start && last.end == when.range.end;
        (two && whole).then(|| (as_said(asked, last), as_said(asked, first)))
    })
}

/// Three periods and more: a series where they follow one another, else the last of them beside
/// each of the others.
fn several(asked: &Asked<'_>, periods: &[(When, bool)]) -> Result<Times, Stop> {
    let mut sorted: Vec<When> = periods.iter().map(|(when, _)| *when).collect();
    sorted.sort_by_key(|when| when.range.start);
    sorted.dedup_by_key(|when| when.range);
    let calendar = asked.calendar;
    let follow = sorted.windows(2).all(|pair| match pair {
        [a, b] => calendar.shift(Unit::Day, a.range.end, 1) == b.range.start && a.unit == b.unit,
        _ => true,
    });
    let (Some(first), Some(last)) = (sorted.first().copied(), sorted.last().copied()) else {
        return Ok(Times::default());
    };
    if follow && first.unit.grain().is_some() {
        let range = TimeRange {
            start: first.range.start,
            end: last.range.end,
        };
        return Ok(Times {
            when: Some(When { range, ..last }),
            grain: first.unit.grain(),
            said: true,
            ..Times::default()
        });
    }
    if sorted.len() > MOST_PERIODS {
        return Err(refuse(asked, Say::TooManyPeriods, Vec::new()));
    }
    sorted.pop();
    Ok(Times {
        compare: sorted
            .iter()
            .rev()
            .map(|base| against(asked, &last, base))
            .collect(),
        when: Some(last),
        said: true,
        grain: None,
    })
}

/// Periods that are set side by side at most.
const MOST_PERIODS: usize = 4;

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
    // "since Monday" is this week to date.
    let main = &match as_said(asked, main.range) {
        unit if main.unit == Unit::Day && main.to_date && unit.unit != Unit::Day => unit,
        _ => *main,
    };
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
        return previous(asked, main);
    }
    Comparison::Range(same_part(asked, main, base).unwrap_or(base.range))
}

/// The comparable period before `when`. Given by its dates where the metric layer, which sees
/// dates and no units, would take another: a fiscal year to date, a week that begins a month.
pub(super) fn previous(asked: &Asked<'_>, when: &When) -> Comparison {
    let calendar = asked.calendar;
    if !when.to_date || when.unit == Unit::Day {
        return Comparison::PreviousPeriod;
    }
    let fair = match when.unit {
        Unit::Year | Unit::FiscalYear => calendar.years(when.range, -1),
        _ => calendar.before(when),
    };
    let settings = Settings {
        week_start: match calendar.week_start {
            jiff::civil::Weekday::Sunday => Weekday::Sunday,
            jiff::civil::Weekday::Saturday => Weekday::Saturday,
            _ => Weekday::Monday,
        },
        ..Settings::default()
    };
    let usual = base_range(when.range, Comparison::PreviousPeriod, None, &settings);
    if usual.start == fair.start {
        Comparison::PreviousPeriod
    } else {
        Comparison::Range(fair)
    }
}

/// As much of `base` as has passed of the running `main`, from the same place in it.
fn same_part(asked: &Asked<'_>, main: &When, base: &When) -> Option<TimeRange> {
    let calendar = asked.calendar;
    let whole = !base.to_date
        && !base.from_beginning
        && base.unit > Unit::Day
        && base.range == calendar.whole(base.unit, base.range.start);
    let within = calendar.whole(base.unit, main.range.start);
    if !main.to_date || !whole || main.range.end > within.end {
        return None;
    }
    let days = |n| calendar.shift(Unit::Day, base.range.start, n);
    let start = days((main.range.start - within.start).get_days());
    let end = days((main.range.end - within.start).get_days()).min(base.range.end);
    (start <= end).then_some(TimeRange { start, end })
}

/// "October 2024 vs 2025": the October of that year.
fn of_that_year(asked: &Asked<'_>, main: &When, year: &When) -> Option<When> {
    let calendar = asked.calendar;
    let whole = year.unit == Unit::Year && !year.to_date && !year.from_beginning;
    let part = main.unit < Unit::Half && !main.to_date && !main.from_beginning;
    let years = i32::from(year.range.start.year()) - i32::from(main.range.start.year());
    let range = calendar.years(main.range, years);
    let inside = range.start >= year.range.start && range.end <= year.range.end;
    (whole && part && inside && years != 0).then_some(When { range, ..*main })
}

fn a_year_before(asked: &Asked<'_>, when: &When, same_week: bool) -> When {
    let calendar = asked.calendar;
    if same_week && when.unit == Unit::Week {
        let mut range = calendar.same_week(when.range.start, 1);
        if when.to_date {
            let elapsed = (when.range.end - when.range.start).get_days();
            range.end = calendar.shift(Unit::Day, range.start, elapsed);
        }
        return When {
            range,
            to_date: false,
            ..*when
        };
    }
    When {
        range: calendar.years(when.range, -1),
        to_date: false,
        ..*when
    }
}
