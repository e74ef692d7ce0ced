//! Where the embedded database listens. Nobody but this user can connect to a socket file; where
//! there are none, a port of the loopback address has to do.

use std::io;
#[cfg(not(unix))]
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
#[cfg(unix)]
use std::{os::unix::net::UnixStream, path::PathBuf};

use pglite_oxide::{PgliteServer, PgliteServerBuilder};
use sqlx::postgres::PgConnectOptions;
#[cfg(unix)]
use tempfile::TempDir;

/// A socket file, in the database's folder or, where that path would be too long for one, in a
/// folder of this user's own among the temporary files.
#[cfg(unix)]
#[derive(Debug)]
pub(crate) struct Socket {
    folder: PathBuf,
    _temporary: Option<TempDir>,
}

#[cfg(unix)]
impl Socket {
    /// Bytes of a socket's path on BSD and macOS; Linux has four more.
    const LONGEST: usize = 103;
    const PORT: u16 = 5432;
    /// What a client makes of the folder and the port.
    const NAME: &str = ".s.PGSQL.5432";

    pub(crate) fn near(folder: &Path) -> io::Result<Self> {
        let folder = std::path::absolute(folder)?;
        if folder.join(Self::NAME).as_os_str().len() <= Self::LONGEST {
            return Ok(Self {
                folder,
                _temporary: None,
            });
        }
        let temporary = tempfile::Builder::new().prefix("almanac-").tempdir()?;
        Ok(Self {
            folder: temporary.path().to_owned(),
            _temporary: Some(temporary),
        })
    }

    pub(crate) fn listen(&self, builder: PgliteServerBuilder) -> PgliteServerBuilder {
        builder.unix(self.folder.join(Self::NAME))
    }

    /// The file's place was known before.
    pub(crate) fn found(&mut self, _server: &PgliteServer) {}

    pub(crate) fn reach(&self, options: PgConnectOptions) -> PgConnectOptions {
        options.socket(&self.folder).port(Self::PORT)
    }

    /// Whether anybody listens. The listener takes the visit for a client that left at once.
    pub(crate) fn is_served(&self) -> bool {
        UnixStream::connect(self.folder.join(Self::NAME)).is_ok()
    }
}

/// A port of the loopback address, chosen by the system the first time.
#[cfg(not(unix))]
#[derive(Debug)]
pub(crate) struct Socket {
    address: SocketAddr,
}

#[cfg(not(unix))]
impl Socket {
    pub(crate) fn near(_folder: &Path) -> io::Result<Self> {
        Ok(Self {
            address: (Ipv4Addr::LOCALHOST, 0).into(),
        })
    }

    pub(crate) fn listen(&self, builder: PgliteServerBuilder) -> PgliteServerBuilder {
        builder.tcp(self.address)
    }

    /// Keeps the port that was chosen.
    pub(crate) fn found(&mut self, server: &PgliteServer) {
        if let Some(address) = server.tcp_addr() {
            self.address = address;
        }
    }

    pub(crate) fn reach(&self, options: PgConnectOptions) -> PgConnectOptions {
        options
            .host(&self.address.ip().to_string())
            .port(self.address.port())
    }

    /// Whether anybody listens. The listener takes the visit for a client that left at once.
    pub(crate) fn is_served(&self) -> bool {
        TcpStream::connect(self.address).is_ok()
    }
}
