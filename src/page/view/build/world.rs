//! The world as a place: its name, how it is kept, its pipelines.

use crate::{
    engine::{ids::PipelineId, world::World},
    page::{
        command::Command,
        state::{StorageInfo, StorageState},
        text::{self, world as words},
        view::{BannerRole, BannerView, PipelineEntry, WorldView},
    },
};

pub fn world(world: &World, storage: &StorageInfo) -> WorldView {
    let saved = match &storage.state {
        StorageState::Saved => words::SAVED,
        StorageState::Memory(_) | StorageState::Beside(_) => words::IN_MEMORY,
        StorageState::Detached(_) => words::NOT_SAVED,
        StorageState::ReadOnly => words::FOLLOWS,
    };
    WorldView {
        name: super::worlds::title(&storage.world),
        region: world.options.region.clone(),
        saved: saved.to_owned(),
        facts: text::facts(storage.facts),
        others: Vec::new(),
        banner: banner(&storage.state),
    }
}

fn banner(state: &StorageState) -> Option<BannerView> {
    let save = || vec![(words::SAVE_AS_FILE.to_owned(), Command::ExportWorld)];
    match state {
        StorageState::Saved | StorageState::Memory(None) => None,
        StorageState::Memory(Some(reason)) => Some(BannerView {
            role: BannerRole::Limit,
            text: words::memory_only(reason),
            actions: save(),
        }),
        StorageState::Beside(reason) => Some(BannerView {
            role: BannerRole::Risk,
            text: words::beside(reason),
            actions: vec![
                (words::SAVE_STORED.to_owned(), Command::SaveStored),
                (words::SAVE_SHOWN.to_owned(), Command::ExportWorld),
            ],
        }),
        StorageState::Detached(reason) => Some(BannerView {
            role: BannerRole::Risk,
            text: words::detached(reason),
            actions: save(),
        }),
        StorageState::ReadOnly => Some(BannerView {
            role: BannerRole::Limit,
            text: words::ANOTHER_TAB.to_owned(),
            actions: vec![(words::TAKE_OVER.to_owned(), Command::TakeOver)],
        }),
    }
}

pub fn pipelines(world: &World, shown: Option<PipelineId>) -> Vec<PipelineEntry> {
    world
        .pipelines_by_name()
        .map(|pipeline| {
            let plan = &pipeline.current().plan;
            let kind = plan.declaration.pipeline_type.unwrap_or_default();
            PipelineEntry {
                name: pipeline.name().to_owned(),
                note: words::pipeline_note(kind.as_str(), plan.mode.as_str(), pipeline.version()),
                shown: shown == Some(pipeline.id),
            }
        })
        .collect()
}
