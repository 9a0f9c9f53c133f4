// The pipelines of the clients' tests.

const id = (kind) => {
  const [category, owner, provider] = kind.split("/");
  return { category, owner, provider, version: "1" };
};

/** An action: its type as Category/Owner/Provider, and what else it has. */
export const action = (name, kind, configuration, more = {}) => ({
  name,
  actionTypeId: id(kind),
  configuration,
  ...more,
});

const source = action(
  "Checkout",
  "Source/AWS/CodeCommit",
  { RepositoryName: "shop", BranchName: "main", PollForSourceChanges: "false" },
  { outputArtifacts: [{ name: "SourceArtifact" }] },
);

const reads = { inputArtifacts: [{ name: "SourceArtifact" }] };

export const compile = action("Compile", "Build/AWS/CodeBuild", { ProjectName: "compile" }, reads);

export const pipeline = (name, ...stages) => ({
  name,
  roleArn: "arn:aws:iam::123456789012:role/pipeline",
  artifactStore: { type: "S3", location: "artifacts-bucket" },
  pipelineType: "V2",
  stages: [{ name: "Source", actions: [source] }, ...stages],
});

/** Builds, asks a person, and deploys to machines. */
export const shop = pipeline(
  "shop",
  { name: "Build", actions: [compile] },
  { name: "Decide", actions: [action("Approve", "Approval/AWS/Manual", {})] },
  {
    name: "Ship",
    actions: [
      action(
        "Roll",
        "Deploy/AWS/EC2",
        { InstanceTagKey: "Role", InstanceTagValue: "web", InstanceType: "EC2", TargetDirectory: "/srv", PostScript: "restart.sh" },
        reads,
      ),
    ],
  },
);

/** Enters its second stage only while an alarm is silent. */
export const gated = pipeline("gated", {
  name: "Build",
  actions: [compile],
  beforeEntry: {
    conditions: [
      {
        result: "FAIL",
        rules: [
          {
            name: "Quiet",
            ruleTypeId: { category: "Rule", owner: "AWS", provider: "CloudWatchAlarm", version: "1" },
            configuration: { AlarmName: "errors" },
          },
        ],
      },
    ],
  },
});

const testing = (name, kind, configuration) =>
  pipeline(name, { name: "Test", actions: [action("Probe", kind, configuration)] });

/** Is tested by a worker of the account. */
export const benched = testing("benched", "Test/Custom/BenchRig", {});

/** Is tested by a partner. */
export const partnered = testing("partnered", "Test/ThirdParty/Runscope", {});

/** Watches a repository of GitHub, the way that webhooks can be registered for. */
export const hosted = pipeline("hosted", { name: "Build", actions: [compile] });
hosted.stages[0] = {
  name: "Source",
  actions: [
    action(
      "Checkout",
      "Source/ThirdParty/GitHub",
      { Owner: "shop", Repo: "shop", Branch: "main", OAuthToken: "secret", PollForSourceChanges: "false" },
      { outputArtifacts: [{ name: "SourceArtifact" }] },
    ),
  ],
};

/** A type of custom action. */
export const rig = {
  category: "Test",
  provider: "BenchRig",
  version: "1",
  inputArtifactDetails: { minimumCount: 0, maximumCount: 1 },
  outputArtifactDetails: { minimumCount: 0, maximumCount: 0 },
};
