//! Namespaces and references: AC-22 to AC-26.

use super::{ACTION, Refused, STRUCTURE};
use crate::declaration::draft::{CHECK, CHECKOUT, COMPILE, SMOKE};
use serde_json::json;

pub(super) fn rows() -> Vec<Refused> {
    vec![
        Refused(
            "AC-22",
            |d| {
                d.set(CHECK, "namespace", json!("Built"));
            },
            ACTION,
            "Namespaces must be unique across the pipeline definition. The following occur more than once in the pipeline. \
             StageName=[Build], ActionName=[Check], Namespace=[Built]",
        ),
        Refused(
            "AC-22 VA-3",
            |d| {
                d.set(CHECK, "namespace", json!("codepipeline"));
            },
            ACTION,
            "The following namespace is reserved. StageName=[Build], ActionName=[Check], Namespace=[codepipeline]",
        ),
        Refused(
            "AC-22",
            |d| {
                d.set(CHECK, "namespace", json!("variables"));
            },
            ACTION,
            "The following namespace is reserved. StageName=[Build], ActionName=[Check], Namespace=[variables]",
        ),
        Refused(
            "AC-22 VA-2",
            |d| {
                d.set(CHECK, "namespace", json!("code"));
            },
            ACTION,
            "The following namespace is also the name of an artifact. StageName=[Build], ActionName=[Check], \
             Namespace=[code]",
        ),
        Refused(
            "AC-23",
            |d| {
                d.set(
                    &format!("{CHECK}/configuration"),
                    "ProjectName",
                    json!("#{Nobody.Key}"),
                );
            },
            ACTION,
            "Valid format for a pipeline execution variable reference is a namespace and a key separated by a period (.). \
             The following pipeline execution variables are referencing a namespace that does not exist.\n\
             StageName=[Build], ActionName=[Check], ActionConfigurationKey=[ProjectName], \
             VariableReferenceText=[Nobody.Key]",
        ),
        Refused(
            "AC-23 VA-16",
            |d| {
                d.set(SMOKE, "commands", json!(["echo #{Built}"]));
            },
            ACTION,
            "Valid format for a pipeline execution variable reference is a namespace and a key separated by a period (.). \
             The following pipeline execution variables are referencing a namespace that does not exist.\n\
             StageName=[Deploy], ActionName=[Smoke], ActionConfigurationKey=[commands], VariableReferenceText=[Built]",
        ),
        Refused(
            "AC-24",
            |d| {
                d.set(CHECK, "namespace", json!("Checked"));
                d.set(
                    &format!("{COMPILE}/configuration"),
                    "ProjectName",
                    json!("#{Checked.Key}"),
                );
            },
            ACTION,
            "The following pipeline execution variables are referencing an action that does not run before they are used.\n\
             StageName=[Build], ActionName=[Compile], ActionConfigurationKey=[ProjectName], \
             VariableReferenceText=[Checked.Key]",
        ),
        // The same run order is not surely earlier, nor is the action itself.
        Refused(
            "AC-24 VA-12",
            |d| {
                d.set(CHECK, "runOrder", json!(1)).set(
                    CHECK,
                    "inputArtifacts",
                    json!([{ "name": "code" }]),
                );
            },
            ACTION,
            "The following pipeline execution variables are referencing an action that does not run before they are used.\n\
             StageName=[Build], ActionName=[Check], ActionConfigurationKey=[ProjectName], \
             VariableReferenceText=[Built.Version]",
        ),
        Refused(
            "AC-25",
            |d| {
                d.set(
                    &format!("{CHECKOUT}/configuration"),
                    "BranchName",
                    json!("#{variables.target}"),
                );
            },
            STRUCTURE,
            "Variables at the pipeline level cannot be used in source actions.\n\
             StageName=[Source], ActionName=[Checkout], ActionConfigurationKey=[BranchName], \
             VariableReferenceText=[variables.target]",
        ),
        Refused(
            "AC-26",
            |d| {
                d.set(
                    &format!("{CHECK}/configuration"),
                    "ProjectName",
                    json!("#{variables.aim}"),
                );
            },
            STRUCTURE,
            "The referenced variables haven't been declared.\n\
             StageName=[Build], ActionName=[Check], ActionConfigurationKey=[ProjectName], \
             VariableReferenceText=[variables.aim]",
        ),
    ]
}
