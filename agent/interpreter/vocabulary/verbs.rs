//! Verbs that say of what was counted only that there was some of it, and words that stand around
//! them: "concedimos", "took place", "how many times". A verb that says which of it ("rejected",
//! "cancelled") stands in no list here: it would be passed over.

pub(super) const EN: &str = "\
    choose|chose|chosen|carry|carries|send|sends|sent|sent us|sends us|send us|led to|lead to|leads to|\
    welcome|welcomed|welcomes|attract|attracts|attracted|draw|drew|draws|yield|yields|yielded|\
    contribute|contributed|contributes|produce|produces|gave rise to|resulted in|results in|\
    bring us|brings us|brought us|among|among the|amongst|show up|showed up|turn up|turned up|\
    either|by how much|saw|seen|sees|seeing|lodge|lodged|submitted|carried out|carry out|processed|\
    awarded|conducted|hosted|experienced|rack up|racked up|clock up|clocked up|\
    notch up|notched up|deal with|dealt with|wrote|written|raised|took out|\
    taken out|took part|take part|undergo|underwent|undertake|undertook|undertaken|\
    logged|noted|witness|witnessed|observe|observed|happened to be|occurring|\
    taking place|took place|take place|taken place|carried|filed|filing|typically|\
    normally|usually|generally|in question|how large|how heavy|how far|how fast|\
    how small|times|how many times|each time|every time|occasions|because|we did|\
    on the books|so many|as of now|currently have|whole lot|grand total|tally|\
    tallied|tot up|a look at|they|living|live|lives|lived|located|situated|residing|reside|volume|volumes|\
    kind regards|best regards|regards|dear team|grateful|i would be grateful if you could";

