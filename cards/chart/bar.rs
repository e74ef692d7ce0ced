//! Bars, single or stacked. They stand where their labels fit below them or tell of time, and lie
//! where they are many or have long names; what does not fit is counted at the bottom.

use super::axis::{self, Values};
use super::block::{Block, Blocks, Mark};
use super::canvas::{Anchor, Area, Point};
use super::face::Weight;
use super::picture::Picture;
use super::scale::Scale;
use super::sheet::{LABEL, Sheet};
use super::text::{fit, width};

/// Up to here every bar has its value written.
const FEW_BARS: usize = 12;
/// Up to here named bars stand.
const FEW_NAMES: usize = 8;
/// The least height of a lying bar's line.
const LINE: f32 = 24.0;
const THICKEST: f32 = 72.0;

pub(crate) fn draw(sheet: &mut Sheet, picture: &Picture, blocks: Blocks) {
    #[expect(clippy::cast_precision_loss, reason = "positions on a screen")]
    let slot = (sheet.free.width() - 60.0) / picture.labels.len().max(1) as f32;
    let names_fit = picture.labels.len() <= FEW_NAMES && axis::fit_below(&picture.labels, slot);
    if names_fit || picture.labels_count_on() {
        standing(sheet, picture, &blocks);
    } else {
        lying(sheet, picture, blocks);
    }
}

fn standing(sheet: &mut Sheet, picture: &Picture, blocks: &Blocks) {
    let few = blocks.marks.len() <= FEW_BARS;
    // The values stand above the highest bar, and below the lowest.
    let below = if few && blocks.marks.iter().any(|mark| mark.end < 0.0) {
        LABEL
    } else {
        0.0
    };
    sheet.free.top += if few { LABEL } else { 0.0 };
    let values = Values {
        drawn: &blocks.ends(),
        from_zero: true,
        below,
    };
    let (scale, plot) = axis::upright(sheet, picture, values);
    let lanes = Lanes::new(plot.left, plot.width(), picture.labels.len(), blocks.lanes);
    let y = |value: f64| plot.bottom - scale.share(value) * plot.height();
    for block in &blocks.blocks {
        let (left, right) = lanes.span(block.category, block.lane);
        let (top, bottom) = (y(block.from.max(block.to)), y(block.from.min(block.to)));
        bar(
            sheet,
            Area {
                left,
                top,
                right,
                bottom,
            },
            block,
        );
    }
    let centres: Vec<f32> = (0..picture.labels.len()).map(|i| lanes.centre(i)).collect();
    axis::categories(sheet, &picture.labels, &centres);
    let texts: Vec<String> = blocks
        .marks
        .iter()
        .map(|mark| written(picture, mark))
        .collect();
    let widest = texts
        .iter()
        .map(|t| width(t, LABEL, Weight::Regular))
        .fold(0.0, f32::max);
    if few && widest + 4.0 <= lanes.room() {
        for (mark, text) in blocks.marks.iter().zip(&texts) {
            let (left, right) = lanes.span(mark.category, mark.lane);
            let above = if mark.end < 0.0 { LABEL + 2.0 } else { -6.0 };
            let at = Point {
                x: (left + right) / 2.0,
                y: y(mark.end) + above,
            };
            sheet.value(text, at, Anchor::Middle);
        }
    }
}

