//! The rows that a scan aggregates: a model's table with everything joined to it that keys,
//! filters and amounts need.

use std::sync::Arc;

use super::condition::condition;
use super::expr::{Expr, Operation, PathId};
use super::fanout::{Use, reduced};
use super::graph::Graph;
use super::keys::{Clock, Key, Scene};
use super::metric::{Condition, Lookup, Measure, Term};
use super::model::Model;
use super::rates;
use super::request::{Request, Wanted};
use super::statement::{Join, JoinKind, Relation, Rows, Select, Source, Step, With};
use crate::error::QueryError;
use crate::granularity::Granularity;
use crate::plan::Span;
use crate::query::Filter;

/// The named select with the groups that are kept, and its column that says so.
pub(super) const TOP: &str = "top";
pub(super) const AMONG: &str = "among";
/// The column that tells the row of all other groups.
pub(super) const IS_OTHER: &str = "is_other";

/// The rows of one model being put together.
pub(super) struct RowSet<'g, 'q> {
    request: &'q Request<'g, 'q>,
    pub(super) model: &'g Model,
    /// The attribute that is `metric_time`.
    time: Option<usize>,
    pub(super) clock: Option<Clock>,
    metric: &'q str,
    /// What the names of its own selects begin with.
    name: &'q str,
    pub(super) with: With<'g>,
    pub(super) first: Vec<Join<'g>>,
    pub(super) last: Vec<Join<'g>>,
    paths: Vec<PathId>,
    pub(super) filters: Vec<Expr>,
    lookups: Vec<Lookup>,
    terms: Vec<Term>,
    uses: Vec<Use<'g>>,
}

/// A key of a row set.
pub(super) struct RowKey {
    pub(super) expr: Expr,
    /// The model's own time dimension that it is a bucket of.
    pub(super) time: Option<usize>,
}

/// Rows put together.
pub(super) struct Finished<'g> {
    pub(super) with: With<'g>,
    pub(super) source: Source<'g>,
    pub(super) moment: Option<Expr>,
    pub(super) filters: Vec<Expr>,
}

impl<'g> Finished<'g> {
    /// Columns of the rows.
    pub(super) fn select(self, columns: Vec<(Arc<str>, Expr)>) -> Select<'g> {
        let mut select = Select::new(self.source, columns);
        select.with = self.with;
        select.moment = self.moment;
        select.filters = self.filters;
        select
    }
}