pub(super) const ES: &str = "\
    abrimos|abrieron|abrio|tamano de|tamano del|tamano de la|de que tamano es|de que tamano|quedaron|quedo|tardaron|tardo|tarda|tardan|tardamos|tardaron en|tardo en|tarda en|tardan en|ido|han ido|ha ido|transportamos|transportaron|llevamos|llevaron|llevo|trajeron|trajo|traen|atrajo|atrajeron|\
    acogieron|acogio|acogimos|enviaron|envio|eligieron|eligio|causaron|provocaron|provoco|\
    entre los|entre las|subieron|subio|acudieron|acudio|vinieron|vienen|\
    valor del|valor de la|valor de los|valor de las|valor total|valor total de|valor total del|\
    importe del|importe de la|monto de|monto del|volumen|cuanto tiempo|residen|reside|viven|vive|ubicados|ubicadas|pedimos|pidieron|pidio|\
    solicitamos|solicitaron|solicito|solicitados|solicitadas|saludos|veces|cuantas veces|vez|cada vez|ocasiones|vio|vieron|visto|vistos|\
    hizo falta|se hizo|se hicieron|ha hecho|de cuanto|de cuanto es|de cuanto fue|\
    cuanto suma|cuanto suman|por lo general|normalmente|habitualmente|ellos|ellas|\
    tales|ha habido en|tuvo lugar|tuvieron lugar|llegamos a tener|se dio|se dieron|\
    dimos|damos|durante todo|en forma de|muestralo|muestrala|muestralos|muestralas|\
    ponlo|ponla|ensenamelo|ensenamela|damelo|damela|pasamelo|cuantia|monto total|\
    importe de|a dia de hoy|otorga|otorgan|otorgamos|otorgo|otorgaron|otorgado|\
    otorgados|otorgada|otorgadas|otorgando|otorgar|otorgaba|otorgaban|otorgaran|\
    registra|registran|registramos|registrado|registrada|registrando|registrar|\
    registraba|registraban|registraran|realiza|realizan|realizamos|realizo|\
    realizaron|realizado|realizada|realizando|realizar|realizaba|realizaban|\
    realizaran|efectua|efectuan|efectuamos|efectuo|efectuaron|efectuado|efectuados|\
    efectuada|efectuadas|efectuando|efectuar|efectuaba|efectuaban|efectuaran|\
    tramita|tramitan|tramitamos|tramito|tramitaron|tramitado|tramitados|tramitada|\
    tramitadas|tramitando|tramitar|tramitaba|tramitaban|tramitaran|gestiona|\
    gestionan|gestionamos|gestiono|gestionaron|gestionado|gestionados|gestionada|\
    gestionadas|gestionando|gestionar|gestionaba|gestionaban|gestionaran|procesa|\
    procesan|procesamos|procesaron|procesado|procesados|procesada|procesadas|\
    procesando|procesar|procesaba|procesaban|procesaran|contabiliza|contabilizan|\
    contabilizamos|contabilizo|contabilizaron|contabilizado|contabilizados|\
    contabilizada|contabilizadas|contabilizando|contabilizar|contabilizaba|\
    contabilizaban|contabilizaran|acumula|acumulan|acumulamos|acumulo|acumularon|\
    acumuladas|acumulando|acumular|acumulaba|acumulaban|acumularan|totaliza|\
    totalizan|totalizamos|totalizo|totalizaron|totalizado|totalizados|totalizada|\
    totalizadas|totalizando|totalizar|totalizaba|totalizaban|totalizaran|celebra|\
    celebran|celebramos|celebro|celebraron|celebrado|celebrados|celebrada|\
    celebradas|celebrando|celebrar|celebraba|celebraban|celebraran|genera|generan|\
    generado|generados|generada|generadas|generando|generar|generaba|generaban|\
    generaran|observa|observan|observamos|observo|observaron|observado|observados|\
    observada|observadas|observando|observar|observaba|observaban|observaran|\
    mostra|mostran|mostramos|mostro|mostraron|mostrado|mostrados|mostrada|\
    mostradas|mostrando|mostraba|mostraban|mostraran|toma|toman|tomamos|tomo|\
    tomaron|tomado|tomados|tomada|tomadas|tomando|tomar|tomaba|tomaban|tomaran|\
    usa|usan|usamos|usaron|usando|usar|usaba|usaban|usaran|utiliza|utilizan|\
    utilizamos|utilizo|utilizaron|utilizado|utilizados|utilizada|utilizadas|\
    utilizando|utilizar|utilizaba|utilizaban|utilizaran|maneja|manejan|manejamos|\
    manejo|manejaron|manejado|manejados|manejada|manejadas|manejando|manejar|\
    manejaba|manejaban|manejaran|notan|notamos|noto|notaron|notado|notados|\
    notada|notadas|notando|notar|notaba|notaban|notaran|presenta|presentan|\
    presentamos|presento|presentaron|presentado|presentados|presentada|presentadas|\
    presentando|presentar|presentaba|presentaban|presentaran|formulan|formulamos|\
    formulo|formularon|formulado|formulados|formulada|formuladas|formulando|\
    formular|formulaba|formulaban|formularan|anota|anotan|anotamos|anoto|anotaron|\
    anotado|anotados|anotada|anotadas|anotando|anotar|anotaba|anotaban|anotaran|\
    apunta|apuntan|apuntamos|apunto|apuntaron|apuntado|apuntados|apuntada|\
    apuntadas|apuntando|apuntar|apuntaba|apuntaban|apuntaran|suman|sumamos|sumo|\
    sumaron|sumado|sumada|sumando|sumar|sumaba|sumaban|sumaran|aporta|aportan|\
    aportamos|aporto|aportaron|aportado|aportados|aportada|aportadas|aportando|\
    aportar|aportaba|aportaban|aportaran|reporta|reportan|reportamos|reporto|\
    reportaron|reportado|reportados|reportada|reportadas|reportando|reportar|\
    reportaba|reportaban|reportaran|archiva|archivan|archivamos|archivaron|\
    archivado|archivados|archivada|archivadas|archivando|archivar|archivaba|\
    archivaban|archivaran|radica|radican|radicamos|radico|radicaron|radicado|\
    radicados|radicada|radicadas|radicando|radicar|radicaba|radicaban|radicaran|\
    levanta|levantan|levantamos|levanto|levantaron|levantado|levantados|levantada|\
    levantadas|levantando|levantar|levantaba|levantaban|levantaran|logra|logran|\
    logrado|logrados|lograda|logradas|logrando|lograr|lograba|lograban|lograran|\
    dicta|dictan|dictamos|dicto|dictaron|dictado|dictados|dictada|dictadas|\
    dictando|dictar|dictaba|dictaban|dictaran|imparte|imparten|impartimos|\
    impartio|impartieron|impartido|impartidos|impartida|impartidas|impartiendo|\
    impartir|impartia|impartian|programaron|programado|programados|programada|\
    programadas|programando|programar|programaba|programaban|programaran|organiza|\
    organizan|organizamos|organizo|organizaron|organizado|organizados|organizada|\
    organizadas|organizando|organizar|organizaba|organizaban|organizaran|adjudica|\
    adjudican|adjudicamos|adjudico|adjudicaron|adjudicado|adjudicados|adjudicada|\
    adjudicadas|adjudicando|adjudicar|adjudicaba|adjudicaban|adjudicaran|asigna|\
    asignan|asignamos|asigno|asignaron|asignado|asignados|asignada|asignadas|\
    asignando|asignar|asignaba|asignaban|asignaran|expede|expeden|expedimos|\
    expedio|expedieron|expedido|expedidos|expedida|expedidas|expediendo|expedir|\
    expedia|expedian|concede|conceden|concedemos|concedio|concedieron|concedimos|\
    concedido|concedidos|concedida|concedidas|concediendo|conceder|concedia|\
    concedian|sucede|suceden|sucedemos|sucedio|sucedieron|sucedimos|sucedido|\
    sucedidos|sucedida|sucedidas|sucediendo|suceder|sucedia|sucedian|recoge|\
    recogen|recogemos|recogio|recogieron|recogimos|recogido|recogidos|recogida|\
    recogidas|recogiendo|recoger|recogia|recogian|atende|atenden|atendemos|\
    atendimos|atendiendo|atender|atendia|atendian|ocurre|ocurren|ocurrimos|\
    ocurrio|ocurrieron|ocurrido|ocurridos|ocurrida|ocurridas|ocurriendo|ocurrir|\
    ocurria|ocurrian|surge|surgen|surgimos|surgio|surgieron|surgido|surgidos|\
    surgida|surgidas|surgiendo|surgir|surgia|surgian|recibe|reciben|recibido|\
    recibidos|recibida|recibidas|recibiendo|recibir|recibia|recibian|emite|emiten|\
    emitio|emitido|emitidos|emitida|emitidas|emitiendo|emitir|emitia|emitian";

