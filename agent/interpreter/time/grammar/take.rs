//! The smallest rules: taking a word or fixed phrase of a class, and trying rules side by side.

use winnow::Parser;
use winnow::combinator::alt;
use winnow::error::EmptyError;
use winnow::token::any;

use super::super::tokens::Token;
use super::super::words::Class;

/// What is left of a sentence.
pub(super) type Input<'t> = &'t [Token<'t>];

/// What a rule finds.
pub(super) type Parsed<T> = Result<T, EmptyError>;

/// A rule, and the classes its first word may have: rules are tried only where one of them is.
pub(super) struct Rule<T> {
    /// Whether the class opens it.
    pub(super) opens: fn(Class) -> bool,
    /// The rule.
    pub(super) reads: for<'t> fn(&mut Input<'t>) -> Parsed<T>,
}

/// Takes a word or fixed phrase, the longest of those that `pick` wants.
pub(super) fn take<'t, T>(
    pick: impl Fn(Class) -> Option<T>,
) -> impl Parser<Input<'t>, T, EmptyError> {
    move |input: &mut Input<'t>| {
        let token = input.first().ok_or(EmptyError)?;
        let found = token
            .lexemes
            .iter()
            .find_map(|lexeme| pick(lexeme.class).map(|value| (value, lexeme.length)));
        let (value, length) = found.ok_or(EmptyError)?;
        *input = input.get(length..).ok_or(EmptyError)?;
        Ok(value)
    }
}

/// Takes a word or fixed phrase of exactly this class.
pub(super) fn word<'t>(class: Class) -> impl Parser<Input<'t>, (), EmptyError> {
    take(move |found| (found == class).then_some(()))
}

/// Passes over words of classes that fit; there may be none.
pub(super) fn skip<'t>(fits: impl Fn(Class) -> bool) -> impl Parser<Input<'t>, usize, EmptyError> {
    move |input: &mut Input<'t>| {
        let mut skipped = 0;
        while input.first().is_some_and(|token| {
            token
                .lexemes
                .iter()
                .any(|lexeme| lexeme.length == 1 && fits(lexeme.class))
        }) {
            *input = &input[1..];
            skipped += 1;
        }
        Ok(skipped)
    }
}

/// Passes over articles.
pub(super) fn articles(input: &mut Input<'_>) -> Parsed<usize> {
    skip(|class| class == Class::Article).parse_next(input)
}

/// Passes over what links a part to its whole: "of the", "de la", "no".
pub(super) fn links(input: &mut Input<'_>) -> Parsed<usize> {
    skip(|class| matches!(class, Class::Of | Class::In | Class::Article)).parse_next(input)
}

/// The same, where "of" or "in" is the first of them.
pub(super) fn of(input: &mut Input<'_>) -> Parsed<()> {
    alt((word(Class::Of), word(Class::In))).parse_next(input)?;
    links.void().parse_next(input)
}

/// The dash of "2024-Q3" and "12-month".
pub(super) fn dash(input: &mut Input<'_>) -> Parsed<()> {
    any.verify(|token: &Token<'_>| token.word == "-")
        .void()
        .parse_next(input)
}

/// What the rule that takes the most words finds; of two as long, the first.
pub(super) fn longest<T>(rules: &[Rule<T>], input: &mut Input<'_>) -> Parsed<T> {
    let token = input.first().ok_or(EmptyError)?;
    let mut best: Option<(T, Input<'_>)> = None;
    for rule in rules {
        if !token.may(rule.opens) {
            continue;
        }
        let mut rest = *input;
        if let Ok(found) = (rule.reads)(&mut rest)
            && best
                .as_ref()
                .is_none_or(|(_, left)| rest.len() < left.len())
        {
            best = Some((found, rest));
        }
    }
    let (found, rest) = best.ok_or(EmptyError)?;
    *input = rest;
    Ok(found)
}
