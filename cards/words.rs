//! The few words cards add to what their composers wrote, in the three languages.

use almanac_agent_contract::{Badge, Format, Language};

use crate::Writer;

/// Words of one language.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    /// Before the first day of a week.
    pub(crate) week_of: &'static str,
    /// Before the number of a quarter.
    pub(crate) quarter: &'static str,
    /// What is drawn in place of a chart without values.
    pub(crate) no_data: &'static str,
    /// The series that gathers the small ones.
    pub(crate) other: &'static str,
    /// After the number of rows that are not shown: one, several.
    more_rows: (&'static str, &'static str),
    /// Before the words for how a question was understood.
    pub(crate) read_as: &'static str,
    /// Before the groupings.
    pub(crate) by: &'static str,
    verified: &'static str,
    governed: &'static str,
    exploratory: &'static str,
}

impl Words {
    pub(crate) const fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &ENGLISH,
            Language::Es => &SPANISH,
            Language::Pt => &PORTUGUESE,
        }
    }

    /// "15 more rows".
    pub(crate) fn more_rows(&self, count: usize, writer: &Writer) -> String {
        let (one, several) = self.more_rows;
        #[expect(clippy::cast_precision_loss, reason = "a number of rows on a screen")]
        let number = writer.number(count as f64, &Format::Number);
        format!("{number} {}", if count == 1 { one } else { several })
    }

    pub(crate) const fn badge(&self, badge: Badge) -> &'static str {
        match badge {
            Badge::Verified => self.verified,
            Badge::Governed => self.governed,
            Badge::Exploratory => self.exploratory,
        }
    }
}

const ENGLISH: Words = Words {
    yes: "Yes",
    no: "No",
    week_of: "w/c",
    quarter: "Q",
    no_data: "No data",
    other: "Other",
    more_rows: ("more row", "more rows"),
    read_as: "Read as",
    by: "by",
    verified: "verified",
    governed: "governed",
    exploratory: "exploratory",
};

const SPANISH: Words = Words {
    yes: "Sí",
    no: "No",
    week_of: "sem.",
    quarter: "T",
    no_data: "Sin datos",
    other: "Otros",
    more_rows: ("fila más", "filas más"),
    read_as: "Leído como",
    by: "por",
    verified: "verificado",
    governed: "gobernado",
    exploratory: "exploratorio",
};

const PORTUGUESE: Words = Words {
    yes: "Sim",
    no: "Não",
    week_of: "sem.",
    quarter: "T",
    no_data: "Sem dados",
    other: "Outros",
    more_rows: ("linha a mais", "linhas a mais"),
    read_as: "Lido como",
    by: "por",
    verified: "verificado",
    governed: "governado",
    exploratory: "exploratório",
};
