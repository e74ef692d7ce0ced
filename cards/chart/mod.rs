//! Charts, drawn from a specification: never from code. The chat platforms send [`png()`], the web
//! page shows [`svg`]; both are laid out for a phone's width.

mod axis;
mod bar;
mod block;
mod canvas;
mod draw;
mod face;
mod line;
mod picture;
mod raster;
mod scale;
mod sheet;
mod size;
mod text;
mod theme;

pub use draw::svg;
pub use raster::{ChartError, png};
pub use size::Size;
pub use theme::Theme;

use draw::draw;
