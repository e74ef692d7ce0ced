//! How the service keeps the memory it does not need from staying its own.
//!
//! Answers and pictures are made in buffers of up to some megabytes, on many threads. glibc begins
//! by giving such buffers back when they are freed; but with each that it gives back it takes larger
//! ones for worth keeping, per thread, until tens of megabytes are kept for nothing. It leaves its
//! threshold alone where it was told one, which it reads from the environment when a program
//! begins. So the service begins again, once, with it told.

/// glibc's own threshold to begin with, in bytes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const THRESHOLD: (&str, &str) = ("MALLOC_MMAP_THRESHOLD_", "131072");

/// Returns where there is nothing to tell, or it cannot be told.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn begin_again() {
    use std::os::unix::process::CommandExt as _;

    let (name, value) = THRESHOLD;
    if std::env::var_os(name).is_some() {
        return;
    }
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut words = std::env::args_os();
    let mut again = std::process::Command::new(program);
    if let Some(called) = words.next() {
        again.arg0(called);
    }
    // Returns only where it fails: the service is as good then, and larger.
    let _ = again.args(words).env(name, value).exec();
}

/// Nothing is to be told to other allocators.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn begin_again() {}