pub(super) const PT: &str = "\
    abrimos|abriram|abriu|tamanho do|tamanho da|tamanho de|ficaram|ficou|demoraram|demorou|demora|demoram|demoraram a|demorou a|demora a|demoram a|demorou para|demoraram para|levaram para|transportamos|transportaram|transportou|andaram|andou|levamos|levaram|levou|subiram|subiu|\
    trouxeram|trouxe|trazem|atraiu|atrairam|enviaram|enviou|escolheram|escolheu|causaram|causou|\
    provocaram|provocou|deram|deu|vieram|veio|entre os|entre as|acolheram|acolheu|\
    valor do|valor da|valor dos|valor das|valor total|valor total de|valor total do|\
    valor total da|valor total dos|valor total das|enganei me|quanto tempo|residem|reside|moram|mora|vivem|localizados|localizadas|pedimos|pediram|\
    pediu|solicitamos|solicitaram|solicitou|solicitados|solicitadas|tudo certo|tudo bem|\
    abracos|vezes|quantas vezes|vez|cada vez|ocasioes|viu|viram|visto|vistos|foi feito|\
    foram feitos|foram feitas|de quanto|de quanto e|de quanto foi|normalmente|\
    geralmente|habitualmente|eles|elas|tais|teve lugar|tiveram lugar|demos|damos|\
    em forma de|mostra isso|mostre isso|ponha|me da isso|montante de|outorga|\
    outorgam|outorgamos|outorgou|outorgaram|outorgado|outorgados|outorgada|\
    outorgadas|outorgando|outorgar|outorgava|outorgavam|registra|registram|\
    registramos|registrado|registrada|registrando|registrar|registrava|registravam|\
    regista|registam|registamos|registou|registaram|registado|registados|registada|\
    registadas|registando|registar|registava|registavam|realiza|realizam|\
    realizamos|realizou|realizaram|realizado|realizada|realizando|realizar|\
    realizava|realizavam|efetua|efetuam|efetuamos|efetuou|efetuaram|efetuado|\
    efetuados|efetuada|efetuadas|efetuando|efetuar|efetuava|efetuavam|tramita|\
    tramitam|tramitamos|tramitou|tramitaram|tramitado|tramitados|tramitada|\
    tramitadas|tramitando|tramitar|tramitava|tramitavam|processa|processam|\
    processamos|processou|processaram|processado|processados|processada|processadas|\
    processando|processar|processava|processavam|contabiliza|contabilizam|\
    contabilizamos|contabilizou|contabilizaram|contabilizado|contabilizados|\
    contabilizada|contabilizadas|contabilizando|contabilizar|contabilizava|\
    contabilizavam|acumula|acumulam|acumulamos|acumulou|acumularam|acumuladas|\
    acumulando|acumular|acumulava|acumulavam|totaliza|totalizam|totalizamos|\
    totalizou|totalizaram|totalizado|totalizados|totalizada|totalizadas|totalizando|\
    totalizar|totalizava|totalizavam|celebra|celebram|celebramos|celebrou|\
    celebraram|celebrado|celebrados|celebrada|celebradas|celebrando|celebrar|\
    celebrava|celebravam|gera|geram|gerado|gerados|gerada|geradas|gerando|gerar|\
    gerava|geravam|observa|observam|observamos|observou|observaram|observado|\
    observados|observada|observadas|observando|observar|observava|observavam|\
    mostram|mostramos|mostrou|mostraram|mostrado|mostrados|mostrada|mostradas|\
    mostrando|mostrava|mostravam|toma|tomam|tomamos|tomou|tomaram|tomado|tomados|\
    tomada|tomadas|tomando|tomar|tomava|tomavam|usa|usam|usamos|usou|usaram|\
    usando|usar|usava|usavam|utiliza|utilizam|utilizamos|utilizou|utilizaram|\
    utilizado|utilizados|utilizada|utilizadas|utilizando|utilizar|utilizava|\
    utilizavam|apresenta|apresentam|apresentamos|apresentou|apresentaram|\
    apresentado|apresentados|apresentada|apresentadas|apresentando|apresentar|\
    apresentava|apresentavam|anota|anotam|anotamos|anotou|anotaram|anotado|\
    anotados|anotada|anotadas|anotando|anotar|anotava|anotavam|somamos|somou|\
    somaram|somado|somada|somando|somar|somava|somavam|aporta|aportam|aportamos|\
    aportou|aportaram|aportado|aportados|aportada|aportadas|aportando|aportar|\
    aportava|aportavam|reporta|reportam|reportamos|reportou|reportaram|reportado|\
    reportados|reportada|reportadas|reportando|reportar|reportava|reportavam|\
    ministra|ministram|ministramos|ministrou|ministraram|ministrado|ministrados|\
    ministrada|ministradas|ministrando|ministrar|ministrava|ministravam|adjudica|\
    adjudicam|adjudicamos|adjudicou|adjudicaram|adjudicado|adjudicados|adjudicada|\
    adjudicadas|adjudicando|adjudicar|adjudicava|adjudicavam|atribue|atribuem|\
    atribuimos|atribuiu|atribuiram|atribuido|atribuidos|atribuida|atribuidas|\
    atribuindo|atribuir|atribuia|atribuiam|organiza|organizam|organizamos|\
    organizou|organizaram|organizado|organizados|organizada|organizadas|organizando|\
    organizar|organizava|organizavam|concede|concedem|concedemos|concedeu|\
    concederam|concedido|concedidos|concedida|concedidas|concedendo|conceder|\
    concedia|concediam|ocorre|ocorrem|ocorremos|ocorreu|ocorreram|ocorrido|\
    ocorridos|ocorrida|ocorridas|ocorrendo|ocorrer|ocorria|ocorriam|acontece|\
    acontecem|acontecemos|aconteceu|aconteceram|acontecido|acontecidos|acontecida|\
    acontecidas|acontecendo|acontecer|acontecia|aconteciam|rende|rendem|rendemos|\
    rendeu|renderam|rendido|rendidos|rendida|rendidas|rendendo|render|rendia|\
    rendiam|recebe|recebem|recebido|recebidos|recebida|recebidas|recebendo|\
    receber|recebia|recebiam|atendem|atendemos|atendendo|atender|atendia|atendiam|\
    recolhe|recolhem|recolhemos|recolheu|recolheram|recolhido|recolhidos|recolhida|\
    recolhidas|recolhendo|recolher|recolhia|recolhiam|faze|fazemos|fazeu|fazeram|\
    fazido|fazidos|fazida|fazidas|fazendo|fazia|faziam|surge|surgem|surgimos|\
    surgiu|surgiram|surgido|surgidos|surgida|surgidas|surgindo|surgir|surgia|\
    surgiam|emite|emitem|emitiu|emitido|emitidos|emitida|emitidas|emitindo|\
    emitir|emitia|emitiam|gere|gerem|gerimos|geriu|geriram|gerido|geridos|\
    gerida|geridas|gerindo|gerir|geria|geriam|expede|expedem|expedimos|expediu|\
    expediram|neste momento|no momento|nesse momento|neste instante|a data de hoje|ate o momento|\
    ate ao momento|a dia de hoje|expedido|expedidos|expedida|expedidas|expedindo|expedir|expedia|\
    expediam";
