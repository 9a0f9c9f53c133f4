//! What a form begins with: what is selected, what waits for somebody, what there is in the account. A member gets a
//! value by its shape, whichever operation it is of; the few that need more than that stand at the end.

use serde_json::{Map, Value, json};

use super::moment;
use crate::{
    engine::{
        catalogue,
        ids::{ExecutionId, JobId, Kind as Id},
        operations::{self, Handler, USUAL_TOKEN},
        providers,
        world::{
            World,
            execution::Execution,
            job::Job,
            pipeline::{Pipeline, StageState},
        },
    },
    json::to_value,
    model::{
        self, ActionCategory, ActionOwner, ActionTypeId, Kind, Operation, Shape,
        StageExecutionStatus,
    },
    page::{
        edit::{pointer, start},
        view::Selection,
    },
};

/// What a person looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Around {
    /// The pipeline in the picture.
    pub pipeline: Option<String>,
    /// What is selected in it.
    pub selection: Selection,
}

/// The input that an operation's form begins with: everything that is required and has an obvious value.
#[must_use]
pub fn prefill(world: &World, around: &Around, operation: &'static Operation) -> Value {
    let pipeline = around.pipeline.as_deref();
    let found = Found {
        world,
        operation: operation.name,
        pipeline: pipeline.and_then(|name| world.pipeline_named(name)),
        selection: &around.selection,
    };
    let mut input = empty(operation.input);
    for member in operation.input.members() {
        // What merely narrows a list down is left to the person.
        let wanted = member.required || member.name == "webhookName";
        if let Some(value) = wanted.then(|| found.usual(member.shape)).flatten() {
            pointer::set_in(
                operation.input,
                &mut input,
                &pointer::join("", member.name),
                value,
            );
        }
    }
    found.more(&mut input);
    input
}

/// The least that a structure can be filled in from: required structures and lists, and texts that may be empty.
#[must_use]
pub fn empty(shape: &'static Shape) -> Value {
    let mut members = Map::new();
    for member in shape.members().iter().filter(|member| member.required) {
        if let Some(value) = blank(member.shape) {
            members.insert(member.name.to_owned(), value);
        }
    }
    Value::Object(members)
}

/// A value of a shape before anybody has filled it in; `None` where there can be none yet.
#[must_use]
pub fn blank(shape: &'static Shape) -> Option<Value> {
    match shape.kind {
        Kind::Structure(_) => Some(empty(shape)),
        Kind::List { member, length } => {
            let first = (length.min.unwrap_or(0) > 0).then(|| blank(member).unwrap_or(json!("")));
            Some(Value::Array(first.into_iter().collect()))
        }
        Kind::Map { .. } => Some(json!({})),
        Kind::Text { .. } => may_be_empty(shape).then(|| json!("")),
        Kind::Choice(_) | Kind::Integer { .. } | Kind::Boolean | Kind::Timestamp => None,
    }
}

/// Whether an empty text satisfies a shape.
#[must_use]
pub fn may_be_empty(shape: &Shape) -> bool {
    let is_text = matches!(shape.kind, Kind::Text { .. });
    let limits = shape.constraints();
    is_text
        && limits
            .iter()
            .flatten()
            .all(|limit| limit.holds_for_text(""))
}

/// What a query answers now.
fn ask(world: &World, operation: &str, input: Value) -> Option<Value> {
    let shape = model::operation(operation)?;
    let Some(Handler::Query(answer)) = operations::handler(operation) else {
        return None;
    };
    let input = model::admit(shape, input).ok()?;
    answer(world, input).ok()
}

struct Found<'a> {
    world: &'a World,
    operation: &'static str,
    pipeline: Option<&'a Pipeline>,
    selection: &'a Selection,
}

