//! The sheet a chart is laid out on, from the top down: title, legend, and what is left for the
//! plot and its axes.

use super::canvas::{Anchor, Area, Canvas, Lettering, Point, Stroke};
use super::face::Weight;
use super::picture::{Picture, Role, Row};
use super::text::{fit, width};
use super::theme::Colours;
use super::{Size, Theme};

/// The size of all words but the title, in pixels: legible on a phone.
pub(crate) const LABEL: f32 = 14.0;
const TITLE: f32 = 18.0;
const MARGIN: f32 = 20.0;
const SWATCH: f32 = 12.0;
/// How many lines a legend may take.
const LEGEND_LINES: usize = 3;

/// A canvas and what is free on it.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) canvas: Canvas,
    pub(crate) colours: &'static Colours,
    /// Where nothing has been drawn yet.
    pub(crate) free: Area,
}

impl Sheet {
    pub(crate) fn new(size: Size, theme: Theme, alt: &str) -> Self {
        let colours = theme.colours();
        let (width, height) = size.pixels();
        Self {
            canvas: Canvas::new((width, height), colours.background, alt),
            colours,
            free: Area {
                left: MARGIN,
                top: MARGIN,
                right: width - MARGIN,
                bottom: height - MARGIN,
            },
        }
    }

    pub(crate) fn title(&mut self, title: &str) {
        if title.is_empty() {
            return;
        }
        let title = fit(title, self.free.width(), TITLE, Weight::Semibold);
        let lettering = Lettering {
            size: TITLE,
            weight: Weight::Semibold,
            colour: self.colours.text,
            anchor: Anchor::Start,
        };
        let at = Point {
            x: self.free.left,
            y: self.free.top + TITLE * 0.8,
        };
        self.canvas.text(&title, at, lettering);
        self.free.top += TITLE + 16.0;
    }

    /// Names the series, where there is more than one.
    pub(crate) fn legend(&mut self, picture: &Picture) {
        let named: Vec<&Row> = picture
            .rows
            .iter()
            .filter(|row| row.role != Role::Other)
            .collect();
        let others = picture.rows.iter().find(|row| row.role == Role::Other);
        if named.len() + usize::from(others.is_some()) < 2 {
            return;
        }
        let other = picture.writer.words().other;
        let entries = named
            .into_iter()
            .map(|row| (row.name.as_str(), row))
            .chain(others.map(|row| (other, row)));
        let widest = (self.free.width() / 2.0).min(220.0) - SWATCH - 8.0;
        let (mut x, mut line) = (self.free.left, 1);
        for (name, row) in entries {
            let name = fit(name, widest, LABEL, Weight::Regular);
            let needed = SWATCH + 6.0 + width(&name, LABEL, Weight::Regular);
            if x + needed > self.free.right && x > self.free.left {
                if line == LEGEND_LINES {
                    break;
                }
                x = self.free.left;
                line += 1;
                self.free.top += LABEL + 8.0;
            }
            self.swatch(row, x, picture);
            let at = Point {
                x: x + SWATCH + 6.0,
                y: self.free.top + LABEL * 0.8,
            };
            self.label(&name, at, Anchor::Start);
            x += needed + 18.0;
        }
        self.free.top += LABEL + 16.0;
    }

    /// What the numbers count, above them.
    pub(crate) fn unit(&mut self, picture: &Picture) {
        let Some(unit) = &picture.unit else { return };
        let unit = fit(unit, self.free.width(), LABEL, Weight::Regular);
        let at = Point {
            x: self.free.left,
            y: self.free.top + LABEL * 0.8,
        };
        self.label(&unit, at, Anchor::Start);
        self.free.top += LABEL + 18.0;
    }

    /// An axis label or a note.
    pub(crate) fn label(&mut self, text: &str, at: Point, anchor: Anchor) {
        let (size, weight, colour) = (LABEL, Weight::Regular, self.colours.quiet);
        self.canvas.text(
            text,
            at,
            Lettering {
                size,
                weight,
                colour,
                anchor,
            },
        );
    }

    /// A value beside its bar or point.
    pub(crate) fn value(&mut self, text: &str, at: Point, anchor: Anchor) {
        let (size, weight, colour) = (LABEL, Weight::Regular, self.colours.text);
        self.canvas.text(
            text,
            at,
            Lettering {
                size,
                weight,
                colour,
                anchor,
            },
        );
    }

    /// Says that there is nothing to draw.
    pub(crate) fn no_data(&mut self, words: &str) {
        let at = Point {
            x: (self.free.left + self.free.right) / 2.0,
            y: (self.free.top + self.free.bottom) / 2.0,
        };
        self.label(words, at, Anchor::Middle);
    }

    fn swatch(&mut self, row: &Row, x: f32, picture: &Picture) {
        let colour = row.colour(self.colours);
        let middle = self.free.top + LABEL * 0.46;
        if picture.kind == almanac_agent_contract::ChartKind::Line {
            let stroke = Stroke {
                colour,
                width: 2.5,
                dashed: row.role == Role::Muted,
            };
            let ends = [
                Point { x, y: middle },
                Point {
                    x: x + SWATCH,
                    y: middle,
                },
            ];
            self.canvas.polyline(&ends, stroke);
        } else {
            let (top, bottom) = (middle - SWATCH / 2.0, middle + SWATCH / 2.0);
            self.canvas.rect(
                Area {
                    left: x,
                    top,
                    right: x + SWATCH,
                    bottom,
                },
                3.0,
                colour,
            );
        }
    }
}
