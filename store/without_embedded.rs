//! Stands for the embedded database in a build without it: it can be asked for, and says why it
//! does not start.

use std::path::PathBuf;

use sqlx::postgres::PgConnectOptions;

use crate::StoreError;

/// An embedded database, of which there is none in this build.
#[derive(Debug)]
pub(crate) enum Embedded {}

impl Embedded {
    pub(crate) async fn start(_folder: PathBuf) -> Result<Self, StoreError> {
        Err(StoreError::NoEmbedded)
    }

    pub(crate) fn options(&self) -> PgConnectOptions {
        match *self {}
    }

    pub(crate) async fn revive(&mut self) -> Result<(), StoreError> {
        match *self {}
    }

    pub(crate) async fn explain(&self, _error: StoreError) -> StoreError {
        match *self {}
    }

    pub(crate) async fn stop(self) {
        match self {}
    }
}
