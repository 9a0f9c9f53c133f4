//! One sentence per fact: the word set bold, the rest of it, and the whole for somebody who hears it.

pub mod conditions;
pub mod settings;

/// A fact in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Set bold, beside the token.
    pub word: String,
    /// The rest.
    pub text: String,
    /// The whole, with its subject: what a screen reader says.
    pub sentence: String,
}

fn said(word: impl Into<String>, text: impl Into<String>, sentence: impl Into<String>) -> Said {
    Said {
        word: word.into(),
        text: text.into(),
        sentence: sentence.into(),
    }
}

pub const A_STAGE: &str = "a stage";
pub const AN_ACTION: &str = "an action";

pub fn created(pipeline: &str) -> Said {
    said(
        "Pipeline created:",
        format!("{pipeline}, version 1"),
        format!("The pipeline {pipeline} was created"),
    )
}
pub fn rolled_back(who: &str, target: &str) -> Said {
    said(
        "Rolled back",
        format!("to {target}"),
        format!("{who} rolled the stage back to {target}"),
    )
}
pub fn rule_in(rule: &str, stage: &str) -> String {
    format!("rule {rule} in {stage}")
}
pub fn updated(version: u32) -> Said {
    said(
        format!("Version {version}"),
        "saved",
        format!("Version {version} was saved"),
    )
}
pub fn deleted() -> Said {
    said("Pipeline deleted", "", "The pipeline was deleted")
}
pub fn started(who: &str, trigger: &str) -> Said {
    said("Started", trigger, format!("{who} started {trigger}"))
}
pub fn waits_for_lock(who: &str, by: &str, stage: &str) -> Said {
    said(
        "Waits for the lock",
        format!("held by {by}"),
        format!("{who} waits for the lock of {stage}, held by {by}"),
    )
}
pub fn waits_at_gate(who: &str, stage: &str) -> Said {
    said(
        "Waits:",
        format!("the gate into {stage} is closed"),
        format!("{who} waits at the closed gate into {stage}"),
    )
}
pub fn waits_in_line(who: &str, stage: &str, ahead: &str) -> Said {
    said(
        "Waits in line",
        format!("for {stage}, behind {ahead}"),
        format!("{who} waits in line for {stage}, behind {ahead}"),
    )
}
pub fn waits(who: &str, stage: &str) -> Said {
    said(
        "Waits",
        format!("in front of {stage}"),
        format!("{who} waits in front of {stage}"),
    )
}
pub fn stopping(who: &str, abandon: bool) -> Said {
    if abandon {
        said(
            "Stopping:",
            "running actions are abandoned",
            format!("{who} is stopping, its running actions are abandoned"),
        )
    } else {
        said(
            "Stopping:",
            "running actions may end",
            format!("{who} is stopping, its running actions may end"),
        )
    }
}
pub fn stopped(who: &str) -> Said {
    said("Stopped", "", format!("{who} was stopped"))
}
pub fn retried(who: &str, stage: &str, by_itself: bool) -> Said {
    if by_itself {
        said(
            format!("{stage} retried"),
            "by itself",
            format!("{stage} is retried for {who} by itself"),
        )
    } else {
        said(
            format!("{stage} retried"),
            "",
            format!("{stage} is retried for {who}"),
        )
    }
}
pub fn gate_closed(stage: &str, by: &str, reason: &str) -> Said {
    said(
        format!("Gate into {stage} closed"),
        format!("by {by}: {reason}"),
        format!("The gate in front of {stage} was closed by {by}: {reason}"),
    )
}
pub fn gate_opened(stage: &str, by: &str) -> Said {
    said(
        format!("Gate into {stage} opened"),
        format!("by {by}"),
        format!("The gate in front of {stage} was opened by {by}"),
    )
}
pub fn cancelling(who: &str, version: u32) -> Said {
    said(
        "Goes no further:",
        format!("version {version} was saved"),
        format!("{who} goes no further, because version {version} was saved"),
    )
}
pub fn succeeded(who: &str, span: &str) -> Said {
    said(
        "Succeeded",
        format!("after {span}"),
        format!("{who} succeeded after {span}"),
    )
}
pub fn succeeded_some_time(who: &str) -> Said {
    said("Succeeded", "", format!("{who} succeeded"))
}
pub fn superseded(who: &str, by: &str, stage: &str) -> Said {
    said(
        "Superseded:",
        format!("{by} reached {stage}"),
        format!("{who} was superseded: {by} reached {stage}"),
    )
}
pub fn superseded_somewhere(who: &str, by: &str) -> Said {
    said(
        "Superseded",
        format!("by {by}"),
        format!("{who} was superseded by {by}"),
    )
}
pub fn failed(who: &str, stage: &str) -> Said {
    said(
        "Failed",
        format!("in {stage}"),
        format!("{who} failed in {stage}"),
    )
}
pub fn refused_full(who: &str) -> Said {
    said(
        "Start refused:",
        "too many executions were active",
        format!("{who} was refused: too many executions were active"),
    )
}
pub fn refused_variable(who: &str, variable: &str) -> Said {
    said(
        "Start refused:",
        format!("{variable} has no value"),
        format!("{who} was refused: {variable} has no value"),
    )
}
pub fn cancelled(who: &str, version: u32) -> Said {
    said(
        "Cancelled:",
        format!("version {version} was saved"),
        format!("{who} was cancelled: version {version} was saved"),
    )
}
pub fn ended(who: &str, status: &str) -> Said {
    said(status, "", format!("{who} ended: {status}"))
}
pub fn stage_entered(who: &str, stage: &str) -> Said {
    said(
        format!("{stage} entered"),
        "",
        format!("{who} entered {stage}"),
    )
}
pub fn stage_succeeded(who: &str, stage: &str, span: &str) -> Said {
    said(
        format!("{stage} succeeded"),
        format!("in {span}"),
        format!("{stage} succeeded for {who} in {span}"),
    )
}
pub fn stage_succeeded_some_time(who: &str, stage: &str) -> Said {
    said(
        format!("{stage} succeeded"),
        "",
        format!("{stage} succeeded for {who}"),
    )
}
pub fn stage_failed(who: &str, stage: &str, action: &str) -> Said {
    said(
        format!("{stage} failed:"),
        format!("{action} failed"),
        format!("{stage} failed for {who}, because {action} failed"),
    )
}
pub fn stage_cancelled(who: &str, stage: &str) -> Said {
    said(
        format!("{stage} cancelled"),
        "",
        format!("{stage} was cancelled for {who}"),
    )
}
pub fn stage_ended(who: &str, stage: &str, status: &str) -> Said {
    said(
        format!("{stage} ended:"),
        status,
        format!("{stage} ended for {who}: {status}"),
    )
}
pub fn action_started(who: &str, action: &str, stage: &str) -> Said {
    said(
        format!("{action} started"),
        format!("in {stage}"),
        format!("{action} started in {stage} for {who}"),
    )
}
pub fn approval_asked(who: &str, action: &str, stage: &str) -> Said {
    said(
        "Needs approval:",
        format!("{action} in {stage}"),
        format!("{who} needs approval: {action} in {stage}"),
    )
}
pub fn action_replanned(who: &str, action: &str, at: &str) -> Said {
    said(
        format!("{action} changed:"),
        format!("it now ends {at}"),
        format!("{action} of {who} now ends {at}"),
    )
}
pub fn action_held(who: &str, action: &str, at: &str) -> Said {
    said(
        format!("{action} changed:"),
        format!("only its timeout {at} ends it"),
        format!("{action} of {who} changed: only its timeout {at} ends it"),
    )
}
pub fn action_succeeded(who: &str, action: &str, span: &str) -> Said {
    said(
        format!("{action} succeeded"),
        format!("in {span}"),
        format!("{action} succeeded for {who} in {span}"),
    )
}
pub fn action_succeeded_some_time(who: &str, action: &str) -> Said {
    said(
        format!("{action} succeeded"),
        "",
        format!("{action} succeeded for {who}"),
    )
}
pub fn approved(who: &str, action: &str, by: &str) -> Said {
    said(
        format!("{action} approved"),
        format!("by {by}"),
        format!("{action} was approved by {by} for {who}"),
    )
}
pub fn rejected(who: &str, action: &str, by: &str) -> Said {
    said(
        format!("{action} rejected"),
        format!("by {by}"),
        format!("{action} was rejected by {by} for {who}"),
    )
}
pub fn action_failed(who: &str, action: &str, message: &str) -> Said {
    said(
        format!("{action} failed:"),
        message,
        format!("{action} failed for {who}: {message}"),
    )
}
pub fn action_abandoned(who: &str, action: &str) -> Said {
    said(
        format!("{action} abandoned"),
        "",
        format!("{action} was abandoned for {who}"),
    )
}
pub fn revision(id: &str, place: &str, message: &str) -> Said {
    let text = if message.is_empty() {
        format!("{id} in {place}")
    } else {
        format!("{id} in {place}: {message}")
    };
    let sentence = format!("New revision {id} in {place}");
    said("New revision", text, sentence)
}

