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
    static FONTS: LazyLock<[Option<FontRef<'static>>; 4]> =
        LazyLock::new(|| [REGULAR, SEMIBOLD, ARABIC, HEBREW].map(|data| FontRef::new(data).ok()));
    let [regular, semibold, arabic, hebrew] = &*FONTS;
    let first = match weight {
        Weight::Regular => regular,
        Weight::Semibold => semibold,
    };
    [first, arabic, hebrew].into_iter().flatten().find_map(|font| {
        let glyph = font.charmap().map(c)?;
        font.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(glyph)
    })
}
