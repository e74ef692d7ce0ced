//! What the person reads when a turn cannot end in an answer.

use almanac_agent_contract::Language;

/// Why a turn ended without an answer of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The question is longer than the limit.
    TooLong,
    /// The deadline passed.
    TooSlow,
    /// The model wanted more steps than it may take, or kept repeating one.
    Lost,
    /// A tool, prompt or model failed; the operator's log says how.
    Broken,
}

/// The failure as a sentence that says what to do next.
pub(crate) const fn say(failure: Failure, language: Language) -> &'static str {
    match (failure, language) {
        (Failure::TooLong, Language::En) => {
            "That message is too long for me to read as a question. Please ask it in a sentence or two."
        }
        (Failure::TooLong, Language::Es) => {
            "El mensaje es demasiado largo para leerlo como pregunta. Por favor, hazla en una o dos frases."
        }
        (Failure::TooLong, Language::Pt) => {
            "A mensagem é longa demais para eu ler como pergunta. Por favor, pergunte em uma ou duas frases."
        }
        (Failure::TooSlow, Language::En) => {
            "This took too long, so I stopped. Try a shorter period or fewer breakdowns."
        }
        (Failure::TooSlow, Language::Es) => {
            "Esto tardó demasiado y lo detuve. Prueba con un período más corto o menos desgloses."
        }
        (Failure::TooSlow, Language::Pt) => {
            "Isso demorou demais e eu parei. Tente um período mais curto ou menos quebras."
        }
        (Failure::Lost, Language::En) => {
            "I went round in circles on this one. Please ask it in another way, one thing at a time."
        }
        (Failure::Lost, Language::Es) => {
            "Con esta pregunta di vueltas sin llegar. Hazla de otra manera, una cosa a la vez."
        }
        (Failure::Lost, Language::Pt) => {
            "Fiquei andando em círculos com essa pergunta. Pergunte de outro jeito, uma coisa de cada vez."
        }
        (Failure::Broken, Language::En) => {
            "Something failed on my side and I could not answer. It has been logged; please try again in a minute."
        }
        (Failure::Broken, Language::Es) => {
            "Algo falló de mi lado y no pude responder. Quedó registrado; inténtalo de nuevo en un minuto."
        }
        (Failure::Broken, Language::Pt) => {
            "Algo falhou do meu lado e não consegui responder. Ficou registrado; tente de novo em um minuto."
        }
    }
}
