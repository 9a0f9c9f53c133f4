//! Source actions: where a pipeline's revisions come from. They take no artifact and always make one.

use super::action_type::{ActionType, VariablesByChange, aws, partner};
use super::property::{Property, flag, text};
use crate::model::ActionCategory::Source;
use crate::model::SourceRevisionType::{CommitId, ImageDigest, S3ObjectKey, S3ObjectVersionId};

/// The console writes `false` and makes an event rule or webhook instead; a declaration that leaves the key out
/// polls (AC-39).
const POLL_FOR_SOURCE_CHANGES: Property = flag(
    "PollForSourceChanges",
    "look for changes on a schedule; false when an event or a webhook starts the pipeline",
)
.defaults_to("true");

const OUTPUT_ARTIFACT_FORMAT: Property = text(
    "OutputArtifactFormat",
    "a zip of the files, or a reference with which CodeBuild makes a full clone",
)
.defaults_to("CODE_ZIP")
.one_of(&["CODE_ZIP", "CODEBUILD_CLONE_REF"]);

pub(super) static TYPES: &[ActionType] = &[
    aws(Source, "S3")
        .outputs(1, 1)
        .configured_by(&[
            text("S3Bucket", "the bucket, with versioning on")
                .required()
                .key(),
            text("S3ObjectKey", "the object, usually a zip")
                .required()
                .key(),
            flag(
                "AllowOverrideForS3ObjectKey",
                "a start may name another object of the bucket",
            )
            .defaults_to("false"),
            POLL_FOR_SOURCE_CHANGES,
        ])
        .sets(&["BucketName", "ETag", "ObjectKey", "VersionId"])
        .takes_seconds(2, 8)
        .revised_by(&[S3ObjectVersionId, S3ObjectKey]),
    aws(Source, "CodeCommit")
        .outputs(1, 1)
        .configured_by(&[
            text("RepositoryName", "the repository").required().key(),
            text("BranchName", "the branch").required().key(),
            POLL_FOR_SOURCE_CHANGES,
            OUTPUT_ARTIFACT_FORMAT,
        ])
        .sets(&[
            "AuthorDate",
            "BranchName",
            "CommitId",
            "CommitMessage",
            "CommitterDate",
            "RepositoryName",
        ])
        .takes_seconds(3, 10)
        .revised_by(&[CommitId]),
    // The output artifact holds imageDetail.json, not the image.
    aws(Source, "ECR")
        .outputs(1, 1)
        .configured_by(&[
            text("RepositoryName", "the image repository")
                .required()
                .key(),
            text("ImageTag", "the tag whose pushes count")
                .key()
                .defaults_to("latest"),
        ])
        .sets(&[
            "ImageDigest",
            "ImageTag",
            "ImageURI",
            "RegistryId",
            "RepositoryName",
        ])
        .takes_seconds(2, 6)
        .revised_by(&[ImageDigest]),
    // The only provider that a trigger can name. One document gives ThirdParty as its owner; real accounts say AWS.
    aws(Source, "CodeStarSourceConnection")
        .outputs(1, 1)
        .configured_by(&[
            text("ConnectionArn", "the connection to the Git host")
                .required()
                .key(),
            text(
                "FullRepositoryId",
                "owner and repository, with a slash between",
            )
            .required()
            .key(),
            text("BranchName", "the branch").required().key(),
            OUTPUT_ARTIFACT_FORMAT,
            flag(
                "DetectChanges",
                "every push to the branch starts the pipeline, unless a trigger says more",
            )
            .defaults_to("true"),
        ])
        .sets(&[
            "AuthorDate",
            "AuthorDisplayName",
            "AuthorEmail",
            "AuthorId",
            "BranchName",
            "CommitId",
            "CommitMessage",
            "ConnectionArn",
            "DestinationBranchName",
            "FullRepositoryName",
            "ProviderType",
            "PullRequestId",
            "PullRequestTitle",
            "SourceBranchName",
            "TagName",
        ])
        .sets_by_change(VariablesByChange {
            always: &[
                "AuthorDate",
                "AuthorDisplayName",
                "AuthorEmail",
                "AuthorId",
                "CommitId",
                "CommitMessage",
                "ConnectionArn",
                "FullRepositoryName",
                "ProviderType",
            ],
            push: &["BranchName"],
            tag: &["BranchName", "TagName"],
            pull_request: &[
                "DestinationBranchName",
                "PullRequestId",
                "PullRequestTitle",
                "SourceBranchName",
            ],
        })
        .takes_seconds(4, 15)
        .revised_by(&[CommitId]),
    // The older GitHub action with an OAuth token: the only one that takes RegisterWebhookWithThirdParty.
    partner(Source, "GitHub")
        .outputs(1, 1)
        .configured_by(&[
            text("Owner", "the user or organisation").required().key(),
            text("Repo", "the repository").required().key(),
            text(
                "Branch",
                "the branch; a webhook filter can name it as {Branch}",
            )
            .required()
            .key(),
            text("OAuthToken", "the token that reads the repository")
                .required()
                .secret(),
            POLL_FOR_SOURCE_CHANGES,
        ])
        .sets(&[
            "AuthorDate",
            "BranchName",
            "CommitId",
            "CommitMessage",
            "CommitUrl",
            "CommitterDate",
            "RepositoryName",
        ])
        .takes_seconds(4, 15)
        .revised_by(&[CommitId]),
];
