//! Waiting for an answer: the courier tells it in this process; the line is asked now and then,
//! for answers that another replica sends and for those that were there before.

use std::time::Duration;

use almanac_agent_contract::{Inbound, LineError, Reply};
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::instrument;

use super::WEB;
use super::adapter::Web;
use super::hub::{Happened, Heard, Listener};

/// How soon the line is asked for the first time.
const FIRST_LOOK: Duration = Duration::from_millis(500);

/// Each look comes twice as late as the one before, up to this: two hundred requests that wait
/// are not to keep the store busy with being asked.
const SLOWEST_LOOK: Duration = Duration::from_secs(4);

/// An accepted event whose answer is waited for.
#[derive(Debug)]
pub(super) struct Waiting {
    listener: Listener,
    installation: String,
    event_id: String,
    /// It was accepted before: its answer may be there already.
    duplicate: bool,
    /// And then it asked something else.
    pub(super) differs: bool,
}

impl Web {
    /// Makes an event durable and listens for its answer from before that moment.
    #[instrument(
        name = "adapters.accept",
        skip_all,
        fields(installation = inbound.installation, event_id = inbound.event_id)
    )]
    pub(super) async fn accept(&self, inbound: Inbound) -> Result<Waiting, LineError> {
        let listener = self.hub.listen(&inbound.space.id);
        let installation = inbound.installation.clone();
        let event_id = inbound.event_id.clone();
        let accepted = self.line.accept(inbound).await?;
        Ok(Waiting {
            listener,
            installation,
            event_id,
            duplicate: accepted.duplicate,
            differs: accepted.differs,
        })
    }

    /// The answer, or `None` where it does not come within `limit` or the web closes.
    #[instrument(name = "adapters.wait", skip_all, fields(event_id = waiting.event_id))]
    pub(super) async fn answer_within(
        &self,
        mut waiting: Waiting,
        limit: Duration,
    ) -> Result<Option<Reply>, LineError> {
        let start = Instant::now();
        let mut pause = FIRST_LOOK;
        let mut look = if waiting.duplicate {
            start
        } else {
            start + pause
        };
        let mut trouble = None;
        let answer = timeout_at(start + limit, async {
            loop {
                tokio::select! {
                    heard = waiting.listener.next() => match heard {
                        Heard::This(Happened::Said(delivery))
                            if delivery.installation == waiting.installation
                                && delivery.event_id.as_ref() == Some(&waiting.event_id) =>
                        {
                            return Ok(Some(delivery.reply.clone()));
                        }
                        Heard::This(_) | Heard::Missed => {}
                        Heard::Closed => return Ok(None),
                    },
                    () = sleep_until(look) => {
                        look = Instant::now() + pause;
                        pause = SLOWEST_LOOK.min(pause * 2);
                        let answer =
                            self.line.answer(&WEB, &waiting.installation, &waiting.event_id).await;
                        match answer {
                            Ok(Some(reply)) => return Ok(Some(reply)),
                            Ok(None) => trouble = None,
                            Err(LineError::Unknown) => return Err(LineError::Unknown),
                            // The event is durable: the store may be back before the limit.
                            Err(error) => trouble = Some(error),
                        }
                    }
                }
            }
        })
        .await;
        match (answer, trouble) {
            (Ok(answer), _) => answer,
            (Err(_), Some(error)) => Err(error),
            (Err(_), None) => Ok(None),
        }
    }
}
