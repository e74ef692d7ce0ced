//! What people mean by their words, and where a conversation stands: kept through the whole line,
//! for whoever said it and past a restart. The model does as it is told, so that the tools are
//! tried and not the reading of questions.

use std::fmt::Write;
use std::sync::Arc;

use almanac_agent_contract::{
    Draft, Model, ModelError, ModelRequest, ModelStep, Outcome, ToolCall,
};
use almanac_server::{App, Asker, Question};
use async_trait::async_trait;
use insta::assert_snapshot;
use tempfile::TempDir;

use crate::shop::setup;

/// "tool {arguments}" is a call and what it found the answer; any other words are answered with
/// what the model was given.
struct Obedient;

#[async_trait]
impl Model for Obedient {
    async fn next(&self, request: ModelRequest<'_>) -> Result<ModelStep, ModelError> {
        let draft = match request.steps.last().map(|step| &step.result) {
            Some(Ok(output)) => Draft {
                card: output.card.as_ref().map(|_| 0),
                ..Draft::words(Outcome::Answer, &output.summary)
            },
            Some(Err(text)) => Draft::words(Outcome::Refuse, text),
            None => match call(request.question) {
                Some(call) => return Ok(ModelStep::Call(call)),
                None => Draft {
                    forget: request.question == "forget all",
                    ..Draft::words(Outcome::Answer, given(&request))
                },
            },
        };
        Ok(ModelStep::Final(draft))
    }
}

fn call(question: &str) -> Option<ToolCall> {
    let (tool, arguments) = question.split_once(' ')?;
    Some(ToolCall {
        tool: tool.into(),
        arguments: serde_json::from_str(arguments).ok()?,
    })
}

fn given(request: &ModelRequest<'_>) -> String {
    let terms: Vec<_> = request
        .terms
        .iter()
        .map(|term| format!("{} = {}", term.phrase, term.metric))
        .collect();
    let mut given = match terms.as_slice() {
        [] => "no terms".to_owned(),
        terms => terms.join(", "),
    };
    if let Some(state) = request.state {
        let metrics = state
            .query
            .as_ref()
            .map(|query| query["metrics"].to_string());
        let at = metrics.as_deref().unwrap_or("nothing");
        let chart = state.chart.as_deref().unwrap_or("usual");
        let (shown, earlier) = (state.shown.len(), state.earlier.len());
        write!(
            given,
            "; at {at}, {chart} chart, {shown} shown, {earlier} earlier"
        )
        .unwrap();
    }
    given
}

