//! What a script may say to the simulator, read from untyped input. Names are the API's: UUIDs, stage and action
//! names; the engine's small numbers stay inside.

use std::{collections::BTreeMap, rc::Rc};

use crate::json::{self, FromJson, ToJson};
use crate::order::gathered;
use serde_json::Value;

use crate::{
    engine::{
        behavior::{Behavior, Scope},
        catalogue,
        conditions::{AlarmState, LambdaResult, RuleKind},
        control::Control,
        declaration::ConditionPlace,
        ids::{ActionExecutionId, ExecutionId, Kind},
        rules::{
            source_change::{self, Author, SourceChange},
            webhook::{Addressee, Call},
        },
        time::{DAY, HOUR, Instant, MINUTE, SECOND},
        triggers::{
            change::{Change, GitHost, GitProvider, first_number, usual_branch},
            explanation::TriggerExplanation,
        },
        webhooks::authentication::Hash,
        worker::WorkerSettings,
        world::{
            World,
            failure::{Failure, MOST_TIMES},
            pipeline::Pipeline,
        },
    },
    model::{
        self, ActionCategory, ActionOwner, ActionTypeId, ApiError, ErrorCode, FailureType,
        GitPullRequestEventType, PipelineVariable, SourceRevisionOverride,
    },
};

fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::ValidationException, message)
}

/// Reads the input of a control.
///
/// # Errors
/// ValidationException with what does not fit.
pub fn read<T: FromJson>(control: &str, input: Value) -> Result<T, ApiError> {
    json::from_value(input).map_err(|error| invalid(format!("{control}: {error}")))
}

/// Which actions a behavior is for, by names.
#[derive(Clone, Debug, FromJson, ToJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct Target {
    /// An action execution under way.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub action_execution_id: Option<String>,
    /// A pipeline …
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub pipeline_name: Option<String>,
    /// … a stage of it …
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub stage_name: Option<String>,
    /// … and an action in that.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub action_name: Option<String>,
    /// … or a condition of the stage (`beforeEntry`, `onSuccess`, `onFailure`) …
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// … and a rule of that.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub rule_name: Option<String>,
    /// A provider as `Category/Owner/Provider`.
    #[json(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
}

impl Target {
    /// The scope that is meant.
    ///
    /// # Errors
    /// ValidationException where nothing, too much or something unknown is named.
    pub fn scope(&self, world: &World) -> Result<Scope, ApiError> {
        if self.condition.is_some() || self.rule_name.is_some() {
            return self.rule(world);
        }
        match (
            &self.action_execution_id,
            &self.pipeline_name,
            &self.stage_name,
            &self.action_name,
            &self.provider,
        ) {
            (Some(uuid), None, None, None, None) => world
                .key()
                .parse(Kind::ActionExecution, uuid)
                .map(Scope::Execution)
                .ok_or_else(|| invalid("There is no action execution with this id")),
            (None, Some(pipeline), Some(stage), Some(action), None) => {
                let known = world.pipeline_named(pipeline).is_some_and(|pipeline| {
                    let plan = &pipeline.current().plan;
                    plan.stage_index(stage)
                        .is_some_and(|stage| plan.action_index(stage, action).is_some())
                });
                if !known {
                    return Err(invalid(format!(
                        "There is no action '{action}' in stage '{stage}' of pipeline '{pipeline}'"
                    )));
                }
                Ok(Scope::Action {
                    pipeline: pipeline.clone(),
                    stage: stage.clone(),
                    action: action.clone(),
                })
            }
            (None, None, None, None, Some(provider)) => {
                let parts: Vec<&str> = provider.split('/').collect();
                let [category, owner, provider] = parts.as_slice() else {
                    return Err(invalid("A provider is named as Category/Owner/Provider"));
                };
                let built_in = catalogue::action_types().any(|kind| {
                    kind.category.as_str() == *category
                        && kind.owner.as_str() == *owner
                        && kind.provider == *provider
                });
                let custom = world.custom_types().any(|kind| {
                    let id = &kind.shown.id;
                    *owner == "Custom"
                        && id.category.as_str() == *category
                        && id.provider == *provider
                });
                let rule = *category == "Rule" && *owner == "AWS";
                if rule {
                    behaves(provider)?;
                }
                if !built_in && !custom && !rule {
                    return Err(invalid(format!(
                        "There is no action type '{category}/{owner}/{provider}'"
                    )));
                }
                Ok(Scope::Provider {
                    category: (*category).to_owned(),
                    owner: (*owner).to_owned(),
                    provider: (*provider).to_owned(),
                })
            }
            _ => Err(invalid(
                "Name an actionExecutionId, or pipelineName with stageName and actionName, or a provider",
            )),
        }
    }

