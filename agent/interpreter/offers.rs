//! Answers to what the last reply showed: "yes", "2", "the second one". Chosen from what it offered
//! to press, or from the rows it showed.

use almanac_agent_contract::{Choice, Value};

use crate::compose::Asked;
use crate::lexicon::{Fit, Lexicon, Named, Target};
use crate::slots::{Pick, Slots, ValuePick};
use crate::standing::Talk;
use crate::text::Token;
use crate::vocabulary::Cue;

/// The choice that the words press, where they say nothing else.
pub(crate) fn chosen<'a>(
    lexicon: &Lexicon,
    tokens: &[Token],
    talk: &Talk<'a>,
) -> Option<&'a Choice> {
    if talk.offered.is_empty() || tokens.len() > 5 {
        return None;
    }
    let words: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
    if let [only] = words.as_slice()
        && let Ok(number) = only.parse::<usize>()
    {
        return talk.offered.get(number.checked_sub(1)?);
    }
    // What was pressed may also be typed as it is written.
    let said = words.join(" ");
    let typed = talk.offered.iter().find(|choice| {
        let label: Vec<String> = crate::text::tokens(&choice.label)
            .into_iter()
            .map(|token| token.word)
            .collect();
        label.join(" ") == said && choice.ask != choice.label
    });
    if typed.is_some() {
        return typed;
    }
    match lexicon.vocabulary.cue(&said)? {
        Cue::Yes => match talk.offered {
            [only] => Some(only),
            _ => None,
        },
        // Rows of an answer are gone into with more words: "drill into the first one".
        Cue::Nth(at) if talk.waiting => talk.offered.get(usize::from(at)),
        Cue::Last if talk.waiting => talk.offered.last(),
        _ => None,
    }
}

/// The row that the words point at becomes values to filter by.
pub(crate) fn row(asked: &Asked<'_>, talk: &Talk<'_>, slots: &mut Slots) {
    let Some(nth) = slots.nth.filter(|_| asked.state.is_some()) else {
        return;
    };
    let shown = match nth {
        Some(at) => talk.shown.get(usize::from(at)),
        None => talk.shown.last(),
    };
    let Some(shown) = shown else { return };
    for (name, value) in &shown.0 {
        let Some(pick) = pick(asked.lexicon, name, value) else {
            continue;
        };
        slots.values.push(ValuePick {
            pick,
            negated: false,
            of: None,
            versus: false,
            or: false,
        });
        slots.pointed.push(name.clone());
    }
    slots.again = true;
    slots.nth = None;
}

fn pick(lexicon: &Lexicon, name: &str, value: &Value) -> Option<Pick> {
    let dimensions = &lexicon.catalog.dimensions;
    let dimension = dimensions.iter().position(|info| info.name == name)?;
    let info = dimensions.get(dimension)?;
    let at = info.values.iter().position(|known| known.value == *value)?;
    let target = Target::Value {
        dimension: u32::try_from(dimension).ok()?,
        value: u32::try_from(at).ok()?,
    };
    let named = Named {
        target,
        fit: Fit::Same,
        quality: 1.0,
    };
    Some(Pick {
        options: vec![named],
        typed: lexicon.called(info, value),
    })
}
