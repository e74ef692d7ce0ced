//! The words of `explain_query` and `list_values`, by language. What stands in braces is put in by
//! [`fill`](crate::sentences::fill).

use almanac_agent_contract::Language;

/// The words of one language.
pub(crate) struct Explanations {
    pub(crate) period: &'static str,
    pub(crate) compared: &'static str,
    pub(crate) only: &'static str,
    pub(crate) broken_down: &'static str,
    pub(crate) rows_read: &'static str,
    pub(crate) no_such_dimension: &'static str,
    /// All values of a dimension.
    pub(crate) values: &'static str,
    /// The most frequent of more.
    pub(crate) frequent: &'static str,
    pub(crate) found: &'static str,
    pub(crate) none_like: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) from_to: &'static str,
}

const EN: Explanations = Explanations {
    period: "Period",
    compared: "Compared with",
    only: "Only",
    broken_down: "Broken down by",
    rows_read: "{rows} rows read by {engine} in {time}.",
    no_such_dimension: "There is no dimension called \"{name}\".",
    values: "{dimension} ({count}): {values}.",
    frequent: "{dimension}, the {count} most frequent of more: {values}.",
    found: "{dimension} with \"{search}\" ({count}): {values}.",
    none_like: "No value of {dimension} contains \"{search}\".",
    empty: "{dimension} has no values in the data.",
    from_to: "{dimension} goes from {first} to {last}.",
};

const ES: Explanations = Explanations {
    period: "Período",
    compared: "Comparado con",
    only: "Solo",
    broken_down: "Desglosado por",
    rows_read: "{engine} leyó {rows} filas en {time}.",
    no_such_dimension: "No hay ninguna dimensión llamada \"{name}\".",
    values: "{dimension} ({count}): {values}.",
    frequent: "{dimension}, los {count} más frecuentes de más: {values}.",
    found: "{dimension} con \"{search}\" ({count}): {values}.",
    none_like: "Ningún valor de {dimension} contiene \"{search}\".",
    empty: "{dimension} no tiene valores en los datos.",
    from_to: "{dimension} va del {first} al {last}.",
};

const PT: Explanations = Explanations {
    period: "Período",
    compared: "Comparado com",
    only: "Só",
    broken_down: "Detalhado por",
    rows_read: "{engine} leu {rows} linhas em {time}.",
    no_such_dimension: "Não há dimensão chamada \"{name}\".",
    values: "{dimension} ({count}): {values}.",
    frequent: "{dimension}, os {count} mais frequentes de mais: {values}.",
    found: "{dimension} com \"{search}\" ({count}): {values}.",
    none_like: "Nenhum valor de {dimension} contém \"{search}\".",
    empty: "{dimension} não tem valores nos dados.",
    from_to: "{dimension} vai de {first} a {last}.",
};

impl Explanations {
    pub(crate) const fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN,
            Language::Es => &ES,
            Language::Pt => &PT,
        }
    }
}