impl Found<'_> {
    fn usual(&self, shape: &Shape) -> Option<Value> {
        let world = self.world;
        let text = |text: String| Some(Value::from(text));
        match shape.name {
            "PipelineName" => text(self.pipeline?.name().to_owned()),
            "StageName" => text(self.stage_name()?),
            "ActionName" => text(self.action_name()?),
            "PipelineExecutionId" => {
                let number = self.execution()?;
                text(world.key().execution(self.id(number)?))
            }
            "ActionExecutionId" => self.deploy_action(),
            "ApprovalToken" => {
                let (execution, ordinal) = self.approval()?;
                let id = crate::engine::ids::ActionExecutionId {
                    execution: self.id(execution.number)?,
                    ordinal,
                };
                text(world.key().uuid(Id::Approval, id))
            }
            "ResourceArn" => text(world.pipeline_arn(self.pipeline?.name())),
            "WebhookName" => text(self.webhook()?),
            "JobId" | "ThirdPartyJobId" => text(world.key().job(self.job()?.0)),
            "Nonce" => text(self.job()?.1.nonce().unwrap_or_else(|| "1".to_owned())),
            "ClientToken" => text(USUAL_TOKEN.to_owned()),
            "ActionTypeId" => {
                let id = self.action_type()?;
                Some(to_value(&id))
            }
            "ActionCategory" => text(self.action_type()?.category.to_string()),
            "ActionTypeOwner" => text(self.action_type()?.owner.to_string()),
            "ActionProvider" => text(self.action_type()?.provider),
            "Version" => text(self.action_type()?.version),
            "StageTransitionType" => text("Inbound".to_owned()),
            "StageRetryMode" => text("FAILED_ACTIONS".to_owned()),
            "ConditionType" => text("BEFORE_ENTRY".to_owned()),
            _ => None,
        }
    }

    fn id(&self, number: u32) -> Option<ExecutionId> {
        Some(ExecutionId {
            pipeline: self.pipeline?.id,
            number,
        })
    }

    /// The execution that is selected.
    fn selected(&self) -> Option<u32> {
        let Selection::Execution(uuid) = self.selection else {
            return None;
        };
        let id = self.world.key().parse_execution(uuid)?;
        (Some(id.pipeline) == self.pipeline.map(|one| one.id)).then_some(id.number)
    }

    /// The stage that is meant: the selected one, the one of what is selected, else one in which the operation has
    /// something to do.
    fn stage(&self) -> Option<u16> {
        let pipeline = self.pipeline?;
        let plan = &pipeline.current().plan;
        match self.operation {
            // Sources stand in the first stage.
            "PutActionRevision" => return Some(0),
            "PutApprovalResult" => {
                if let Some((execution, ordinal)) = self.approval() {
                    return Some(execution.actions.get(ordinal as usize)?.stage);
                }
            }
            _ => {}
        }
        if let Selection::Stage(name) | Selection::Action(name, _) = self.selection
            && let Some(index) = plan.stage_index(name)
        {
            return Some(index);
        }
        let of_selected = self
            .selected()
            .and_then(|number| pipeline.executions.get(&number))
            .and_then(|execution| Some(execution.stages.last()?.stage));
        let find = |wanted: &dyn Fn(usize, &StageState) -> bool| {
            let mut stages = pipeline.stages.iter().enumerate();
            stages
                .find(|(index, state)| wanted(*index, state))
                .and_then(|(index, _)| u16::try_from(index).ok())
        };
        let fits = match self.operation {
            "RetryStageExecution" => find(&|index, state| {
                let latest = state
                    .latest
                    .and_then(|number| pipeline.executions.get(&number));
                latest.is_some_and(|execution| {
                    u16::try_from(index)
                        .ok()
                        .and_then(|index| execution.stage_run(index))
                        .is_some_and(|run| run.status == StageExecutionStatus::Failed)
                })
            }),
            "RollbackStage" => find(&|index, state| index > 0 && state.succeeded.is_some()),
            "EnableStageTransition" => find(&|_, state| state.transition.disabled.is_some()),
            "OverrideStageCondition" => find(&|index, _| {
                plan.declaration
                    .stages
                    .get(index)
                    .is_some_and(|stage| stage.before_entry.is_some() || stage.on_success.is_some())
            }),
            _ => None,
        };
        // A gate stands in front of every stage but the first.
        let usual = (plan.stage_count() > 1).then_some(1).or(Some(0));
        of_selected.filter(|_| fits.is_none()).or(fits).or(usual)
    }

    fn stage_name(&self) -> Option<String> {
        let plan = &self.pipeline?.current().plan;
        let index = usize::from(self.stage()?);
        Some(plan.declaration.stages.get(index)?.name.clone())
    }

    fn action_name(&self) -> Option<String> {
        let pipeline = self.pipeline?;
        if let Selection::Action(stage, action) = self.selection
            && self.stage_name().as_ref() == Some(stage)
        {
            return Some(action.clone());
        }
        if self.operation == "PutApprovalResult" {
            let (execution, ordinal) = self.approval()?;
            let record = execution.actions.get(ordinal as usize)?;
            let plan = pipeline.plan(execution.version);
            let stage = plan.declaration.stages.get(usize::from(record.stage))?;
            return Some(stage.actions.get(usize::from(record.action))?.name.clone());
        }
        let plan = &pipeline.current().plan;
        let stage = plan.declaration.stages.get(usize::from(self.stage()?))?;
        Some(stage.actions.first()?.name.clone())
    }

    /// The execution that is meant.
    fn execution(&self) -> Option<u32> {
        let pipeline = self.pipeline?;
        let state = || pipeline.stages.get(usize::from(self.stage()?));
        match self.operation {
            "RollbackStage" => state()?.succeeded,
            "RetryStageExecution" | "OverrideStageCondition" => {
                self.selected().or_else(|| state()?.latest)
            }
            "StopPipelineExecution" => self.selected().or_else(|| {
                let mut newest = pipeline.executions.values().rev();
                newest.find(|one| one.active()).map(|one| one.number)
            }),
            _ => self.selected(),
        }
        .or_else(|| pipeline.executions.keys().next_back().copied())
    }

    /// An approval that waits for somebody: the one that is selected, else the first.
    fn approval(&self) -> Option<(&Execution, u32)> {
        let pipeline = self.pipeline?;
        let waiting = || {
            pipeline.executions.values().flat_map(|execution| {
                let plan = pipeline.plan(execution.version);
                let records = execution.numbered();
                records
                    .filter(move |(_, record)| {
                        let kind = plan.action_plan(record.stage, record.action).kind;
                        record.running() && providers::of(kind).waits_for_a_person()
                    })
                    .map(move |(ordinal, _)| (&**execution, ordinal))
            })
        };
        let of_selected = |execution: &Execution, ordinal: u32| match self.selection {
            Selection::Execution(_) => Some(execution.number) == self.selected(),
            Selection::Stage(name) | Selection::Action(name, _) => {
                let plan = pipeline.plan(execution.version);
                let record = execution.actions.get(ordinal as usize);
                record.is_some_and(|record| plan.stage(record.stage).name == *name)
            }
            Selection::Pipeline => false,
        };
        waiting()
            .find(|(execution, ordinal)| of_selected(execution, *ordinal))
            .or_else(|| waiting().next())
    }

    /// The newest run of an action that deploys.
    fn deploy_action(&self) -> Option<Value> {
        let pipeline = self.pipeline?;
        let mut newest = pipeline.executions.values().rev().flat_map(|execution| {
            let plan = pipeline.plan(execution.version);
            let records = execution.numbered().rev();
            let of_deploy = records.filter(move |(_, record)| {
                let action = plan.action(record.stage, record.action);
                action.action_type_id.category == ActionCategory::Deploy
            });
            of_deploy.map(move |(ordinal, _)| (execution.number, ordinal))
        });
        let (number, ordinal) = newest.next()?;
        let id = crate::engine::ids::ActionExecutionId {
            execution: self.id(number)?,
            ordinal,
        };
        Some(Value::from(self.world.key().uuid(Id::ActionExecution, id)))
    }

    fn webhook(&self) -> Option<String> {
        let mut webhooks = self.world.webhooks.values();
        webhooks.next().map(|one| one.definition.name.clone())
    }

    /// Whose jobs the operation is about.
    fn owner(&self) -> ActionOwner {
        if self.operation.contains("ThirdParty") {
            ActionOwner::ThirdParty
        } else {
            ActionOwner::Custom
        }
    }

    /// An open job, the one that has come furthest first.
    fn job(&self) -> Option<(JobId, &Job)> {
        let wanted = self.owner();
        let mut best: Option<(JobId, &Job)> = None;
        for pipeline in self.world.pipelines.values() {
            for execution in pipeline.executions.values() {
                let plan = pipeline.plan(execution.version);
                for (place, job) in execution
                    .jobs
                    .iter()
                    .enumerate()
                    .filter(|(_, job)| job.open())
                {
                    let Some(record) = execution.actions.get(job.action as usize) else {
                        continue;
                    };
                    let action = plan.action(record.stage, record.action);
                    let newer = best.is_none_or(|(_, other)| other.status < job.status);
                    if action.action_type_id.owner == wanted && newer {
                        let id = JobId {
                            execution: ExecutionId {
                                pipeline: pipeline.id,
                                number: execution.number,
                            },
                            ordinal: u32::try_from(place).unwrap_or(u32::MAX),
                        };
                        best = Some((id, job));
                    }
                }
            }
        }
        best
    }

    /// An action type of the account, or of a partner.
    fn action_type(&self) -> Option<ActionTypeId> {
        let partner = self.operation.contains("ThirdParty") || self.operation == "GetActionType";
        if partner {
            let mut types = catalogue::action_types();
            let one = types.find(|one| one.owner == ActionOwner::ThirdParty && one.listed)?;
            return Some(ActionTypeId {
                category: one.category,
                owner: one.owner,
                provider: one.provider.to_owned(),
                version: one.version.to_owned(),
            });
        }
        if self.operation == "CreateCustomActionType" {
            return Some(ActionTypeId {
                category: ActionCategory::Test,
                owner: ActionOwner::Custom,
                provider: self.free_provider(),
                version: "1".to_owned(),
            });
        }
        let types = self.world.custom_types();
        let mut live = types.filter(|one| one.deleted.is_none());
        Some(live.next()?.shown.id.clone())
    }

    fn free_provider(&self) -> String {
        let taken = |name: &str| {
            self.world
                .custom_types()
                .any(|one| one.shown.id.provider == name)
        };
        free("MyTests", taken)
    }

    /// What more than a shape says.
    fn more(&self, input: &mut Value) {
        let world = self.world;
        let own = |members: Value| {
            let mut all = input.as_object().cloned().unwrap_or_default();
            if let Value::Object(members) = members {
                all.extend(members);
            }
            Value::Object(all)
        };
        *input = match self.operation {
            "CreatePipeline" => {
                let name = free("new-pipeline", |name| world.pipeline_named(name).is_some());
                own(json!({ "pipeline": start::smallest(&name, &world.options) }))
            }
            "UpdatePipeline" => {
                let asked = self.pipeline.and_then(|pipeline| {
                    ask(world, "GetPipeline", json!({ "name": pipeline.name() }))
                });
                match asked.and_then(|mut answer| answer.get_mut("pipeline").map(Value::take)) {
                    Some(pipeline) => own(json!({ "pipeline": pipeline })),
                    None => return,
                }
            }
            "PutApprovalResult" => {
                own(json!({ "result": { "summary": "", "status": "Approved" } }))
            }
            "PutActionRevision" => own(json!({ "actionRevision": {
                "revisionId": "revision-1", "revisionChangeId": "change-1", "created": moment::seconds(world.now),
            } })),
            "PutJobFailureResult" | "PutThirdPartyJobFailureResult" => own(
                json!({ "failureDetails": { "type": "JobFailed", "message": "The job failed." } }),
            ),
            "CreateCustomActionType" => own(json!({
                "inputArtifactDetails": { "minimumCount": 0, "maximumCount": 5 },
                "outputArtifactDetails": { "minimumCount": 0, "maximumCount": 5 },
            })),
            "UpdateActionType" => {
                let partner = Found {
                    operation: "GetActionType",
                    ..*self
                };
                let id = partner.action_type();
                let asked = id.and_then(|id| {
                    let input = to_value(&id);
                    ask(world, "GetActionType", input)
                });
                match asked.and_then(|mut answer| answer.get_mut("actionType").map(Value::take)) {
                    Some(declared) => own(json!({ "actionType": declared })),
                    None => return,
                }
            }
            "TagResource" => own(json!({ "tags": [{ "key": "team", "value": "release" }] })),
            "UntagResource" => {
                let tags = self.pipeline.map(|pipeline| pipeline.tags.as_slice());
                let key = tags
                    .and_then(|tags| tags.first())
                    .map(|tag| tag.key.as_str());
                own(json!({ "tagKeys": [key.unwrap_or("team")] }))
            }
            "PutWebhook" => {
                let Some(pipeline) = self.pipeline else {
                    return;
                };
                let name = free(&format!("{}-webhook", pipeline.name()), |name| {
                    world.webhooks.contains_key(name)
                });
                let plan = &pipeline.current().plan;
                let source = plan.declaration.stages.first();
                let source = source.and_then(|stage| stage.actions.first());
                own(json!({ "webhook": {
                    "name": name,
                    "targetPipeline": pipeline.name(),
                    "targetAction": source.map(|action| action.name.as_str()).unwrap_or_default(),
                    "filters": [{ "jsonPath": "$.ref", "matchEquals": "refs/heads/main" }],
                    "authentication": "UNAUTHENTICATED",
                    "authenticationConfiguration": {},
                } }))
            }
            "StartPipelineExecution" => {
                // A variable without a default has to be given.
                let Some(pipeline) = self.pipeline else {
                    return;
                };
                let declared = pipeline
                    .current()
                    .plan
                    .declaration
                    .variables
                    .iter()
                    .flatten();
                let asked: Vec<Value> = declared
                    .filter(|variable| variable.default_value.is_none())
                    .map(|variable| json!({ "name": variable.name, "value": "" }))
                    .collect();
                if asked.is_empty() {
                    return;
                }
                own(json!({ "variables": asked }))
            }
            "OverrideStageCondition" => {
                let stage = self.stage().and_then(|index| {
                    let plan = &self.pipeline?.current().plan;
                    plan.declaration.stages.get(usize::from(index))
                });
                let only_after = stage.is_some_and(|stage| {
                    stage.before_entry.is_none() && stage.on_success.is_some()
                });
                if !only_after {
                    return;
                }
                own(json!({ "conditionType": "ON_SUCCESS" }))
            }
            _ => return,
        };
    }
}

/// A name that nothing has yet.
fn free(wish: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(wish) {
        return wish.to_owned();
    }
    (2_u32..)
        .map(|number| format!("{wish}-{number}"))
        .find(|name| !taken(name))
        .unwrap_or_default()
}