    fn rule(&self, world: &World) -> Result<Scope, ApiError> {
        let (Some(pipeline), Some(stage), Some(condition), Some(rule)) = (
            &self.pipeline_name,
            &self.stage_name,
            &self.condition,
            &self.rule_name,
        ) else {
            return Err(invalid(
                "A rule is named by pipelineName, stageName, condition and ruleName",
            ));
        };
        if self.action_name.is_some()
            || self.action_execution_id.is_some()
            || self.provider.is_some()
        {
            return Err(invalid("Name a rule or an action, not both"));
        }
        let place = ConditionPlace::ALL
            .into_iter()
            .find(|place| place.member() == condition)
            .ok_or_else(|| invalid("A condition is beforeEntry, onSuccess or onFailure"))?;
        let provider = world.pipeline_named(pipeline).and_then(|pipeline| {
            let plan = &pipeline.current().plan;
            let declared = plan.condition(plan.stage_index(stage)?, place)?;
            let mut rules = declared.rules.iter().flatten();
            let found = rules.find(|declared| declared.name == *rule)?;
            Some(found.rule_type_id.provider.as_str())
        });
        let Some(provider) = provider else {
            return Err(invalid(format!(
                "There is no rule '{rule}' in {condition} of stage '{stage}' of pipeline '{pipeline}'"
            )));
        };
        behaves(provider)?;
        Ok(Scope::Rule {
            pipeline: pipeline.clone(),
            stage: stage.clone(),
            place,
            rule: rule.clone(),
        })
    }
}

/// Rules that run something behave; the others are decided by what they look at.
fn behaves(provider: &str) -> Result<(), ApiError> {
    match RuleKind::of(provider) {
        Some(kind) if kind.behaves() => Ok(()),
        Some(RuleKind::CloudWatchAlarm) => Err(invalid(
            "A CloudWatchAlarm rule looks at its alarm: use setAlarm",
        )),
        Some(_) => Err(invalid(format!(
            "What a {provider} rule comes to is decided by what it looks at, not by a behavior"
        ))),
        None => Err(invalid(format!("There is no rule type '{provider}'"))),
    }
}

/// `setAlarm`: an alarm is in another state.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetAlarm {
    /// Its name.
    pub alarm_name: String,
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    pub state: AlarmState,
}

impl SetAlarm {
    /// As the engine's control.
    ///
    /// # Errors
    /// ValidationException where the name is empty.
    pub fn control(self) -> Result<Control, ApiError> {
        if self.alarm_name.is_empty() {
            return Err(invalid("setAlarm needs an alarmName"));
        }
        Ok(Control::SetAlarm {
            name: self.alarm_name.into(),
            state: self.state,
        })
    }
}

/// `setLambdaResult`: what a function answers to the rules that ask it.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetLambdaResult {
    /// Its name, as the configuration of the rule writes it.
    pub function_name: String,
    /// What it answers; `null` or absent forgets what was said, and it succeeds.
    #[json(default)]
    pub result: Option<LambdaResult>,
}

