//! Something changes at a place where source actions look, and every pipeline that watches the place reacts by its own
//! rules (execution.md §11.1, §11.3, §11.4; which revision runs: ST-12).
//!
//! What a change means to a pipeline is asked of the pure [`triggers`]; what follows is decided here: an execution at
//! once, with its revision pinned, or a poll that will find the change. The answer says of each pipeline what it did
//! and why. A change that starts nothing is no failure.

use std::{collections::BTreeMap, rc::Rc};

use crate::json::ToJson;
use crate::order::sort_by;

use super::{
    polling,
    schedule::rule_arn,
    start::{self, Occasion},
    webhook,
};
use crate::{
    engine::{
        decision::Decision,
        fact::Event,
        ids::{ExecutionId, PipelineId},
        random::{digest, mix},
        reason::Reason,
        time::Instant,
        triggers::{
            Outside,
            change::{Change, GitHost},
            explain_triggers,
            explanation::{Detection, TriggerExplanation},
        },
        world::{
            World,
            execution::Trigger,
            pin::{GitOrigin, GitReference, Pin},
            pipeline::Pipeline,
            source::{Place, Revision},
        },
    },
    model::{ActionDeclaration, ActionOwner, ExecutionMode, TriggerType},
};

/// A change, with what is said about it besides where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceChange {
    /// Where and what.
    pub change: Change,
    /// The message of a commit.
    pub message: Option<String>,
    /// Who made it; made up where nobody says.
    pub author: Author,
}

/// Who made a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// Their name.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Their id at the Git host.
    pub id: Option<String>,
}

/// What came of a change.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct Reactions {
    /// The revision that it is: the commit, version or digest.
    pub revision_id: String,
    /// Every pipeline that watches the place, by name.
    pub pipelines: Vec<Reaction>,
    /// The webhooks that the repository called because they are registered with it (WH-15), and what they answered.
    #[json(skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<webhook::Answer>,
}

/// What a pipeline did about a change.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct Reaction {
    /// The pipeline.
    pub pipeline_name: String,
    /// Whether at least one execution was started.
    pub started: bool,
    /// The executions, in the order of their start. Two where a poll is not the only way (TG-14, TG-17).
    pub pipeline_execution_ids: Vec<String>,
    /// When the pipeline's poll will find the change, in milliseconds since 1970; absent where no poll will.
    #[json(skip_serializing_if = "Option::is_none")]
    pub polls_at: Option<Instant>,
    /// The rule that decided.
    pub rule: &'static str,
    /// Why, in sentences.
    pub because: String,
    /// The whole of it: each way in which a source action could have noticed the change.
    pub triggers: Vec<TriggerExplanation>,
}

/// A change happens.
pub fn happen(decision: &mut Decision, what: &SourceChange) -> Reactions {
    let mut told: BTreeMap<PipelineId, Reaction> = BTreeMap::new();
    let mut webhooks = vec![];
    let SourceChange { change, .. } = what;
    // An update of a pull request is a push to its source branch, merging one a push to its destination.
    if let Some(push) = change.push_of_update() {
        let revision = one(decision, &push, what, &mut told);
        webhooks.extend(call_webhooks(decision, &push, &revision));
    }
    let revision = one(decision, change, what, &mut told);
    webhooks.extend(call_webhooks(decision, change, &revision));
    if let Some(push) = change.push_of_merge() {
        let merge = SourceChange {
            change: push,
            message: Some(message_of_merge(change)),
            author: what.author.clone(),
        };
        let revision = one(decision, &merge.change, &merge, &mut told);
        webhooks.extend(call_webhooks(decision, &merge.change, &revision));
    }
    let mut pipelines: Vec<Reaction> = told.into_values().collect();
    sort_by(&mut pipelines, |one, other| {
        one.pipeline_name.cmp(&other.pipeline_name)
    });
    Reactions {
        revision_id: revision.id.clone(),
        pipelines,
        webhooks,
    }
}

/// GitHub calls the webhooks that are registered with it, after a push.
fn call_webhooks(
    decision: &mut Decision,
    change: &Change,
    revision: &Revision,
) -> Vec<webhook::Answer> {
    match (change, change.place()) {
        (Change::Push { .. }, Some(place)) => webhook::call_registered(decision, &place, revision),
        _ => vec![],
    }
}

