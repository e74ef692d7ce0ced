//! PostgreSQL in this process, and the lock that keeps a second process off its folder.
//!
//! It serves one connection at a time and starts its backend when that connection is made. What it
//! has acknowledged is in the system's page cache and survives the end of this process, `kill -9`
//! included. It does not wait for the disk: a power cut may lose the last seconds.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use pglite_oxide::PgliteServer;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio::task::spawn_blocking;

use crate::StoreError;
use crate::socket::Socket;

/// Pages kept in memory. The system caches the files, too; the crate's own 128 MB would make this
/// process twice as large and its start slower for nothing.
const SHARED_BUFFERS: &str = "16MB";

/// An embedded database. Dropping it stops it in the background.
#[derive(Debug)]
pub(crate) struct Embedded {
    held: Option<Held>,
    options: PgConnectOptions,
}

impl Embedded {
    /// Locks the folder, making it if need be, and starts the database in it.
    ///
    /// # Errors
    /// [`StoreError::Held`] where another process has it, [`StoreError::Folder`] or
    /// [`StoreError::Full`] where it cannot be written, [`StoreError::Start`] otherwise.
    pub(crate) async fn start(folder: PathBuf) -> Result<Self, StoreError> {
        blocking(&folder.clone(), move || {
            let held = Held::take(folder)?;
            let options = held.options();
            Ok(Self {
                held: Some(held),
                options,
            })
        })
        .await
    }

    /// How to connect: the same for as long as this lives.
    pub(crate) fn options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    /// Starts the database again where it has stopped, as it does when it cannot write its log.
    ///
    /// # Errors
    /// As [`Embedded::start`].
    pub(crate) async fn revive(&mut self) -> Result<(), StoreError> {
        let Some(mut held) = self.held.take() else {
            return Ok(());
        };
        let folder = held.folder.clone();
        let (held, revived) = blocking(&folder, move || {
            let revived = held.revive();
            Ok((held, revived))
        })
        .await?;
        self.held = Some(held);
        revived
    }

    /// What is behind an error of the database: a full disk reaches it as any other failure to
    /// write.
    pub(crate) async fn explain(&self, error: StoreError) -> StoreError {
        let Some(held) = &self.held else { return error };
        let folder = held.folder.clone();
        let full = spawn_blocking(move || is_full(&folder)).await;
        if matches!(full, Ok(true)) {
            StoreError::Full
        } else {
            error
        }
    }

    /// Stops the database and frees the folder. The connection must have been closed.
    pub(crate) async fn stop(mut self) {
        if let Some(held) = self.held.take()
            && let Err(error) = spawn_blocking(move || held.release()).await
        {
            tracing::warn!(%error, "the embedded database did not stop cleanly");
        }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        // Stopping waits for the connection to end, which may need the very thread that drops.
        if let Some(held) = self.held.take() {
            std::thread::spawn(move || held.release());
        }
    }
}

/// Work on files and threads, off the runtime's own.
async fn blocking<T: Send + 'static>(
    folder: &Path,
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(StoreError::Start {
            folder: folder.to_owned(),
            reason: error.to_string(),
        })
    })
}

/// A folder whose lock this process has.
#[derive(Debug)]
struct Held {
    folder: PathBuf,
    server: Option<PgliteServer>,
    socket: Socket,
    lock: File,
}

impl Held {
    fn take(folder: PathBuf) -> Result<Self, StoreError> {
        make(&folder).map_err(|reason| StoreError::folder(&folder, reason))?;
        let lock = lock(&folder)?;
        let socket = Socket::near(&folder).map_err(|reason| StoreError::folder(&folder, reason))?;
        let mut held = Self {
            folder,
            server: None,
            socket,
            lock,
        };
        held.serve()?;
        Ok(held)
    }

    fn serve(&mut self) -> Result<(), StoreError> {
        let builder = PgliteServer::builder()
            .path(self.folder.join("postgres"))
            .postgres_config("shared_buffers", SHARED_BUFFERS);
        let server = self.socket.listen(builder).start().map_err(|error| {
            match error
                .chain()
                .find_map(|cause| cause.downcast_ref::<io::Error>())
            {
                Some(cause) => StoreError::folder(&self.folder, cause.kind().into()),
                None => StoreError::Start {
                    folder: self.folder.clone(),
                    reason: format!("{error:#}"),
                },
            }
        })?;
        self.socket.found(&server);
        self.server = Some(server);
        Ok(())
    }

    fn options(&self) -> PgConnectOptions {
        let options = PgConnectOptions::new_without_pgpass()
            .username("postgres")
            .database("template1")
            .ssl_mode(PgSslMode::Disable);
        self.socket.reach(options)
    }

    fn revive(&mut self) -> Result<(), StoreError> {
        if self.server.is_some() && self.socket.is_served() {
            return Ok(());
        }
        if let Some(stopped) = self.server.take()
            && let Err(error) = stopped.shutdown()
        {
            tracing::warn!(
                error = format!("{error:#}"),
                "the embedded database had stopped"
            );
        }
        self.serve()
    }

    /// The folder is freed last, when nothing runs on it.
    fn release(self) {
        if let Some(Err(error)) = self.server.map(PgliteServer::shutdown) {
            tracing::warn!(
                error = format!("{error:#}"),
                "the embedded database had stopped"
            );
        }
        drop(self.socket);
        drop(self.lock);
    }
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
fn lock(folder: &Path) -> Result<File, StoreError> {
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

/// Whether the folder's disk has no room for what the database writes at a time.
fn is_full(folder: &Path) -> bool {
    /// A segment of the log.
    const AT_A_TIME: usize = 16 << 20;

    let path = folder.join("almanac.room");
    let written = File::create(&path).and_then(|mut file| {
        let page = [1; 1 << 16];
        (0..AT_A_TIME / page.len()).try_for_each(|_| file.write_all(&page))
    });
    // Where it cannot be removed it is overwritten the next time.
    let _removed = std::fs::remove_file(path);
    matches!(
        written.map_err(|error| error.kind()),
        Err(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
    )
}
