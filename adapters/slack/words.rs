//! The words that only Slack needs, in each language: forms, the home tab, and what those forms say
//! down the line.

use almanac_agent_contract::Language;
use serde_json::{Value, json};

use super::modal::{Form, plain};

/// What opens help when it is said alone.
pub(super) const HELP: [&str; 3] = ["help", "ayuda", "ajuda"];

/// The words of a form.
pub(super) struct Labels {
    /// At most 24 characters, as the next.
    pub(super) title: &'static str,
    pub(super) submit: &'static str,
    pub(super) hint: &'static str,
}

/// How often something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Every {
    Day,
    Weekday,
    Monday,
    Month,
}

/// When somebody is to be alerted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Below,
    Above,
    Drops,
    Rises,
    Unusual,
}

/// One of three texts.
const fn of(language: Language, texts: [&'static str; 3]) -> &'static str {
    match language {
        Language::En => texts[0],
        Language::Es => texts[1],
        Language::Pt => texts[2],
    }
}

impl Every {
    pub(super) const ALL: [Self; 4] = [Self::Day, Self::Weekday, Self::Monday, Self::Month];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Weekday => "weekday",
            Self::Monday => "monday",
            Self::Month => "month",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    pub(super) const fn label(self, language: Language) -> &'static str {
        match self {
            Self::Day => of(language, ["every day", "cada día", "todo dia"]),
            Self::Weekday => of(
                language,
                ["every weekday", "cada día laborable", "todo dia útil"],
            ),
            Self::Monday => of(
                language,
                ["every Monday", "cada lunes", "toda segunda-feira"],
            ),
            Self::Month => of(
                language,
                [
                    "on the first of every month",
                    "el primero de cada mes",
                    "no dia primeiro de cada mês",
                ],
            ),
        }
    }
}

impl When {
    pub(super) const ALL: [Self; 5] = [
        Self::Below,
        Self::Above,
        Self::Drops,
        Self::Rises,
        Self::Unusual,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Above => "above",
            Self::Drops => "drops",
            Self::Rises => "rises",
            Self::Unusual => "unusual",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    pub(super) const fn label(self, language: Language) -> &'static str {
        match self {
            Self::Below => of(language, ["falls below", "baja de", "cai abaixo de"]),
            Self::Above => of(language, ["rises above", "sube de", "sobe acima de"]),
            Self::Drops => of(
                language,
                ["drops by more than", "cae más de", "cai mais de"],
            ),
            Self::Rises => of(
                language,
                ["rises by more than", "sube más de", "sobe mais de"],
            ),
            Self::Unusual => of(
                language,
                ["is unusual", "es inusual", "está fora do normal"],
            ),
        }
    }
}

/// "follow revenue every day at 8:00".
pub(super) fn follow(metric: &str, every: Every, time: &str, language: Language) -> String {
    let every = every.label(language);
    match language {
        Language::En => format!("follow {metric} {every} at {time}"),
        Language::Es => format!("sigue {metric} {every} a las {time}"),
        Language::Pt => format!("acompanhe {metric} {every} às {time}"),
    }
}

/// "alert me when revenue falls below 1000".
pub(super) fn alert(metric: &str, when: When, value: &str, language: Language) -> String {
    let when = when.label(language);
    let said = match language {
        Language::En => format!("alert me when {metric} {when} {value}"),
        Language::Es => format!("avísame cuando {metric} {when} {value}"),
        Language::Pt => format!("avise-me quando {metric} {when} {value}"),
    };
    said.trim().to_owned()
}

/// The words of a form.
pub(super) const fn form(form: Form, language: Language) -> Labels {
    match form {
        Form::Ask => Labels {
            title: of(
                language,
                ["Ask Almanac", "Pregunta a Almanac", "Pergunte ao Almanac"],
            ),
            submit: of(language, ["Ask", "Preguntar", "Perguntar"]),
            hint: of(
                language,
                [
                    "What would you like to know?",
                    "¿Qué quieres saber?",
                    "O que você quer saber?",
                ],
            ),
        },
        Form::Follow => Labels {
            title: of(
                language,
                [
                    "Follow a metric",
                    "Seguir una métrica",
                    "Acompanhar métrica",
                ],
            ),
            submit: of(language, ["Follow", "Seguir", "Acompanhar"]),
            hint: "",
        },
        Form::Alert => Labels {
            title: of(language, ["Alert me", "Avísame", "Avise-me"]),
            submit: of(language, ["Set", "Guardar", "Salvar"]),
            hint: "",
        },
    }
}

pub(super) const fn metric(language: Language) -> &'static str {
    of(language, ["Metric", "Métrica", "Métrica"])
}

pub(super) const fn every(language: Language) -> &'static str {
    of(
        language,
        ["How often", "Con qué frecuencia", "Com que frequência"],
    )
}

pub(super) const fn at(language: Language) -> &'static str {
    of(language, ["At", "A las", "Às"])
}

pub(super) const fn when(language: Language) -> &'static str {
    of(language, ["When it", "Cuando", "Quando"])
}