/// What a change would do to a pipeline that exists, without doing it.
#[must_use]
pub fn explain(world: &World, pipeline: &Pipeline, change: &Change) -> Vec<TriggerExplanation> {
    let outside = Outside {
        event_rule: pipeline.watch.event_rule,
        polling_disabled: polling::given_up(pipeline, polling::next_look(world.now)).is_some(),
    };
    let changes = [
        change.push_of_update(),
        Some(change.clone()),
        change.push_of_merge(),
    ];
    changes
        .iter()
        .flatten()
        .flat_map(|change| explain_triggers(&pipeline.current().plan.declaration, change, &outside))
        .collect()
}

fn message_of_merge(change: &Change) -> String {
    match change {
        Change::PullRequest {
            id, source_branch, ..
        } => format!("Merge pull request #{id} from {source_branch}"),
        _ => String::new(),
    }
}

/// One of the changes that belong together.
fn one(
    decision: &mut Decision,
    change: &Change,
    what: &SourceChange,
    told: &mut BTreeMap<PipelineId, Reaction>,
) -> Rc<Revision> {
    let revision = Rc::new(revision(decision, change, what));
    if let Some(place) = change.place() {
        decision.record(Event::RevisionArrived {
            place,
            revision: Rc::clone(&revision),
        });
    }
    let pipelines: Vec<PipelineId> = decision
        .pipelines_by_name()
        .map(|pipeline| pipeline.id)
        .collect();
    for id in pipelines {
        react(decision, id, change, what, &revision, told);
    }
    revision
}

fn react(
    decision: &mut Decision,
    id: PipelineId,
    change: &Change,
    what: &SourceChange,
    revision: &Rc<Revision>,
    told: &mut BTreeMap<PipelineId, Reaction>,
) {
    let pipeline = decision.pipeline(id);
    let plan = Rc::clone(&pipeline.current().plan);
    let outside = Outside {
        event_rule: pipeline.watch.event_rule,
        polling_disabled: polling::given_up(pipeline, polling::next_look(decision.now())).is_some(),
    };
    let mut explanations = explain_triggers(&plan.declaration, change, &outside);
    explanations.retain(|one| one.watches);
    if explanations.is_empty() {
        return;
    }
    let name = pipeline.name().to_owned();
    let mut started = vec![];
    let mut polls = false;
    for explanation in explanations.iter().filter(|one| one.starts) {
        let sources = plan.declaration.stages.first();
        let action = sources
            .into_iter()
            .flat_map(|stage| &stage.actions)
            .find(|action| action.name == explanation.action_name);
        let Some(action) = action else { continue };
        if explanation.detection == Detection::Polling {
            if let Some(place) = change.place() {
                polling::plan(decision, id, &action.name, place);
                polls = true;
            }
            continue;
        }
        let occasion = occasion(
            decision,
            id,
            explanation.detection,
            action,
            change,
            what,
            revision,
        );
        started.extend(start::by_event(decision, id, occasion));
    }
    let reaction = told.entry(id).or_insert_with(|| Reaction {
        pipeline_name: name,
        started: false,
        pipeline_execution_ids: vec![],
        polls_at: None,
        rule: "",
        because: String::new(),
        triggers: vec![],
    });
    reaction.add(decision, id, explanations, &started, polls);
}

