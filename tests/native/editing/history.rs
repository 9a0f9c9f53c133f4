//! One history for picture, form and text.

use codepipeline_simulator::page::edit::{Change, Chosen, Draft, Move, Slot, fill, text, view};
use proptest::prelude::*;
use serde_json::Value;

use super::{draft, world};

/// A change by small numbers: what they name may be there or not.
fn a_change(draft: &Draft, kind: u8, one: usize, two: usize, name: &str) -> Option<Change> {
    let stages = draft.value()["stages"].as_array().map_or(0, Vec::len);
    let at = |member: &str| format!("/stages/{one}/actions/{two}{member}");
    Some(match kind {
        0 => Change::AddStage { at: one },
        1 => Change::MoveStage { from: one, to: two },
        2 => Change::Remove {
            at: format!("/stages/{one}"),
        },
        3 => Change::AddAction {
            stage: one,
            slot: Slot::With(1),
        },
        4 => Change::AddAction {
            stage: one,
            slot: Slot::After(1),
        },
        5 => Change::MoveAction {
            stage: one,
            action: two,
            to: Move::Later,
        },
        6 => Change::MoveAction {
            stage: one,
            action: two,
            to: Move::Earlier,
        },
        7 => Change::MoveAction {
            stage: one,
            action: two,
            to: Move::To(two, Slot::Before(1)),
        },
        8 => Change::Remove { at: at("") },
        9 => fill(draft.value(), &at("/name"), name)?,
        10 => fill(draft.value(), &at("/actionTypeId"), "Deploy/AWS/ECS/1")?,
        11 => fill(draft.value(), &at("/configuration/ClusterName"), name)?,
        12 => fill(draft.value(), &at("/outputArtifacts/0/name"), name)?,
        13 => fill(draft.value(), &at("/inputArtifacts/0"), name)?,
        14 => fill(draft.value(), "/executionMode", "QUEUED")?,
        15 => fill(draft.value(), &at("/runOrder"), name)?,
        16 => {
            let typed = draft.text().len() * (one + stages) / 20;
            let cut = (0..=typed.min(draft.text().len()))
                .rev()
                .find(|at| draft.text().is_char_boundary(*at))?;
            Change::Text(draft.text()[..cut].to_owned() + name + &draft.text()[cut..])
        }
        _ => Change::Text(text(draft.value())),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_is_taken_back_and_done_again(
        doings in prop::collection::vec((0_u8..18, 0_usize..6, 0_usize..4, "[a-zü\"]{0,3}", any::<bool>()), 1..40)
    ) {
        let world = world();
        let mut draft = draft();
        let before = (draft.text().to_owned(), draft.value().clone());
        for (kind, one, two, name, rests) in doings {
            if rests {
                draft.settle();
            }
            if let Some(change) = a_change(&draft, kind, one, two, &name) {
                draft.change(&change, &world);
            }
            // Text and picture are in step, and both can be shown whatever stands there.
            if draft.broken().is_none() {
                let read: Value = serde_json::from_str(draft.text()).expect("it is not broken");
                prop_assert_eq!(&read, draft.value());
            }
            let seen = view(&world, &draft, Chosen::Action(one, two), None);
            prop_assert_eq!(seen.json.text.as_ref(), draft.text());
        }
        let after = draft.text().to_owned();
        while draft.steps().0 {
            draft.undo();
        }
        prop_assert_eq!((draft.text(), draft.value()), (before.0.as_str(), &before.1));
        prop_assert!(!draft.unsaved());
        while draft.steps().1 {
            draft.redo();
        }
        prop_assert_eq!(draft.text(), after);
    }
}

#[test]
fn typing_in_one_place_is_one_step_and_begins_anew_after_a_rest() {
    let world = world();
    let mut draft = draft();
    let at = "/stages/1/actions/0/name";
    for name in ["C", "Co", "Cook"] {
        let change = fill(draft.value(), at, name).expect("a name");
        draft.change(&change, &world);
    }
    draft.settle();
    let change = fill(draft.value(), at, "Cooks").expect("a name");
    draft.change(&change, &world);
    draft.undo();
    assert_eq!(draft.value().pointer(at), Some(&Value::from("Cook")));
    draft.undo();
    assert_eq!(draft.steps(), (false, true));
    draft.redo();
    assert_eq!(draft.value().pointer(at), Some(&Value::from("Cook")));
}

#[test]
fn a_broken_text_keeps_the_last_picture_and_says_where() {
    let world = world();
    let mut draft = draft();
    let stages = view(&world, &draft, Chosen::Pipeline, None).stages;
    draft.change(&Change::Text("{\n  \"name\": oops }".to_owned()), &world);
    let broken = draft.broken().expect("no JSON");
    assert_eq!((broken.line, broken.column), (2, 11));
    let seen = view(&world, &draft, Chosen::Pipeline, None);
    assert_eq!(seen.stages, stages);
    assert!(!seen.ready);
    // Picture and form wait for the text.
    draft.change(&Change::AddStage { at: 1 }, &world);
    assert!(draft.broken().is_some());
}

#[test]
fn an_answer_of_get_pipeline_is_taken_for_its_declaration() {
    let world = world();
    let mut draft = draft();
    let answer = r#"{ "pipeline": { "name": "other", "stages": [] }, "metadata": {} }"#;
    draft.change(&Change::Text(answer.to_owned()), &world);
    assert_eq!(draft.value()["name"], "other");
    assert!(draft.text().starts_with("{ \"name\"") || draft.text().starts_with("{\n  \"name\""));
}
