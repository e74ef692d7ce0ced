//! The words of questions that no catalogue holds: "by", "top", "compared with", "why". `spans`
//! looks phrases up here; a word found neither here nor in the catalogue nor in time is unknown,
//! and an unknown word is never passed over.

use std::collections::{HashMap, HashSet};

use almanac_agent_contract::Language::{self, En, Es, Pt};

use crate::intent::{Feature, Wish};
use crate::text::Token;

/// What a phrase does in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Cue {
    /// A dimension follows: "by".
    By,
    /// A value or a period follows: "in".
    In,
    /// Only the value that follows.
    Only,
    /// All but the value that follows.
    Not,
    And,
    Or,
    /// The other side of a comparison follows.
    Versus,
    /// A breakdown is wanted, by what follows "by".
    ByWhat,
    /// The sentence compares.
    Compare,
    Top,
    Bottom,
    /// "the most X": a ranking by X.
    Most,
    Least,
    /// "which X".
    Which,
    /// "what is": a definition or a value.
    WhatIs,
    /// A definition for certain: "how is X computed".
    Define,
    Trend,
    Growth,
    /// A form of answer.
    Show(Wish),
    /// No restriction: "all".
    All,
    /// In addition to what was asked before.
    Also,
    /// Opens a follow-up: "what about".
    Again,
    /// The filters go.
    NoFilter,
    /// The breakdown goes.
    NoBreakdown,
    /// All that was asked before goes.
    Reset,
    /// Not a query.
    Catalogue,
    Help,
    Hello,
    Thanks,
    /// Something there is no tool for yet.
    Feature(Feature),
    /// Says nothing here: "please", "the", "how much".
    Noise,
}

/// All phrases, by their words.
pub(crate) struct Vocabulary {
    phrases: HashMap<&'static str, (Cue, [bool; 3])>,
    words: HashSet<&'static str>,
}

/// The most words a phrase has.
pub(crate) const LONGEST_PHRASE: usize = 5;

impl Vocabulary {
    pub(crate) fn new() -> Self {
        let mut phrases: HashMap<&'static str, (Cue, [bool; 3])> = HashMap::new();
        for (language, cue, list) in PHRASES {
            for phrase in list.split('|') {
                let entry = phrases.entry(phrase.trim()).or_insert((*cue, [false; 3]));
                entry.1[*language as usize] = true;
            }
        }
        let words = phrases.keys().flat_map(|phrase| phrase.split(' ')).collect();
        Self { phrases, words }
    }

    /// What the phrase does.
    pub(crate) fn cue(&self, phrase: &str) -> Option<Cue> {
        self.phrases.get(phrase).map(|(cue, _)| *cue)
    }

    /// All single words of all phrases, for repairing typos.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().copied()
    }

    /// Whether some phrase has the word.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether the word by itself is passed over.
    pub(crate) fn is_noise(&self, word: &str) -> bool {
        self.cue(word) == Some(Cue::Noise)
    }

    /// The language most of the words belong to; `usual` where no other has more.
    pub(crate) fn language(&self, tokens: &[Token], usual: Language) -> Language {
        let mut seen = [0_u32; 3];
        for token in tokens {
            let of = self.phrases.get(token.word.as_str()).map_or([false; 3], |(_, of)| *of);
            // A word of all three tells nothing; one of a single language tells most.
            let single = of.iter().filter(|of| **of).count() == 1;
            for language in [En, Es, Pt] {
                seen[language as usize] += u32::from(of[language as usize]) * if single { 2 } else { 1 };
            }
            if let Some(language) = telling(&token.word).or_else(|| spelled(&token.typed)) {
                seen[language as usize] += 3;
            }
        }
        let best = [En, Es, Pt].into_iter().max_by_key(|language| (seen[*language as usize], *language == usual));
        best.filter(|best| seen[*best as usize] > seen[usual as usize]).unwrap_or(usual)
    }
}

/// Letters and endings that one language has alone.
fn spelled(typed: &str) -> Option<Language> {
    let word = typed.to_lowercase();
    if word.contains('ñ') || ["ción", "sión", "ía", "dad"].iter().any(|ending| word.ends_with(ending)) {
        return Some(Es);
    }
    let own = word.contains(['ã', 'õ', 'ç', 'ê', 'ô', 'â']) || word.ends_with("dade");
    own.then_some(Pt)
}

