//! What Discord itself needs words for: commands, forms, and sentences about where an answer went.

use almanac_agent_contract::Language;

/// A sentence in each language.
pub(super) struct Said {
    pub(super) en: &'static str,
    pub(super) es: &'static str,
    pub(super) pt: &'static str,
}

impl Said {
    pub(super) const fn of(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Es => self.es,
            Language::Pt => self.pt,
        }
    }
}

macro_rules! said {
    ($($(#[$doc:meta])* $name:ident: $en:literal, $es:literal, $pt:literal;)*) => {$(
        $(#[$doc])*
        pub(super) const $name: Said = Said { en: $en, es: $es, pt: $pt };
    )*};
}

said! {
    /// `/ask`
    ASK: "Ask about your numbers", "Pregunta por tus números", "Pergunte sobre os seus números";
    /// Its question.
    QUESTION: "The question: revenue last week by country", "La pregunta: ingresos de la semana pasada por país", "A pergunta: receita da semana passada por país";
    /// Its answer for one pair of eyes.
    PRIVATE: "Only you see the answer", "Solo tú ves la respuesta", "Só você vê a resposta";
    /// `/follow`
    FOLLOW: "Have a number sent to you regularly", "Recibe un número con regularidad", "Receba um número com regularidade";
    /// `/alerts`
    ALERTS: "Be told when a number does something, or list your alerts", "Entérate cuando un número cambie, o ve tus alertas", "Saiba quando um número mudar, ou veja os seus alertas";
    /// `/digest`
    DIGEST: "What changed in your numbers", "Qué cambió en tus números", "O que mudou nos seus números";
    /// `/help`
    HELP: "What Almanac can do", "Qué sabe hacer Almanac", "O que o Almanac sabe fazer";
    /// The number of `/follow` and `/alerts`.
    METRIC: "Which number", "Qué número", "Qual número";
    /// In a message's menu. No more than 32 characters.
    ABOUT_THIS: "Ask Almanac about this", "Pregunta a Almanac por esto", "Pergunte ao Almanac sobre isto";
    /// The form of `/follow`.
    FOLLOW_FORM: "Follow a number", "Seguir un número", "Acompanhar um número";
    /// How often.
    WHEN: "When", "Cuándo", "Quando";
    /// For example.
    EVERY_MORNING: "every day at 8:00", "todos los días a las 8:00", "todo dia às 8:00";
    /// The form of `/alerts`.
    ALERT_FORM: "New alert", "Nueva alerta", "Novo alerta";
    /// What is waited for.
    CONDITION: "Tell me when it…", "Avísame cuando…", "Avise-me quando…";
    /// For example.
    FALLS: "falls by more than 20 %", "baje más del 20 %", "cair mais de 20 %";
    /// Above many questions to choose from.
    CHOOSE: "Choose one", "Elige una", "Escolha uma";
    /// A button of an older time.
    NOT_ANY_MORE: "This button does nothing any more. Ask again, please.", "Este botón ya no hace nada. Pregunta de nuevo, por favor.", "Este botão já não faz nada. Pergunte de novo, por favor.";
    /// In the place of an answer that only one person sees.
    IN_PRIVATE: "I answered you in private.", "Te respondí en privado.", "Respondi a você em particular.";
    /// Where direct messages are closed.
    NO_DIRECT: "I may not write to you directly: allow direct messages from this server, or use /ask.", "No puedo escribirte en privado: permite los mensajes directos de este servidor o usa /ask.", "Não posso escrever a você em particular: permita mensagens diretas deste servidor ou use /ask.";
}
