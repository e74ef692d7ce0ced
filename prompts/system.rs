//! The system prompt every language model gets: who it is, what day it is, what may be asked.

use almanac_agent_contract::Term;
use serde::Serialize;

/// The context of `templates/system.md`.
#[derive(Debug, Clone, Serialize)]
pub struct System<'a> {
    /// The workspace's name.
    pub workspace: &'a str,
    /// The language to answer in, in English: "Spanish".
    pub language: &'a str,
    /// The asker's date, ISO 8601.
    pub today: String,
    /// IANA zone.
    pub zone: &'a str,
    /// "Monday".
    pub week_start: &'a str,
    /// ISO 4217.
    pub currency: &'a str,
    /// What can be asked.
    pub metrics: &'a [Named],
    /// What it can be broken down by.
    pub dimensions: &'a [Named],
    /// What the people who ask mean by their words.
    pub terms: &'a [Term],
}

/// A metric or dimension as the prompt lists it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Named {
    /// The exact name that tools take.
    pub name: String,
    /// The label people know.
    pub label: String,
    /// What it means; may be empty.
    pub description: String,
}

impl System<'_> {
    /// A context with every part filled, for the test that renders all templates.
    #[must_use]
    pub fn sample() -> System<'static> {
        System {
            workspace: "Lumen",
            language: "English",
            today: "2026-11-20".into(),
            zone: "America/Sao_Paulo",
            week_start: "Monday",
            currency: "USD",
            metrics: &[],
            dimensions: &[],
            terms: &[],
        }
    }
}
