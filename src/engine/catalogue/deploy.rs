//! Deploy actions: they bring what was built to where it runs.

use super::action_type::{
    ActionType, EnvironmentVariables, OwnVariables, SecondsRange, aws, partner,
};
use super::property::{Property, RequiredWhen, flag, number, text};
use crate::model::ActionCategory::Deploy;

/// Three days, which the quotas page gives to CloudFormation (QT-31); stack sets have no figure of their own.
const CLOUDFORMATION_TIMEOUT_MINUTES: u32 = 3 * 24 * 60;

/// Five days (QT-32).
const CODEDEPLOY_TIMEOUT_MINUTES: u32 = 5 * 24 * 60;

const fn seconds(min: u32, max: u32) -> SecondsRange {
    SecondsRange { min, max }
}

const STACK_SET_NAME: Property = text("StackSetName", "the stack set").required().key();

const FAILURE_TOLERANCE: Property = number(
    "FailureTolerancePercentage",
    "how many accounts of a Region may fail, in percent",
);

const MAX_CONCURRENT: Property = number(
    "MaxConcurrentPercentage",
    "how many accounts are worked on at the same time, in percent",
);

const REGION_CONCURRENCY: Property = text(
    "RegionConcurrencyType",
    "whether Regions are worked on one by one or together",
)
.defaults_to("SEQUENTIAL")
.one_of(&["SEQUENTIAL", "PARALLEL"]);

const CONCURRENCY_MODE: Property = text(
    "ConcurrencyMode",
    "whether failures lower the number of accounts worked on at the same time",
)
.defaults_to("STRICT_FAILURE_TOLERANCE")
.one_of(&["STRICT_FAILURE_TOLERANCE", "SOFT_FAILURE_TOLERANCE"]);

const CALL_AS: Property = text(
    "CallAs",
    "whether the management account acts or an administrator that it delegated",
)
.defaults_to("SELF")
.one_of(&["SELF", "DELEGATED_ADMIN"]);

const DEPLOYMENT_TARGETS: Property = text(
    "DeploymentTargets",
    "accounts or organisational units, as a list or as a file of an input artifact",
)
.required_when(RequiredWhen::Present("Regions"));

const REGIONS: Property = text("Regions", "the Regions in order, with commas between");

