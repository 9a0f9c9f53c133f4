//! What a pipeline declaration must satisfy, and what becomes of one that does.
//!
//! CreatePipeline and UpdatePipeline hand in a declaration whose shape is already right: every required member is
//! there, every length and pattern holds. [`check`] then asks the rules that need more than one member or
//! something outside the declaration, in the order of [`RULES`], and answers with the first one broken, as the
//! service does. [`normalise`] turns an accepted declaration into the one that is stored: defaults filled in,
//! version counted, secrets kept. [`mask_secrets`] makes what may be shown of it.
//!
//! Everything here is a pure function of the declaration and its [`Context`]: no clock, no world. What depends on
//! other pipelines (the name, the quotas of the account) is not decided here, nor are tags kept here, although
//! [`check_tags`] says which tags are acceptable. Roles are believed to exist and to be assumable (PL-4, PL-5).
//!
//! One file per topic; in each, one function per rule, named for what must hold. A function that returns an error
//! names the first offender in declaration order.

mod actions;
mod artifacts;
mod conditions;
mod configuration;
mod looking;
mod normalise;
mod pipeline;
mod references;
mod refusal;
mod regions;
mod secrets;
mod stages;
mod subject;
mod tags;
mod triggers;
mod variables;

pub use conditions::{ConditionPlace, condition, conditions, rule_type};
pub use normalise::{normalise, pipeline_type};
pub use references::{Reference, references};
pub use regions::{REGIONS, is_region};
pub use secrets::{MASK, is_mask, mask_configuration, mask_secrets};
pub use subject::{
    ActionTypeDefinition, CustomTypes, Definition, NoCustomTypes, Position, PropertyDefinition,
    definition, output_artifacts, run_order,
};
pub use tags::{MAX_TAGS, check_tag_count, check_tag_keys, check_tags};

use crate::model::{ApiError, PipelineDeclaration};
use subject::Subject;

/// What the rules need to know besides the declaration.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The Region of the pipeline.
    pub region: &'a str,
    /// Looks up the action types that are not built in.
    pub custom_types: &'a dyn CustomTypes,
    /// The stored declaration that an update replaces; `None` when a pipeline is created.
    pub existing: Option<&'a PipelineDeclaration>,
}

/// A broken rule: its id and the service's answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The rule, by its id in the list of rules.
    pub rule: &'static str,
    /// The error that the caller gets.
    pub error: ApiError,
    /// Where in the declaration, as JSON pointers (RFC 6901); at least one. The service says it in words at most.
    pub places: Vec<String>,
}

