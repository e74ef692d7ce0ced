//! The two axes: round values with a thin grid, and the labels of categories, of which as many are
//! written as fit beside one another.

use super::canvas::{Anchor, Area, Point};
use super::face::Weight;
use super::picture::Picture;
use super::scale::Scale;
use super::sheet::{LABEL, Sheet};
use super::text::{fit, width};

/// Height of the line of labels below a plot.
const BELOW: f32 = LABEL + 14.0;
/// Space between two labels side by side.
const APART: f32 = 14.0;
/// The most a label below a plot may take.
const WIDEST: f32 = 130.0;

/// How a value axis is laid out from what is to be drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Values<'a> {
    pub(crate) drawn: &'a [f64],
    /// Bars begin at zero; lines may not.
    pub(crate) from_zero: bool,
    /// Pixels kept free between plot and category labels.
    pub(crate) below: f32,
}

/// Draws the value axis on the left of what is free, with room for category labels below, and
/// returns the plot.
pub(crate) fn upright(sheet: &mut Sheet, picture: &Picture, values: Values<'_>) -> (Scale, Area) {
    let mut plot = sheet.free;
    plot.bottom -= BELOW + values.below;
    let wanted = count(plot.height(), 52.0);
    let scale = Scale::new(values.drawn, &picture.format, wanted, values.from_zero);
    let ticks: Vec<(f64, String)> = scale
        .ticks()
        .into_iter()
        .map(|tick| (tick, picture.writer.tick(tick, &picture.format, scale.step)))
        .collect();
    let widest = ticks
        .iter()
        .map(|(_, text)| width(text, LABEL, Weight::Regular))
        .fold(0.0, f32::max);
    plot.left += widest + 10.0;
    for (tick, text) in &ticks {
        let y = plot.bottom - scale.share(*tick) * plot.height();
        let colour = if *tick == 0.0 {
            sheet.colours.zero
        } else {
            sheet.colours.grid
        };
        sheet.canvas.rule(
            Point { x: plot.left, y },
            Point { x: plot.right, y },
            colour,
        );
        sheet.label(
            text,
            Point {
                x: plot.left - 8.0,
                y: y + LABEL * 0.36,
            },
            Anchor::End,
        );
    }
    (scale, plot)
}

/// Draws the value axis below `plot`.
pub(crate) fn lying(sheet: &mut Sheet, picture: &Picture, plot: Area, scale: Scale) {
    for tick in scale.ticks() {
        let x = plot.left + scale.share(tick) * plot.width();
        let colour = if tick == 0.0 {
            sheet.colours.zero
        } else {
            sheet.colours.grid
        };
        sheet.canvas.rule(
            Point { x, y: plot.top },
            Point { x, y: plot.bottom },
            colour,
        );
        let text = picture.writer.tick(tick, &picture.format, scale.step);
        sheet.label(
            &text,
            Point {
                x,
                y: plot.bottom + LABEL + 4.0,
            },
            Anchor::Middle,
        );
    }
}

/// How many intervals an axis of that length is divided into, each about that long.
pub(crate) fn count(length: f32, each: f32) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped"
    )]
    let count = (length / each).clamp(2.0, 10.0) as usize;
    count
}

/// Writes the labels at the bottom, each centred on its place in `centres`.
pub(crate) fn categories(sheet: &mut Sheet, labels: &[String], centres: &[f32]) {
    let (leftmost, rightmost) = (sheet.free.left, sheet.free.right);
    let placed: Vec<(f32, f32, String)> = labels
        .iter()
        .zip(centres)
        .map(|(label, centre)| {
            let text = fit(
                label,
                WIDEST.min(rightmost - leftmost),
                LABEL,
                Weight::Regular,
            );
            let half = width(&text, LABEL, Weight::Regular) / 2.0;
            let centre = centre.max(leftmost + half).min(rightmost - half);
            (centre, half, text)
        })
        .collect();
    let overlaps = |stride: usize| {
        let shown: Vec<_> = placed.iter().step_by(stride).collect();
        shown.windows(2).any(|pair| match pair {
            [a, b] => a.0 + a.1 + APART > b.0 - b.1,
            _ => false,
        })
    };
    let stride = (1..placed.len().max(2)).find(|stride| !overlaps(*stride));
    for (centre, _, text) in placed.iter().step_by(stride.unwrap_or(placed.len().max(1))) {
        let at = Point {
            x: *centre,
            y: sheet.free.bottom - 3.0,
        };
        sheet.label(text, at, Anchor::Middle);
    }
}

/// Whether all labels fit below slots of that width.
pub(crate) fn fit_below(labels: &[String], slot: f32) -> bool {
    labels
        .iter()
        .all(|label| width(label, LABEL, Weight::Regular) + APART / 2.0 <= slot)
}
