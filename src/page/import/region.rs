//! Which Region a declaration belongs to. It does not say so itself: only the metadata beside it does, and what it
//! names gives hints.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::engine::declaration::is_region;

/// What a Region was read off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionEvidence {
    /// `metadata.pipelineArn`.
    PipelineArn,
    /// The ARN of an encryption key.
    KeyArn,
    /// The only artifact store in whose Region no action is.
    ArtifactStore,
    /// The Region that a source action names: sources run in the Region of their pipeline (AC-12).
    SourceAction,
}

/// The Region of the pipeline and what says so, from the surest to the weakest. A name that is no Region, such as
/// the `REGION` of an example, says nothing; `home` is one whatever its name is.
pub(super) fn region(
    metadata: Option<&Value>,
    declaration: &Value,
    home: &str,
) -> Option<(String, RegionEvidence)> {
    let real = |name: &&str| is_region(name) || *name == home;
    let pipeline_arn = metadata.and_then(|one| one.get("pipelineArn")?.as_str());
    let by_arn = pipeline_arn.and_then(arn_region).filter(real);
    let named: BTreeSet<&str> = actions(declaration).filter_map(named_region).collect();
    let key = |store: &Value| {
        let id = store.get("encryptionKey")?.get("id")?.as_str()?;
        arn_region(id).filter(real).map(|region| region.to_owned())
    };
    let stores = || {
        let stores = declaration.get("artifactStores").and_then(Value::as_object);
        stores.into_iter().flatten()
    };
    let by_store_key = declaration.get("artifactStore").and_then(key);
    let keys: BTreeSet<String> = stores().filter_map(|(_, store)| key(store)).collect();
    // With several stores each key only says where its own store is. Where an action is told to go is rather not
    // where the pipeline is, or it would not have to be told.
    let unnamed_key = only(
        keys.iter()
            .filter(|region| !named.contains(region.as_str())),
    );
    let unnamed_store = only(
        stores()
            .map(|(region, _)| region.as_str())
            .filter(|region| !named.contains(region) && real(region)),
    );
    let sources = actions(declaration).filter(|action| is_source(action));
    let by_source = only(
        sources
            .filter_map(named_region)
            .filter(real)
            .collect::<BTreeSet<_>>(),
    );
    by_arn
        .map(|region| (region.to_owned(), RegionEvidence::PipelineArn))
        .or(by_store_key.map(|region| (region, RegionEvidence::KeyArn)))
        .or(unnamed_key.map(|region| (region.clone(), RegionEvidence::KeyArn)))
        .or(unnamed_store.map(|region| (region.to_owned(), RegionEvidence::ArtifactStore)))
        .or(by_source.map(|region| (region.to_owned(), RegionEvidence::SourceAction)))
        .or(only(&keys).map(|region| (region.clone(), RegionEvidence::KeyArn)))
}

/// The one item, where there is exactly one.
fn only<T>(items: impl IntoIterator<Item = T>) -> Option<T> {
    let mut items = items.into_iter();
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

/// `arn:<partition>:<service>:<region>:…`
fn arn_region(arn: &str) -> Option<&str> {
    let mut parts = arn.splitn(6, ':');
    (parts.next()? == "arn").then_some(())?;
    parts.nth(2).filter(|region| !region.is_empty())
}

fn actions(declaration: &Value) -> impl Iterator<Item = &Value> {
    let stages = declaration.get("stages").and_then(Value::as_array);
    stages
        .into_iter()
        .flatten()
        .filter_map(|stage| stage.get("actions")?.as_array())
        .flatten()
}

fn named_region(action: &Value) -> Option<&str> {
    action.get("region")?.as_str()
}

fn is_source(action: &Value) -> bool {
    let category = action.get("actionTypeId").and_then(|id| id.get("category"));
    category.and_then(Value::as_str) == Some("Source")
}
