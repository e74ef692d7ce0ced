//! The sentences of answers that are more than a number: shares, yes and no, averages, ratios. One
//! template a language; what stands in braces is put in by [`fill`].

use almanac_agent_contract::{Grain, Language};

use crate::arguments::Statistic;

/// The templates of one language.
pub(crate) struct Sentences {
    /// "Share of revenue".
    pub(crate) share_of: &'static str,
    /// "total".
    pub(crate) total: &'static str,
    /// The row of all groups beyond the limit.
    pub(crate) others: &'static str,
    /// "Revenue per session".
    pub(crate) per: &'static str,
    /// Between alternatives.
    pub(crate) or: &'static str,
    /// That a ratio is nobody's definition.
    pub(crate) computed_here: &'static str,
    /// A group's share.
    pub(crate) is_share: &'static str,
    /// The same with the amount and the whole.
    pub(crate) is_share_of: &'static str,
    /// Of several groups together.
    pub(crate) are_share_of: &'static str,
    /// A group that was asked about and has no rows.
    pub(crate) nothing_for: &'static str,
    /// A value held against a threshold.
    pub(crate) was: &'static str,
    pub(crate) above: &'static str,
    pub(crate) below: &'static str,
    pub(crate) short: &'static str,
    pub(crate) exactly: &'static str,
    /// How many of several rows passed.
    pub(crate) of_them: &'static str,
    pub(crate) first_and_latest: &'static str,
    /// Before the least of a ranking.
    pub(crate) lowest: &'static str,
    /// A dimension's values with a metric.
    pub(crate) different: &'static str,
    /// Parts of dates by the end of their names.
    parts: [(&'static str, &'static str); 7],
    weekdays: [&'static str; 7],
    /// Each statistic with a grain's adjective, and of groups.
    statistics: [(&'static str, &'static str); 4],
    adjectives: [&'static str; 6],
    grains: [(&'static str, &'static str); 6],
}

const EN: Sentences = Sentences {
    share_of: "Share of {metric}",
    total: "{metric}, total",
    others: "Others",
    per: "{metric} per {other}",
    or: "or",
    computed_here: "{metric} divided by {other}, computed here: no metric is defined so.",
    is_share: "{group} is {share} of {metric}",
    is_share_of: "{group} is {share} of {metric}: {value} of {total}",
    are_share_of: "{group} make up {share} of {metric}: {value} of {total}",
    nothing_for: "there is no {metric} for {group}",
    was: "{verdict}: {of} was {value}, {distance}.",
    above: "{by} above {limit}",
    below: "{by} below {limit}",
    short: "{by} short of {limit}",
    exactly: "exactly {limit}",
    of_them: "{verdict}: {of}: {count} of {all} {things} {op} {limit}",
    first_and_latest: "first {first}, latest {latest}",
    lowest: "Lowest",
    different: "{dimension} with {metric}",
    parts: [
        ("dow", "Weekday"),
        ("hour", "Hour of day"),
        ("day", "Day of month"),
        ("doy", "Day of year"),
        ("month", "Month of year"),
        ("quarter", "Quarter of year"),
        ("year", "Year"),
    ],
    weekdays: [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
    statistics: [
        ("Average {grain} {metric}", "Average {metric} by {group}"),
        ("Median {grain} {metric}", "Median {metric} by {group}"),
        ("Highest {grain} {metric}", "Highest {metric} by {group}"),
        ("Lowest {grain} {metric}", "Lowest {metric} by {group}"),
    ],
    adjectives: [
        "hourly",
        "daily",
        "weekly",
        "monthly",
        "quarterly",
        "yearly",
    ],
    grains: [
        ("hour", "hours"),
        ("day", "days"),
        ("week", "weeks"),
        ("month", "months"),
        ("quarter", "quarters"),
        ("year", "years"),
    ],
};

const ES: Sentences = Sentences {
    share_of: "Participación en {metric}",
    total: "{metric}, total",
    others: "Otros",
    per: "{metric} por {other}",
    or: "o",
    computed_here: "{metric} entre {other}, calculado aquí: ninguna métrica lo define así.",
    is_share: "{group} es el {share} de {metric}",
    is_share_of: "{group} es el {share} de {metric}: {value} de {total}",
    are_share_of: "{group} suman el {share} de {metric}: {value} de {total}",
    nothing_for: "no hay {metric} para {group}",
    was: "{verdict}: {of} fue {value}, {distance}.",
    above: "un {by} por encima de {limit}",
    below: "un {by} por debajo de {limit}",
    short: "un {by} por debajo de {limit}",
    exactly: "exactamente {limit}",
    of_them: "{verdict}: {of}: {count} de {all} {things} {op} {limit}",
    first_and_latest: "primero {first}, último {latest}",
    lowest: "Mínimo",
    different: "Número de {dimension} con {metric}",
    parts: [
        ("dow", "Día de la semana"),
        ("hour", "Hora del día"),
        ("day", "Día del mes"),
        ("doy", "Día del año"),
        ("month", "Mes del año"),
        ("quarter", "Trimestre del año"),
        ("year", "Año"),
    ],
    weekdays: [
        "lunes",
        "martes",
        "miércoles",
        "jueves",
        "viernes",
        "sábado",
        "domingo",
    ],
    statistics: [
        (
            "Promedio {grain} de {metric}",
            "Promedio de {metric} por {group}",
        ),
        (
            "Mediana {grain} de {metric}",
            "Mediana de {metric} por {group}",
        ),
        (
            "Máximo {grain} de {metric}",
            "Máximo de {metric} por {group}",
        ),
        (
            "Mínimo {grain} de {metric}",
            "Mínimo de {metric} por {group}",
        ),
    ],
    adjectives: [
        "por hora",
        "por día",
        "semanal",
        "mensual",
        "trimestral",
        "anual",
    ],
    grains: [
        ("hora", "horas"),
        ("día", "días"),
        ("semana", "semanas"),
        ("mes", "meses"),
        ("trimestre", "trimestres"),
        ("año", "años"),
    ],
};

const PT: Sentences = Sentences {
    share_of: "Participação em {metric}",
    total: "{metric}, total",
    others: "Outros",
    per: "{metric} por {other}",
    or: "ou",
    computed_here: "{metric} dividido por {other}, calculado aqui: nenhuma métrica o define assim.",
    is_share: "{group} é {share} de {metric}",
    is_share_of: "{group} é {share} de {metric}: {value} de {total}",
    are_share_of: "{group} somam {share} de {metric}: {value} de {total}",
    nothing_for: "não há {metric} para {group}",
    was: "{verdict}: {of} foi {value}, {distance}.",
    above: "{by} acima de {limit}",
    below: "{by} abaixo de {limit}",
    short: "{by} abaixo de {limit}",
    exactly: "exatamente {limit}",
    of_them: "{verdict}: {of}: {count} de {all} {things} {op} {limit}",
    first_and_latest: "primeiro {first}, último {latest}",
    lowest: "Mínimo",
    different: "Número de {dimension} com {metric}",
    parts: [
        ("dow", "Dia da semana"),
        ("hour", "Hora do dia"),
        ("day", "Dia do mês"),
        ("doy", "Dia do ano"),
        ("month", "Mês do ano"),
        ("quarter", "Trimestre do ano"),
        ("year", "Ano"),
    ],
    weekdays: [
        "segunda-feira",
        "terça-feira",
        "quarta-feira",
        "quinta-feira",
        "sexta-feira",
        "sábado",
        "domingo",
    ],
    statistics: [
        ("Média {grain} de {metric}", "Média de {metric} por {group}"),
        (
            "Mediana {grain} de {metric}",
            "Mediana de {metric} por {group}",
        ),
        (
            "Máximo {grain} de {metric}",
            "Máximo de {metric} por {group}",
        ),
        (
            "Mínimo {grain} de {metric}",
            "Mínimo de {metric} por {group}",
        ),
    ],
    adjectives: [
        "por hora",
        "por dia",
        "semanal",
        "mensal",
        "trimestral",
        "anual",
    ],
    grains: [
        ("hora", "horas"),
        ("dia", "dias"),
        ("semana", "semanas"),
        ("mês", "meses"),
        ("trimestre", "trimestres"),
        ("ano", "anos"),
    ],
};

impl Sentences {
    pub(crate) const fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN,
            Language::Es => &ES,
            Language::Pt => &PT,
        }
    }

    /// "days", "day" where there is one.
    pub(crate) const fn grains(&self, grain: Grain, count: usize) -> &'static str {
        let (one, many) = self.grains[grain as usize];
        if count == 1 { one } else { many }
    }