pub fn poll_planned(action: &str, place: &str, at: &str) -> Said {
    said(
        "Poll",
        format!("finds the change in {place} {at}"),
        format!("{action} looks at {place} {at} and will find a change"),
    )
}
pub fn polled() -> Said {
    said("Poll", "has looked", "The poll has looked")
}
pub fn event_rule(enabled: Option<bool>) -> Said {
    let (text, sentence) = match enabled {
        Some(true) => ("starts the pipeline", "The event rule starts the pipeline"),
        Some(false) => (
            "does not start the pipeline",
            "The event rule does not start the pipeline",
        ),
        None => (
            "as the console makes it",
            "The event rule is as the console makes it",
        ),
    };
    said("Event rule", text, sentence)
}
pub fn schedule_set(expression: &str) -> Said {
    said(
        "Schedule:",
        expression,
        format!("The schedule {expression} starts the pipeline"),
    )
}
pub fn schedule_removed() -> Said {
    said("Schedule", "removed", "The schedule was removed")
}
pub fn schedule_fired(next: Option<&str>) -> Said {
    match next {
        Some(next) => said(
            "Schedule",
            format!("starts the pipeline, and again {next}"),
            format!("The schedule starts the pipeline, and again {next}"),
        ),
        None => said(
            "Schedule",
            "starts the pipeline for the last time",
            "The schedule starts the pipeline for the last time",
        ),
    }
}
pub fn revision_reported(id: &str, action: &str) -> Said {
    said(
        "Revision reported:",
        format!("{id} to {action}"),
        format!("The revision {id} was reported to {action}"),
    )
}

