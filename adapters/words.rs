//! The few words that chat platforms add to an answer, in each language. What an answer says is
//! written by whoever made it.

use almanac_agent_contract::{Action, Language, Progress};

use crate::QuestionError;

/// What a button for an action says. Twenty characters at most: one platform takes no more.
pub(crate) const fn action(action: Action, language: Language) -> &'static str {
    use Language::{En, Es, Pt};
    match (action, language) {
        (Action::Explain, En) => "Explain",
        (Action::Explain, Es | Pt) => "Explicar",
        (Action::ExportCsv, En) => "Export CSV",
        (Action::ExportCsv, Es | Pt) => "Exportar CSV",
        (Action::Good, En) => "Good answer",
        (Action::Good, Es) => "Buena respuesta",
        (Action::Good, Pt) => "Boa resposta",
        (Action::Bad, En) => "Wrong answer",
        (Action::Bad, Es) => "Respuesta errónea",
        (Action::Bad, Pt) => "Resposta errada",
        (Action::Show, En) => "Show the answer",
        (Action::Show, Es) => "Ver la respuesta",
        (Action::Show, Pt) => "Ver a resposta",
    }
}

/// What a turn is doing.
pub(crate) const fn progress(progress: &Progress, language: Language) -> &'static str {
    use Language::{En, Es, Pt};
    match (progress, language) {
        (Progress::Queued, En) => "Many are asking just now. Yours is next in a moment…",
        (Progress::Queued, Es) => "Ahora mismo preguntan muchos. Enseguida te toca a ti…",
        (Progress::Queued, Pt) => "Muita gente está perguntando agora. Já chega a sua vez…",
        (Progress::Reading, En) => "Reading your question…",
        (Progress::Reading, Es) => "Leyendo tu pregunta…",
        (Progress::Reading, Pt) => "Lendo a sua pergunta…",
        (Progress::Using(_), En) => "Looking up the numbers…",
        (Progress::Using(_), Es) => "Buscando los números…",
        (Progress::Using(_), Pt) => "Buscando os números…",
        (Progress::Writing, En) => "Writing the answer…",
        (Progress::Writing, Es) => "Escribiendo la respuesta…",
        (Progress::Writing, Pt) => "Escrevendo a resposta…",
    }
}

/// The words that a command for help says.
pub(crate) const fn help(language: Language) -> &'static str {
    match language {
        Language::En => "help",
        Language::Es => "ayuda",
        Language::Pt => "ajuda",
    }
}

/// The words that a command for a digest says, before when it is to come.
pub(crate) const fn digest(language: Language) -> &'static str {
    match language {
        Language::En => "digest",
        Language::Es => "resumen",
        Language::Pt => "resumo",
    }
}

/// The words that a command for alerts says, before what is waited for.
pub(crate) const fn alerts(language: Language) -> &'static str {
    match language {
        Language::En => "alerts",
        Language::Es | Language::Pt => "alertas",
    }
}

/// A press that was kept and asks for nothing more.
pub(crate) const fn noted(language: Language) -> &'static str {
    match language {
        Language::En => "Thank you, noted.",
        Language::Es => "Gracias, anotado.",
        Language::Pt => "Obrigado, anotado.",
    }
}

/// The line could not take the event: nothing is kept.
pub(crate) const fn unavailable(language: Language) -> &'static str {
    match language {
        Language::En => "I cannot take questions just now. Please try again in a minute.",
        Language::Es => "Ahora mismo no puedo recibir preguntas. Inténtalo de nuevo en un minuto.",
        Language::Pt => "Agora não consigo receber perguntas. Tente de novo em um minuto.",
    }
}

/// An answer without words.
pub(crate) const fn silence(language: Language) -> &'static str {
    match language {
        Language::En => "There is nothing to show for that: ask it in other words.",
        Language::Es => "No hay nada que mostrar: pregúntalo con otras palabras.",
        Language::Pt => "Não há nada para mostrar: pergunte com outras palavras.",
    }
}

/// Words that are no question.
pub(crate) const fn no_question(error: QuestionError, language: Language) -> &'static str {
    use Language::{En, Es, Pt};
    match (error, language) {
        (QuestionError::Empty, En) => "The question is empty: write what you would like to know.",
        (QuestionError::Empty, Es) => "La pregunta está vacía: escribe lo que quieres saber.",
        (QuestionError::Empty, Pt) => "A pergunta está vazia: escreva o que você quer saber.",
        (QuestionError::TooLong { .. }, En) => "The question is too long: ask it in fewer words.",
        (QuestionError::TooLong { .. }, Es) => {
            "La pregunta es demasiado larga: hazla con menos palabras."
        }
        (QuestionError::TooLong { .. }, Pt) => {
            "A pergunta é longa demais: faça-a com menos palavras."
        }
    }
}
