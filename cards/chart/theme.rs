//! Colours. The eight of the series can be told apart with the common kinds of colour blindness:
//! they follow Okabe and Ito (2008), with an indigo in place of the yellow that white drowns.

/// A chart's background and the colours that go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on near-black.
    Dark,
}

/// The colours of one theme, as CSS hex.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Colours {
    pub(crate) background: &'static str,
    pub(crate) text: &'static str,
    /// Axis labels, notes.
    pub(crate) quiet: &'static str,
    pub(crate) grid: &'static str,
    /// The line of zero.
    pub(crate) zero: &'static str,
    /// Comparison series.
    pub(crate) muted: &'static str,
    /// What gathers the small ones.
    pub(crate) other: &'static str,
    series: [&'static str; 8],
}

impl Theme {
    pub(crate) const fn colours(self) -> &'static Colours {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

impl Colours {
    /// The colour of the series at that place among those that are not muted.
    pub(crate) const fn series(&self, index: usize) -> &'static str {
        self.series[index % self.series.len()]
    }
}

const LIGHT: Colours = Colours {
    background: "#ffffff",
    text: "#1a1d21",
    quiet: "#59636e",
    grid: "#e7eaee",
    zero: "#a9b1ba",
    muted: "#98a2ad",
    other: "#c2c9d1",
    series: [
        "#0072b2", "#e07b00", "#009e73", "#c4569a", "#56b4e9", "#8c4a00", "#4b3fa0", "#e0b400",
    ],
};

const DARK: Colours = Colours {
    background: "#15181d",
    text: "#e8ebee",
    quiet: "#a3adb8",
    grid: "#2a3038",
    zero: "#5d6772",
    muted: "#7d8894",
    other: "#565f69",
    series: [
        "#4aa8e0", "#f39c3d", "#2fbf93", "#e08bc0", "#9bd6f7", "#c98b52", "#9a8ff0", "#f0dc4e",
    ],
};
