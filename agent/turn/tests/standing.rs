//! Where a conversation stands after each turn, with a scripted model and a tool that answers
//! any query with the same three rows.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use almanac_agent_contract::{
    Badge, Card, CardTable, Choice, Column, ColumnType, ConversationId, ConversationState, Draft,
    Explain, Format, InboxId, Language, ModelStep, Outcome, PersonId, Scope, Settings, ShownRow,
    Term, TermScope, Tool, ToolCall, ToolError, ToolOutput, ToolSpec, Value, WorkspaceId,
};
use almanac_agent_models::Scripted;
use almanac_agent_turn::{Catalogue, Limits, Taken, Turn, Turns};
use almanac_memory::Recollection;
use async_trait::async_trait;
use serde_json::{Value as Json, json};

/// Answers queries; those without a metric are wrong.
struct Query;

#[async_trait]
impl Tool for Query {
    fn spec(&self) -> ToolSpec {
        ToolSpec {
            name: "query",
            description: "Answers.",
            parameters: json!({}),
        }
    }

    async fn call(&self, arguments: Json, _scope: &Scope) -> Result<ToolOutput, ToolError> {
        if arguments["metrics"].is_null() {
            return Err(ToolError::Arguments("name a metric".into()));
        }
        let mut query = arguments.clone();
        let parts = query.as_object_mut().unwrap();
        parts.retain(|name, value| {
            matches!(name.as_str(), "metrics" | "group_by" | "limit")
                && !value.is_null()
                && *value != json!([])
        });
        Ok(ToolOutput {
            card: Some(card(query)),
            ..ToolOutput::default()
        })
    }
}

fn card(query: Json) -> Card {
    let grouped = query["group_by"].is_array();
    let column = |name: &str| Column {
        name: name.into(),
        kind: ColumnType::Text,
    };
    let groups = ["BR", "MX", "AR"].map(|country| Value::Text(country.into()));
    let rows = groups.into_iter().map(|group| match grouped {
        true => vec![group, Value::Integer(7)],
        false => vec![Value::Integer(7)],
    });
    let mut columns = vec![column("revenue")];
    if grouped {
        columns.insert(0, column("country"));
    }
    Card {
        title: String::new(),
        headline: None,
        table: CardTable {
            columns,
            labels: vec![],
            rows: rows.collect(),
            shown: vec![],
        },
        chart: None,
        period: None,
        filters: vec![],
        groupings: vec![],
        metrics: vec![],
        freshness: None,
        badge: Badge::Governed,
        follow_ups: vec![],
        actions: vec![],
        explain: Explain {
            metrics: vec![],
            sql: String::new(),
            engine: String::new(),
            rows_read: None,
        },
        query,
        formats: vec![("revenue".into(), Format::Number, None)],
    }
}

/// A conversation: each turn stands where the one before left it.
struct Talk {
    model: Arc<Scripted>,
    turns: Turns,
    recollection: Recollection,
}

impl Talk {
    fn of(steps: impl IntoIterator<Item = ModelStep>) -> Self {
        let model = Arc::new(Scripted::new(steps));
        let tools: Vec<Arc<dyn Tool>> = vec![Arc::new(Query)];
        let turns = Turns::new(
            model.clone(),
            tools,
            Catalogue::default(),
            Limits::default(),
        )
        .unwrap();
        Self {
            model,
            turns,
            recollection: Recollection::default(),
        }
    }

    async fn say(&mut self, question: &str) -> Taken {
        let scope = Scope {
            workspace: WorkspaceId::new(),
            person: PersonId::new(),
            conversation: ConversationId::new(),
            inbox: InboxId::new(),
            settings: Arc::new(Settings::default()),
            language: Language::En,
            now: "2026-11-20T12:00:00Z".parse().unwrap(),
        };
        let turn = Turn {
            scope: &scope,
            question,
            recollection: &self.recollection,
            progress: &|_| {},
        };
        let taken = self.turns.take(turn).await;
        // As it comes back from its row.
        let kept = serde_json::to_value(&taken.state).unwrap();
        self.recollection.state = serde_json::from_value(kept).unwrap();
        taken
    }

    fn state(&self) -> &ConversationState {
        &self.recollection.state
    }

    fn metrics_of_earlier(&self) -> Vec<&str> {
        let earlier = self.state().earlier.iter();
        earlier
            .map(|stand| stand.query["metrics"][0].as_str().unwrap())
            .collect()
    }
}

fn call(arguments: Json) -> ModelStep {
    ModelStep::Call(ToolCall {
        tool: "query".into(),
        arguments,
    })
}

fn words(text: &str) -> Draft {
    Draft::words(Outcome::Answer, text)
}

/// A call and the answer with its card.
fn answer(arguments: Json) -> [ModelStep; 2] {
    let draft = Draft {
        card: Some(0),
        ..words("here")
    };
    [call(arguments), ModelStep::Final(draft)]
}

#[tokio::test]
async fn an_answer_is_where_the_conversation_stands() {
    let mut talk = Talk::of(answer(json!({
        "metrics": ["revenue"], "group_by": ["country"], "limit": null, "filters": [],
        "shares": false, "chart": "bar", "statistic": "average", "threshold": {"op": "gt", "value": 5},
    })));
    assert_eq!(talk.model.heard(), []);
    talk.say("average revenue by country, as bars").await;
    assert_eq!(talk.model.heard()[0].state, ConversationState::default());
    let state = talk.state();
    assert_eq!(
        state.query,
        Some(json!({"metrics": ["revenue"], "group_by": ["country"]}))
    );
    assert_eq!(state.chart.as_deref(), Some("bar"));
    assert_eq!(
        Json::Object(state.arguments.clone()),
        json!({"statistic": "average", "threshold": {"op": "gt", "value": 5}})
    );
    let row = |country: &str| ShownRow(vec![("country".into(), Value::Text(country.into()))]);
    assert_eq!(state.shown, [row("BR"), row("MX"), row("AR")]);
    assert_eq!(state.earlier, []);
    assert_eq!(
        state.asked.as_deref(),
        Some("average revenue by country, as bars")
    );
}

