//! Whether a query says all that a question named. A name that was heard and is in no part of the
//! query was left out, and a number without it may be the answer to another question.

use std::collections::HashSet;

use almanac_metrics::{DimensionKind, Filter, MetricInfo, MetricQuery, Operator};

use crate::compose::{Asked, all_have, target_of};
use crate::explain::is_paid;
use crate::heard::Heard;
use crate::lexicon::{
    Fit, Named, Target, condition_of, currency, is_plural, is_verb, own_rows, owner, plain,
};
use crate::spans::Piece;
use crate::walk::names_itself;

/// What a query says.
struct Said<'a> {
    asked: &'a Asked<'a>,
    metrics: Vec<&'a MetricInfo>,
    dimensions: HashSet<&'a str>,
}

/// Whether a name is in no part of the query.
pub(crate) fn left_out(asked: &Asked<'_>, heard: &Heard<'_>, query: &MetricQuery) -> bool {
    let lexicon = asked.lexicon;
    let having = query.having.iter().map(|having| &having.metric);
    let metrics = query.metrics.iter().chain(having);
    let metrics: Vec<&MetricInfo> = metrics
        .filter_map(|name| lexicon.catalog.metric(name))
        .collect();
    let filters: Vec<&Filter> = query
        .filters
        .iter()
        .chain(query.any_of.iter().flatten())
        .collect();
    if metrics.is_empty() || filters.iter().any(|filter| filter.op == Operator::Contains) {
        return false;
    }
    let groups = query.group_by.iter().map(|by| by.dimension.as_str());
    let said = Said {
        asked,
        metrics,
        dimensions: groups
            .chain(filters.into_iter().map(|filter| filter.dimension.as_str()))
            .collect(),
    };
    heard.items.iter().any(|item| {
        let Piece::Names(names) = &item.piece else {
            return false;
        };
        let outright = names.first().is_some_and(|named| named.fit <= Fit::Meant);
        let words: Vec<&str> = (item.start..item.end).map(|at| heard.word(at)).collect();
        let led = item.start.checked_sub(1).map_or("", |at| heard.word(at));
        let many = words.last().is_some_and(|word| is_plural(word));
        let paid = |word: &&str| is_paid(word) || is_verb(word) || currency(word).is_some();
        let paid = words.iter().any(paid);
        outright
            && !paid
            && !names.iter().any(|named| said.says(named, (led, many)))
            && !said.tells(&words)
    })
}

impl Said<'_> {
    /// The thing is in the query, or part of what is.
    fn says(&self, named: &Named, (led, many): (&str, bool)) -> bool {
        let lexicon = self.asked.lexicon;
        match named.target {
            Target::Metric(at) => lexicon
                .metric(at)
                .is_some_and(|info| self.holds(info, named.fit <= Fit::Meant)),
            Target::Value { dimension, .. } => lexicon
                .dimension(dimension)
                .is_some_and(|info| self.dimensions.contains(info.name.as_str())),
            Target::Dimension(at) => lexicon.dimension(at).is_some_and(|info| {
                let divides = matches!(led, "by" | "per" | "each" | "every" | "por" | "cada");
                let is_date = matches!(info.kind, DimensionKind::Time(_));
                let theirs = is_date || (many || names_itself(info).is_some()) && !divides;
                self.dimensions.contains(info.name.as_str())
                    || theirs && all_have(&self.metrics, &info.name)
            }),
        }
    }

    /// A metric of the query is that one, is computed from it, or is of the very same rows.
    fn holds(&self, info: &MetricInfo, outright: bool) -> bool {
        self.metrics.iter().any(|metric| {
            let rows = own_rows(metric);
            metric.name == info.name
                || info
                    .counts
                    .as_ref()
                    .is_some_and(|entity| metric.entities.contains(entity))
                || outright && metric.inputs.iter().any(|input| input.metric == info.name)
                || outright
                    && !info.definition.starts_with("average ")
                    && rows.is_some()
                    && rows == own_rows(info)
                    && condition_of(metric) == condition_of(info)
        })
    }

    /// What is known of the metrics, or of what they are divided and filtered by, tells of the words.
    fn tells(&self, words: &[&str]) -> bool {
        let lexicon = self.asked.lexicon;
        let own = self.metrics.iter();
        let own = own.filter_map(|info| target_of(lexicon, info));
        let all = (0_u32..).zip(&lexicon.catalog.dimensions);
        let by = all.filter(|(_, info)| self.dimensions.contains(info.name.as_str()));
        let own: Vec<Target> = own.chain(by.map(|(at, _)| Target::Dimension(at))).collect();
        let named = plain(&words.join(" "));
        let entities = self
            .metrics
            .iter()
            .flat_map(|info| info.entities.iter().chain(&info.counts));
        let owners = self
            .dimensions
            .iter()
            .filter_map(|name| lexicon.catalog.dimension(name).and_then(owner));
        let mut entities = entities.map(String::as_str).chain(owners);
        entities.any(|entity| lexicon.same_meaning(&named, entity))
            || words.iter().all(|word| {
                let sense = lexicon.sense(word);
                own.iter().any(|target| lexicon.tells(*target, &sense))
            })
    }
}
