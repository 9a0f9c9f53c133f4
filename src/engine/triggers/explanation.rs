//! The answer: whether a change starts a pipeline, and why, down to the single pattern. Every level says whether it
//! passes, gives the id of the rule that decided, and a sentence for people.

use crate::json::ToJson;

use crate::model::TriggerType;

/// What one way in which a source action notices changes makes of a change. A source action can have two: a poll and
/// an event rule (TG-20). Each that starts, starts an execution of its own.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct TriggerExplanation {
    /// The stage of the source action.
    pub stage_name: String,
    /// The source action.
    pub action_name: String,
    /// How it notices changes.
    pub detection: Detection,
    /// Whether the change is where the action looks: in its repository, at its object, under its image tag.
    pub watches: bool,
    /// Whether the change starts the pipeline.
    pub starts: bool,
    /// The rule that decided.
    pub rule: &'static str,
    /// Why, as a sentence.
    pub because: String,
    /// What will run, if it starts.
    #[json(skip_serializing_if = "Option::is_none")]
    pub run: Option<Run>,
    /// The filters of the action's trigger, if it has one: one that passes is enough (TG-7).
    pub filters: Vec<FilterExplanation>,
}

/// How a source action notices changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToJson)]
#[json(rename_all = "camelCase")]
pub enum Detection {
    /// A trigger of the pipeline.
    Trigger,
    /// A connection that watches the action's branch (DetectChanges).
    DetectChanges,
    /// A look every now and then (PollForSourceChanges).
    Polling,
    /// A rule of EventBridge outside of the pipeline.
    EventRule,
}

impl Detection {
    /// What executions that it starts give as their trigger.
    #[must_use]
    pub const fn trigger_type(self) -> TriggerType {
        match self {
            Self::Trigger | Self::DetectChanges => TriggerType::WebhookV2,
            Self::Polling => TriggerType::PollForSourceChanges,
            Self::EventRule => TriggerType::CloudWatchEvent,
        }
    }
}

/// What the source action of an execution takes up.
#[derive(Clone, Debug, PartialEq, Eq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct Run {
    /// The type of the execution's trigger.
    pub trigger_type: TriggerType,
    /// The branch whose commit it is; not for tags, objects and images.
    #[json(skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// The Git tag or the image tag.
    #[json(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The commit, version or digest, where the change names it.
    #[json(skip_serializing_if = "Option::is_none")]
    pub revision_id: Option<String>,
    /// The rule that says which.
    pub rule: &'static str,
    /// Why, as a sentence.
    pub because: String,
}

/// What a filter makes of a change.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct FilterExplanation {
    /// What the filter is about.
    pub about: FilterKind,
    /// Its position among those of its kind, from 0.
    pub index: usize,
    /// Whether the change passes.
    pub passes: bool,
    /// The rule that decided.
    pub rule: &'static str,
    /// Why, as a sentence.
    pub because: String,
    /// Its parts: all have to pass (TG-7). None if the filter is about another kind of event.
    pub parts: Vec<PartExplanation>,
}

/// What a filter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToJson)]
#[json(rename_all = "camelCase")]
pub enum FilterKind {
    /// Pushes of branches and tags.
    Push,
    /// Events of pull requests.
    PullRequest,
}

/// A part of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToJson)]
#[json(rename_all = "camelCase")]
pub enum PartKind {
    /// Which events of a pull request count.
    Events,
    /// Which tags count.
    Tags,
    /// Which branches count.
    Branches,
    /// Which files count.
    FilePaths,
}

/// What a part of a filter makes of a change.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct PartExplanation {
    /// Which part.
    pub part: PartKind,
    /// Whether the change passes.
    pub passes: bool,
    /// The rule that decided.
    pub rule: &'static str,
    /// Why, as a sentence.
    pub because: String,
    /// What was judged: the tag, the branch, each of the files. One that passes is enough.
    pub values: Vec<ValueExplanation>,
    /// How many files came too late to be judged (TG-10).
    #[json(skip_serializing_if = "is_zero")]
    pub not_considered: usize,
}

/// What the patterns of a part make of a value: it passes if any include matches, or there are none, and no exclude
/// matches.
#[derive(Clone, Debug, PartialEq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct ValueExplanation {
    /// The tag, branch or path.
    pub value: String,
    /// Whether it passes.
    pub passes: bool,
    /// The rule that decided.
    pub rule: &'static str,
    /// Why, as a sentence.
    pub because: String,
    /// The patterns to include.
    pub includes: Vec<PatternExplanation>,
    /// The patterns to exclude; they win.
    pub excludes: Vec<PatternExplanation>,
}

/// What a pattern makes of a value.
#[derive(Clone, Debug, PartialEq, Eq, ToJson)]
#[json(rename_all = "camelCase")]
pub struct PatternExplanation {
    /// The pattern.
    pub pattern: String,
    /// Whether it matches.
    pub matches: bool,
    /// Why it can match nothing, if the text is no pattern (TG-18).
    #[json(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}
