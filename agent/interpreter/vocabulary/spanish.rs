//! Spanish phrases by what they do. Read by `Vocabulary` when it is built; accents are folded away.

use super::Cue;
use crate::intent::{Feature, Statistic, Than, Wish};

pub(super) const SPANISH: &[(Cue, &str)] = &[
    (
        Cue::By,
        "separado por|separados por|separada por|separadas por|por|por cada|segun|cada|desglosado por|desglosada por|desglosados por|dividido por|\
         dividida por|agrupado por|agrupada por|para cada|separado por|repartido por|\
         repartidos por|repartidas por|repartida por|se reparten por|se reparte por|\
         se distribuyen por|se distribuye por|desglosadas por|de cada|en cada|hizo cada|\
         hace cada|a cada|tiene cada|tuvo cada|dividelo por|divide por|separalo por|\
         partelo por|desglosalo por|agrupalo por|abrelo por|dividido entre|dividida entre|\
         divididos entre|divididas entre|divididos por|divididas por|repartido entre|\
         repartidos entre|repartida entre|repartidas entre|\
         cada uno de los|cada una de las|cada uno de nuestros|cada una de nuestras",
    ),
    (Cue::ByWhat, "desglose|desglose de|desglosa|desglosar"),
    (
        Cue::In,
        "en|para|de|del|durante|desde|dentro de|con|a traves de|donde|cuyo|cuya|pagado con|\
         pagados con|pagadas con|pagada con|hechos con|hechas con|hechos por|a traves del|\
         a causa de|debido a|por causa de",
    ),
    (
        Cue::Only,
        "solo|solamente|unicamente|solo en|solo para|filtra por|filtrar por|filtrado por|\
         solo de|nada mas|quedate con|quedate solo con|deja solo|dejalo en|limitalo a|\
         limita a|reducelo a|acotalo a|filtralo por|filtra a",
    ),
    (
        Cue::Not,
        "sin incluir|si quitamos|quitando|sin|quita|quitar|excepto|excluyendo|salvo|sin contar|que no sea|que no sean|excluye|\
         excluir|quitando|fuera de|no de|menos el|menos la|menos los|menos las|menos los de|menos las de|menos la de|menos el de|a excepcion de|\
         con excepcion de|que no|descontando|todos menos|todas menos|todo menos|todo excepto|\
         todos excepto|todas excepto|todo salvo|todos salvo|cualquiera menos|en vez de|\
         en lugar de|sin incluir|dejando fuera|dejando fuera a|dejando aparte",
    ),
    (
        Cue::LeftOut,
        "aparte|excluido|excluida|excluidos|excluidas|no incluido|no incluida|no incluidos|\
         no incluidas|dejado fuera",
    ),
    (Cue::And, "y|e|mas el|junto con|asi como|y en|y para|y de"),
    (Cue::Or, "o|u"),
    (
        Cue::Versus,
        "vs|versus|contra|frente a|frente al|comparado con|comparada con|comparados con|\
         comparadas con|en comparacion con|respecto a|respecto al|con respecto a|\
         con respecto al|comparar con|comparalo con|compara con|en relacion con|\
         en relacion al",
    ),
    (
        Cue::Compare,
        "compara|comparar|comparame|comparacion|comparativa|diferencia entre|comparando|\
         por separado|separando|separado en|separados en|separadas en|divididos en|divididas en|comparacion de|comparativa de",
    ),
    (
        Cue::Top,
        "top|mejores|mejor|mayores|mayor|principales|principal|ranking|mas altos|mas altas|\
         mas grandes|mas alto|mas alta|mas grande|ranking de|primeros|primeras|mas comunes|\
         mas comun|mas frecuente|mas frecuentes|mas popular|mas populares|mas habitual|\
         mas habituales|mas vendidos|mas vendido|mas vendidas|con mas actividad|mas activo|\
         mas activa|mas fuerte",
    ),
    (
        Cue::Bottom,
        "peores|peor|menores|menor|mas bajos|mas bajas|mas bajo|mas baja|mas pequenos|\
         ultimos en|menos comunes|menos comun|menos frecuente|menos frecuentes|\
         menos vendidos|mas lento|mas lenta|mas lentos|mas tranquilo|mas tranquila|mas flojo|\
         mas floja",
    ),
    (
        Cue::Most,
        "causa mas|causan mas|causo mas|causaron mas|mas|con mas|con mayor|con el mayor|con la mayor|con los mayores|con las mayores|\
         tuvo mas|tiene mas|tuvieron mas|tienen mas|con mejor|tuvo mayor|con la mejor|\
         genera mas|genero mas|tuvo la mayor|tuvo el mayor|tuvo la mejor",
    ),
    (
        Cue::Least,
        "menos|con menos|con menor|con el menor|con la menor|tuvo menos|tiene menos|\
         tuvieron menos|tuvo la menor|con peor|con la peor",
    ),
    (
        Cue::Which,
        "que|cual|cuales|quien|quienes|cual es el|cuales son los|cuales son las|\
         cuales fueron los|cuales fueron las|cual fue el|cual fue la|algun|alguna|hay algun|\
         hay alguna|hubo algun|hubo alguna",
    ),
    (
        Cue::WhatIs,
        "que es|que es el|que es la|que es un|que es una|que son|que son los|que son las|\
         explica|explicame",
    ),
    (
        Cue::Define,
        "define|definicion|definicion de|significado de|significa|que significa|\
         como se calcula|como se calculan|como se define|como calculas|calcula|formula|\
         formula de|describe|que quiere decir|como se mide|que cuenta como|que incluye|\
         que entra en|como se obtiene|como calculais|que es exactamente|que entendemos por|\
         que entiendes por|como medimos",
    ),
    (
        Cue::Trend,
        "tendencia|tendencias|a lo largo del tiempo|en el tiempo|evolucion|evoluciono|\
         evoluciona|ha evolucionado|serie|serie temporal|historico|historia|con el tiempo|\
         tendencia de|evolucion de|historico de|evolucionado|han evolucionado|evolucionaron",
    ),
    (
        Cue::Growth,
        "crecimiento|crecimiento de|variacion|variacion de|cambio|cambiado|crecio|crecieron|\
         ha crecido|han crecido|aumento|aumento de|caida|caida de|cambio de|crecido|subio|\
         bajo|subieron|subido|han subido|ha subido|bajaron|bajado|han bajado|ha bajado|\
         cayeron|cayo|caido|han caido|aumentaron|aumentado|disminuyeron|disminuyo|\
         evolucionaron|mejoraron|empeoraron|crece|crecen|sube|suben|baja|bajan|cuanto crecio|\
         cuanto crecieron|cuanto subio|cuanto bajo",
    ),
    (
        Cue::Show(Wish::Chart),
        "grafico|grafica|como grafico|como grafica|en grafico|en un grafico|en una grafica|\
         grafico de|grafica de|dibuja|como un grafico|como una grafica|un grafico de|\
         una grafica de|graficar",
    ),
    (
        Cue::Show(Wish::Table),
        "tabla|como tabla|como una tabla|en una tabla|en tabla|tabla de|lista|como lista|\
         una tabla de|listado de|ponlo en tabla|ponlo en una tabla",
    ),
    (
        Cue::Show(Wish::Bar),
        "grafico de barras|grafica de barras|barras|en barras|como barras|\
         como grafico de barras|grafico de tarta|grafico circular|tarta|histograma",
    ),
    (
        Cue::Show(Wish::Line),
        "grafico de lineas|grafica de lineas|lineas|linea|como lineas|grafico de linea",
    ),
    (
        Cue::Show(Wish::Stacked),
        "apilado|apiladas|barras apiladas|grafico de barras apiladas",
    ),
    (
        Cue::All,
        "todos|todas|todos los|todas las|todo|toda|en todos los|en todas las|de todos los|\
         de todas las",
    ),
    (
        Cue::Also,
        "tambien|ademas|anade|agrega|y tambien|incluye|incluyendo|agregar|anadir|suma tambien",
    ),
    (
        Cue::Again,
        "y que tal|que tal|y ahora|en vez|en su lugar|mejor|lo mismo|lo mismo para|\
         lo mismo en|igual|igual pero|y si|cambia a|pero|pero en|pero para|y|no quise decir|\
         quise decir|me refiero a|me referia a|eso|esto|y que hay de|que hay de|en cambio|\
         cambialo a|ponlo en|ponlo por|ahora|pasalo a|y si es|lo mismo pero",
    ),
    (
        Cue::NoFilter,
        "quita el filtro|quita los filtros|quitar filtros|quitar el filtro|sin filtro|\
         sin filtros|sin el filtro|en todas partes",
    ),
    (
        Cue::NoBreakdown,
        "sin desglose|quita el desglose|solo el total|en total|sin desglosar|\
         en un solo numero|junto todo",
    ),
    (
        Cue::Reset,
        "reiniciar|empezar de nuevo|borra todo|nueva pregunta|olvidalo|empieza de nuevo|\
         reinicia",
    ),
    (
        Cue::Catalogue,
        "que metricas conoces|que te puedo preguntar|que numeros conoces|que puedo preguntar|que puedo preguntarte|que metricas hay|que metricas tienes|\
         lista de metricas|lista las metricas|metricas|metrica|que datos tienes|que sabes|\
         muestra las metricas|cuales son las metricas|metricas disponibles|que metricas|\
         dimensiones|que puedes responder|que te puedo preguntar|que puedo preguntar aqui|\
         que numeros tienes|que cifras tienes|que me puedes decir|que informacion tienes|\
         sobre que puedo preguntar|que indicadores hay|que indicadores tienes|que metricas teneis|\
         que metricas manejas|que metricas manejais|que metricas tienen|que metricas manejan|\
         que metricas existen|que datos teneis|que datos manejas|que indicadores teneis|\
         que indicadores manejas|que cosas puedo preguntar|que cosas te puedo preguntar|\
         que cosas puedo preguntarte|que te puedo pedir|que puedo pedirte|que cosas sabes|\
         que puedo pedir|que cosas puedo pedirte|que cosas te puedo pedir",
    ),
    (
        Cue::Help,
        "ayuda|ayudame|que puedes hacer|como funcionas|como funciona esto|quien eres|\
         comandos|ejemplos|ejemplo|que eres|eres un bot|eres humano|eres una persona|\
         con quien hablo|para que sirves|que haces|como te uso|quien eres tu|\
         en que me puedes ayudar",
    ),
    (
        Cue::Hello,
        "hola equipo|hola a todos|hola a todas|buenas a todos|buenos dias equipo|hola|buenos dias|buenas tardes|buenas noches|buenas|como estas|que pasa",
    ),
    (
        Cue::Thanks,
        "gracias|muchas gracias|perfecto|genial|adios|hasta luego|excelente|vale gracias|\
         muy amable|gracias muy amable|muy amables|muy bien|estupendo|mil gracias|gracias por todo|te lo agradezco|muchisimas gracias|\
         ok gracias|vale muchas gracias|que tengas buen dia|hasta manana",
    ),
    (
        Cue::Feature(Feature::Why),
        "por que|por que razon|motivo de|causa de|que causo|a que se debe|razon de|\
         que paso con|que paso|que explica|que hay detras de|a que se debio|\
         cual es la causa de|cual es el motivo de|que provoco|por que motivo|\
         explica la caida de|explica la subida de",
    ),
    (
        Cue::Feature(Feature::Forecast),
        "prevision|pronostico|predice|prediccion|proyeccion|estimacion|estima|pronostica|\
         sera|cuanto venderemos|cuanto facturaremos|cuantos tendremos|que pasara con|\
         cuanto sera|vamos a vender|vamos a tener|vamos a facturar|como sera|como acabara|\
         como cerraremos",
    ),
    (
        Cue::Feature(Feature::Anomalies),
        "anomalia|anomalias|atipico|atipicos|raro|inusual|extrano|algo raro|algo inusual",
    ),
    (
        Cue::Feature(Feature::Subscribe),
        "suscribeme|suscribirme|suscribir|seguir|sigue|enviame|mandame|cada manana|\
         resumen diario|resumen semanal|resumen cada|resumen todos los|resumen todas las|programa|recuerdame|mandame cada|enviame cada|cada lunes|\
         todos los dias a las|pausa mi resumen|que sigo|quiero recibir|todas las mananas|\
         cada dia a las|todas las mananas a las|cada manana a las|cada semana el",
    ),
    (
        Cue::Feature(Feature::Alert),
        "alerta|alertame|avisame|avisame si|avisame cuando|notificame|alertas|vigila|\
         monitorea|avisame en cuanto|quiero que me avises|avisa si|avisa cuando|avisar|\
         ponme una alerta|crea una alerta",
    ),
    (Cue::Feature(Feature::Cohort), "cohorte|cohortes|embudo"),
    (
        Cue::Feature(Feature::Cumulative),
        "acumulado|acumulada|acumulados|total acumulado|acumulativo",
    ),
    (
        Cue::Feature(Feature::Export),
        "exporta|exportar|descarga|descargar|csv|xlsx|excel|hoja de calculo|en excel|pdf",
    ),
    (
        Cue::Share,
        "porcentaje|porcentaje de|proporcion|proporcion de|participacion|participacion de|\
         cuota|cuota de|que porcentaje|que porcentaje de|por ciento|peso de|que parte de|\
         que parte|% de|% del|que proporcion|que proporcion de|en porcentaje|\
         porcentaje del total|como porcentaje|como porcentaje del total|representa|\
         representan|cuanto representa|que cuota|porcentajes|en porcentajes|en %|\
         en tanto por ciento|porcentual|en terminos porcentuales|como parte del total|\
         en proporcion|como porcentajes|en tantos por ciento|como porcentaje de todo",
    ),
    (
        Cue::Than(Than::Over),
        "mas de|mas del|mas de los|mas de las|con mas de|que tengan mas de|que tienen mas de|con mas que|de mas de|\
         mayor que|mayores de|mayores que|superior a|por encima de|mas que|superiores a|\
         mayor a|mayores a|superior|de mas de|por encima del|arriba de|tuvo mas de|\
         tiene mas de|tuvieron mas de|tienen mas de|genera mas de|genero mas de|\
         hicimos mas de|hicieron mas de|hizo mas de|hubo mas de|tuvimos mas de|\
         vendimos mas de|recibimos mas de|tenemos mas de|tienen mas de|que tuvieron mas de|\
         que hicieron mas de|que tiene mas de|pasan de|pasa de|superior al|superiores al|\
         mayor del|mayores del|por arriba de|que pasan de",
    ),
    (
        Cue::Than(Than::AtLeast),
        "al menos|con al menos|como minimo|por lo menos|o mas|minimo de|no menos de|\
         igual o superior a|a partir de|que tengan al menos|que tienen al menos|\
         con un minimo de|o superior|o superiores|o mayor|o mayores|no inferior a|\
         no menor de|de al menos|desde los",
    ),
    (
        Cue::Than(Than::Under),
        "fue menor de|fue menor que|fue menor a|fueron menores de|fueron menores que|fue inferior a|estuvo por debajo de|menos de|menos del|menos de los|menos de las|con menos de|con menos que|menor que|menores de|menores que|inferior a|\
         por debajo de|menos que|inferiores a|menor a|menores a|de menos de|por debajo del|\
         debajo de|tuvo menos de|tiene menos de|tuvieron menos de|hicimos menos de|\
         hicieron menos de|hizo menos de|hubo menos de|tuvimos menos de|vendimos menos de|\
         recibimos menos de|tenemos menos de|tienen menos de|inferior al|inferiores al|\
         menor del|menores del|inferior a la|menor al",
    ),
    (
        Cue::Than(Than::AtMost),
        "como maximo|como mucho|a lo sumo|o menos|maximo de|no mas de|o inferior|\
         o inferiores|o menor|hasta|de hasta|no superior a|no mayor de",
    ),
    (Cue::Than(Than::Exactly), "igual a|iguales a"),
    (Cue::Between, "entre"),
    (
        Cue::RatioOf,
        "ratio de|la ratio de|el ratio de|ratio entre|proporcion entre|cociente entre|cociente de",
    ),
    (
        Cue::Passed(Than::Over),
        "superamos|hemos pasado de|hemos pasado|pasamos los|pasamos las|hemos superado|pasamos de|pasamos|rebasamos|sobrepasamos|se supero|\
         paso de|pasaron de|supera|superan|supero|superaron|excede|exceden|es mayor que|\
         es superior a|fue mayor que|fue superior a|es mayor a|fue mayor de|\
         esta por encima de|estuvo por encima de|supera los|superan los|superaron los|\
         superaron las|supera las",
    ),
    (
        Cue::Passed(Than::AtLeast),
        "alcanzamos|llegamos a|llegamos|hemos alcanzado|hemos llegado a|se alcanzo|alcanzo|\
         llego a|llegaron a|alcanzaron",
    ),
    (
        Cue::Statistic(Statistic::Average),
        "promedio|media|promedio de|media de|en promedio|de media|medio|medios|medias|\
         como promedio",
    ),
    (Cue::Statistic(Statistic::Median), "mediana|mediana de"),
    (
        Cue::Statistic(Statistic::Maximum),
        "maximo|maxima|maximos|maximas",
    ),
    (
        Cue::Statistic(Statistic::Minimum),
        "minimo|minima|minimos|minimas",
    ),
    (
        Cue::Statistic(Statistic::Count),
        "cuantos distintos|cuantas distintas|cuantos diferentes|cuantas diferentes|distintos|\
         distintas|diferentes|unicos|unicas|distintos clientes",
    ),
    (
        Cue::HowMany,
        "cuantos|cuantas|numero de|el numero de|cantidad de|la cantidad de|no de",
    ),
    (
        Cue::Feature(Feature::Statistic),
        "desviacion|percentil|media movil|promedio movil|varianza|desviacion estandar|\
         desviacion tipica",
    ),
    (
        Cue::Feature(Feature::Goal),
        "meta|metas|objetivo|objetivos|okr|okrs",
    ),
    (
        Cue::Together,
        "correlacion|correlacionado|correlacionada|relacion entre|correlacion entre|influye|\
         influyen|afecta|afectan|impacto de|efecto de|relacionado con|relacionada con|\
         relacionados con|depende de|dependen de|va de la mano con|van de la mano",
    ),
    (
        Cue::When,
        "cuando|en que fecha|en que momento|que fecha|desde cuando",
    ),
    (
        Cue::Peak,
        "pico|picos|record|maximo historico|punto mas alto|mas alto que nunca|fue mas alto|\
         fue mas alta|fue mayor|fueron mas altos|fueron mas altas|fueron mayores|el pico",
    ),
    (
        Cue::Trough,
        "minimo historico|punto mas bajo|fue mas bajo|fue mas baja|fue menor|\
         fueron mas bajos|fueron mas bajas|fueron menores",
    ),
    (
        Cue::Back,
        "deshacer|volver|vuelve|atras|regresar|deshaz|vuelve atras|volver atras|regresa|\
         la anterior|pregunta anterior|vuelve a la anterior|volver a la anterior|\
         vuelve a lo de antes",
    ),
    (
        Cue::Explain,
        "explica eso|explica esto|explicalo|explicamelo|como lo calculaste|\
         como se calculo eso|como calculaste eso|como llegaste a eso|el sql|sql|\
         muestra el sql|muestrame el sql|de donde sale ese numero|de donde sale ese dato|\
         de donde sale|como lo has calculado|como has calculado eso",
    ),
    (
        Cue::Correct,
        "no me refiero a|no me referia a|me refiero a|me referia a|no quise decir|\
         quise decir|queria decir|no queria decir|perdon me referia a|no quiero decir|\
         quiero decir|no eso no|me refiero|perdon|disculpa|lo siento|mejor dicho|\
         me he equivocado|me equivoque|perdona|digo|no espera|mes equivocado|\
         metrica equivocada|periodo equivocado|ano equivocado|pais equivocado|eso no es|\
         no es eso|no eso|no es lo que queria|queria|sino|sino que|te pedi|te preguntaba por|\
         preguntaba por|me referia|corrijo|rectifico|no pedi eso|dije|he dicho|dije que|\
         queria ver|queria verlo|quiero verlo",
    ),
    (
        Cue::AllTime,
        "todo el tiempo|historico|historica|desde el principio|desde el inicio|de siempre|\
         desde siempre|en toda la historia|todo el historico|de todos los tiempos|\
         toda la historia",
    ),
    (
        Cue::NoCompare,
        "sin comparar|sin comparacion|sin la comparacion|quita la comparacion|no compares",
    ),
    (
        Cue::NoLimit,
        "todos ellos|todas ellas|muestra todos|muestra todas|muestralos todos|\
         muestralas todas|sin limite|la lista completa|lista completa",
    ),
    (
        Cue::Ascending,
        "ascendente|de menor a mayor|orden ascendente|al reves",
    ),
    (
        Cue::Descending,
        "descendente|de mayor a menor|orden descendente",
    ),
    (
        Cue::SortBy,
        "ordena por|ordenado por|ordenados por|ordenadas por|ordenalo por|ordenalos por|\
         ordenalas por|ordenar por|ordenada por",
    ),
    (
        Cue::Good,
        "correcto|eso es correcto|buena respuesta|asi es|exacto",
    ),
    (
        Cue::Bad,
        "eso esta mal|esta mal|incorrecto|no es correcto|eso no es correcto|\
         no es lo que pregunte|mala respuesta|ese numero esta mal|no es lo que pedi|\
         eso no es lo que pregunte|equivocado",
    ),
    (
        Cue::Yes,
        "si|claro|vale|si por favor|por supuesto|de acuerdo|ok|adelante|ese|esa|si ese|si esa",
    ),
    (Cue::No, "ninguno|ninguna|no gracias|ninguno de esos|no"),
    (
        Cue::Nth(0),
        "el primero|la primera|primera opcion|la primera fila|la primera opcion|\
         el primer resultado|el numero uno",
    ),
    (
        Cue::Nth(1),
        "el segundo|la segunda|segunda opcion|la segunda fila|la segunda opcion|el numero dos",
    ),
    (
        Cue::Nth(2),
        "el tercero|la tercera|tercera opcion|la tercera fila|la tercera opcion|\
         el numero tres",
    ),
    (
        Cue::Nth(3),
        "el cuarto|la cuarta|cuarta opcion|la cuarta opcion",
    ),
    (Cue::Last, "el ultimo|la ultima fila|la ultima opcion"),
    (
        Cue::Drill,
        "profundiza en|entra en|detalla|centrate en|enfocate en|ahonda en|zoom en",
    ),
    (
        Cue::Values,
        "lista de|lista los|lista las|que hay|cuales son los|cuales son las|enumera los|\
         enumera las|listame los|listame las|listar",
    ),
    (
        Cue::Definitions,
        "mis definiciones|que recuerdas|que definiciones tienes|que te he ensenado|\
         que definiciones hay",
    ),
    (Cue::TheFilter, "filtro|filtros|restriccion|condicion"),
    (
        Cue::Contains,
        "contiene|contienen|que contiene|que contienen|que contenga|que contengan|\
         con la palabra",
    ),
    (
        Cue::Feature(Feature::Action),
        "envia una factura|crea un|crea una|borra los|borra las|borra el|borra la|\
         elimina los|elimina las|elimina el|elimina la|cancela el|cancela la|aprueba|\
         actualiza el|actualiza la|paga la|dame acceso|hazme administrador|modifica el|\
         modifica la",
    ),
    (Cue::DayOfWeek, "dia de la semana|dias de la semana"),
    (Cue::HourOfDay, "hora del dia|horas del dia"),
    (
        Cue::HowMuch,
        "cuanto dejan de|cuanto dejaron de|cuanto deja de|cuanto dejo de|cuanto|cuanta|cuanto dinero|que cantidad de dinero|por cuanto",
    ),
    (
        Cue::Noise,
        "por favor|porfa|buenas|pusieron|puso|hechas|hechos|me pasas|pasas|me puedes pasar|cuanto vale|\
         pasaron por|paso por|pasaron por aqui|dejame ver|me dices|dices|el|la|los|las|lo|un|una|unos|unas|mi|mis|tu|tus|su|sus|nuestro|\
         nuestra|nuestros|nuestras|es|son|fue|fueron|era|eran|ser|sido|ha|han|he|hemos|habia|\
         hay|hubo|hacer|hecho|hicimos|hizo|tener|tenemos|tuvimos|tengo|tuve|tiene|tuvo|puedo|\
         puedes|podrias|quiero|quisiera|necesito|me gustaria|muestra|muestrame|mostrar|\
         ensename|dame|dar|dime|decir|ver|saber|cuantos|cuantas|cuanto es|cuanto fue|como|\
         como fue|como fueron|como va|como van|como estan|como esta|como estuvo|\
         como estuvieron|como ha ido|como le fue|donde esta|con|a|al|datos|cifras|cifra|\
         numero de|el numero de|numero|numeros|total|totales|total de|el total de|cantidad|\
         cantidad de|la cantidad de|valor de|suma|suma de|rendimiento|desempeno|informe|\
         reporte|resumen|exacto|exactamente|se|nos|les|le|si|asi|muy|mucho|muchos|sobre|\
         acerca de|resultado|resultados|pregunta|respuesta|periodo|fecha|fechas|negocio|\
         empresa|de la|de las|de los|de el|en el|en la|en los|en las|para el|para la|lo que|\
         ahora mismo|actualmente|vista|ir|fueron los|fueron las|que fue|obtuvimos|logramos|\
         generamos|generaron|recibimos|vimos|queria saber|quiero ver|quiero saber|\
         puedes mostrarme|puedes decirme|estado de|nivel|nivel de|nos fue|ha sido|han sido|\
         entero|entera|completo|completa|cuanto hemos|hecho en|registrados|registradas|\
         realizados|realizadas|indicador|kpi|info|informacion|detalle|detalles|mirar|mira|\
         vamos|vamos a ver|comportamiento de|se comporto|ordena|ordenado|en terminos de|\
         segun el|va|van|lleva|llevamos|trajo|trajeron|trae|traen|la tienda|nuestra tienda|\
         el sitio|la web|juntos|juntas|en conjunto|sumados|sumadas|combinados|viene|vienen|\
         vino|vinieron|entraron|entro|entra|entran|salieron|salio|sale|salen|abrieron|abrio|\
         abierto|empezaron|empezo|empiezan|comenzaron|comenzo|iniciaron|hicieron|hacen|\
         hace falta|hacen falta|haciendo falta|tuvieron|tienen|atendio|atendieron|atiende|sacamos|saco|sacan|pagamos|\
         llegaron|llego|entregaron|enviaron|registro|registraron|dieron|dio|da|dan|\
         corresponde|corresponden|cada cual|actual|actuales|podrias decirme|me podrias decir|\
         me puedes decir|puedes darme|me das|me dices|pasame|pasa|informame|a ver|\
         necesito saber|me interesa|interesa|cuentame|sabes|dinero|hola|buenas|venga|oye|\
         por ahi|ahi|realmente|mas o menos|aproximadamente|hubieron|ha habido|han habido|\
         hubo en total|que tuvimos|que hubo|consiguio|consiguieron|logro|lograron|recibio|\
         recibieron|seria tan amable de|serias tan amable de|tan amable de|seria posible|\
         me podria|podria usted|decirme|si es posible|cuando puedas|por cierto|en total|dato|\
         el dato|pasar|pasame el dato|iniciados|iniciadas|ya|todavia|aun|se dividen|\
         se divide|dividen|reparten|se reparten|se reparte|reparte|pagan|paga|quedo|quedaron|\
         valen|vale la pena|aparecieron|asciende|ascienden|a cuanto asciende|\
         a cuanto ascienden|firmaron|emitimos|emitieron|verlo|verla|existen|existe|estuvo|\
         estuvieron|tenido|estan|hemos tenido|han tenido|algo sobre|algo de|reparto|\
         reparto de|distribucion|distribucion de|se junto|se juntaron|juntamos|en este momento|\
         a la fecha de hoy|manejas|manejais|teneis",
    ),
];
