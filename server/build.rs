//! How the program is linked on Linux: addresses to be put right when it starts are packed, which
//! keeps seven megabytes of them out of the file and out of memory. Older systems than glibc 2.36
//! cannot start such a program: built there, it is linked as usual.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let told = |key| std::env::var(key).unwrap_or_default();
    let gnu = told("CARGO_CFG_TARGET_OS") == "linux" && told("CARGO_CFG_TARGET_ENV") == "gnu";
    if gnu && told("HOST") == told("TARGET") && packs() {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Whether this system's C library, "glibc 2.36", knows packed addresses.
fn packs() -> bool {
    let asked = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let version = asked
        .ok()
        .and_then(|told| String::from_utf8(told.stdout).ok());
    let version = version.unwrap_or_default();
    let minor = version
        .trim()
        .rsplit_once("2.")
        .map(|(_, minor)| minor.parse());
    matches!(minor, Some(Ok(36_u32..)))
}
