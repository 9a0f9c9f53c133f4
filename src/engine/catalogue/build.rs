//! Build actions, and the properties that CodeBuild has in every role: build, test and rule.

use super::action_type::{ActionType, OwnVariables, aws};
use super::property::{Property, RequiredWhen, flag, text};
use crate::model::ActionCategory::Build;

pub(super) const PROJECT_NAME: Property = text("ProjectName", "the build project").required().key();

/// With one input artifact that one is taken.
pub(super) const PRIMARY_SOURCE: Property = text(
    "PrimarySource",
    "the input artifact in whose folder the build starts and finds its buildspec",
)
.required_when(RequiredWhen::SeveralInputs)
.input_artifact();

pub(super) const BATCH_ENABLED: Property =
    flag("BatchEnabled", "run several builds as one batch").defaults_to("false");

pub(super) const COMBINE_ARTIFACTS: Property = flag(
    "CombineArtifacts",
    "put what a batch makes into one artifact; only for a batch",
)
.defaults_to("false");

pub(super) const ENVIRONMENT_VARIABLES: Property = text(
    "EnvironmentVariables",
    "a JSON list of variables, each with name, value and a type that says where the value comes from",
);

/// What the CodeBuild action can be given, as a build and as a test.
pub(super) const CODEBUILD: &[Property] = &[
    PROJECT_NAME,
    PRIMARY_SOURCE,
    BATCH_ENABLED,
    text(
        "BuildspecOverride",
        "a buildspec, or the path of one, instead of the project's own",
    ),
    COMBINE_ARTIFACTS,
    ENVIRONMENT_VARIABLES,
];

pub(super) static TYPES: &[ActionType] = &[
    aws(Build, "CodeBuild")
        .inputs(1, 5)
        .outputs(0, 5)
        .configured_by(CODEBUILD)
        .sets_own(OwnVariables::ExportedByBuild)
        .times_out_after_minutes(36 * 60)
        .takes_seconds(60, 420),
    aws(Build, "ECRBuildAndPublish")
        .v2_only()
        .inputs(1, 1)
        .configured_by(&[
            text("ECRRepositoryName", "the repository that gets the image")
                .required()
                .key(),
            text("DockerFilePath", "the folder of the Dockerfile").defaults_to("source root"),
            text("ImageTags", "the image's tags, with commas between").defaults_to("latest"),
            text(
                "RegistryType",
                "whether the registry is a private or a public one",
            )
            .defaults_to("private")
            .one_of(&["private", "public"]),
        ])
        .sets(&["ECRImageDigestId", "ECRRepositoryName"])
        .takes_seconds(90, 420),
];
