//! Words of business that mean the same, in English, Spanish and Portuguese. They let "ingresos
//! por país" find a catalogue that only says "Revenue" and "Country"; an exact name always wins.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The meaning a word belongs to, where it is a word of business.
pub(super) fn concept(word: &str) -> Option<u16> {
    static BY_WORD: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| {
        let rows = CONCEPTS.iter().zip(0_u16..);
        rows.flat_map(|(row, id)| row.split(' ').map(move |word| (word, id)))
            .collect()
    });
    BY_WORD.get(word).copied()
}

/// The meaning of a word of statistics. Such words never share a stem: "media" is the mean and
/// "mediana" the median, and an answer with the other is wrong.
pub(super) fn statistic(word: &str) -> Option<u16> {
    concept(word).filter(|meaning| {
        ["average", "median", "maximum", "minimum"]
            .into_iter()
            .any(|name| concept(name) == Some(*meaning))
    })
}

/// A verb that says what is counted only where nothing else does: "how many units did we sell".
pub(crate) fn is_verb(word: &str) -> bool {
    matches!(
        word,
        "sell"
            | "sold"
            | "sells"
            | "selling"
            | "earn"
            | "earned"
            | "vendimos"
            | "vender"
            | "vendemos"
            | "vende"
            | "vendeu"
            | "vendieron"
            | "vendio"
            | "venden"
            | "venderam"
            | "vendem"
            | "vendido"
            | "vendidos"
            | "vendidas"
            | "facturamos"
            | "faturamos"
            | "faturou"
            | "spend"
            | "spent"
    )
}

/// All words of all meanings, for repairing typos.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    CONCEPTS.iter().flat_map(|row| row.split(' '))
}

const CONCEPTS: &[&str] = &[
    "revenue revenues money dinero dinheiro sales sale income turnover sell sold selling sells earn earned earnings takings ingreso ingresos venta ventas vendido vendidos vendidas vendimos vender vendemos vende vendeu vendieron vendio venden venderam vendem vendendo facturacion facturamos facturado receita receitas faturamento faturou faturamos venda vendas vendas vendidos vendidas vendemos",
    "order orders pedido pedidos orden ordenes encomenda encomendas purchase purchases compra compras",
    "customer customers client clients cliente clientes",
    "buyer buyers shopper shoppers comprador compradores",
    "item items",
    "product products article articles producto productos produto produtos articulo articulos artigo artigos",
    "category categories categoria categorias",
    "country countries nation nations pais paises",
    "city cities ciudad ciudades cidade cidades",
    "region regions regiones regioes regiao",
    "channel channels canal canales canais",
    "device devices dispositivo dispositivos",
    "campaign campaigns campana campanas campanha campanhas",
    "source sources fuente fuentes fonte fontes origen origenes origem origens",
    "refund refunds refunded reembolso reembolsos",
    "return returns returned devolucion devoluciones devolucao devolucoes",
    "profit profits beneficio beneficios ganancia ganancias lucro lucros",
    "margin margins margen margenes margem margens",
    "cost costs coste costes costo costos custo custos",
    "expense expenses gasto gastos despesa despesas",
    "spend spending spent inversion investimento invested",
    "ad ads advertising publicidad publicidade anuncio anuncios publicitario publicitaria",
    "conversion conversions conversiones conversao conversoes",
    "rate rates ratio ratios tasa tasas taxa taxas",
    "average avg mean medio media promedio medios medias",
    "median medians mediana medianas mediano medianos",
    "maximum max maximo maxima maximos maximas",
    "minimum min minimo minima minimos minimas",
    "value values valor valores",
    "visit visits session sessions sesion sesiones sessao sessoes visita visitas",
    "visitor visitors visitante visitantes",
    "user users usuario usuarios usuaria usuarias utilizador utilizadores",
    "click clicks clic clics clique cliques",
    "impression impressions impresion impresiones impressao impressoes",
    "subscription subscriptions suscripcion suscripciones assinatura assinaturas",
    "subscriber subscribers suscriptor suscriptores assinante assinantes",
    "churn churned",
    "cancellation cancellations cancelacion cancelaciones cancelamento cancelamentos",
    "discount discounts descuento descuentos desconto descontos",
    "tax taxes impuesto impuestos imposto impostos",
    "shipping freight envio envios frete",
    "delivery deliveries entrega entregas",
    "price prices precio precios preco precos",
    "unit units unidad unidades unidade",
    "quantity quantities cantidad cantidades quantidade quantidades",
    "stock inventory inventario existencias estoque",
    "guest guests huesped huespedes hospede hospedes",
    "room rooms habitacion habitaciones quarto quartos",
    "night nights noche noches noite noites",
    "booking bookings reservation reservations reserva reservas booked",
    "occupancy ocupacion ocupacao",
    "stay stays estancia estancias estadia estadias",
    "patient patients paciente pacientes",
    "appointment appointments cita citas consulta consultas",
    "doctor doctors physician medico medicos doctores",
    "member members miembro miembros socio socios membro membros",
    "active activo activa activos activas ativo ativa ativos ativas",
    "new nuevo nueva nuevos nuevas novo nova novos novas",
    "recurring recurrente recurrentes recorrente recorrentes",
    "monthly mensual mensuales mensal mensais",
    "net neto neta netos netas liquido liquida liquidos liquidas",
    "gross bruto bruta brutos brutas",
    "employee employees empleado empleados funcionario funcionarios",
    "payment payments pago pagos pagamento pagamentos",
    "method methods metodo metodos",
    "invoice invoices factura facturas fatura faturas",
    "store stores shop shops tienda tiendas loja lojas",
    "brand brands marca marcas",
    "type types tipo tipos kind kinds",
    "gender genders genero generos",
    "age edad idade",
    "team teams equipo equipos equipe equipes",
    "seller sellers vendedor vendedores",
    "segment segments segmento segmentos",
    "language languages idioma idiomas",
    "budget budgets presupuesto presupuestos orcamento orcamentos",
    "lead leads prospecto prospectos",
    "basket cart carrito cesta carrinho",
    "abandonment abandonado abandono",
    "currency currencies moneda monedas moeda moedas",
    "plan plans planes planos plano",
    "state states estado estados",
    "class clase clases classe classes",
    "length duration duracion duracao",
    "wait waiting espera",
    "late delayed retraso atraso",
    "cancelled canceled cancelado cancelada cancelados canceladas",
    "completed complete completado completados concluido concluidos",
    "paid pagado pagados",
    "organic organico organica organicos",
    "email mail correo",
    "mobile phone movil celular",
    "desktop escritorio",
    "traffic trafico trafego",
];
