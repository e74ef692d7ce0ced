//! `almanac demo`: everything embedded, the demo shop's data, the web chat on this machine.

use crate::cli::DemoArgs;
use crate::http::HttpSection;
use crate::places::Places;
use crate::{Failure, Setup, Status};

use super::say::say;
use super::service;

pub(super) async fn run(args: DemoArgs) -> Result<Status, Failure> {
    let places = Places::at(args.data_dir.as_deref())?;
    // The port first: nobody should wait for data to hear that the port is taken.
    let http = HttpSection::on_port(args.port);
    let listener = http.bind().await?;
    say!("Preparing the demo shop in {} …", places.demo().display());
    let setup = Setup {
        http,
        ..Setup::demo(&places, args.now)?
    };
    service::run(&setup, listener).await
}