/// A rule: its id and what asks it.
type Rule = (&'static str, fn(&Subject) -> Result<(), ApiError>);

/// Every rule, in the order in which they are asked: Regions and artifact stores, the pipeline as a whole, its
/// stages, its actions (CK-3, CK-5 to CK-7). Rules with one kind of error stay
/// together, so that references to pipeline variables come before the stages: their error is about the structure.
static RULES: &[Rule] = &[
    ("PL-12", regions::one_kind_of_artifact_store),
    ("PL-16", regions::stores_are_in_real_regions),
    ("PL-14", regions::one_store_serves_one_region),
    ("PL-15", regions::every_region_has_a_store),
    ("PL-6", pipeline::has_two_stages),
    ("PL-7", pipeline::has_at_most_50_stages),
    ("PL-8", pipeline::starts_with_sources_only),
    // Before PL-9: a pipeline of sources alone breaks both, and the service was heard to name this one.
    ("PL-10", pipeline::has_an_action_that_is_no_source),
    ("PL-9", pipeline::has_sources_in_the_first_stage_only),
    ("PL-11", pipeline::has_at_most_1000_actions),
    ("VT-1", pipeline::variables_need_v2),
    ("VT-2", triggers::need_v2),
    ("VT-3", pipeline::execution_modes_need_v2),
    ("PV-2", variables::names_are_unique),
    ("AC-25", variables::sources_use_no_pipeline_variables),
    ("AC-26", variables::pipeline_variables_are_declared),
    ("TF-1", triggers::are_small_enough),
    ("TF-2", triggers::name_a_connection_source),
    ("TF-3", triggers::one_per_source),
    ("TF-4", triggers::repeat_nothing),
    ("TF-6", triggers::combine_filters_as_allowed),
    ("SG-2", stages::names_are_unique),
    ("SG-3", stages::have_actions),
    ("SG-4", stages::have_at_most_100_actions),
    ("SG-5", stages::action_names_are_unique),
    ("SG-7", stages::blocker_names_are_unique),
    ("VT-4", conditions::need_v2),
    ("SG-10", conditions::failure_has_one_way_out),
    ("CO-3", conditions::are_complete),
    ("SG-9", conditions::results_fit_their_place),
    ("SG-12", conditions::retry_is_configured_for_retries),
    ("SG-11", conditions::parallel_pipelines_do_not_roll_back),
    ("SG-14", conditions::source_stages_do_not_roll_back),
    ("SG-16", conditions::rule_names_are_unique),
    ("SG-18", conditions::rule_types_exist),
    ("SG-13", conditions::skip_has_rules_that_may_skip),
    ("SG-15", conditions::rules_with_commands),
    ("SG-17", artifacts::rule_inputs_are_counted),
    ("SG-17", artifacts::rule_inputs_exist),
    ("SG-15", configuration::rules_are_configured),
    ("VA-12", variables::rule_references_exist),
    ("AC-3", actions::types_exist),
    ("VT-5", actions::v2_types_need_v2),
    ("AC-12", actions::run_in_the_region_of_the_pipeline),
    ("AC-6", artifacts::enough_inputs),
    ("AC-7", artifacts::other_counts_fit),
    ("AC-9", artifacts::outputs_are_unique),
    ("AC-11", artifacts::inputs_are_named_once),
    ("AC-10", artifacts::inputs_exist),
    ("AC-14", configuration::required_keys_are_there),
    ("AC-15", configuration::keys_are_known),
    ("AC-32", configuration::batches_combine_artifacts),
    ("AC-33", configuration::values_name_input_artifacts),
    ("AC-20", configuration::queryable_values_are_short),
    ("AC-31", actions::notifications_go_to_a_topic),
    ("AC-21", actions::timeouts_are_for_approvals),
    ("AC-28", actions::commands_belong_to_commands),
    ("AC-29", actions::outputs_are_declared_by_commands),
    ("AC-30", actions::environments_fit_the_type),
    ("AC-18", secrets::masks_stand_for_stored_values),
    ("AC-22", variables::namespaces_are_unique),
    ("AC-23", variables::references_name_a_namespace),
    ("AC-24", variables::references_name_an_earlier_action),
];

/// Whether the service would take this declaration, whose shape is known to be right.
///
/// # Errors
/// The first broken rule's: ValidationException, InvalidStructureException, InvalidStageDeclarationException,
/// InvalidBlockerDeclarationException or InvalidActionDeclarationException.
pub fn check(declaration: &PipelineDeclaration, context: &Context) -> Result<(), ApiError> {
    match refusal(declaration, context) {
        None => Ok(()),
        Some(refusal) => Err(refusal.error),
    }
}

/// The first rule that this declaration breaks, if it breaks one.
pub fn refusal(declaration: &PipelineDeclaration, context: &Context) -> Option<Refusal> {
    let subject = Subject::new(declaration, context);
    RULES.iter().find_map(|rule| {
        subject.looking.begin();
        broken(rule, &subject)
    })
}

/// Every rule that this declaration breaks, in the order in which they are asked, so the first is the service's answer.
/// A rule about single actions is told of every action that breaks it, at most [`MOST_TOLD`] times; any other once.
pub fn refusals(declaration: &PipelineDeclaration, context: &Context) -> Vec<Refusal> {
    let subject = Subject::new(declaration, context);
    let mut all: Vec<Refusal> = Vec::new();
    for rule in RULES {
        subject.looking.begin();
        for _ in 0..MOST_TOLD {
            let Some(refusal) = broken(rule, &subject) else {
                break;
            };
            // AC-6 and AC-7 count the same artifacts.
            let said =
                |other: &Refusal| other.error == refusal.error && other.places == refusal.places;
            if !all.iter().any(said) {
                all.push(refusal);
            }
            if !subject.looking.pass_over() {
                break;
            }
        }
    }
    all
}

/// How often [`refusals`] tells of one rule.
pub const MOST_TOLD: usize = 100;

fn broken(rule: &Rule, subject: &Subject) -> Option<Refusal> {
    let (rule, ask) = rule;
    let error = ask(subject).err()?;
    let places = subject.looking.places(member(rule));
    Some(Refusal {
        rule,
        error,
        places,
    })
}

/// The member that a rule is about, where it names none itself.
fn member(rule: &str) -> &'static str {
    match rule {
        "PL-6" | "PL-7" | "PL-10" | "PL-11" => "stages",
        "PL-12" => "artifactStore",
        "PL-14" | "PL-15" | "AC-12" => "region",
        "PL-16" => "artifactStores",
        "PL-8" | "PL-9" | "AC-3" | "VT-5" => "actionTypeId",
        "VT-1" | "PV-2" => "variables",
        "VT-2" | "TF-1" | "TF-2" | "TF-3" | "TF-4" | "TF-6" => "triggers",
        "VT-3" => "executionMode",
        "VT-4" => "pipelineType",
        "SG-2" | "SG-5" | "SG-16" => "name",
        "SG-3" | "SG-4" => "actions",
        "SG-7" => "blockers",
        "SG-10" | "SG-11" | "SG-12" | "SG-14" => "onFailure",
        "SG-9" => "result",
        "SG-13" | "SG-18" => "ruleTypeId",
        "AC-6" | "AC-7" | "AC-10" | "AC-11" | "SG-17" => "inputArtifacts",
        "AC-9" | "AC-29" => "outputArtifacts",
        "AC-28" | "SG-15" => "commands",
        "AC-21" => "timeoutInMinutes",
        "AC-22" => "namespace",
        "AC-30" => "environmentVariables",
        "AC-31" => "configuration/NotificationArn",
        _ => "",
    }
}

/// The id of every rule, in the order in which they are asked; a rule asked in two steps is listed twice.
pub fn rules() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|(rule, _)| *rule)
}