/// What a setting says an action does.
pub mod behaviour {
    pub const SUCCEED: &str = "succeeds";
    pub const FAIL: &str = "fails";
    pub const HOLD: &str = "is held";
    pub const HANG: &str = "hangs";
    pub fn flaky(percent: u8) -> String {
        format!("fails with {percent} %")
    }
    pub fn takes(span: &str) -> String {
        format!("takes {span}")
    }
    pub fn takes_between(min: &str, max: &str) -> String {
        format!("takes {min} to {max}")
    }
    pub const VARIABLES: &str = "sets its output variables";
}
pub fn behaviour_set(subject: &str, what: &str) -> Said {
    said(
        "Behaviour:",
        format!("{subject} {what}"),
        format!("Behaviour set: {subject} {what}"),
    )
}
pub fn behaviour_forgotten(subject: &str) -> Said {
    said(
        "Behaviour:",
        format!("{subject} as the catalogue says"),
        format!("Behaviour forgotten: {subject} as the catalogue says"),
    )
}
pub fn action_in(action: &str, stage: &str) -> String {
    format!("{action} in {stage}")
}
pub fn every(provider: &str) -> String {
    format!("every {provider} action")
}
pub fn job_offered(who: &str, action: &str) -> Said {
    said(
        "Job offered:",
        format!("{action} waits for a worker"),
        format!("The job of {action} of {who} can be had by a worker"),
    )
}
pub fn job_goes_on(who: &str, action: &str, at: &str) -> Said {
    said(
        "Job goes on:",
        format!("the next one of {action} can be had {at}"),
        format!("The worker of {action} of {who} goes on: the next job can be had {at}"),
    )
}
pub fn job_handed_out(who: &str, action: &str) -> Said {
    said(
        "Job handed out:",
        format!("{action} to a worker"),
        format!("The job of {action} of {who} was handed out to a worker"),
    )
}
pub fn job_started(who: &str, action: &str) -> Said {
    said(
        "Job begun:",
        format!("{action} is under way"),
        format!("The job of {action} of {who} is under way"),
    )
}
pub fn worker_attached(kind: &str, external: bool) -> Said {
    if external {
        said(
            "Worker:",
            format!("a program outside does the jobs of {kind}"),
            format!("A program outside does the jobs of {kind} from now on"),
        )
    } else {
        said(
            "Worker attached:",
            kind,
            format!("A worker does the jobs of {kind} from now on"),
        )
    }
}
pub fn worker_detached(kind: &str) -> Said {
    said(
        "Worker detached:",
        kind,
        format!("The worker of {kind} asks for no more jobs"),
    )
}