impl SetLambdaResult {
    /// As the engine's control.
    ///
    /// # Errors
    /// ValidationException where the name is empty.
    pub fn control(self) -> Result<Control, ApiError> {
        if self.function_name.is_empty() {
            return Err(invalid("setLambdaResult needs a functionName"));
        }
        Ok(Control::SetLambdaResult {
            function: self.function_name.into(),
            result: self.result,
        })
    }
}

/// `deliverWebhook`: somebody calls a webhook.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeliverWebhook {
    /// The webhook, by its name …
    #[json(default)]
    pub webhook_name: Option<String>,
    /// … or by its address.
    #[json(default)]
    pub url: Option<String>,
    /// The headers, in any case.
    #[json(default)]
    pub headers: BTreeMap<String, String>,
    /// The body: a text as it is, anything else as JSON.
    #[json(default)]
    pub body: Value,
    /// The address that the call comes from.
    #[json(default)]
    pub source_ip: Option<String>,
    /// Adds the signature that the webhook wants: `sha256` or `sha1`.
    #[json(default)]
    pub sign: Option<String>,
}

impl DeliverWebhook {
    /// As the engine's control.
    ///
    /// # Errors
    /// ValidationException where no webhook, or two, are named, or the address or the signature are none.
    pub fn control(self) -> Result<Control, ApiError> {
        let to = match (self.webhook_name, self.url) {
            (Some(name), None) => Addressee::Name(name),
            (None, Some(url)) => Addressee::Url(url),
            _ => return Err(invalid("Name a webhookName or a url")),
        };
        let source = self
            .source_ip
            .map(|text| {
                text.parse()
                    .map_err(|_| invalid(format!("'{text}' is not an IP address")))
            })
            .transpose()?;
        let sign = match self.sign.as_deref() {
            None => None,
            Some("sha256") => Some(Hash::Sha256),
            Some("sha1") => Some(Hash::Sha1),
            Some(other) => {
                return Err(invalid(format!(
                    "A body is signed with sha256 or sha1, not with {other}"
                )));
            }
        };
        let headers = self.headers.into_iter();
        Ok(Control::DeliverWebhook(Box::new(Call {
            to,
            headers: gathered(headers.map(|(name, value)| (name.to_ascii_lowercase(), value))),
            body: match self.body {
                Value::String(text) => text,
                Value::Null => String::new(),
                other => other.to_string(),
            },
            source,
            sign,
        })))
    }
}

/// `failNext`: the next calls of an operation answer with an error.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct FailNext {
    /// The operation.
    pub operation: String,
    /// The name of the error, declared by the operation or not; needed unless `times` is 0.
    #[json(default)]
    pub code: Option<String>,
    /// Its text; one that says who asked for it where absent.
    #[json(default)]
    pub message: Option<String>,
    /// How many calls it is for, 1 where absent; 0 takes back what was said of the operation.
    #[json(default)]
    pub times: Option<u32>,
}

impl FailNext {
    /// As the engine's control.
    ///
    /// # Errors
    /// ValidationException where the operation or the error is none, or the times are too many.
    pub fn control(self) -> Result<Control, ApiError> {
        let Some(operation) = model::operation(&self.operation) else {
            return Err(invalid(format!(
                "There is no operation '{}'",
                self.operation
            )));
        };
        let operation: Rc<str> = operation.name.into();
        let times = self.times.unwrap_or(1);
        if times == 0 {
            let failure = None;
            return Ok(Control::FailNext { operation, failure });
        }
        if times > MOST_TIMES {
            return Err(invalid(format!("times is {MOST_TIMES} at most")));
        }
        let code = self.code.unwrap_or_default();
        let Some(code) = ErrorCode::from_name(&code) else {
            return Err(invalid(format!(
                "'{code}' is not the name of an error of the service"
            )));
        };
        let message = self.message.unwrap_or_else(|| {
            format!("The simulator was told to answer {operation} with {code}.")
        });
        Ok(Control::FailNext {
            operation,
            failure: Some(Failure {
                code: code.name().into(),
                message: message.into(),
                times,
            }),
        })
    }
}

