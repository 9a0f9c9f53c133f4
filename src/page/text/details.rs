//! The details of a selected thing: titles, labels, values.

pub mod sections;

use super::counted;

pub fn pipeline(name: &str) -> String {
    format!("Pipeline {name}")
}
pub fn stage(name: &str) -> String {
    format!("Stage {name}")
}
pub fn action(name: &str) -> String {
    format!("Action {name}")
}
pub fn execution(letter: &str) -> String {
    format!("Execution {letter}")
}

pub const TYPE: &str = "Type";
pub const MODE: &str = "Mode";
pub const VERSION: &str = "Version";
pub const CREATED: &str = "Created";
pub const ROLE: &str = "Role";
pub const ARN: &str = "ARN";
pub const STAGES: &str = "Stages";
pub const EXECUTIONS: &str = "Executions";
pub const VARIABLES: &str = "Variables";
pub const TAGS: &str = "Tags";
pub fn tag(key: &str, value: &str) -> String {
    if value.is_empty() {
        key.to_owned()
    } else {
        format!("{key} = {value}")
    }
}
pub const LOCK: &str = "Lock";
pub const INSIDE: &str = "Inside";
pub const GATE: &str = "Gate";
pub const GATE_OPEN: &str = "open";
pub const IN_FRONT: &str = "In front";
pub const LAST_RESULT: &str = "Last result";
pub const ACTIONS: &str = "Actions";
pub const PROVIDER: &str = "Provider";
pub const RUN_ORDER: &str = "Run order";
pub const REGION: &str = "Region";
pub const NAMESPACE: &str = "Namespace";
pub const INPUTS: &str = "Inputs";
pub const OUTPUTS: &str = "Outputs";
pub const STARTED: &str = "Started";
pub const ENDED: &str = "Ended";
pub const ENDS: &str = "Ends";
pub const ATTEMPT: &str = "Attempt";
pub const CODE: &str = "Error code";
pub const MESSAGE: &str = "Message";
pub const ANSWERED_BY: &str = "Answered by";
pub const COMMENT: &str = "Comment";
pub const REVISION: &str = "Revision";

pub const SUPERSEDED: &str = "SUPERSEDED: a newer execution takes the place of one that waits";
pub const QUEUED: &str = "QUEUED: executions keep their order";
pub const PARALLEL: &str = "PARALLEL: executions never wait for each other";

pub fn version(version: u32, saved: &str) -> String {
    format!("{version}, saved {saved}")
}
pub fn stages(stages: u64, actions: u64) -> String {
    let actions = counted(actions, "action", "actions");
    format!("{}, with {actions}", super::thousands(stages))
}
pub fn executions(active: u64, started: u64) -> String {
    format!(
        "{} active, {} started",
        super::thousands(active),
        super::thousands(started)
    )
}
pub fn held(by: &str, since: &str, span: &str) -> String {
    format!("held by {by} since {since}, {span} so far")
}
pub fn result(status: &str, who: &str) -> String {
    format!("{status} for {who}")
}
pub fn provider(category: &str, owner: &str, provider: &str, version: &str) -> String {
    format!("{category} / {owner} / {provider} / {version}")
}
pub fn started(time: &str, trigger: &str) -> String {
    format!("{time} {trigger}")
}
pub fn started_for(time: &str, who: &str) -> String {
    format!("{time} for {who}")
}
pub fn ended(time: &str, span: &str) -> String {
    format!("{time}, after {span}")
}
pub fn ends(time: &str, span: &str) -> String {
    format!("{time}, in {span}")
}
pub fn revision(id: &str, message: &str) -> String {
    if message.is_empty() {
        id.to_owned()
    } else {
        format!("{id} {message}")
    }
}
pub fn revision_of(action: &str) -> String {
    format!("Revision of {action}")
}
pub fn waits(span: &str) -> String {
    format!("waits {span}")
}
pub fn had_waited(span: &str) -> String {
    format!("waited {span}")
}
pub fn so_far(span: &str) -> String {
    format!("{span} so far")
}
