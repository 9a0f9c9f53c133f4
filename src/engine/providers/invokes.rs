//! Invoke actions.

use std::collections::BTreeMap;

use super::{Configuration, Provider, Run};
use crate::engine::{random::within, world::source::Revision};
use crate::order::gathered;

/// A function, which reports success after its duration until something else is said (J-5).
pub struct Lambda;

impl Provider for Lambda {
    fn failure(&self, run: &Run) -> String {
        format!(
            "The function {} reported a failure",
            run.value("FunctionName")
        )
    }
}

/// A state machine.
pub struct StepFunctions;

impl StepFunctions {
    fn execution_arn(run: &Run) -> String {
        let machine = run
            .value("StateMachineArn")
            .replacen(":stateMachine:", ":execution:", 1);
        match run.value("ExecutionNamePrefix") {
            "" => format!("{machine}:{}", run.external_uuid()),
            prefix => format!("{machine}:{prefix}-{}", run.external_uuid()),
        }
    }
}

impl Provider for StepFunctions {
    fn external_id(&self, run: &Run) -> Option<String> {
        Some(Self::execution_arn(run))
    }

    fn failure(&self, _run: &Run) -> String {
        "The state machine execution ended with status FAILED".to_owned()
    }

    fn variables(&self, run: &Run, _revision: Option<&Revision>) -> BTreeMap<String, String> {
        gathered([
            ("ExecutionArn".to_owned(), Self::execution_arn(run)),
            (
                "StateMachineArn".to_owned(),
                run.value("StateMachineArn").to_owned(),
            ),
        ])
    }
}

/// A vulnerability scan.
pub struct InspectorScan;

impl Provider for InspectorScan {
    fn failure(&self, _run: &Run) -> String {
        "The scan found more vulnerabilities than the thresholds allow".to_owned()
    }

    fn variables(&self, run: &Run, _revision: Option<&Revision>) -> BTreeMap<String, String> {
        const SEVERITIES: [&str; 3] = ["NONE", "LOW", "MEDIUM"];
        let index = usize::try_from(within(run.number(1), 0, 2)).unwrap_or_default();
        let severity = SEVERITIES.get(index).copied().unwrap_or_default();
        gathered([("HighestScannedSeverity".to_owned(), severity.to_owned())])
    }
}

/// Another pipeline, which is started and not waited for (TG-29).
pub struct CodePipeline;

impl Provider for CodePipeline {
    /// The execution that was started, known only once it is.
    fn external_id(&self, _run: &Run) -> Option<String> {
        None
    }

    fn starts_pipeline<'a>(&self, configuration: &'a Configuration) -> Option<&'a str> {
        configuration.get("PipelineName").map(String::as_str)
    }
}
