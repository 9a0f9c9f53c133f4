//! PROVIDERS. What each kind of simulated action does when it runs: how long it takes, what it is called at its
//! provider, what it leaves behind, how it words success and failure.
//!
//! One file per category of work, one small type per provider. A provider decides nothing about the pipeline: it
//! is asked, and answers. Counts, keys, timeouts and usual durations are facts and stand in the
//! [`catalogue`](super::catalogue). Nothing is built or deployed here, and nothing says so.

mod approvals;
mod builds;
mod deploys;
mod invokes;
mod partners;
mod sources;
mod targets;
mod urls;

use std::{collections::BTreeMap, rc::Rc};

pub use sources::revision_url;
pub use targets::targets;
pub use urls::{Urls, declared_urls, urls};

use super::{
    catalogue::ActionType,
    ids::{ActionExecutionId, Kind},
    time::{Instant, SECOND},
    world::{
        World,
        execution::{ActionExecution, Execution},
        pipeline::Pipeline,
        plan::ActionPlan,
        source::{Place, Revision},
    },
};
use crate::model::{
    ActionCategory, ActionDeclaration, ActionExecutionStatus, ActionOwner, SourceRevisionType,
};

/// Configuration of an action after resolution.
pub type Configuration = BTreeMap<String, String>;

/// One action execution, with everything a provider may look at.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The world it runs in.
    pub world: &'a World,
    /// The pipeline it runs for.
    pub pipeline: &'a Pipeline,
    /// The execution it runs for.
    pub execution: &'a Execution,
    /// Its id.
    pub id: ActionExecutionId,
    /// The action as declared.
    pub declaration: &'a ActionDeclaration,
    /// Its configuration after resolution.
    pub configuration: &'a Configuration,
}

impl<'a> Run<'a> {
    /// A configuration value; empty where the key is absent.
    #[must_use]
    pub fn value(&self, key: &str) -> &'a str {
        self.configuration.get(key).map_or("", String::as_str)
    }

    /// The UUID that the simulated provider gives this run.
    #[must_use]
    pub fn external_uuid(&self) -> String {
        self.world.key().uuid(Kind::External, self.id)
    }

    /// A number that belongs to this run.
    #[must_use]
    pub fn number(&self, salt: u64) -> u64 {
        self.world.key().number(self.id, salt)
    }

    /// The Region it runs in.
    #[must_use]
    pub fn region(&self) -> &'a str {
        self.declaration
            .region
            .as_deref()
            .unwrap_or(&self.world.options.region)
    }

    /// An ARN in the action's Region and the world's account.
    #[must_use]
    pub fn arn(&self, service: &str, resource: &str) -> String {
        let options = &self.world.options;
        format!(
            "arn:{}:{service}:{}:{}:{resource}",
            options.partition,
            self.region(),
            options.account_id
        )
    }
}

/// What a kind of simulated action does.
pub trait Provider: Sync {
    /// The source place that an action with this configuration looks at.
    fn place(&self, _configuration: &Configuration) -> Option<Place> {
        None
    }

    /// The id that the provider gives a run.
    fn external_id(&self, run: &Run) -> Option<String> {
        Some(run.external_uuid())
    }

    /// `summary` of a run that succeeded (LC-21).
    fn summary(&self, _run: &Run, _revision: Option<&Revision>) -> Option<String> {
        None
    }

    /// The message of a run that failed, where nobody gave another.
    fn failure(&self, run: &Run) -> String {
        format!(
            "The {} action failed",
            run.declaration.action_type_id.provider
        )
    }

    /// Output variables of a run that succeeded (§10.4).
    fn variables(&self, _run: &Run, _revision: Option<&Revision>) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    /// Whether it waits for a person by nature.
    fn waits_for_a_person(&self) -> bool {
        false
    }

    /// Whether it waits for a worker by nature (J-5): nothing in the simulator does its work.
    fn waits_for_a_worker(&self) -> bool {
        false
    }

    /// DT-2: the id and the type of the machine with this index, where it deploys to machines.
    fn target(&self, _run: &Run, _index: u64) -> Option<(String, &'static str)> {
        None
    }

    /// Whether it deploys to machines.
    fn has_targets(&self) -> bool {
        false
    }

    /// The pipeline that a run starts when it is done (TG-29).
    fn starts_pipeline<'a>(&self, _configuration: &'a Configuration) -> Option<&'a str> {
        None
    }
}

