//! A platform's name is a constant in its own folder. Everything else knows platforms as values.

use std::fs;
use std::path::{Path, PathBuf};

/// Where a name may be made: a platform's folder, and whatever only tests.
fn may_name(path: &Path, root: &Path) -> bool {
    let parts: Vec<&str> = path
        .strip_prefix(root)
        .unwrap()
        .iter()
        .map(|part| part.to_str().unwrap())
        .collect();
    let in_platform_folder = parts[0] == "adapters" && parts.len() > 2;
    in_platform_folder
        || parts
            .iter()
            .any(|part| matches!(*part, "tests" | "benches" | "examples"))
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with('.') || name == "target" {
            continue;
        }
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|it| it == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn platforms_are_named_in_their_own_folders_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    rust_files(root, &mut files);
    let mut names = Vec::new();
    let mut elsewhere = Vec::new();
    for path in &files {
        let text = fs::read_to_string(path).unwrap();
        for (_, after) in text
            .match_indices("Platform::named(\"")
            .map(|(at, it)| text[at..].split_at(it.len()))
        {
            let name = after.split('"').next().unwrap().to_owned();
            if may_name(path, root) {
                names.push(name);
            } else {
                elsewhere.push((path.clone(), name));
            }
        }
    }
    assert!(
        names.iter().any(|it| it == "web") && names.iter().any(|it| it == "cli"),
        "{names:?}"
    );
    for path in files.iter().filter(|path| !may_name(path, root)) {
        for line in fs::read_to_string(path).unwrap().lines() {
            let about_platforms = line.to_lowercase().contains("platform");
            for name in &names {
                if about_platforms && line.contains(&format!("\"{name}\"")) {
                    elsewhere.push((path.clone(), name.clone()));
                }
            }
        }
    }
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}
