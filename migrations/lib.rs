//! Our own tables, as SQL files that are applied once each and in order.
//!
//! `store` applies [`ALL`] when it opens a database. A step that has been released is never edited:
//! the next number changes what it made. Each step has rows of its own time beside it, so that the
//! step after it is tried on a database with something in it. This crate does no I/O.

/// One step forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migration {
    /// Its number, from 1, without gaps.
    pub version: i32,
    /// What it does, as in its file's name.
    pub name: &'static str,
    /// The statements that do it.
    pub sql: &'static str,
    /// Statements that insert rows into the tables as this step leaves them. For tests.
    pub sample: &'static str,
}

macro_rules! migration {
    ($version:literal, $file:literal, $name:literal) => {
        Migration {
            version: $version,
            name: $name,
            sql: include_str!(concat!($file, ".sql")),
            sample: include_str!(concat!($file, ".sample.sql")),
        }
    };
}

/// Every step, in order.
pub const ALL: &[Migration] = &[
    migration!(1, "0001_line", "line"),
    migration!(2, "0002_schedules", "schedules"),
    migration!(3, "0003_audit", "audit"),
    migration!(4, "0004_feedback", "feedback"),
    migration!(5, "0005_definitions", "definitions"),
    migration!(6, "0006_platforms", "platforms"),
    migration!(7, "0007_parts", "parts"),
    migration!(8, "0008_language", "language"),
    migration!(9, "0009_surfaced", "surfaced"),
];
