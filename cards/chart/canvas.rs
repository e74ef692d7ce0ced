//! SVG as text: the few shapes a chart is made of. Coordinates are pixels from the top left.

use std::fmt::Write as _;

use super::face::{FAMILY, Weight, family};
use super::text::escaped;

/// Where a text stands relative to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A point, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f32,
    pub(crate) y: f32,
}

/// A rectangle, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
}

impl Area {
    pub(crate) fn width(&self) -> f32 {
        (self.right - self.left).max(0.0)
    }

    pub(crate) fn height(&self) -> f32 {
        (self.bottom - self.top).max(0.0)
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) colour: &'static str,
    pub(crate) width: f32,
    pub(crate) dashed: bool,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lettering {
    pub(crate) size: f32,
    pub(crate) weight: Weight,
    pub(crate) colour: &'static str,
    pub(crate) anchor: Anchor,
}

/// An SVG document being written.
#[derive(Debug)]
pub(crate) struct Canvas {
    body: String,
}

impl Canvas {
    /// An empty sheet of that size, described by `alt` to those who do not see it.
    pub(crate) fn new((width, height): (f32, f32), colour: &str, alt: &str) -> Self {
        let mut body = String::with_capacity(8 * 1024);
        let _ = write!(
            body,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\" \
             font-family=\"{FAMILY}, 'Noto Sans', system-ui, sans-serif\">\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>",
            escaped(alt),
        );
        Self { body }
    }

    pub(crate) fn rect(&mut self, area: Area, radius: f32, colour: &str) {
        let (width, height) = (area.width(), area.height());
        let radius = radius.min(width / 2.0).min(height / 2.0);
        let _ = write!(
            self.body,
            "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" \
             rx=\"{radius:.1}\" fill=\"{colour}\"/>",
            area.left, area.top,
        );
    }

    pub(crate) fn dot(&mut self, centre: Point, radius: f32, colour: &str) {
        let _ = write!(
            self.body,
            "<circle cx=\"{:.2}\" cy=\"{:.2}\" r=\"{radius}\" fill=\"{colour}\"/>",
            centre.x, centre.y,
        );
    }

    /// Points joined by straight lines.
    pub(crate) fn polyline(&mut self, points: &[Point], stroke: Stroke) {
        let [first, rest @ ..] = points else { return };
        let _ = write!(self.body, "<path d=\"M{:.1} {:.1}", first.x, first.y);
        for point in rest {
            let _ = write!(self.body, "L{:.1} {:.1}", point.x, point.y);
        }
        let dashes = if stroke.dashed {
            " stroke-dasharray=\"5 4\""
        } else {
            ""
        };
        // Where points are a pixel apart, round corners cannot be seen and take most of the time.
        let join = if points.len() > 200 { "bevel" } else { "round" };
        let _ = write!(
            self.body,
            "\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"{join}\" \
             stroke-linecap=\"round\"{dashes}/>",
            stroke.colour, stroke.width,
        );
    }

    pub(crate) fn rule(&mut self, from: Point, to: Point, colour: &str) {
        let _ = write!(
            self.body,
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"{colour}\" stroke-width=\"1\"/>",
            from.x, from.y, to.x, to.y,
        );
    }

    /// One line of text on the baseline `at`.
    pub(crate) fn text(&mut self, text: &str, at: Point, lettering: Lettering) {
        let anchor = match lettering.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = match lettering.weight {
            Weight::Regular => "",
            Weight::Semibold => " font-weight=\"600\"",
        };
        let _ = write!(
            self.body,
            "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{}\" fill=\"{}\"{weight}{anchor}>{}</text>",
            at.x,
            at.y,
            lettering.size,
            lettering.colour,
            spans(text, lettering.weight),
        );
    }

    /// The finished document.
    pub(crate) fn finish(mut self) -> String {
        self.body.push_str("</svg>");
        self.body
    }
}

/// The text as content of an element, with what other fonts than the first draw in spans of
/// its own: resvg does not find the font of each letter where scripts are mixed.
fn spans(text: &str, weight: Weight) -> String {
    let mut content = String::with_capacity(text.len());
    let (mut current, mut run) = (FAMILY, String::new());
    let flush = |content: &mut String, family: &str, run: &mut String| {
        let text = escaped(run);
        run.clear();
        if family == FAMILY {
            content.push_str(&text);
        } else {
            let _ = write!(
                content,
                "<tspan font-family=\"'{family}', sans-serif\">{text}</tspan>"
            );
        }
    };
    for c in text.chars() {
        let next = family(c, current, weight);
        if next != current {
            flush(&mut content, current, &mut run);
            current = next;
        }
        run.push(c);
    }
    flush(&mut content, current, &mut run);
    content
}
