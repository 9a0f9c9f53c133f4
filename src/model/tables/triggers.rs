//! Triggers: which Git events start a pipeline.

use super::*;

shapes! {
    /// A source whose Git events start the pipeline.
    structure PipelineTriggerDeclaration {
        required provider_type: PipelineTriggerProviderType = "providerType";
        required git_configuration: GitConfiguration = "gitConfiguration";
    }

    /// Which events of a source count.
    structure GitConfiguration {
        /// A connection source of this pipeline (TF-2).
        required source_action_name: ActionName = "sourceActionName";
        /// Any of these filters has to pass.
        optional push: GitPushFilterList = "push";
        /// Any of these filters has to pass.
        optional pull_request: GitPullRequestFilterList = "pullRequest";
    }

    /// A filter over pushes; every member that is there has to pass.
    structure GitPushFilter {
        optional tags: GitTagFilterCriteria = "tags";
        optional branches: GitBranchFilterCriteria = "branches";
        optional file_paths: GitFilePathFilterCriteria = "filePaths";
    }

    /// A filter over pull requests; every member that is there has to pass.
    structure GitPullRequestFilter {
        /// All three when absent.
        optional events: GitPullRequestEventTypeList = "events";
        optional branches: GitBranchFilterCriteria = "branches";
        optional file_paths: GitFilePathFilterCriteria = "filePaths";
    }

    /// Glob patterns over branch names; an exclude beats an include.
    structure GitBranchFilterCriteria {
        optional includes: GitBranchPatternList = "includes";
        optional excludes: GitBranchPatternList = "excludes";
    }

    /// Glob patterns over the paths of changed files; an exclude beats an include.
    structure GitFilePathFilterCriteria {
        optional includes: GitFilePathPatternList = "includes";
        optional excludes: GitFilePathPatternList = "excludes";
    }

    /// Glob patterns over tag names; an exclude beats an include.
    structure GitTagFilterCriteria {
        optional includes: GitTagPatternList = "includes";
        optional excludes: GitTagPatternList = "excludes";
    }

    /// Sources that can have triggers.
    choice PipelineTriggerProviderType { CodeStarSourceConnection = "CodeStarSourceConnection"; }

    /// What happened to a pull request.
    choice GitPullRequestEventType { Open = "OPEN"; Updated = "UPDATED"; Closed = "CLOSED"; }

    list GitBranchPatternList [GitBranchNamePattern; 1..=8]
    list GitFilePathPatternList [GitFilePathPattern; 1..=8]
    list GitPullRequestEventTypeList [GitPullRequestEventType; 1..=3]
    list GitPullRequestFilterList [GitPullRequestFilter; 1..=3]
    list GitPushFilterList [GitPushFilter; 1..=3]
    list GitTagPatternList [GitTagNamePattern; 1..=8]
    list PipelineTriggerDeclarationList [PipelineTriggerDeclaration; ..=50]

    text GitBranchNamePattern (ONE_LINE; 1..=255)
    text GitFilePathPattern (ONE_LINE; 1..=255)
    text GitTagNamePattern (1..=255)
}
