//! One person on several platforms. In a direct chat a person writes "link" and gets a code; in
//! another they write "link K7QF-2M9D", and both are theirs: what they follow, what they mean by
//! their words, and what they may see. "unlink" takes the chat apart again.

use almanac_agent_contract::{Language, Outcome, Reply};
use almanac_store::{ClaimedEvent, Linked, Store, StoreError};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

/// Without letters and digits that look alike.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH: usize = 8;
const VALID: SignedDuration = SignedDuration::from_mins(15);

/// What a person wants of their identities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wish {
    /// A code for another chat.
    Code,
    /// This code of another chat.
    Redeem(String),
    /// This chat for itself again.
    Apart,
}

/// The wish in these words, if they are one and nothing else.
pub(crate) fn wish(text: &str) -> Option<Wish> {
    let mut words = text.trim().trim_start_matches('/').split_whitespace();
    let verb = words.next()?.to_lowercase();
    let code = words.next();
    if words.next().is_some() {
        return None;
    }
    match (verb.as_str(), code) {
        ("unlink" | "desvincular", None) => Some(Wish::Apart),
        ("link" | "vincular", None) => Some(Wish::Code),
        ("link" | "vincular", Some(code)) => {
            let plain: String = code
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|letter| letter.to_ascii_uppercase())
                .collect();
            let like_a_code = plain.len() == LENGTH;
            like_a_code.then_some(Wish::Redeem(plain))
        }
        _ => None,
    }
}

/// Does it, and says so.
pub(crate) async fn fulfil(
    wish: Wish,
    store: &Store,
    event: &ClaimedEvent,
    language: Language,
) -> Result<Reply, StoreError> {
    use Language::{En, Es, Pt};
    let text = match wish {
        Wish::Code => {
            let Some(code) = new_code() else {
                return Ok(Reply::words(Outcome::Error, failed(language)));
            };
            store
                .offer_link(event.workspace, event.person, &hash(&code), VALID)
                .await?;
            let (first, second) = code.split_at(LENGTH / 2);
            let say = format!("link {first}-{second}");
            match language {
                En => format!(
                    "Write this to me in a direct chat on your other platform within 15 minutes: \
                     {say}"
                ),
                Es => format!(
                    "Escríbeme esto en un chat directo de tu otra plataforma en los próximos 15 \
                     minutos: {say}"
                ),
                Pt => format!(
                    "Escreva-me isto num chat direto da sua outra plataforma nos próximos 15 \
                     minutos: {say}"
                ),
            }
        }
        Wish::Redeem(code) => match store.redeem_link(event, &hash(&code)).await? {
            Linked::Joined(identities) => {
                let names: Vec<String> = identities
                    .into_iter()
                    .map(|(platform, name)| match name {
                        Some(name) => format!("{name} ({platform})"),
                        None => platform.to_string(),
                    })
                    .collect();
                let names = names.join(", ");
                match language {
                    En => format!("Linked. These are all you: {names}."),
                    Es => format!("Vinculado. Todos estos eres tú: {names}."),
                    Pt => format!("Vinculado. Todos estes são você: {names}."),
                }
            }
            Linked::Already => match language {
                En => "This chat is linked to that one already.".to_owned(),
                Es => "Este chat ya está vinculado con ese.".to_owned(),
                Pt => "Este chat já está vinculado àquele.".to_owned(),
            },
            Linked::Unknown => {
                let text = match language {
                    En => {
                        "That code is not known or its 15 minutes are over. Write \"link\" in \
                         your other chat for a new one."
                    }
                    Es => {
                        "Ese código no existe o ya pasaron sus 15 minutos. Escribe \"vincular\" en \
                         tu otro chat para obtener uno nuevo."
                    }
                    Pt => {
                        "Esse código não existe ou já passaram os 15 minutos. Escreva \"vincular\" \
                         no seu outro chat para receber um novo."
                    }
                };
                return Ok(Reply::words(Outcome::Refuse, text));
            }
        },
        Wish::Apart => match (store.unlink(event).await?, language) {
            (true, En) => "Taken apart: from now on you are somebody else here.".to_owned(),
            (true, Es) => "Desvinculado: a partir de ahora aquí eres otra persona.".to_owned(),
            (true, Pt) => "Desvinculado: a partir de agora aqui você é outra pessoa.".to_owned(),
            (false, En) => "This chat is not linked to any other.".to_owned(),
            (false, Es) => "Este chat no está vinculado con ningún otro.".to_owned(),
            (false, Pt) => "Este chat não está vinculado a nenhum outro.".to_owned(),
        },
    };
    Ok(Reply {
        private: true,
        ..Reply::words(Outcome::Answer, text)
    })
}

/// A code of 40 random bits.
fn new_code() -> Option<String> {
    let mut random = [0; LENGTH];
    getrandom::fill(&mut random).ok()?;
    let letters = random.map(|byte| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
    Some(letters.iter().collect())
}

fn hash(code: &str) -> String {
    hex::encode(Sha256::digest(code.as_bytes()))
}

const fn failed(language: Language) -> &'static str {
    match language {
        Language::En => "I cannot make a code just now. Please try again later.",
        Language::Es => "Ahora mismo no puedo crear un código. Inténtalo más tarde.",
        Language::Pt => "Agora não consigo criar um código. Tente mais tarde.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_its_words_alone() {
        assert_eq!(wish(" Link "), Some(Wish::Code));
        assert_eq!(wish("/vincular"), Some(Wish::Code));
        let redeem = Some(Wish::Redeem("K7QF2M9D".into()));
        assert_eq!(wish("link k7qf-2m9d"), redeem);
        assert_eq!(wish("vincular K7QF2M9D"), redeem);
        assert_eq!(wish("unlink"), Some(Wish::Apart));
        for other in ["", "link clicks", "link to revenue", "revenue", "unlink me"] {
            assert_eq!(wish(other), None, "{other}");
        }
    }

    #[test]
    fn codes_differ_and_have_no_letters_that_look_alike() {
        let codes: Vec<String> = (0..50).filter_map(|_| new_code()).collect();
        assert!(
            codes
                .iter()
                .all(|code| code.len() == LENGTH && !code.contains(['0', 'O', '1', 'I']))
        );
        assert_ne!(codes[0], codes[1]);
    }
}
