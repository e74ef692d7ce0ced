//! Small drawings in the colour of the text around them. They say nothing that words do not.

use maud::{Markup, html};

/// A sheet of 20 by 20 with these strokes.
fn strokes(paths: &[&str]) -> Markup {
    html! {
        svg viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor"
            stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"
            aria-hidden="true" focusable="false"
        {
            @for path in paths { path d=(path) {} }
        }
    }
}

/// A sheet of 20 by 20 with this shape filled.
fn filled(path: &str) -> Markup {
    html! {
        svg viewBox="0 0 20 20" width="12" height="12" fill="currentColor" aria-hidden="true"
            focusable="false" { path d=(path) {} }
    }
}

pub(super) fn plus() -> Markup {
    strokes(&["M10 4v12", "M4 10h12"])
}

pub(super) fn send() -> Markup {
    strokes(&["M10 16V4", "M4.5 9.5 10 4l5.5 5.5"])
}

pub(super) fn up() -> Markup {
    filled("M10 4l7 12H3z")
}

pub(super) fn down() -> Markup {
    filled("M10 16 3 4h14z")
}

pub(super) fn shield() -> Markup {
    strokes(&[
        "M10 2.5l6 2v5c0 4-2.6 6.7-6 8-3.4-1.3-6-4-6-8v-5z",
        "M7.3 10l2 2 3.6-4",
    ])
}

pub(super) fn compass() -> Markup {
    strokes(&[
        "M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15z",
        "M13 7l-1.8 4.2L7 13l1.8-4.2z",
    ])
}

pub(super) fn calendar() -> Markup {
    strokes(&["M4 5h12v11.5H4z", "M4 8.5h12", "M7 3v3.5", "M13 3v3.5"])
}

pub(super) fn download() -> Markup {
    strokes(&["M10 3v9.5", "M6 9l4 4 4-4", "M3.5 16.5h13"])
}

pub(super) fn chevron() -> Markup {
    strokes(&["M7.5 5l5 5-5 5"])
}

pub(super) fn thumb(down: bool) -> Markup {
    let path = "M6.5 9v7.5H3.5V9zM6.5 9l3.3-6c1.3 0 2.1 1 1.9 2.2L11.2 8h4.1c1 0 1.8 1 1.5 2l-1.4 5.1c-.2.8-1 1.4-1.8 1.4H6.5";
    if down {
        html! {
            svg viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor"
                stroke-width="1.5" stroke-linejoin="round" aria-hidden="true" focusable="false"
            { g transform="rotate(180 10 10)" { path d=(path) {} } }
        }
    } else {
        strokes(&[path])
    }
}
