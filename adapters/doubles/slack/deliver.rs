//! Requests to a running service, signed now, with the retries that Slack makes.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::double::SlackDouble;
use super::payload::Signed;

impl SlackDouble {
    /// From now on requests are signed at this time, in seconds since 1970: for a service whose clock
    /// stands still.
    pub fn set_time(&self, at: i64) {
        self.state.with(|kept| kept.time = Some(at));
    }

    /// Signs a body as Slack does, at this moment.
    #[must_use]
    pub fn sign_now(&self, body: Vec<u8>) -> Signed {
        let at = self.state.with(|kept| kept.time).unwrap_or_else(machine);
        self.sign(body, at)
    }

    /// Posts a body, signed now, to a service at `origin` ("http://127.0.0.1:8080") under a path
    /// ("/slack/events"). `None` where there was no answer within Slack's three seconds.
    pub async fn deliver(
        &self,
        origin: &str,
        path: &str,
        body: Vec<u8>,
        retry: Option<u32>,
    ) -> Option<u16> {
        let mut signed = self.sign_now(body);
        signed.retry = retry;
        let mut request = self
            .client
            .post(format!("{origin}{path}"))
            .timeout(Duration::from_secs(3));
        for (name, value) in signed.heads() {
            request = request.header(name, value);
        }
        let request = request.body(signed.body).build().unwrap();
        let answer = self.client.execute(request).await.ok()?;
        Some(answer.status().as_u16())
    }

    /// The same, told again after each of the waits for as long as the answer is none or no 2xx.
    /// Slack waits not at all, a minute and five minutes. Whether it was taken at last.
    pub async fn insist(
        &self,
        origin: &str,
        path: &str,
        body: Vec<u8>,
        waits: &[Duration],
    ) -> bool {
        let mut waits = waits.iter();
        let mut retry = 0;
        loop {
            let number = (retry > 0).then_some(retry);
            let status = self.deliver(origin, path, body.clone(), number).await;
            if matches!(status, Some(200..=299)) {
                return true;
            }
            let Some(wait) = waits.next() else {
                return false;
            };
            tokio::time::sleep(*wait).await;
            retry += 1;
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a running service has the machine's clock"
)]
fn machine() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_secs()).unwrap()
}
