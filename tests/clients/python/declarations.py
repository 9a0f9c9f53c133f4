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


def released():
    """A whole release: checks out, is built by a worker of the account, asks a person, and deploys what was built."""
    declaration = pipeline("release")
    source, build, decide, ship = declaration["stages"]
    build["actions"] = [
        {
            "name": "Make",
            "actionTypeId": KILN,
            "configuration": {"Furnace": "north", "Password": "hidden", "Label": "#{Source.CommitId}"},
            "inputArtifacts": [{"name": "SourceArtifact"}],
            "outputArtifacts": [{"name": "Pots"}],
            "namespace": "Kiln",
        }
    ]
    source["actions"][0]["namespace"] = "Source"
    decide["actions"][0]["configuration"] = {"CustomData": "Ship #{Kiln.Count} pots?"}
    ship["actions"][0]["inputArtifacts"] = [{"name": "Pots"}]
    return declaration


KILN = {"category": "Build", "owner": "Custom", "provider": "Kiln", "version": "1"}

# How the type of the worker is made.
KILN_TYPE = {
    "category": "Build",
    "provider": "Kiln",
    "version": "1",
    "configurationProperties": [
        {"name": "Furnace", "required": True, "key": True, "secret": False, "queryable": True},
        {"name": "Password", "required": True, "key": False, "secret": True},
        {"name": "Label", "required": False, "key": False, "secret": False},
    ],
    "settings": {
        "entityUrlTemplate": "https://kiln.example.org/{Config:Furnace}",
        "executionUrlTemplate": "https://kiln.example.org/{Config:Furnace}/{ExternalExecutionId}",
    },
    "inputArtifactDetails": {"minimumCount": 1, "maximumCount": 1},
    "outputArtifactDetails": {"minimumCount": 1, "maximumCount": 1},
}

PARTNER = {"category": "Test", "owner": "ThirdParty", "provider": "Runscope", "version": "1"}


def partnered():
    """Checks out, and is tested by a partner."""
    declaration = pipeline("partnered")
    probe = {"name": "Probe", "actionTypeId": PARTNER, "inputArtifacts": [{"name": "SourceArtifact"}]}
    declaration["stages"][1:] = [{"name": "Test", "actions": [probe]}]
    return declaration


def webhook(pipeline_name="release", **more):
    """Starts a pipeline when the main branch is pushed to, for callers that know the secret."""
    return {
        "name": "pushes",
        "targetPipeline": pipeline_name,
        "targetAction": "Checkout",
        "filters": [{"jsonPath": "$.ref", "matchEquals": "refs/heads/{BranchName}"}],
        "authentication": "GITHUB_HMAC",
        "authenticationConfiguration": {"SecretToken": "between us"},
        **more,
    }