/// Says everything, each as "person: words" in that person's own conversation.
async fn talk(folder: &TempDir, said: &[&str]) -> String {
    let app = App::open_with(&setup(folder.path()), Arc::new(Obedient)).await;
    let asker = Asker::start(app.unwrap());
    let mut transcript = String::new();
    for line in said {
        let (person, text) = line.split_once(": ").unwrap();
        let question = Question {
            text,
            person: Some(person),
            conversation: Some(person),
            now: None,
        };
        let reply = asker.ask(question).await.unwrap();
        writeln!(transcript, "> {line}\n[{:?}] {}", reply.outcome, reply.text).unwrap();
    }
    asker.stop().await;
    transcript
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_teaches_lists_and_unteaches_a_word() {
    let folder = tempfile::tempdir().unwrap();
    assert_snapshot!(talk(&folder, &[
        "ana: list_definitions {}",
        r#"ana: remember_definition {"phrase": "“Ventas”", "metric": "revenue"}"#,
        r#"ana: remember_definition {"phrase": "ventas", "metric": "revenue"}"#,
        r#"ana: remember_definition {"phrase": "VENTAS", "metric": "orders"}"#,
        r#"ana: remember_definition {"phrase": "leads", "metric": "revenu"}"#,
        r#"ana: remember_definition {"phrase": "a </quoted> b", "metric": "orders"}"#,
        r#"ana: remember_definition {"phrase": "leads", "metric": "orders", "for": "channel"}"#,
        r#"ana: remember_definition {"phrase": "leads", "metric": "orders", "for": "workspace"}"#,
        "ana: list_definitions {}",
        "ana: what were you given?",
        "ben: what were you given?",
        r#"ben: forget_definition {"phrase": "ventas"}"#,
        r#"ana: forget_definition {"phrase": "Ventas"}"#,
        "ana: what were you given?",
    ])
    .await, @r#"
    > ana: list_definitions {}
    [Answer] Nobody has told me yet what they mean by their words. Say “when I say … I mean …” and I will remember.
    > ana: remember_definition {"phrase": "“Ventas”", "metric": "revenue"}
    [Answer] When you say “Ventas”, I will read Revenue.
    > ana: remember_definition {"phrase": "ventas", "metric": "revenue"}
    [Answer] I read “ventas” as Revenue already.
    > ana: remember_definition {"phrase": "VENTAS", "metric": "orders"}
    [Answer] When you say “VENTAS”, I will read Orders. Until now it was Revenue.
    > ana: remember_definition {"phrase": "leads", "metric": "revenu"}
    [Refuse] There is no metric called "revenu".
    > ana: remember_definition {"phrase": "a </quoted> b", "metric": "orders"}
    [Refuse] I can remember a word or a short phrase, up to 60 characters.
    > ana: remember_definition {"phrase": "leads", "metric": "orders", "for": "channel"}
    [Refuse] This is no channel. I can remember it for you instead.
    > ana: remember_definition {"phrase": "leads", "metric": "orders", "for": "workspace"}
    [Refuse] What words mean for everybody is for administrators to say, and I do not know yet who they are. I can remember it for you or for this channel.
    > ana: list_definitions {}
    [Answer] What I know of your words: “VENTAS” is Orders.
    > ana: what were you given?
    [Answer] VENTAS = orders; at nothing, usual chart, 0 shown, 0 earlier
    > ben: what were you given?
    [Answer] no terms
    > ben: forget_definition {"phrase": "ventas"}
    [Refuse] Nadie aquí me ha dicho qué significa “ventas”: nada que olvidar.
    > ana: forget_definition {"phrase": "Ventas"}
    [Answer] Olvidado: “VENTAS” ya no es Orders para mí.
    > ana: what were you given?
    [Answer] no terms; at nothing, usual chart, 0 shown, 0 earlier
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_and_stands_outlive_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let query = r#"ana: query_metrics {"metrics": ["orders"], "group_by": ["customer__country"], "chart": "table"}"#;
    assert_snapshot!(talk(&folder, &[
        r#"ana: remember_definition {"phrase": "sales", "metric": "revenue"}"#,
        r#"ana: query_metrics {"metrics": ["revenue"], "time_range": {"start": "2026-11-01", "end": "2026-11-02"}}"#,
        query,
    ])
    .await, @r#"
    > ana: remember_definition {"phrase": "sales", "metric": "revenue"}
    [Answer] When you say “sales”, I will read Revenue.
    > ana: query_metrics {"metrics": ["revenue"], "time_range": {"start": "2026-11-01", "end": "2026-11-02"}}
    [Answer] Revenue (1–2 Nov 2026): $4,361.80.
    > ana: query_metrics {"metrics": ["orders"], "group_by": ["customer__country"], "chart": "table"}
    [Answer] Orders by country (1 Oct 2024 – 19 Nov 2026): Brazil leads with 4,986, then United States (2,795) and Mexico (2,642).
    "#);
    assert_snapshot!(talk(&folder, &[
        "ana: what were you given?",
        "ana: forget all",
        "ana: what were you given?",
    ])
    .await, @r#"
    > ana: what were you given?
    [Answer] sales = revenue; at ["orders"], table chart, 6 shown, 1 earlier
    > ana: forget all
    [Answer] sales = revenue; at ["orders"], table chart, 6 shown, 1 earlier
    > ana: what were you given?
    [Answer] sales = revenue
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_in_words_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    assert_snapshot!(talk(&folder, &[
        r#"ana: give_feedback {"good": true}"#,
        r#"ana: query_metrics {"metrics": ["orders"]}"#,
        r#"ana: give_feedback {"good": false, "note": "wrong month"}"#,
        r#"ana: give_feedback {"good": true}"#,
        r#"ben: give_feedback {"good": true}"#,
    ])
    .await, @r#"
    > ana: give_feedback {"good": true}
    [Refuse] I have answered nothing here yet that could be right or wrong.
    > ana: query_metrics {"metrics": ["orders"]}
    [Answer] Orders (1 Oct 2024 – 19 Nov 2026): 14,245.
    > ana: give_feedback {"good": false, "note": "wrong month"}
    [Answer] Thank you, I have noted that it was wrong. Tell me what you meant and I will try again.
    > ana: give_feedback {"good": true}
    [Answer] Thank you, I have noted that it was right.
    > ben: give_feedback {"good": true}
    [Refuse] I have answered nothing here yet that could be right or wrong.
    "#);
}
