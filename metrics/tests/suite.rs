//! The metric layer over real files: definitions and data are written into a folder by each test,
//! and every expected number was worked out by hand.

#[path = "suite/shop.rs"]
mod shop;

#[path = "suite/basics.rs"]
mod basics;
