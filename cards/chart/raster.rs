//! A chart as a picture, for the platforms that show images: drawn as SVG, then rastered with the
//! embedded fonts.

use almanac_agent_contract::ChartSpec;
use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};
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
    Encoding(#[from] EncodingError),
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
    Ok(encode(&pixels)?)
}

/// A chart is opaque and mostly flat: three bytes a pixel, unfiltered so that equal rows stay equal,
/// lightly compressed. That is faster than what resvg does by itself, and the file is smaller.
fn encode(pixels: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let colours: Vec<u8> = pixels
        .pixels()
        .iter()
        .flat_map(|p| [p.red(), p.green(), p.blue()])
        .collect();
    let mut file = Vec::with_capacity(64 * 1024);
    let mut encoder = Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&colours)?;
    writer.finish()?;
    Ok(file)
}
