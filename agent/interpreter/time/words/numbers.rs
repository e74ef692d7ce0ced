//! Numbers in words, in the three languages: what is one word, and what counts like one ("a couple
//! of", "docena de"). `grammar` puts them together.

use super::class::Class::{self, *};

pub(super) const NUMBERS: &[(Class, &[&str])] = &[
    (Ones(1), &["one", "un", "una", "uno", "um", "uma"]),
    (
        Ones(2),
        &[
            "two",
            "couple",
            "couple of",
            "a couple",
            "a couple of",
            "dos",
            "par de",
            "un par de",
            "dois",
            "duas",
            "um par de",
        ],
    ),
    (Ones(3), &["three", "tres"]),
    (Ones(4), &["four", "cuatro", "quatro"]),
    (Ones(5), &["five", "cinco"]),
    (
        Ones(6),
        &[
            "six",
            "half a dozen",
            "seis",
            "media docena de",
            "meia duzia de",
        ],
    ),
    (Ones(7), &["seven", "siete", "sete"]),
    (Ones(8), &["eight", "ocho", "oito"]),
    (Ones(9), &["nine", "nueve", "nove"]),
    (Ones(10), &["ten", "diez", "dez"]),
    (Ones(11), &["eleven", "once", "onze"]),
    (
        Ones(12),
        &[
            "twelve",
            "dozen",
            "a dozen",
            "doce",
            "docena de",
            "una docena de",
            "doze",
            "duzia de",
            "uma duzia de",
        ],
    ),
    (Ones(13), &["thirteen", "trece", "treze"]),
    (Ones(14), &["fourteen", "catorce", "catorze", "quatorze"]),
    (Ones(15), &["fifteen", "quince", "quinze"]),
    (
        Ones(16),
        &["sixteen", "dieciseis", "dezesseis", "dezasseis"],
    ),
    (
        Ones(17),
        &["seventeen", "diecisiete", "dezessete", "dezassete"],
    ),
    (Ones(18), &["eighteen", "dieciocho", "dezoito"]),
    (
        Ones(19),
        &["nineteen", "diecinueve", "dezenove", "dezanove"],
    ),
    (Ones(21), &["veintiun", "veintiuno", "veintiuna"]),
    (Ones(22), &["veintidos"]),
    (Ones(23), &["veintitres"]),
    (Ones(24), &["veinticuatro"]),
    (Ones(25), &["veinticinco"]),
    (Ones(26), &["veintiseis"]),
    (Ones(27), &["veintisiete"]),
    (Ones(28), &["veintiocho"]),
    (Ones(29), &["veintinueve"]),
    (Tens(20), &["twenty", "veinte", "vinte"]),
    (Tens(30), &["thirty", "treinta", "trinta"]),
    (Tens(40), &["forty", "fourty", "cuarenta", "quarenta"]),
    (Tens(50), &["fifty", "cincuenta", "cinquenta"]),
    (Tens(60), &["sixty", "sesenta", "sessenta"]),
    (Tens(70), &["seventy", "setenta"]),
    (Tens(80), &["eighty", "ochenta", "oitenta"]),
    (Tens(90), &["ninety", "noventa"]),
    (Hundreds(100), &["cien", "ciento", "cem", "cento"]),
    (
        Hundreds(200),
        &["doscientos", "doscientas", "duzentos", "duzentas"],
    ),
    (
        Hundreds(300),
        &["trescientos", "trescientas", "trezentos", "trezentas"],
    ),
    (
        Hundreds(400),
        &[
            "cuatrocientos",
            "cuatrocientas",
            "quatrocentos",
            "quatrocentas",
        ],
    ),
    (
        Hundreds(500),
        &["quinientos", "quinientas", "quinhentos", "quinhentas"],
    ),
    (
        Hundreds(600),
        &["seiscientos", "seiscientas", "seiscentos", "seiscentas"],
    ),
    (
        Hundreds(700),
        &["setecientos", "setecientas", "setecentos", "setecentas"],
    ),
    (
        Hundreds(800),
        &["ochocientos", "ochocientas", "oitocentos", "oitocentas"],
    ),
    (
        Hundreds(900),
        &["novecientos", "novecientas", "novecentos", "novecentas"],
    ),
    (Hundred, &["hundred"]),
];
