//! The places at which tests end the process, as `kill -9` would: `FAILPOINTS="courier.sent=return"`
//! in the environment of a build for tests. In any other build there are none.

/// Ends the process here, where the environment says so.
pub(crate) fn may_die(point: &str) {
    fail::fail_point!(point, |_| std::process::abort());
    // Not read where there are no such places.
    let _ = point;
}
