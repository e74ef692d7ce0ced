//! Countries by code and by name: data says "BR" where people say "Brasil".

/// Other names of the country that `folded` is a code or a name of.
pub(super) fn other_names(folded: &str) -> impl Iterator<Item = &'static str> {
    let row = COUNTRIES
        .iter()
        .find(|row| row.split('|').any(|name| name == folded));
    row.into_iter().flat_map(|row| row.split('|'))
}

/// Whether the word by itself names a country; codes do not count.
pub(super) fn is_name(word: &str) -> bool {
    word.len() > 3 && other_names(word).next().is_some()
}

const COUNTRIES: &[&str] = &[
    "br|bra|brazil|brasil",
    "mx|mex|mexico",
    "ar|arg|argentina",
    "cl|chl|chile",
    "co|col|colombia",
    "pe|per|peru",
    "uy|ury|uruguay|uruguai",
    "py|pry|paraguay|paraguai",
    "bo|bol|bolivia",
    "ec|ecu|ecuador|equador",
    "ve|ven|venezuela",
    "cr|cri|costa rica",
    "pa|pan|panama",
    "gt|gtm|guatemala",
    "do|dom|dominican republic|republica dominicana",
    "es|esp|spain|espana|espanha",
    "pt|prt|portugal",
    "fr|fra|france|francia|franca",
    "de|deu|germany|alemania|alemanha",
    "it|ita|italy|italia",
    "gb|gbr|uk|united kingdom|great britain|britain|reino unido",
    "ie|irl|ireland|irlanda",
    "nl|nld|netherlands|holland|paises bajos|holanda|paises baixos",
    "be|bel|belgium|belgica",
    "lu|lux|luxembourg|luxemburgo",
    "ch|che|switzerland|suiza|suica",
    "at|aut|austria",
    "se|swe|sweden|suecia",
    "no|nor|norway|noruega",
    "dk|dnk|denmark|dinamarca",
    "fi|fin|finland|finlandia",
    "pl|pol|poland|polonia",
    "cz|cze|czechia|czech republic|chequia|republica checa",
    "hu|hun|hungary|hungria",
    "ro|rou|romania|rumania|romenia",
    "gr|grc|greece|grecia",
    "tr|tur|turkey|turkiye|turquia",
    "ua|ukr|ukraine|ucrania",
    "us|usa|united states|united states of america|america|estados unidos|eeuu|eua",
    "ca|can|canada",
    "au|aus|australia",
    "nz|nzl|new zealand|nueva zelanda|nova zelandia",
    "jp|jpn|japan|japon|japao",
    "cn|chn|china",
    "kr|kor|south korea|korea|corea del sur|coreia do sul",
    "in|ind|india",
    "id|idn|indonesia",
    "sg|sgp|singapore|singapur|singapura",
    "th|tha|thailand|tailandia",
    "vn|vnm|vietnam|vietna",
    "ph|phl|philippines|filipinas",
    "ae|are|united arab emirates|uae|emiratos arabes unidos|emirados arabes unidos",
    "sa|sau|saudi arabia|arabia saudita",
    "il|isr|israel",
    "eg|egy|egypt|egipto|egito",
    "ma|mar|morocco|marruecos|marrocos",
    "ng|nga|nigeria",
    "ke|ken|kenya|kenia|quenia",
    "za|zaf|south africa|sudafrica|africa do sul",
    "ao|ago|angola",
    "mz|moz|mozambique|mocambique",
];
