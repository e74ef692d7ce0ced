//! `almanac eval`: asks every case through the whole line and grades the replies.

use almanac_evals::{Ask, Bar, load};

use super::say::say;
use crate::asking::Question;
use crate::cli::EvalArgs;
use crate::{App, Asker, Failure, Setup, Status};

pub(super) async fn run(args: EvalArgs) -> Result<Status, Failure> {
    let cases = load(&args.folder).map_err(Failure::usage)?;
    let bar = Bar::beside(&args.folder).map_err(Failure::usage)?;
    // The data must reach the moment that the cases are asked at.
    let latest = cases.iter().map(|case| case.now).max();
    let setup = Setup::settle(&args.place, latest)?;
    let asker = Asker::start(App::open(&setup).await?);
    // Conversations of an earlier run must not be gone on with.
    let run = uuid::Uuid::now_v7();
    let report = almanac_evals::run(&cases, bar, async |ask: Ask<'_>| {
        let conversation = format!("{run}/{}", ask.conversation);
        let question = Question {
            text: ask.question,
            conversation: Some(&conversation),
            now: Some(ask.now),
            person: None,
        };
        asker.ask(question).await
    })
    .await?;
    asker.stop().await;
    if args.json {
        say!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        say!("{report}");
    }
    Ok(if report.passes() {
        Status::Done
    } else {
        Status::No
    })
}
