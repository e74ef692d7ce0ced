//! `almanac chat`: a question a line, until the end of input.

use std::io::{IsTerminal, Write};

use almanac_adapters::cli::render;
use tokio::io::{AsyncBufReadExt, BufReader};
use uuid::Uuid;

use super::say::say;
use crate::asking::Question;
use crate::cli::ChatArgs;
use crate::{App, Asker, Failure, Setup, Status};

pub(super) async fn run(args: ChatArgs) -> Result<Status, Failure> {
    let setup = Setup::settle(&args.place, args.now)?;
    let asker = Asker::start(App::open(&setup).await?);
    let conversation = args
        .conversation
        .unwrap_or_else(|| Uuid::now_v7().to_string());
    let watched = std::io::stdin().is_terminal();
    if watched {
        say!("Ask about {}. Ctrl-D ends.", setup.settings.name);
    }
    let mut lines = BufReader::new(tokio::io::stdin()).split(b'\n');
    loop {
        if watched {
            print!("\n> ");
            std::io::stdout().flush()?;
        }
        let Some(line) = lines.next_segment().await? else {
            break;
        };
        let line = String::from_utf8_lossy(&line);
        if line.trim().is_empty() {
            continue;
        }
        let question = Question {
            text: &line,
            person: args.person.as_deref(),
            conversation: Some(&conversation),
            now: None,
        };
        say!("{}", render(&asker.ask(question).await?));
    }
    asker.stop().await;
    Ok(Status::Done)
}
