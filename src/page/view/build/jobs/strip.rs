//! The pipeline as a strip: which stages there are, who is inside, and where the actions of the type stand.

use super::Desk;
use crate::{
    engine::world::pipeline::StageState,
    model::StageExecutionStatus,
    page::{
        text::{self, state as states},
        view::{Icon, Role, StripStage, Token},
    },
};

/// How many signs are drawn in one stage.
const SIGNS: usize = 8;

pub fn strip(desk: &Desk) -> Vec<StripStage> {
    let scene = desk.scene;
    let nothing = StageState::default();
    let stages = scene.plan.declaration.stages.iter().zip(0_u16..);
    stages
        .map(|(declared, index)| {
            let state = scene.pipeline.stages.get(usize::from(index));
            let tokens: Vec<Token> = inside(desk, index, state.and_then(|state| state.holder));
            let last = super::super::stage::latest(scene, index, state.unwrap_or(&nothing));
            let sign = match last.map(|(_, status)| status) {
                _ if !tokens.is_empty() => None,
                Some(StageExecutionStatus::Succeeded) => {
                    Some((Role::Ok, Icon::Succeeded, states::SUCCEEDED))
                }
                Some(StageExecutionStatus::Failed) => {
                    Some((Role::Fail, Icon::Failed, states::FAILED))
                }
                _ => None,
            };
            let letters: Vec<String> = tokens.iter().map(|token| token.letter.clone()).collect();
            let label = match sign {
                Some((_, _, word)) => word.to_owned(),
                None => text::list(&letters),
            };
            StripStage {
                name: declared.name.clone(),
                here: declared
                    .actions
                    .iter()
                    .any(|action| action.action_type_id == desk.kind),
                tokens,
                sign: sign.map(|(role, icon, _)| (role, icon)),
                label,
            }
        })
        .collect()
}

fn inside(desk: &Desk, index: u16, holder: Option<u32>) -> Vec<Token> {
    let scene = desk.scene;
    match &scene.lanes {
        Some(lanes) => {
            let inside = lanes.inside(index);
            inside
                .iter()
                .take(SIGNS)
                .map(|number| scene.token(*number))
                .collect()
        }
        None => holder
            .map(|number| scene.token(number))
            .into_iter()
            .collect(),
    }
}