#[tokio::test]
async fn going_back_takes_the_stands_off_one_by_one() {
    let queries = ["revenue", "orders", "aov", "orders", "revenue"];
    let steps = queries.map(|metric| answer(json!({"metrics": [metric]})));
    let mut talk = Talk::of(steps.into_iter().flatten());
    let mut earlier = Vec::new();
    for _ in queries {
        talk.say("next, or back").await;
        earlier.push(talk.metrics_of_earlier().join(" "));
    }
    assert_eq!(earlier, ["", "revenue", "revenue orders", "revenue", ""]);
    assert_eq!(
        talk.model.heard()[2].state.query,
        Some(json!({"metrics": ["revenue"]}))
    );
}

#[tokio::test]
async fn a_query_drawn_anew_is_a_stand_of_its_own() {
    let steps = [
        Some("line"),
        Some("table"),
        Some("bar"),
        Some("table"),
        Some("table"),
        None,
    ]
    .map(|chart| answer(json!({"metrics": ["revenue"], "chart": chart})));
    let mut talk = Talk::of(steps.into_iter().flatten());
    let mut earlier = Vec::new();
    for _ in 0..6 {
        talk.say("as …").await;
        let charts = talk
            .state()
            .earlier
            .iter()
            .map(|stand| stand.chart.clone().unwrap());
        earlier.push(charts.collect::<Vec<_>>().join(" "));
    }
    assert_eq!(
        earlier,
        ["", "line", "line table", "line", "line", "line table"]
    );
}

#[tokio::test]
async fn only_so_many_stands_are_kept() {
    let steps = (0..30).map(|n| answer(json!({"metrics": [n.to_string()]})));
    let mut talk = Talk::of(steps.flatten());
    for _ in 0..30 {
        talk.say("another").await;
    }
    let earlier = talk.metrics_of_earlier();
    assert_eq!(
        (earlier.len(), earlier[0], earlier[19]),
        (ConversationState::EARLIER, "9", "28")
    );
}

#[tokio::test]
async fn what_is_no_answer_leaves_the_query_and_offers_anew() {
    let choices: Vec<_> = (1..=6)
        .map(|n| Choice {
            label: n.to_string(),
            ask: format!("revenue of {n}"),
        })
        .collect();
    let which = Draft {
        outcome: Outcome::Clarify,
        choices: choices.clone(),
        ..words("Which one?")
    };
    let mut steps = answer(json!({"metrics": ["revenue"]})).to_vec();
    // A card that the model did not choose for its answer is none.
    steps.extend([call(json!({"metrics": ["aov"]})), ModelStep::Final(which)]);
    steps.extend([call(json!({})), ModelStep::Final(words("I cannot"))]);
    let mut talk = Talk::of(steps);
    talk.say("revenue").await;
    let taken = talk.say("sales").await;
    assert_eq!(taken.reply.choices, choices[..4]);
    let state = talk.state().clone();
    assert_eq!(state.query, Some(json!({"metrics": ["revenue"]})));
    assert_eq!(
        (&state.offered[..], state.asked.as_deref()),
        (&choices[..4], Some("sales"))
    );
    talk.say("something wrong").await;
    assert_eq!(
        (talk.state().offered.len(), &talk.state().query),
        (0, &state.query)
    );
    // The script is over: the turn fails, and the conversation stands where it stood.
    let before = talk.state().clone();
    assert_eq!(talk.say("and now?").await.reply.outcome, Outcome::Error);
    assert_eq!(*talk.state(), before);
}

#[tokio::test]
async fn a_conversation_can_start_anew() {
    let fresh = Draft {
        forget: true,
        ..words("Let us start over.")
    };
    let mut steps = answer(json!({"metrics": ["revenue"]})).to_vec();
    steps.push(ModelStep::Final(fresh));
    let mut talk = Talk::of(steps);
    talk.say("revenue").await;
    talk.say("start over").await;
    assert!(talk.state().is_empty(), "{:?}", talk.state());
}

#[tokio::test]
async fn what_words_mean_reaches_the_model_and_its_prompt() {
    let mut talk = Talk::of([ModelStep::Final(words("I see"))]);
    let term = Term {
        phrase: "sales".into(),
        metric: "net_revenue".into(),
        scope: TermScope::Channel,
    };
    talk.recollection.terms = vec![term.clone()];
    talk.say("sales").await;
    let heard = talk.model.heard().remove(0);
    assert_eq!(heard.terms, [term]);
    assert!(heard.system.contains("<quoted>sales</quoted>: net_revenue"));
}

#[tokio::test]
async fn a_replaced_model_takes_the_next_turn() {
    let mut talk = Talk::of([ModelStep::Final(words("old"))]);
    assert_eq!(talk.say("one").await.reply.text, "old");
    let new = Arc::new(Scripted::new([ModelStep::Final(words("new"))]));
    talk.turns.replace(new.clone(), Catalogue::default());
    assert_eq!(talk.say("two").await.reply.text, "new");
    assert_eq!((talk.model.heard().len(), new.heard().len()), (1, 1));
}
