//! Metrics of the same rows: what counts them, whom they belong to, what they come to. They tell
//! "how many customers filed a complaint" from how many complaints were filed, and "how much did we
//! lend" from how many loans that was.

use almanac_agent_contract::Format;
use almanac_metrics::{DimensionInfo, DimensionKind, MetricInfo, MetricKind};

use super::Lexicon;
use super::forms::is_plural_of;
use super::{Named, Target, plain};
use crate::say;

impl Lexicon {
    /// Two words of one meaning, in any of the languages: "clientes" and "customer".
    pub(crate) fn same_meaning(&self, one: &str, other: &str) -> bool {
        is_plural_of(one, other) || self.word(one).meant == self.word(other).meant
    }

    /// What counts the different ones of an entity among the rows of `rows`: customers who filed
    /// complaints. `named` tells whether the entity is the one that was said, `condition` which rows
    /// count.
    pub(crate) fn who(
        &self,
        (rows, condition): (&str, Option<&str>),
        named: impl Fn(&str) -> bool,
    ) -> Option<&MetricInfo> {
        self.one(|info| {
            let counted = info.counts.as_deref();
            own_rows(info) == Some(rows)
                && condition_of(info) == condition
                && counted.is_some_and(|entity| entity != rows && named(entity))
        })
    }

    /// What counts the rows that an entity has of its own, all of them.
    pub(crate) fn count_of(&self, entity: &str) -> Option<&MetricInfo> {
        self.one(|info| {
            own_rows(info) == Some(entity)
                && info.counts.as_deref() == Some(entity)
                && is_whole(info)
        })
    }

    /// The sum of money that the rows counted by a metric come to, where there is one only.
    pub(crate) fn amount_of(&self, counted: &MetricInfo) -> Option<&MetricInfo> {
        let rows = own_rows(counted)?;
        (counted.counts.as_deref() == Some(rows)).then_some(())?;
        self.one(|info| {
            own_rows(info) == Some(rows)
                && matches!(info.format, Format::Currency(_))
                && info.kind == MetricKind::Simple
                && info.definition.starts_with("sum of ")
                && is_whole(info)
        })
    }

    /// The sum of money that belongs to each of an entity, where there is one only.
    pub(crate) fn sum_of(&self, entity: &str) -> Option<&MetricInfo> {
        self.one(|info| {
            info.entities.iter().any(|own| own == entity)
                && matches!(info.format, Format::Currency(_))
                && info.kind == MetricKind::Simple
                && info.definition.starts_with("sum of ")
                && is_whole(info)
        })
    }

    /// The average that is defined for each of what a metric counts: money, or at least no share.
    pub(crate) fn average_of(&self, counted: &MetricInfo) -> Option<&MetricInfo> {
        let divided = |info: &&MetricInfo| {
            let by = |role: &str| info.inputs.iter().find(|input| input.role == role);
            by("denominator").is_some_and(|input| input.metric == counted.name)
        };
        let all = || self.catalog.metrics.iter().filter(divided);
        let money = |info: &&MetricInfo| matches!(info.format, Format::Currency(_));
        let mut found = all().filter(money);
        found.next().filter(|_| found.next().is_none())
    }

    /// What is defined as that statistic of the rows that a metric counts: a median invoice.
    pub(crate) fn statistic_of(&self, counted: &MetricInfo, named: &str) -> Option<&MetricInfo> {
        let rows = own_rows(counted)?;
        (counted.counts.as_deref() == Some(rows)).then_some(())?;
        self.one(|info| {
            own_rows(info) == Some(rows)
                && matches!(info.format, Format::Currency(_))
                && info.definition.starts_with(named)
                && is_whole(info)
        })
    }

    /// The one dimension of an entity that is a date.
    pub(crate) fn date_of(&self, entity: &str) -> Option<&str> {
        let of = |name: &str| name.rsplit("__").nth(1) == Some(entity);
        let mut dates = self
            .catalog
            .dimensions
            .iter()
            .filter(|info| matches!(info.kind, DimensionKind::Time(_)) && of(&info.name));
        let first = dates.next()?;
        dates.next().is_none().then_some(first.name.as_str())
    }

    /// Something is called just so, but for its number: "seniors" and "senior".
    pub(crate) fn is_lettered(&self, named: &Named, typed: &str) -> bool {
        let same = |name: &str| {
            let name = plain(name);
            name == typed || is_plural_of(&name, typed) || is_plural_of(typed, &name)
        };
        match named.target {
            Target::Metric(at) => self.metric(at).is_some_and(|info| {
                let mut names = [&info.name, &info.label].into_iter().chain(&info.synonyms);
                names.any(|name| same(name))
            }),
            Target::Dimension(at) => self.dimension(at).is_some_and(|info| {
                let own = info.name.rsplit("__").next().unwrap_or_default();
                same(own) || same(&info.label) || info.synonyms.iter().any(|name| same(name))
            }),
            Target::Value { dimension, value } => {
                let info = self.dimension(dimension);
                let known = info.and_then(|info| info.values.get(value as usize));
                known.is_some_and(|known| {
                    same(&say::called(known))
                        || same(&say::itself(&known.value))
                        || known.synonyms.iter().any(|name| same(name))
                })
            }
        }
    }

    /// The word is what the catalogue calls something that it counts: "guests".
    pub(crate) fn is_entity(&self, word: &str) -> bool {
        let entities = self.catalog.metrics.iter().flat_map(|info| &info.entities);
        entities
            .into_iter()
            .any(|entity| self.same_meaning(word, entity))
    }

    fn one(&self, fits: impl Fn(&MetricInfo) -> bool) -> Option<&MetricInfo> {
        let mut found = self.catalog.metrics.iter().filter(|info| fits(info));
        found.next().filter(|_| found.next().is_none())
    }
}

/// The entity that the rows of a metric are.
pub(crate) fn own_rows(info: &MetricInfo) -> Option<&str> {
    info.entities.first().map(String::as_str)
}

/// What a dimension tells something of: `ticket` of `ticket__topic`.
pub(crate) fn owner(info: &DimensionInfo) -> Option<&str> {
    info.name.rsplit("__").nth(1)
}

/// The condition that leaves some of the rows out.
pub(crate) fn condition_of(info: &MetricInfo) -> Option<&str> {
    info.definition
        .split_once(" where ")
        .map(|(_, condition)| condition)
}

/// No condition leaves some of the rows out.
fn is_whole(info: &MetricInfo) -> bool {
    condition_of(info).is_none()
}
