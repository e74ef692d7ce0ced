//! PostgreSQL in this process, and the lock that keeps a second process off its folder.
//!
//! It serves one connection at a time and starts its backend when that connection is made. What it
//! has acknowledged is in the system's page cache and survives the end of this process, `kill -9`
//! included. It does not wait for the disk: a power cut may lose the last seconds.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use pglite_oxide::{PgliteServer, PgliteServerBuilder};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tempfile::TempDir;
use tokio::task::spawn_blocking;

use crate::StoreError;

/// Pages kept in memory. The system caches the files, too; the crate's own 128 MB would make this
/// process twice as large and its start slower for nothing.
const SHARED_BUFFERS: &str = "16MB";

/// A running embedded database. Dropping it stops it in the background.
#[derive(Debug)]
pub(crate) struct Embedded {
    running: Option<Running>,
    options: PgConnectOptions,
}

impl Embedded {
    /// Locks the folder, making it if need be, and starts the database in it.
    ///
    /// # Errors
    /// [`StoreError::Held`] where another process has it, [`StoreError::Folder`] or
    /// [`StoreError::Full`] where it cannot be written, [`StoreError::Start`] otherwise.
    pub(crate) async fn start(folder: PathBuf) -> Result<Self, StoreError> {
        let at = folder.clone();
        spawn_blocking(move || start(&folder))
            .await
            .map_err(|error| StoreError::Start {
                folder: at,
                reason: error.to_string(),
            })?
    }

    /// How to connect.
    pub(crate) fn options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    /// Stops the database and frees the folder. The connection must have been closed.
    pub(crate) async fn stop(mut self) {
        if let Some(running) = self.running.take()
            && let Err(error) = spawn_blocking(move || running.stop()).await
        {
            tracing::warn!(%error, "the embedded database did not stop cleanly");
        }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        // Stopping waits for the connection to end, which may need the very thread that drops.
        if let Some(running) = self.running.take() {
            std::thread::spawn(move || running.stop());
        }
    }
}

#[derive(Debug)]
struct Running {
    server: PgliteServer,
    socket: Option<TempDir>,
    lock: File,
}

impl Running {
    /// The folder is freed last, when nothing runs on it.
    fn stop(self) {
        if let Err(error) = self.server.shutdown() {
            tracing::warn!(%error, "the embedded database did not stop cleanly");
        }
        drop(self.socket);
        drop(self.lock);
    }
}

fn start(folder: &Path) -> Result<Embedded, StoreError> {
    make(folder).map_err(|reason| StoreError::folder(folder, reason))?;
    let lock = hold(folder)?;
    let builder = PgliteServer::builder()
        .path(folder.join("postgres"))
        .postgres_config("shared_buffers", SHARED_BUFFERS);
    let (builder, socket) =
        listen(builder, folder).map_err(|reason| StoreError::folder(folder, reason))?;
    let server = builder.start().map_err(|error| {
        match error
            .chain()
            .find_map(|cause| cause.downcast_ref::<io::Error>())
        {
            Some(cause) => StoreError::folder(folder, cause.kind().into()),
            None => StoreError::Start {
                folder: folder.to_owned(),
                reason: format!("{error:#}"),
            },
        }
    })?;
    let options = connect_options(&server);
    Ok(Embedded {
        running: Some(Running {
            server,
            socket,
            lock,
        }),
        options,
    })
}

/// Makes the folder, readable by this user alone.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Takes the folder's lock and writes this process's number into it. The system gives the lock
/// back when the process ends, however it ends.
fn hold(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join("almanac.lock");
    let failed = |reason| StoreError::folder(folder, reason);
    let mut lock = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Where a lock also forbids reading, the holder stays unnamed.
            let pid = lock
                .read_to_string(&mut holder)
                .ok()
                .and_then(|_| holder.trim().parse().ok());
            return Err(StoreError::Held {
                folder: folder.to_owned(),
                pid,
            });
        }
        Err(TryLockError::Error(reason)) => return Err(failed(reason)),
    }
    lock.set_len(0)
        .and_then(|()| writeln!(lock, "{}", std::process::id()))
        .map_err(failed)?;
    Ok(lock)
}

/// Listens on a socket file in the folder or, where its path would be too long for one, in a
/// folder of this user's own among the temporary files.
#[cfg(unix)]
fn listen(
    builder: PgliteServerBuilder,
    folder: &Path,
) -> io::Result<(PgliteServerBuilder, Option<TempDir>)> {
    /// Bytes of a socket's path, the closing NUL not counted; 104 with it on BSD and macOS.
    const LONGEST: usize = 103;
    /// The name a client derives from the folder and the port.
    const NAME: &str = ".s.PGSQL.5432";

    let path = std::path::absolute(folder)?.join(NAME);
    if path.as_os_str().len() <= LONGEST {
        return Ok((builder.unix(path), None));
    }
    let short = tempfile::Builder::new().prefix("almanac-").tempdir()?;
    Ok((builder.unix(short.path().join(NAME)), Some(short)))
}

/// Listens on a free port of the loopback address.
#[cfg(not(unix))]
fn listen(
    builder: PgliteServerBuilder,
    _folder: &Path,
) -> io::Result<(PgliteServerBuilder, Option<TempDir>)> {
    Ok((
        builder.tcp(std::net::SocketAddr::from(([127, 0, 0, 1], 0))),
        None,
    ))
}

fn connect_options(server: &PgliteServer) -> PgConnectOptions {
    let options = PgConnectOptions::new_without_pgpass()
        .username("postgres")
        .database("template1")
        .ssl_mode(PgSslMode::Disable);
    #[cfg(unix)]
    if let Some(folder) = server.socket_path().and_then(Path::parent) {
        return options.socket(folder).port(5432);
    }
    match server.tcp_addr() {
        Some(address) => options.host(&address.ip().to_string()).port(address.port()),
        None => options,
    }
}