/// `attachWorker`: a worker does the jobs of an action type from now on.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase")]
pub struct AttachWorker {
    /// The type, as `Category/Owner/Provider/Version`.
    pub action_type: String,
    /// How it works. What is not known there is refused.
    #[json(flatten)]
    settings: serde_json::Map<String, Value>,
}

impl AttachWorker {
    /// As the engine's control.
    ///
    /// # Errors
    /// ValidationException where the type is not written as one, or a setting is none.
    pub fn control(self) -> Result<Control, ApiError> {
        Ok(Control::AttachWorker {
            action_type: action_type(&self.action_type)?,
            settings: read::<WorkerSettings>("attachWorker", Value::Object(self.settings))?,
        })
    }

    /// The worker, if a function of the caller does the work.
    #[must_use]
    pub fn external(action_type: String) -> Self {
        let settings = [("external".to_owned(), Value::Bool(true))];
        Self {
            action_type,
            settings: settings.into_iter().collect(),
        }
    }
}

/// `detachWorker`: the worker of an action type asks for no more jobs.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct DetachWorker {
    /// The type, as `Category/Owner/Provider/Version`.
    pub action_type: String,
}

impl DetachWorker {
    /// As the engine's control.
    ///
    /// # Errors
    /// ValidationException where the type is not written as one.
    pub fn control(self) -> Result<Control, ApiError> {
        Ok(Control::DetachWorker {
            action_type: action_type(&self.action_type)?,
        })
    }
}

/// An action type from `Category/Owner/Provider/Version`; version 1 where that is left out.
///
/// # Errors
/// ValidationException where it is not written so.
pub fn action_type(text: &str) -> Result<ActionTypeId, ApiError> {
    let parts: Vec<&str> = text.split('/').collect();
    let (category, owner, provider, version) = match parts.as_slice() {
        [category, owner, provider] => (*category, *owner, *provider, "1"),
        [category, owner, provider, version] => (*category, *owner, *provider, *version),
        _ => {
            return Err(invalid(
                "An action type is named as Category/Owner/Provider/Version",
            ));
        }
    };
    let unknown = || invalid(format!("There is no action type '{text}'"));
    Ok(ActionTypeId {
        category: ActionCategory::ALL
            .iter()
            .copied()
            .find(|known| known.as_str() == category)
            .ok_or_else(unknown)?,
        owner: ActionOwner::ALL
            .iter()
            .copied()
            .find(|known| known.as_str() == owner)
            .ok_or_else(unknown)?,
        provider: provider.to_owned(),
        version: version.to_owned(),
    })
}

/// `setClientToken`: with which token a partner's worker shows who it is.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetClientToken {
    /// The client, as PollForThirdPartyJobs tells it.
    pub client_id: String,
    /// Its token; `null` or absent: the usual one, `DEFAULT_CLIENT_TOKEN`.
    #[json(default)]
    pub client_token: Option<String>,
}

impl SetClientToken {
    /// As the engine's control.
    ///
    /// # Errors
    /// ValidationException where the client is not written as a UUID.
    pub fn control(self) -> Result<Control, ApiError> {
        let digit = |letter: char| matches!(letter, '0'..='9' | 'a'..='f' | '-');
        if self.client_id.len() != 36 || !self.client_id.chars().all(digit) {
            return Err(invalid("A clientId is a UUID"));
        }
        Ok(Control::SetClientToken {
            client: self.client_id.into(),
            token: self.client_token.map(Into::into),
        })
    }
}

/// `setBehavior`.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetBehavior {
    /// Which actions.
    pub target: Target,
    /// How they behave; `null` or absent forgets what was said.
    #[json(default)]
    pub behavior: Option<Behavior>,
}

impl SetBehavior {
    /// As the engine's control.
    ///
    /// # Errors
    /// See [`Target::scope`].
    pub fn control(self, world: &World) -> Result<Control, ApiError> {
        Ok(Control::SetBehavior {
            scope: self.target.scope(world)?,
            behavior: self.behavior,
        })
    }
}

