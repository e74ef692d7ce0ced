//! What holds for one kind of database only.

use std::fs;
use std::path::{Path, PathBuf};

use almanac_store::{Database, Store, StoreError};
use uuid::Uuid;

use crate::place::{Place, run, server};
use crate::say::{LEASE, accept, claim, words, workspace};

#[test]
fn a_folder_is_held_by_one_store() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Embedded(folder);
        let store = place.open().await;
        let error = Store::open(place.database()).await.unwrap_err();
        let us = std::process::id();
        assert!(
            matches!(error, StoreError::Held { pid: Some(pid), .. } if pid == us),
            "{error}"
        );

        // One that was dropped gives the folder back too, a moment later.
        drop(store);
        let mut opened = Store::open(place.database()).await;
        while let Err(StoreError::Held { .. }) = opened {
            tokio::task::yield_now().await;
            opened = Store::open(place.database()).await;
        }
        opened.unwrap().close().await;
    });
}

#[test]
fn rows_outlive_the_store_and_leases_do_not() {
    run(async {
        let place = Place::Embedded(tempfile::tempdir().unwrap());
        let store = place.open().await;
        accept(&store, &words("a", "a1")).await;
        let event = claim(&store, LEASE).await.remove(0);
        let workspace = workspace(&store).await;
        let first = store.hold_lease(workspace, "poll", "first", LEASE).await;
        assert!(first.unwrap());
        store.close().await;

        let store = place.open().await;
        let second = store.hold_lease(workspace, "poll", "second", LEASE).await;
        assert!(second.unwrap());
        let again = claim(&store, LEASE).await.remove(0);
        assert_eq!(again.inbox, event.inbox);
        assert_eq!((again.epoch, again.attempts), (2, 2));
        assert!(claim(&store, LEASE).await.is_empty());
        store.close().await;
    });
}

#[test]
fn a_folder_may_lie_deep() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder
            .path()
            .join("a folder with a name".repeat(5))
            .join("naïve ☂".repeat(5));
        let store = Store::open(Database::Embedded(deep)).await.unwrap();
        accept(&store, &words("a", "a1")).await;
        store.close().await;
    });
}

#[test]
fn what_is_no_folder_is_said_plainly() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        for place in [file.clone(), file.join("below")] {
            let error = Store::open(Database::Embedded(place.clone()))
                .await
                .unwrap_err();
            assert!(matches!(error, StoreError::Folder { .. }), "{error:?}");
            let sentence = error.to_string();
            assert!(
                sentence.contains(&place.display().to_string()),
                "{sentence}"
            );
        }
    });
}

#[cfg(unix)]
#[test]
fn others_cannot_read_the_folder() {
    use std::os::unix::fs::PermissionsExt as _;

    run(async {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let store = Store::open(Database::Embedded(state.clone()))
            .await
            .unwrap();
        assert_eq!(fs::metadata(state).unwrap().permissions().mode() & 0o077, 0);
        store.close().await;
    });
}

#[test]
fn a_bad_address_is_said_without_its_password() {
    run(async {
        let error = Store::open(Database::Server("postgres//:hunter2@".into()))
            .await
            .unwrap_err();
        assert!(matches!(error, StoreError::Address), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    });
}

/// As when a disk is full for a while: the database stops in the middle, and goes on when it can.
#[test]
fn storage_that_fails_and_comes_back() {
    run(async {
        let place = Place::Embedded(tempfile::tempdir().unwrap());
        let store = place.open().await;
        let workspace = workspace(&store).await;
        let Place::Embedded(folder) = &place else {
            unreachable!()
        };
        let log = find(folder.path(), "pg_wal").unwrap();
        let away = log.with_file_name("away");
        fs::rename(&log, &away).unwrap();
        fs::write(&log, "in the way").unwrap();

        // The log's file is open: it takes what fits it, and the next cannot be made.
        let (mut accepted, mut failed) = (Vec::new(), 0);
        for number in 0..2_000 {
            let mut inbound = words(&format!("s{number}"), &format!("event {number}"));
            inbound.sender.name = Some(noise(number));
            match store.accept(workspace, &inbound).await {
                Ok(_) => accepted.push(inbound),
                Err(error) => {
                    assert!(error.is_passing() || failed > 0, "{error:?}");
                    failed += 1;
                }
            }
            if failed == 3 {
                break;
            }
        }
        assert_eq!(failed, 3);

        fs::remove_file(&log).unwrap();
        fs::rename(&away, &log).unwrap();
        for inbound in &accepted {
            assert!(store.accept(workspace, inbound).await.unwrap().duplicate);
        }
        assert!(
            !store
                .accept(workspace, &words("a", "after"))
                .await
                .unwrap()
                .duplicate
        );
        store.close().await;
    });
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_name() == name {
            return Some(entry.path());
        }
        if entry.file_type().unwrap().is_dir()
            && let Some(found) = find(&entry.path(), name)
        {
            return Some(found);
        }
    }
    None
}

/// Text that does not compress.
fn noise(seed: usize) -> String {
    (0..1_000)
        .map(|part| {
            Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{seed} {part}").as_bytes()).to_string()
        })
        .collect()
}

#[test]
fn replicas_may_start_at_once() {
    server(async |place: &Place| {
        let stores = tokio::join!(place.open(), place.open(), place.open());
        for store in [stores.0, stores.1, stores.2] {
            store.close().await;
        }
    });
}