impl<'g, 'q> RowSet<'g, 'q> {
    /// A measure's rows, by the table's own time.
    pub(super) fn of(request: &'q Request<'g, 'q>, wanted: Wanted<'g>, name: &'q str) -> Self
    where
        'g: 'q,
    {
        let measure = wanted.measure;
        let model = &request.graph.models[measure.model];
        let clock = Clock::own(model, measure.time);
        Self::new(
            request,
            model,
            Some((measure.time, clock)),
            (wanted.metric, name),
        )
    }

    /// A model's rows.
    pub(super) fn new(
        request: &'q Request<'g, 'q>,
        model: &'g Model,
        time: Option<(usize, Clock)>,
        (metric, name): (&'q str, &'q str),
    ) -> Self {
        let (time, clock) = time.unzip();
        Self {
            request,
            model,
            time,
            clock,
            metric,
            name,
            with: With::new(),
            first: Vec::new(),
            last: Vec::new(),
            paths: Vec::new(),
            filters: Vec::new(),
            lookups: Vec::new(),
            terms: Vec::new(),
            uses: Vec::new(),
        }
    }

    /// Where names are looked up.
    pub(super) fn scene(&self) -> Scene<'g, '_> {
        Scene {
            graph: self.request.graph,
            settings: self.request.settings,
            model: self.model,
            time: self.time,
            clock: self.clock.as_ref(),
            default: self.request.default,
            metric: self.metric,
        }
    }

    /// A group key. Of the groups that are not among the first it is null.
    pub(super) fn key(&mut self, key: &Key, shift: Option<Span>) -> Result<RowKey, QueryError> {
        let among = |top: &&[Key]| {
            *key.column == *IS_OTHER || top.iter().any(|kept| kept.column == key.column)
        };
        let Some(top) = self.request.top.filter(among) else {
            return self.own_key(key, shift);
        };
        let alias: Arc<str> = TOP.into();
        let among = Expr::Of(Arc::clone(&alias), AMONG.into());
        if !self.last.iter().any(|join| join.right.alias == alias) {
            let mut on = Vec::with_capacity(top.len());
            for key in top {
                let there = Expr::Of(Arc::clone(&alias), Arc::clone(&key.column));
                let uses = self.uses.len();
                let here = self.own_key(key, None)?.expr;
                if self.uses.len() > uses {
                    return Err(QueryError::Contradiction(
                        "the other groups cannot be one where a row may be in several of them",
                    ));
                }
                on.push(Expr::binary(here, Operation::NotDistinct, there));
            }
            self.last.push(Join {
                kind: JoinKind::Left,
                right: Relation::named(&alias, &alias),
                on,
            });
        }
        if *key.column == *IS_OTHER {
            return Ok(RowKey {
                expr: Expr::IsNull(Box::new(among)),
                time: None,
            });
        }
        let keyed = self.own_key(key, shift)?;
        Ok(RowKey {
            expr: Expr::Case {
                operand: None,
                branches: vec![(Expr::IsNotNull(Box::new(among)), keyed.expr)],
                otherwise: None,
            },
            time: keyed.time,
        })
    }

    fn own_key(&mut self, key: &Key, shift: Option<Span>) -> Result<RowKey, QueryError> {
        let keyed = key.of(self.scene(), shift)?;
        self.paths.push(keyed.path);
        self.look_up(keyed.lookup);
        if let Some(fan) = keyed.fan {
            self.uses.push(Use {
                fan,
                column: Some(Arc::clone(&key.column)),
                filter: None,
            });
        }
        Ok(RowKey {
            expr: keyed.expr,
            time: keyed.time,
        })
    }

    /// A filter of the query.
    pub(super) fn filter(&mut self, filter: &Filter) -> Result<(), QueryError> {
        let tested = condition(self.scene(), filter)?;
        match tested.fan {
            Some(fan) => self.uses.push(Use {
                fan,
                column: None,
                filter: Some((tested.expr, tested.path)),
            }),
            None => {
                self.paths.push(tested.path);
                self.look_up(tested.lookup);
                self.filters.push(tested.expr);
            }
        }
        Ok(())
    }

    /// A condition of a metric or of the query, as it is tested on these rows. The rows have what
    /// it needs.
    pub(super) fn condition(&mut self, condition: &Condition) -> Expr {
        self.paths.extend(&condition.paths);
        for term in &condition.terms {
            if !self.terms.contains(term) {
                self.terms.push(term.clone());
            }
        }
        let spined = self.clock.as_ref().is_some_and(|clock| clock.spined);
        let reading = if spined {
            &condition.on_moment
        } else {
            &condition.plain
        };
        for lookup in &reading.lookups {
            self.look_up(Some(lookup.clone()));
        }
        Expr::Shared(Arc::clone(&reading.expr))
    }

    /// The conditions of the query that are no plain filters.
    pub(super) fn read_conditions(&self) -> Result<Vec<Condition>, QueryError> {
        self.request.asked.read(self.scene(), self.request.metrics)
    }

    /// What amounts of a measure are multiplied by to be in the currency asked for.
    pub(super) fn rate(&mut self, measure: &Measure) -> Result<Option<Expr>, QueryError> {
        let request = self.request;
        let Some((from, to)) = request.rated(measure) else {
            return Ok(None);
        };
        let Some(table) = &request.graph.rates else {
            return Err(QueryError::NoRates { currency: to });
        };
        let clock = Clock::own(self.model, measure.time);
        let day = super::keys::bucket(clock.expr, clock.kind, Granularity::Day).expr;
        let conversion = rates::conversion(request.graph, table, (&from, &to), &day, self.name);
        for (name, select) in conversion.with {
            if !self.with.iter().any(|(known, _)| *known == name) {
                self.with.push((name, select));
            }
        }
        for join in conversion.joins {
            let alias = &join.right.alias;
            if !self.last.iter().any(|known| known.right.alias == *alias) {
                self.last.push(join);
            }
        }
        Ok(Some(conversion.rate))
    }

    fn look_up(&mut self, lookup: Option<Lookup>) {
        if let Some(lookup) = lookup
            && !self.lookups.contains(&lookup)
        {
            self.lookups.push(lookup);
        }
    }

    /// The joins that the custom granularities asked for need.
    pub(super) fn looked_up(request: &Request<'g, '_>, lookups: Vec<Lookup>) -> Vec<Join<'g>> {
        let join = |lookup: Lookup| {
            let spine = &request.graph.spines[request.graph.customs[lookup.custom].spine];
            let column = Expr::Of(Arc::clone(&lookup.alias), Arc::clone(&spine.column));
            let moment = super::keys::bucket(column, spine.kind, spine.granularity).expr;
            Join {
                kind: JoinKind::Left,
                right: Relation {
                    rows: Rows::Table(&spine.table),
                    alias: lookup.alias,
                },
                on: vec![Expr::binary(moment, Operation::Equal, lookup.time)],
            }
        };
        lookups.into_iter().map(join).collect()
    }