    /// "Average daily {metric}", or "Average {metric} by {group}"; counts are told otherwise.
    pub(crate) fn statistic(&self, statistic: Statistic, grain: Option<Grain>) -> Option<String> {
        let (series, groups) = match statistic {
            Statistic::Average => self.statistics[0],
            Statistic::Median => self.statistics[1],
            Statistic::Maximum => self.statistics[2],
            Statistic::Minimum => self.statistics[3],
            Statistic::Count => return None,
        };
        Some(match grain {
            Some(grain) => series.replace("{grain}", self.adjectives[grain as usize]),
            None => groups.to_owned(),
        })
    }

    /// What a part of a date is called, by the end of its name: "dow".
    pub(crate) fn part(&self, name: &str) -> Option<&'static str> {
        let mut parts = self.parts.iter();
        parts.find(|(end, _)| *end == name).map(|(_, label)| *label)
    }

    /// The day of that number; Monday is 1.
    pub(crate) fn weekday(&self, number: i64) -> Option<&'static str> {
        let index = usize::try_from(number - 1).ok()?;
        self.weekdays.get(index).copied()
    }
}

/// A template with its places filled. What is put in is not looked at for places again.
pub(crate) fn fill(template: &str, places: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        let place = places.iter().find(|(place, _)| *place == name);
        out.push_str(place.map_or("", |(_, text)| text));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_not_a_template() {
        let text = fill("{a} of {b}", &[("a", "{b}"), ("b", "x")]);
        assert_eq!(text, "{b} of x");
        assert_eq!(fill("no places", &[]), "no places");
    }

    #[test]
    fn every_language_has_the_same_places() {
        let places = |template: &str| {
            let mut names: Vec<_> = template.split('{').skip(1).map(str::to_owned).collect();
            names
                .iter_mut()
                .for_each(|name| name.truncate(name.find('}').unwrap_or(0)));
            names.sort_unstable();
            names
        };
        let all = |words: &Sentences| {
            let mut templates = vec![
                words.share_of,
                words.per,
                words.computed_here,
                words.is_share,
                words.is_share_of,
                words.are_share_of,
                words.nothing_for,
                words.was,
                words.above,
                words.below,
                words.short,
                words.exactly,
                words.of_them,
                words.first_and_latest,
                words.different,
            ];
            templates.extend(words.statistics.iter().flat_map(|(a, b)| [*a, *b]));
            templates.into_iter().map(places).collect::<Vec<_>>()
        };
        assert_eq!(all(&EN), all(&ES));
        assert_eq!(all(&EN), all(&PT));
    }

    #[test]
    fn weekdays_begin_with_monday() {
        assert_eq!(EN.weekday(1), Some("Monday"));
        assert_eq!(ES.weekday(7), Some("domingo"));
        assert_eq!(PT.weekday(0), None);
        assert_eq!(EN.weekday(8), None);
    }
}
