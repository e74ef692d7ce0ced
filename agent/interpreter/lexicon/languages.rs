//! Languages by code and by name, for dimensions that say which language something is in. Read
//! when values are indexed.

/// Other names of the language that a folded text is the code or a name of.
pub(super) fn other_names(folded: &str) -> impl Iterator<Item = &'static str> {
    let short = folded.get(..2).filter(|_| {
        // "pt-br" and "en us" are the language of some country.
        matches!(folded.as_bytes().get(2), Some(b'-' | b' ' | b'_')) && folded.len() == 5
    });
    let row = LANGUAGES.iter().find(|row| {
        row.split('|')
            .any(|name| name == folded || Some(name) == short)
    });
    row.into_iter().flat_map(|row| row.split('|'))
}

const LANGUAGES: &[&str] = &[
    "en|eng|english|ingles",
    "es|spa|spanish|espanol|espanhol|castellano",
    "pt|por|portuguese|portugues",
    "fr|fra|french|frances",
    "de|deu|german|aleman|alemao",
    "it|ita|italian|italiano",
    "nl|nld|dutch|holandes|neerlandes",
    "ca|cat|catalan|catala|catalao",
    "gl|glg|galician|gallego|galego",
    "eu|eus|basque|euskera|vasco|basco",
    "pl|pol|polish|polaco|polones",
    "cs|ces|czech|checo|tcheco",
    "sk|slk|slovak|eslovaco",
    "hu|hun|hungarian|hungaro",
    "ro|ron|romanian|rumano|romeno",
    "bg|bul|bulgarian|bulgaro",
    "el|ell|greek|griego|grego",
    "ru|rus|russian|ruso|russo",
    "uk|ukr|ukrainian|ucraniano",
    "sv|swe|swedish|sueco",
    "no|nor|norwegian|noruego|noruegues",
    "da|dan|danish|danes|dinamarques",
    "fi|fin|finnish|finlandes",
    "is|isl|icelandic|islandes",
    "tr|tur|turkish|turco",
    "ar|ara|arabic|arabe",
    "he|heb|hebrew|hebreo|hebraico",
    "fa|fas|persian|farsi|persa",
    "hi|hin|hindi",
    "bn|ben|bengali|bangla",
    "ur|urd|urdu",
    "ta|tam|tamil",
    "te|tel|telugu",
    "zh|zho|chinese|mandarin|chino|chines",
    "ja|jpn|japanese|japones",
    "ko|kor|korean|coreano",
    "vi|vie|vietnamese|vietnamita",
    "th|tha|thai|tailandes",
    "id|ind|indonesian|indonesio",
    "ms|msa|malay|malayo|malaio",
    "tl|tgl|tagalog|filipino",
    "sw|swa|swahili",
    "hr|hrv|croatian|croata",
    "sr|srp|serbian|serbio|servio",
    "sl|slv|slovenian|esloveno",
    "lt|lit|lithuanian|lituano",
    "lv|lav|latvian|leton|letao",
    "et|est|estonian|estonio",
    "qu|que|quechua",
    "gn|grn|guarani",
];