pub(super) const fn value(language: Language) -> &'static str {
    of(
        language,
        [
            "Than what (a number or a share, like 10%)",
            "Qué valor (un número o una parte, como 10%)",
            "Que valor (um número ou uma parte, como 10%)",
        ],
    )
}

pub(super) const fn close(language: Language) -> &'static str {
    of(language, ["Cancel", "Cancelar", "Cancelar"])
}

pub(super) const fn missing(language: Language) -> &'static str {
    of(
        language,
        [
            "Please fill this in.",
            "Rellena este campo.",
            "Preencha este campo.",
        ],
    )
}

pub(super) const fn nowhere(language: Language) -> &'static str {
    of(
        language,
        [
            "I do not know where to answer: write to me directly instead.",
            "No sé dónde responder: escríbeme directamente.",
            "Não sei onde responder: escreva diretamente para mim.",
        ],
    )
}

/// A file could not be attached to an answer that is there.
pub(super) const fn no_file(language: Language) -> &'static str {
    of(
        language,
        [
            "The file could not be attached: ask for it again, or check that I may share files here.",
            "No se pudo adjuntar el archivo: pídelo otra vez o revisa si puedo compartir archivos aquí.",
            "Não foi possível anexar o arquivo: peça de novo ou veja se posso compartilhar arquivos aqui.",
        ],
    )
}

/// Where to find a file that nobody else is to see.
pub(super) const fn file_in_chat(language: Language) -> &'static str {
    of(
        language,
        [
            "The file is in our direct chat.",
            "El archivo está en nuestro chat directo.",
            "O arquivo está na nossa conversa direta.",
        ],
    )
}

/// What a menu of questions says before one is chosen.
pub(super) const fn choose(language: Language) -> &'static str {
    of(language, ["Choose one…", "Elige una…", "Escolha uma…"])
}

/// Examples of questions, a line each.
pub(super) fn listed(examples: &[String]) -> String {
    let lines: Vec<String> = examples.iter().map(|it| format!("• {it}")).collect();
    lines.join("\n")
}

/// What `/almanac help` shows.
pub(super) fn help(examples: &[String], language: Language) -> Value {
    let intro = of(
        language,
        [
            "Ask me about your numbers: mention me in a channel, write to me directly, or type /almanac and a question.",
            "Pregúntame por tus números: mencióname en un canal, escríbeme directamente o escribe /almanac y una pregunta.",
            "Pergunte-me sobre os seus números: mencione-me em um canal, escreva para mim ou digite /almanac e uma pergunta.",
        ],
    );
    let mut blocks = vec![json!({"type": "section", "text": plain(intro)})];
    if !examples.is_empty() {
        blocks.push(json!({"type": "section", "text": plain(&listed(examples))}));
    }
    blocks.push(json!({"type": "actions", "elements": buttons(language)}));
    json!({"response_type": "ephemeral", "text": intro, "blocks": blocks})
}

/// What the home tab says where there is nothing yet, and above what there is.
pub(super) struct HomeWords {
    pub(super) follow: &'static str,
    pub(super) no_follow: &'static str,
    pub(super) goals: &'static str,
    pub(super) no_goals: &'static str,
    pub(super) recent: &'static str,
    pub(super) no_recent: &'static str,
    /// Before examples.
    pub(super) try_these: &'static str,
}

pub(super) const fn home(language: Language) -> HomeWords {
    HomeWords {
        follow: of(
            language,
            ["What I follow", "Lo que sigo", "O que acompanho"],
        ),
        no_follow: of(
            language,
            [
                "Following numbers and alerts is not available yet: what you ask for is answered at once.",
                "Seguir números y recibir alertas todavía no está disponible: lo que preguntas se responde al momento.",
                "Acompanhar números e receber alertas ainda não está disponível: o que você pergunta é respondido na hora.",
            ],
        ),
        goals: of(language, ["My goals", "Mis objetivos", "Minhas metas"]),
        no_goals: of(
            language,
            [
                "Goals are not available yet.",
                "Los objetivos todavía no están disponibles.",
                "As metas ainda não estão disponíveis.",
            ],
        ),
        recent: of(
            language,
            [
                "Recent answers",
                "Respuestas recientes",
                "Respostas recentes",
            ],
        ),
        no_recent: of(
            language,
            [
                "You have not asked anything yet.",
                "Todavía no has preguntado nada.",
                "Você ainda não perguntou nada.",
            ],
        ),
        try_these: of(
            language,
            [
                "Try one of these:",
                "Prueba con una de estas:",
                "Experimente uma destas:",
            ],
        ),
    }
}

/// The buttons that open the forms.
pub(super) fn buttons(language: Language) -> Vec<Value> {
    Form::ALL
        .into_iter()
        .map(|it| {
            let mut button = json!({"type": "button", "action_id": it.name(),
                "text": plain(form(it, language).title)});
            if it == Form::Ask {
                button["style"] = json!("primary");
            }
            button
        })
        .collect()
}