/// `completeAction`: by id, or by names when only one such action runs.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompleteAction {
    /// The action execution.
    #[json(default)]
    pub action_execution_id: Option<String>,
    /// Or the pipeline …
    #[json(default)]
    pub pipeline_name: Option<String>,
    /// … stage …
    #[json(default)]
    pub stage_name: Option<String>,
    /// … and action.
    #[json(default)]
    pub action_name: Option<String>,
    /// `Succeeded` (also where absent) or `Failed`.
    #[json(default)]
    pub status: Option<String>,
    /// The code of a failure.
    #[json(default)]
    pub code: Option<FailureType>,
    /// The message of a failure.
    #[json(default)]
    pub message: Option<String>,
    /// Output variables of a success.
    #[json(default)]
    pub output_variables: BTreeMap<String, String>,
}

impl CompleteAction {
    /// As the engine's control.
    ///
    /// # Errors
    /// ValidationException where no action or more than one is meant, or the status is another.
    pub fn control(self, world: &World) -> Result<Control, ApiError> {
        let action = match &self.action_execution_id {
            Some(uuid) => world
                .key()
                .parse(Kind::ActionExecution, uuid)
                .ok_or_else(|| invalid("There is no action execution with this id"))?,
            None => self.only_one(world)?,
        };
        let failure = match self.status.as_deref() {
            None | Some("Succeeded") => None,
            Some("Failed") => Some((self.code.unwrap_or(FailureType::JobFailed), self.message)),
            Some(other) => {
                return Err(invalid(format!(
                    "A status is Succeeded or Failed, not {other}"
                )));
            }
        };
        Ok(Control::CompleteAction {
            action,
            failure,
            output_variables: self.output_variables,
        })
    }

    fn only_one(&self, world: &World) -> Result<ActionExecutionId, ApiError> {
        let (Some(pipeline), Some(stage), Some(action)) =
            (&self.pipeline_name, &self.stage_name, &self.action_name)
        else {
            return Err(invalid(
                "Name an actionExecutionId, or pipelineName, stageName and actionName",
            ));
        };
        let pipeline = world
            .pipeline_named(pipeline)
            .ok_or_else(|| invalid(format!("There is no pipeline '{pipeline}'")))?;
        let mut running = vec![];
        for execution in pipeline
            .executions
            .values()
            .filter(|execution| execution.active())
        {
            let plan = pipeline.plan(execution.version);
            for (ordinal, record) in execution.numbered().filter(|(_, record)| record.running()) {
                if plan.stage(record.stage).name == *stage
                    && plan.action(record.stage, record.action).name == *action
                {
                    let execution = ExecutionId {
                        pipeline: pipeline.id,
                        number: execution.number,
                    };
                    running.push(ActionExecutionId { execution, ordinal });
                }
            }
        }
        match running.as_slice() {
            [one] => Ok(*one),
            [] => Err(invalid(format!(
                "No execution of the action '{action}' is under way"
            ))),
            _ => Err(invalid(format!(
                "{} executions of the action '{action}' are under way: name one",
                running.len()
            ))),
        }
    }
}

/// `pushRevision`: a revision arrives at a source place, and every pipeline that looks there reacts.
#[derive(Clone, Debug, Default, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PushRevision {
    /// CodeCommit, CodeStarSourceConnection or GitHub for a repository, S3 for an object, ECR for an image.
    pub provider: String,
    /// The repository, `owner/name` where the provider has owners.
    pub repository: Option<String>,
    /// The branch; `main` where absent.
    pub branch: Option<String>,
    /// Whether the push makes the branch.
    pub creates_branch: bool,
    /// The changed files, by their paths from the root of the repository.
    pub files: Vec<String>,
    /// A Git tag: it names the newest commit of the branch, or the one with `revisionId`. Or the tag of an image,
    /// `latest` where absent.
    pub tag: Option<String>,
    /// Something happened to a pull request.
    pub pull_request: Option<PullRequest>,
    /// The Git host behind a connection.
    pub host: Option<GitHost>,
    /// The bucket.
    pub bucket: Option<String>,
    /// The key.
    pub key: Option<String>,
    /// The commit message.
    pub message: Option<String>,
    /// The commit id, version or digest; made up where absent.
    pub revision_id: Option<String>,
    /// Who made the commit; made up where absent.
    pub author: CommitAuthor,
}

