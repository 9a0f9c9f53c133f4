"""The pipelines of the tests."""

RIG = {"category": "Test", "owner": "Custom", "provider": "BenchRig", "version": "1"}


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


def benched():
    """Checks out, and is tested by a worker of the account."""
    declaration = pipeline("benched")
    probe = {"name": "Probe", "actionTypeId": RIG, "inputArtifacts": [{"name": "SourceArtifact"}]}
    declaration["stages"][1:] = [{"name": "Test", "actions": [probe]}]
    return declaration
