//! Printing to standard output, which may be a pipe that nobody reads any more
//! (`almanac metrics list | head -1`): then the command is done, and no panic.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};

/// Prints a line, or ends the process where nobody reads.
pub(super) fn line(text: Arguments<'_>) {
    let mut out = std::io::stdout().lock();
    let written = out.write_fmt(text).and_then(|()| out.write_all(b"\n"));
    match written {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => tracing::error!(%error, "standard output does not take what is printed"),
    }
}

/// `println!` for commands.
macro_rules! say {
    ($($text:tt)*) => {
        $crate::commands::say::line(format_args!($($text)*))
    };
}
pub(super) use say;
