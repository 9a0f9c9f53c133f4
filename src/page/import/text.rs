//! Every word that the import says, apart from the service's own sentences, which the model and the engine word.
//! One sentence is one entry with named places, singular and plural apart, so that another language can order its
//! words differently.

#![allow(missing_docs, reason = "each entry is its own text")]

use super::region::RegionEvidence;
use super::secrets::SecretPlace;
use crate::model::ActionTypeId;

/// A letter count after which a text that is only shown is cut.
const LONGEST_SHOWN: usize = 200;

/// A text to show: cut where it is absurdly long.
pub(super) fn clipped(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        None => text.to_owned(),
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
    }
}

/// What stands in for a secret that was masked.
pub const MADE_UP_SECRET: &str = "made-up-secret";

// Before anything is recognised.

pub const NOTHING_IMPORTED: &str = "Nothing was imported.";
pub const NOT_JSON: &str = "Nothing was imported: this is not valid JSON.";
pub const TOO_LARGE: &str = "The text is too large: a declaration has to be smaller than 10 MB.";
pub const TOO_DEEP: &str = "The text is nested too deep: a declaration has fewer than 100 levels.";
pub const ENDS_EARLY: &str = "The text ends before the JSON is complete.";
pub const EXPECTED: &str = "Expected is the JSON of aws codepipeline get-pipeline: an object with name, roleArn, \
                            artifactStore and stages, alone or under pipeline.";
pub const IS_A_TEMPLATE: &str = "This is a CloudFormation template, not a pipeline declaration.";
pub const IS_A_LIST: &str = "This is a list of pipelines, not a pipeline declaration.";
pub const IS_A_STATE: &str = "This is the state of a pipeline, not its declaration.";
pub const IS_RECORDS: &str = "These are the stored records of a world that could not be opened. They are no world yet: \
                              somebody has to mend them.";
pub const IS_SOMETHING_ELSE: &str = "This JSON is not a pipeline declaration.";

pub fn not_json(detail: &str) -> String {
    format!("The JSON cannot be read here: {detail}.")
}

pub fn line_and_column(line: usize, column: usize) -> String {
    format!("line {line}, column {column}")
}

// Problems. `violation` is the service's own sentence (VM-1).

pub fn violation(path: &str, constraint: &str) -> String {
    format!("Value at '{path}' failed to satisfy constraint: {constraint}")
}

pub fn errors(count: usize) -> String {
    match count {
        1 => "Nothing was imported: 1 validation error detected".to_owned(),
        _ => format!("Nothing was imported: {count} validation errors detected"),
    }
}

pub fn at_least_errors(count: usize) -> String {
    format!("Nothing was imported: {count} or more validation errors detected")
}

pub const TYPES_THAT_EXIST: &str =
    "The simulator has the types that the service ships with, and custom types.";

pub fn would_refuse(operation: &str) -> String {
    format!("{operation} would refuse this.")
}

pub fn belongs_elsewhere(region: &str) -> String {
    format!("The declaration belongs to {region}. A new world there takes it.")
}

pub fn name_taken(name: &str) -> String {
    format!("A pipeline named {name} is here already.")
}

pub fn type_not_creatable(id: &ActionTypeId) -> String {
    let ActionTypeId {
        category,
        provider,
        version,
        ..
    } = id;
    format!(
        "The custom action type {category} / {provider} / {version} cannot be created as the declaration uses it."
    )
}

// What was found.

pub const DECLARATION: &str = "A pipeline declaration";
pub const ANSWER: &str = "An answer of GetPipeline";
pub const WORLD_FILE: &str = "A world file";
pub const SAVED_WORLD: &str = "A saved world";
pub const FACTS: &str = "Facts";
pub const CLOCK: &str = "Clock";
pub const NO_NAME: &str = "no name";
pub const STAGES: &str = "Stages";
pub const ACTIONS: &str = "Actions";
pub const VERSION: &str = "Version";
pub const MODE: &str = "Mode";
pub const TYPE: &str = "Type";
pub const REGION: &str = "Region";

pub fn actions(count: usize) -> String {
    match count {
        1 => "1 action".to_owned(),
        _ => format!("{count} actions"),
    }
}

pub fn version_becomes(found: i64, here: u32) -> String {
    format!("{found}, becomes {here} here")
}

