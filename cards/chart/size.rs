//! How large a chart is.

/// A chart's width and height in CSS pixels, and how many pixels of a picture each is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// CSS pixels; drawn at least 160 and at most 4096 wide.
    pub width: u32,
    /// CSS pixels; drawn at least 120 and at most 4096 high.
    pub height: u32,
    /// Picture pixels a CSS pixel, 0.5 to 4.
    pub scale: f32,
}

impl Default for Size {
    /// Legible across a phone: 720 by 400, at twice the pixels.
    fn default() -> Self {
        Self {
            width: 720,
            height: 400,
            scale: 2.0,
        }
    }
}

impl Size {
    /// Width and height as drawn.
    #[expect(clippy::cast_precision_loss, reason = "at most 4096")]
    pub(super) fn pixels(self) -> (f32, f32) {
        (
            self.width.clamp(160, 4096) as f32,
            self.height.clamp(120, 4096) as f32,
        )
    }

    /// The scale as drawn.
    pub(super) fn zoom(self) -> f32 {
        if self.scale.is_finite() {
            self.scale.clamp(0.5, 4.0)
        } else {
            2.0
        }
    }

    /// Width and height of the picture.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped"
    )]
    pub(super) fn raster(self) -> (u32, u32) {
        let (width, height) = self.pixels();
        (
            (width * self.zoom()).round() as u32,
            (height * self.zoom()).round() as u32,
        )
    }
}
