//! What saving a draft would do to the executions that are under way (UP-3, PA-9): said before it is done.

use super::desk::Desk;
use super::draft::Base;
use crate::engine::ids::ExecutionId;
use crate::engine::world::execution::Position;
use crate::model::{ExecutionMode, PipelineExecutionStatus};
use crate::page::text::edit as text;
use crate::page::view::ChainPart;
use crate::page::view::build::sign;

/// More signs than these are counted.
const MOST_SIGNS: usize = 6;

pub(super) fn effect(desk: &Desk) -> Vec<ChainPart> {
    let words = |text: &str| ChainPart::Words(text.to_owned());
    let Base::Version { version, .. } = &desk.draft.base else {
        return vec![words(text::STARTS_ONE)];
    };
    let Some(pipeline) = desk.saved else {
        return vec![words(text::GONE)];
    };
    let mut parts = Vec::new();
    if pipeline.version() != *version {
        parts.push(ChainPart::Words(text::stale(pipeline.version())));
    }
    if !desk.draft.unsaved() {
        parts.push(words(text::NOTHING_CHANGED));
        return parts;
    }
    let running = pipeline
        .executions
        .values()
        .filter(|execution| execution.status == PipelineExecutionStatus::InProgress);
    let (parallel, held): (Vec<_>, Vec<_>) =
        running.partition(|execution| execution.mode == ExecutionMode::Parallel);
    let (inside, waiting): (Vec<_>, Vec<_>) = held
        .into_iter()
        .partition(|execution| matches!(execution.position, Position::Inside { .. }));
    let signs = |numbers: &[u32], parts: &mut Vec<ChainPart>| {
        for number in numbers.iter().take(MOST_SIGNS) {
            let id = ExecutionId {
                pipeline: pipeline.id,
                number: *number,
            };
            parts.push(ChainPart::Token(sign(desk.world.key(), id)));
        }
        if numbers.len() > MOST_SIGNS {
            let rest = numbers.len() - MOST_SIGNS;
            parts.push(ChainPart::Words(text::and_more(rest)));
        }
    };
    let waiting: Vec<u32> = waiting.iter().map(|one| one.number).collect();
    let inside: Vec<u32> = inside.iter().map(|one| one.number).collect();
    if !waiting.is_empty() {
        parts.push(words(text::CANCELS));
        signs(&waiting, &mut parts);
    }
    if !inside.is_empty() {
        parts.push(words(if waiting.is_empty() {
            text::DRAINS_ONLY
        } else {
            text::DRAINS
        }));
        signs(&inside, &mut parts);
    }
    let cancels = !waiting.is_empty() || !inside.is_empty();
    if cancels {
        parts.push(ChainPart::Words(text::run_on(pipeline.version())));
    }
    match parallel.len() {
        0 if cancels => {}
        0 => parts.push(words(text::STARTS_NONE)),
        count => parts.push(ChainPart::Words(text::go_on(count))),
    }
    parts
}
