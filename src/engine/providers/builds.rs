//! Build, test and compute actions.

use std::collections::BTreeMap;

use super::{Provider, Run};
use crate::engine::{random::hexadecimal, world::source::Revision};
use crate::order::gathered;

/// A build project. What it exports is the user's business: nothing, until a behavior says which variables.
pub struct CodeBuild;

impl Provider for CodeBuild {
    fn external_id(&self, run: &Run) -> Option<String> {
        Some(format!(
            "{}:{}",
            run.value("ProjectName"),
            run.external_uuid()
        ))
    }

    fn failure(&self, _run: &Run) -> String {
        "Build terminated with state: FAILED".to_owned()
    }
}

/// Shell commands on managed compute.
pub struct Commands;

impl Provider for Commands {
    fn external_id(&self, run: &Run) -> Option<String> {
        Some(format!(
            "codepipeline-{}:{}",
            run.pipeline.name(),
            run.external_uuid()
        ))
    }

    fn failure(&self, _run: &Run) -> String {
        "Build terminated with state: FAILED".to_owned()
    }

    fn variables(&self, run: &Run, _revision: Option<&Revision>) -> BTreeMap<String, String> {
        // AC-29: the declaration names the variables; their values would come from the shell.
        let names = run.declaration.output_variables.iter().flatten();
        gathered(names.map(|name| {
            let value = format!("simulated-{}", hexadecimal(run.number(2), 8));
            (name.clone(), value)
        }))
    }
}

/// An image build on managed compute.
pub struct EcrBuildAndPublish;

impl Provider for EcrBuildAndPublish {
    fn external_id(&self, run: &Run) -> Option<String> {
        Commands.external_id(run)
    }

    fn failure(&self, _run: &Run) -> String {
        "Build terminated with state: FAILED".to_owned()
    }

    fn variables(&self, run: &Run, _revision: Option<&Revision>) -> BTreeMap<String, String> {
        gathered([
            (
                "ECRImageDigestId".to_owned(),
                format!("sha256:{}", hexadecimal(run.number(1), 64)),
            ),
            (
                "ECRRepositoryName".to_owned(),
                run.value("ECRRepositoryName").to_owned(),
            ),
        ])
    }
}