/// Who made a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CommitAuthor {
    /// Their name.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Their id at the Git host.
    pub id: Option<String>,
}

/// What happened to a pull request.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct PullRequest {
    /// OPEN, UPDATED or CLOSED.
    pub event: GitPullRequestEventType,
    /// Whether it was closed by merging it.
    #[json(default)]
    pub merged: bool,
    /// The branch that is to be merged: its newest commit runs.
    pub source_branch: String,
    /// The branch that it is to be merged into; `main` where absent.
    #[json(default)]
    pub destination_branch: Option<String>,
    /// Its number; 1 where absent.
    #[json(default)]
    pub id: Option<String>,
    /// Its title; made from its branches where absent.
    #[json(default)]
    pub title: Option<String>,
}

/// The longest text that names anything of a change, in characters.
const LONGEST_NAME: usize = 1_024;

impl PushRevision {
    /// As the engine's control.
    ///
    /// # Errors
    /// As [`Self::source_change`].
    pub fn control(self, _world: &World) -> Result<Control, ApiError> {
        Ok(Control::PushRevision(Box::new(self.source_change()?)))
    }

    /// What changes where.
    ///
    /// # Errors
    /// ValidationException where the place is not complete, a member belongs to another kind of place, or a text is
    /// empty or too long.
    pub fn source_change(self) -> Result<SourceChange, ApiError> {
        self.check_members()?;
        self.check_lengths()?;
        let need = |value: Option<String>, what: &str| {
            value.ok_or_else(|| invalid(format!("A change needs a {what}")))
        };
        let change = match self.provider.as_str() {
            "S3" => Change::Object {
                bucket: need(self.bucket, "bucket")?,
                key: need(self.key, "key")?,
                version_id: self.revision_id,
            },
            "ECR" => Change::Image {
                repository: need(self.repository, "repository")?,
                tag: self.tag.unwrap_or_else(|| "latest".to_owned()),
                digest: self.revision_id,
            },
            provider => {
                let provider = match provider {
                    "CodeCommit" => GitProvider::CodeCommit,
                    "CodeStarSourceConnection" => GitProvider::CodeStarSourceConnection,
                    "GitHub" => GitProvider::GitHub,
                    other => return Err(invalid(format!("'{other}' is not a source provider"))),
                };
                let repository = need(self.repository, "repository")?;
                let host = self.host.unwrap_or_default();
                let branch = self.branch.unwrap_or_else(usual_branch);
                match (self.pull_request, self.tag) {
                    (Some(pull_request), None) => Change::PullRequest {
                        provider,
                        repository,
                        host,
                        id: pull_request.id.unwrap_or_else(first_number),
                        title: pull_request.title,
                        event: pull_request.event,
                        merged: pull_request.merged,
                        source_branch: pull_request.source_branch,
                        destination_branch: pull_request
                            .destination_branch
                            .unwrap_or_else(usual_branch),
                        files: self.files,
                        commit_id: self.revision_id,
                    },
                    (None, Some(tag)) => Change::Tag {
                        provider,
                        repository,
                        host,
                        branch,
                        tag,
                        commit_id: self.revision_id,
                    },
                    (None, None) => Change::Push {
                        provider,
                        repository,
                        host,
                        branch,
                        files: self.files,
                        creates_branch: self.creates_branch,
                        commit_id: self.revision_id,
                    },
                    (Some(_), Some(_)) => {
                        return Err(invalid("A change is a tag or a pull request, not both"));
                    }
                }
            }
        };
        let CommitAuthor { name, email, id } = self.author;
        Ok(SourceChange {
            change,
            message: self.message,
            author: Author { name, email, id },
        })
    }

