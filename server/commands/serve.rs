//! `almanac serve`: the service of a configuration.

use crate::cli::Where;
use crate::{Failure, Setup, Status};

use super::service;

pub(super) async fn run(place: Where) -> Result<Status, Failure> {
    let setup = Setup::settle(&place, None)?;
    let listener = setup.http.bind().await?;
    service::run(&setup, listener).await
}
