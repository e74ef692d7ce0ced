//! The fonts a chart is drawn with: Inter for Latin letters, Noto Sans for Arabic and Hebrew, all
//! in the binary, so that a picture looks the same on every machine and needs nothing installed.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// The family named in a chart's SVG.
pub(crate) const FAMILY: &str = "Inter";

const REGULAR: &[u8] = include_bytes!("../fonts/inter-regular.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../fonts/inter-semibold.ttf");
const ARABIC: &[u8] = include_bytes!("../fonts/noto-arabic.ttf");
const HEBREW: &[u8] = include_bytes!("../fonts/noto-hebrew.ttf");

/// Width and script of an embedded font, to lay words out with.
struct Face {
    family: &'static str,
    font: Option<FontRef<'static>>,
}

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Semibold,
}

/// The fonts as resvg takes them; parsed once.
pub(crate) fn database() -> Arc<Database> {
    static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut database = Database::new();
        for font in [REGULAR, SEMIBOLD, ARABIC, HEBREW] {
            database.load_font_source(Source::Binary(Arc::new(font)));
        }
        database.set_sans_serif_family(FAMILY);
        database.set_serif_family(FAMILY);
        Arc::new(database)
    });
    Arc::clone(&DATABASE)
}

/// The width of a character in units of the font size; `None` where no font has it.
pub(crate) fn advance(c: char, weight: Weight) -> Option<f32> {
    in_order(weight).find_map(|face| face.advance(c))
}

/// The family that draws `c`: `current` as long as it can, so that a phrase is not cut up.
pub(crate) fn family(c: char, current: &'static str, weight: Weight) -> &'static str {
    let drawn_by = |face: &&Face| face.advance(c).is_some();
    if in_order(weight)
        .filter(drawn_by)
        .any(|face| face.family == current)
    {
        return current;
    }
    in_order(weight)
        .find(drawn_by)
        .map_or(FAMILY, |face| face.family)
}

fn in_order(weight: Weight) -> impl Iterator<Item = &'static Face> {
    static FACES: LazyLock<[Face; 4]> = LazyLock::new(|| {
        [
            (SEMIBOLD, FAMILY),
            (REGULAR, FAMILY),
            (ARABIC, "Noto Sans Arabic"),
            (HEBREW, "Noto Sans Hebrew"),
        ]
        .map(|(data, family)| Face {
            family,
            font: FontRef::new(data).ok(),
        })
    });
    FACES.iter().skip(usize::from(weight == Weight::Regular))
}

impl Face {
    fn advance(&self, c: char) -> Option<f32> {
        let font = self.font.as_ref()?;
        let glyph = font.charmap().map(c)?;
        font.glyph_metrics(Size::new(1.0), LocationRef::default())
            .advance_width(glyph)
    }
}
