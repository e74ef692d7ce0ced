//! The shop's metric definitions, carried in the program and laid beside the data, where a person
//! can read them and learn how to write their own.

use std::path::Path;
use std::{fs, io};

static FILES: [(&str, &str); 10] = [
    ("across.yml", include_str!("definitions/across.yml")),
    ("customers.yml", include_str!("definitions/customers.yml")),
    ("fx_rates.yml", include_str!("definitions/fx_rates.yml")),
    ("marketing.yml", include_str!("definitions/marketing.yml")),
    (
        "order_items.yml",
        include_str!("definitions/order_items.yml"),
    ),
    ("orders.yml", include_str!("definitions/orders.yml")),
    ("products.yml", include_str!("definitions/products.yml")),
    ("refunds.yml", include_str!("definitions/refunds.yml")),
    ("sessions.yml", include_str!("definitions/sessions.yml")),
    (
        "subscriptions.yml",
        include_str!("definitions/subscriptions.yml"),
    ),
];

/// Whether every file is there and as it should be.
pub(crate) fn are_laid_out(folder: &Path) -> bool {
    FILES
        .iter()
        .all(|(name, text)| is_there(folder, name, text))
}

/// Writes the files that are missing or differ. Each appears whole or not at all.
pub(crate) fn lay_out(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, text) in FILES
        .iter()
        .filter(|(name, text)| !is_there(folder, name, text))
    {
        let partial = folder.join(format!(".{name}"));
        if let Err(error) =
            fs::write(&partial, text).and_then(|()| fs::rename(&partial, folder.join(name)))
        {
            // The first error is the one that matters.
            drop(fs::remove_file(&partial));
            return Err(error);
        }
    }
    Ok(())
}

fn is_there(folder: &Path, name: &str, text: &str) -> bool {
    fs::read(folder.join(name)).is_ok_and(|bytes| bytes == text.as_bytes())
}
