//! Deploy actions.

use std::collections::BTreeMap;

use super::{Provider, Run};
use crate::engine::{
    random::{alphanumeric, digest, hexadecimal, mix},
    world::source::Revision,
};
use crate::order::gathered;

/// Files into a bucket.
pub struct S3;

impl Provider for S3 {
    fn external_id(&self, run: &Run) -> Option<String> {
        Some(match run.value("ObjectKey") {
            "" => run.value("BucketName").to_owned(),
            key => format!("{}/{key}", run.value("BucketName")),
        })
    }

    fn summary(&self, _run: &Run, _revision: Option<&Revision>) -> Option<String> {
        Some("Deployment Succeeded".to_owned())
    }

    fn failure(&self, run: &Run) -> String {
        format!(
            "The bucket {} could not be written",
            run.value("BucketName")
        )
    }
}

/// A deployment group, on instances or blue/green on ECS.
pub struct CodeDeploy;

impl Provider for CodeDeploy {
    fn external_id(&self, run: &Run) -> Option<String> {
        Some(format!(
            "d-{}",
            alphanumeric(run.number(1), 9).to_ascii_uppercase()
        ))
    }

    fn summary(&self, _run: &Run, _revision: Option<&Revision>) -> Option<String> {
        Some("Deployment Succeeded".to_owned())
    }

    fn failure(&self, run: &Run) -> String {
        format!(
            "Deployment {} failed",
            self.external_id(run).unwrap_or_default()
        )
    }
}

/// A stack or a change set. The outputs of a stack are the user's business: a behavior can give them.
pub struct CloudFormation;

impl Provider for CloudFormation {
    fn external_id(&self, run: &Run) -> Option<String> {
        Some(run.arn(
            "cloudformation",
            &format!("stack/{}/{}", run.value("StackName"), run.external_uuid()),
        ))
    }

    fn summary(&self, run: &Run, _revision: Option<&Revision>) -> Option<String> {
        let stack = run.value("StackName");
        Some(match run.value("ActionMode") {
            "CHANGE_SET_REPLACE" => {
                format!("Change set {} was created.", run.value("ChangeSetName"))
            }
            "CHANGE_SET_EXECUTE" => {
                format!("Change set {} was executed.", run.value("ChangeSetName"))
            }
            "DELETE_ONLY" => format!("Stack {stack} was deleted."),
            _ => format!("Stack {stack} was created or updated."),
        })
    }

    fn failure(&self, run: &Run) -> String {
        format!("Stack {} could not be changed", run.value("StackName"))
    }
}

/// A stack set or its instances.
pub struct StackSet;

impl Provider for StackSet {
    fn variables(&self, run: &Run, _revision: Option<&Revision>) -> BTreeMap<String, String> {
        let set = run.value("StackSetName");
        let of_set = digest(set);
        let id = hexadecimal(of_set, 32);
        gathered([
            ("OperationId".to_owned(), run.external_uuid()),
            ("StackSetId".to_owned(), format!("{set}:{id}")),
        ])
    }
}

/// Instances with a tag. Who deploys to the same tag in the same Region reaches the same instances.
pub struct Ec2;

impl Provider for Ec2 {
    fn target(&self, run: &Run, index: u64) -> Option<(String, &'static str)> {
        let (key, value) = (run.value("InstanceTagKey"), run.value("InstanceTagValue"));
        let fleet = digest(&format!("{} {key} {value}", run.region())) ^ run.world.options.seed;
        let id = hexadecimal(mix(mix(fleet) ^ index), 17);
        Some((format!("i-{id}"), "EC2Instance"))
    }

    fn has_targets(&self) -> bool {
        true
    }
}

/// A Kubernetes cluster.
pub struct Eks;

impl Provider for Eks {
    fn target(&self, run: &Run, index: u64) -> Option<(String, &'static str)> {
        let cluster = digest(&format!("{} {}", run.region(), run.value("ClusterName")));
        let node = mix(mix(cluster ^ run.world.options.seed) ^ index);
        let [.., second, third, fourth] = node.to_be_bytes();
        let name = format!(
            "ip-10-{second}-{third}-{fourth}.{}.compute.internal",
            run.region()
        );
        Some((name, "EKSNode"))
    }

    fn has_targets(&self) -> bool {
        true
    }

    fn variables(&self, run: &Run, _revision: Option<&Revision>) -> BTreeMap<String, String> {
        gathered([(
            "EKSClusterName".to_owned(),
            run.value("ClusterName").to_owned(),
        )])
    }
}

/// A function's new version.
pub struct LambdaDeploy;

impl Provider for LambdaDeploy {
    fn variables(&self, run: &Run, _revision: Option<&Revision>) -> BTreeMap<String, String> {
        let version = match run.value("PublishedTargetVersion") {
            "" => run.execution.number.to_string(),
            given => given.to_owned(),
        };
        gathered([("FunctionVersion".to_owned(), version)])
    }
}

/// Every deployment that has nothing of its own to say.
pub struct Plain;

impl Provider for Plain {}
