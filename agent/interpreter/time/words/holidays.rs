//! Names of holidays in the three languages.

use super::super::holidays::Holiday;
use super::class::Class;

const fn day(holiday: Holiday, names: &'static [&'static str]) -> (Class, &'static [&'static str]) {
    (Class::Holiday(holiday), names)
}

pub(super) const HOLIDAYS: &[(Class, &[&str])] = &[
    day(
        Holiday::NewYear,
        &[
            "new years day",
            "new year day",
            "ano nuevo",
            "ano novo",
            "dia de ano nuevo",
        ],
    ),
    day(
        Holiday::Epiphany,
        &[
            "epiphany",
            "three kings day",
            "dia de reyes",
            "dia de los reyes",
            "reyes magos",
            "reyes",
            "dia de reis",
        ],
    ),
    day(
        Holiday::Valentine,
        &[
            "valentines day",
            "valentine day",
            "valentines",
            "san valentin",
            "dia de san valentin",
            "dia de los enamorados",
            "sao valentim",
            "dia de sao valentim",
        ],
    ),
    day(Holiday::Lovers, &["dia dos namorados"]),
    day(
        Holiday::WomensDay,
        &[
            "womens day",
            "international womens day",
            "dia de la mujer",
            "dia da mulher",
        ],
    ),
    day(
        Holiday::StPatrick,
        &[
            "st patricks day",
            "st patrick day",
            "saint patricks day",
            "saint patrick day",
        ],
    ),
    day(Holiday::Carnival, &["carnival", "carnaval", "carnavales"]),
    day(
        Holiday::MardiGras,
        &[
            "mardi gras",
            "martes de carnaval",
            "terca feira de carnaval",
        ],
    ),
    day(
        Holiday::AshWednesday,
        &[
            "ash wednesday",
            "miercoles de ceniza",
            "quarta feira de cinzas",
            "quarta de cinzas",
        ],
    ),
    day(Holiday::PalmSunday, &["palm sunday", "domingo de ramos"]),
    day(
        Holiday::HolyWeek,
        &["easter week", "holy week", "semana santa"],
    ),
    day(
        Holiday::HolyThursday,
        &[
            "maundy thursday",
            "holy thursday",
            "jueves santo",
            "quinta feira santa",
        ],
    ),
    day(
        Holiday::GoodFriday,
        &[
            "good friday",
            "viernes santo",
            "sexta feira santa",
            "sexta santa",
        ],
    ),
    day(
        Holiday::Easter,
        &[
            "easter",
            "easter sunday",
            "pascua",
            "domingo de pascua",
            "domingo de resurreccion",
            "pascoa",
            "domingo de pascoa",
        ],
    ),
    day(Holiday::EasterMonday, &["easter monday", "lunes de pascua"]),
    day(Holiday::CorpusChristi, &["corpus christi"]),
    day(
        Holiday::LabourDay,
        &[
            "labor day",
            "labour day",
            "may day",
            "dia del trabajo",
            "dia del trabajador",
            "dia do trabalho",
            "dia do trabalhador",
            "fiesta del trabajo",
        ],
    ),
    day(Holiday::MemorialDay, &["memorial day"]),
    day(Holiday::PresidentsDay, &["presidents day"]),
    day(
        Holiday::MothersDay,
        &[
            "mothers day",
            "mother day",
            "dia de la madre",
            "dia de las madres",
            "dia das maes",
            "dia da mae",
        ],
    ),
    day(
        Holiday::FathersDay,
        &[
            "fathers day",
            "father day",
            "dia del padre",
            "dia dos pais",
            "dia do pai",
        ],
    ),
    day(
        Holiday::ChildrensDay,
        &[
            "dia das criancas",
            "dia da crianca",
            "dia del nino",
            "dia de la ninez",
        ],
    ),
    day(Holiday::Halloween, &["halloween"]),
    day(
        Holiday::AllSaints,
        &[
            "all saints day",
            "all saints",
            "todos los santos",
            "dia de todos los santos",
            "todos os santos",
        ],
    ),
    day(
        Holiday::AllSouls,
        &[
            "day of the dead",
            "dia de muertos",
            "dia de los muertos",
            "dia de los difuntos",
            "finados",
            "dia de finados",
        ],
    ),
    day(
        Holiday::SinglesDay,
        &[
            "singles day",
            "single day",
            "dia del soltero",
            "dia de los solteros",
            "dia dos solteiros",
            "dia do solteiro",
        ],
    ),
    day(Holiday::BuenFin, &["buen fin", "el buen fin"]),
    day(
        Holiday::Thanksgiving,
        &[
            "thanksgiving",
            "thanksgiving day",
            "accion de gracias",
            "dia de accion de gracias",
            "dia de acao de gracas",
        ],
    ),
    day(
        Holiday::BlackFriday,
        &["black friday", "black fridays", "viernes negro"],
    ),
    day(
        Holiday::BlackWeekend,
        &[
            "black friday weekend",
            "fin de semana del black friday",
            "fim de semana da black friday",
            "fim de semana de black friday",
        ],
    ),
    day(Holiday::Bfcm, &["bfcm", "black friday cyber monday"]),
    day(
        Holiday::CyberMonday,
        &["cyber monday", "cyber mondays", "ciberlunes"],
    ),
    day(Holiday::CyberWeek, &["cyber week"]),
    day(Holiday::GivingTuesday, &["giving tuesday"]),
    day(
        Holiday::ChristmasEve,
        &["christmas eve", "nochebuena", "vespera de natal"],
    ),
    day(
        Holiday::Christmas,
        &[
            "christmas",
            "christmas day",
            "xmas",
            "navidad",
            "dia de navidad",
            "natal",
            "dia de natal",
        ],
    ),
    day(Holiday::BoxingDay, &["boxing day"]),
    day(
        Holiday::NewYearsEve,
        &[
            "new years eve",
            "new year eve",
            "nochevieja",
            "vespera de ano novo",
            "reveillon",
        ],
    ),
];
