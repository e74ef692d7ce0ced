//! The rows that answers are tried over, few enough to count on fingers.

use std::fs;
use std::sync::Arc;

use almanac_agent_contract::{
    Card, ConversationId, InboxId, Language, PersonId, Scope, Settings, ToolError, ToolOutput,
    WorkspaceId,
};
use almanac_cards::Writer;
use almanac_metrics::{Layer, LayerOptions, Limits, Source};
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::arguments::Arguments;
use crate::list_values::list;
use crate::query_metrics::answer;

const DEFINITIONS: &str = "
models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: day
    columns:
      - {name: id, entity: {type: primary, name: order}}
      - {name: customer_id, entity: {type: foreign, name: customer}}
      - {name: day, granularity: day, dimension: {type: time}}
      - name: country
        dimension: {type: categorical}
        config: {meta: {almanac: {label: Country, values: {BR: [Brazil], MX: [Mexico], US: [United States]}}}}
      - {name: device, label: Device, dimension: {type: categorical}}
    metrics:
      - {name: revenue, label: Revenue, agg: sum, expr: amount, config: {meta: {almanac: {format: currency, good: up}}}}
      - {name: orders, label: Orders, agg: count}
      - {name: buyers, label: Customers, agg: count_distinct, expr: customer_id}
  - name: visits
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: visit
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: customer_id, entity: {type: foreign, name: customer}}
    metrics:
      - {name: sessions, label: Sessions, agg: sum, expr: visits}
";

/// Eight days. On the 3rd nothing came in: where data comes daily, that is missing and not zero.
const ORDERS: &str = "\
id,customer_id,day,country,device,amount
1,1,2026-11-01,BR,mobile,300
2,1,2026-11-02,BR,mobile,100
3,2,2026-11-02,MX,desktop,200
4,1,2026-11-04,BR,desktop,50
5,3,2026-11-05,US,mobile,150
6,3,2026-11-06,US,desktop,100
7,2,2026-11-07,MX,mobile,40
8,1,2026-11-08,,mobile,60
";

const VISITS: &str = "\
day,customer_id,visits
2026-11-01,1,10
2026-11-02,2,0
2026-11-05,3,5
2026-11-06,3,5
2026-11-08,1,20
";

pub(super) struct Shop {
    pub(super) layer: Layer,
    settings: Arc<Settings>,
    _folder: TempDir,
}

pub(super) async fn shop() -> Shop {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    fs::write(folder.path().join("metrics.yml"), DEFINITIONS).unwrap();
    fs::write(folder.path().join("data/orders.csv"), ORDERS).unwrap();
    fs::write(folder.path().join("data/visits.csv"), VISITS).unwrap();
    let settings = Arc::new(Settings::default());
    let layer = Layer::open(LayerOptions {
        definitions: vec![folder.path().join("metrics.yml")],
        source: Source::Files {
            path: folder.path().join("data"),
        },
        settings: settings.clone(),
        cache: None,
        limits: Limits::default(),
    })
    .await
    .unwrap();
    Shop {
        layer,
        settings,
        _folder: folder,
    }
}

impl Shop {
    pub(super) fn scope(&self, language: Language) -> (Writer, Scope) {
        let locale = match language {
            Language::En => "en",
            Language::Es => "es",
            Language::Pt => "pt-BR",
        };
        let scope = Scope {
            workspace: WorkspaceId::new(),
            person: PersonId::new(),
            conversation: ConversationId::new(),
            inbox: InboxId::new(),
            settings: self.settings.clone(),
            language,
            now: "2026-11-12T12:00:00Z".parse().unwrap(),
        };
        (Writer::new(locale, "USD"), scope)
    }

    pub(super) async fn try_ask(
        &self,
        language: Language,
        json: Json,
    ) -> Result<ToolOutput, ToolError> {
        let (writer, scope) = self.scope(language);
        let arguments: Arguments = serde_json::from_value(json).unwrap();
        answer(&self.layer, &writer, arguments, &scope).await
    }

    pub(super) async fn values(
        &self,
        language: Language,
        json: Json,
    ) -> Result<ToolOutput, ToolError> {
        let (writer, scope) = self.scope(language);
        let arguments = serde_json::from_value(json).unwrap();
        list(&self.layer, &writer, arguments, &scope).await
    }

    pub(super) async fn ask(&self, json: Json) -> (Card, String) {
        let output = self.try_ask(Language::En, json).await.unwrap();
        (output.card.unwrap(), output.summary)
    }

    pub(super) async fn says(&self, json: Json) -> String {
        self.ask(json).await.1
    }
}

pub(super) fn table(card: &Card) -> String {
    let rows = card.table.shown.iter().map(|row| row.join(" | "));
    let head = std::iter::once(card.table.labels.join(" | "));
    head.chain(rows).collect::<Vec<_>>().join("\n")
}
