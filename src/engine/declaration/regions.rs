//! Regions, and the artifact store that each Region in use needs (CK-3).

use super::refusal::validation;
use super::subject::Subject;
use crate::model::ApiError;
use std::collections::BTreeMap;

/// The Regions in which the service exists (QT-44).
pub const REGIONS: &[&str] = &[
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ca-central-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "af-south-1",
    "ap-east-1",
    "ap-south-1",
    "ap-south-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "sa-east-1",
    "me-south-1",
    "me-central-1",
    "us-gov-west-1",
    "us-gov-east-1",
];

/// Whether the service exists in a Region of this name.
pub fn is_region(name: &str) -> bool {
    REGIONS.contains(&name)
}

/// A Region as messages print it: `us-east-1` becomes `US_EAST_1` (AC-3).
pub(super) fn printed(region: &str) -> String {
    region.to_ascii_uppercase().replace('-', "_")
}

/// PL-12. An empty map beside a store counts as left out: some clients send it.
pub(super) fn one_kind_of_artifact_store(subject: &Subject) -> Result<(), ApiError> {
    let several = subject
        .declaration
        .artifact_stores
        .as_ref()
        .is_some_and(|stores| !stores.is_empty());
    if several != subject.declaration.artifact_store.is_some() {
        return Ok(());
    }
    Err(validation(
        "Your pipeline must have exactly one of 'pipeline.artifactStore' and 'pipeline.artifactStores'.",
    ))
}

/// PL-16. A world may lie in a Region that is not in the list; then that one is real, too.
pub(super) fn stores_are_in_real_regions(subject: &Subject) -> Result<(), ApiError> {
    let stores = subject.declaration.artifact_stores.iter();
    match stores
        .flat_map(BTreeMap::keys)
        .find(|region| !is_region(region) && *region != subject.context.region)
    {
        None => Ok(()),
        Some(region) => {
            subject.looking.store(region);
            Err(validation(format!(
                "The region {region} specified in 'pipeline.artifactStores' is not a valid AWS Region."
            )))
        }
    }
}

/// PL-14.
pub(super) fn one_store_serves_one_region(subject: &Subject) -> Result<(), ApiError> {
    let own = subject.context.region;
    if subject.declaration.artifact_store.is_some() && regions_in_use(subject).any(|one| one != own)
    {
        return Err(validation(
            "Your pipeline contains actions in more than one region. Use 'pipeline.artifactStores' instead of \
             'pipeline.artifactStore' to declare an artifact store, such as an artifact bucket, for each region \
             where you have an action.",
        ));
    }
    Ok(())
}

/// PL-15. Stores of Regions without an action are accepted (PL-17).
pub(super) fn every_region_has_a_store(subject: &Subject) -> Result<(), ApiError> {
    let Some(stores) = &subject.declaration.artifact_stores else {
        return Ok(());
    };
    if subject.declaration.artifact_store.is_some() {
        return Ok(());
    }
    match regions_in_use(subject).find(|region| !stores.contains_key(*region)) {
        None => Ok(()),
        Some(region) => Err(validation(format!(
            "Your pipeline must have an artifact store, such as an artifact bucket, for each region where you have \
             an action. The following region is missing in 'pipeline.artifactStores': {region}."
        ))),
    }
}

/// The pipeline's own Region, then that of every action that names one.
fn regions_in_use<'a>(subject: &'a Subject) -> impl Iterator<Item = &'a str> {
    let named = subject
        .actions()
        .filter_map(|placed| placed.action.region.as_deref());
    std::iter::once(subject.context.region).chain(named)
}
