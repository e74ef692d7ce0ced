//! Portuguese phrases by what they do. Read by `Vocabulary` when it is built; accents are folded away.

use super::Cue;
use crate::intent::{Feature, Statistic, Than, Wish};

pub(super) const PORTUGUESE: &[(Cue, &str)] = &[
    (
        Cue::By,
        "separado por|separados por|separada por|separadas por|separados pelo|separados pela|separadas pelo|separadas pela|divididos pelo|divididos pela|divididas pelo|divididas pela|por|por cada|segundo o|cada|dividido pelo|dividido pela|dividido pelos|dividido pelas|\
         dividida pelo|dividida pela|dividida pelos|dividida pelas|divididos pelo|divididos pela|divididos pelos|divididos pelas|\
         divididas pelo|divididas pela|divididas pelos|divididas pelas|a dividir por|a dividir pelo|a dividir pela|a dividir pelos|\
         a dividir pelas|cada uma das|cada um dos nossos|cada uma das nossas|dividido por|dividida por|agrupado por|agrupada por|\
         para cada|detalhado por|separado por|quebrado por|divididos por|divididas por|\
         distribuido por|distribuidos por|distribuidas por|separados por|separadas por|\
         abre por|abrir por|aberto por|aberta por|abertos por|abertas por|quebrados por|\
         quebradas por|quebrada por|dividido entre|dividida entre|divididos entre|\
         divididas entre|repartido por|repartidos por|repartidas por|quebra por|de cada|em cada|cada um dos|fez cada|\
         tem cada|teve cada|deu cada|divide por|divida por|separa por|quebre por|detalha por|\
         detalhe por|abra por|agrupa por|agrupe por",
    ),
    (Cue::ByWhat, "detalhamento|detalhamento de|quebra|quebra de"),
    (
        Cue::In,
        "em|de|no|na|nos|nas|do|da|dos|das|para|durante|com|pelo|pela|pelos|pelas|onde|cujo|\
         cuja|pago com|pagos com|pagas com|paga com|feitos com|feitas com|feitos por|\
         atraves do|atraves da|por causa de|devido a|devido ao",
    ),
    (
        Cue::Only,
        "apenas|somente|so|so em|so no|so na|so para|apenas em|apenas no|apenas na|\
         somente em|somente no|somente na|filtra por|filtrar por|filtrado por|fica so com|\
         fica com|deixa so|limita a|limite a|reduz a|restringe a|filtra para",
    ),
    (
        Cue::Not,
        "sem incluir|tirando|se tirarmos|sem|tira|tirar|remova|remover|exceto|excluindo|salvo|sem contar|que nao seja|\
         que nao sejam|nao|exclui|excluir|tirando|fora|fora de|fora do|fora da|menos o|\
         menos a|menos os|menos as|menos os de|menos as de|menos a de|menos o de|menos os do|menos as do|menos os da|menos as da|com excecao de|a excecao de|fora o|fora a|descontando|\
         todos menos|todas menos|tudo menos|tudo exceto|todos exceto|todas exceto|\
         qualquer um menos|em vez de|ao inves de|no lugar de|sem incluir|deixando de fora|deixando fora",
    ),
    (
        Cue::LeftOut,
        "excluido|excluida|excluidos|excluidas|nao incluido|nao incluida|\
         nao incluidos|nao incluidas|de fora",
    ),
    (
        Cue::And,
        "e|junto com|assim como|e em|e no|e na|e do|e da|e para",
    ),
    (Cue::Or, "ou"),
    (
        Cue::Versus,
        "vs|versus|contra|frente a|frente ao|comparado com|comparada com|comparados com|\
         comparadas com|em comparacao com|em comparacao ao|em relacao a|em relacao ao|\
         comparar com|comparado ao|comparada ao|compare com|ante|face a|face ao|face aos|\
         face as",
    ),
    (
        Cue::Compare,
        "compara|compare|comparar|comparacao|comparativo|diferenca entre|comparando|\
         separadamente|separando|separados em|separadas em|divididos em|divididas em|comparacao de",
    ),
    (
        Cue::Top,
        "top|melhores|melhor|maiores|maior|principais|principal|ranking|mais altos|\
         mais altas|mais alto|mais alta|ranking de|primeiros|primeiras|mais comuns|\
         mais comum|mais frequente|mais frequentes|mais popular|mais populares|mais vendidos|\
         mais vendido|mais vendidas|mais movimentado|mais movimentada|mais forte|mais cheio",
    ),
    (
        Cue::Bottom,
        "piores|pior|menores|menor|mais baixos|mais baixas|mais baixo|mais baixa|\
         menos comuns|menos comum|menos frequente|menos frequentes|menos vendidos|mais lento|\
         mais lenta|mais lentos|mais fraco|mais fraca|mais tranquilo|mais parado",
    ),
    (
        Cue::Most,
        "causa mais|causam mais|causou mais|causaram mais|mais|com mais|com maior|com o maior|com a maior|com os maiores|teve mais|tem mais|\
         tiveram mais|teve a maior|teve o maior|com melhor|com a melhor|gerou mais|gera mais|\
         teve a melhor",
    ),
    (
        Cue::Least,
        "menos|com menos|com menor|com o menor|com a menor|teve menos|tem menos|\
         tiveram menos|teve a menor|com pior|com a pior",
    ),
    (
        Cue::Which,
        "qual|quais|quem|quais sao os|quais sao as|quais foram os|quais foram as|qual foi o|\
         qual foi a|algum|alguma|teve algum|teve alguma|houve algum|houve alguma",
    ),
    (
        Cue::WhatIs,
        "o que e|o que e o|o que e a|o que e um|o que e uma|que e|o que sao|o que sao os|\
         o que sao as|explique|explica",
    ),
    (
        Cue::Define,
        "defina|define|definicao|definicao de|significado de|significa|o que significa|\
         que significa|como e calculado|como e calculada|como se calcula|como sao calculados|\
         como sao calculadas|como e definido|como e definida|calculado|calculada|formula|\
         formula de|descreva|o que quer dizer|o que conta como|o que inclui|o que entra em|\
         como se mede|como medimos|como voces calculam|como a gente calcula|como calculamos|\
         o que exatamente e|o que entra no|o que entra na",
    ),
    (
        Cue::Trend,
        "tendencia|tendencias|ao longo do tempo|no tempo|evolucao|evoluiu|evolui|\
         tem evoluido|serie|serie temporal|historico|com o tempo|tendencia de|evolucao de|\
         historico de|evoluido|evoluiram",
    ),
    (
        Cue::Growth,
        "crescimento|crescimento de|variacao|variacao de|mudanca|mudou|cresceu|cresceram|\
         aumento|aumento de|queda|queda de|crescido|subiu|caiu|subiram|subido|cairam|\
         aumentou|aumentaram|diminuiu|diminuiram|mudaram|melhorou|piorou|cresce|crescem|alta|\
         evoluiu|quanto cresceu|quanto caiu|quanto subiu|quanto cresceram",
    ),
    (
        Cue::Show(Wish::Chart),
        "grafico|como grafico|em grafico|em um grafico|num grafico|grafico de|\
         como um grafico|desenhe|um grafico de",
    ),
    (
        Cue::Show(Wish::Table),
        "tabela|como tabela|como uma tabela|em uma tabela|numa tabela|em tabela|tabela de|\
         lista|como lista|uma tabela de|bota em tabela|coloca em tabela",
    ),
    (
        Cue::Show(Wish::Bar),
        "grafico de barras|barras|em barras|como barras|como grafico de barras|\
         grafico de pizza|pizza|histograma",
    ),
    (
        Cue::Show(Wish::Line),
        "grafico de linhas|linhas|linha|como linhas|grafico de linha",
    ),
    (
        Cue::Show(Wish::Stacked),
        "empilhado|empilhadas|barras empilhadas|grafico de barras empilhadas",
    ),
    (
        Cue::All,
        "todos|todas|todos os|todas as|todo|toda|em todos os|em todas as|de todos os|\
         de todas as",
    ),
    (
        Cue::Also,
        "tambem|alem disso|adicione|e tambem|inclui|inclua|incluindo|adicionar|acrescente",
    ),
    (
        Cue::Again,
        "e que tal|que tal|e agora|em vez|em vez disso|o mesmo|o mesmo para|o mesmo em|igual|\
         e se|mude para|mas|mas em|mas para|e|quis dizer|eu quis dizer|quero dizer|isso|isto|\
         e quanto a|e quanto ao|quanto a|e o|e a|e os|e as|troca para|troca pra|troca por|\
         muda para|muda pra|agora|o mesmo mas|a mesma coisa|e se for|coloca|bota|poe|\
         mesma coisa para|mesma coisa|a mesma coisa para",
    ),
    (
        Cue::NoFilter,
        "tira o filtro|tira os filtros|tirar o filtro|remove o filtro|remova o filtro|\
         remova os filtros|sem filtro|sem filtros|sem o filtro|em toda parte",
    ),
    (
        Cue::NoBreakdown,
        "sem quebra|sem detalhamento|so o total|apenas o total|no total|em total|\
         tira a quebra|tira o detalhamento|sem quebrar|em um numero so|tudo junto",
    ),
    (
        Cue::Reset,
        "reiniciar|comecar de novo|limpar|nova pergunta|esquece|esqueca|deixa pra la|\
         recomecar",
    ),
    (
        Cue::Catalogue,
        "que metricas voce conhece|que metricas conheces|o que te posso perguntar|o que e que posso perguntar|\
         quais metricas voce conhece|que numeros voce conhece|o que posso perguntar|o que eu posso perguntar|que metricas existem|quais metricas|\
         quais metricas existem|quais metricas tem|quais sao as metricas|lista de metricas|\
         liste as metricas|metricas|metrica|que dados tem|que dados voce tem|o que voce sabe|\
         mostre as metricas|metricas disponiveis|dimensoes|que metricas ha|\
         o que da para perguntar|o que da pra perguntar|o que da para perguntar aqui|\
         o que da pra perguntar aqui|o que posso perguntar aqui|o que posso te perguntar|\
         quais dados voce tem|quais numeros voce tem|que numeros voce tem|o que voce tem|\
         sobre o que posso perguntar|quais indicadores existem|quais indicadores voce tem|\
         que metricas voce tem|quais metricas voce tem|que metricas voces tem|\
         quais metricas voces tem|que metricas tens|que metricas tem|que coisas posso perguntar|\
         que coisas te posso perguntar|o que posso pedir|que perguntas posso fazer",
    ),
    (
        Cue::Help,
        "ajuda|me ajuda|o que voce pode fazer|o que voce faz|como voce funciona|\
         como isso funciona|quem e voce|comandos|exemplos|exemplo|voce e um robo|\
         voce e um bot|voce e humano|com quem estou falando|para que voce serve|\
         como uso isso|como te uso|como voce pode ajudar",
    ),
    (
        Cue::Hello,
        "oi pessoal|ola pessoal|oi gente|ola a todos|ola equipa|ola equipe|bom dia pessoal|\
         bom dia a todos|ola|oi|bom dia|boa tarde|boa noite|tudo bem|como vai|e ai",
    ),
    (
        Cue::Thanks,
        "muito gentil|que gentileza|muito amavel|obrigado|obrigada|valeu|perfeito|otimo|tchau|ate logo|muito obrigado|muito obrigada|\
         excelente|legal|beleza|mil gracas|muitissimo obrigado|obrigadao|brigado|brigada|\
         valeu mesmo|tenha um bom dia|ate amanha|ok obrigado|ok obrigada|super obrigado",
    ),
    (
        Cue::Feature(Feature::Why),
        "por que|porque|motivo de|causa de|o que causou|razao de|o que aconteceu com|\
         o que aconteceu|o que explica|que explica|o que esta por tras de|\
         o que esta por tras|qual o motivo de|qual e a causa de|qual a causa de|\
         o que provocou|a que se deve|explica a queda de|explica a alta de|explique a queda|\
         explique a alta",
    ),
    (
        Cue::Feature(Feature::Forecast),
        "previsao|prever|preve|projecao|estimativa|estime|sera|predicao|quanto vamos vender|\
         quanto vamos faturar|quanto vai ser|vai ser|como vai fechar|vamos ter|quanto sera|\
         como vai ficar|vamos bater|quanto teremos",
    ),
    (
        Cue::Feature(Feature::Anomalies),
        "anomalia|anomalias|atipico|atipicos|estranho|incomum|algo estranho|algo incomum",
    ),
    (
        Cue::Feature(Feature::Subscribe),
        "inscreva|inscrever|seguir|siga|me envie|envie|me mande|toda manha|resumo diario|resumo semanal|resumo cada|resumo toda|resumo todo|resumo todos os|resumo todas as|\
         agende|lembre me|acompanhar|me manda toda|me envia toda|toda segunda|todo dia as|\
         pausa meu resumo|o que eu sigo|quero receber|todas as manhas|me manda todo dia|\
         todos os dias as|toda manha as|todo santo dia|cada dia as",
    ),
    (
        Cue::Feature(Feature::Alert),
        "alerta|me alerte|alerte|me avise|avise|avisa|notifique|alertas|me avise se|\
         me avise quando|monitore|me avisa|me avisa se|me avisa quando|me avise assim que|\
         cria um alerta|crie um alerta|quero ser avisado|me alerta se|me alerta quando",
    ),
    (Cue::Feature(Feature::Cohort), "coorte|coortes|funil"),
    (
        Cue::Feature(Feature::Cumulative),
        "acumulado|acumulada|acumulados|total acumulado|cumulativo",
    ),
    (
        Cue::Feature(Feature::Export),
        "exporta|exporte|exportar|baixar|baixe|csv|xlsx|excel|planilha|em excel|pdf",
    ),
    (
        Cue::Share,
        "porcentagem|porcentagem de|percentual|percentual de|proporcao|proporcao de|\
         participacao|participacao de|que porcentagem|por cento|peso de|fatia|fatia de|\
         que porcentagem de|que percentual|que percentual de|qual percentual|\
         qual porcentagem|qual a porcentagem de|qual o percentual de|% de|% do|% da|\
         que parte|que parte de|qual parte|qual fatia|em porcentagem|representa|representam|\
         percentual do total|como porcentagem|porcentagens|em porcentagens|em %|percentuais|\
         em percentual|em percentuais|em termos percentuais|como porcentagens|em por cento|\
         como percentuais",
    ),
    (
        Cue::Than(Than::Over),
        "mais de|mais dos|mais das|com mais de|que tem mais de|com mais que|maior que|maiores que|superior a|\
         acima de|mais que|superiores a|maiores de|de mais de|maior do que|mais do que|\
         teve mais de|tem mais de|tiveram mais de|gerou mais de|gera mais de|fizemos mais de|\
         fizeram mais de|fez mais de|houve mais de|tivemos mais de|vendemos mais de|\
         recebemos mais de|temos mais de|tem mais de|tiveram mais de|foram mais de|\
         que tiveram mais de|que fizeram mais de|que tenham mais de|passam de|passa de|\
         superior ao|superiores ao|que passam de",
    ),
    (
        Cue::Than(Than::AtLeast),
        "pelo menos|com pelo menos|no minimo|ou mais|minimo de|nao menos de|ao menos|\
         a partir de|que tenham pelo menos|que tem pelo menos|com um minimo de|com no minimo|\
         ou superior|ou superiores|ou maior|ou acima|nao inferior a|de pelo menos|\
         a partir dos|de no minimo|foi de no minimo",
    ),
    (
        Cue::Than(Than::Under),
        "foi menor que|foi menor do que|foi menor de|foram menores que|foi inferior a|ficou abaixo de|menos de|menos dos|menos das|com menos de|com menos que|menor que|menores que|inferior a|abaixo de|\
         menos que|inferiores a|menores de|de menos de|menor do que|menos do que|\
         teve menos de|tem menos de|tiveram menos de|fizemos menos de|fizeram menos de|\
         fez menos de|houve menos de|tivemos menos de|vendemos menos de|recebemos menos de|\
         temos menos de|tem menos de|tiveram menos de|foram menos de|inferior ao|\
         inferiores ao|abaixo dos|abaixo das",
    ),
    (
        Cue::Than(Than::AtMost),
        "no maximo|ou menos|maximo de|nao mais de|quando muito|ou inferior|ou menor|ate|\
         de ate|nao superior a",
    ),
    (Cue::Than(Than::Exactly), "igual a|iguais a"),
    (Cue::Between, "entre"),
    (
        Cue::RatioOf,
        "razao entre|a razao entre|proporcao entre|quociente entre|razao de",
    ),
    (
        Cue::Passed(Than::Over),
        "passamos de|passamos|ultrapassaram|ultrapassaram os|ultrapassaram as|ultrapassamos|ja passamos de|ultrapassou|superamos|supera|\
         superam|superou|superaram|excede|excedem|e maior que|e superior a|foi maior que|\
         foi superior a|foi maior do que|e maior do que|esta acima de|ficou acima de|\
         passou de|passaram de|passou dos|passou das",
    ),
    (
        Cue::Passed(Than::AtLeast),
        "batemos|atingimos|chegamos a|chegamos|alcancamos|ja batemos|atingiu|chegou a|bateu|\
         alcancou|ja chegamos a",
    ),
    (
        Cue::Statistic(Statistic::Average),
        "media|media de|em media|medio|medios|medias|na media|media do|media da",
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
        "distintos|distintas|diferentes|unicos|unicas",
    ),
    (
        Cue::HowMany,
        "quantos|quantas|numero de|o numero de|quantidade de|a quantidade de|no de",
    ),
    (
        Cue::Feature(Feature::Statistic),
        "desvio|percentil|media movel|variancia|desvio padrao",
    ),
    (
        Cue::Feature(Feature::Goal),
        "meta|metas|objetivo|objetivos|okr|okrs",
    ),
    (
        Cue::Together,
        "correlacao|correlacionado|correlacionada|relacao entre|correlacao entre|influencia|\
         afeta|afetam|impacto de|efeito de|relacionado com|relacionada com|depende de|\
         dependem de|influenciam|tem relacao com|tem a ver com",
    ),
    (
        Cue::When,
        "quando|em que data|em que momento|que data|desde quando|qual data",
    ),
    (
        Cue::Peak,
        "pico|picos|recorde|maximo historico|ponto mais alto|foi mais alto|foi mais alta|\
         foi maior|foram mais altos|foram mais altas|foram maiores|o pico",
    ),
    (
        Cue::Trough,
        "minimo historico|ponto mais baixo|foi mais baixo|foi mais baixa|foi menor|\
         foram mais baixos|foram mais baixas|foram menores",
    ),
    (
        Cue::Back,
        "desfazer|voltar|volte|reverter|volta|desfaz|volta uma|pergunta anterior|\
         volta para a anterior|volte para a anterior|volta ao anterior",
    ),
    (
        Cue::Explain,
        "explica isso|explique isso|explique isto|explica isto|como voce calculou isso|\
         como calculou isso|como voce chegou nisso|como chegou nesse numero|o sql|sql|\
         mostra o sql|mostre o sql|de onde vem esse numero|de onde vem isso|\
         como isso foi calculado",
    ),
    (
        Cue::Correct,
        "nao eu quis dizer|eu quis dizer|quis dizer|queria dizer|nao quis dizer|\
         nao me refiro a|me refiro a|me referia a|nao eu queria|eu me referia a|\
         desculpa quis dizer|nao quero dizer|quero dizer|nao eu quero|desculpa|desculpe|\
         perdao|alias|errei|ops|opa|na verdade|ou melhor|foi mal|mes errado|metrica errada|\
         periodo errado|ano errado|pais errado|nao e isso|nao era isso|isso nao|eu queria|\
         queria|mas sim|e sim|eu pedi|eu perguntei por|perguntei sobre|corrigindo|corrijo|\
         nao foi isso que pedi|eu disse|disse|falei|eu falei|eu queria ver|queria ver",
    ),
    (
        Cue::AllTime,
        "todo o tempo|historico|historica|desde o inicio|desde o comeco|desde sempre|\
         de todos os tempos|todo o historico|toda a historia",
    ),
    (
        Cue::NoCompare,
        "sem comparar|sem comparacao|sem a comparacao|tira a comparacao|nao compare",
    ),
    (
        Cue::NoLimit,
        "todos eles|todas elas|mostra todos|mostre todos|mostra todas|mostre todas|\
         sem limite|a lista completa|lista completa",
    ),
    (
        Cue::Ascending,
        "crescente|do menor para o maior|ordem crescente|ao contrario|do menor ao maior",
    ),
    (
        Cue::Descending,
        "decrescente|do maior para o menor|ordem decrescente|do maior ao menor",
    ),
    (
        Cue::SortBy,
        "ordena por|ordene por|ordenado por|ordenados por|ordenadas por|ordenar por|\
         classifique por|classificado por|ordenada por",
    ),
    (
        Cue::Good,
        "correto|isso esta certo|boa resposta|esta certo|isso mesmo|exato",
    ),
    (
        Cue::Bad,
        "isso esta errado|esta errado|errado|incorreto|nao foi o que perguntei|\
         resposta errada|esse numero esta errado|nao e isso|ta errado|isso ta errado|\
         nao foi isso que perguntei",
    ),
    (
        Cue::Yes,
        "sim|claro|pode ser|sim por favor|com certeza|ok|isso|pode|esse|essa|sim esse|\
         sim essa",
    ),
    (Cue::No, "nao|nenhum|nenhuma|nao obrigado|nenhum deles"),
    (
        Cue::Nth(0),
        "o primeiro|a primeira|primeira opcao|a primeira linha|a primeira opcao|\
         o primeiro resultado|o numero um",
    ),
    (
        Cue::Nth(1),
        "o segundo|a segunda opcao|segunda opcao|a segunda linha|o numero dois",
    ),
    (
        Cue::Nth(2),
        "o terceiro|a terceira|terceira opcao|a terceira linha|a terceira opcao|o numero tres",
    ),
    (Cue::Nth(3), "o quarto|a quarta opcao|quarta opcao"),
    (Cue::Last, "o ultimo|a ultima linha|a ultima opcao"),
    (
        Cue::Drill,
        "aprofunda em|aprofunde em|detalha|detalhe|entra em|foca em|foque em|zoom em",
    ),
    (
        Cue::Values,
        "lista de|lista os|lista as|liste os|liste as|quais sao os|quais sao as|que existem|\
         listar",
    ),
    (
        Cue::Definitions,
        "minhas definicoes|o que voce lembra|que definicoes voce tem|o que eu te ensinei|\
         quais definicoes existem",
    ),
    (Cue::TheFilter, "filtro|filtros|restricao|condicao"),
    (
        Cue::Contains,
        "contem|que contem|que contenha|que contenham|com a palavra",
    ),
    (
        Cue::Feature(Feature::Action),
        "envia uma fatura|cria um|cria uma|crie um|crie uma|apaga os|apaga as|apague os|\
         apague as|exclui os|exclua os|deleta os|deleta as|delete os|cancela o|cancela a|\
         cancele o|cancele a|aprova|atualiza o|atualiza a|paga a|me da acesso|me de acesso|\
         altera o|altere o",
    ),
    (Cue::DayOfWeek, "dia da semana|dias da semana"),
    (Cue::HourOfDay, "hora do dia|horas do dia"),
    (Cue::HowMuch, "quanto|quanta|quanto dinheiro|por quanto"),
    (
        Cue::Noise,
        "por favor|feitas|feita|feitos|me diz|diz|passaram por|passaram pelo|passaram pela|quanto vale|\
         pedidas|pedida|demorou|demoraram|o|a|os|as|um|uma|uns|umas|meu|minha|meus|minhas|seu|sua|seus|suas|nosso|\
         nossa|nossos|nossas|e o|foi|foram|era|eram|ser|sido|ha|tem|temos|tivemos|tenho|teve|\
         tinha|fazer|feito|fizemos|fez|posso|pode|poderia|quero|preciso|gostaria|\
         gostaria de ver|gostaria de saber|mostra|mostre|mostrar|me mostre|me mostra|me diga|\
         diga|dizer|me de|de me|ver|saber|quantos|quantas|quanto foi|quanto e|como|como foi|\
         como foram|como esta|como estao|como anda|como andam|como vai|como vao|com|ao|aos|\
         dados|numeros|numero de|o numero de|numero|total|totais|total de|o total de|\
         quantidade|valor de|soma|soma de|desempenho|relatorio|resumo|exato|exatamente|se|\
         nos|lhe|muito|muitos|sobre|resultado|resultados|pergunta|resposta|periodo|data|\
         datas|negocio|empresa|voce|voces|eu|estado de|nivel|nivel de|esta|estao|estava|\
         agora mesmo|atualmente|qual e|qual e o|qual e a|quais sao|que foi|conseguimos|\
         geramos|gerou|geraram|recebemos|vimos|quero ver|quero saber|pode me mostrar|\
         pode me dizer|inteiro|inteira|completo|completa|houve|registrados|registradas|\
         realizados|realizadas|indicador|kpi|info|informacao|detalhe|detalhes|olhar|vamos|\
         vamos ver|comportamento de|ordene|ordenado|em termos de|vai|vao|por ai|a gente|\
         gente|fui|sao|a loja|nossa loja|o site|trouxe|trouxeram|traz|trazem|juntos|juntas|\
         somados|somadas|em conjunto|combinados|entraram|entrou|entra|entram|sairam|saiu|sai|\
         saem|abriram|abriu|aberto|comecaram|comecou|comecam|iniciaram|fizeram|fazem|tiveram|\
         tem tido|atendeu|atenderam|atende|deu|deram|da|dao|vem|veio|vieram|chegaram|chegou|\
         entregaram|enviaram|registrou|registraram|recebeu|receberam|informar|me informar|\
         poderia me informar|voce poderia|voce pode|pode me falar|me fala|fala|me conta|\
         conta|manda|me passa|passa|corresponde|atual|atuais|por gentileza|queria ver|\
         queria saber|preciso saber|me interessa|sabe|dinheiro|ola|opa|ai|pra mim|para mim|\
         hoje em dia|mais ou menos|aproximadamente|houve no total|que tivemos|que houve|\
         conseguiu|conseguiram|obteve|obtivemos|seria possivel|poderia me dizer|\
         voce poderia me dizer|me dizer|se possivel|quando puder|por acaso|em total|no total|\
         dado|o dado|me passar|faz favor|iniciados|iniciadas|ja|ainda|se dividem|se divide|\
         dividem|pagamos|pagam|paga|feita|feitas|feitos|ficou|ficaram|apareceram|existem|\
         existe|emitimos|emitiram|somam|soma quanto|ver isso|tido|temos tido|estiveram|\
         esteve|algo sobre|distribuicao|distribuicao de",
    ),
];