pub(super) static TYPES: &[ActionType] = &[
    aws(Deploy, "S3")
        .inputs(1, 1)
        .configured_by(&[
            text("BucketName", "the bucket that gets the files")
                .required()
                .key(),
            flag("Extract", "unpack the artifact first").required(),
            text(
                "ObjectKey",
                "the object or folder; {datetime} and {uuid} are filled in",
            )
            .key()
            .required_when(RequiredWhen::Running("Extract is false")),
            text("KMSEncryptionKeyARN", "the key that encrypts the objects"),
            text("CannedACL", "the access list that the objects get"),
            text("CacheControl", "the Cache-Control header of the objects"),
        ])
        .times_out_after_minutes(90)
        .takes_seconds(5, 40),
    // The guide does not say whether the keys that depend on ActionMode are looked at on saving: here they are.
    aws(Deploy, "CloudFormation")
        .inputs(0, 10)
        .outputs(0, 1)
        .configured_by(&[
            text("ActionMode", "what is done to the stack")
                .required()
                .key()
                .one_of(&[
                    "CHANGE_SET_EXECUTE",
                    "CHANGE_SET_REPLACE",
                    "CREATE_UPDATE",
                    "DELETE_ONLY",
                    "REPLACE_ON_FAILURE",
                ]),
            text("StackName", "the stack").required().key(),
            text(
                "Capabilities",
                "what the template may do, with commas between",
            )
            .required_when(RequiredWhen::Running(
                "the template makes IAM resources or uses macros",
            ))
            .one_of(&[
                "CAPABILITY_IAM",
                "CAPABILITY_NAMED_IAM",
                "CAPABILITY_AUTO_EXPAND",
            ]),
            text("ChangeSetName", "the change set")
                .key()
                .required_when(RequiredWhen::Value(
                    "ActionMode",
                    &["CHANGE_SET_REPLACE", "CHANGE_SET_EXECUTE"],
                )),
            text("RoleArn", "the role that works on the stack").required_when(RequiredWhen::Value(
                "ActionMode",
                &[
                    "CREATE_UPDATE",
                    "REPLACE_ON_FAILURE",
                    "DELETE_ONLY",
                    "CHANGE_SET_REPLACE",
                ],
            )),
            text(
                "TemplatePath",
                "the template: an input artifact, two colons, a file",
            )
            .required_when(RequiredWhen::Value(
                "ActionMode",
                &["CREATE_UPDATE", "REPLACE_ON_FAILURE", "CHANGE_SET_REPLACE"],
            ))
            .input_artifact_file(),
            text(
                "OutputFileName",
                "the file of the output artifact that gets the stack's outputs",
            ),
            text(
                "ParameterOverrides",
                "a JSON object of parameters, up to 1 KB",
            ),
            text(
                "TemplateConfiguration",
                "parameters, tags and stack policy: an input artifact, two colons, a file",
            )
            .input_artifact_file(),
        ])
        .sets_own(OwnVariables::StackOutputs)
        .times_out_after_minutes(CLOUDFORMATION_TIMEOUT_MINUTES)
        .takes_seconds(30, 600)
        .takes_seconds_by(
            "ActionMode",
            &[
                ("CHANGE_SET_REPLACE", seconds(15, 60)),
                ("CHANGE_SET_EXECUTE", seconds(60, 600)),
                ("CREATE_UPDATE", seconds(60, 600)),
                ("REPLACE_ON_FAILURE", seconds(60, 600)),
                ("DELETE_ONLY", seconds(30, 300)),
            ],
        ),
    aws(Deploy, "CloudFormationStackSet")
        .inputs(1, 3)
        .configured_by(&[
            STACK_SET_NAME,
            text(
                "TemplatePath",
                "the template: an input artifact, two colons, a file",
            )
            .required()
            .input_artifact_file(),
            text("Description", "a text for the stack set"),
            text(
                "Parameters",
                "parameters, as a list or as a file of an input artifact",
            ),
            text(
                "Capabilities",
                "what the template may do, with commas between",
            )
            .one_of(&["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]),
            text(
                "PermissionModel",
                "whether the user or the organisation makes the roles",
            )
            .defaults_to("SELF_MANAGED")
            .one_of(&["SELF_MANAGED", "SERVICE_MANAGED"]),
            text(
                "AdministrationRoleArn",
                "the administrator's role, when self-managed",
            )
            .defaults_to("AWSCloudFormationStackSetAdministrationRole"),
            text(
                "ExecutionRoleName",
                "the role in the other accounts, when self-managed",
            )
            .defaults_to("AWSCloudFormationStackSetExecutionRole"),
            text(
                "OrganizationsAutoDeployment",
                "whether accounts that join later are deployed to, when service-managed",
            )
            .defaults_to("Disabled")
            .one_of(&["Enabled", "Disabled", "EnabledWithStackRetention"]),
            DEPLOYMENT_TARGETS,
            REGIONS.required_when(RequiredWhen::Present("DeploymentTargets")),
            FAILURE_TOLERANCE,
            MAX_CONCURRENT,
            REGION_CONCURRENCY,
            CONCURRENCY_MODE,
            CALL_AS,
        ])
        .sets(&["OperationId", "StackSetId"])
        .times_out_after_minutes(CLOUDFORMATION_TIMEOUT_MINUTES)
        .takes_seconds(120, 900),
    aws(Deploy, "CloudFormationStackInstances")
        .inputs(0, 2)
        .configured_by(&[
            STACK_SET_NAME,
            DEPLOYMENT_TARGETS,
            REGIONS.required(),
            text(
                "ParameterOverrides",
                "parameters, as a list or as a file of an input artifact",
            ),
            FAILURE_TOLERANCE,
            MAX_CONCURRENT,
            REGION_CONCURRENCY,
            CONCURRENCY_MODE,
            CALL_AS,
        ])
        .sets(&["OperationId", "StackSetId"])
        .times_out_after_minutes(CLOUDFORMATION_TIMEOUT_MINUTES)
        .takes_seconds(120, 900),
    aws(Deploy, "CodeDeploy")
        .inputs(1, 1)
        .configured_by(&[
            text("ApplicationName", "the CodeDeploy application")
                .required()
                .key(),
            text("DeploymentGroupName", "its deployment group")
                .required()
                .key(),
        ])
        .times_out_after_minutes(CODEDEPLOY_TIMEOUT_MINUTES)
        .takes_seconds(60, 600),
    aws(Deploy, "CodeDeployToECS")
        .inputs(1, 5)
        .configured_by(&[
            text("ApplicationName", "the CodeDeploy application")
                .required()
                .key(),
            text("DeploymentGroupName", "its deployment group")
                .required()
                .key(),
            text(
                "TaskDefinitionTemplateArtifact",
                "the input artifact with the task definition",
            )
            .required()
            .input_artifact(),
            text(
                "AppSpecTemplateArtifact",
                "the input artifact with the AppSpec file",
            )
            .required()
            .input_artifact(),
            text("TaskDefinitionTemplatePath", "the task definition's file")
                .defaults_to("taskdef.json"),
            text("AppSpecTemplatePath", "the AppSpec file").defaults_to("appspec.yaml"),
            text(
                "Image1ArtifactName",
                "the input artifact that describes image 1",
            )
            .input_artifact(),
            text(
                "Image1ContainerName",
                "the task definition's placeholder for image 1",
            ),
            text(
                "Image2ArtifactName",
                "the input artifact that describes image 2",
            )
            .input_artifact(),
            text(
                "Image2ContainerName",
                "the task definition's placeholder for image 2",
            ),
            text(
                "Image3ArtifactName",
                "the input artifact that describes image 3",
            )
            .input_artifact(),
            text(
                "Image3ContainerName",
                "the task definition's placeholder for image 3",
            ),
            text(
                "Image4ArtifactName",
                "the input artifact that describes image 4",
            )
            .input_artifact(),
            text(
                "Image4ContainerName",
                "the task definition's placeholder for image 4",
            ),
        ])
        .times_out_after_minutes(CODEDEPLOY_TIMEOUT_MINUTES)
        .takes_seconds(300, 1800),
    aws(Deploy, "ECS")
        .inputs(1, 1)
        .configured_by(&[
            text("ClusterName", "the cluster").required().key(),
            text("ServiceName", "the service").required().key(),
            text("FileName", "the file that names the images").defaults_to("imagedefinitions.json"),
            number(
                "DeploymentTimeout",
                "how many minutes it may take, up to 60",
            )
            .defaults_to("60"),
        ])
        .takes_seconds(120, 600),
    aws(Deploy, "EC2")
        .v2_only()
        .inputs(1, 1)
        .configured_by(&[
            text(
                "InstanceTagKey",
                "the key of the tag that picks the instances",
            )
            .required()
            .key(),
            text("InstanceTagValue", "the tag's value; any value when absent").key(),
            text("InstanceType", "what kind of machine carries the tag")
                .required()
                .one_of(&["EC2", "SSM_MANAGED_NODE"]),
            text("TargetDirectory", "the folder on the machine")
                .required_when(RequiredWhen::Absent("DeploySpec")),
            text(
                "PostScript",
                "the script that runs when the files are there",
            )
            .required_when(RequiredWhen::Absent("DeploySpec")),
            text(
                "PreScript",
                "the script that runs before the files are copied",
            ),
            text(
                "DeploySpec",
                "a file of the artifact that says all this instead",
            )
            .required_when(RequiredWhen::Absent("PostScript")),
            text(
                "MaxBatch",
                "how many machines at a time, as a count or in percent",
            ),
            text("MaxError", "how many may fail, as a count or in percent"),
            text(
                "TargetGroupNameList",
                "target groups that a machine leaves while it is changed, with commas between",
            ),
        ])
        .takes_seconds(40, 300),
    // Either manifests for kubectl or a Helm chart.
    aws(Deploy, "EKS")
        .v2_only()
        .inputs(1, 1)
        .takes_environment(EnvironmentVariables::Plain)
        .configured_by(&[
            text("ClusterName", "the cluster").required().key(),
            text("ManifestFiles", "the manifests for kubectl")
                .required_when(RequiredWhen::Absent("HelmChartLocation")),
            text("HelmReleaseName", "the Helm release")
                .required_when(RequiredWhen::Present("HelmChartLocation")),
            text(
                "HelmChartLocation",
                "the chart's folder in the input artifact",
            )
            .required_when(RequiredWhen::Absent("ManifestFiles")),
            text(
                "HelmValuesFiles",
                "files with values for the chart, with commas between",
            ),
            text("Namespace", "the Kubernetes namespace"),
            text("Subnets", "subnets of the cluster's network"),
            text(
                "SecurityGroupIds",
                "security groups of the cluster's network",
            ),
        ])
        .sets(&["EKSClusterName"])
        .takes_seconds(40, 240),
    // The guide asks for one input artifact and also tells how to deploy without one. A strategy that shifts
    // traffic step by step adds its own waiting to the duration and to the timeout.
    aws(Deploy, "Lambda")
        .v2_only()
        .inputs(0, 1)
        .configured_by(&[
            text("FunctionName", "the function").required().key(),
            text(
                "FunctionAlias",
                "the alias that is moved to the new version",
            )
            .key(),
            text("PublishedTargetVersion", "a version that exists already")
                .required_when(RequiredWhen::NoInput),
            text(
                "DeployStrategy",
                "how fast the alias moves: at once, canary or linear",
            )
            .defaults_to("AllAtOnce"),
            text(
                "Alarms",
                "up to 10 alarms that fail the action, with commas between",
            ),
        ])
        .sets(&["FunctionVersion"])
        .takes_seconds(15, 60),
    aws(Deploy, "ElasticBeanstalk")
        .inputs(1, 1)
        .configured_by(&[
            text("ApplicationName", "the Beanstalk application")
                .required()
                .key(),
            text("EnvironmentName", "its environment").required().key(),
        ])
        .takes_seconds(90, 480),
    aws(Deploy, "AppConfig")
        .inputs(1, 1)
        .configured_by(&[
            text("Application", "the AppConfig application")
                .required()
                .key(),
            text("Environment", "its environment").required().key(),
            text("ConfigurationProfile", "its configuration profile")
                .required()
                .key(),
            text(
                "InputArtifactConfigurationPath",
                "the configuration's file in the input artifact",
            )
            .required(),
            text("DeploymentStrategy", "how it is rolled out"),
        ])
        .takes_seconds(60, 900),
    // The service behind it has been shut down; the type is still there.
    aws(Deploy, "OpsWorks")
        .inputs(1, 1)
        .configured_by(&[
            text("Stack", "the OpsWorks stack").required().key(),
            text("App", "the app").required().key(),
            text("Layer", "the layer").key(),
        ])
        .takes_seconds(120, 600),
    // Either three keys beside the template, or one file that holds them.
    aws(Deploy, "ServiceCatalog")
        .inputs(1, 1)
        .configured_by(&[
            text("ProductId", "the product").required().key(),
            text(
                "TemplateFilePath",
                "the template's file in the input artifact",
            )
            .required_when(RequiredWhen::Absent("ConfigurationFilePath")),
            text("ProductVersionName", "the name of the new version")
                .required_when(RequiredWhen::Absent("ConfigurationFilePath")),
            text("ProductType", "the kind of product")
                .required_when(RequiredWhen::Absent("ConfigurationFilePath")),
            text("ProductVersionDescription", "a text for the new version"),
            text(
                "ConfigurationFilePath",
                "the file that says all this instead",
            )
            .required_when(RequiredWhen::Absent("TemplateFilePath")),
        ])
        .takes_seconds(10, 40),
    partner(Deploy, "AlexaSkillsKit")
        .inputs(1, 2)
        .configured_by(&[
            text("ClientId", "the client of the developer console")
                .required()
                .key(),
            text("ClientSecret", "its secret").required().secret(),
            text("RefreshToken", "the token that renews access")
                .required()
                .secret(),
            text("SkillId", "the skill").required().key(),
        ])
        .takes_seconds(30, 180),
];