    /// Members that would be ignored are refused: whoever says them means something.
    fn check_members(&self) -> Result<(), ApiError> {
        let object = self.provider == "S3";
        let image = self.provider == "ECR";
        let git = !object && !image;
        let pull_request = self.pull_request.is_some();
        let branch = git && !pull_request;
        let push = branch && self.tag.is_none();
        let author = self.author != CommitAuthor::default();
        for (member, said, fits) in [
            ("repository", self.repository.is_some(), git || image),
            ("branch", self.branch.is_some(), branch),
            ("createsBranch", self.creates_branch, push),
            ("files", !self.files.is_empty(), push || pull_request),
            ("tag", self.tag.is_some(), git || image),
            ("pullRequest", pull_request, git),
            ("host", self.host.is_some(), git),
            ("bucket", self.bucket.is_some(), object),
            ("key", self.key.is_some(), object),
            ("message", self.message.is_some(), git),
            ("author", author, git),
        ] {
            if said && !fits {
                return Err(invalid(format!(
                    "{member} says nothing about a change of this kind at {}",
                    self.provider
                )));
            }
        }
        let merged = self.pull_request.as_ref().filter(|it| it.merged);
        if merged.is_some_and(|it| it.event != GitPullRequestEventType::Closed) {
            return Err(invalid("A pull request is merged with the event CLOSED"));
        }
        Ok(())
    }

    fn check_lengths(&self) -> Result<(), ApiError> {
        let pull_request = self.pull_request.as_ref();
        let names = [
            ("repository", self.repository.as_ref()),
            ("branch", self.branch.as_ref()),
            ("tag", self.tag.as_ref()),
            ("bucket", self.bucket.as_ref()),
            ("key", self.key.as_ref()),
            ("revisionId", self.revision_id.as_ref()),
            ("sourceBranch", pull_request.map(|it| &it.source_branch)),
            (
                "destinationBranch",
                pull_request.and_then(|it| it.destination_branch.as_ref()),
            ),
            ("id", pull_request.and_then(|it| it.id.as_ref())),
            ("title", pull_request.and_then(|it| it.title.as_ref())),
            ("author.name", self.author.name.as_ref()),
            ("author.email", self.author.email.as_ref()),
            ("author.id", self.author.id.as_ref()),
        ];
        for (member, text) in names {
            if text.is_some_and(|text| !(1..=LONGEST_NAME).contains(&text.chars().count())) {
                return Err(invalid(format!(
                    "{member} has between 1 and {LONGEST_NAME} characters"
                )));
            }
        }
        Ok(())
    }
}

/// The pipeline that a control names.
fn pipeline_named<'a>(world: &'a World, name: &str) -> Result<&'a Pipeline, ApiError> {
    world
        .pipeline_named(name)
        .ok_or_else(|| invalid(format!("There is no pipeline '{name}'")))
}

/// `explainTriggers`: what a change would do to a pipeline, filter by filter. A question: nothing happens.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExplainTriggers {
    /// The pipeline.
    pub pipeline_name: String,
    /// The change, as `pushRevision` takes it.
    pub change: PushRevision,
}

impl ExplainTriggers {
    /// The answer: one element for each way in which a source action could notice the change.
    ///
    /// # Errors
    /// ValidationException where the pipeline does not exist or the change is none.
    pub fn answer(self, world: &World) -> Result<Vec<TriggerExplanation>, ApiError> {
        let pipeline = pipeline_named(world, &self.pipeline_name)?;
        let change = self.change.source_change()?;
        Ok(source_change::explain(world, pipeline, &change.change))
    }
}

/// `setEventRule`: whether a rule of EventBridge starts a pipeline when its CodeCommit, S3 or ECR sources change.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetEventRule {
    /// The pipeline.
    pub pipeline_name: String,
    /// `null` or absent: where the console would have made one.
    #[json(default)]
    pub enabled: Option<bool>,
}

