//! The few words Telegram's own ways need, in each language.

use almanac_agent_contract::Language;
use almanac_agent_contract::Language::{En, Es, Pt};

/// The language of a Telegram client, "pt-br", where it is one of ours.
pub(super) fn language_of(code: Option<&str>) -> Option<Language> {
    Language::of_locale(code?)
}

/// A picture, a voice message, a sticker.
pub(super) const fn only_words(language: Language) -> &'static str {
    match language {
        En => "I read words only: write your question as text.",
        Es => "Solo leo texto: escribe tu pregunta con palabras.",
        Pt => "Só leio texto: escreva a sua pergunta com palavras.",
    }
}

/// An administrator who hides behind the group's name.
pub(super) const fn anonymous(language: Language) -> &'static str {
    match language {
        En => "I cannot tell who is asking: write as yourself, not as the group.",
        Es => "No puedo saber quién pregunta: escribe con tu nombre, no como el grupo.",
        Pt => "Não consigo saber quem pergunta: escreva com o seu nome, não como o grupo.",
    }
}

/// In a group, where the answer went to the asker's own chat.
pub(super) const fn answered_in_private(language: Language) -> &'static str {
    match language {
        En => "I have answered you in our private chat.",
        Es => "Te he respondido en nuestro chat privado.",
        Pt => "Respondi na nossa conversa privada.",
    }
}

/// In a group, where the asker has no chat with the bot.
pub(super) const fn kept_private(language: Language) -> &'static str {
    match language {
        En => {
            "The answer is for you alone, and I may not write to you first. Open our private chat, press Start and ask me there."
        }
        Es => {
            "La respuesta es solo para ti y no puedo escribirte primero. Abre nuestro chat privado, pulsa Iniciar y pregúntamelo allí."
        }
        Pt => {
            "A resposta é só para você e não posso escrever primeiro. Abra a nossa conversa privada, toque em Começar e pergunte lá."
        }
    }
}

/// The button that opens the private chat.
pub(super) const fn open_private(language: Language) -> &'static str {
    match language {
        En => "Open our chat",
        Es => "Abrir nuestro chat",
        Pt => "Abrir a conversa",
    }
}

/// Under a table that goes as a file too: the columns that are only there.
pub(super) fn only_in_file(columns: &str, language: Language) -> String {
    match language {
        En => format!("Also in the file: {columns}"),
        Es => format!("Además, en el archivo: {columns}"),
        Pt => format!("E também no arquivo: {columns}"),
    }
}

/// A press that starts something.
pub(super) const fn on_its_way(language: Language) -> &'static str {
    match language {
        En => "On its way…",
        Es => "En camino…",
        Pt => "A caminho…",
    }
}
