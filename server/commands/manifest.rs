//! `almanac manifest PLATFORM --origin URL`: what is to be pasted on the platform's own pages. Of
//! the platform's section of the configuration, where there is one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use almanac_adapters::Section;
use anyhow::anyhow;

use super::say::say;
use crate::cli::ManifestArgs;
use crate::config::{Config, FILE};
use crate::{Failure, Status};

pub(super) fn run(args: &ManifestArgs) -> Result<Status, Failure> {
    let found = Some(PathBuf::from(FILE)).filter(|path| path.exists());
    let mut sections = match args.config.clone().or(found) {
        Some(path) => configured(&path)?,
        None => Vec::new(),
    };
    sections.extend(almanac_adapters::unconfigured());
    let named = |section: &&Arc<dyn Section>| section.platform().as_str() == args.platform;
    let Some(section) = sections.iter().find(named) else {
        let mut names: Vec<String> = sections
            .iter()
            .map(|section| section.platform().to_string())
            .collect();
        names.sort();
        names.dedup();
        return Err(Failure::usage(anyhow!(
            "there is no chat platform \"{}\": expected one of {}",
            args.platform,
            names.join(", ")
        )));
    };
    let manifest = section.manifest(args.origin.trim_end_matches('/'));
    say!("{}", manifest.trim_end());
    Ok(Status::Done)
}

fn configured(path: &Path) -> Result<Vec<Arc<dyn Section>>, Failure> {
    Ok(Config::read(path)?.platforms())
}
