//! `almanac manifest PLATFORM --origin URL`: what is to be pasted on the platform's own pages.

use anyhow::anyhow;

use super::say::say;
use crate::cli::ManifestArgs;
use crate::{Failure, Status};

pub(super) fn run(args: &ManifestArgs) -> Result<Status, Failure> {
    let origin = args.origin.trim_end_matches('/');
    let mut known = almanac_adapters::MANIFESTS.iter();
    match known.find(|(platform, _)| platform.as_str() == args.platform) {
        Some((_, manifest)) => {
            say!("{}", manifest(origin).trim_end());
            Ok(Status::Done)
        }
        None => {
            let names: Vec<&str> = almanac_adapters::MANIFESTS
                .iter()
                .map(|(platform, _)| platform.as_str())
                .collect();
            Err(Failure::usage(anyhow!(
                "there is no platform \"{}\": expected one of {}",
                args.platform,
                names.join(", ")
            )))
        }
    }
}