/// What stands behind an action type.
#[must_use]
pub fn of(kind: Option<&ActionType>) -> &'static dyn Provider {
    let Some(kind) = kind else {
        return &partners::Custom;
    };
    match (kind.category, kind.provider) {
        (ActionCategory::Source, "S3") => &sources::S3,
        (ActionCategory::Source, "CodeCommit") => &sources::CodeCommit,
        (ActionCategory::Source, "ECR") => &sources::Ecr,
        (ActionCategory::Source, "CodeStarSourceConnection") => &sources::Connection,
        (ActionCategory::Source, "GitHub") => &sources::GitHub,
        (_, "CodeBuild") => &builds::CodeBuild,
        (_, "ECRBuildAndPublish") => &builds::EcrBuildAndPublish,
        (_, "Commands") => &builds::Commands,
        (ActionCategory::Deploy, "S3") => &deploys::S3,
        (ActionCategory::Deploy, "CodeDeploy" | "CodeDeployToECS") => &deploys::CodeDeploy,
        (ActionCategory::Deploy, "CloudFormation") => &deploys::CloudFormation,
        (ActionCategory::Deploy, "CloudFormationStackSet" | "CloudFormationStackInstances") => {
            &deploys::StackSet
        }
        (ActionCategory::Deploy, "EC2") => &deploys::Ec2,
        (ActionCategory::Deploy, "EKS") => &deploys::Eks,
        (ActionCategory::Deploy, "Lambda") => &deploys::LambdaDeploy,
        (ActionCategory::Approval, _) => &approvals::Manual,
        (ActionCategory::Invoke, "Lambda") => &invokes::Lambda,
        (ActionCategory::Invoke, "StepFunctions") => &invokes::StepFunctions,
        (ActionCategory::Invoke, "InspectorScan") => &invokes::InspectorScan,
        (ActionCategory::Invoke, "CodePipeline") => &invokes::CodePipeline,
        (ActionCategory::Deploy, _) => &deploys::Plain,
        _ => &partners::Partner,
    }
}

/// How long a run takes by the catalogue, shortest and longest, in milliseconds.
#[must_use]
pub fn usual_duration(kind: Option<&ActionType>, configuration: &Configuration) -> (i64, i64) {
    // A custom type's work takes as long as its worker says; nothing usual is known of it.
    let Some(kind) = kind else { return (0, 0) };
    let range = kind.duration_with(|key| configuration.get(key).map(String::as_str));
    (i64::from(range.min) * SECOND, i64::from(range.max) * SECOND)
}

/// What the queries show of an action execution besides its record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// `externalExecutionId`.
    pub external_id: Option<String>,
    /// `summary`.
    pub summary: Option<String>,
}

/// Derives what the record does not keep.
#[must_use]
pub fn shown(run: &Run, plan: &ActionPlan, action: &ActionExecution) -> Shown {
    let provider = of(plan.kind);
    let ending = &action.ending;
    let progress = action.progress.as_deref();
    let external_id = ending
        .external_id
        .clone()
        .or_else(|| progress?.external_id.clone())
        .or_else(|| provider.external_id(run));
    let reported = || ending.summary.clone().or_else(|| progress?.summary.clone());
    let summary = reported().or_else(|| match action.status {
        ActionExecutionStatus::Succeeded => provider.summary(run, ending.revision.as_deref()),
        _ => None,
    });
    Shown {
        external_id,
        summary,
    }
}

/// The revision that a source action finds as it begins: the one that the execution was started for, the override for
/// it, or what its place holds (ST-12, PA-7). `None` for an action that looks nowhere.
#[must_use]
pub fn revision(
    world: &World,
    execution: &Execution,
    declaration: &ActionDeclaration,
    plan: &ActionPlan,
    configuration: &Configuration,
) -> Option<Rc<Revision>> {
    if let Some(pin) = execution.pin(&declaration.name) {
        return Some(Rc::clone(&pin.revision));
    }
    let place = of(plan.kind).place(configuration)?;
    let newest = world.revision_at(&place);
    let given = execution.overrides.iter().find(|given| {
        given.action_name == declaration.name
            && given.revision_type != SourceRevisionType::S3ObjectKey
    });
    Some(match given {
        Some(given) if given.revision_value != newest.id => Rc::new(Revision {
            id: given.revision_value.clone(),
            message: String::new(),
            author: String::new(),
            created: execution.started,
        }),
        _ => newest,
    })
}

/// TG-24: the key of the object that an execution was told to take instead of the declared one.
#[must_use]
pub fn overridden_key<'a>(
    execution: &'a Execution,
    declaration: &ActionDeclaration,
) -> Option<&'a str> {
    execution
        .overrides
        .iter()
        .find(|given| {
            given.action_name == declaration.name
                && given.revision_type == SourceRevisionType::S3ObjectKey
        })
        .map(|given| given.revision_value.as_str())
}

/// How long an action may take, in milliseconds (§13 of execution.md; AP-7 for approvals).
#[must_use]
pub fn timeout(plan: &ActionPlan, declaration: &ActionDeclaration) -> i64 {
    use super::time::{HOUR, MINUTE};
    let own = declaration
        .timeout_in_minutes
        .map(|minutes| minutes.saturating_mul(MINUTE));
    let usual = || match plan.kind {
        Some(kind) => i64::from(kind.timeout_minutes) * MINUTE,
        None if declaration.action_type_id.owner == ActionOwner::Custom => 24 * HOUR,
        None => HOUR,
    };
    own.unwrap_or_else(usual)
}

/// A date as output variables carry it.
fn date(instant: Instant) -> String {
    instant.iso_seconds()
}
