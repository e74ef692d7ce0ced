//! A chart as a picture, for the platforms that show images: drawn as SVG, then rastered with the
//! embedded fonts.

use almanac_agent_contract::ChartSpec;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::text::Fonts;
use super::{Size, Theme, draw, face};

/// Why a chart has no picture. The operator hears it; the reader gets the card without one.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The size is beyond what is drawn.
    #[error("a chart of {0} x {1} pixels cannot be drawn")]
    Size(u32, u32),
    /// The drawing is not valid SVG: a defect.
    #[error("the drawing cannot be read back: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// The picture could not be written as PNG.
    #[error("the picture cannot be encoded: {0}")]
    Encoding(String),
}

/// The chart as PNG, `size.width * size.scale` pixels wide.
///
/// # Errors
/// Where the picture would be larger than can be held, and for defects of the drawing.
pub fn png(spec: &ChartSpec, size: Size, theme: Theme) -> Result<Vec<u8>, ChartError> {
    let drawing = draw(spec, size, theme, Fonts::Embedded);
    let options = Options {
        fontdb: face::database(),
        ..Options::default()
    };
    let tree = Tree::from_str(&drawing, &options)?;
    let (width, height) = size.raster();
    let mut pixels = Pixmap::new(width, height).ok_or(ChartError::Size(width, height))?;
    let scale = size.zoom();
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|error| ChartError::Encoding(error.to_string()))
}
