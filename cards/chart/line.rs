//! Lines over time. A missing value is a gap, comparisons are dashed and grey, and few points or
//! lonely ones are marked with dots.

use super::axis::{self, Values};
use super::canvas::{Anchor, Area, Point, Stroke};
use super::face::Weight;
use super::picture::{Picture, Role, Row};
use super::scale::Scale;
use super::sheet::{LABEL, Sheet};
use super::text::width;

/// Up to here every point gets a dot.
const FEW_POINTS: usize = 14;

pub(crate) fn draw(sheet: &mut Sheet, picture: &Picture) {
    let drawn: Vec<f64> = picture.values().collect();
    let last = last_value(picture);
    let right = sheet.free.right;
    // Room for the last value, which is written beside its point.
    let room = last.as_ref().map_or(8.0, |(_, _, text)| {
        width(text, LABEL, Weight::Regular) + 12.0
    });
    sheet.free.right -= room.min(sheet.free.width() / 3.0);
    let values = Values {
        drawn: &drawn,
        from_zero: false,
        below: 0.0,
    };
    let (scale, plot) = axis::upright(sheet, picture, values);
    sheet.free.right = right;
    let inner = Area {
        left: plot.left + 6.0,
        right: plot.right - 6.0,
        ..plot
    };
    let centres = centres(picture.labels.len(), inner);
    axis::categories(sheet, &picture.labels, &centres);

    let place = |value: f64, x: f32| Point {
        x,
        y: y(value, scale, plot),
    };
    let back_to_front = |role: Role| match role {
        Role::Other => 0,
        Role::Muted => 1,
        Role::Main(index) => 100 - index,
    };
    let mut rows: Vec<&Row> = picture.rows.iter().collect();
    rows.sort_by_key(|row| back_to_front(row.role));
    for row in rows {
        let points: Vec<Option<Point>> = row
            .values
            .iter()
            .zip(&centres)
            .map(|(v, x)| v.map(|v| place(v, *x)))
            .collect();
        draw_row(sheet, row, &points);
    }
    if let Some((index, value, text)) = last {
        let at = place(value, centres.get(index).copied().unwrap_or(inner.right));
        let beside = Point {
            x: at.x + 10.0,
            y: at.y + LABEL * 0.36,
        };
        sheet.value(&text, beside, Anchor::Start);
    }
}

fn draw_row(sheet: &mut Sheet, row: &Row, points: &[Option<Point>]) {
    let colour = row.colour(sheet.colours);
    let (width, dashed) = match row.role {
        Role::Main(_) => (2.5, false),
        Role::Muted => (2.0, true),
        Role::Other => (1.25, false),
    };
    let few = row.role != Role::Other && points.len() <= FEW_POINTS;
    for unbroken in points.split(Option::is_none) {
        let unbroken: Vec<Point> = unbroken.iter().copied().flatten().collect();
        sheet.canvas.polyline(
            &unbroken,
            Stroke {
                colour,
                width,
                dashed,
            },
        );
        if few || unbroken.len() == 1 {
            for point in unbroken {
                let radius = if dashed { 2.5 } else { 3.5 };
                sheet.canvas.dot(point, radius, colour);
            }
        }
    }
}

/// The place of each label from left to right; a lonely one stands in the middle.
fn centres(count: usize, plot: Area) -> Vec<f32> {
    if count == 1 {
        return vec![(plot.left + plot.right) / 2.0];
    }
    #[expect(clippy::cast_precision_loss, reason = "positions on a screen")]
    let step = plot.width() / (count.max(2) - 1) as f32;
    #[expect(clippy::cast_precision_loss, reason = "positions on a screen")]
    let at = |index: usize| plot.left + step * index as f32;
    (0..count).map(at).collect()
}

fn y(value: f64, scale: Scale, plot: Area) -> f32 {
    plot.bottom - scale.share(value) * plot.height()
}

/// The last value of the one series a chart is about, if it has just one and ends with a value.
fn last_value(picture: &Picture) -> Option<(usize, f64, String)> {
    let mut main = picture.rows.iter().filter(|row| row.role != Role::Muted);
    let (row, None) = (main.next()?, main.next()) else {
        return None;
    };
    let value = (*row.values.last()?)?;
    Some((row.values.len() - 1, value, picture.number(value)))
}
