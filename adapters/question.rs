//! What may be asked: the checks every platform makes on typed words before they are accepted.
//!
//! A person whose words do not pass hears one sentence; nothing is stored.

/// The longest question, in bytes of UTF-8.
pub const MAX_QUESTION_BYTES: usize = 20_000;

/// Why words are not a question. The person hears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// Nothing was said.
    #[error("The question is empty: write what you would like to know.")]
    Empty,
    /// Too much was said.
    #[error(
        "The question is too long ({bytes} bytes; at most {MAX_QUESTION_BYTES}): ask it in fewer words."
    )]
    TooLong {
        /// Its length.
        bytes: usize,
    },
}

/// The words as they are accepted: trimmed, and without the control characters that neither a
/// person reads nor a database stores.
pub(crate) fn question(text: &str) -> Result<String, QuestionError> {
    if text.len() > MAX_QUESTION_BYTES {
        return Err(QuestionError::TooLong { bytes: text.len() });
    }
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect();
    let clean = clean.trim();
    if clean.is_empty() {
        return Err(QuestionError::Empty);
    }
    Ok(clean.to_owned())
}
