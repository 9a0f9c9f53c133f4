//! Invoke actions: something else is called and its answer decides.

use super::action_type::{ActionType, OwnVariables, aws, partner};
use super::property::{RequiredWhen, number, text};
use crate::model::ActionCategory::Invoke;

pub(super) static TYPES: &[ActionType] = &[
    // The function must answer through the jobs API: 20 minutes without an answer fail the action, 24 hours in all.
    aws(Invoke, "Lambda")
        .inputs(0, 5)
        .outputs(0, 5)
        .configured_by(&[
            text("FunctionName", "the function").required().key(),
            text("UserParameters", "text that the function is given"),
        ])
        .sets_own(OwnVariables::JobResult)
        .times_out_after_minutes(24 * 60)
        .takes_seconds(1, 30),
    // An Express state machine counts as succeeded once it is started: no output artifact, no ExecutionArn.
    aws(Invoke, "StepFunctions")
        .inputs(0, 1)
        .outputs(0, 1)
        .configured_by(&[
            text("StateMachineArn", "the state machine")
                .required()
                .key(),
            text(
                "ExecutionNamePrefix",
                "how the name of its execution begins",
            ),
            text(
                "InputType",
                "whether Input is the JSON itself or a file that holds it",
            )
            .defaults_to("Literal")
            .one_of(&["Literal", "FilePath"]),
            text("Input", "the JSON, or its file in the input artifact")
                .required_when(RequiredWhen::Value("InputType", &["FilePath"])),
        ])
        .sets(&["ExecutionArn", "StateMachineArn"])
        .times_out_after_minutes(7 * 24 * 60)
        .takes_seconds(5, 120),
    // A scan of an image needs no input artifact.
    aws(Invoke, "InspectorScan")
        .inputs(0, 1)
        .outputs(1, 1)
        .configured_by(&[
            text(
                "InspectorRunMode",
                "whether source code or an image is scanned",
            )
            .required()
            .key()
            .one_of(&["SourceCodeScan", "ECRImageScan"]),
            text("ECRRepositoryName", "the image's repository")
                .required_when(RequiredWhen::Value("InspectorRunMode", &["ECRImageScan"])),
            text("ImageTag", "the image's tag"),
            number(
                "CriticalThreshold",
                "how many critical findings are tolerated",
            ),
            number("HighThreshold", "how many high findings are tolerated"),
            number("MediumThreshold", "how many medium findings are tolerated"),
            number("LowThreshold", "how many low findings are tolerated"),
        ])
        .sets(&["HighestScannedSeverity"])
        .takes_seconds(60, 240),
    // Starts the other pipeline and is done: nothing says that it waits for it.
    aws(Invoke, "CodePipeline")
        .v2_only()
        .configured_by(&[
            text("PipelineName", "the pipeline that is started")
                .required()
                .key(),
            text(
                "SourceRevisions",
                "a JSON list of revisions for its source actions",
            ),
            text("Variables", "a JSON list of values for its variables"),
        ])
        .takes_seconds(1, 3),
    // Gone from the guide, still listed in accounts; configured on the partner's page.
    partner(Invoke, "Snyk")
        .inputs(1, 1)
        .outputs(1, 1)
        .configured_elsewhere()
        .takes_seconds(40, 180),
];
