//! `almanac ask "how was revenue last week?"`

use almanac_adapters::cli::render;
use almanac_agent_contract::{AskAnswer, Outcome, Reply};

use super::say::say;
use crate::asking::Question;
use crate::cli::AskArgs;
use crate::{App, Asker, Failure, Setup, Status};

pub(super) async fn run(args: &AskArgs) -> Result<Status, Failure> {
    let setup = Setup::settle(&args.place, args.now)?;
    let asker = Asker::start(App::open(&setup).await?);
    let question = Question {
        text: args.question.as_deref().unwrap_or_default(),
        person: args.person.as_deref(),
        conversation: args.conversation.as_deref(),
        now: None,
    };
    let reply = asker.ask(question).await?;
    if args.json {
        say!("{}", serde_json::to_string(&AskAnswer::from(&reply))?);
    } else {
        say!("{}", render(&reply));
    }
    asker.stop().await;
    Ok(status(&reply))
}

/// A refusal and an error are a no.
pub(super) const fn status(reply: &Reply) -> Status {
    match reply.outcome {
        Outcome::Answer | Outcome::Clarify => Status::Done,
        Outcome::Refuse | Outcome::Error => Status::No,
    }
}
