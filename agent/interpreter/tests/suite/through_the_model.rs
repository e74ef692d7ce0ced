//! The built-in model as the turn sees it: a tool call, then a final answer.

use std::sync::Arc;

use almanac_agent_contract::{
    Model, ModelRequest, ModelStep, Outcome, Step, ToolCall, ToolOutput, ToolSpec,
};
use almanac_agent_interpreter::BuiltIn;
use serde_json::json;

use crate::catalogs::shop;
use crate::shown::{scope, settings};

async fn next(question: &str, steps: &[Step]) -> ModelStep {
    let scope = scope();
    let model = BuiltIn::new(Arc::new(shop()), &settings());
    let tools = ["query_metrics", "describe_metric", "list_metrics"].map(|name| ToolSpec {
        name,
        description: "",
        parameters: json!({}),
    });
    let request = ModelRequest {
        scope: &scope,
        system: "",
        history: &[],
        state: None,
        terms: &[],
        question,
        tools: &tools,
        steps,
    };
    model
        .next(request)
        .await
        .expect("the built-in model does not fail")
}

#[tokio::test]
async fn a_question_becomes_one_call_and_its_finding_the_answer() {
    let step = next("revnue by country last month as a table", &[]).await;
    let call = ToolCall {
        tool: "query_metrics".into(),
        arguments: json!({
            "metrics": ["revenue"],
            "group_by": ["customer__country"],
            "time_range": {"start": "2026-10-01", "end": "2026-10-31"},
            "chart": "table",
        }),
    };
    assert_eq!(step, ModelStep::Call(call.clone()));
    let output = ToolOutput {
        summary: "Revenue was 10.".into(),
        ..ToolOutput::default()
    };
    let steps = [Step {
        call,
        result: Ok(output),
    }];
    let ModelStep::Final(draft) = next("revnue by country last month as a table", &steps).await
    else {
        panic!("a final answer was due");
    };
    assert_eq!(draft.outcome, Outcome::Answer);
    assert_eq!(draft.text, "I read “revnue” as “Revenue”. Revenue was 10.");
    assert_eq!(draft.card, None);
}

#[tokio::test]
async fn definitions_and_the_catalogue_are_tools_too() {
    let call = |tool: &str, arguments| {
        ModelStep::Call(ToolCall {
            tool: tool.into(),
            arguments,
        })
    };
    assert_eq!(
        next("what is AOV?", &[]).await,
        call("describe_metric", json!({"metric": "average_order_value"}))
    );
    assert_eq!(
        next("what can I ask?", &[]).await,
        call("list_metrics", json!({}))
    );
}

#[tokio::test]
async fn a_tool_that_cannot_is_told_in_its_own_words() {
    let call = ToolCall {
        tool: "query_metrics".into(),
        arguments: json!({}),
    };
    let steps = [Step {
        call,
        result: Err("There is no data before 2024.".into()),
    }];
    let ModelStep::Final(draft) = next("revenue in 2020", &steps).await else {
        panic!("a final answer was due");
    };
    assert_eq!(
        (draft.outcome, draft.text.as_str()),
        (Outcome::Refuse, "There is no data before 2024.")
    );
}

#[tokio::test]
async fn refusals_speak_the_askers_language_and_offer_questions() {
    let ModelStep::Final(draft) = next("ingresos en Narnia la semana pasada", &[]).await else {
        panic!("a refusal was due");
    };
    assert_eq!(draft.outcome, Outcome::Refuse);
    assert!(
        draft.text.starts_with("No conozco «Narnia»"),
        "{}",
        draft.text
    );
    assert!(draft.choices.iter().all(|choice| !choice.ask.is_empty()) && !draft.choices.is_empty());
}
