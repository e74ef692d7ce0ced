//! `almanac eval`: asks every question of every catalogue in `evals/` and holds the replies to the
//! recorded bar.
//!
//! What people wrote goes through the whole line, as a person's message does; the thousands of
//! variants that rules make of it are read by the model alone.

mod line;
mod reading;
mod recorder;
mod selection;

use std::path::Path;
use std::sync::Arc;

use almanac_evals::{Bar, Case, Dialogue, Kind, Report, Scored, Shown, Suite, load, verified};
use almanac_metrics::Layer;
use almanac_store::Database;
use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use self::line::AskedLine;
use self::reading::Reader;
use self::selection::Selection;
use super::say::say;
use crate::app::open_layer;
use crate::cli::{EvalArgs, Listed, Where};
use crate::{App, Failure, Places, Setup, Status};

/// Catalogues asked at a time: each holds a database and an engine.
const AT_ONCE: usize = 2;

pub(super) async fn run(args: EvalArgs) -> Result<Status, Failure> {
    let selection = Selection::new(&args).map_err(Failure::usage)?;
    let catalogs = args.folder.join("catalogs");
    let suites = load(&catalogs, |name| selection.has_catalog(name)).map_err(Failure::usage)?;
    let bar = Bar::beside(&args.folder).map_err(Failure::usage)?;
    let scratch = tempfile::tempdir()?;
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for suite in suites {
        let setup = settle(&suite, &args, scratch.path())?;
        let (selection, places) = (selection.clone(), places.clone());
        let read_only = args.read_only;
        // A thread of its own: reading is work for a processor.
        running.spawn_blocking(move || {
            Handle::current().block_on(async {
                let _place = places.acquire().await?;
                asked(suite, &setup, &selection, read_only).await
            })
        });
    }
    let mut scored = Vec::new();
    while let Some(asked) = running.join_next().await {
        scored.extend(asked??);
    }
    scored.sort_by(|a, b| a.place().cmp(&b.place()));
    let report = Report::new(scored, bar.filter(|_| selection.is_whole()), shown(&args));
    if args.record {
        report.reached().record(&args.folder)?;
    }
    if args.json {
        say!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        say!("{report}");
    }
    Ok(if report.passes || args.record {
        Status::Done
    } else {
        Status::No
    })
}

/// Asks the chosen questions of one catalogue.
async fn asked(
    mut suite: Suite,
    setup: &Setup,
    selection: &Selection,
    read_only: bool,
) -> Result<Vec<Scored>, Failure> {
    if read_only {
        let reader = Reader::new(open_layer(setup).await?)?;
        suite.cases.extend(owned(&suite, reader.layer()));
        let questions = selection.questions(&suite, reader.layer());
        let read = async |dialogue: Dialogue<'_>| reader.read(dialogue).await;
        let ask = async |_: Kind, dialogue: Dialogue<'_>| reader.read(dialogue).await;
        return almanac_evals::run(&suite, &questions, ask, read).await;
    }
    let app = App::open(setup).await?;
    let reader = Reader::new(app.layer.clone())?;
    suite.cases.extend(owned(&suite, reader.layer()));
    let questions = selection.questions(&suite, reader.layer());
    let line = AskedLine::start(app);
    let read = async |dialogue: Dialogue<'_>| reader.read(dialogue).await;
    let ask = async |kind: Kind, dialogue: Dialogue<'_>| {
        if kind.is_written() {
            line.ask(dialogue).await
        } else {
            reader.read(dialogue).await
        }
    };
    let scored = almanac_evals::run(&suite, &questions, ask, read).await;
    line.stop().await;
    scored
}

/// The cases that the owners of its metrics have verified.
fn owned(suite: &Suite, layer: &Layer) -> Vec<Case> {
    verified(&layer.catalog(), layer.settings(), suite.now)
}

/// The workspace of a catalogue, with state of its own that is gone after the run.
fn settle(suite: &Suite, args: &EvalArgs, scratch: &Path) -> Result<Setup, Failure> {
    // The data must reach the moment that the cases are asked at.
    let latest: Option<Timestamp> = suite.cases.iter().map(|case| case.now).max();
    let own = scratch.join(&suite.name);
    let places = Places::at(Some(&own))?;
    let mut setup = match &suite.config {
        Some(config) => {
            let place = Where {
                config: Some(config.clone()),
                data_dir: Some(own),
            };
            Setup::settle(&place, latest)?
        }
        None => Setup::demo(&Places::at(args.data_dir.as_deref())?, latest)?,
    };
    // Never a database that happens to be in the environment.
    setup.database = Database::Embedded(places.state());
    Ok(setup)
}

fn shown(args: &EvalArgs) -> Shown {
    Shown {
        wrong: matches!(args.show, Some(Listed::Wrong | Listed::All)),
        abstained: matches!(args.show, Some(Listed::Abstained | Listed::All)),
        held_out: args.held_out,
    }
}