impl Reaction {
    /// Adds what one change did.
    fn add(
        &mut self,
        world: &World,
        id: PipelineId,
        explanations: Vec<TriggerExplanation>,
        started: &[ExecutionId],
        polls: bool,
    ) {
        self.triggers.extend(explanations);
        let ids = started.iter().map(|id| world.key().execution(*id));
        self.pipeline_execution_ids.extend(ids);
        self.started = !self.pipeline_execution_ids.is_empty();
        let pipeline = world.pipeline(id);
        if polls {
            self.polls_at = pipeline.watch.poll.as_ref().map(|poll| poll.at);
        }
        // What starts something is the whole reason; else each way says why it does not.
        let starts = self.triggers.iter().any(|one| one.starts);
        let mut said: Vec<(&'static str, &str)> = vec![];
        for one in self.triggers.iter().filter(|one| one.starts == starts) {
            if !said.iter().any(|(_, because)| *because == one.because) {
                said.push((one.rule, &one.because));
            }
        }
        self.rule = said.first().map_or("", |(rule, _)| rule);
        let sentences: Vec<&str> = said.iter().map(|(_, because)| *because).collect();
        self.because = sentences.join(" ");
        for id in started {
            let refused = &world.execution(*id).reason;
            if let Some(reason @ (Reason::TooManyExecutions | Reason::VariableMissing { .. })) =
                refused
            {
                self.rule = reason.rule();
                self.because.push_str(match reason {
                    Reason::TooManyExecutions => {
                        " The execution failed at once: as many as may be are active."
                    }
                    _ => " The execution failed at once: a pipeline variable has no value.",
                });
            }
        }
    }
}

/// The revision that a change is. A branch, an object or an image gets a new one; a tag and a pull request name what
/// a branch has.
fn revision(world: &World, change: &Change, what: &SourceChange) -> Revision {
    let (given, place, exists) = match change {
        Change::Push {
            provider,
            repository,
            branch,
            commit_id,
            ..
        } => (commit_id, provider.branch(repository, branch), false),
        Change::Tag {
            provider,
            repository,
            branch,
            commit_id,
            ..
        } => (commit_id, provider.branch(repository, branch), true),
        Change::PullRequest {
            provider,
            repository,
            source_branch,
            commit_id,
            ..
        } => (commit_id, provider.branch(repository, source_branch), true),
        Change::Object {
            bucket,
            key,
            version_id,
        } => {
            let (bucket, key) = (bucket.clone(), key.clone());
            (version_id, Place::Object { bucket, key }, false)
        }
        Change::Image {
            repository,
            tag,
            digest,
        } => {
            let (repository, tag) = (repository.clone(), tag.clone());
            (digest, Place::Image { repository, tag }, false)
        }
    };
    if exists {
        let newest = world.revision_at(&place);
        if given.as_ref().is_none_or(|given| *given == newest.id) {
            return Revision::clone(&newest);
        }
    }
    let seed = world.options.seed ^ (world.sequence + 1);
    let made_up = place.first_revision(seed, world.now);
    let is_commit = !matches!(change, Change::Object { .. } | Change::Image { .. });
    Revision {
        id: given.clone().unwrap_or(made_up.id),
        message: match &what.message {
            Some(message) => message.clone(),
            None => made_up.message,
        },
        author: what
            .author
            .name
            .clone()
            .filter(|_| is_commit)
            .unwrap_or(made_up.author),
        created: world.now,
    }
}

/// What starts an execution for a change, and which revision it takes.
fn occasion(
    world: &World,
    id: PipelineId,
    detection: Detection,
    action: &ActionDeclaration,
    change: &Change,
    what: &SourceChange,
    revision: &Rc<Revision>,
) -> Occasion {
    let pipeline = world.pipeline(id);
    let mode = pipeline.current().plan.mode;
    if detection == Detection::EventRule {
        return Occasion {
            pins: pin(mode, action, Rc::clone(revision), None),
            ..Occasion::from(Trigger {
                kind: TriggerType::CloudWatchEvent,
                detail: rule_arn(world, pipeline, &action.name).into(),
            })
        };
    }
    let origin = origin(action, change, what, revision);
    Occasion {
        pins: pin(
            mode,
            action,
            Rc::clone(revision),
            Some(Rc::new(origin.clone())),
        ),
        ..Occasion::from(Trigger {
            kind: detection.trigger_type(),
            detail: webhook_detail(&origin, revision).into(),
        })
    }
}

/// ST-12, PA-7: the source action that noticed the change takes its revision, unless it is one of CodeCommit or S3 in
/// PARALLEL mode, which take what is newest when they start.
#[must_use]
pub fn pin(
    mode: ExecutionMode,
    action: &ActionDeclaration,
    revision: Rc<Revision>,
    git: Option<Rc<GitOrigin>>,
) -> Vec<Pin> {
    let id = &action.action_type_id;
    let newest = mode == ExecutionMode::Parallel
        && id.owner == ActionOwner::Aws
        && matches!(id.provider.as_str(), "CodeCommit" | "S3");
    if newest {
        return vec![];
    }
    vec![Pin {
        action: action.name.clone(),
        revision,
        git,
    }]
}

/// What a connection tells of a change.
fn origin(
    action: &ActionDeclaration,
    change: &Change,
    what: &SourceChange,
    revision: &Revision,
) -> GitOrigin {
    let value = |key: &str| {
        let configuration = action.configuration.as_ref();
        configuration
            .and_then(|configuration| configuration.get(key))
            .cloned()
            .unwrap_or_default()
    };
    let (host, reference) = match change {
        Change::Tag {
            host, tag, branch, ..
        } => (
            *host,
            GitReference::Tag {
                name: tag.clone(),
                branch: branch.clone(),
            },
        ),
        Change::PullRequest {
            host,
            id,
            title,
            source_branch,
            destination_branch,
            ..
        } => (
            *host,
            GitReference::PullRequest {
                id: id.clone(),
                title: title
                    .clone()
                    .unwrap_or_else(|| format!("{source_branch} into {destination_branch}")),
                source: source_branch.clone(),
                destination: destination_branch.clone(),
            },
        ),
        Change::Push { host, branch, .. } => (
            *host,
            GitReference::Branch {
                name: branch.clone(),
            },
        ),
        // A connection holds no objects and no images.
        Change::Object { .. } | Change::Image { .. } => (
            GitHost::default(),
            GitReference::Branch {
                name: String::new(),
            },
        ),
    };
    let address = |name: &str| {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        format!("{}@example.com", words.join("."))
    };
    GitOrigin {
        host,
        repository: value("FullRepositoryId"),
        connection_arn: value("ConnectionArn"),
        author_email: what
            .author
            .email
            .clone()
            .unwrap_or_else(|| address(&revision.author)),
        author_id: what
            .author
            .id
            .clone()
            .unwrap_or_else(|| (mix(digest(&revision.author)) % 100_000_000).to_string()),
        reference,
    }
}

/// `triggerDetail` of a change that came through a connection (§11.1): JSON, 1,024 characters at most, so the longest
/// members go first where it would be more.
fn webhook_detail(origin: &GitOrigin, revision: &Revision) -> String {
    const MOST: usize = 1_024;
    #[derive(ToJson)]
    #[json(rename_all = "PascalCase")]
    struct Detail<'a> {
        #[json(skip_serializing_if = "Option::is_none")]
        connection_arn: Option<&'a str>,
        #[json(skip_serializing_if = "Option::is_none")]
        full_repository_name: Option<&'a str>,
        #[json(skip_serializing_if = "Option::is_none")]
        branch_name: Option<&'a str>,
        #[json(skip_serializing_if = "Option::is_none")]
        tag_name: Option<&'a str>,
        #[json(skip_serializing_if = "Option::is_none")]
        pull_request_id: Option<&'a str>,
        #[json(skip_serializing_if = "Option::is_none")]
        source_branch_name: Option<&'a str>,
        #[json(skip_serializing_if = "Option::is_none")]
        destination_branch_name: Option<&'a str>,
        commit_id: &'a str,
    }
    let mut detail = Detail {
        connection_arn: Some(&origin.connection_arn),
        full_repository_name: Some(&origin.repository),
        branch_name: None,
        tag_name: None,
        pull_request_id: None,
        source_branch_name: None,
        destination_branch_name: None,
        commit_id: &revision.id,
    };
    match &origin.reference {
        GitReference::Branch { name } => detail.branch_name = Some(name),
        GitReference::Tag { name, .. } => detail.tag_name = Some(name),
        GitReference::PullRequest {
            id,
            source,
            destination,
            ..
        } => {
            detail.pull_request_id = Some(id);
            detail.source_branch_name = Some(source);
            detail.destination_branch_name = Some(destination);
        }
    }
    let text = |detail: &Detail| crate::json::to_text(detail);
    if text(&detail).chars().count() > MOST {
        detail.connection_arn = None;
    }
    if text(&detail).chars().count() > MOST {
        detail.full_repository_name = None;
    }
    if text(&detail).chars().count() > MOST {
        detail.branch_name = None;
        detail.tag_name = None;
        detail.source_branch_name = None;
        detail.destination_branch_name = None;
    }
    text(&detail)
}
