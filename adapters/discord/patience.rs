//! Waiting as long as Discord says, where that is not long: for what is half done already, and so
//! cannot be put off and begun again.

use std::time::Duration;

use jiff::SignedDuration;

use super::failure::Failure;

/// How long may still be waited, over all that one task asks for.
pub(super) struct Patience {
    left: SignedDuration,
}

impl Patience {
    /// For that long in all.
    pub(super) const fn of(left: SignedDuration) -> Self {
        Self { left }
    }

    /// Waits out a limit, for the call to be made once more.
    ///
    /// # Errors
    /// Any other failure, and a limit that lasts longer than what is left.
    pub(super) async fn sit_out(&mut self, failure: Failure) -> Result<(), Failure> {
        match failure {
            Failure::Limited { after, .. } if after <= self.left => {
                self.left -= after;
                tokio::time::sleep(Duration::try_from(after).unwrap_or_default()).await;
                Ok(())
            }
            other => Err(other),
        }
    }
}
