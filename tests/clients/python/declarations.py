"""The pipeline of the tests."""


def pipeline(name="shop"):
    """Checks out, builds, asks a person, deploys."""
    source = [{"name": "SourceArtifact"}]

    def action(name, category, provider, configuration, **more):
        kind = {"category": category, "owner": "AWS", "provider": provider, "version": "1"}
        return {"name": name, "actionTypeId": kind, "configuration": configuration, **more}

    repository = {"RepositoryName": "shop", "BranchName": "main", "PollForSourceChanges": "false"}
    project = {"ProjectName": "project"}
    return {
        "name": name,
        "roleArn": "arn:aws:iam::123456789012:role/pipeline",
        "artifactStore": {"type": "S3", "location": "artifacts-bucket"},
        "pipelineType": "V2",
        "stages": [
            {
                "name": "Source",
                "actions": [action("Checkout", "Source", "CodeCommit", repository, outputArtifacts=source)],
            },
            {"name": "Build", "actions": [action("Compile", "Build", "CodeBuild", project, inputArtifacts=source)]},
            {"name": "Decide", "actions": [action("Approve", "Approval", "Manual", {})]},
            {"name": "Ship", "actions": [action("Roll", "Build", "CodeBuild", project, inputArtifacts=source)]},
        ],
    }
