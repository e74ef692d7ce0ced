//! The blocks bars are made of: which part of the value axis each covers, and where a value is
//! written.

use super::picture::{Picture, Role};
use super::theme::Colours;

/// A filled part of a bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Block {
    /// Which label it belongs to.
    pub(crate) category: usize,
    /// Its place beside other bars of the same label.
    pub(crate) lane: usize,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) colour: &'static str,
}

/// What is written at the end of a bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Mark {
    pub(crate) category: usize,
    pub(crate) lane: usize,
    /// Where the bar ends.
    pub(crate) end: f64,
    /// `None` where there is no bar, because the value is missing.
    pub(crate) value: Option<f64>,
}

/// All bars of a chart.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    pub(crate) blocks: Vec<Block>,
    pub(crate) marks: Vec<Mark>,
    /// How many bars stand beside one another at each label.
    pub(crate) lanes: usize,
}

impl Blocks {
    /// One bar a series, side by side. Series beyond the colours are left out.
    pub(crate) fn grouped(picture: &Picture, colours: &Colours) -> Self {
        let rows = picture.rows.iter().filter(|row| row.role != Role::Other);
        let mut grouped = Self::default();
        for (lane, row) in rows.enumerate() {
            grouped.lanes = lane + 1;
            let colour = row.colour(colours);
            for (category, value) in row.values.iter().enumerate() {
                let end = value.unwrap_or(0.0);
                grouped.marks.push(Mark {
                    category,
                    lane,
                    end,
                    value: *value,
                });
                let Some(value) = *value else { continue };
                grouped.blocks.push(Block {
                    category,
                    lane,
                    from: 0.0,
                    to: value,
                    colour,
                });
            }
        }
        grouped
    }

    /// All series of a label on top of one another; what is negative goes down from zero.
    pub(crate) fn stacked(picture: &Picture, colours: &Colours) -> Self {
        let mut stacked = Self {
            lanes: 1,
            ..Self::default()
        };
        for category in 0..picture.labels.len() {
            let (mut up, mut down, mut missing) = (0.0, 0.0, true);
            for row in &picture.rows {
                let Some(Some(value)) = row.values.get(category).copied() else {
                    continue;
                };
                missing = false;
                let base: &mut f64 = if value < 0.0 { &mut down } else { &mut up };
                let (from, to) = (*base, *base + value);
                *base = to;
                stacked.blocks.push(Block {
                    category,
                    lane: 0,
                    from,
                    to,
                    colour: row.colour(colours),
                });
            }
            // Where parts point both ways, no end of a bar stands for their sum.
            if up == 0.0 || down == 0.0 {
                stacked.marks.push(Mark {
                    category,
                    lane: 0,
                    end: up + down,
                    value: (!missing).then_some(up + down),
                });
            }
        }
        stacked
    }

    /// Leaves only the bars of the first `most` labels.
    pub(crate) fn keep_first(&mut self, most: usize) {
        self.blocks.retain(|block| block.category < most);
        self.marks.retain(|mark| mark.category < most);
    }

    /// The values that the axis must hold.
    pub(crate) fn ends(&self) -> Vec<f64> {
        self.blocks
            .iter()
            .flat_map(|block| [block.from, block.to])
            .collect()
    }
}