fn lying(sheet: &mut Sheet, picture: &Picture, mut blocks: Blocks) {
    #[expect(clippy::cast_precision_loss, reason = "a handful of lanes")]
    let line = LINE.max(10.0 * blocks.lanes as f32 + 8.0);
    let marked = blocks.lanes == 1 || blocks.marks.len() <= FEW_BARS;
    let mut plot = sheet.free;
    if !marked {
        plot.bottom -= LABEL + 8.0;
    }
    let all = picture.labels.len();
    let shown = rows_that_fit(all, plot.height(), line);
    if shown < all {
        plot.bottom -= LINE;
        let note = format!(
            "+ {}",
            picture
                .writer
                .words()
                .more_rows(all - shown, &picture.writer)
        );
        let at = Point {
            x: plot.left,
            y: sheet.free.bottom - 2.0,
        };
        sheet.label(&note, at, Anchor::Start);
        blocks.keep_first(shown);
    }
    let texts: Vec<String> = blocks
        .marks
        .iter()
        .map(|mark| written(picture, mark))
        .collect();
    let room = |negative: bool| {
        let side = blocks
            .marks
            .iter()
            .zip(&texts)
            .filter(|(mark, _)| (mark.end < 0.0) == negative);
        side.map(|(_, t)| width(t, LABEL, Weight::Regular) + 8.0)
            .fold(0.0, f32::max)
    };
    let names: Vec<String> = picture
        .labels
        .iter()
        .take(shown)
        .map(|label| fit(label, sheet.free.width() * 0.4, LABEL, Weight::Regular))
        .collect();
    let widest = names
        .iter()
        .map(|n| width(n, LABEL, Weight::Regular))
        .fold(0.0, f32::max);
    plot.left += widest + 12.0;
    if marked {
        plot.left += room(true);
        plot.right -= room(false);
    }
    if !marked {
        // Half of the last tick's label stands to the right of the plot.
        plot.right -= 2.0 * LABEL;
    }
    let ticks = axis::count(plot.width(), 100.0);
    let scale = Scale::new(&blocks.ends(), &picture.format, ticks, true);
    let scale = if marked { snug(&blocks, scale) } else { scale };
    if marked {
        let x = plot.left + scale.share(0.0) * plot.width();
        let (from, to) = (Point { x, y: plot.top }, Point { x, y: plot.bottom });
        sheet.canvas.rule(from, to, sheet.colours.zero);
    } else {
        axis::lying(sheet, picture, plot, scale);
    }
    let lanes = Lanes::new(plot.top, plot.height(), shown, blocks.lanes);
    let x = |value: f64| plot.left + scale.share(value) * plot.width();
    for block in &blocks.blocks {
        let (top, bottom) = lanes.span(block.category, block.lane);
        let (left, right) = (x(block.from.min(block.to)), x(block.from.max(block.to)));
        bar(
            sheet,
            Area {
                left,
                top,
                right,
                bottom,
            },
            block,
        );
    }
    for (index, name) in names.iter().enumerate() {
        let at = Point {
            x: sheet.free.left,
            y: lanes.centre(index) + LABEL * 0.36,
        };
        sheet.label(name, at, Anchor::Start);
    }
    if marked {
        for (mark, text) in blocks.marks.iter().zip(&texts) {
            let (top, bottom) = lanes.span(mark.category, mark.lane);
            let middle = (top + bottom) / 2.0 + LABEL * 0.36;
            let (gap, anchor) = if mark.end < 0.0 {
                (-6.0, Anchor::End)
            } else {
                (6.0, Anchor::Start)
            };
            sheet.value(
                text,
                Point {
                    x: x(mark.end) + gap,
                    y: middle,
                },
                anchor,
            );
        }
    }
}

/// Without ticks to end at, the longest bar takes all the room.
fn snug(blocks: &Blocks, scale: Scale) -> Scale {
    let ends = blocks.ends();
    let low = ends.iter().copied().fold(0.0, f64::min);
    let high = ends.iter().copied().fold(0.0, f64::max);
    if low < high {
        Scale { low, high, ..scale }
    } else {
        scale
    }
}

fn rows_that_fit(all: usize, height: f32, line: f32) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped"
    )]
    let fit = (height / line).clamp(1.0, 100.0) as usize;
    if all <= fit { all } else { (fit - 1).max(1) }
}

fn bar(sheet: &mut Sheet, mut area: Area, block: &Block) {
    // A value that is there but too small to see still leaves a trace.
    if block.from != block.to {
        if area.height() < 1.0 {
            area.top = area.bottom - 1.0;
        }
        if area.width() < 1.0 {
            area.right = area.left + 1.0;
        }
    }
    sheet.canvas.rect(area, 2.0, block.colour);
}

fn written(picture: &Picture, mark: &Mark) -> String {
    mark.value
        .map_or_else(|| "—".to_owned(), |value| picture.number(value))
}

/// Where the bars of each category lie across the value axis.
#[derive(Debug, Clone, Copy)]
struct Lanes {
    start: f32,
    slot: f32,
    thickness: f32,
    beside: f32,
}

impl Lanes {
    #[expect(clippy::cast_precision_loss, reason = "positions on a screen")]
    fn new(start: f32, length: f32, categories: usize, lanes: usize) -> Self {
        let slot = length / categories.max(1) as f32;
        let beside = lanes.max(1) as f32;
        let thickness = (slot * 0.72 / beside).clamp(0.5, THICKEST);
        Self {
            start,
            slot,
            thickness,
            beside,
        }
    }

    /// How wide a value above its bar may be.
    fn room(&self) -> f32 {
        if self.beside > 1.0 {
            self.thickness
        } else {
            self.slot
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "positions on a screen")]
    fn centre(&self, category: usize) -> f32 {
        self.start + self.slot * (category as f32 + 0.5)
    }

    #[expect(clippy::cast_precision_loss, reason = "positions on a screen")]
    fn span(&self, category: usize, lane: usize) -> (f32, f32) {
        let first = self.centre(category) - self.thickness * self.beside / 2.0;
        let from = first + self.thickness * lane as f32;
        (
            from,
            from + self.thickness * if self.beside > 1.0 { 0.92 } else { 1.0 },
        )
    }
}
