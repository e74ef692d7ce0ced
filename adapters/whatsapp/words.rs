//! The few words of WhatsApp's own, in each language. Buttons say twenty characters at most, rows of
//! a list twenty-four.

use almanac_agent_contract::Language::{self, En, Es, Pt};

/// Something was sent that has no words.
pub(super) const fn wordless(language: Language) -> &'static str {
    match language {
        En => "I read text only: please write what you would like to know.",
        Es => "Solo leo texto: escribe, por favor, lo que quieres saber.",
        Pt => "Eu só leio texto: escreva, por favor, o que você quer saber.",
    }
}

/// The button that opens a list.
pub(super) const fn open(language: Language) -> &'static str {
    match language {
        En => "Options",
        Es => "Opciones",
        Pt => "Opções",
    }
}

/// Over the questions in a list.
pub(super) const fn ask_next(language: Language) -> &'static str {
    match language {
        En => "Ask next",
        Es => "Pregunta siguiente",
        Pt => "Próxima pergunta",
    }
}

/// Over the actions in a list.
pub(super) const fn this_answer(language: Language) -> &'static str {
    match language {
        En => "This answer",
        Es => "Esta respuesta",
        Pt => "Esta resposta",
    }
}

/// What a message says that has nothing but things to press.
pub(super) const fn what_next(language: Language) -> &'static str {
    match language {
        En => "What next?",
        Es => "¿Qué sigue?",
        Pt => "E agora?",
    }
}

/// Before what could be asked, in words.
pub(super) const fn you_can_ask(language: Language) -> &'static str {
    match language {
        En => "You can ask:",
        Es => "Puedes preguntar:",
        Pt => "Você pode perguntar:",
    }
}

/// Under a table that is in a file.
pub(super) const fn in_the_file(language: Language) -> &'static str {
    match language {
        En => "The whole table is in the file.",
        Es => "La tabla completa está en el archivo.",
        Pt => "A tabela completa está no arquivo.",
    }
}

/// Instead of a file that the platform did not take.
pub(super) const fn no_file(language: Language) -> &'static str {
    match language {
        En => "The file could not be attached: WhatsApp did not take it.",
        Es => "No se pudo adjuntar el archivo: WhatsApp no lo aceptó.",
        Pt => "Não foi possível anexar o arquivo: o WhatsApp não o aceitou.",
    }
}

/// What the template says where a reply has no title.
pub(super) const fn an_answer(language: Language) -> &'static str {
    match language {
        En => "Your answer is ready",
        Es => "Tu respuesta está lista",
        Pt => "Sua resposta está pronta",
    }
}

/// The template's button.
pub(super) const fn show(language: Language) -> &'static str {
    match language {
        En => "Show it all",
        Es => "Ver todo",
        Pt => "Ver tudo",
    }
}