pub fn region_found(region: &str, evidence: RegionEvidence) -> String {
    match evidence {
        RegionEvidence::PipelineArn => format!("{region}, by the ARN of the pipeline"),
        RegionEvidence::KeyArn => format!("{region}, by the ARN of an encryption key"),
        RegionEvidence::ArtifactStore => format!("{region}, by its artifact stores"),
        RegionEvidence::SourceAction => format!("{region}, by its source actions"),
    }
}

// Notices.

pub const REPLACES_THE_WORLD: &str = "The present world is replaced with everything in it. Save it as a file first if you \
                                      may want it back.";
pub const STARTS_ONE: &str = "Importing creates the pipeline, and that starts one execution.";
pub const STARTS_NONE: &str = "Importing updates the pipeline. That starts no execution.";

pub fn secrets_replaced(places: &[SecretPlace]) -> String {
    let list = list(places);
    match places.len() {
        1 => format!("1 masked secret was replaced by a made-up value: {list}."),
        count => format!("{count} masked secrets were replaced by made-up values: {list}."),
    }
}

pub fn secrets_kept(places: &[SecretPlace]) -> String {
    let list = list(places);
    match places.len() {
        1 => format!("1 masked secret keeps its stored value: {list}."),
        count => format!("{count} masked secrets keep their stored values: {list}."),
    }
}

fn list(places: &[SecretPlace]) -> String {
    listed(
        places
            .iter()
            .map(|SecretPlace { stage, action, key }| format!("{key} of {action} in {stage}")),
    )
}

/// The first ten of a list, and a sign that there are more.
fn listed(items: impl Iterator<Item = String>) -> String {
    let mut shown: Vec<String> = items.take(11).collect();
    if let Some(more) = shown.get_mut(10) {
        "…".clone_into(more);
    }
    shown.join(", ")
}

pub fn ignored(paths: &[String]) -> String {
    let list = listed(paths.iter().map(|path| clipped(path)));
    match paths.len() {
        1 => format!("1 member is unknown to the service and is left out: {list}."),
        _ => format!("Members unknown to the service are left out: {list}."),
    }
}

// Questions.

pub fn other_region(region: &str, here: &str, evidence: RegionEvidence) -> String {
    match evidence {
        RegionEvidence::PipelineArn => {
            format!("The ARN of the pipeline names {region}. This world is in {here}.")
        }
        RegionEvidence::KeyArn => {
            format!("The ARN of its encryption key names {region}. This world is in {here}.")
        }
        RegionEvidence::ArtifactStore => {
            format!("By its artifact stores the pipeline is in {region}. This world is in {here}.")
        }
        RegionEvidence::SourceAction => {
            format!("Its source actions run in {region}. This world is in {here}.")
        }
    }
}

pub fn new_world(region: &str) -> String {
    format!("Import into a new world in {region}")
}

pub const NEW_WORLD_NOTE: &str = "This world stays as it is.";

pub fn this_world(here: &str) -> String {
    format!("Import into this world in {here}")
}

pub const RENAME: &str = "Keep both, under another name";
pub const NEW_NAME: &str = "New name";

pub fn update(version: u32) -> String {
    format!("Update it to version {version}")
}

pub fn update_note(cancelled: usize) -> String {
    match cancelled {
        0 => "No execution is cancelled, none starts.".to_owned(),
        1 => "1 execution that is under way is cancelled, none starts.".to_owned(),
        _ => format!("{cancelled} executions that are under way are cancelled, none starts."),
    }
}

pub fn unknown_types(ids: &[&ActionTypeId]) -> String {
    let list = listed(ids.iter().map(|id| {
        let ActionTypeId {
            category,
            provider,
            version,
            ..
        } = id;
        format!("{category} / {provider} / {version}")
    }));
    match ids.len() {
        1 => format!("The world does not have the custom action type {list}."),
        count => format!("The world does not have {count} custom action types: {list}."),
    }
}

pub fn create_types(count: usize) -> String {
    match count {
        1 => "Create it".to_owned(),
        _ => "Create them".to_owned(),
    }
}

pub const CREATE_TYPES_NOTE: &str =
    "With the configuration keys and the numbers of artifacts that the declaration uses.";
pub const LEAVE_TYPES: &str = "Import without";

// The button.

pub const IMPORT: &str = "Import";
pub const IMPORT_INTO_NEW_WORLD: &str = "Import into a new world";

pub fn import_as_version(version: u32) -> String {
    format!("Import as version {version}")
}

pub const OPEN_WORLD: &str = "Open this world in place of the present one";

pub const BUSY: &str = "Importing the pipeline.";