impl SetEventRule {
    /// As the engine's control.
    ///
    /// # Errors
    /// ValidationException where the pipeline does not exist.
    pub fn control(self, world: &World) -> Result<Control, ApiError> {
        Ok(Control::SetEventRule {
            pipeline: pipeline_named(world, &self.pipeline_name)?.id,
            enabled: self.enabled,
        })
    }
}

/// `setSchedule`: a schedule of EventBridge starts a pipeline.
#[derive(Clone, Debug, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetSchedule {
    /// The pipeline.
    pub pipeline_name: String,
    /// `cron(…)` or `rate(…)`, in UTC; `null` or absent removes the schedule.
    #[json(default)]
    pub expression: Option<String>,
    /// Values of pipeline variables that come with each start.
    #[json(default)]
    pub variables: Vec<PipelineVariable>,
    /// Revisions that come with each start.
    #[json(default)]
    pub source_revisions: Vec<SourceRevisionOverride>,
}

impl SetSchedule {
    /// As the engine's control.
    ///
    /// # Errors
    /// ValidationException where the pipeline does not exist.
    pub fn control(self, world: &World) -> Result<Control, ApiError> {
        Ok(Control::SetSchedule {
            pipeline: pipeline_named(world, &self.pipeline_name)?.id,
            expression: self.expression,
            variables: self.variables,
            overrides: self.source_revisions,
        })
    }
}

/// `advance`: how far.
#[derive(Clone, Debug, Default, FromJson)]
#[json(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Advance {
    /// Milliseconds to go.
    pub milliseconds: Option<f64>,
    /// Seconds to go.
    pub seconds: Option<f64>,
    /// Minutes to go.
    pub minutes: Option<f64>,
    /// Hours to go.
    pub hours: Option<f64>,
    /// Days to go.
    pub days: Option<f64>,
    /// An instant, in milliseconds since 1970.
    pub to: Option<f64>,
    /// To the next instant at which something is recorded.
    pub to_next_event: Option<bool>,
    /// Until no work is under way.
    pub until_idle: Option<bool>,
    /// The furthest, in milliseconds of virtual time; 30 days where absent.
    pub at_most: Option<f64>,
}

/// Where an advance ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// At an instant.
    At(Instant),
    /// At the next instant at which something is recorded, or at the limit.
    NextEvent(Instant),
    /// When no work is under way, or at the limit.
    Idle(Instant),
}

impl Advance {
    /// The goal from here.
    ///
    /// # Errors
    /// ValidationException where not exactly one way is named, or it leads backwards.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "floats are held inside the calendar"
    )]
    pub fn goal(&self, now: Instant) -> Result<Goal, ApiError> {
        let spans = [
            (self.milliseconds, 1),
            (self.seconds, SECOND),
            (self.minutes, MINUTE),
            (self.hours, HOUR),
            (self.days, DAY),
        ];
        let named: Vec<f64> = spans
            .iter()
            .filter_map(|(amount, unit)| amount.map(|amount| amount * *unit as f64))
            .collect();
        let limit = now.after(self.at_most.map_or(30 * DAY, |most| most.max(0.0) as i64));
        let ways = usize::from(!named.is_empty())
            + usize::from(self.to.is_some())
            + usize::from(self.to_next_event == Some(true))
            + usize::from(self.until_idle == Some(true));
        if ways != 1 {
            return Err(invalid(
                "advance takes a span, or to, or toNextEvent, or untilIdle",
            ));
        }
        if self.to_next_event == Some(true) {
            return Ok(Goal::NextEvent(limit));
        }
        if self.until_idle == Some(true) {
            return Ok(Goal::Idle(limit));
        }
        let target = match self.to {
            Some(to) => to,
            None => now.0 as f64 + named.iter().sum::<f64>(),
        };
        if !target.is_finite() || target < now.0 as f64 {
            return Err(invalid("Time only goes forward"));
        }
        Ok(Goal::At(Instant(target as i64).min(Instant::LAST)))
    }
}
