//! All tables of the shop, made and written side by side.

use std::path::Path;
use std::thread;

use jiff::civil::Date;

use crate::DemoError;
use crate::calendar::Calendar;
use crate::catalogue::Catalogue;
use crate::marketing::{self, Campaigns};
use crate::orders::{Book, World};
use crate::rates::Rates;
use crate::subscriptions::{self, Club};
use crate::{items, refunds, sessions};

/// Writes every table into `folder`, which must be empty. `scale` is the share of the full shop's
/// orders, visits and subscriptions to make.
pub(crate) fn write(folder: &Path, until: Date, scale: f64) -> Result<(), DemoError> {
    let calendar = Calendar::until(until)?;
    let world = World {
        catalogue: Catalogue::draw(&calendar),
        campaigns: Campaigns::new(),
        rates: Rates::draw(&calendar),
        calendar,
        scale,
    };
    let book = Book::draw(&world);
    thread::scope(|scope| {
        let sold = scope.spawn(|| items::sheet(&book.items).write(folder));
        let others = scope.spawn(|| small(folder, &world, &book));
        let orders = book.orders_sheet().write(folder);
        orders.and(joined(sold)).and(joined(others))
    })
}

fn small(folder: &Path, world: &World, book: &Book) -> Result<(), DemoError> {
    let club = Club::draw(&world.calendar, &book.customers, world.scale);
    club.snapshots_sheet().write(folder)?;
    club.events_sheet().write(folder)?;
    subscriptions::plans_sheet().write(folder)?;
    sessions::sheet(&sessions::draw(world, book)).write(folder)?;
    refunds::sheet(&refunds::draw(world, book)).write(folder)?;
    book.customers.sheet().write(folder)?;
    world.catalogue.sheet().write(folder)?;
    world.rates.sheet().write(folder)?;
    marketing::campaigns_sheet().write(folder)?;
    let spend = marketing::draw(&world.calendar, world.scale);
    marketing::spend_sheet(&spend).write(folder)
}

fn joined(writer: thread::ScopedJoinHandle<'_, Result<(), DemoError>>) -> Result<(), DemoError> {
    match writer.join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
