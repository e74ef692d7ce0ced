//! Lengths of time: "1h 04m", "3m 05s", "4.2s", "350ms"; in Spanish and Portuguese "1h 04min".

use almanac_agent_contract::Language;

use crate::digits::Digits;

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3600.0;
const DAY: f64 = 86_400.0;

/// `seconds`, not negative, in its two largest units. With `padded`, the smaller unit is always
/// there and has two digits; without, a zero is left out: "1h".
pub(crate) fn write(seconds: f64, digits: &Digits, language: Language, padded: bool) -> String {
    let minute = match language {
        Language::En => "m",
        Language::Es | Language::Pt => "min",
    };
    let of_two = |large: f64, in_large: f64, names: (&str, &str), pad: bool| {
        let first = digits.write((large / in_large).floor(), 0, 0);
        let second = large % in_large;
        if second == 0.0 && !padded {
            return format!("{first}{}", names.0);
        }
        let width = if pad && padded { 2 } else { 1 };
        format!("{first}{} {second:0width$.0}{}", names.0, names.1)
    };
    if seconds > 1e15 {
        return format!("{}d", digits.scientific(seconds / DAY));
    }
    if seconds == 0.0 {
        return "0s".to_owned();
    }
    if seconds < 0.9995 {
        let places = if seconds < 0.01 { 2 } else { 0 };
        return format!("{}ms", digits.write(seconds * 1000.0, 0, places));
    }
    if seconds < 9.95 {
        return format!("{}s", digits.write(seconds, 0, 1));
    }
    let whole_seconds = seconds.round();
    if whole_seconds < MINUTE {
        return format!("{}s", digits.write(whole_seconds, 0, 0));
    }
    if whole_seconds < HOUR {
        return of_two(whole_seconds, MINUTE, (minute, "s"), true);
    }
    let whole_minutes = (seconds / MINUTE).round();
    if whole_minutes < 2.0 * DAY / MINUTE {
        return of_two(whole_minutes, 60.0, ("h", minute), true);
    }
    let whole_hours = (seconds / HOUR).round();
    of_two(whole_hours, 24.0, ("d", "h"), false)
}
