//! Turns with a scripted model and tools that are as small as tools get.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use almanac_agent_contract::{
    ConversationId, Draft, Exchange, InboxId, Language, ModelStep, Outcome, PersonId, Progress,
    Scope, Settings, Tool, ToolCall, ToolError, ToolOutput, ToolSpec, WorkspaceId,
};
use almanac_agent_models::Scripted;
use almanac_agent_turn::{Catalogue, Limits, Taken, Turn, Turns};
use almanac_memory::Recollection;
use async_trait::async_trait;
use serde_json::{Value as Json, json};

/// Doubles a number; slow, wrong or broken where it is asked to be.
struct Double;

#[async_trait]
impl Tool for Double {
    fn spec(&self) -> ToolSpec {
        ToolSpec {
            name: "double",
            description: "Doubles n.",
            parameters: json!({}),
        }
    }

    async fn call(&self, arguments: Json, _scope: &Scope) -> Result<ToolOutput, ToolError> {
        if arguments["hang"] == true {
            std::future::pending::<()>().await;
        }
        if arguments["break"] == true {
            return Err(ToolError::Operator("disk on fire".into()));
        }
        let n = arguments["n"]
            .as_i64()
            .ok_or(ToolError::Arguments("n must be a number".into()))?;
        Ok(ToolOutput {
            data: json!(n * 2),
            summary: (n * 2).to_string(),
            ..ToolOutput::default()
        })
    }
}

fn call(arguments: Json) -> ModelStep {
    ModelStep::Call(ToolCall {
        tool: "double".into(),
        arguments,
    })
}

fn say(text: &str) -> ModelStep {
    ModelStep::Final(Draft::words(Outcome::Answer, text))
}

fn scope(language: Language) -> Scope {
    Scope {
        workspace: WorkspaceId::new(),
        person: PersonId::new(),
        conversation: ConversationId::new(),
        inbox: InboxId::new(),
        settings: Arc::new(Settings::default()),
        language,
        now: "2026-11-20T12:00:00Z".parse().unwrap(),
    }
}

async fn take(model: &Arc<Scripted>, question: &str, language: Language) -> (Taken, Vec<Progress>) {
    let limits = Limits {
        deadline: Duration::from_millis(50),
        ..Limits::default()
    };
    let turns = Turns::new(
        model.clone(),
        vec![Arc::new(Double)],
        Catalogue::default(),
        limits,
    )
    .unwrap();
    let seen = Mutex::new(Vec::new());
    let recollection = Recollection {
        history: vec![Exchange {
            question: "before".into(),
            answer: "yes".into(),
        }],
        ..Recollection::default()
    };
    let taken = turns
        .take(Turn {
            scope: &scope(language),
            question,
            recollection: &recollection,
            progress: &|progress| seen.lock().unwrap().push(progress),
        })
        .await;
    (taken, seen.into_inner().unwrap())
}

#[tokio::test]
async fn a_tool_is_called_and_its_result_is_heard_before_the_final_words() {
    let model = Arc::new(Scripted::new([call(json!({"n": 21})), say("It is 42.")]));
    let (taken, progress) = take(&model, "twice 21?", Language::En).await;
    assert_eq!(
        (taken.reply.outcome, taken.reply.text.as_str()),
        (Outcome::Answer, "It is 42.")
    );
    let heard = model.heard();
    assert_eq!(heard[1].results, [Ok(json!(42))]);
    assert_eq!(
        (heard[0].history, heard[0].tools.as_slice()),
        (1, &["double"][..])
    );
    assert!(
        heard[0].system.contains("Today is 2026-11-20"),
        "{}",
        heard[0].system
    );
    assert_eq!(
        progress,
        [
            Progress::Reading,
            Progress::Using("double".into()),
            Progress::Writing
        ]
    );
    assert_eq!(taken.audit["tools"][0]["arguments"], json!({"n": 21}));
}

#[tokio::test]
async fn a_wrong_call_is_told_to_the_model_which_may_mend_it() {
    let model = Arc::new(Scripted::new([
        call(json!({"n": "x"})),
        call(json!({"n": 1})),
        say("2"),
    ]));
    let (taken, _) = take(&model, "twice 1?", Language::En).await;
    assert_eq!(taken.reply.text, "2");
    assert_eq!(
        model.heard()[2].results,
        [Err("n must be a number".into()), Ok(json!(2))]
    );
}

#[tokio::test]
async fn an_unknown_tool_is_named_with_those_there_are() {
    let wrong = ToolCall {
        tool: "triple".into(),
        arguments: json!({}),
    };
    let model = Arc::new(Scripted::new([ModelStep::Call(wrong), say("no")]));
    take(&model, "thrice?", Language::En).await;
    let error = model.heard()[1].results[0].clone().unwrap_err();
    assert_eq!(error, "there is no tool \"triple\"; there are double");
}

#[tokio::test]
async fn going_round_in_circles_ends_the_turn() {
    let model = Arc::new(Scripted::new(std::iter::repeat_n(
        call(json!({"n": 1})),
        10,
    )));
    let (taken, _) = take(&model, "again", Language::Es).await;
    assert_eq!(taken.reply.outcome, Outcome::Error);
    assert!(
        taken.reply.text.starts_with("Con esta pregunta"),
        "{}",
        taken.reply.text
    );
    assert_eq!(model.heard().len(), 3);
}

#[tokio::test]
async fn too_many_steps_end_the_turn() {
    let model = Arc::new(Scripted::new((0..20).map(|n| call(json!({"n": n})))));
    let (taken, _) = take(&model, "count", Language::En).await;
    assert_eq!(
        (taken.reply.outcome, model.heard().len()),
        (Outcome::Error, 7)
    );
}

#[tokio::test]
async fn a_tool_that_hangs_is_stopped_at_the_deadline_and_the_audit_says_so() {
    let model = Arc::new(Scripted::new([
        call(json!({"n": 1})),
        call(json!({"hang": true})),
    ]));
    let (taken, _) = take(&model, "wait", Language::Pt).await;
    assert!(
        taken.reply.text.starts_with("Isso demorou demais"),
        "{}",
        taken.reply.text
    );
    assert_eq!(taken.audit["failure"], "TooSlow");
    assert_eq!(taken.audit["tools"][0]["tool"], "double");
}

#[tokio::test]
async fn a_broken_tool_is_not_blamed_on_the_person() {
    let model = Arc::new(Scripted::new([call(json!({"break": true}))]));
    let (taken, _) = take(&model, "go", Language::En).await;
    assert_eq!(taken.reply.outcome, Outcome::Error);
    assert!(!taken.reply.text.contains("fire"), "{}", taken.reply.text);
}

#[tokio::test]
async fn a_very_long_message_is_refused_without_asking_the_model() {
    let model = Arc::new(Scripted::default());
    let (taken, _) = take(&model, &"why ".repeat(25_000), Language::En).await;
    assert_eq!(taken.reply.outcome, Outcome::Refuse);
    assert!(model.heard().is_empty());
}
