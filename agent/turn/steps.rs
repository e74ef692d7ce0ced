//! The loop between model and tools, until the model says its final words.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use almanac_agent_contract::{
    ConversationState, Draft, Exchange, Model, ModelRequest, ModelStep, Progress, Scope, Step,
    Term, Tool, ToolCall, ToolError, ToolSpec,
};

use crate::Limits;
use crate::words::Failure;

/// What the loop needs for one turn.
pub(crate) struct Steps<'a> {
    pub(crate) model: &'a dyn Model,
    pub(crate) tools: &'a HashMap<&'static str, std::sync::Arc<dyn Tool>>,
    pub(crate) specs: &'a [ToolSpec],
    pub(crate) limits: Limits,
    pub(crate) progress: &'a (dyn Fn(Progress) + Send + Sync),
}

/// What the model is given besides the steps.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) system: &'a str,
    pub(crate) history: &'a [Exchange],
    pub(crate) state: Option<&'a ConversationState>,
    pub(crate) terms: &'a [Term],
    pub(crate) question: &'a str,
}

/// The steps taken and how it ended.
#[derive(Default)]
pub(crate) struct Trail {
    pub(crate) steps: Vec<Step>,
    /// Time spent in the model.
    pub(crate) thinking: Duration,
}

impl Steps<'_> {
    /// Runs until the final words. `trail` is filled as it goes, so it tells of a turn that was
    /// cut short too.
    pub(crate) async fn run(&self, given: Given<'_>, trail: &mut Trail) -> Result<Draft, Failure> {
        (self.progress)(Progress::Reading);
        loop {
            match self.think(given, trail).await? {
                ModelStep::Final(draft) => {
                    (self.progress)(Progress::Writing);
                    return Ok(draft);
                }
                ModelStep::Call(_) if trail.steps.len() >= self.limits.steps => {
                    return Err(Failure::Lost);
                }
                ModelStep::Call(call) => {
                    let times = trail.steps.iter().filter(|step| step.call == call).count();
                    if times > self.limits.repeats {
                        return Err(Failure::Lost);
                    }
                    (self.progress)(Progress::Using(call.tool.clone()));
                    let step = self.call(call, times > 0, given.scope).await?;
                    trail.steps.push(step);
                }
            }
        }
    }

    async fn think(&self, given: Given<'_>, trail: &mut Trail) -> Result<ModelStep, Failure> {
        let request = ModelRequest {
            scope: given.scope,
            system: given.system,
            history: given.history,
            state: given.state,
            terms: given.terms,
            question: given.question,
            tools: self.specs,
            steps: &trail.steps,
        };
        let started = Instant::now();
        let step = self.model.next(request).await;
        trail.thinking += started.elapsed();
        step.map_err(|error| {
            tracing::error!(%error, "the model gave no step");
            Failure::Broken
        })
    }

    /// Makes a call. What is wrong with it is told to the model or the person through the step;
    /// only the operator's errors end the turn.
    async fn call(&self, call: ToolCall, repeated: bool, scope: &Scope) -> Result<Step, Failure> {
        if repeated {
            let text = "this exact call was made before: use its result or ask for something else";
            return Ok(Step {
                call,
                result: Err(text.into()),
            });
        }
        let Some(tool) = self.tools.get(call.tool.as_str()) else {
            let names: Vec<_> = self.specs.iter().map(|spec| spec.name).collect();
            let text = format!(
                "there is no tool {:?}; there are {}",
                call.tool,
                names.join(", ")
            );
            return Ok(Step {
                call,
                result: Err(text),
            });
        };
        match tool.call(call.arguments.clone(), scope).await {
            Ok(output) => Ok(Step {
                call,
                result: Ok(output),
            }),
            Err(ToolError::Arguments(text) | ToolError::Person(text)) => Ok(Step {
                call,
                result: Err(text),
            }),
            Err(ToolError::Operator(error)) => {
                tracing::error!(tool = call.tool, error, "the tool failed");
                Err(Failure::Broken)
            }
        }
    }
}