/// Words of time and business that belong to one language alone.
fn telling(word: &str) -> Option<Language> {
    Some(match word {
        "last" | "week" | "month" | "year" | "day" | "quarter" | "yesterday" | "today" | "since" | "revenue" | "orders"
        | "customers" | "sales" | "this" | "days" | "weeks" | "months" => En,
        "ayer" | "hoy" | "pasado" | "pasada" | "enero" | "febrero" | "junio" | "julio" | "hasta" | "desde" | "hace" | "ventas"
        | "ingresos" | "margen" | "ultimos" | "ultimas" | "anterior" | "canales" => Es,
        "ontem" | "hoje" | "passado" | "passada" | "janeiro" | "fevereiro" | "junho" | "julho" | "vendas" | "receita" | "neste"
        | "nesta" | "deste" | "desta" | "faturamento" | "margem" | "encomendas" | "canais" => Pt,
        _ => return None,
    })
}

type Row = (Language, Cue, &'static str);

const PHRASES: &[Row] = &[
    (En, Cue::By, "by|per|broken down by|break down by|split by|grouped by|group by|for each|each|for every|every|across|segmented by|sliced by|by each|break it down by|split it by|divided by"),
    (Es, Cue::By, "por|por cada|segun|cada|desglosado por|desglosada por|desglosados por|dividido por|dividida por|agrupado por|agrupada por|para cada|separado por"),
    (Pt, Cue::By, "por|por cada|segundo o|cada|dividido por|dividida por|agrupado por|agrupada por|para cada|detalhado por|separado por|quebrado por"),
    (En, Cue::ByWhat, "breakdown|breakdown of|a breakdown of|break down|split of|drill down into"),
    (Es, Cue::ByWhat, "desglose|desglose de|desglosa|desglosar"),
    (Pt, Cue::ByWhat, "detalhamento|detalhamento de|quebra|quebra de"),
    (En, Cue::In, "in|for|at|from|within|on|during|over|through|of|via|where|whose|where the"),
    (Es, Cue::In, "en|para|de|del|durante|desde|dentro de|con|a traves de|donde|cuyo|cuya"),
    (Pt, Cue::In, "em|de|no|na|nos|nas|do|da|dos|das|para|durante|com|pelo|pela|pelos|pelas|onde|cujo|cuja"),
    (En, Cue::Only, "only|just|solely|exclusively|only in|only for|just for|just in|only from|filter by|filter to|filtered by|filter on|limited to|restrict to|narrow to|narrow down to"),
    (Es, Cue::Only, "solo|solamente|unicamente|solo en|solo para|filtra por|filtrar por|filtrado por|solo de|nada mas"),
    (Pt, Cue::Only, "apenas|somente|so|so em|so no|so na|so para|apenas em|apenas no|apenas na|somente em|somente no|somente na|filtra por|filtrar por|filtrado por"),
    (En, Cue::Not, "without|excluding|except|except for|not|but not|other than|exclude|leave out|not in|not from|not counting|apart from|outside|outside of|ex"),
    (Es, Cue::Not, "sin|excepto|excluyendo|salvo|sin contar|que no sea|que no sean|excluye|excluir|quitando|fuera de|no de"),
    (Pt, Cue::Not, "sem|exceto|excluindo|salvo|sem contar|que nao seja|que nao sejam|nao|exclui|excluir|tirando|fora|fora de|fora do|fora da|menos o|menos a"),
    (En, Cue::And, "and|plus|&|+|as well as|together with|and in|and for|and also in|and the"),
    (Es, Cue::And, "y|e|mas el|junto con|asi como|y en|y para|y de"),
    (Pt, Cue::And, "e|junto com|assim como|e em|e no|e na|e do|e da|e para"),
    (En, Cue::Or, "or"),
    (Es, Cue::Or, "o|u"),
    (Pt, Cue::Or, "ou"),
    (En, Cue::Versus, "vs|versus|against|compared to|compared with|compare to|compare with|in comparison to|in comparison with|relative to|as compared to|compare it to|compare it with|compare that to|compare that with|compared against|with respect to"),
    (Es, Cue::Versus, "vs|versus|contra|frente a|frente al|comparado con|comparada con|comparados con|comparadas con|en comparacion con|respecto a|respecto al|con respecto a|con respecto al|comparar con|comparalo con|compara con|en relacion con|en relacion al"),
    (Pt, Cue::Versus, "vs|versus|contra|frente a|frente ao|comparado com|comparada com|comparados com|comparadas com|em comparacao com|em comparacao ao|em relacao a|em relacao ao|comparar com|comparado ao|comparada ao|compare com|ante"),
    (En, Cue::Compare, "compare|comparison|comparing|compared|difference between|comparison of|comparison between|compare between|how does|separately|side by side|individually"),
    (Es, Cue::Compare, "compara|comparar|comparame|comparacion|comparativa|diferencia entre|comparando|por separado|comparacion de|comparativa de"),
    (Pt, Cue::Compare, "compara|compare|comparar|comparacao|comparativo|diferenca entre|comparando|separadamente|comparacao de"),
    (En, Cue::Top, "top|best|highest|largest|biggest|leading|strongest|greatest|best performing|top performing|ranking|rank|ranked|ranking of|highest performing"),
    (Es, Cue::Top, "top|mejores|mejor|mayores|mayor|principales|principal|ranking|mas altos|mas altas|mas grandes|mas alto|mas alta|mas grande|ranking de|primeros|primeras"),
    (Pt, Cue::Top, "top|melhores|melhor|maiores|maior|principais|principal|ranking|mais altos|mais altas|mais alto|mais alta|ranking de|primeiros|primeiras"),
    (En, Cue::Bottom, "bottom|worst|lowest|smallest|weakest|worst performing|poorest|lowest performing"),
    (Es, Cue::Bottom, "peores|peor|menores|menor|mas bajos|mas bajas|mas bajo|mas baja|mas pequenos|ultimos en"),
    (Pt, Cue::Bottom, "piores|pior|menores|menor|mais baixos|mais baixas|mais baixo|mais baixa"),
    (En, Cue::Most, "most|the most|with most|with the most|with the highest|with the largest|had the most|has the most|have the most|had the highest|has the highest|had the best|has the best|made the most|brought the most|generated the most|generates the most|brings the most|by most|more|with the best"),
    (Es, Cue::Most, "mas|con mas|con mayor|con el mayor|con la mayor|con los mayores|con las mayores|tuvo mas|tiene mas|tuvieron mas|tienen mas|con mejor|tuvo mayor|con la mejor|genera mas|genero mas|tuvo la mayor|tuvo el mayor|tuvo la mejor"),
    (Pt, Cue::Most, "mais|com mais|com maior|com o maior|com a maior|com os maiores|teve mais|tem mais|tiveram mais|teve a maior|teve o maior|com melhor|com a melhor|gerou mais|gera mais|teve a melhor"),
    (En, Cue::Least, "least|fewest|with the least|with the fewest|with the lowest|had the least|had the fewest|had the lowest|has the least|has the fewest|has the lowest|fewer|the least|the fewest|with least"),
    (Es, Cue::Least, "menos|con menos|con menor|con el menor|con la menor|tuvo menos|tiene menos|tuvieron menos|tuvo la menor|con peor|con la peor"),
    (Pt, Cue::Least, "menos|com menos|com menor|com o menor|com a menor|teve menos|tem menos|tiveram menos|teve a menor|com pior|com a pior"),
    (En, Cue::Which, "which|who|what were the|what are the|what was the|which of|which of the|whose is"),
    (Es, Cue::Which, "que|cual|cuales|quien|quienes|cual es el|cuales son los|cuales son las|cuales fueron los|cuales fueron las|cual fue el|cual fue la"),
    (Pt, Cue::Which, "qual|quais|quem|quais sao os|quais sao as|quais foram os|quais foram as|qual foi o|qual foi a"),
    (En, Cue::WhatIs, "what is|what is a|what is an|what are|whats|explain"),
    (Es, Cue::WhatIs, "que es|que es el|que es la|que es un|que es una|que son|que son los|que son las|explica|explicame"),
    (Pt, Cue::WhatIs, "o que e|o que e o|o que e a|o que e um|o que e uma|que e|o que sao|o que sao os|o que sao as|explique|explica"),
    (En, Cue::Define, "define|definition|definition of|meaning of|the meaning of|mean|mean by|calculated|computed|defined|calculation|formula|formula for|formula of|what does|how do you calculate|how do we calculate|how do you compute|how is|what do you mean by|describe|how do you define|how do we define|how are"),
    (Es, Cue::Define, "define|definicion|definicion de|significado de|significa|que significa|como se calcula|como se calculan|como se define|como calculas|calcula|formula|formula de|describe|que quiere decir|como se mide"),
    (Pt, Cue::Define, "defina|define|definicao|definicao de|significado de|significa|o que significa|que significa|como e calculado|como e calculada|como se calcula|como sao calculados|como sao calculadas|como e definido|como e definida|calculado|calculada|formula|formula de|descreva|o que quer dizer"),
    (En, Cue::Trend, "trend|trends|trending|over time|evolution|evolve|evolved|time series|timeline|history|historical|progression|development of|trend of|trend for|trend in|the trend of|evolution of|series|history of|through time"),
    (Es, Cue::Trend, "tendencia|tendencias|a lo largo del tiempo|en el tiempo|evolucion|evoluciono|evoluciona|ha evolucionado|serie|serie temporal|historico|historia|con el tiempo|tendencia de|evolucion de|historico de|evolucionado|han evolucionado|evolucionaron"),
    (Pt, Cue::Trend, "tendencia|tendencias|ao longo do tempo|no tempo|evolucao|evoluiu|evolui|tem evoluido|serie|serie temporal|historico|com o tempo|tendencia de|evolucao de|historico de|evoluido|evoluiram"),
    (En, Cue::Growth, "growth|growth of|growth in|change in|changed|change|grow|grown|grew|growing|increase|increase in|decrease|decline|drop|dropped|rise|variation|improved|improve|compared"),
    (Es, Cue::Growth, "crecimiento|crecimiento de|variacion|variacion de|cambio|cambiado|crecio|crecieron|ha crecido|han crecido|aumento|aumento de|caida|caida de|cambio de|crecido|subio|bajo"),
    (Pt, Cue::Growth, "crescimento|crescimento de|variacao|variacao de|mudanca|mudou|cresceu|cresceram|aumento|aumento de|queda|queda de|crescido|subiu|caiu"),
    (En, Cue::Show(Wish::Chart), "chart|graph|plot|as a chart|as a graph|as chart|in a chart|visualize|visualise|chart of|graph of|plot of|draw|in a graph|a chart of|a graph of|as a plot"),
    (Es, Cue::Show(Wish::Chart), "grafico|grafica|como grafico|como grafica|en grafico|en un grafico|en una grafica|grafico de|grafica de|dibuja|como un grafico|como una grafica|un grafico de|una grafica de|graficar"),
    (Pt, Cue::Show(Wish::Chart), "grafico|como grafico|em grafico|em um grafico|num grafico|grafico de|como um grafico|desenhe|um grafico de"),
    (En, Cue::Show(Wish::Table), "table|as a table|as table|in a table|table of|as a list|list|a table of|in table form|tabular"),
    (Es, Cue::Show(Wish::Table), "tabla|como tabla|como una tabla|en una tabla|en tabla|tabla de|lista|como lista|una tabla de|listado de"),
    (Pt, Cue::Show(Wish::Table), "tabela|como tabela|como uma tabela|em uma tabela|numa tabela|em tabela|tabela de|lista|como lista|uma tabela de"),
    (En, Cue::Show(Wish::Bar), "bar chart|as a bar chart|bars|bar graph|column chart|as bars|bar|as columns"),
    (Es, Cue::Show(Wish::Bar), "grafico de barras|grafica de barras|barras|en barras|como barras|como grafico de barras"),
    (Pt, Cue::Show(Wish::Bar), "grafico de barras|barras|em barras|como barras|como grafico de barras"),
    (En, Cue::Show(Wish::Line), "line chart|as a line chart|line graph|lines|as a line|line"),
    (Es, Cue::Show(Wish::Line), "grafico de lineas|grafica de lineas|lineas|linea|como lineas|grafico de linea"),
    (Pt, Cue::Show(Wish::Line), "grafico de linhas|linhas|linha|como linhas|grafico de linha"),
    (En, Cue::Show(Wish::Stacked), "stacked|stacked bar|stacked bars|stacked bar chart|as stacked bars|as a stacked bar chart"),
    (Es, Cue::Show(Wish::Stacked), "apilado|apiladas|barras apiladas|grafico de barras apiladas"),
    (Pt, Cue::Show(Wish::Stacked), "empilhado|empilhadas|barras empilhadas|grafico de barras empilhadas"),
    (En, Cue::All, "all|all the|all of the|any|in all|for all|across all"),
    (Es, Cue::All, "todos|todas|todos los|todas las|todo|toda|en todos los|en todas las|de todos los|de todas las"),
    (Pt, Cue::All, "todos|todas|todos os|todas as|todo|toda|em todos os|em todas as|de todos os|de todas as"),
    (En, Cue::Also, "also|too|as well|add|and also|in addition|additionally|include|including|also by|also in|and also by"),
    (Es, Cue::Also, "tambien|ademas|anade|agrega|y tambien|incluye|incluyendo|agregar|anadir|suma tambien"),
    (Pt, Cue::Also, "tambem|alem disso|adicione|e tambem|inclui|inclua|incluindo|adicionar|acrescente"),
    (En, Cue::Again, "what about|how about|and what about|and how about|now|instead|and now|same for|the same for|same|the same|same thing|same but|make it|make that|switch to|change to|change it to|rather|but|but for|but in|and for just|then|ok|okay|and|no i meant|no i mean|i meant|i mean|sorry i meant|do it|do that|show it|show that|show this|it|that|those|drill into|drill down by|drill down|drill down into"),
    (Es, Cue::Again, "y que tal|que tal|y ahora|ahora|en vez|en su lugar|mejor|lo mismo|lo mismo para|lo mismo en|igual|igual pero|y si|cambia a|pero|pero en|pero para|y|no quise decir|quise decir|me refiero a|me referia a|eso|esto|y que hay de|que hay de|en cambio"),
    (Pt, Cue::Again, "e que tal|que tal|e agora|agora|em vez|em vez disso|o mesmo|o mesmo para|o mesmo em|igual|e se|mude para|mas|mas em|mas para|e|quis dizer|eu quis dizer|quero dizer|isso|isto|e quanto a|e quanto ao|quanto a|e o|e a|e os|e as"),
    (En, Cue::NoFilter, "remove the filter|remove filter|remove filters|remove the filters|no filter|no filters|without the filter|without filter|without filters|clear filters|clear the filter|clear filter|unfiltered|drop the filter|everywhere|worldwide|for everyone|for everything"),
    (Es, Cue::NoFilter, "quita el filtro|quita los filtros|quitar filtros|quitar el filtro|sin filtro|sin filtros|sin el filtro|en todas partes"),
    (Pt, Cue::NoFilter, "tira o filtro|tira os filtros|tirar o filtro|remove o filtro|remova o filtro|remova os filtros|sem filtro|sem filtros|sem o filtro|em toda parte"),
    (En, Cue::NoBreakdown, "no breakdown|without the breakdown|without breakdown|remove the breakdown|remove breakdown|just the total|only the total|in total|overall|total only|ungrouped|as a total|all together|altogether"),
    (Es, Cue::NoBreakdown, "sin desglose|quita el desglose|solo el total|en total|sin desglosar"),
    (Pt, Cue::NoBreakdown, "sem quebra|sem detalhamento|so o total|apenas o total|no total|em total"),
    (En, Cue::Reset, "reset|start over|start again|clear|clear everything|new question|forget it|forget that|never mind|nevermind"),
    (Es, Cue::Reset, "reiniciar|empezar de nuevo|borra todo|nueva pregunta|olvidalo|empieza de nuevo|reinicia"),
    (Pt, Cue::Reset, "reiniciar|comecar de novo|limpar|nova pergunta|esquece|esqueca|deixa pra la|recomecar"),
    (En, Cue::Catalogue, "what can i ask|what can i ask you|what can i ask about|what metrics|which metrics|list metrics|list all metrics|show metrics|show me the metrics|show all metrics|list the metrics|available metrics|what data do you have|what do you know|which metrics are there|which metrics do you have|what metrics do you have|what metrics are there|what metrics are available|what questions can i ask|metrics|metric|what can you answer|list of metrics|catalog|catalogue|what can you tell me|what else can i ask|what numbers do you have|dimensions|what dimensions are there|which dimensions are there"),
    (Es, Cue::Catalogue, "que puedo preguntar|que puedo preguntarte|que metricas hay|que metricas tienes|lista de metricas|lista las metricas|metricas|metrica|que datos tienes|que sabes|muestra las metricas|cuales son las metricas|metricas disponibles|que metricas|dimensiones|que puedes responder"),
    (Pt, Cue::Catalogue, "o que posso perguntar|o que eu posso perguntar|que metricas existem|quais metricas|quais metricas existem|quais metricas tem|quais sao as metricas|lista de metricas|liste as metricas|metricas|metrica|que dados tem|que dados voce tem|o que voce sabe|mostre as metricas|metricas disponiveis|dimensoes|que metricas ha"),
    (En, Cue::Help, "help|help me|what can you do|how do you work|how does this work|how do i use you|who are you|what are you|commands|examples|example"),
    (Es, Cue::Help, "ayuda|ayudame|que puedes hacer|como funcionas|como funciona esto|quien eres|comandos|ejemplos|ejemplo|que eres"),
    (Pt, Cue::Help, "ajuda|me ajuda|o que voce pode fazer|o que voce faz|como voce funciona|como isso funciona|quem e voce|comandos|exemplos|exemplo"),
    (En, Cue::Hello, "hi|hello|hey|good morning|good afternoon|good evening|hi there|hello there|yo|hiya|morning|how are you|how are you doing"),
    (Es, Cue::Hello, "hola|buenos dias|buenas tardes|buenas noches|buenas|como estas|que pasa"),
    (Pt, Cue::Hello, "ola|oi|bom dia|boa tarde|boa noite|tudo bem|como vai|e ai"),
    (En, Cue::Thanks, "thanks|thank you|thx|ty|cheers|great|perfect|awesome|cool|nice|bye|goodbye|good bye|thank you very much|thanks a lot|well done|good job|got it|see you"),
    (Es, Cue::Thanks, "gracias|muchas gracias|perfecto|genial|adios|hasta luego|excelente|vale gracias|muy bien|estupendo"),
    (Pt, Cue::Thanks, "obrigado|obrigada|valeu|perfeito|otimo|tchau|ate logo|muito obrigado|muito obrigada|excelente|legal|beleza"),
    (En, Cue::Feature(Feature::Why), "why|why did|why is|why was|reason for|reasons for|cause of|what caused|what drove|what drives|root cause|explain why|due to what|what happened to|what happened"),
    (Es, Cue::Feature(Feature::Why), "por que|por que razon|motivo de|causa de|que causo|a que se debe|razon de|que paso con|que paso"),
    (Pt, Cue::Feature(Feature::Why), "por que|porque|motivo de|causa de|o que causou|razao de|o que aconteceu com|o que aconteceu"),
    (En, Cue::Feature(Feature::Forecast), "forecast|predict|prediction|projection|project|projected|expected|will be|going to be|estimate|estimated|outlook|forecasts"),
    (Es, Cue::Feature(Feature::Forecast), "prevision|pronostico|predice|prediccion|proyeccion|estimacion|estima|pronostica|sera"),
    (Pt, Cue::Feature(Feature::Forecast), "previsao|prever|preve|projecao|estimativa|estime|sera|predicao"),
    (En, Cue::Feature(Feature::Anomalies), "anomaly|anomalies|outlier|outliers|unusual|strange|weird|abnormal|spike|spikes|anything odd"),
    (Es, Cue::Feature(Feature::Anomalies), "anomalia|anomalias|atipico|atipicos|raro|inusual|extrano|pico|picos"),
    (Pt, Cue::Feature(Feature::Anomalies), "anomalia|anomalias|atipico|atipicos|estranho|incomum|pico|picos"),
    (En, Cue::Feature(Feature::Subscribe), "subscribe|follow|digest|send me|every morning|unsubscribe|schedule|email me|remind me|keep me posted|daily digest|weekly digest|what do i follow|unfollow|subscribe me|subscribe me to"),
    (Es, Cue::Feature(Feature::Subscribe), "suscribeme|suscribirme|suscribir|seguir|sigue|enviame|mandame|cada manana|resumen diario|programa|recuerdame"),
    (Pt, Cue::Feature(Feature::Subscribe), "inscreva|inscrever|seguir|siga|me envie|envie|me mande|toda manha|resumo diario|agende|lembre me|acompanhar"),
    (En, Cue::Feature(Feature::Alert), "alert|alert me|alert me if|alert me when|notify|notify me|warn me|tell me when|tell me if|let me know if|let me know when|alerts|monitor|watch"),
    (Es, Cue::Feature(Feature::Alert), "alerta|alertame|avisame|avisame si|avisame cuando|notificame|alertas|vigila|monitorea"),
    (Pt, Cue::Feature(Feature::Alert), "alerta|me alerte|alerte|me avise|avise|avisa|notifique|alertas|me avise se|me avise quando|monitore"),
    (En, Cue::Feature(Feature::Goal), "goal|goals|okr|okrs|target|targets|on track|objective|objectives|did we pass|did we reach|did we hit|milestone"),
    (Es, Cue::Feature(Feature::Goal), "meta|metas|objetivo|objetivos|okr|okrs|superamos|alcanzamos|llegamos a"),
    (Pt, Cue::Feature(Feature::Goal), "meta|metas|objetivo|objetivos|okr|okrs|passamos de|batemos|atingimos"),
    (En, Cue::Feature(Feature::Cohort), "cohort|cohorts|cohort analysis|retention curve|funnel"),
    (Es, Cue::Feature(Feature::Cohort), "cohorte|cohortes|embudo"),
    (Pt, Cue::Feature(Feature::Cohort), "coorte|coortes|funil"),
    (En, Cue::Feature(Feature::Correlation), "correlation|correlate|correlated|correlates|related to|relationship between|correlation between|depends on|affect|affects|influence|impact of|impact on|effect of"),
    (Es, Cue::Feature(Feature::Correlation), "correlacion|correlacionado|relacion entre|correlacion entre|influye|afecta|impacto de|efecto de"),
    (Pt, Cue::Feature(Feature::Correlation), "correlacao|correlacionado|relacao entre|correlacao entre|influencia|afeta|impacto de|efeito de"),
    (En, Cue::Feature(Feature::Share), "share|share of|share of total|percentage of|percent of|proportion|proportion of|fraction of|what percentage|what percent|%|percentage|percent|contribution|contribution of|mix|what share|what share of|as a percentage of|% of total"),
    (Es, Cue::Feature(Feature::Share), "porcentaje|porcentaje de|proporcion|proporcion de|participacion|cuota|que porcentaje|que porcentaje de|por ciento|peso de"),
    (Pt, Cue::Feature(Feature::Share), "porcentagem|porcentagem de|percentual|percentual de|proporcao|proporcao de|participacao|que porcentagem|por cento|peso de|fatia"),
    (En, Cue::Feature(Feature::Threshold), ">|<|=|≥|≤|more than|less than|greater than|at least|at most|exceed|exceeds|exceeded|exceeding|fewer than|higher than|lower than|bigger than|smaller than|larger than|equal to|above|below|under"),
    (Es, Cue::Feature(Feature::Threshold), "mas de|menos de|mayor que|menor que|mayores de|menores de|al menos|como minimo|como maximo|superior a|inferior a|superan|supera|por encima de|por debajo de|mas que|menos que|superiores a"),
    (Pt, Cue::Feature(Feature::Threshold), "mais de|menos de|maior que|menor que|maiores que|menores que|pelo menos|no minimo|no maximo|superior a|inferior a|acima de|abaixo de|mais que|menos que|superam|supera"),
    (En, Cue::Feature(Feature::Average), "average|avg|mean of|mean value|average of|on average|average per|average number of"),
    (Es, Cue::Feature(Feature::Average), "promedio|media|promedio de|media de|en promedio|de media"),
    (Pt, Cue::Feature(Feature::Average), "media|media de|em media"),
    (En, Cue::Feature(Feature::Statistic), "median|median of|minimum|maximum|min|max|standard deviation|variance|percentile|typical|sum of squares|moving average|rolling average"),
    (Es, Cue::Feature(Feature::Statistic), "mediana|mediana de|minimo|maximo|desviacion|percentil|media movil|promedio movil"),
    (Pt, Cue::Feature(Feature::Statistic), "mediana|mediana de|minimo|maximo|desvio|percentil|media movel"),
    (En, Cue::Feature(Feature::Cumulative), "cumulative|cumulatively|running total|accumulated|cumulated"),
    (Es, Cue::Feature(Feature::Cumulative), "acumulado|acumulada|acumulados|total acumulado|acumulativo"),
    (Pt, Cue::Feature(Feature::Cumulative), "acumulado|acumulada|acumulados|total acumulado|cumulativo"),
    (En, Cue::Feature(Feature::Export), "export|download|csv|xlsx|excel|as csv|to csv|as excel|as xlsx|spreadsheet|pdf|export it|export this"),
    (Es, Cue::Feature(Feature::Export), "exporta|exportar|descarga|descargar|csv|xlsx|excel|hoja de calculo|en excel|pdf"),
    (Pt, Cue::Feature(Feature::Export), "exporta|exporte|exportar|baixar|baixe|csv|xlsx|excel|planilha|em excel|pdf"),
    (En, Cue::Feature(Feature::Undo), "undo|go back|back|revert|previous question|previous answer"),
    (Es, Cue::Feature(Feature::Undo), "deshacer|volver|vuelve|atras|regresar"),
    (Pt, Cue::Feature(Feature::Undo), "desfazer|voltar|volte|reverter"),
    (En, Cue::Noise, NOISE_EN),
    (Es, Cue::Noise, NOISE_ES),
    (Pt, Cue::Noise, NOISE_PT),
];

const NOISE_EN: &str = "please|pls|the|a|an|our|my|your|us|we|i|you|me|is|are|was|were|be|been|being|do|does|did|done|doing|have|has|had|having|can|could|would|should|may|might|will|shall|show|show me|give|give me|tell|tell me|get|get me|got|find|display|see|look|look at|want|need|like|id like|i want|i want to see|i want to know|i need|let me see|know|how much|how many|how is|how was|how were|how are|how did|how does|how do|how has|how have|how|what|what was|what were|when|there|here|with|to|data|figures|figure|number of|numbers|number|the number of|total|totals|total of|count|count of|amount|amount of|value of|values|sum|sum of|overall performance|performance|perform|performed|performing|doing|going|looking|come in|came|came in|come|did we|did we have|do we have|have we|have we had|we have|we had|we make|did we make|make|made|making|bring|brought|brought in|generate|generated|report|reports|reporting|update|quick|quickly|just show|exactly|exact|actual|actually|right|also show|so|as|if|some|any chance|much|many|up|out|into|its|their|them|this one|about|regarding|view|question|answer|result|results|dashboard|summary|summarize|summarise|overview|period|time|date|dates|during the|business|company|dear|teh|hmm|um|uh|well|yeah|yes|sure|i would like|i would like to see|i would like to know|can you|can you show|can you show me|could you|could you show me|could you tell me|can you tell me|can i see|may i see|may i|let us see|lets see|check|pull|pull up|fetch|per se|by the way|happened|happen|happening|went|go|gone|have been|has been|am|still|currently|by now|whole|entire|full|complete|each of|and the|ones|one|list of|list me|people|things|thing|fare|fared|stand|stands|standing|from the|in the|for the|of the|on the|at the|record|recorded|register|registered|receive|received|there are|are there|is there|were there|was there|the value|the level|level|levels|broken|grouped|group|sort|sorted|again|most recent|latest|recent|sorted by|give us|tell us|show us|say|need to know|in terms of|terms|based on|according to|been doing|how well|well did|come from|comes from|coming from|came from|used|using|use|placed|sold in|made by|made in|done by|take|took|see the|put|run|ran|across the|metric for|kpi|kpis|stats|stat|statistics|info|information|details|detail|dollars worth|worth|all time|ever|lifetime|since the beginning|in history|in numbers|of all time|so far|which was|that is|that was|that were|that are|the shop|our shop|the store|our store|the site|our site|the website|our website|item|items|goods|how long|how long is|how long does|how big is|how high is|how high are|how low is";
const NOISE_ES: &str = "por favor|porfa|el|la|los|las|lo|un|una|unos|unas|mi|mis|tu|tus|su|sus|nuestro|nuestra|nuestros|nuestras|es|son|fue|fueron|era|eran|ser|sido|ha|han|he|hemos|habia|hay|hubo|hacer|hecho|hicimos|hizo|tener|tenemos|tuvimos|tengo|tuve|tiene|tuvo|puedo|puedes|podrias|quiero|quisiera|necesito|me gustaria|muestra|muestrame|mostrar|ensename|dame|dar|dime|decir|ver|saber|cuanto|cuanta|cuantos|cuantas|cuanto es|cuanto fue|como|como fue|como fueron|como va|como van|como estan|como esta|como estuvo|como estuvieron|como ha ido|como le fue|cuando|donde esta|con|a|al|datos|cifras|cifra|numero de|el numero de|numero|numeros|total|totales|total de|el total de|cantidad|cantidad de|la cantidad de|valor de|suma|suma de|rendimiento|desempeno|informe|reporte|resumen|exacto|exactamente|se|nos|les|le|si|asi|muy|mucho|muchos|sobre|acerca de|resultado|resultados|pregunta|respuesta|periodo|fecha|fechas|negocio|empresa|de la|de las|de los|de el|en el|en la|en los|en las|para el|para la|lo que|ahora mismo|actualmente|vista|ir|fueron los|fueron las|que fue|obtuvimos|logramos|generamos|genero|generaron|recibimos|vimos|queria saber|quiero ver|quiero saber|puedes mostrarme|puedes decirme|estado de|nivel|nivel de|nos fue|ha sido|han sido|entero|entera|completo|completa|cuanto hemos|hecho en|registrados|registradas|realizados|realizadas|indicador|kpi|info|informacion|detalle|detalles|mirar|mira|vamos|vamos a ver|comportamiento de|se comporto|ordena|ordenado|en terminos de|segun el|va|van|lleva|llevamos|trajo|trajeron|trae|traen|la tienda|nuestra tienda|el sitio|la web";
const NOISE_PT: &str = "por favor|o|a|os|as|um|uma|uns|umas|meu|minha|meus|minhas|seu|sua|seus|suas|nosso|nossa|nossos|nossas|e o|foi|foram|era|eram|ser|sido|ha|tem|temos|tivemos|tenho|teve|tinha|fazer|feito|fizemos|fez|posso|pode|poderia|quero|queria|preciso|gostaria|gostaria de ver|gostaria de saber|mostra|mostre|mostrar|me mostre|me mostra|me diga|diga|dizer|me de|de me|ver|saber|quanto|quanta|quantos|quantas|quanto foi|quanto e|como|como foi|como foram|como esta|como estao|como anda|como andam|como vai|como vao|quando|com|ao|aos|dados|numeros|numero de|o numero de|numero|total|totais|total de|o total de|quantidade|quantidade de|a quantidade de|valor de|soma|soma de|desempenho|relatorio|resumo|exato|exatamente|se|nos|lhe|muito|muitos|sobre|resultado|resultados|pergunta|resposta|periodo|data|datas|negocio|empresa|voce|voces|eu|estado de|nivel|nivel de|esta|estao|estava|agora mesmo|atualmente|qual e|qual e o|qual e a|quais sao|que foi|conseguimos|geramos|gerou|geraram|recebemos|vimos|quero ver|quero saber|pode me mostrar|pode me dizer|inteiro|inteira|completo|completa|houve|registrados|registradas|realizados|realizadas|indicador|kpi|info|informacao|detalhe|detalhes|olhar|vamos|vamos ver|comportamento de|ordene|ordenado|em termos de|vai|vao|por ai|a gente|gente|fui|sao|a loja|nossa loja|o site|trouxe|trouxeram|traz|trazem";
