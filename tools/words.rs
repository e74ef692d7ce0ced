//! The words around the numbers, by language. Metric and dimension labels come from the
//! definitions as they are.

use almanac_agent_contract::{Grain, Language};

/// The words of one language.
pub(crate) struct Words {
    pub(crate) by: &'static str,
    pub(crate) versus: &'static str,
    pub(crate) all: &'static str,
    pub(crate) other: &'static str,
    pub(crate) leads: &'static str,
    pub(crate) then: &'static str,
    pub(crate) highest: &'static str,
    pub(crate) lowest: &'static str,
    pub(crate) no_data: &'static str,
    pub(crate) data_to: &'static str,
    pub(crate) still_filling: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) not_begun: &'static str,
    pub(crate) first_rows: &'static str,
    pub(crate) by_last_year: &'static str,
    pub(crate) only: &'static str,
    pub(crate) can_ask: &'static str,
    pub(crate) break_down: &'static str,
    pub(crate) computed: &'static str,
    pub(crate) also_called: &'static str,
    pub(crate) part_of: &'static str,
    pub(crate) no_such_metric: &'static str,
    pub(crate) last_week: &'static str,
    pub(crate) this_month: &'static str,
    pub(crate) top: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    grains: [&'static str; 6],
}

const EN: Words = Words {
    by: "by",
    versus: "vs",
    all: "all",
    other: "none",
    leads: "leads with",
    then: "then",
    highest: "Highest",
    lowest: "lowest",
    no_data: "There is no data for this",
    data_to: "Data to",
    still_filling: "late data still comes in for the last {} days",
    missing: "no data on {} (missing, not zero)",
    not_begun: "the period goes beyond the data",
    first_rows: "only the first {} rows are shown",
    by_last_year: "compare with last year",
    only: "only",
    can_ask: "You can ask about",
    break_down: "Break down by",
    computed: "How it is computed",
    also_called: "Also called",
    part_of: "Part of",
    no_such_metric: "There is no metric called",
    last_week: "last week",
    this_month: "this month",
    top: "top",
    yes: "Yes",
    no: "No",
    grains: ["hour", "day", "week", "month", "quarter", "year"],
};

const ES: Words = Words {
    by: "por",
    versus: "frente a",
    all: "todos",
    other: "ninguno",
    leads: "va primero con",
    then: "después",
    highest: "Máximo",
    lowest: "mínimo",
    no_data: "No hay datos para esto",
    data_to: "Datos hasta el",
    still_filling: "aún llegan datos tardíos de los últimos {} días",
    missing: "sin datos el {} (faltan, no son cero)",
    not_begun: "el período va más allá de los datos",
    first_rows: "solo se muestran las primeras {} filas",
    by_last_year: "comparar con el año pasado",
    only: "solo",
    can_ask: "Puedes preguntar por",
    break_down: "Desglosar por",
    computed: "Cómo se calcula",
    also_called: "También llamado",
    part_of: "Parte de",
    no_such_metric: "No hay ninguna métrica llamada",
    last_week: "la semana pasada",
    this_month: "este mes",
    top: "top",
    yes: "Sí",
    no: "No",
    grains: ["hora", "día", "semana", "mes", "trimestre", "año"],
};

const PT: Words = Words {
    by: "por",
    versus: "em relação a",
    all: "todos",
    other: "nenhum",
    leads: "lidera com",
    then: "depois",
    highest: "Máximo",
    lowest: "mínimo",
    no_data: "Não há dados para isto",
    data_to: "Dados até",
    still_filling: "ainda chegam dados tardios dos últimos {} dias",
    missing: "sem dados em {} (faltam, não são zero)",
    not_begun: "o período vai além dos dados",
    first_rows: "só as primeiras {} linhas são mostradas",
    by_last_year: "comparar com o ano passado",
    only: "só",
    can_ask: "Você pode perguntar sobre",
    break_down: "Detalhar por",
    computed: "Como é calculado",
    also_called: "Também chamado",
    part_of: "Parte de",
    no_such_metric: "Não há métrica chamada",
    last_week: "na semana passada",
    this_month: "este mês",
    top: "top",
    yes: "Sim",
    no: "Não",
    grains: ["hora", "dia", "semana", "mês", "trimestre", "ano"],
};

impl Words {
    pub(crate) const fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN,
            Language::Es => &ES,
            Language::Pt => &PT,
        }
    }

    pub(crate) const fn grain(&self, grain: Grain) -> &'static str {
        self.grains[grain as usize]
    }
}
