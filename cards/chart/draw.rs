//! One chart from top to bottom: title, legend, plot.

use almanac_agent_contract::{ChartKind, ChartSpec};

use super::block::Blocks;
use super::picture::Picture;
use super::sheet::Sheet;
use super::text::Fonts;
use super::{Size, Theme, bar, line};

/// The chart as an SVG document of `size.width` by `size.height` pixels, for pages: letters that
/// the embedded fonts lack, such as emoji, are left to the reader's browser.
///
/// Never fails: without values it says so in the specification's language.
#[must_use]
pub fn svg(spec: &ChartSpec, size: Size, theme: Theme) -> String {
    draw(spec, size, theme, Fonts::Readers)
}

/// The same, for whoever has these fonts.
pub(super) fn draw(spec: &ChartSpec, size: Size, theme: Theme, fonts: Fonts) -> String {
    let picture = Picture::new(spec, fonts);
    let mut sheet = Sheet::new(size, theme, &spec.alt);
    sheet.title(&picture.title);
    if picture.is_empty() {
        sheet.no_data(picture.writer.words().no_data);
        return sheet.canvas.finish();
    }
    sheet.legend(&picture);
    sheet.unit(&picture);
    match picture.kind {
        ChartKind::Line => line::draw(&mut sheet, &picture),
        ChartKind::Bar => {
            let blocks = Blocks::grouped(&picture, sheet.colours);
            bar::draw(&mut sheet, &picture, blocks);
        }
        ChartKind::StackedBar => {
            let blocks = Blocks::stacked(&picture, sheet.colours);
            bar::draw(&mut sheet, &picture, blocks);
        }
    }
    sheet.canvas.finish()
}
