//! The rules of the tree that code review would otherwise have to remember.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Every `.rs` file of the tree, relative to its root.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && !name.starts_with('.') {
                folders.push(path);
            } else if name.ends_with(".rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    assert!(found.len() > 100, "the tree was not found");
    found
}

#[test]
fn a_file_stays_small() {
    let long: Vec<_> = sources()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > 600)
        .map(|(path, _)| path)
        .collect();
    assert!(long.is_empty(), "past 600 lines, to be split: {long:?}");
}

#[test]
fn sql_for_our_own_tables_stays_in_the_store() {
    let pattern = concat!("sqlx", "::");
    // They speak to databases of customers, or to one of their own, and never to ours.
    let others = [
        "metrics/engine/postgres",
        "metrics/conformance/postgres.rs",
        "metrics/tests/",
    ];
    let strangers: Vec<_> = sources()
        .into_iter()
        .filter(|(path, text)| !path.starts_with("store") && text.contains(pattern))
        .filter(|(path, _)| {
            let path = path.to_string_lossy();
            !others.iter().any(|other| path.starts_with(other))
        })
        .map(|(path, _)| path)
        .collect();
    assert!(strangers.is_empty(), "put SQL into store/: {strangers:?}");
}

#[test]
fn a_file_says_what_it_does_by_its_name() {
    let vague = ["utils", "util", "common", "helpers", "helper", "misc"];
    let named: Vec<_> = sources()
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| vague.contains(&&*path.file_stem().unwrap().to_string_lossy()))
        .collect();
    assert!(named.is_empty(), "{named:?}");
}

#[test]
fn every_module_opens_with_who_uses_it() {
    let silent: Vec<_> = sources()
        .into_iter()
        .filter(|(path, text)| !is_test(path) && !text.trim_start().starts_with("//!"))
        .map(|(path, _)| path)
        .collect();
    assert!(silent.is_empty(), "no header: {silent:?}");
}

#[test]
fn dependencies_point_one_way() {
    // Who may know whom, as docs and README draw it; tests may know more.
    let allowed: &[(&str, &[&str])] = &[
        ("agent/contract", &[]),
        ("migrations", &[]),
        ("analysis", &[]),
        ("prompts", &["agent/contract"]),
        ("agent/models", &["agent/contract"]),
        ("cards", &["agent/contract"]),
        ("metrics", &["agent/contract"]),
        ("demo", &["agent/contract"]),
        ("adapters", &["agent/contract", "cards"]),
        ("adapters/doubles", &[]),
        ("store", &["agent/contract", "migrations"]),
        ("memory", &["agent/contract", "store"]),
        ("agent/interpreter", &["agent/contract", "metrics"]),
        (
            "tools",
            &[
                "agent/contract",
                "metrics",
                "analysis",
                "cards",
                "memory",
                "store",
            ],
        ),
        ("agent/turn", &["agent/contract", "prompts", "memory"]),
        ("evals", &["agent/contract", "metrics"]),
    ];
    let workspace = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for member in workspace.lines().filter_map(|line| {
        line.trim()
            .strip_prefix('"')
            .and_then(|l| l.strip_suffix("\","))
    }) {
        let listed = member == "server" || allowed.iter().any(|(folder, _)| *folder == member);
        assert!(listed, "say above what {member} may depend on");
    }
    for (folder, known) in allowed {
        let text = std::fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
        let own = text.split("[dependencies]").nth(1).unwrap_or_default();
        let own = own.split("\n[").next().unwrap_or_default();
        for line in own.lines().filter(|line| line.starts_with("almanac-")) {
            let name = line
                .trim_start_matches("almanac-")
                .split(['.', ' '])
                .next()
                .unwrap();
            let folder_of = name
                .strip_prefix("agent-")
                .map_or(name.to_owned(), |n| format!("agent/{n}"));
            assert!(
                known.contains(&folder_of.as_str()),
                "{folder} must not depend on {folder_of}"
            );
        }
    }
}

fn is_test(path: &Path) -> bool {
    path.components()
        .any(|part| part.as_os_str() == "tests" || part.as_os_str() == "benches")
}