    /// The rows with everything joined.
    pub(super) fn finish(mut self) -> Result<Finished<'g>, QueryError> {
        let lookups = Self::looked_up(self.request, std::mem::take(&mut self.lookups));
        let mut last = lookups;
        for term in std::mem::take(&mut self.terms) {
            let name: Arc<str> = format!("{} {}", self.name, term.alias).into();
            let select = self.request.term(&term)?;
            let on = term
                .keys
                .iter()
                .map(|(key, own)| {
                    let there = Expr::Of(Arc::clone(&term.alias), key.as_str().into());
                    Expr::binary(there, Operation::Equal, own.clone())
                })
                .collect();
            if !self.with.iter().any(|(known, _)| *known == name) {
                self.with.push((Arc::clone(&name), select));
            }
            last.push(Join {
                kind: JoinKind::Left,
                right: Relation::named(&name, &term.alias),
                on,
            });
        }
        for side in reduced(
            self.request.graph,
            std::mem::take(&mut self.uses),
            self.name,
        ) {
            self.with.push((side.name, side.select));
            last.push(side.join);
        }
        // These may speak of all the others.
        last.append(&mut self.last);
        let moment = self
            .clock
            .map(|clock| super::keys::bucket(clock.expr, clock.kind, clock.finest).expr);
        let paths = joined(self.request.graph, self.model, &self.paths);
        Ok(Finished {
            with: self.with,
            source: Source::Model {
                model: self.model,
                first: self.first,
                paths,
                last,
                outer: false,
            },
            moment,
            filters: self.filters,
        })
    }
}

/// The joins that paths need, each after the one it starts from. Ways to different tables share
/// the tables they have in common where no key is known to come twice in those: else a row would
/// meet only the pairs that one row in common leads to.
pub(super) fn joined(graph: &Graph, model: &Model, paths: &[PathId]) -> Vec<Step> {
    let mut ends: Vec<PathId> = paths.to_vec();
    ends.sort_unstable();
    ends.dedup();
    let mut steps: Vec<Step> = Vec::new();
    for end in &ends {
        let mut from: Arc<str> = Arc::clone(&model.paths[0].alias);
        for path in way(model, *end) {
            let here = &model.paths[usize::from(path.0)];
            let Some(link) = &here.link else { continue };
            let once = graph.models[here.model].entities[link.entity].checked();
            // The first way through a table takes it, and so does what is asked of the table itself.
            let first = ends
                .iter()
                .find(|other| **other != path && way(model, **other).contains(&path));
            let shared = path == *end || once || first == Some(end);
            let alias = if shared {
                Arc::clone(&here.alias)
            } else {
                let last = &model.paths[usize::from(end.0)].alias;
                format!("{} of {last}", here.alias).into()
            };
            let step = Step {
                path,
                alias: Arc::clone(&alias),
                from: std::mem::replace(&mut from, alias),
            };
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
    }
    steps
}

/// The steps to the end of a path.
fn way(model: &Model, end: PathId) -> Vec<PathId> {
    let mut way = Vec::new();
    let mut at = end;
    while at != PathId::OWN {
        way.push(at);
        let link = model.paths[usize::from(at.0)].link.as_ref();
        at = link.map_or(PathId::OWN, |link| link.from);
    }
    way.reverse();
    way
}
