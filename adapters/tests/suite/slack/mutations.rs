//! Spoilt requests with a good signature: whatever they say, they are answered, nothing that they
//! leave on the line is more than may be there, and the same request again leaves nothing more.

use super::{NOW, SlackUnderTest};
use crate::mutations::{Dice, command, invariants, payload, plain, seeds, spoilt};

#[tokio::test]
async fn spoilt_requests_are_answered_and_taken_once() {
    let slack = SlackUnderTest::start().await;
    let mut dice = Dice(3);
    for (path, samples) in [
        ("/slack/events", seeds("slack/events", plain)),
        ("/slack/interactive", seeds("slack/interactive", payload)),
        ("/slack/commands", seeds("slack/commands", command)),
    ] {
        let before = slack.line.accepted().len();
        for sample in &samples {
            for bytes in spoilt(sample, &mut dice, 24) {
                let signed = slack.double.sign(bytes, NOW);
                let first = slack.post(path, &signed).await;
                let kept = slack.line.accepted().len();
                let again = slack.post(path, &signed).await;
                let status = first.status.as_u16();
                assert!(matches!(status, 200 | 400 | 413), "{status}");
                assert_eq!(first, again, "{}", sample.name);
                assert_eq!(kept, slack.line.accepted().len(), "{}", sample.name);
            }
        }
        let accepted = slack.line.accepted();
        assert!(accepted.len() > before, "nothing was taken by {path}");
        accepted.iter().skip(before).for_each(invariants::event);
    }
}
