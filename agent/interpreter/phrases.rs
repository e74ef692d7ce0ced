//! The interpreter's own sentences, in the asker's language. `read` and `model` choose one and
//! fill in names; nothing here decides anything.

use almanac_agent_contract::Language::{self, En, Es, Pt};

use crate::intent::Feature;

/// A sentence to say.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Say<'a> {
    /// Nothing was asked.
    Nothing,
    /// Too many words for a question.
    TooLong,
    /// No word was understood; names of metrics follow.
    NothingKnown(&'a str),
    /// A word is known to nobody; the nearest names follow, perhaps none.
    UnknownWord {
        word: &'a str,
        near: &'a str,
    },
    /// A dimension is known to nobody; what the metric can be broken down by follows.
    UnknownDimension {
        word: &'a str,
        metric: &'a str,
        known: &'a str,
    },
    /// A metric is missing: which one?
    WhichMetric,
    /// A name stands for several things: which one?
    WhichName(&'a str),
    /// A part of a name: did you mean it?
    DidYouMean(&'a str),
    /// The metric does not have that dimension; those it has follow.
    NotBy {
        metric: &'a str,
        dimension: &'a str,
        known: &'a str,
    },
    /// A breakdown by what?
    ByWhat(&'a str),
    /// A ranking of what?
    TopOfWhat(&'a str),
    /// The period has not begun.
    Future,
    /// The metric is known by a longer grain only.
    TooFine {
        metric: &'a str,
        grain: &'a str,
    },
    /// More periods than a query holds.
    TooManyPeriods,
    /// The metric has no dimensions that could be asked for.
    NotByAny(&'a str),
    /// Two questions in one sentence.
    Mixed,
    /// Two readings are as likely as one another.
    Either,
    /// A condition on each of an entity, where only its number was named.
    Each {
        entity: &'a str,
        metric: &'a str,
    },
    /// A part of a hundred, of a metric that is none.
    NoPercent(&'a str),
    /// A rate is not divided again.
    Undividable(&'a str),
    /// A metric is another statistic than was asked for.
    OtherStatistic(&'a str),
    /// Shares of what?
    ShareOfWhat(&'a str),
    /// An average of what?
    AverageOfWhat(&'a str),
    /// There is no earlier answer.
    NothingBefore,
    /// The question that has a definition remembered.
    RememberThat {
        phrase: &'a str,
        metric: &'a str,
    },
    /// The button of it.
    Remember {
        phrase: &'a str,
        metric: &'a str,
    },
    /// A definition of the person's own was used.
    AsYouSaid {
        phrase: &'a str,
        metric: &'a str,
    },
    /// What is wanted is understood, and no tool does it.
    NoTool,
    /// Nothing of what was offered was right.
    Declined,
    /// A filter leaves nothing of what the metric counts.
    Contradicts {
        metric: &'a str,
        dimension: &'a str,
        own: &'a str,
    },
    /// Amounts are in the workspace's currency only.
    Conversion {
        asked: &'a str,
        own: &'a str,
    },
    /// The calendar has no such day.
    NoSuchDay(&'a str),
    /// The year has no such week.
    NoSuchWeek(&'a str),
    /// A ranking of no rows.
    TopNone,
    /// One metric cannot be taken out of another.
    NotWithout {
        metric: &'a str,
    },
    /// No tool yet.
    NotYet(Feature),
    /// The file is a button.
    ExportButton,
    /// A greeting.
    Hello,
    Thanks,
    /// How to ask.
    Help,
    /// The conversation starts anew.
    Fresh,
    /// The question needs a question before it.
    NothingToFollow,
    /// A typo was read as another word.
    Typo {
        typed: &'a str,
        meant: &'a str,
    },
    /// A near name was taken.
    Near {
        typed: &'a str,
        meant: &'a str,
    },
    /// The usual metric was taken.
    Usual(&'a str),
    /// A trend without a period: the window taken.
    Window {
        count: i32,
        grain: &'a str,
    },
    /// A comparison without a period: the running unit.
    Running(&'a str),
}

impl Say<'_> {
    /// The sentence.
    pub(crate) fn in_language(self, language: Language) -> String {
        match language {
            En => self.english(),
            Es => self.spanish(),
            Pt => self.portuguese(),
        }
    }

    fn english(self) -> String {
        match self {
            Self::Nothing => "There was no question in that. Ask for a number, for example one of these.".into(),
            Self::TooLong => "That is too much text for one question. Ask for one thing in a sentence, for example one of these.".into(),
            Self::NothingKnown(near) => format!("I could not match that to anything I can count. Some of what I know: {near}."),
            Self::UnknownWord { word, near: "" } => format!("I do not know “{word}”, so I would rather not guess. These work:"),
            Self::UnknownWord { word, near } => format!("I do not know “{word}”. The nearest I have: {near}."),
            Self::UnknownDimension { word, metric, known } => format!("{metric} cannot be broken down by “{word}”; I do not know it. It can by {known}."),
            Self::WhichMetric => "Which number would you like?".into(),
            Self::WhichName(name) => format!("“{name}” can mean several things. Which one?"),
            Self::DidYouMean(name) => format!("I have nothing called exactly “{name}”. Did you mean one of these?"),
            Self::NotBy { metric, dimension, known } => format!("{metric} is not recorded by {dimension}. It can be broken down and filtered by {known}."),
            Self::ByWhat(metric) => format!("Broken down by what? {metric} can be by these."),
            Self::TopOfWhat(metric) => format!("A ranking of what? {metric} can be ranked by these."),
            Self::Future => "That period has not begun, so there are no numbers for it yet. Forecasts are not available yet.".into(),
            Self::TooFine { metric, grain } => format!("{metric} is not known at a finer grain than {grain}."),
            Self::NotByAny(metric) => format!("{metric} cannot be broken down or filtered."),
            Self::Mixed => "Those are two questions in one. Ask for them one at a time, for example:".into(),
            Self::TooManyPeriods => "I can compare two periods at a time. Which two?".into(),
            Self::Either => "I can read that in two ways. Which one?".into(),
            Self::NotWithout { metric } => format!("I cannot take {metric} out of another number. Did you mean one of these?"),
            Self::Contradicts { metric, dimension, own } => format!("{metric} only counts where {dimension} is {own}, so that filter would leave nothing to count."),
            Self::Each { entity, metric } => format!("Counted by the {metric} of each {entity}."),
            Self::NoPercent(metric) => format!("{metric} is no percentage, so I cannot hold it against one."),
            Self::Undividable(metric) => format!("{metric} is an average or a rate already; dividing it again would mean nothing."),
            Self::OtherStatistic(metric) => format!("{metric} is another statistic, and none is defined that would be what you ask for."),
            Self::ShareOfWhat(metric) => format!("Shares of {metric} by what? It can be split by these."),
            Self::AverageOfWhat(metric) => format!("An average of {metric} over what?"),
            Self::NothingBefore => "There is no earlier answer in this conversation to go back to. For example:".into(),
            Self::RememberThat { phrase, metric } => format!("Remember that {phrase} means {metric}"),
            Self::Remember { phrase, metric } => format!("Remember: “{phrase}” is {metric}"),
            Self::AsYouSaid { phrase, metric } => format!("“{phrase}” is {metric}, as you told me."),
            Self::NoTool => "I understood that, but there is no tool for it here.".into(),
            Self::Declined => "All right. Then say it in other words, for example:".into(),
            Self::Conversion { asked, own } => format!("Amounts are in {own}; converting them to {asked} is not available."),
            Self::NoSuchDay(day) => format!("There is no such day as “{day}”."),
            Self::NoSuchWeek(week) => format!("There is no such week as “{week}”."),
            Self::TopNone => "A ranking needs at least one row: top 1 or more.".into(),
            Self::NotYet(feature) => format!("{} not available yet. Values, trends, breakdowns, rankings and comparisons are, for example:", feature_en(feature)),
            Self::ExportButton => "Every answer with numbers has an Export button below it that gives the table as CSV.".into(),
            Self::Hello => "Hello! Ask me about your numbers, for example:".into(),
            Self::Thanks => "You are welcome.".into(),
            Self::Help => "Ask for a number, a period, a breakdown, a ranking or a comparison in your own words; then go on with “by …”, “only …” or “last year instead”. For example:".into(),
            Self::Fresh => "All right, from the beginning. For example:".into(),
            Self::NothingToFollow => "That goes on from an earlier question, and there is none in this conversation. Ask for a number first, for example:".into(),
            Self::Typo { typed, meant } => format!("I read “{typed}” as “{meant}”."),
            Self::Near { typed, meant } => format!("I took “{typed}” to mean {meant}."),
            Self::Usual(metric) => format!("Ranked by {metric}, as no number was named."),
            Self::Window { count, grain } => format!("No period was named: the last {count} {grain}."),
            Self::Running(unit) => format!("No period was named: this {unit} to date."),
        }
    }

    fn spanish(self) -> String {
        match self {
            Self::Nothing => "Ahí no había ninguna pregunta. Pide una cifra; por ejemplo, una de estas.".into(),
            Self::TooLong => "Es demasiado texto para una pregunta. Pide una sola cosa en una frase; por ejemplo, una de estas.".into(),
            Self::NothingKnown(near) => format!("No he reconocido en eso nada que sepa contar. Algo de lo que conozco: {near}."),
            Self::UnknownWord { word, near: "" } => format!("No conozco «{word}» y prefiero no adivinar. Esto sí funciona:"),
            Self::UnknownWord { word, near } => format!("No conozco «{word}». Lo más parecido que tengo: {near}."),
            Self::UnknownDimension { word, metric, known } => format!("{metric} no se puede desglosar por «{word}»: no lo conozco. Sí por {known}."),
            Self::WhichMetric => "¿Qué cifra quieres ver?".into(),
            Self::WhichName(name) => format!("«{name}» puede significar varias cosas. ¿Cuál?"),
            Self::DidYouMean(name) => format!("No tengo nada que se llame exactamente «{name}». ¿Te refieres a algo de esto?"),
            Self::NotBy { metric, dimension, known } => format!("{metric} no se registra por {dimension}. Se puede desglosar y filtrar por {known}."),
            Self::ByWhat(metric) => format!("¿Desglosado por qué? {metric} se puede desglosar por esto."),
            Self::TopOfWhat(metric) => format!("¿Una clasificación de qué? {metric} se puede ordenar por esto."),
            Self::Future => "Ese periodo aún no ha empezado, así que no hay cifras. Las previsiones todavía no están disponibles.".into(),
            Self::TooFine { metric, grain } => format!("{metric} no se conoce con más detalle que por {grain}."),
            Self::NotByAny(metric) => format!("{metric} no se puede desglosar ni filtrar."),
            Self::Mixed => "Son dos preguntas en una. Hazlas por separado; por ejemplo:".into(),
            Self::TooManyPeriods => "Puedo comparar dos periodos a la vez. ¿Cuáles?".into(),
            Self::Either => "Puedo leerlo de dos maneras. ¿Cuál?".into(),
            Self::NotWithout { metric } => format!("No puedo restar {metric} de otra cifra. ¿Te refieres a algo de esto?"),
            Self::Contradicts { metric, dimension, own } => format!("{metric} solo cuenta donde {dimension} es {own}, así que ese filtro no dejaría nada que contar."),
            Self::Each { entity, metric } => format!("Contado por {metric} de cada {entity}."),
            Self::NoPercent(metric) => format!("{metric} no es un porcentaje, así que no puedo compararlo con uno."),
            Self::Undividable(metric) => format!("{metric} ya es una media o una tasa; dividirlo otra vez no significaría nada."),
            Self::OtherStatistic(metric) => format!("{metric} es otra estadística, y no hay ninguna definida que sea la que pides."),
            Self::ShareOfWhat(metric) => format!("¿Porcentajes de {metric} por qué? Se puede repartir por esto."),
            Self::AverageOfWhat(metric) => format!("¿Una media de {metric} sobre qué?"),
            Self::NothingBefore => "En esta conversación no hay una respuesta anterior a la que volver. Por ejemplo:".into(),
            Self::RememberThat { phrase, metric } => format!("Recuerda que {phrase} significa {metric}"),
            Self::Remember { phrase, metric } => format!("Recordar: «{phrase}» es {metric}"),
            Self::AsYouSaid { phrase, metric } => format!("«{phrase}» es {metric}, como me dijiste."),
            Self::NoTool => "Lo he entendido, pero aquí no hay herramienta para eso.".into(),
            Self::Declined => "De acuerdo. Dilo entonces con otras palabras; por ejemplo:".into(),
            Self::Conversion { asked, own } => format!("Los importes están en {own}; convertirlos a {asked} no está disponible."),
            Self::NoSuchDay(day) => format!("No existe el día «{day}»."),
            Self::NoSuchWeek(week) => format!("No existe la semana «{week}»."),
            Self::TopNone => "Una clasificación necesita al menos una fila: top 1 o más.".into(),
            Self::NotYet(feature) => format!("{} todavía no disponible. Sí lo están valores, tendencias, desgloses, clasificaciones y comparaciones; por ejemplo:", feature_es(feature)),
            Self::ExportButton => "Cada respuesta con cifras tiene debajo un botón Exportar que da la tabla en CSV.".into(),
            Self::Hello => "¡Hola! Pregúntame por tus cifras; por ejemplo:".into(),
            Self::Thanks => "De nada.".into(),
            Self::Help => "Pide una cifra, un periodo, un desglose, una clasificación o una comparación con tus palabras; luego sigue con «por …», «solo …» o «mejor el año pasado». Por ejemplo:".into(),
            Self::Fresh => "De acuerdo, desde el principio. Por ejemplo:".into(),
            Self::NothingToFollow => "Eso continúa una pregunta anterior y en esta conversación no hay ninguna. Pide primero una cifra; por ejemplo:".into(),
            Self::Typo { typed, meant } => format!("He leído «{typed}» como «{meant}»."),
            Self::Near { typed, meant } => format!("He entendido «{typed}» como {meant}."),
            Self::Usual(metric) => format!("Ordenado por {metric}, ya que no se nombró ninguna cifra."),
            Self::Window { count, grain } => format!("No se nombró ningún periodo: los últimos {count} {grain}."),
            Self::Running(unit) => format!("No se nombró ningún periodo: {unit} en curso hasta hoy."),
        }
    }

    fn portuguese(self) -> String {
        match self {
            Self::Nothing => "Não havia nenhuma pergunta aí. Peça um número; por exemplo, um destes.".into(),
            Self::TooLong => "É texto demais para uma pergunta. Peça uma coisa só em uma frase; por exemplo, uma destas.".into(),
            Self::NothingKnown(near) => format!("Não reconheci aí nada que eu saiba contar. Um pouco do que conheço: {near}."),
            Self::UnknownWord { word, near: "" } => format!("Não conheço “{word}” e prefiro não adivinhar. Isto funciona:"),
            Self::UnknownWord { word, near } => format!("Não conheço “{word}”. O mais parecido que tenho: {near}."),
            Self::UnknownDimension { word, metric, known } => format!("{metric} não pode ser dividido por “{word}”: não conheço. Pode ser por {known}."),
            Self::WhichMetric => "Qual número você quer ver?".into(),
            Self::WhichName(name) => format!("“{name}” pode significar várias coisas. Qual?"),
            Self::DidYouMean(name) => format!("Não tenho nada que se chame exatamente “{name}”. Você quis dizer algo disto?"),
            Self::NotBy { metric, dimension, known } => format!("{metric} não é registrado por {dimension}. Pode ser dividido e filtrado por {known}."),
            Self::ByWhat(metric) => format!("Dividido por quê? {metric} pode ser dividido por isto."),
            Self::TopOfWhat(metric) => format!("Um ranking de quê? {metric} pode ser ordenado por isto."),
            Self::Future => "Esse período ainda não começou, então não há números. Previsões ainda não estão disponíveis.".into(),
            Self::TooFine { metric, grain } => format!("{metric} não é conhecido com mais detalhe do que por {grain}."),
            Self::NotByAny(metric) => format!("{metric} não pode ser dividido nem filtrado."),
            Self::Mixed => "São duas perguntas em uma. Faça uma de cada vez; por exemplo:".into(),
            Self::TooManyPeriods => "Posso comparar dois períodos por vez. Quais?".into(),
            Self::Either => "Posso ler isso de duas maneiras. Qual?".into(),
            Self::NotWithout { metric } => format!("Não posso tirar {metric} de outro número. Você quis dizer algo disto?"),
            Self::Contradicts { metric, dimension, own } => format!("{metric} só conta onde {dimension} é {own}; com esse filtro não sobraria nada para contar."),
            Self::Each { entity, metric } => format!("Contado por {metric} de cada {entity}."),
            Self::NoPercent(metric) => format!("{metric} não é uma porcentagem, então não posso compará-lo com uma."),
            Self::Undividable(metric) => format!("{metric} já é uma média ou uma taxa; dividir de novo não significaria nada."),
            Self::OtherStatistic(metric) => format!("{metric} é outra estatística, e não há nenhuma definida que seja a que você pede."),
            Self::ShareOfWhat(metric) => format!("Porcentagens de {metric} por quê? Pode ser dividido por isto."),
            Self::AverageOfWhat(metric) => format!("Uma média de {metric} sobre quê?"),
            Self::NothingBefore => "Nesta conversa não há uma resposta anterior para a qual voltar. Por exemplo:".into(),
            Self::RememberThat { phrase, metric } => format!("Lembre que {phrase} significa {metric}"),
            Self::Remember { phrase, metric } => format!("Lembrar: “{phrase}” é {metric}"),
            Self::AsYouSaid { phrase, metric } => format!("“{phrase}” é {metric}, como você me disse."),
            Self::NoTool => "Entendi, mas aqui não há ferramenta para isso.".into(),
            Self::Declined => "Tudo bem. Então diga com outras palavras; por exemplo:".into(),
            Self::Conversion { asked, own } => format!("Os valores estão em {own}; convertê-los para {asked} não está disponível."),
            Self::NoSuchDay(day) => format!("Não existe o dia “{day}”."),
            Self::NoSuchWeek(week) => format!("Não existe a semana “{week}”."),
            Self::TopNone => "Um ranking precisa de pelo menos uma linha: top 1 ou mais.".into(),
            Self::NotYet(feature) => format!("{} ainda não disponível. Valores, tendências, divisões, rankings e comparações estão; por exemplo:", feature_pt(feature)),
            Self::ExportButton => "Toda resposta com números tem embaixo um botão Exportar que dá a tabela em CSV.".into(),
            Self::Hello => "Olá! Pergunte sobre os seus números; por exemplo:".into(),
            Self::Thanks => "De nada.".into(),
            Self::Help => "Peça um número, um período, uma divisão, um ranking ou uma comparação com as suas palavras; depois continue com “por …”, “só …” ou “em vez disso, ano passado”. Por exemplo:".into(),
            Self::Fresh => "Certo, desde o começo. Por exemplo:".into(),
            Self::NothingToFollow => "Isso continua uma pergunta anterior, e não há nenhuma nesta conversa. Peça primeiro um número; por exemplo:".into(),
            Self::Typo { typed, meant } => format!("Li “{typed}” como “{meant}”."),
            Self::Near { typed, meant } => format!("Entendi “{typed}” como {meant}."),
            Self::Usual(metric) => format!("Ordenado por {metric}, já que nenhum número foi citado."),
            Self::Window { count, grain } => format!("Nenhum período foi citado: os últimos {count} {grain}."),
            Self::Running(unit) => format!("Nenhum período foi citado: {unit} atual até hoje."),
        }
    }
}

fn feature_en(feature: Feature) -> &'static str {
    match feature {
        Feature::Why => "Explaining why a number moved is",
        Feature::Forecast => "Forecasts are",
        Feature::Anomalies => "Looking for anomalies is",
        Feature::Subscribe => "Digests and subscriptions are",
        Feature::Alert => "Alerts are",
        Feature::Goal => "Goals are",
        Feature::Cohort => "Cohorts and funnels are",
        Feature::Statistic => {
            "Deviations, percentiles and moving averages that no metric defines are"
        }
        Feature::Cumulative => "Running totals that no metric defines are",
        Feature::Export => "Exporting in words is",
        Feature::Action => "I only read numbers; changing or sending something is",
        Feature::Calendar => "Series by fortnight, half-year or minute are",
    }
}

fn feature_es(feature: Feature) -> &'static str {
    match feature {
        Feature::Why => "Explicar por qué cambió una cifra:",
        Feature::Forecast => "Previsiones:",
        Feature::Anomalies => "Buscar anomalías:",
        Feature::Subscribe => "Resúmenes y suscripciones:",
        Feature::Alert => "Alertas:",
        Feature::Goal => "Objetivos:",
        Feature::Cohort => "Cohortes y embudos:",
        Feature::Statistic => {
            "Desviaciones, percentiles y medias móviles que ninguna métrica define:"
        }
        Feature::Cumulative => "Acumulados que ninguna métrica define:",
        Feature::Export => "Exportar con palabras:",
        Feature::Action => "Solo leo cifras; cambiar o enviar algo:",
        Feature::Calendar => "Series por quincena, semestre o minuto:",
    }
}

fn feature_pt(feature: Feature) -> &'static str {
    match feature {
        Feature::Why => "Explicar por que um número mudou:",
        Feature::Forecast => "Previsões:",
        Feature::Anomalies => "Procurar anomalias:",
        Feature::Subscribe => "Resumos e assinaturas:",
        Feature::Alert => "Alertas:",
        Feature::Goal => "Metas:",
        Feature::Cohort => "Coortes e funis:",
        Feature::Statistic => "Desvios, percentis e médias móveis que nenhuma métrica define:",
        Feature::Cumulative => "Acumulados que nenhuma métrica define:",
        Feature::Export => "Exportar com palavras:",
        Feature::Action => "Só leio números; mudar ou enviar algo:",
        Feature::Calendar => "Séries por quinzena, semestre ou minuto:",
    }
}
