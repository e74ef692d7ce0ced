//! A small demo shop in a folder of the build's own, made once and shared by all tests.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use almanac_agent_contract::FixedClock;
use almanac_demo::{Shop, Size};
use almanac_server::{Places, Setup};
use jiff::Timestamp;

use crate::town::Ground;

/// The moment that tests ask at: a Friday noon in São Paulo.
pub(crate) const NOW: &str = "2026-11-20T15:00:00Z";

/// The shop as of [`NOW`].
pub(crate) fn shop() -> &'static Shop {
    static SHOP: OnceLock<Shop> = OnceLock::new();
    SHOP.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shop");
        almanac_demo::ensure_sized(&folder, "2026-11-19".parse().unwrap(), Size::Small).unwrap()
    })
}

/// The shop, for a town to ask about.
pub(crate) fn ground() -> Ground {
    let shop = shop();
    Ground {
        definitions: shop.definitions.clone(),
        data: shop.data.clone(),
    }
}

/// A setup over the shop, with state in `data`.
pub(crate) fn setup(data: &Path) -> Setup {
    let now: Timestamp = NOW.parse().unwrap();
    let places = Places::at(Some(data)).unwrap();
    Setup::of_shop(shop().clone(), &places, Arc::new(FixedClock(now)))
}

/// Writes a configuration over the shop into `folder`.
pub(crate) fn configuration(folder: &Path, port: u16) -> PathBuf {
    let path = folder.join("almanac.toml");
    let shop = shop();
    let text = format!(
        "[workspace]\nname = \"Lumen\"\nzone = \"America/Sao_Paulo\"\n\
         [metrics]\ndefinitions = [{:?}]\n\
         [source]\nkind = \"files\"\npath = {:?}\n\
         [http]\nlisten = \"127.0.0.1:{port}\"\n",
        shop.definitions, shop.data
    );
    std::fs::write(&path, text).unwrap();
    path
}
