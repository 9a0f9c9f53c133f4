//! Variables: namespaces, `#{…}` and their resolution (execution.md §10).

use std::collections::BTreeMap;

use crate::{
    engine::{
        decision::Decision,
        declaration,
        ids::ExecutionId,
        world::{
            execution::Ending,
            plan::{Plan, texts},
        },
    },
    model::FailureType,
};

/// VA-15: all output variables of one action together, in bytes.
pub const MOST_OUTPUT_BYTES: usize = 122_880;
/// QT-19: a configuration after resolution, in bytes.
const MOST_RESOLVED_BYTES: usize = 100 * 1024;

/// VA-11, VA-14: resolves the configuration of an action, in one pass, by plain substitution.
///
/// # Errors
/// VA-13: the ending of an action one of whose references has no value; or QT-19, when the result is too large.
pub fn resolve(
    decision: &Decision,
    id: ExecutionId,
    plan: &Plan,
    stage: u16,
    action: u16,
) -> Result<BTreeMap<String, String>, Box<Ending>> {
    let declaration = plan.action(stage, action);
    // Commands and environment are nobody's business but the simulated shell's: it is enough that they have values.
    if let Some((namespace, key)) = without_value(decision, id, plan, texts(declaration)) {
        return Err(Box::new(unresolved(&declaration.name, &namespace, &key)));
    }
    let empty = BTreeMap::new();
    let configuration = declaration.configuration.as_ref().unwrap_or(&empty);
    fill(decision, id, plan, configuration).map_err(|trouble| {
        Box::new(match trouble {
            Unresolvable::Missing { namespace, key } => {
                unresolved(&declaration.name, &namespace, &key)
            }
            Unresolvable::TooLarge { size } => Ending::failure(
                FailureType::ConfigurationError,
                format!(
                    "The resolved configuration of action {} has {size} bytes, more than 102400.",
                    declaration.name
                ),
            ),
        })
    })
}

/// Namespace and key of the first reference in these texts that has no value.
pub fn without_value<'a>(
    decision: &Decision,
    id: ExecutionId,
    plan: &Plan,
    texts: impl Iterator<Item = &'a str>,
) -> Option<(String, String)> {
    let mut references = texts.flat_map(declaration::references);
    let missing = references.find(|reference| {
        lookup(decision, id, plan, reference.namespace, reference.key).is_none()
    })?;
    Some((missing.namespace.to_owned(), missing.key.to_owned()))
}

/// Why a configuration could not be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolvable {
    /// VA-13: a reference has no value.
    Missing {
        /// Its namespace.
        namespace: String,
        /// Its key.
        key: String,
    },
    /// QT-19: the result is too large.
    TooLarge {
        /// In bytes.
        size: usize,
    },
}

/// VA-14: a configuration with its references filled in.
///
/// # Errors
/// What stands in the way.
pub fn fill(
    decision: &Decision,
    id: ExecutionId,
    plan: &Plan,
    configuration: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Unresolvable> {
    let mut resolved = BTreeMap::new();
    let mut size = 0;
    for (key, value) in configuration {
        let mut text = String::with_capacity(value.len());
        let mut copied = 0;
        for reference in declaration::references(value) {
            let found = lookup(decision, id, plan, reference.namespace, reference.key);
            let found = found.ok_or_else(|| Unresolvable::Missing {
                namespace: reference.namespace.to_owned(),
                key: reference.key.to_owned(),
            })?;
            text.push_str(value.get(copied..reference.range.start).unwrap_or_default());
            text.push_str(&found);
            copied = reference.range.end;
        }
        text.push_str(value.get(copied..).unwrap_or_default());
        size += key.len() + text.len();
        resolved.insert(key.clone(), text);
    }
    if size > MOST_RESOLVED_BYTES {
        return Err(Unresolvable::TooLarge { size });
    }
    Ok(resolved)
}

/// VA-13: the message begins as the service's does.
fn unresolved(action: &str, namespace: &str, key: &str) -> Ending {
    Ending::failure(
        FailureType::ConfigurationError,
        format!(
            "An action in this pipeline failed because one or more variables could not be resolved: \
             Action name={action}. This can result when a variable is referenced that does not exist. \
             Validate the pipeline execution variable: #{{{namespace}.{key}}}"
        ),
    )
}

/// The value of a variable for an execution, if it has one (VA-1, VA-17, VA-18).
fn lookup(
    decision: &Decision,
    id: ExecutionId,
    plan: &Plan,
    namespace: &str,
    key: &str,
) -> Option<String> {
    let execution = decision.execution(id);
    if namespace == "codepipeline" {
        return (key == "PipelineExecutionId").then(|| decision.key().execution(id));
    }
    if namespace == "variables"
        && plan
            .declaration
            .variables
            .as_ref()
            .is_some_and(|list| !list.is_empty())
    {
        return execution
            .variables
            .iter()
            .find(|variable| variable.name.as_deref() == Some(key))
            .and_then(|variable| variable.resolved_value.clone());
    }
    let (stage, action) = plan.namespaces.get(namespace)?;
    let product = execution.product(*stage, *action)?;
    product.variables.get(key).cloned()
}
