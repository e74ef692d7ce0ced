//! Drawing is work for a processor: beside the threads that serve platforms, and as much at a time
//! as there are processors. More would not be done sooner, but would keep whoever waits for an
//! acknowledgement waiting, and each picture holds its pixels.

use std::sync::LazyLock;
use std::thread::available_parallelism;

use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};

static DESKS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, usize::from)));

/// Does what draws, when it is its turn.
///
/// # Errors
/// Where it panics.
pub(crate) async fn drawn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JoinError> {
    let _desk = DESKS.acquire().await;
    spawn_blocking(work).await
}
